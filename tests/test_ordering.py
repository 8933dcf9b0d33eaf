"""Which of two is the newer is said by the order of writing, never by a clock.

A clock may be wrong for a night. So whatever decides which status, password, plan or answer counts
goes by `seq`, or on the desk by a number that only grows. A moment may order what people read, with
`seq` or a name to tell apart what has the same one, and may say in which period something lies.

Here is every other place, with why it is allowed. A new one fails: order it by `seq`, or say here
why a wrong clock does no harm.
"""

from __future__ import annotations

import pytest

from tests import ordering
from tests.ordering import Place

READ = "it is read in the order in which it happened; nothing is decided by it"
DAYS = "a day that somebody chose, not a moment of a clock"
PERIOD = "it says in which period something lies; which of two is the newer is not asked"
AGE = "how old something is, not which of two is older; one that is ahead is told, or is over"
WRITTEN = "a place in the record, by the name of a column that is made of `seq`"
NUMBER = "no moments at all: letters in a text, places in a file, a length of time"

REVIEWED = {
    READ: {
        "core/body_history.py": ["sorted(maps, key=_seen_at)"],
        "core/chronology.py": ["ORDER BY t.occurred_at DESC, t.seq DESC"],
        "core/leaves.py": [
            "each.recorded_at <= max(moments)", "each.recorded_at >= min(moments)",
            "max(moments)", "min(moments)",
        ],
        "core/missing/entries.py": ["ORDER BY occurred_at DESC, seq DESC"],
        "core/missing/shape.py": ["max((each.found_at for each in self.found))"],
        "core/missing/state.py": ["ORDER BY {order}"],  # `seq`, or as they were found
        "core/patterns.py": ["ORDER BY i.occurred_at DESC, i.seq DESC"],
        "core/rules.py": [
            "sorted(found.values(), key=lambda p: p.occurred_at, reverse=True)",
            "sorted(pieces.values(), key=lambda p: p.occurred_at, reverse=True)",
        ],
        "core/search.py": ["ORDER BY i.occurred_at DESC, i.number, t.where_"],
        "data/views/60_missing.sql": [
            # Of several presses the one that happened first, or last: who types up a search that
            # was kept on paper says when that was, and does not type it in order.
            "ORDER BY p.occurred_at, p.seq",
            "ORDER BY CASE WHEN did = 'again' THEN -epoch_us(occurred_at) "
            "ELSE epoch_us(occurred_at) END, seq",
            "max(found_at)",
        ],
        # When somebody read the last of their alerts. All of them are read: none depends on it.
        "core/alerts.py": ["max(a.read_at)"],
        "core/missing/accounts.py": ["ORDER BY written_at IS NOT NULL, name, t.person"],
        # The time from which somebody waits, as it is told.
        "core/dashboard/concerns.py": ["min(a.recorded_at)"],
    },
    DAYS: {
        "core/chronology.py": ["ORDER BY p.born_on, p.id"],
        "core/disclosure/closure.py": [
            "sorted({day for span in spans for day in (span.begins, span.ends + DAY)})",
        ],
        "core/terms.py": ["ORDER BY begins"],
        "core/collection.py": ["ORDER BY o.until, o.seq"],
        "core/dashboard/concerns.py": ["ORDER BY r.due_on, r.seq"],
        "core/outings.py": ["ORDER BY o.day, o.leaves_at, o.seq"],
        "core/plans.py": ["ORDER BY n.since, n.id"],
        "core/pupils.py": ["ORDER BY name, born_on, id"],
        "core/reports/pack.py": ["ORDER BY r.due_on, r.seq"],
        "core/requests.py": ["ORDER BY r.due_on NULLS LAST, r.seq"],
        "core/search.py": ["ORDER BY p.left_on DESC NULLS FIRST, p.name, p.id"],
        "core/subject_access/asking.py": ["max([self.received_on, *proved])"],
        "core/training.py": [
            "ORDER BY t.completed_on DESC, name, t.id",
            "sorted(found, key=lambda each: (each.until or date.min, each.name))",
        ],
        "core/transfers.py": ["ORDER BY t.leaving_on, t.number"],
        "core/missing/finding.py": ["max(form.found_at, now.since)"],
    },
    PERIOD: {
        "core/measures.py": [
            "each.recorded_at >= since", "i.recorded_at >= $since", "r.recorded_at >= $since",
        ],
        "core/reports/pack.py": [
            "i.recorded_at < $before", "i.recorded_at < $before)", "i.recorded_at >= $since",
            "r.recorded_at < $before", "r.recorded_at >= $since",
        ],
        "core/reports/pack_tables.py": ["begins <= each.recorded_at < ends"],
        "core/training.py": ["recorded_at < $until"],
    },
    AGE: {
        "core/dashboard/__init__.py": ["recorded_at BETWEEN $since"],
        "core/dashboard/concerns.py": ["a.recorded_at > $since", "i.recorded_at > $since"],
        "core/escalation.py": ["a.recorded_at > $since"],
        "core/mails.py": ["(self.tried_at or self.recorded_at) > now"],
        "core/missing/entries.py": ["self.recorded_at - self.at > steps.LATE"],
        "core/moments.py": [
            "max(recorded_at - occurred_at, timedelta())", "recorded_at - occurred_at > LATE",
        ],
        "pages/parts/inbox.py": ["clock.now() - line.recorded_at > timedelta(days=1)"],
        # This is what finds out that the clock was wrong.
        "core/wrong_clock.py": ["lag(recorded_at)", "max(recorded_at)"],
    },
    WRITTEN: {
        "core/alerts.py": ["ORDER BY {order}"],
        "core/authenticators.py": ["ORDER BY a.rowid", "ORDER BY rowid"],
        # By a number that only grows; a day only tells apart those of a version that had none.
        "core/backup_files.py": ["sorted(files, key=lambda file: (file.number, file.day))"],
        "core/exact.py": ["first_value(left_on IGNORE NULLS)"],
        "core/store/schema.py": ["ORDER BY rowid DESC"],
        "core/collection.py": ["ORDER BY c.since", "ORDER BY c.since, c.seq"],
        "core/escalation.py": ["ORDER BY w.incident, w.seq"],
        "core/missing/state.py": ["ORDER BY since"],
        "core/outings.py": ["ORDER BY a.since"],
        "core/presence.py": ["ORDER BY rowid"],
        "data/views/50_outings.sql": ["first_value(recorded_by)"],
        "data/views/60_missing.sql": ["ORDER BY since"],
    },
    NUMBER: {
        "core/over_time.py": ["max(0, until - MOST)"],
        "core/reports/blank.py": ["max(number + copies)"],
        "core/store/journal.py": ["max(0, at - 1)"],
        "core/subject_access/looks.py": ["max(at, spelling.closed(text, mark.end))"],
        "pages/parts/sought.py": ["max(int((until - since).total_seconds()) // 60, 0)"],
    },
}  # fmt: skip

ALLOWED = {Place(file, how) for each in REVIEWED.values() for file, hows in each.items()
           for how in hows}  # fmt: skip


def test_nothing_is_ordered_by_a_clock_that_nobody_has_looked_at() -> None:
    assert set(ordering.places()) - ALLOWED == set()


def test_everything_that_was_looked_at_is_still_there() -> None:
    assert ALLOWED - set(ordering.places()) == set()


@pytest.mark.parametrize(
    "source",
    [
        "sql = 'FROM passwords WHERE person = $person ORDER BY set_at DESC'",
        "sql = f'SELECT status FROM changes {which} ORDER BY recorded_at DESC LIMIT 1'",
        "sql = 'SELECT incident, max(recorded_at) AS at FROM alerts GROUP BY incident'",
        "sql = 'SELECT arg_max(status, recorded_at) FROM changes GROUP BY incident'",
        "sql = 'SELECT max_by(status, made_at) FROM changes'",
        "sql = 'FROM plans QUALIFY row_number() OVER (PARTITION BY plan ORDER BY since DESC) = 1'",
        "sql = 'FROM a ASOF JOIN d ON d.person = a.person AND d.recorded_at < a.recorded_at\\n'",
        "sql = 'SELECT 1 FROM a JOIN b ON a.id = b.id AND a.recorded_at > b.recorded_at'",
        "newest = sorted(every, key=lambda each: each.began_at)[-1]",
        "newest = max(every, key=_kept_at)",
        "every.sort(key=lambda each: each.recorded_at)",
        "if correction.recorded_at > made: pass",
    ],
)
def test_a_new_one_is_found(source: str) -> None:
    assert list(ordering.in_python("core/new.py", source))


@pytest.mark.parametrize(
    "source",
    [
        "sql = 'FROM changes ORDER BY seq DESC LIMIT 1'",
        "sql = 'SELECT arg_max(status, seq) FROM changes GROUP BY incident'",
        "sql = 'FROM people ORDER BY active DESC, name, id'",
        "largest = max(sizes)",
        "'''Ordered by the last of all days.'''",
    ],
)
def test_what_goes_by_the_order_of_writing_may_stay(source: str) -> None:
    assert not list(ordering.in_python("core/new.py", source))

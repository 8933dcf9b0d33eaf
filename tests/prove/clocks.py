"""Promise 11: time does not confuse it. Each check puts the clock of the core somewhere else."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock
from zoneinfo import ZoneInfo

import pyotp

from core import (
    chronology,
    clock,
    drafts,
    escalation,
    incidents,
    mails,
    moments,
    outlines,
    passwords,
    resets,
    sessions,
    settings,
    totp,
    wrong_clock,
)
from core.records import Escalation
from core.reports import chronology as report
from core.reports import sheet
from core.store import Store, proof, rebuilding
from tests.core.mail_room import a_mail_room
from tests.core.samples import KEY
from tests.core.school import WRITTEN, School, a_concern, a_school, how_many
from tests.prove.promise import Promise

LONDON = ZoneInfo("Europe/London")
A_DAY = timedelta(days=1)
# Both changes of the clock in some years: the hour that comes twice, and the one that never comes.
TWICE = [datetime(year, 10, day, 0, tzinfo=UTC) for year, day in ((2026, 25), (2027, 31))]
NEVER = [datetime(year, 3, day, 0, tzinfo=UTC) for year, day in ((2027, 28), (2028, 26))]
TURNS = 200


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """The clock on the wall stands."""
    with mock.patch.object(clock, "now", lambda: moment):
        yield


@contextmanager
def school_in(place: Path) -> Iterator[School]:
    """A school of its own."""
    with closing(Store.open(place / "school", KEY)) as store:
        yield a_school(store)


def order_is_the_ledgers(place: Path) -> bool:
    """A day forward, a day back, and forward again: in the order in which things were recorded."""
    now = clock.now()
    with school_in(place) as school:
        numbers = []
        for moved in (now + A_DAY, now - A_DAY, now, now + A_DAY, now - 2 * A_DAY):
            with clock_at(moved):
                form = a_concern(school.amy, occurred_at=moved - timedelta(minutes=5))
                numbers.append(incidents.add(school.store, form, by=school.oak))
        mine = [each.number for each in incidents.mine(school.store, by=school.oak)]
        count = proof.verify(school.store).count
    is_whole = rebuilding.rebuild(place / "school", KEY).count == count
    return mine == sorted(numbers, reverse=True) and is_whole


def no_session_lives_longer(place: Path) -> bool:
    """Put back by a day, or on by one, a session is over."""
    over, now = [], clock.now()
    with school_in(place) as school:
        for moved in (-A_DAY, A_DAY, -timedelta(minutes=9)):
            with clock_at(now):
                token = sessions.begin(school.store, school.oak.id, code_given=False)
            with clock_at(now + moved):
                over.append(sessions.of(school.store, token) is None)
    return all(over)


def no_link_lives_longer(place: Path) -> bool:
    """A link for a new password neither."""
    now, over = clock.now(), []
    with school_in(place) as school:
        for moved in (-A_DAY, A_DAY):
            with clock_at(now):
                token = resets.rescue(school.store, school.oak)
            with clock_at(now + moved):
                over.append(resets.whose(school.store, token) is None)
            with clock_at(now + timedelta(minutes=29)):
                over.append(resets.whose(school.store, token) is not None)
    return all(over)


def no_mail_waits_for_the_clock(place: Path) -> bool:
    """What was owed, or tried in vain, while the clock was a day ahead goes once it is right; and
    what is then tried in vain waits as always."""
    now = clock.now()
    with school_in(place) as school, a_mail_room(place) as room:
        with clock_at(now + A_DAY):
            incidents.add(school.store, a_concern(school.amy), by=school.oak)
            mails.deliver_due(school.store, room.server(password="wrong"))
            incidents.add(school.store, a_concern(school.ben), by=school.birch)
        owed = how_many_unsent(school)
        with clock_at(now):
            mails.deliver_due(school.store, room.server(password="wrong"))
            at_once = mails.deliver_due(school.store, room.server())
        with clock_at(now + timedelta(seconds=121)):
            sent = mails.deliver_due(school.store, room.server())
    return at_once == 0 and sent == owed > 4


def how_many_unsent(school: School) -> int:
    """How many mails are owed still."""
    return len(mails._unsent(school.store))


def nothing_urgent_waits_for_the_clock(place: Path) -> bool:
    """An urgent alert that was owed while the clock was a day ahead is pointed out."""
    now = clock.now()
    with school_in(place) as school:
        with clock_at(now + A_DAY):
            incidents.add(school.store, replace(a_concern(school.amy), urgent=True), by=school.oak)
        with clock_at(now):
            escalation.escalate(school.store)
        return how_many(school.store, Escalation) > 0


def the_hour_that_comes_twice_is_two_hours(place: Path) -> bool:
    """What happened in it keeps its order and its length, and the wall shows what it showed."""
    school, fits = settings.School(time_zone="Europe/London"), []
    for change in TWICE:
        first, second = change + timedelta(minutes=30), change + timedelta(minutes=90)
        fits += [
            moments.full(first, LONDON)[-5:] == moments.full(second, LONDON)[-5:] == "01:30",
            moments.later(first, second) == "1 hour later",
            WRITTEN.hours(first, second, school) == 0,  # nobody is at school
            moments.at(first.date(), time(3), LONDON) == change + timedelta(hours=3),
        ]
    return all(fits) and _every_minute_comes_back(TWICE)


def the_hour_that_never_comes_is_none(place: Path) -> bool:
    """A time in it leads to a moment that there is, and around it everything comes back."""
    fits = []
    for change in NEVER:
        fits += [
            moments.full(change + timedelta(minutes=59), LONDON)[-5:] == "00:59",
            moments.full(change + timedelta(minutes=60), LONDON)[-5:] == "02:00",
            abs(moments.at(change.date(), time(1, 30), LONDON) - change) <= timedelta(hours=2),
            moments.at(change.date(), time(3), LONDON) == change + timedelta(hours=2),
        ]
    return all(fits) and _every_minute_comes_back(NEVER)


def _every_minute_comes_back(changes: list[datetime]) -> bool:
    """What the wall shows leads back to a moment at which it shows the same."""
    for change in changes:
        for minutes in range(-60, 300):
            local = (change + timedelta(minutes=minutes)).astimezone(LONDON)
            back = moments.at(local.date(), local.time().replace(tzinfo=None), LONDON)
            if back.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
                return False
    return True


def a_child_of_a_leap_day_grows_older_in_march(place: Path) -> bool:
    """In a year without one, the birthday is the first of March, as the law has it."""
    born = date(2012, 2, 29)
    turned = born.year + outlines.OLDER_FROM
    younger = outlines.build_at(born, date(turned, 2, 28))
    older = outlines.build_at(born, date(turned, 3, 1))
    return younger != older


def a_code_works_once_at_the_turn_of_its_step(place: Path) -> bool:
    """The code that was shown a moment before the turn works a moment after it, and only once."""
    secret = totp.new_secret()
    for n in range(TURNS):
        turn = datetime.fromtimestamp(1_800_000_000 + 30 * n, UTC)
        code = pyotp.TOTP(secret).at(turn - timedelta(milliseconds=1))
        with clock_at(turn + timedelta(milliseconds=1)):
            used = totp.step(secret, code)
            if used is None or totp.step(secret, code, after=used) is not None:
                return False
        with clock_at(turn + timedelta(seconds=30)):
            if totp.step(secret, code, after=used) is not None:
                return False
        with clock_at(turn + timedelta(seconds=61)):
            if totp.step(secret, code) is not None:
                return False
    return True


NIGHTS = [timedelta(minutes=2), A_DAY, timedelta(days=366), timedelta(days=5_000)]


def the_newest_password_opens(place: Path) -> bool:
    """After a night of a clock that was ahead a reset password opens, and no other; and one that
    was set in that night does not last until its date."""
    now, fits = clock.now(), []
    with school_in(place) as school:
        people = (school.oak, school.birch, school.lead, school.head)
        for night, who in zip(NIGHTS, people, strict=True):
            with clock_at(now + night):
                resets.redeem(school.store, resets.rescue(school.store, who), "Stolen 1, then")
            with clock_at(now):
                fits.append(passwords.is_expired(school.store, who.id))
                resets.redeem(school.store, resets.rescue(school.store, who), "Right again 2!")
                fits += [
                    passwords.fits(school.store, who.id, "Right again 2!"),
                    not passwords.fits(school.store, who.id, "Stolen 1, then"),
                    not passwords.is_expired(school.store, who.id),
                ]
    return all(fits)


def nothing_that_was_typed_is_swept_away(place: Path) -> bool:
    """A wrong clock neither wipes nor hides a draft, and its next field does not empty it."""
    now, kept = clock.now(), []
    with school_in(place) as school:
        store, by = school.store, school.oak
        drafts.keep(store, "form", {"account": "typed"}, by=by)
        for night in (*NIGHTS, *(-each for each in NIGHTS)):
            with clock_at(now + night):
                drafts.sweep(store)
                drafts.keep(store, "form", {"child_words": str(night)}, by=by)
                kept += [each.fields["account"] for each in drafts.of(store, by=by)]
            with clock_at(now):
                drafts.sweep(store)
                kept += [each.fields["account"] for each in drafts.of(store, by=by)]
    return kept == ["typed"] * 4 * len(NIGHTS)


def what_a_wrong_clock_wrote_says_so(place: Path) -> bool:
    """In the chronology and in the file of it: at once, and after years; and of nothing else."""
    now, fits = clock.now(), []
    with school_in(place) as school:
        for at in (now, now + timedelta(days=366)):
            with clock_at(at):
                incidents.add(school.store, a_concern(school.amy), by=school.oak)
        with clock_at(now):
            fits.append(_marked(school) == [False, True])
            incidents.add(school.store, a_concern(school.amy), by=school.oak)
        for later in (timedelta(hours=1), timedelta(days=3_000)):
            with clock_at(now + later):
                fits.append(_marked(school) == [False, True, False])
    return all(fits)


def _marked(school: School) -> list[bool]:
    """Of each entry about a child, in the order of writing, whether the page and the file say that
    the clock was wrong; they have to say the same."""
    pupil, by = school.amy.id, school.lead
    entries = sorted(chronology.of(school.store, pupil, by=by).entries,
                     key=lambda entry: entry.incident.number)  # fmt: skip
    form = report.Form(pupil=pupil, media_type="")
    made = report.of(school.store, form, clock.now(), by=by)
    told = {row.number for row in made.rows if wrong_clock.NOTE in row.recorded}
    marked = [entry.recorded_at in entry.wrong_at for entry in entries]
    same = marked == [entry.incident.number in told for entry in entries]
    whole = sheet.file(made).decode().count(wrong_clock.NOTE) == sum(marked)
    return marked if same and whole else []


CHECKS: list[Callable[[Path], bool]] = [
    order_is_the_ledgers,
    no_session_lives_longer,
    no_link_lives_longer,
    no_mail_waits_for_the_clock,
    nothing_urgent_waits_for_the_clock,
    the_hour_that_comes_twice_is_two_hours,
    the_hour_that_never_comes_is_none,
    a_child_of_a_leap_day_grows_older_in_march,
    a_code_works_once_at_the_turn_of_its_step,
    the_newest_password_opens,
    nothing_that_was_typed_is_swept_away,
    what_a_wrong_clock_wrote_says_so,
]


def proved(*, full: bool) -> Promise:
    """Every check."""
    warnings.filterwarnings("ignore", "Requiring AUTH")
    wrong = []
    for check in CHECKS:
        with TemporaryDirectory() as place:
            if not check(Path(place)):
                wrong.append(check.__name__.replace("_", " "))
    return Promise(
        number=11,
        words="Time does not confuse it",
        figure=f"{len(CHECKS)} checks (a day back and forward in order, sessions, links, mails, "
        "escalation, passwords, drafts and what a wrong clock wrote; four changes of summer time "
        f"by the minute; a leap-day birth; {TURNS} codes at the turn of their step): "
        f"{'all right' if not wrong else 'wrong: ' + ', '.join(wrong)}",
        kept=not wrong,
    )

"""How the team is doing: medians and weeks worked out by hand, and by a plain oracle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import actions, alerts, clock, corrections, measures, moments, statuses
from core.measures import Measures, Week
from core.permissions import NotAllowed
from core.person import Person
from core.records import Action, Correction, Incident, Reading, StatusChange
from core.store import Record, Store, new_id
from tests.core.school import School, a_concern, a_school, everybody_leaves, plain, recorded
from tests.core.test_permissions import by_chance

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

LITTLE = timedelta(hours=1)
Set = Callable[[datetime], None]


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Set]:
    """Sets the clock of the store to a moment."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(NOW)
    yield set_to


@pytest.fixture
def school(new_school: School, at: Set) -> School:
    return new_school


def found(school: School, weeks: int = 4, by: Person | None = None) -> Measures:
    return measures.of(school.store, weeks, by=by or school.lead)


@dataclass(frozen=True)
class Writing:
    """Writes about Amy at the moments that a test says, and looks back from `NOW`."""

    school: School
    at: Set

    def concern(self, moment: datetime, *, late: timedelta = LITTLE, by: Person | None = None,
                **more: Any) -> str:  # fmt: skip
        self.at(moment)
        form = a_concern(self.school.amy, occurred_at=moment - late, **more)
        id_ = recorded(self.school, form, by=by or self.school.birch)
        self.at(NOW)
        return id_

    def read(self, incident: str, moment: datetime, by: Person) -> None:
        self.at(moment)
        alerts.mark_read(self.school.store, incident, by=by)
        self.at(NOW)

    def act(self, incident: str, moment: datetime) -> None:
        self.at(moment)
        form = actions.Form(incident=incident, account="Spoke to her.")
        actions.add(self.school.store, form, by=self.school.lead)
        self.at(NOW)

    def status(self, incident: str, moment: datetime, *steps: str) -> None:
        """Each step is said by the next of two leads, so that the second one can close."""
        self.at(moment)
        for nth, status in enumerate(steps):
            by = (self.school.lead, self.school.deputy)[nth % 2]
            seen = statuses.of(self.school.store, incident, by=by).id
            form = statuses.Form(incident=incident, seen=seen, status=status, outcome="Explained")
            statuses.change(self.school.store, form, by=by)
        self.at(NOW)


@pytest.fixture
def write(school: School, at: Set) -> Writing:
    return Writing(school, at)


def test_a_school_without_a_concern_is_told_so_and_no_figure_is_made_up(school: School) -> None:
    none = found(school)
    assert none.concerns == none.open_now == none.closed == none.late == 0
    assert none.read.half is none.read.most is none.acted.half is None
    assert [week.begins for week in none.weeks] == [
        date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)
    ]  # fmt: skip
    assert none.categories == () and none.read.bands == (0, 0, 0, 0)


def test_half_and_nine_in_ten_are_those_worked_out_by_hand(write: Writing) -> None:
    for nth in range(1, 12):  # read after 1, 2, … 11 hours, acted on after twice as long
        begun = MONDAY - timedelta(days=nth)
        incident = write.concern(begun)
        write.read(incident, begun + hours(nth), write.school.lead)
        write.act(incident, begun + hours(2 * nth))
    read, acted = found(write.school).read, found(write.school).acted
    assert (read.half, read.most, read.waiting) == (hours(6), hours(10), 0)
    assert (acted.half, acted.most, acted.waiting) == (hours(12), hours(20), 0)
    assert read.bands == (2, 9, 0, 0) and acted.bands == (1, 10, 0, 0)
    assert not read.is_on_few


def test_what_is_not_read_yet_counts_as_the_longest_wait_and_is_told(write: Writing) -> None:
    for nth in (1, 2, 3):
        incident = write.concern(MONDAY + hours(nth))
        if nth > 1:
            write.read(incident, MONDAY + hours(2 * nth), write.school.lead)
    read = found(write.school).read
    assert (read.concerns, read.waiting) == (3, 1)
    assert read.half == hours(3)  # of 2, 3 and the one that waits
    assert read.most is None and read.is_on_few
    assert sum(read.bands) + read.waiting == read.concerns


def test_only_a_reading_by_a_lead_or_head_is_one_and_the_first_of_them_counts(
    write: Writing,
) -> None:
    incident = write.concern(MONDAY, others=(write.school.oak.id,))
    write.read(incident, MONDAY + hours(1), write.school.oak)
    assert found(write.school).read.waiting == 1
    write.read(incident, MONDAY + hours(3), write.school.head)
    write.read(incident, MONDAY + hours(4), write.school.lead)
    assert found(write.school).read.half == hours(3)


def test_what_a_lead_wrote_waits_for_no_first_reading_and_is_told_apart(write: Writing) -> None:
    write.concern(MONDAY, by=write.school.deputy)
    write.concern(MONDAY)
    both = found(write.school)
    assert (both.concerns, both.own, both.read.concerns, both.acted.concerns) == (2, 1, 1, 2)


def test_waits_are_counted_in_hours_of_the_clock_across_a_weekend_and_summer_time(
    write: Writing, at: Set
) -> None:
    friday = datetime(2026, 10, 23, 16, 0, tzinfo=LONDON)  # the clocks go back on Sunday
    incident = write.concern(friday)
    write.read(incident, datetime(2026, 10, 26, 9, 0, tzinfo=LONDON), write.school.lead)
    assert found(write.school, 12).read.half == hours(66)


def test_opened_and_closed_stand_in_their_weeks_and_a_week_with_nothing_is_there(
    write: Writing,
) -> None:
    first = write.concern(MONDAY - timedelta(weeks=3))
    write.concern(MONDAY - timedelta(weeks=3))
    write.concern(MONDAY)
    write.status(first, MONDAY - timedelta(weeks=1), "closed", "closed")
    told = found(write.school)
    assert told.weeks == (
        Week(date(2026, 11, 2), 2, 0),
        Week(date(2026, 11, 9), 0, 0),
        Week(date(2026, 11, 16), 0, 1),
        Week(date(2026, 11, 23), 1, 0),
    )
    assert (told.closed, told.open_now) == (1, 2)


def test_what_was_opened_before_the_period_is_closed_in_it_and_open_until_then(
    write: Writing,
) -> None:
    old = write.concern(MONDAY - timedelta(weeks=10))
    assert (found(write.school).concerns, found(write.school).open_now) == (0, 1)
    write.status(old, MONDAY, "closed", "closed")
    told = found(write.school)
    assert (told.concerns, told.closed, told.open_now) == (0, 1, 0)
    assert told.acted.concerns == 0


def test_what_is_taken_up_again_is_open_until_it_is_closed_anew(write: Writing) -> None:
    incident = write.concern(MONDAY - timedelta(weeks=3))
    write.status(incident, MONDAY - timedelta(weeks=2), "closed", "closed", "monitored")
    assert (found(write.school).closed, found(write.school).open_now) == (0, 1)
    write.status(incident, MONDAY, "closed", "closed")
    assert [week.closed for week in found(write.school).weeks] == [0, 0, 0, 1]


def test_a_line_for_the_reporter_after_closing_does_not_close_anew(write: Writing) -> None:
    incident = write.concern(MONDAY - timedelta(weeks=3))
    write.status(incident, MONDAY - timedelta(weeks=2), "closed", "closed")
    line = StatusChange(incident=incident, status="closed", told_reporter="Thank you.")
    write.school.store.append(line, by=write.school.lead)  # as where nobody else could agree
    assert [week.closed for week in found(write.school).weeks] == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        ("2026-10-18T22:59+00:00", date(2026, 10, 12)),  # Sunday 23:59 of summer time
        ("2026-10-18T23:00+00:00", date(2026, 10, 19)),  # Monday midnight, Sunday in UTC
        ("2026-10-25T23:59+00:00", date(2026, 10, 19)),  # the night the clocks went back
        ("2026-10-26T00:00+00:00", date(2026, 10, 26)),
        ("2026-12-31T23:00+00:00", date(2026, 12, 28)),  # one week over the turn of the year
        ("2027-01-03T23:59+00:00", date(2026, 12, 28)),
        ("2027-01-04T00:00+00:00", date(2027, 1, 4)),
    ],
)
def test_a_week_begins_on_monday_by_the_schools_clock(
    write: Writing, at: Set, moment: str, monday: date
) -> None:
    write.concern(datetime.fromisoformat(moment))
    at(datetime(2027, 1, 6, 12, 0, tzinfo=UTC))
    weeks = found(write.school, 14).weeks
    assert [week.begins for week in weeks if week.opened] == [monday]


def test_a_period_begins_with_the_first_minute_of_its_first_monday(write: Writing) -> None:
    begins = datetime(2026, 9, 7, 0, 0, tzinfo=LONDON)  # twelve weeks, of them seven in summer time
    write.concern(begins - timedelta(minutes=1))
    assert found(write.school, 12).concerns == 0
    write.concern(begins)
    assert found(write.school, 12).concerns == 1
    assert found(write.school, 12).since == begins.date()


def test_what_was_written_down_late_is_counted_by_the_rule_there_is(write: Writing) -> None:
    write.concern(MONDAY, late=moments.LATE)
    assert found(write.school).late == 0
    write.concern(MONDAY, late=moments.LATE + timedelta(minutes=1))
    assert found(write.school).late == 1


def test_a_concern_counts_in_each_of_its_categories_and_a_positive_event_in_none(
    write: Writing,
) -> None:
    write.concern(MONDAY, categories=("injury",))
    write.concern(MONDAY, categories=("behaviour", "injury", "positive"))
    write.concern(MONDAY, categories=("positive",))
    told = found(write.school)
    assert told.categories == (("injury", 2), ("behaviour", 1))
    assert (told.concerns, told.open_now) == (2, 2)


def test_what_was_entered_in_error_is_not_counted(write: Writing) -> None:
    incident = write.concern(MONDAY)
    write.concern(MONDAY)
    form = corrections.Form(incident=incident, kind="error", account="Of her cousin.")
    corrections.add(write.school.store, form, by=write.school.lead)
    told = found(write.school)
    assert (told.concerns, told.open_now, told.read.waiting, told.weeks[-1].opened) == (1, 1, 1, 1)


def test_what_the_asker_has_a_conflict_with_is_counted_to_others_alone(write: Writing) -> None:
    write.concern(MONDAY, named=(write.school.lead.id,))
    hidden = found(write.school)
    assert (hidden.concerns, hidden.open_now, hidden.categories) == (0, 0, ())
    assert found(write.school, by=write.school.deputy).concerns == 1


def test_nobody_but_the_team_with_the_code_is_told_anything(school: School) -> None:
    for person in (school.birch, school.governor, school.office, plain(school.lead),
                   plain(school.head), replace(school.lead, active=False)):  # fmt: skip
        with pytest.raises(NotAllowed):
            found(school, by=person)


# By chance, against the same said plainly. What was drawn before stays in the record, so each
# school by chance has its own years, two after those of the one before.


@dataclass(frozen=True)
class Sketch:
    """One concern: minutes before now, and minutes from then to what came of it, if it came."""

    ago: int
    late: int
    read: int | None
    acted: int | None
    closed: int | None
    error: bool
    named: bool

    def counts(self) -> bool:
        return not self.error and not self.named

    def wait(self, minutes: int | None) -> timedelta | None:
        """How long it waited, unless what it waits for is still to come."""
        came = minutes is not None and minutes <= self.ago
        return timedelta(minutes=minutes or 0) if came else None


minutes = st.integers(0, 6 * 7 * 24 * 60)
sketches = st.lists(
    st.builds(
        Sketch, ago=minutes, late=st.sampled_from([0, 1440, 1441]), read=st.none() | minutes,
        acted=st.none() | minutes, closed=st.none() | minutes,
        error=st.sampled_from([False, False, True]), named=st.sampled_from([False, False, True]),
    ),
    max_size=9,
)  # fmt: skip
eras = count(1)


def write_down(school: School, sketch: Sketch, now: datetime, at: Set) -> None:
    begun = now - timedelta(minutes=sketch.ago)
    incident = Incident(
        number=school.store.next_number(), pupil=school.amy.id, account="Cried.",
        occurred_at=begun - timedelta(minutes=sketch.late), parents_contacted=True,
        categories=("injury",), named=(school.lead.id,) if sketch.named else (),
    )  # fmt: skip

    def append(by: Person, wait: timedelta | None, record: Record) -> None:
        if wait is not None:
            at(begun + wait)
            school.store.append(record, by=by)

    append(school.birch, timedelta(), incident)
    reading = Reading(alert=new_id(), person=school.head.id, incident=incident.id)
    append(school.head, sketch.wait(sketch.read), reading)
    action = Action(incident=incident.id, kind="note", account="Rang home.")
    append(school.oak, sketch.wait(sketch.acted), action)
    closing = StatusChange(incident=incident.id, status="closed")
    append(school.head, sketch.wait(sketch.closed), closing)
    if sketch.error:
        wrong = Correction(incident=incident.id, kind="error", account="Of another.")
        append(school.head, timedelta(), wrong)


def plainly(waits: list[timedelta | None], tenths: int) -> timedelta | None:
    """The shortest wait after which enough of them had ended."""
    ended = [each for each in waits if each is not None]
    for length in sorted(ended):
        if 10 * len([each for each in ended if each <= length]) >= tenths * len(waits):
            return length
    return None


def is_within(moment: datetime, begins: date) -> bool:
    return begins <= moment.astimezone(LONDON).date() < begins + timedelta(days=7)


@by_chance
@given(drawn=sketches)
def test_the_answer_is_the_one_that_plain_counting_gives(
    used_record: Store, drawn: list[Sketch]
) -> None:
    now = NOW + timedelta(weeks=104 * next(eras), hours=11, minutes=30)
    with pytest.MonkeyPatch.context() as patch:

        def at(moment: datetime) -> None:
            patch.setattr(clock, "now", lambda: moment)

        at(now)
        school = a_school(used_record)
        before = found(school).open_now
        for sketch in drawn:
            write_down(school, sketch, now, at)
        at(now)
        told = found(school)
        everybody_leaves(used_record)
    mine = [each for each in drawn if each.counts()]
    begun = {each: now - timedelta(minutes=each.ago) for each in mine}
    new = [e for e in mine if begun[e].astimezone(LONDON).date() >= told.since]
    assert told.concerns == len(new)
    assert told.open_now - before == len([e for e in mine if e.wait(e.closed) is None])
    assert told.late == len([e for e in new if e.late > 1440])
    for wait, waits in ((told.read, [e.wait(e.read) for e in new]),
                        (told.acted, [e.wait(e.acted) for e in new])):  # fmt: skip
        assert (wait.concerns, wait.waiting) == (len(new), waits.count(None))
        assert (wait.half, wait.most) == (plainly(waits, 5), plainly(waits, 9))
        assert sum(wait.bands) + wait.waiting == wait.concerns
    for week in told.weeks:
        closed = [begun[e] + w for e in mine if (w := e.wait(e.closed)) is not None]
        assert week.opened == len([e for e in mine if is_within(begun[e], week.begins)])
        assert week.closed == len([each for each in closed if is_within(each, week.begins)])

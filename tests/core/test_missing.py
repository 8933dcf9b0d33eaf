"""A child is missing: the log, its steps and roles, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from core import clock, settings
from core.errors import Refused
from core.forms import Incomplete
from core.missing import entries, finding, logs, roles, state, steps
from core.missing.finding import Form
from core.missing.state import State
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.records import MissingLog, SearchPress
from tests.core.school import School, how_many

MONDAY = date(2026, 9, 14)
At = Callable[[int, int], datetime]


@pytest.fixture
def school(new_school: School) -> School:
    return new_school


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    def told(hour: int, minute: int) -> datetime:
        moment = datetime.combine(MONDAY, time(hour - 1, minute), UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    told(14, 0)
    return told


def begun(school: School, by: Person | None = None, *, off_site: bool = False) -> str:
    return logs.begin(school.store, off_site=off_site, by=by or school.birch)


def now(school: School, log: str, by: Person | None = None) -> State:
    return state.of(school.store, log, by=by or school.birch)


def done(school: School, log: str, step: str, by: Person | None = None) -> None:
    steps.press(school.store, log, "step", step, "done", by=by or school.birch)


def test_a_log_opens_with_one_call_and_nothing_else_known(school: School) -> None:
    log = begun(school)
    found = now(school, log)
    assert (found.log.off_site, found.children, found.seen) == (False, [], None)
    assert found.log.limit_minutes == 10
    assert found.log.inside == settings.School().zones(off_site=False)[0]


def test_everybody_but_governors_opens_one(school: School) -> None:
    for by in (school.birch, school.office, school.lead, school.head):
        assert now(school, begun(school, by), by).log.is_open
    for by in (school.governor, school.chair):
        with pytest.raises(NotAllowed):
            begun(school, by)


def test_two_who_press_at_once_share_a_log_and_both_presses_are_in_it(school: School) -> None:
    log = begun(school)
    assert begun(school, school.oak) == log
    assert how_many(school.store, MissingLog) == 1
    whole = entries.of(school.store, log, by=school.birch)
    assert {(e.who, e.said) for e in whole} == {
        (school.birch.name, "Log opened"),
        (school.oak.name, "Also pressed “A child is missing”"),
    }


def test_another_child_has_a_log_of_its_own(school: School) -> None:
    log = begun(school)
    other = logs.begin(school.store, off_site=False, beside=[log], by=school.oak)
    assert other != log and begun(school, off_site=True) not in (log, other)


def test_the_same_step_pressed_twice_is_two_entries_and_one_state(school: School, at: At) -> None:
    log = begun(school)
    first = at(14, 3)
    done(school, log, "police")
    at(14, 4)
    done(school, log, "police", school.oak)
    stamp = now(school, log).steps["police"]
    assert (stamp.at, stamp.who, stamp.times) == (first, school.birch.name, 2)
    assert how_many(school.store, SearchPress) == 2
    whole = entries.of(school.store, log, by=school.birch)
    assert [e.who for e in whole if e.said == "Police called: done"] == [
        school.oak.name, school.birch.name,
    ]  # fmt: skip


def test_a_step_pressed_by_mistake_is_taken_back_and_stays_in_the_log(school: School) -> None:
    log = begun(school)
    done(school, log, "police")
    steps.press(school.store, log, "step", "police", "undone", by=school.oak)
    assert "police" not in now(school, log).steps
    done(school, log, "police", school.oak)
    assert now(school, log).steps["police"].who == school.oak.name
    assert how_many(school.store, SearchPress) == 3


def test_a_role_is_taken_over_with_one_tap(school: School) -> None:
    log = begun(school)
    roles.take(school.store, log, "lead", by=school.birch)
    roles.take(school.store, log, "lead", by=school.head)
    assert now(school, log).roles["lead"].name == school.head.name
    assert [e.said for e in entries.of(school.store, log, by=school.oak) if e.kind == "role"] == [
        f"Incident lead: {school.head.name}", f"Incident lead: {school.birch.name}",
    ]  # fmt: skip
    with pytest.raises(NotThere):
        roles.take(school.store, log, "king", by=school.birch)
    with pytest.raises(NotThere):
        roles.give(school.store, log, "lead", school.chair.id, by=school.birch)


def test_a_child_is_named_later_and_a_slip_is_taken_off(school: School) -> None:
    log = begun(school)
    logs.name(school.store, log, school.ben.id, by=school.birch)
    logs.name(school.store, log, school.amy.id, by=school.oak)
    logs.name(school.store, log, school.ben.id, ended=True, by=school.oak)
    assert [child.id for child in now(school, log).children] == [school.amy.id]
    with pytest.raises(NotThere):
        logs.name(school.store, log, "0" * 32, by=school.birch)


def test_notes_have_the_time_they_happened_and_the_time_they_were_written(
    school: School, at: At
) -> None:
    log = begun(school)
    happened = at(14, 1)
    at(14, 9)
    logs.note(school.store, log, "Rang *mother*", happened, by=school.birch)
    entry = next(e for e in entries.of(school.store, log, by=school.oak) if e.kind == "note")
    assert (entry.at, entry.recorded_at, entry.account) == (happened, clock.now(), "Rang *mother*")
    assert entry.is_late
    with pytest.raises(Incomplete, match="what happened"):
        logs.note(school.store, log, "  ", by=school.birch)
    with pytest.raises(Incomplete, match="future"):
        logs.note(school.store, log, "Soon", at(14, 9).replace(hour=20), by=school.birch)


def test_found_stops_the_search_and_the_log_is_closed(school: School, at: At) -> None:
    log = begun(school)
    logs.name(school.store, log, school.amy.id, by=school.birch)
    moment = at(14, 5)
    form = Form(pupil=school.amy.id, found_at=moment, place="The shed", found_by="Mr Oak")
    finding.found(school.store, log, form, by=school.oak)
    whole = now(school, log)
    assert whole.all_found and whole.found_at == moment and whole.is_near_miss
    finding.close(school.store, log, "found", "Found in five minutes", by=school.oak)
    assert not now(school, log).log.is_open
    with pytest.raises(Refused, match="closed"):
        done(school, log, "police")
    logs.note(school.store, log, "Her mother thanked us", by=school.birch)


def test_found_before_missing_is_refused(school: School, at: At) -> None:
    log = begun(school)
    early = at(13, 59)
    at(14, 10)
    form = Form(found_at=early, place="The shed", found_by="Mr Oak")
    with pytest.raises(Incomplete, match="Found before the child was missed"):
        finding.found(school.store, log, form, by=school.oak)
    seen = at(13, 50)
    at(14, 10)
    logs.saw(school.store, log, seen, "", "", by=school.oak)
    finding.found(school.store, log, form, by=school.oak)

"""A child is missing: the log, its steps and roles, and how it ends."""

from __future__ import annotations

import pytest

from core import clock, people, settings
from core.errors import Refused
from core.forms import Incomplete
from core.missing import entries, facts, finding, logs, roles, steps
from core.permissions import NotAllowed, NotThere
from core.records import Mail, MissingLog, SearchPress
from tests.core.school import School, how_many, openings_of, plain
from tests.core.searching import At, a_clock, begun, done, now, zone


@pytest.fixture
def school(new_school: School) -> School:
    return new_school


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    return a_clock(monkeypatch)


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
    facts.name(school.store, log, school.ben.id, by=school.birch)
    facts.name(school.store, log, school.amy.id, by=school.oak)
    facts.name(school.store, log, school.ben.id, ended=True, by=school.oak)
    assert [child.id for child in now(school, log).children] == [school.amy.id]
    with pytest.raises(NotThere):
        facts.name(school.store, log, "0" * 32, by=school.birch)


def test_notes_have_the_time_they_happened_and_the_time_they_were_written(
    school: School, at: At
) -> None:
    log = begun(school)
    happened = at(14, 1)
    at(14, 9)
    facts.note(school.store, log, "Rang *mother*", happened, by=school.birch)
    entry = next(e for e in entries.of(school.store, log, by=school.oak) if e.kind == "note")
    assert (entry.at, entry.recorded_at, entry.account) == (happened, clock.now(), "Rang *mother*")
    assert entry.is_late
    with pytest.raises(Incomplete, match="what happened"):
        facts.note(school.store, log, "  ", by=school.birch)
    with pytest.raises(Incomplete, match="future"):
        facts.note(school.store, log, "Soon", at(14, 9).replace(hour=20), by=school.birch)


def test_the_leads_and_the_head_are_told_as_it_opens_and_by_mail_without_a_name(
    school: School,
) -> None:
    log = begun(school, school.lead)
    logs_told = {school.deputy.id, school.head.id}
    assert set(now(school, log).log.told) == logs_told
    mails = school.store.ask(Mail, "FROM mails WHERE purpose = 'missing'")
    assert {(each.person, each.author, each.category) for each in mails} == {
        (person, school.lead.id, "") for person in logs_told
    }
    for by in (school.deputy, plain(school.head)):
        assert [each.id for each in logs.waiting(school.store, by=by)] == [log]
        now(school, log, by)
        assert logs.waiting(school.store, by=by) == []
    assert logs.waiting(school.store, by=school.oak) == []
    assert set(now(school, log).seen_by_told) == {school.deputy.id, school.head.id}


def test_a_relative_searches_too_until_the_log_is_closed(school: School) -> None:
    people.mark_relative(school.store, school.birch.id, school.amy.id, by=school.lead)
    log = begun(school)
    facts.name(school.store, log, school.amy.id, by=school.birch)
    done(school, log, "movements")
    assert now(school, log).steps.keys() == {"movements"}
    finding.close(school.store, log, "mistake", "She was in the library", by=school.oak)
    with pytest.raises(NotThere):
        now(school, log)
    assert now(school, log, school.oak).log.outcome == "mistake"


def test_a_closed_log_is_read_by_full_access_and_by_who_took_part(school: School) -> None:
    log = begun(school)
    roles.give(school.store, log, "gates", school.office.id, by=school.birch)
    finding.close(school.store, log, "mistake", "She was in the library", by=school.birch)
    for by in (school.birch, school.office, school.lead, plain(school.lead)):
        assert now(school, log, by).log.id == log
    for by in (school.oak, school.assistant):
        with pytest.raises(NotThere):
            now(school, log, by)
    for by in (school.governor, school.chair):
        with pytest.raises(NotThere):
            now(school, log, by)


def test_reading_a_log_is_recorded(school: School) -> None:
    log = begun(school)
    now(school, log, school.oak)
    assert [each.what for each in openings_of(school.store, log)] == ["missing"]


def test_what_a_child_wears_is_said_anew_and_the_older_stays_in_the_log(school: School) -> None:
    log = begun(school)
    facts.tell(school.store, log, clothing="A red coat", looks="  ", by=school.birch)
    facts.tell(school.store, log, clothing="A *blue* coat", by=school.oak)
    assert now(school, log).facts == {"clothing": "A *blue* coat"}
    whole = entries.of(school.store, log, by=school.birch)
    assert [e.account for e in whole if e.kind == "fact"] == ["A *blue* coat", "A red coat"]
    with pytest.raises(NotThere):
        facts.tell(school.store, log, secret="x", by=school.birch)


def test_a_log_on_paper_is_typed_up_with_its_own_times(school: School, at: At) -> None:
    began, rang = at(10, 0), at(10, 12)
    at(14, 0)
    log = logs.from_paper(school.store, began, off_site=True, by=school.birch)
    steps.press(school.store, log, "step", "police", "done", rang, by=school.birch)
    whole = now(school, log)
    assert (whole.log.began_at, whole.steps["police"].at) == (began, rang)
    assert whole.reasons_owed == ("police",)
    entry = next(e for e in entries.of(school.store, log, by=school.birch) if e.kind == "step")
    assert entry.is_late and entry.recorded_at == clock.now()
    assert logs.alarms(school.store, by=school.birch) == []
    with pytest.raises(NotThere):
        now(school, log, school.oak)
    with pytest.raises(Incomplete, match="when the log on paper"):
        logs.from_paper(school.store, None, off_site=False, by=school.birch)
    with pytest.raises(Incomplete, match="future"):
        steps.press(school.store, log, "step", "police", "done", rang.replace(hour=20),
                    by=school.birch)  # fmt: skip


def test_the_places_to_search_are_the_schools_own_list(school: School) -> None:
    settings.choose(school.store, name="Oakfield", zones_inside="Loft\n\nToilets\nLoft",
                    zones_outside="Pond", zones_outing="The coach", by=school.lead)  # fmt: skip
    log = begun(school)
    assert [each.name for each in now(school, log).zones] == ["Loft", "Toilets", "Pond"]
    outing = begun(school, off_site=True)
    assert [each.name for each in now(school, outing).zones] == ["The coach"]
    settings.choose(school.store, name="Oakfield", zones_inside="Hall", by=school.lead)
    assert [each.name for each in now(school, log).zones] == ["Loft", "Toilets", "Pond"]
    with pytest.raises(Refused, match="at least one place"):
        settings.choose(school.store, name="Oakfield", zones_outing=" ", by=school.lead)
    for minutes in ("0", "ten", "61"):
        with pytest.raises(Refused, match="minutes"):
            settings.choose(school.store, name="Oakfield", missing_minutes=minutes, by=school.lead)


def test_a_place_is_started_cleared_and_searched_again_with_who_and_when(
    school: School, at: At
) -> None:
    log = begun(school)
    times = [at(14, 1), at(14, 2), at(14, 3)]
    for moment, did, by in zip(times, ("started", "cleared", "again"),
                               (school.birch, school.oak, school.lead), strict=True):  # fmt: skip
        steps.press(school.store, log, "zone", "Toilets", did, moment, by=by)
    place = now(school, log).zones[0]
    assert place.started and place.cleared and place.again
    assert [(s.at, s.who) for s in (place.started, place.cleared, place.again)] == [
        (times[0], school.birch.name), (times[1], school.oak.name), (times[2], school.lead.name),
    ]  # fmt: skip
    for key, did in (("Moon", "started"), ("Toilets", "lost")):
        with pytest.raises(NotThere):
            zone(school, log, key, did)


def test_a_name_that_somebody_typed_stays_as_it_was_typed(school: School) -> None:
    log = begun(school)
    facts.saw(school.store, log, clock.now(), "<b>Pond</b>", "*Mo*", by=school.birch)
    seen = now(school, log).seen
    assert seen and (seen.place, seen.seen_by) == ("<b>Pond</b>", "*Mo*")
    with pytest.raises(Incomplete, match="last seen"):
        facts.saw(school.store, log, None, "", "", by=school.birch)

"""The limits of a search, what means 999 at once, and what the one thing to do is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import settings
from core.errors import Refused
from core.missing import entries, facts, known, logs, nexts, roles, steps
from core.permissions import NotThere
from core.records import SearchCall
from tests.core.school import School
from tests.core.searching import At, a_clock, begun, done, leads, now, zone


@pytest.fixture
def school(new_school: School) -> School:
    return new_school


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    return a_clock(monkeypatch)


@pytest.mark.parametrize(("off_site", "minutes"), [(False, 10), (True, 5)])
def test_parents_and_police_are_owed_a_call_by_the_limit(
    school: School, at: At, off_site: bool, minutes: int
) -> None:
    log = begun(school, off_site=off_site)
    at(14, minutes)
    assert now(school, log).overdue("police") is None
    at(14, minutes + 4)
    for step in ("parents", "police"):
        assert now(school, log).overdue(step) == timedelta(minutes=4)
    assert now(school, log).overdue("movements") is None
    done(school, log, "police")
    assert now(school, log).overdue("police") is None


def test_the_limit_is_the_schools_own_and_stays_what_it_was_when_the_log_began(
    school: School,
) -> None:
    settings.choose(school.store, name="Oakfield", missing_minutes="7", by=school.lead)
    log = begun(school)
    settings.choose(school.store, name="Oakfield", missing_minutes="30", by=school.lead)
    assert now(school, log).log.limit_minutes == 7


def test_it_counts_from_when_the_child_was_last_seen(school: School, at: At) -> None:
    seen = at(13, 52)
    began = at(13, 57)
    log = begun(school)
    assert now(school, log).since == began
    facts.saw(school.store, log, seen, "The field", "Mr Oak", by=school.oak)
    at(14, 6)
    assert now(school, log).since == seen
    assert now(school, log).overdue("police") == timedelta(minutes=4)


def test_calling_earlier_is_always_allowed_and_later_asks_for_a_reason(
    school: School, at: At
) -> None:
    log = begun(school)
    done(school, log, "parents")
    assert now(school, log).reasons_owed == ()
    at(14, 11)
    done(school, log, "police", school.oak)
    assert now(school, log).steps["police"].who == school.oak.name
    assert now(school, log).reasons_owed == ("police",)
    why = SearchCall(log=log, step="police", late_because="No signal in the wood")
    steps.say(school.store, log, why, by=school.oak)
    assert now(school, log).reasons_owed == ()
    assert now(school, log).why_late("police") == "No signal in the wood"


def test_what_was_said_is_put_together_from_what_several_people_know(school: School) -> None:
    log = begun(school)
    done(school, log, "police")
    some = SearchCall(log=log, step="police", reference="CAD 112", given=("clothing", "devices"))
    steps.say(school.store, log, some, by=school.birch)
    other = SearchCall(log=log, step="police", officer="PC *Lo*", account="On the way")
    steps.say(school.store, log, other, by=school.oak)
    call = now(school, log).calls["police"]
    assert (call.reference, call.officer, call.account) == ("CAD 112", "PC *Lo*", "On the way")
    assert call.given == ("clothing", "devices")
    with pytest.raises(Refused, match="nothing to write"):
        steps.say(school.store, log, SearchCall(log=log, step="police"), by=school.oak)
    for wrong in (SearchCall(log=log, step="flying", account="x"),
                  SearchCall(log="0" * 32, step="police", account="x"),
                  SearchCall(log=log, step="police", given=("blood",))):  # fmt: skip
        with pytest.raises(NotThere):
            steps.say(school.store, log, wrong, by=school.oak)


def test_the_one_thing_to_do_is_in_the_order_of_what_cannot_wait(school: School, at: At) -> None:
    log = begun(school)

    def do() -> str:
        return nexts.of(now(school, log)).do

    assert do() == "Somebody leads."
    leads(school, log, school.birch)
    assert do() == "Say who is missing."
    facts.name(school.store, log, school.amy.id, by=school.birch)
    assert do() == "Search inside."
    for place in now(school, log).log.inside:
        zone(school, log, place, "started")
    assert do() == "Search outside."
    for place in now(school, log).log.outside:
        zone(school, log, place, "cleared")
    assert do() == "Ring the parents."
    at(14, 14)
    urgent = nexts.of(now(school, log))
    assert (urgent.do, urgent.is_urgent) == ("Ring the police.", True)
    assert urgent.why == "The limit of 10 minutes passed 4 minutes ago."
    assert urgent.press == "step police done"
    done(school, log, "police")
    assert do() == "Ring the parents."
    done(school, log, "parents")
    assert do() == "Say why the call was late."
    for step in ("parents", "police"):
        why = SearchCall(log=log, step=step, late_because="x")
        steps.say(school.store, log, why, by=school.birch)
    assert do() == "Someone waits for the police and follows their instructions."


def test_a_danger_means_999_before_everything_else_until_it_is_rung(school: School) -> None:
    log = begun(school)
    steps.press(school.store, log, "danger", "water", "holds", by=school.birch)
    assert nexts.of(now(school, log)).do == "Ring 999 now."
    steps.press(school.store, log, "danger", "water", "not", by=school.oak)
    assert nexts.of(now(school, log)).do == "Somebody leads."
    steps.press(school.store, log, "danger", "young", "holds", by=school.birch)
    done(school, log, "police")
    assert nexts.of(now(school, log)).do != "Ring 999 now."


def test_a_private_danger_is_told_by_name_to_the_lead_and_to_who_ticked_it(
    school: School,
) -> None:
    log = begun(school)
    steps.press(school.store, log, "danger", "harm", "holds", by=school.birch)
    steps.press(school.store, log, "danger", "gate", "holds", by=school.birch)
    leads(school, log, school.head)

    def told(by: object) -> set[str]:
        return {each.key for each in known.dangers(now(school, log), by=by)}  # type: ignore[arg-type]

    assert told(school.birch) == told(school.head) == {"harm", "gate"}
    assert told(school.oak) == told(school.lead) == {"gate"}
    whole = entries.of(school.store, log, by=school.oak)
    assert "A reason to ring 999 now" in {each.said for each in whole}
    assert "Talk of self-harm" not in {each.said for each in whole}
    assert "Talk of self-harm" in {
        each.said for each in entries.of(school.store, log, by=school.birch)
    }
    assert nexts.of(now(school, log, school.oak)).do == "Ring 999 now."


def test_every_role_has_a_name_and_everybody_who_works_here_can_have_one(school: School) -> None:
    log = begun(school)
    for role in roles.ROLES:
        roles.give(school.store, log, role, school.office.id, by=school.oak)
    assert {h.person for h in now(school, log).roles.values()} == {school.office.id}
    assert logs.alarms(school.store, by=school.office)[0].id == log

"""A child is found: what is asked, what is refused, and how a log is closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core import body_maps, clock, dashboard, map_forms, people
from core.errors import Refused
from core.forms import Incomplete
from core.missing import entries, facts, finding, joined, nexts, steps
from core.missing.finding import Form
from core.permissions import NotAllowed, NotThere
from core.records import SearchCall
from tests.core.school import School, plain
from tests.core.searching import At, a_clock, begun, done, now


@pytest.fixture
def school(new_school: School) -> School:
    return new_school


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    return a_clock(monkeypatch)


def found(school: School, log: str, pupil: str = "") -> None:
    form = Form(pupil=pupil, found_at=clock.now(), place="The shed", found_by="Mr Oak")
    finding.found(school.store, log, form, by=school.oak)


def test_found_stops_the_search_and_closes_with_what_was_open(school: School, at: At) -> None:
    log = begun(school)
    facts.name(school.store, log, school.amy.id, by=school.birch)
    moment = at(14, 5)
    found(school, log, school.amy.id)
    whole = now(school, log)
    assert (whole.all_found, whole.found_at) == (True, moment)
    assert nexts.of(whole).do == "Stop the search."
    at(14, 30)
    assert now(school, log).overdue("police") is None
    with pytest.raises(Incomplete, match="steps are open") as refused:
        finding.close(school.store, log, "found", by=school.oak)
    assert refused.value.problems.keys() == {"reason"}
    finding.close(school.store, log, "found", "Found in five minutes", by=school.oak)
    assert now(school, log).log.closed_because == "Found in five minutes"
    with pytest.raises(Refused, match="closed"):
        done(school, log, "police")
    facts.note(school.store, log, "Her mother thanked us", by=school.birch)
    assert entries.of(school.store, log, by=school.birch)[0].account == "Her mother thanked us"


def test_found_before_missing_is_refused(school: School, at: At) -> None:
    log, early = begun(school), at(13, 59)
    seen = at(13, 50)
    at(14, 10)
    form = Form(found_at=early, place="The shed", found_by="Mr Oak")
    with pytest.raises(Incomplete, match="Found before the child was missed"):
        finding.found(school.store, log, form, by=school.oak)
    facts.saw(school.store, log, seen, "", "", by=school.oak)
    finding.found(school.store, log, form, by=school.oak)
    form.found_at = seen - timedelta(minutes=1)
    with pytest.raises(Incomplete, match="before the child was last seen"):
        finding.found(school.store, log, form, by=school.oak)


def test_a_child_can_be_found_in_the_minute_in_which_they_were_missed(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = datetime(2026, 9, 14, 13, 0, 20, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: began)
    log = begun(school)
    form = Form(found_at=began.replace(second=0), place="The shed", found_by="Mr Oak")
    finding.found(school.store, log, form, by=school.oak)
    assert now(school, log).found_at == began


def test_what_a_finding_lacks_is_said_by_field(school: School) -> None:
    log = begun(school)
    facts.name(school.store, log, school.amy.id, by=school.birch)
    with pytest.raises(Incomplete) as refused:
        finding.found(school.store, log, Form(), by=school.oak)
    assert refused.value.problems.keys() == {"pupil", "found_at", "place", "found_by"}
    later = Form(pupil=school.amy.id, found_at=clock.now() + timedelta(hours=1), place="x",
                 found_by="y")  # fmt: skip
    with pytest.raises(Incomplete, match="future"):
        finding.found(school.store, log, later, by=school.oak)


def test_of_two_children_one_found_leaves_the_other_missing(school: School) -> None:
    log = begun(school)
    for child in (school.amy, school.cai):
        facts.name(school.store, log, child.id, by=school.birch)
    found(school, log, school.amy.id)
    assert not now(school, log).all_found
    with pytest.raises(Incomplete, match="Not every child"):
        finding.close(school.store, log, "found", "x", by=school.oak)
    found(school, log, school.cai.id)
    assert now(school, log).all_found


def test_a_child_who_was_found_before_anybody_named_them_is_named_and_has_the_search(
    school: School,
) -> None:
    log = begun(school)
    found(school, log)
    with pytest.raises(Incomplete, match="say who the child was") as refused:
        finding.close(school.store, log, "found", by=school.oak)
    assert refused.value.problems.keys() == {"reason"}
    facts.name(school.store, log, school.amy.id, by=school.oak)
    assert now(school, log).all_found
    finding.close(school.store, log, "found", "Found in five minutes", by=school.oak)
    (incident,) = joined.of(school.store, log, by=school.oak)
    assert incident.pupil == school.amy.id


def test_another_child_was_found_and_the_search_goes_on(school: School) -> None:
    log = begun(school)
    with pytest.raises(NotThere):
        finding.mistaken(school.store, log, "", by=school.birch)
    found(school, log)
    finding.mistaken(school.store, log, "", by=school.birch)
    assert not now(school, log).all_found
    assert [e.said for e in entries.of(school.store, log, by=school.oak)][:2] == [
        "Not found after all", "Found",
    ]  # fmt: skip


def test_a_late_call_without_a_reason_keeps_a_log_open(school: School, at: At) -> None:
    log = begun(school)
    at(14, 11)
    done(school, log, "police")
    found(school, log)
    with pytest.raises(Incomplete, match="why the call was late"):
        finding.close(school.store, log, "found", "All is well", by=school.oak)
    why = SearchCall(log=log, step="police", late_because="No signal")
    steps.say(school.store, log, why, by=school.oak)
    finding.close(school.store, log, "found", "All is well", by=school.oak)


def test_a_log_without_a_child_who_was_found_closes_with_a_reason_only(school: School) -> None:
    log = begun(school)
    for outcome, reason, why in (("found", "x", "Not every child"), ("mistake", " ", "why"),
                                 ("", "x", "how it ended")):  # fmt: skip
        with pytest.raises(Incomplete, match=why):
            finding.close(school.store, log, outcome, reason, by=school.oak)
    finding.close(school.store, log, "police", "Handed over at 15:00", by=school.oak)
    assert not now(school, log).log.is_open


def test_with_every_step_done_no_reason_is_asked(school: School) -> None:
    log = begun(school)
    facts.name(school.store, log, school.amy.id, by=school.birch)
    for step in steps.STEPS:
        done(school, log, step)
    for place in now(school, log).zones:
        steps.press(school.store, log, "zone", place.name, "cleared", by=school.birch)
    found(school, log, school.amy.id)
    finding.close(school.store, log, "found", by=school.oak)
    assert now(school, log).log.outcome == "found"


def test_the_childs_own_account_is_kept_in_its_exact_words(school: School) -> None:
    log = begun(school)
    found(school, log)
    said = "I -> wanted  to see *Bun*.\n\n“Sorry”"
    facts.tell(school.store, log, child_words=said, condition="Cold", told="Mother, police",
               reunited="Ms Lee, mother", by=school.oak)  # fmt: skip
    assert now(school, log).facts["child_words"] == said


def test_a_child_found_within_minutes_is_a_near_miss_and_is_counted(school: School, at: At) -> None:
    logs_ = [begun(school), begun(school, off_site=True)]
    at(14, 4)
    for log in logs_:
        found(school, log)
    late = begun(school)
    at(14, 20)
    found(school, late)
    assert [now(school, each).is_near_miss for each in (*logs_, late)] == [True, True, False]
    assert dashboard.near_misses(school.store, by=school.lead) == 2
    done(school, logs_[0], "police")
    assert dashboard.near_misses(school.store, by=school.lead) == 1
    with pytest.raises(NotAllowed):
        dashboard.near_misses(school.store, by=school.birch)


def test_an_open_log_is_first_on_the_teams_desk(school: School) -> None:
    log = begun(school)
    facts.name(school.store, log, school.amy.id, by=school.birch)
    first = dashboard.now(school.store, by=school.lead)[0]
    assert (first.kind, [n.log for n in first.notices]) == ("missing", [log])
    assert "Amy D’Souza" in first.notices[0].said and "police not called" in first.notices[0].said
    finding.close(school.store, log, "mistake", "In the library", by=school.birch)
    assert "missing" not in {group.kind for group in dashboard.now(school.store, by=school.lead)}


def test_a_body_map_of_a_found_child_is_seen_by_full_access_alone(school: School) -> None:
    log = begun(school)
    facts.name(school.store, log, school.amy.id, by=school.birch)
    found(school, log, school.amy.id)
    form = map_forms.opened(school.amy.born_on, by=school.birch)
    with pytest.raises(Incomplete, match="set a mark"):
        finding.hurt(school.store, log, form, by=school.birch)
    map_forms.touched(form, [{"id": "0" * 32, "view": "front", "x": 0.5, "y": 0.3}])
    form.marks[0].kind = "bruise"
    form.advice_sought, form.advice = False, "A plaster"
    finding.hurt(school.store, log, form, by=school.birch)
    (drawn,) = body_maps.of_search(school.store, log, by=school.lead)
    assert [mark.kind for mark in drawn.marks] == ["bruise"]
    for by in (school.birch, plain(school.lead), school.office, school.chair):
        assert body_maps.of_search(school.store, log, by=by) == ()
    people.mark_relative(school.store, school.lead.id, school.amy.id, by=school.head)
    assert body_maps.of_search(school.store, log, by=school.lead) == ()

"""Body maps together: every mark in order of time, each on the outline that it was set on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations
from math import hypot
from typing import Any

import pytest

from core import body_history, body_pictures, clock, corrections, outlines
from core.body_history import History
from core.body_pictures import Dot
from core.map_forms import Form, Mark
from core.permissions import NotAllowed, NotThere
from core.person import SYSTEM
from core.records import BodyMap, Relation
from core.store import new_id
from tests.core.school import School, a_concern, linked, openings_of, plain, recorded


@pytest.fixture
def school(own_school: School) -> School:
    """Children on whom nothing has been seen yet."""
    return own_school


def ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)


def a_mark(region: str = "left-forearm", view: str = "back", **said: Any) -> Mark:
    x, y = outlines.view(view, outlines.OLDER).centre_of(region)
    return Mark(id=new_id(), view=view, x=x, y=y, region=region, kind="bruise", **said)


def seen(school: School, day: float, *marks: Mark, **more: Any) -> str:
    """A concern about Amy with a map of what was seen so many days ago; returns the incident."""
    drawn = Form(build=outlines.OLDER, marks=list(marks) or [a_mark()], seen_by="x",
                 seen_at=ago(day), advice_sought=False, advice="x")  # fmt: skip
    form = a_concern(school.amy, body_map=drawn, occurred_at=ago(day), **more)
    return recorded(school, form, by=school.birch)


def of(school: School) -> History:
    return body_history.of(school.store, school.amy.id, by=school.lead)


def regions(history: History) -> list[tuple[int, str]]:
    return [(each.number, each.mark.region) for each in history.sightings]


def test_marks_are_numbered_in_the_order_in_which_they_were_seen(school: School) -> None:
    seen(school, 3, a_mark("left-forearm"), a_mark("left-upper-arm"))
    seen(school, 40, a_mark("right-forearm"))
    seen(school, 20, a_mark("right-upper-arm"))
    assert regions(of(school)) == [
        (1, "right-forearm"), (2, "right-upper-arm"), (3, "left-forearm"), (4, "left-upper-arm"),
    ]  # fmt: skip


def test_each_mark_says_its_day_and_the_number_of_its_incident(school: School) -> None:
    numbers = [_number(school, seen(school, day)) for day in (9, 2)]
    found = of(school).sightings
    assert [each.incident for each in found] == numbers
    assert [each.day for each in found] == [ago(9).date(), ago(2).date()]


def _number(school: School, incident: str) -> int:
    sql = "SELECT number AS incident FROM incidents WHERE id = $id"
    return school.store.ask(_Number, sql, id=incident)[0].incident


@dataclass(frozen=True)
class _Number:
    incident: int


def test_the_slider_goes_back_to_what_had_been_seen_by_a_day(school: School) -> None:
    for day in (30, 20, 10):
        seen(school, day)
    whole = of(school)
    assert len(whole.days) == 3
    before = whole.until(whole.days[1])
    assert regions(before) == regions(whole)[:2] and before.days == whole.days[:2]


def test_what_was_seen_last_is_darkest_and_what_was_seen_first_is_faintest(school: School) -> None:
    for day in (300, 20, 10):
        seen(school, day)
    whole = of(school)
    assert [whole.freshness(each) for each in whole.sightings] == [0, 0.5, 1]
    before = whole.until(whole.days[0])
    assert before.freshness(before.sightings[0]) == 1


def test_older_discs_are_paler_and_lie_beneath(school: School) -> None:
    for day in (30, 20, 10):
        seen(school, day)
    whole = of(school)
    dots = [Dot(each.number, each.mark, whole.freshness(each)) for each in whole.sightings]
    svg = body_pictures.together(outlines.view("back", outlines.OLDER), dots)
    assert svg.index(">1</text>") < svg.index(">2</text>") < svg.index(">3</text>")
    pale = re.findall(r'fill-opacity="([\d.]+)"', svg)
    assert pale == ["0.10", "0.28", "1.00"]


def test_a_mark_on_the_same_place_hides_no_earlier_number(school: School) -> None:
    for day in range(9, 0, -1):
        seen(school, day)
    whole = of(school)
    dots = [Dot(each.number, each.mark, 1) for each in whole.sightings]
    svg = body_pictures.together(outlines.view("back", outlines.OLDER), dots)
    numbers = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>(\d)<', svg)
    assert [number for *_, number in numbers] == list("123456789")
    spots = [(float(x), float(y)) for x, y, _ in numbers]
    assert min(hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(spots, 2)) > 10
    assert svg.count("<line") == 8  # each to the place at which its mark was set


def test_each_view_with_marks_is_one_outline(school: School) -> None:
    seen(school, 30, a_mark(view="back"))
    seen(school, 20, a_mark(view="front"), a_mark(view="back"))
    found = [(each.view, [s.number for s in each.sightings]) for each in of(school).outlines]
    assert found == [("front", [2]), ("back", [1, 3])]


@pytest.mark.parametrize("other", [{"build": "younger"}, {"edition": "2031"}])
def test_what_was_set_on_another_outline_is_shown_apart_and_not_moved(
    school: School, other: dict[str, Any]
) -> None:
    seen(school, 20)
    seen(school, 900)
    whole = of(school)
    old, new = whole.sightings
    mixed = History(whole.pupil, (replace(old, **other), new))
    found = mixed.outlines
    assert [(each.edition, each.build) for each in found] == [
        ("2026", "older"), (other.get("edition", "2026"), other.get("build", "older")),
    ]  # fmt: skip
    assert [each.sightings[0].mark for each in found] == [new.mark, old.mark]


def test_a_map_keeps_the_outlines_that_it_was_recorded_with(school: School) -> None:
    incident = seen(school, 20)
    younger = BodyMap(incident=incident, edition="2026", build="younger", seen_by="x",
                      seen_at=ago(900), advice_sought=False, advice="x")  # fmt: skip
    mark = replace(of(school).sightings[0].mark, id=new_id(), body_map=younger.id)
    school.store.append(younger, mark, by=school.birch)
    assert [each.build for each in of(school).sightings] == ["younger", "older"]


def test_what_was_entered_in_error_is_left_out(school: School) -> None:
    wrong = seen(school, 20, a_mark("left-forearm"))
    seen(school, 10, a_mark("left-upper-arm"))
    form = corrections.Form(incident=wrong, kind="error", account="Not her")
    corrections.add(school.store, form, by=school.lead)
    assert regions(of(school)) == [(1, "left-upper-arm")]


def test_a_map_that_belongs_to_another_child_goes_to_that_child(school: School) -> None:
    wrong = seen(school, 20)
    form = corrections.Form(incident=wrong, kind="other_pupil", account="x", pupil=school.ben.id)
    corrections.add(school.store, form, by=school.lead)
    assert of(school).sightings == ()
    moved = body_history.of(school.store, school.ben.id, by=school.lead)
    assert [each.number for each in moved.sightings] == [1]


def test_the_body_of_a_linked_child_is_not_taken_for_this_ones(school: School) -> None:
    seen(school, 20, linked=linked(school.ben))
    assert body_history.of(school.store, school.ben.id, by=school.lead).sightings == ()


def test_a_conflict_of_interest_hides_what_it_concerns_and_nothing_else(school: School) -> None:
    seen(school, 20, a_mark("left-forearm"), named=(school.lead.id,))
    seen(school, 10, a_mark("left-upper-arm"))
    assert regions(of(school)) == [(1, "left-upper-arm")]
    school.store.append(Relation(person=school.lead.id, pupil=school.amy.id), by=SYSTEM)
    assert of(school).sightings == ()


def test_only_full_access_sees_them_and_it_is_recorded(school: School) -> None:
    seen(school, 20)
    for person in (school.birch, plain(school.lead), plain(school.head), school.office,
                   school.governor, school.chair):  # fmt: skip
        with pytest.raises(NotAllowed):
            body_history.of(school.store, school.amy.id, by=person)
    assert openings_of(school.store, school.amy.id) == []
    of(school)
    (opening,) = openings_of(school.store, school.amy.id)
    assert opening.what == "body maps"


def test_a_child_that_is_not_there_is_told_so(school: School) -> None:
    with pytest.raises(NotThere):
        body_history.of(school.store, "0" * 32, by=school.lead)


def test_a_child_without_marks_has_no_days(school: School) -> None:
    found = of(school)
    assert found.days == () and found.outlines == () and found.until(date.max) == found

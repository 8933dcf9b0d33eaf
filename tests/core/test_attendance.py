"""A fall in attendance is pointed out together with a concern, and never alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from core import clock, patterns, school_days
from core.person import SYSTEM
from core.pieces import Pointed
from core.records import RegisterEntry, Relation
from tests.core.school import School, a_concern, plain, recorded

BEFORE = ["present"] * 20  # sessions, ten days of school


@pytest.fixture
def school(own_school: School) -> School:
    return own_school


def marked(school: School, recent: Sequence[str], before: Sequence[str]) -> None:
    """Amy’s marks, two sessions a day: those of the last five days, and of the days before."""
    yesterday = clock.now().date() - timedelta(days=1)
    days = school_days.calendar(school.store).opened(yesterday, 5 + len(before) // 2)
    marks = [*recent, *before]
    entries = [
        RegisterEntry(day=days[nth // 2], session=("morning", "afternoon")[nth % 2],
                      pupils=(school.amy.id, school.cai.id), marks=(mark, "present"))
        for nth, mark in enumerate(marks)
    ]  # fmt: skip
    school.store.append(*entries, by=school.birch)


def concern(school: School, days: int = 3, **more: object) -> str:
    form = a_concern(school.amy, occurred_at=clock.now() - timedelta(days=days), **more)
    return recorded(school, form, by=school.birch)


def said(school: School) -> list[Pointed]:
    here = {school.amy.id, school.cai.id, school.dua.id}
    found = patterns.pointed(school.store, by=school.lead)
    return [each for each in found if each.rule == "attendance" and each.pupil in here]


def test_a_fall_together_with_a_concern_is_pointed_out_once(school: School) -> None:
    marked(
        school,
        ["illness"] * 4 + ["present", "late", "left_early", "present"] * 1 + ["present"] * 2,
        BEFORE,
    )
    id_ = concern(school)
    (found,) = said(school)
    assert found.pupil == school.amy.id and [p.incident for p in found.pieces] == [id_]
    assert found.sentence == (
        "At school for 6 of the last 10 sessions, 20 of 20 before, and a concern in 30 days."
    )


@pytest.mark.parametrize(
    ("recent", "before", "days", "more"),
    [
        (["illness"] * 10, BEFORE, 31, {}),  # the concern is long ago
        (["illness"] * 10, BEFORE, 3, {"categories": ("positive",)}),  # it is none
        (["illness"] * 2 + ["present"] * 8, BEFORE, 3, {}),  # one day
        (["illness"] * 4 + ["present"] * 6, ["illness", "present"] * 10, 3, {}),  # as before
        (["illness"] * 10, ["present"] * 6, 3, {}),  # nothing to compare with
    ],
)
def test_a_fall_alone_or_none_is_not(
    school: School, recent: list[str], before: list[str], days: int, more: dict[str, object]
) -> None:
    marked(school, recent, before)
    concern(school, days, **more)
    assert said(school) == []


def test_a_correction_of_the_register_counts(school: School) -> None:
    marked(school, ["illness"] * 10, BEFORE)
    concern(school)
    assert len(said(school)) == 1
    marked(school, ["present"] * 10, [])
    assert said(school) == []


def test_it_can_be_set_aside_until_a_new_concern_stands_behind_it(school: School) -> None:
    marked(school, ["illness"] * 10, BEFORE)
    concern(school)
    patterns.set_aside(school.store, school.amy.id, "attendance", "Flu.", by=school.lead)
    assert said(school) == []
    concern(school, 1)
    assert len(said(school)) == 1


def test_nobody_is_told_of_their_own_family(school: School) -> None:
    marked(school, ["illness"] * 10, BEFORE)
    concern(school)
    school.store.append(Relation(person=school.lead.id, pupil=school.amy.id), by=SYSTEM)
    assert said(school) == []
    with pytest.raises(Exception, match="not for this"):
        patterns.pointed(school.store, by=plain(school.lead))

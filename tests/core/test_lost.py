"""From a count that lacks a child to the log of the search, with what the counts know."""

from __future__ import annotations

import pytest

from core import clock, counting, head_counts, lost
from core.errors import Refused
from core.missing import facts, logs, state
from core.permissions import NotThere
from core.person import Person
from core.records import MissingLog
from tests.core.outing import MORNING, started
from tests.core.school import School, how_many


@pytest.fixture
def school(new_school: School) -> School:
    return new_school


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MORNING)


def counted(school: School, outing: str, adult: Person, *away: str) -> None:
    now = head_counts.now(school.store, outing, by=adult)
    group = next(each.group for each in now.groups if each.group.adult.id == adult.id)
    here = [each for each in group.ids if each not in away]
    counting.count(school.store, outing, now.round.id, adult.id, here, stamp=group.stamp, by=adult)


def on_the_way(school: School) -> str:
    """An outing whose groups were complete as it left, and that boards without Cai."""
    outing = started(school)
    counted(school, outing, school.birch)
    counted(school, outing, school.oak)
    counting.move_on(school.store, outing, "boarding", "Bus stop", by=school.birch)
    counted(school, outing, school.birch, school.cai.id)
    return outing


def test_the_log_opens_with_who_is_missing_and_where_a_count_last_had_them(school: School) -> None:
    outing = on_the_way(school)
    log = lost.open_log(school.store, outing, school.birch.id, by=school.birch)
    found = state.of(school.store, log, by=school.oak)
    assert [child.id for child in found.children] == [school.cai.id]
    assert found.log.off_site and found.seen
    assert (found.seen.seen_at, found.seen.place, found.seen.seen_by) == (
        MORNING, "School", school.birch.name,
    )  # fmt: skip
    assert head_counts.now(school.store, outing, by=school.oak).missing == {school.cai.id}


def test_a_child_who_lacks_as_the_outing_leaves_is_searched_for_at_school(school: School) -> None:
    outing = started(school)
    counted(school, outing, school.oak, school.ben.id)
    log = lost.open_log(school.store, outing, school.oak.id, by=school.oak)
    found = state.of(school.store, log, by=school.oak)
    assert (found.log.off_site, found.seen) == (False, None)


def test_two_who_say_it_at_once_open_one_log(school: School) -> None:
    outing = on_the_way(school)
    opened = {lost.open_log(school.store, outing, school.birch.id, by=by)
              for by in (school.birch, school.oak)}  # fmt: skip
    assert len(opened) == how_many(school.store, MissingLog) == 1


@pytest.mark.parametrize("names", [True, False])
def test_a_log_of_another_child_is_left_alone_and_one_that_names_nobody_is_joined(
    school: School, names: bool
) -> None:
    outing = on_the_way(school)
    before = logs.begin(school.store, off_site=True, by=school.assistant)
    if names:
        facts.name(school.store, before, school.dua.id, by=school.assistant)
    log = lost.open_log(school.store, outing, school.birch.id, by=school.birch)
    assert (log == before) == (not names)
    now = state.of(school.store, log, by=school.oak)
    assert [child.id for child in now.children] == [school.cai.id]


def test_no_log_opens_while_every_count_matches(school: School) -> None:
    outing = started(school)
    counted(school, outing, school.birch)
    with pytest.raises(Refused, match="lacks a child"):
        lost.open_log(school.store, outing, school.birch.id, by=school.birch)
    with pytest.raises(NotThere):
        lost.open_log(school.store, outing, school.birch.id, by=school.assistant)
    assert how_many(school.store, MissingLog) == 0

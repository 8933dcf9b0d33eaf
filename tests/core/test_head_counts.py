"""Every group is counted by its names; a count that does not match blocks until it is answered."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as chance
from hypothesis import strategies as st

from core import clock, counting, departures, head_counts, outing_company, outing_groups
from core.errors import Refused
from core.forms import Incomplete
from core.head_counts import STAGES, Counted, Now
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.pupils import Pupil
from core.records import HeadCount, MissingAtCount, OutingEvent, OutingRound
from tests.core.outing import MORNING, approved, peopled, started
from tests.core.school import School, how_many, openings_of, plain


@pytest.fixture
def school(new_school: School) -> School:
    return new_school


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MORNING)


def now(school: School, outing: str) -> Now:
    return head_counts.now(school.store, outing, by=school.birch)


def group(school: School, outing: str, adult: Person) -> Counted:
    return next(c for c in now(school, outing).groups if c.group.adult.id == adult.id)


def counted(
    school: School, outing: str, adult: Person, here: Sequence[Pupil] | None = None, *,
    extra: int = 0, note: str = "", by: Person | None = None,
) -> None:  # fmt: skip
    """A group is counted: the whole of it, or those who are here."""
    found = group(school, outing, adult).group
    ids = found.ids if here is None else [pupil.id for pupil in here]
    counting.count(school.store, outing, now(school, outing).round.id, adult.id, ids,
                   stamp=found.stamp, extra=extra, note=note, by=by or adult)  # fmt: skip


def all_counted(school: School, outing: str) -> None:
    for adult in (school.birch, school.oak):
        counted(school, outing, adult)


def test_the_first_count_begins_as_the_outing_starts(school: School) -> None:
    found = now(school, started(school))
    assert (found.round.stage, found.round.place) == ("leaving", "School")
    assert len(found.uncounted) == 2 and not found.blocks


def test_a_group_that_is_complete_is_counted_by_its_names(school: School) -> None:
    outing = started(school)
    counted(school, outing, school.birch, by=school.oak)
    mine = group(school, outing, school.birch)
    assert mine.is_counted and not mine.blocks and mine.count
    assert (mine.count.said, mine.count.author) == ("2 of 2 here", school.oak.name)
    assert set(mine.count.here) == {school.amy.id, school.cai.id}
    assert [c.group.adult.id for c in now(school, outing).uncounted] == [school.oak.id]


def test_each_stage_is_counted_at_its_place_and_the_next_is_offered(school: School) -> None:
    outing = started(school)
    offered = [now(school, outing).next]
    for stage in ("boarding", "arriving", "before", "after", "meal", "boarding_back", "back"):
        all_counted(school, outing)
        counting.move_on(school.store, outing, stage, by=school.birch)
        offered.append(now(school, outing).next)
    assert offered == [*list(STAGES)[1:-1], ""]
    found = head_counts.rounds(school.store, outing, by=school.birch)
    assert [each.place for each in found[::-1]] == [
        "School", "School", "Hill Farm", "Hill Farm", "Hill Farm", "Hill Farm", "Hill Farm",
        "School",
    ]  # fmt: skip
    with pytest.raises(NotThere):
        counting.move_on(school.store, outing, "flying", by=school.birch)


def test_a_stage_at_a_place_that_somebody_typed(school: School) -> None:
    outing = started(school)
    all_counted(school, outing)
    counting.move_on(school.store, outing, "between", "The bridge", by=school.birch)
    assert now(school, outing).round.place == "The bridge"
    assert now(school, outing).next == ""


def test_a_stage_does_not_begin_before_every_group_is_counted_unless_somebody_says_why(
    school: School,
) -> None:
    outing = started(school)
    counted(school, outing, school.birch)
    with pytest.raises(Incomplete) as refusal:
        counting.move_on(school.store, outing, "boarding", by=school.birch)
    assert set(refusal.value.problems) == {"reason"}
    counting.move_on(school.store, outing, "boarding", "", "They follow", by=school.birch)
    assert now(school, outing).round.reason == "They follow"


def test_two_who_begin_the_same_stage_begin_it_once(school: School) -> None:
    outing = started(school)
    all_counted(school, outing)
    for by in (school.birch, school.oak):
        counting.move_on(school.store, outing, "boarding", by=by)
    assert how_many(school.store, OutingRound) == 2
    all_counted(school, outing)
    counting.move_on(school.store, outing, "boarding", by=school.birch)
    assert how_many(school.store, OutingRound) == 3


# A count that does not match.


def test_a_count_that_lacks_a_child_blocks_until_it_is_counted_again(school: School) -> None:
    outing = started(school)
    counted(school, outing, school.birch, [school.amy])
    counted(school, outing, school.oak)
    mine = group(school, outing, school.birch)
    assert mine.blocks and mine.lost == {school.cai.id}
    assert mine.count and mine.count.said == "1 of 2 here"
    for stage in ("leaving", "boarding"):
        with pytest.raises(Refused, match="does not match"):
            counting.move_on(school.store, outing, stage, "", "On we go", by=school.birch)
    counted(school, outing, school.birch, by=school.oak)
    assert not now(school, outing).blocks
    counting.move_on(school.store, outing, "boarding", by=school.birch)


def test_a_child_whom_a_count_lacked_blocks_in_whatever_group_they_are_put(
    school: School,
) -> None:
    outing = started(school)
    counted(school, outing, school.birch, [school.amy])
    pair = (school.cai.id, school.oak.id)
    outing_groups.allocate(school.store, outing, [pair], by=school.birch)
    assert [c.group.adult.id for c in now(school, outing).blocks] == [school.oak.id]
    counted(school, outing, school.birch)
    with pytest.raises(Refused, match="does not match"):
        counting.move_on(school.store, outing, "boarding", "", "On we go", by=school.birch)
    counted(school, outing, school.oak)
    assert not now(school, outing).blocks


def test_a_count_larger_than_the_group_asks_who_that_is_and_blocks(school: School) -> None:
    outing = started(school)
    for extra, note in ((1, "  "), (-1, "Nobody")):
        with pytest.raises(Incomplete) as refusal:
            counted(school, outing, school.birch, extra=extra, note=note)
        assert set(refusal.value.problems) == {"note"}
    assert how_many(school.store, HeadCount) == 0
    counted(school, outing, school.birch, extra=1, note="A boy in a red coat")
    mine = group(school, outing, school.birch)
    assert mine.blocks and mine.count
    assert mine.count.said == "2 of 2 here, and 1 who should not be"
    with pytest.raises(Refused, match="lacks a child"):
        counting.is_missing(school.store, outing, school.birch.id, by=school.birch)
    counted(school, outing, school.birch)
    assert not group(school, outing, school.birch).blocks


def test_a_swap_keeps_the_total_right_and_is_refused(school: School) -> None:
    outing = started(school)
    with pytest.raises(Refused, match="not of this group"):
        counted(school, outing, school.birch, [school.amy, school.ben])
    assert how_many(school.store, HeadCount) == 0


def test_what_was_counted_is_the_group_that_was_seen(school: School) -> None:
    outing = started(school)
    seen, round_id = group(school, outing, school.birch).group, now(school, outing).round.id
    outing_company.bring(school.store, outing, [school.dua.id], by=school.oak)
    outing_groups.share_out(school.store, outing, by=school.oak)
    outing_groups.allocate(school.store, outing, [(school.dua.id, school.birch.id)], by=school.oak)
    with pytest.raises(Refused, match="has changed"):
        counting.count(school.store, outing, round_id, school.birch.id, seen.ids,
                       stamp=seen.stamp, by=school.birch)  # fmt: skip
    with pytest.raises(Refused, match="has changed"):
        counting.count(school.store, outing, "0" * 32, school.birch.id, [],
                       stamp=group(school, outing, school.birch).group.stamp,
                       by=school.birch)  # fmt: skip


def test_a_group_that_changes_after_its_count_is_to_be_counted_again(school: School) -> None:
    outing = started(school)
    all_counted(school, outing)
    pair = (school.amy.id, school.oak.id)
    outing_groups.allocate(school.store, outing, [pair], by=school.birch)
    assert len(now(school, outing).uncounted) == 2


def test_a_child_who_joins_under_way_is_in_a_group_before_anything_goes_on(school: School) -> None:
    outing = started(school)
    all_counted(school, outing)
    outing_company.bring(school.store, outing, [school.dua.id], by=school.oak)
    assert [child.pupil.id for child in now(school, outing).unallocated] == [school.dua.id]
    for stage in ("boarding", "back"):
        with pytest.raises(Refused, match="nobody’s group"):
            counting.move_on(school.store, outing, stage, by=school.oak)
    outing_groups.allocate(school.store, outing, [(school.dua.id, school.oak.id)], by=school.oak)
    all_counted(school, outing)
    counting.move_on(school.store, outing, "boarding", by=school.oak)
    assert now(school, outing).round.stage == "boarding"


def test_an_outing_does_not_end_with_a_child_in_nobodys_group(school: School) -> None:
    outing = started(school)
    all_counted(school, outing)
    counting.move_on(school.store, outing, "back", by=school.oak)
    all_counted(school, outing)
    outing_company.bring(school.store, outing, [school.dua.id], by=school.oak)
    with pytest.raises(Refused, match="nobody’s group"):
        departures.end(school.store, outing, by=school.oak)


# Missing.


def test_a_child_who_is_missing_is_said_once_and_the_others_are_counted_on(
    school: School,
) -> None:
    outing = started(school)
    counted(school, outing, school.birch, [school.amy])
    for by in (school.birch, school.oak):
        counting.is_missing(school.store, outing, school.birch.id, by=by)
    assert how_many(school.store, MissingAtCount) == 1
    found = now(school, outing)
    assert found.missing == {school.cai.id} and not found.blocks
    counted(school, outing, school.oak)
    counting.move_on(school.store, outing, "back", by=school.birch)
    counted(school, outing, school.birch, [school.amy])
    assert not group(school, outing, school.birch).blocks
    counted(school, outing, school.birch, [])
    assert group(school, outing, school.birch).lost == {school.amy.id}
    counted(school, outing, school.birch)
    assert now(school, outing).missing == frozenset()


def test_nobody_is_missing_before_a_count_lacks_them(school: School) -> None:
    outing = started(school)
    with pytest.raises(Refused, match="lacks a child"):
        counting.is_missing(school.store, outing, school.birch.id, by=school.birch)
    with pytest.raises(NotThere):
        counting.is_missing(school.store, outing, school.head.id, by=school.birch)


# Two at once, and the order in which things are recorded.


def test_two_who_count_a_group_at_once_leave_two_entries_and_one_state(school: School) -> None:
    outing = started(school)
    counted(school, outing, school.birch, [school.amy], by=school.birch)
    counted(school, outing, school.birch, by=school.oak)
    found = head_counts.history(school.store, outing, by=school.office)
    assert [(c.author, c.said) for c in found] == [
        (school.oak.name, "2 of 2 here"), (school.birch.name, "1 of 2 here"),
    ]  # fmt: skip
    assert not group(school, outing, school.birch).blocks


PRESSES = st.lists(st.tuples(st.booleans(), st.sets(st.sampled_from("ac"))), max_size=6)


@chance(max_examples=10, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(presses=PRESSES)
def test_whatever_is_pressed_every_press_is_kept_and_nobody_is_found_whom_no_count_had(
    school: School, presses: list[tuple[bool, set[str]]]
) -> None:
    outing = started(school)
    children = {"a": school.amy, "c": school.cai}
    lost: set[str] = set()
    missing: set[str] = set()
    before = how_many(school.store, HeadCount)
    for says_so, here in presses:
        counted(school, outing, school.birch, [children[each] for each in sorted(here)])
        missing -= here
        lost = set("ac") - here - missing
        if says_so and lost:
            counting.is_missing(school.store, outing, school.birch.id, by=school.oak)
            missing, lost = missing | lost, set()
    found = now(school, outing)
    mine = group(school, outing, school.birch)
    assert how_many(school.store, HeadCount) - before == len(presses)
    assert mine.lost == {children[each].id for each in lost}
    assert found.missing == {children[each].id for each in missing}
    assert bool(found.blocks) == bool(lost)
    everybody_home(school, outing)


def everybody_home(school: School, outing: str) -> None:
    """Counts everybody back and ends the outing, so that its children can go on another."""
    all_counted(school, outing)
    counting.move_on(school.store, outing, "back", by=school.birch)
    all_counted(school, outing)
    departures.end(school.store, outing, by=school.birch)


# The end, and who counts.


def test_an_outing_ends_once_every_group_is_counted_back(school: School) -> None:
    outing = started(school)
    all_counted(school, outing)
    with pytest.raises(Refused, match="back at school first"):
        departures.end(school.store, outing, by=school.birch)
    counting.move_on(school.store, outing, "back", by=school.birch)
    counted(school, outing, school.birch)
    with pytest.raises(Refused, match="back at school first"):
        departures.end(school.store, outing, by=school.birch)
    counted(school, outing, school.oak, [])
    with pytest.raises(Refused, match="does not match"):
        departures.end(school.store, outing, by=school.birch)
    counted(school, outing, school.oak)
    departures.end(school.store, outing, by=school.birch)
    assert how_many(school.store, OutingEvent) == 2
    with pytest.raises(Refused, match="over"):
        counted(school, outing, school.oak)


def test_nothing_is_counted_before_an_outing_starts(school: School) -> None:
    outing = peopled(school)
    approved(school, outing)
    with pytest.raises(NotThere):
        head_counts.now(school.store, outing, by=school.birch)
    with pytest.raises(NotThere):
        counting.move_on(school.store, outing, "boarding", by=school.birch)
    with pytest.raises(NotThere):
        departures.end(school.store, outing, by=school.birch)


def test_whoever_is_not_on_the_outing_counts_nothing(school: School) -> None:
    outing = started(school)
    for by in (school.assistant, plain(school.lead), school.chair):
        with pytest.raises((NotThere, NotAllowed)):
            counted(school, outing, school.birch, by=by)
        for asked in (head_counts.now, head_counts.history, head_counts.rounds):
            with pytest.raises(NotThere):
                asked(school.store, outing, by=by)
    counted(school, outing, school.birch, by=school.office)
    assert how_many(school.store, HeadCount) == 1
    assert {o.what for o in openings_of(school.store, outing)} == {"outing"}

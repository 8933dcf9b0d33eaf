"""In whatever order people press, the log ends up the same, and every press is in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.missing import entries, logs, state, steps
from core.missing.shape import Stamp, State, Zone
from tests.core.school import School
from tests.core.test_permissions import by_chance

WHO = ("birch", "oak", "assistant", "lead", "office")
ZONES = ("Toilets", "Grounds", "Car park")


@dataclass(frozen=True)
class Press:
    """What somebody presses."""

    who: str
    kind: str
    key: str
    did: str


def presses() -> st.SearchStrategy[Press]:
    what = st.one_of(
        st.tuples(st.just("step"), st.sampled_from(sorted(steps.STEPS)), st.just("done")),
        st.tuples(st.just("zone"), st.sampled_from(ZONES),
                  st.sampled_from(["started", "cleared", "again"])),
        st.tuples(st.just("danger"), st.sampled_from(sorted(steps.DANGERS)), st.just("holds")),
    )  # fmt: skip
    return st.builds(lambda who, given: Press(who, *given), st.sampled_from(WHO), what)


def pressed(school: School, order: list[Press]) -> tuple[State, Counter[tuple[str, str]]]:
    """A new log in which this was pressed, and who pressed what by its entries."""
    log = logs.begin(school.store, off_site=False, beside=known(school), by=school.head)
    for each in order:
        by = getattr(school, each.who)
        steps.press(school.store, log, each.kind, each.key, each.did, by=by)
    whole = entries.of(school.store, log, by=school.head)
    return state.of(school.store, log, by=school.head), Counter(
        (each.who, each.kind) for each in whole if each.kind in steps.DID
    )


def known(school: School) -> list[str]:
    return [log.id for log in logs.alarms(school.store, by=school.head)]


def stands(whole: State) -> dict[str, Any]:
    """How a log stands, without the moment and the hand of each press."""
    zones = {z.name: [_times(each) for each in (z.started, z.cleared, z.again)]
             for z in whole.zones}  # fmt: skip
    return {
        "steps": {key: stamp.times for key, stamp in whole.steps.items()},
        "zones": zones,
        "cleared": {z.name for z in whole.zones if is_cleared(z)},
        "dangers": set(whole.dangers),
        "open": whole.open_steps,
    }


def is_cleared(zone: Zone) -> bool:
    return zone.cleared is not None


def _times(stamp: Stamp | None) -> int:
    return stamp.times if stamp else 0


@by_chance
@given(order=st.lists(presses(), min_size=1, max_size=12), data=st.data())
def test_the_order_in_which_five_people_press_changes_nothing_and_loses_nothing(
    school: School, order: list[Press], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(order))
    here, entered = pressed(school, order)
    there, entered_there = pressed(school, other)
    assert stands(here) == stands(there)
    hands = Counter((getattr(school, each.who).name, each.kind) for each in order)
    assert entered == entered_there == hands
    done = {each.key for each in order if each.kind == "step"}
    assert here.steps.keys() == done

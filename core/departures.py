"""An outing starts, ends, or is called off; and what still keeps it from starting."""

from __future__ import annotations

from core import counting, head_counts, outings
from core.errors import Refused
from core.forms import Incomplete
from core.outing_plans import check_pupils, open_one
from core.outings import Whole
from core.permissions import NotThere
from core.person import Person
from core.records import OutingEvent, OutingRound
from core.store import Store

APPROVAL = {
    "none": "There is no risk assessment: attach it first.",
    "waiting": "The head has not approved the risk assessment yet.",
    "sent_back": "The head has not approved: attach a changed risk assessment.",
}


def lacking(whole: Whole) -> list[str]:
    """What keeps an outing from starting, a sentence each."""
    outing, found = whole.outing, []
    if not whole.children:
        found.append("No student comes yet: add them first.")
    if whole.unallocated:
        found.append(f"{_students(len(whole.unallocated))} in nobody’s group: give each one adult.")
    if outing.approval in APPROVAL:
        found.append(APPROVAL[outing.approval])
    if outing.day != whole.today:
        found.append("It is not the day of this outing: change the day, or wait for it.")
    return found


def questions(whole: Whole) -> list[str]:
    """What an outing can start with all the same, once somebody has written why."""
    found: list[str] = []
    absent = [child for child in whole.children if child.is_absent]
    if absent:
        found.append(f"{_students(len(absent))} absent in the register: take them off, "
                     "or write why they come.")  # fmt: skip
    crowded = [each for each in whole.groups if each.ratio and not each.ratio.is_kept]
    if crowded:
        found.append("There are more students to an adult than the school allows: move some, "
                     "or write why it is safe.")  # fmt: skip
    return found


def start(store: Store, outing: str, reason: str = "", *, by: Person) -> None:
    """Starts an outing, and the first count with it. Two who start it at once start it once.

    Raises `NotThere`, `Refused` with what is lacking, `Incomplete` where a reason is asked for.
    """
    with store.alone():
        found = open_one(store, outing, by=by)
        if found.state == "started":
            return
        whole = outings.open(store, outing, by=by)
        if lacks := lacking(whole):
            raise Refused(lacks[0])
        children = [child.pupil.id for child in whole.children]
        check_pupils(store, found, children, by=by)
        asked = questions(whole)
        if asked and not reason.strip():
            raise Incomplete({"reason": asked[0]})
        begun = OutingEvent(outing=outing, event="started", reason=reason)
        leaving = OutingRound(outing=outing, stage="leaving", place=head_counts.SCHOOL)
        store.append(begun, leaving, by=by)


def end(store: Store, outing: str, *, by: Person) -> None:
    """Ends an outing once every group has been counted back at school. Raises `NotThere`,
    `Refused`."""
    with store.alone():
        found = open_one(store, outing, by=by)
        if found.state != "started":
            raise NotThere("outing under way")
        now = head_counts.now(store, outing, by=by)
        counting.demand_match(now)
        if now.round.stage != "back" or now.uncounted:
            raise Refused("Count every group back at school first.")
        store.append(OutingEvent(outing=outing, event="ended"), by=by)


def call_off(store: Store, outing: str, reason: str, *, by: Person) -> None:
    """Calls off an outing that has not started, with the reason. Raises `NotThere`,
    `Incomplete`, `Refused`."""
    with store.alone():
        found = open_one(store, outing, by=by)
        if found.state == "started":
            raise Refused("This outing is under way: count everybody back, and end it.")
        if not reason.strip():
            raise Incomplete({"reason": "Please write why the outing is called off."})
        store.append(OutingEvent(outing=outing, event="called_off", reason=reason), by=by)


def _students(number: int) -> str:
    return "1 student is" if number == 1 else f"{number} students are"

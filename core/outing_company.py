"""Who comes on an outing: the children, the staff, and helpers without an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core import once, outings, pupils
from core.errors import Refused
from core.forms import Incomplete
from core.outing_plans import PUPILS, busy, check_adults, check_pupils, open_one
from core.permissions import NotThere
from core.person import Person
from core.records import OutingAdult, OutingPupil
from core.store import Store, new_id


@dataclass(kw_only=True)
class Helper:
    """An adult without an account who comes along."""

    id: str = field(default_factory=new_id)
    name: str = ""
    phone: str = ""


def bring(store: Store, outing: str, some: Sequence[str], *, by: Person) -> None:
    """Adds children, as yet in nobody's group; whoever is there already stays as they are. Raises
    `NotThere`, and `Refused` for one who is on another outing at that time."""
    with store.alone():
        found = open_one(store, outing, by=by)
        if set(some) - {pupil.id for pupil in pupils.everyone(store, by=by)}:
            raise NotThere("student")
        there = {c.pupil.id for c in outings.open(store, outing, by=by).children}
        new = [pupil for pupil in dict.fromkeys(some) if pupil not in there]
        check_pupils(store, found, new, by=by)
        if new:
            store.append(*(OutingPupil(outing=outing, pupil=pupil) for pupil in new), by=by)


def elsewhere(store: Store, outing: str, *, by: Person) -> frozenset[str]:
    """The children who are on another outing at that time. Raises `NotThere`."""
    return busy(store, outings.known(store, outing, by=by), PUPILS, by=by)


def take_off(store: Store, outing: str, pupil: str, reason: str = "", *, by: Person) -> None:
    """Records that a child does not come, and under way why not. Raises `NotThere`,
    `Incomplete`."""
    with store.alone():
        found = open_one(store, outing, by=by)
        if pupil not in {c.pupil.id for c in outings.open(store, outing, by=by).children}:
            raise NotThere("student on this outing")
        if found.state == "started" and not reason.strip():
            raise Incomplete({"reason": "Please write why the student is not with you any more."})
        store.append(OutingPupil(outing=outing, pupil=pupil, ended=True, reason=reason), by=by)


def come_along(store: Store, outing: str, person: str, *, by: Person) -> None:
    """Adds a member of staff to the adults. Raises `NotThere`, `Refused`."""
    with store.alone():
        found = open_one(store, outing, by=by)
        if person not in {each.id for each in outings.staff(store, by=by)}:
            raise NotThere("member of staff")
        check_adults(store, found, [person], by=by)
        groups = outings.open(store, outing, by=by).groups
        if person not in {group.adult.id for group in groups}:
            store.append(OutingAdult(outing=outing, adult=person, person=person), by=by)


def help_along(store: Store, outing: str, helper: Helper, *, by: Person) -> None:
    """Adds a helper without an account. Raises `NotThere`, `Incomplete`."""
    open_one(store, outing, by=by)
    wrong: dict[str, str] = {}
    if not helper.name.strip():
        wrong["name"] = "Please give the helper’s name."
    if not helper.phone.strip():
        wrong["phone"] = "Please give a number on which the helper can be reached on the way."
    if wrong:
        raise Incomplete(wrong)
    told = OutingAdult(id=helper.id, outing=outing, adult=helper.id,
                       name=" ".join(helper.name.split()), phone=helper.phone.strip())  # fmt: skip
    once.append(store, told, by=by)


def stay_behind(store: Store, outing: str, adult: str, *, by: Person) -> None:
    """Records that an adult does not come; their children are then in nobody's group. Raises
    `NotThere`, `Refused`."""
    with store.alone():
        found = open_one(store, outing, by=by)
        groups = outings.open(store, outing, by=by).groups
        group = next((each for each in groups if each.adult.id == adult), None)
        if group is None:
            raise NotThere("adult on this outing")
        if adult == found.leader:
            raise Refused("This adult leads the outing: choose another leader first.")
        if found.state == "started" and group.children:
            raise Refused("There are students in this group: move them to another adult first.")
        store.append(OutingAdult(outing=outing, adult=adult, ended=True), by=by)

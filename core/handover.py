"""The end of the day: each child is handed to an adult of the list, leaves alone where that is
permitted, or goes to a club. Anything else is refused, and takes a lead with a reason.

A child who was handed over by mistake is put right by a further record; the newest counts.
"""

from __future__ import annotations

from datetime import date

from core import hometime, moments, pupils, settings
from core.errors import Refused
from core.forms import Incomplete
from core.hometime import Leaving
from core.permissions import NotThere, Verb, demand
from core.person import Person
from core.records import CollectionTry, HandOver
from core.store import Store


def hand_to(store: Store, pupil: str, collector: str, day: date, *, by: Person) -> None:
    """Records that a child was handed to an adult of the list. Raises `NotThere`, `Refused`."""
    child = _one(store, pupil, day, by)
    adult = next((each for each in child.collectors if each.id == collector), None)
    if adult is None:
        raise Refused("This adult may not collect the child: ask a safeguarding lead.")
    store.append(HandOver(pupil=pupil, day=day, how="collected", collector=adult.id,
                          name=adult.name), by=by)  # fmt: skip


def let_go(store: Store, pupil: str, how: str, day: date, *, by: Person) -> None:
    """Records that a child left alone, went to a club, or is still here. Raises `NotThere`, and
    `Refused` where there is no permission that holds on this day."""
    child = _one(store, pupil, day, by)
    if how not in ("alone", "club", "kept"):
        raise NotThere("way to go home")
    if how == "alone" and not (child.walk and child.walk.holds(day)):
        raise Refused(why_not_alone(child, day))
    store.append(HandOver(pupil=pupil, day=day, how=how), by=by)


def why_not_alone(child: Leaving, day: date) -> str:
    """Why a child does not go home alone on a day, in a sentence."""
    if child.walk is None:
        return "Nobody has permitted this child to go home alone: ask a safeguarding lead."
    if child.walk.is_over(day) and child.walk.until:
        over = moments.day(child.walk.until)
        return f"The permission to go home alone ended on {over}: ask a safeguarding lead."
    since = moments.day(child.walk.since)
    return f"The permission to go home alone begins on {since}: ask a safeguarding lead."


def override(store: Store, pupil: str, name: str, reason: str, day: date, *, by: Person) -> None:
    """Records that a lead let a child go in another way than the list permits, and why. Without a
    name they went alone. Raises `NotAllowed`, `NotThere`, `Incomplete`."""
    demand(by, Verb.OVERRIDE_HAND_OVER)
    _one(store, pupil, day, by)
    if not reason.strip():
        raise Incomplete({"reason": "Please write why the child may go in this way."})
    store.append(HandOver(pupil=pupil, day=day, how="override", name=name.strip(), reason=reason),
                 by=by)  # fmt: skip


def tried(
    store: Store, pupil: str, collector: str, day: date, *, answered: bool, by: Person
) -> None:
    """Records that somebody was rung because the child is still here. Raises `NotThere`."""
    child = _one(store, pupil, day, by)
    if collector not in {each.id for each in child.collectors}:
        raise NotThere("adult on the list")
    store.append(CollectionTry(pupil=pupil, day=day, collector=collector, answered=answered),
                 by=by)  # fmt: skip


def _one(store: Store, pupil: str, day: date, by: Person) -> Leaving:
    """One child on a day that is not to come. Raises `NotAllowed`, `NotThere`, `Refused`."""
    demand(by, Verb.HAND_OVER)
    if day > moments.today(settings.school(store).zone):
        raise Refused("This day is still to come: choose today, or a day that has been.")
    (child,) = hometime.of(store, [pupils.of(store, pupil, by=by)], day, by=by)
    if child.is_family:
        raise NotThere("student")
    return child

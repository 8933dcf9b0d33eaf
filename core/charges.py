"""Which lead is in charge of a pupil: one at a time, until another takes over or it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import people, pupils
from core.forms import Incomplete
from core.permissions import Verb, children
from core.person import Person
from core.records import Charge
from core.store import Store


@dataclass(frozen=True)
class InCharge:
    """A lead, or the head, who is in charge of a pupil, and since when."""

    person: str
    name: str
    post: str
    since: datetime


def name(store: Store, pupil: str, person: str, *, by: Person) -> None:
    """Records who is in charge of a pupil from now on; nobody, if `person` is empty. Whoever is in
    charge already stays so since then. Raises `NotThere`, `Incomplete`."""
    with store.alone():
        offered = {each.id for each in candidates(store, pupil, by=by)}
        if person and person not in offered:
            raise Incomplete({"in_charge": "Please choose one of the leads that are offered."})
        before = of(store, pupil, by=by)
        if person != (before.person if before else ""):
            store.append(Charge(pupil=pupil, person=person), by=by)


def candidates(store: Store, pupil: str, *, by: Person) -> list[Person]:
    """Who can be in charge of a pupil: whoever may have full access and has no conflict of
    interest. Raises `NotThere`."""
    pupils.demand_record(store, pupil, Verb.FOLLOW_UP, by=by)
    relatives = people.relatives(store, pupil, by=by)
    team = [p for p in people.teaching(store) if p.role in people.FULL_ACCESS]
    return [person for person in team if person.id not in relatives]


def of(store: Store, pupil: str, *, by: Person) -> InCharge | None:
    """Who is in charge of a pupil, if anybody is and `by` may see the pupil's chronology."""
    return store.kept(_of, pupil, by)


def _of(store: Store, pupil: str, by: Person) -> InCharge | None:
    sql = f"""SELECT c.person, c.name, c.post, c.since
              FROM charges_now c JOIN pupils p ON p.id = c.pupil
              WHERE c.pupil = $pupil AND {children(by, Verb.SEE_CHRONOLOGY)}"""
    found = store.ask(InCharge, sql, pupil=pupil, me=by.id)
    return found[0] if found else None

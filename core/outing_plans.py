"""Planning an outing: the day, the times, the place and the leader.

A change is a further record, and the newest counts. Once an outing is over nothing of it changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from core import moments, once, outings, settings
from core.errors import Refused
from core.forms import Incomplete
from core.outings import Outing
from core.permissions import Verb, demand
from core.person import Person
from core.records import OutingAdult, OutingDetails
from core.store import Store, new_id

PUPILS = "SELECT pupil AS id, outing FROM outing_pupils_now"
ADULTS = "SELECT person AS id, outing FROM outing_adults_now WHERE person <> ''"

ELSEWHERE = "{} on another outing at that time: take them off that one first."
OVER = "This outing is over: nothing of it changes any more."


@dataclass(kw_only=True)
class Form:
    """An outing as it is filled in; `id` is the outing's."""

    id: str = field(default_factory=new_id)
    day: date | None = None
    leaves_at: time | None = None
    back_at: time | None = None
    place: str = ""
    leader: str = ""


def problems(store: Store, form: Form, *, by: Person) -> dict[str, str]:
    """What keeps a plan from being recorded: a sentence for each field. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_OUTING)
    wrong: dict[str, str] = {}
    if form.day is None or form.day < moments.today(settings.school(store).zone):
        wrong["day"] = "Please give the day: today, or one to come."
    if form.leaves_at is None or form.back_at is None or form.back_at <= form.leaves_at:
        wrong["times"] = "Please give the times: the way back comes after leaving."
    if not form.place.strip():
        wrong["place"] = "Please say where the outing goes."
    if form.leader not in {person.id for person in outings.staff(store, by=by)}:
        wrong["leader"] = "Please choose who leads the outing."
    return wrong


def plan(store: Store, form: Form, *, by: Person) -> None:
    """Records a new outing, with its leader among the adults. Sent twice it is one outing. Raises
    `NotAllowed`, `Incomplete`, `Refused`."""
    if wrong := problems(store, form, by=by):
        raise Incomplete(wrong)
    with store.alone():
        check_adults(store, _planned(form), [form.leader], by=by)
        once.append(store, _details(form, form.id), _leader(form), by=by)


def change(store: Store, form: Form, *, by: Person) -> None:
    """Records another day, time, place or leader. Another day or place takes another approval.
    Raises `NotThere`, `Incomplete`, `Refused`."""
    with store.alone():
        before = open_one(store, form.id, by=by)
        if wrong := problems(store, form, by=by):
            raise Incomplete(wrong)
        whole, wanted = outings.open(store, form.id, by=by), _planned(form)
        moves = (wanted.day, wanted.place) != (before.day, before.place)
        if moves and before.state == "started":
            raise Refused("This outing is under way: its day and its place stay as they are.")
        check_pupils(store, wanted, [child.pupil.id for child in whole.children], by=by)
        come = [group.adult.person for group in whole.groups if group.adult.person]
        check_adults(store, wanted, [*come, form.leader], by=by)
        new = [_leader(form)] * (form.leader not in come)
        store.append(_details(form, new_id()), *new, by=by)


def open_one(store: Store, outing: str, *, by: Person) -> Outing:
    """An outing that is not over. Raises `NotThere`, `Refused`."""
    found = outings.known(store, outing, by=by)
    if not found.is_open:
        raise Refused(OVER)
    return found


def check_pupils(store: Store, outing: Outing, some: Sequence[str], *, by: Person) -> None:
    """Raises `Refused` if one of these children is on another outing at that time."""
    if busy(store, outing, PUPILS, by=by) & set(some):
        raise Refused(ELSEWHERE.format("One of these students is"))


def check_adults(store: Store, outing: Outing, some: Sequence[str], *, by: Person) -> None:
    """Raises `Refused` if one of these members of staff is on another outing at that time."""
    if busy(store, outing, ADULTS, by=by) & set(some):
        raise Refused(ELSEWHERE.format("One of these adults is"))


def busy(store: Store, outing: Outing, who: str, *, by: Person) -> frozenset[str]:
    """Who (`PUPILS` or `ADULTS`) is on another outing at the time of this one."""
    demand(by, Verb.KEEP_OUTING)
    sql = f"""SELECT w.id FROM ({who}) w JOIN outings_now o ON o.id = w.outing
              WHERE o.id <> $outing AND o.state IN ('planned', 'started') AND o.day = $day
                AND o.leaves_at < $back AND $leaves < o.back_at"""
    found = store.ask(_Id, sql, outing=outing.id, day=outing.day, back=outing.back_at,
                      leaves=outing.leaves_at)  # fmt: skip
    return frozenset(each.id for each in found)


def _details(form: Form, id_: str) -> OutingDetails:
    wanted = _planned(form)
    return OutingDetails(id=id_, outing=form.id, day=wanted.day, place=wanted.place,
                         leaves_at=wanted.leaves_at, back_at=wanted.back_at,
                         leader=form.leader)  # fmt: skip


def _planned(form: Form) -> Outing:
    if form.day is None or form.leaves_at is None or form.back_at is None:
        raise ValueError  # the form has been checked
    return Outing(form.id, form.day, f"{form.leaves_at:%H:%M}", f"{form.back_at:%H:%M}",
                  " ".join(form.place.split()), form.leader, "", "", "", "")  # fmt: skip


def _leader(form: Form) -> OutingAdult:
    return OutingAdult(outing=form.id, adult=form.leader, person=form.leader)


@dataclass(frozen=True)
class _Id:
    id: str

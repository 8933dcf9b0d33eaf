"""Who may collect a pupil, who must not, and whether the child may go home alone.

Nothing is taken off: what has ended says so. A court order keeps an adult away until a lead has
ended it, also past its date: it may have been renewed, and the school not been told yet. Nobody
says who may collect a child of their own family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TypeVar

from core import moments, names, openings, pupils, settings
from core.forms import Incomplete
from core.permissions import NotThere, Verb, children, may
from core.person import Person
from core.pupils import Pupil
from core.records import CollectorDetails, ProhibitionDetails, WalkHomeDetails
from core.store import Store, new_id

TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir"}

T = TypeVar("T", "Collector", "Walk", "Order")


@dataclass(kw_only=True)
class CollectorForm:
    """An adult who may collect; `id` is theirs, so that their details can be said anew."""

    id: str = field(default_factory=new_id)
    name: str = ""
    relation: str = ""
    phone: str = ""
    note: str = ""


@dataclass(kw_only=True)
class WalkForm:
    """A permission to go home alone."""

    id: str = field(default_factory=new_id)
    since: date | None = None
    until: date | None = None
    given_by: str = ""
    how: str = ""


@dataclass(kw_only=True)
class OrderForm:
    """A court order: who must not collect, until when, and what it says."""

    id: str = field(default_factory=new_id)
    name: str = ""
    until: date | None = None
    account: str = ""


@dataclass(frozen=True)
class Collector:
    """An adult who may collect, or, if `ended`, once could."""

    id: str
    pupil: str
    name: str
    relation: str
    phone: str
    note: str
    ended: bool

    @property
    def said(self) -> str:
        """“Mrs Ann Lee, aunt”."""
        return f"{self.name}, {self.relation}" if self.relation else self.name


@dataclass(frozen=True)
class Walk:
    """A permission to go home alone."""

    id: str
    pupil: str
    since: date
    until: date | None
    given_by: str
    how: str
    ended: bool

    def holds(self, day: date) -> bool:
        """Whether it is good for this day."""
        return not self.ended and self.since <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < day


@dataclass(frozen=True)
class Order:
    """An adult who must not collect. `account` is empty for whoever may not read it."""

    id: str
    pupil: str
    name: str
    until: date | None
    account: str
    ended: bool

    def is_over(self, day: date) -> bool:
        """Whether its last day has passed; it keeps the adult away until a lead has ended it."""
        return self.until is not None and self.until < day


@dataclass(frozen=True)
class Collection:
    """Everything about who collects a pupil, what has ended too."""

    pupil: Pupil
    today: date
    collectors: Sequence[Collector]
    walks: Sequence[Walk]
    orders: Sequence[Order]


@dataclass(frozen=True)
class Ending:
    """A court order that runs out soon, or has run out and nobody has ended it."""

    pupil: str
    pupil_name: str
    class_name: str
    until: date


def of(store: Store, pupil: str, *, by: Person) -> Collection:
    """Who may collect a pupil and who must not. Raises `NotThere`; that it was read is recorded."""
    pupils.demand_record(store, pupil, Verb.KEEP_COLLECTION, by=by)
    openings.note(store, "collection", pupil, by=by)
    collectors, walks, orders = about(store, [pupil], Verb.KEEP_COLLECTION, by=by)
    today = moments.today(settings.school(store).zone)
    return Collection(pupils.of(store, pupil, by=by), today, collectors, walks, orders)


def about(
    store: Store, pupil_ids: Sequence[str], verb: Verb, *, by: Person
) -> tuple[list[Collector], list[Walk], list[Order]]:
    """What is known of those of the pupils whom the verb reaches, never of the viewer's own
    family; the orders' text only for those who may read it."""
    within = f"""FROM {{}} c JOIN pupils p ON p.id = c.pupil
                 WHERE list_contains($ids, c.pupil) AND {children(by, verb)}"""
    asked = {"ids": list(pupil_ids), "me": by.id}
    text = "c.account" if may(by, Verb.SEE_ORDERS) else "''"
    return (
        store.ask(Collector, f"""SELECT c.* EXCLUDE (since) {within.format("collectors")}
                                 ORDER BY c.since""", **asked),
        store.ask(Walk, f"""SELECT c.* EXCLUDE (seq) {within.format("walks_home")}
                            ORDER BY c.since, c.seq""", **asked),
        store.ask(Order, f"""SELECT c.* EXCLUDE (seq) REPLACE ({text} AS account)
                             {within.format("prohibitions")} ORDER BY c.seq""", **asked),
    )  # fmt: skip


def allow(store: Store, pupil: str, form: CollectorForm, *, by: Person) -> None:
    """Records who may collect. Raises `NotThere`, `Incomplete`."""
    pupils.demand_record(store, pupil, Verb.KEEP_COLLECTION, by=by)
    if not form.name.strip():
        raise Incomplete({"name": "Please give the name of who may collect."})
    _, _, orders = about(store, [pupil], Verb.KEEP_COLLECTION, by=by)
    if kept_away(form.name, orders):
        raise Incomplete({"name": "A court order says that this person must not collect."})
    store.append(_collector(pupil, form), by=by)


def end(store: Store, pupil: str, collector: str, *, by: Person) -> None:
    """Takes an adult off the list of who may collect. Raises `NotThere`."""
    pupils.demand_record(store, pupil, Verb.KEEP_COLLECTION, by=by)
    collectors, _, _ = about(store, [pupil], Verb.KEEP_COLLECTION, by=by)
    found = _the(collectors, collector, "adult")
    form = CollectorForm(**{name: getattr(found, name) for name in vars(CollectorForm())})
    store.append(_collector(pupil, form, ended=True), by=by)


def let_walk(store: Store, pupil: str, form: WalkForm, *, by: Person) -> None:
    """Records that a pupil may go home alone. Raises `NotThere`, `Incomplete`."""
    pupils.demand_record(store, pupil, Verb.KEEP_COLLECTION, by=by)
    wrong: dict[str, str] = {}
    if form.since is None:
        wrong["since"] = "Please say since when."
    elif form.until and form.until < form.since:
        wrong["until"] = "It ends before it begins: please check the dates."
    if not form.given_by.strip():
        wrong["given_by"] = "Please say who gave the permission."
    if not form.how.strip():
        wrong["how"] = "Please say how it was given, such as by letter or by telephone."
    if form.since is None or wrong:
        raise Incomplete(wrong)
    details = WalkHomeDetails(permission=form.id, pupil=pupil, since=form.since, until=form.until,
                              given_by=form.given_by, how=form.how)  # fmt: skip
    store.append(details, by=by)


def end_walk(store: Store, pupil: str, permission: str, *, by: Person) -> None:
    """Records that a permission to go home alone is none any more. Raises `NotThere`."""
    pupils.demand_record(store, pupil, Verb.KEEP_COLLECTION, by=by)
    _, walks, _ = about(store, [pupil], Verb.KEEP_COLLECTION, by=by)
    told = asdict(_the(walks, permission, "permission")) | {"ended": True}
    store.append(WalkHomeDetails(permission=told.pop("id"), **told), by=by)


def forbid(store: Store, pupil: str, form: OrderForm, *, by: Person) -> None:
    """Records who must not collect. Raises `NotThere`, `Incomplete`."""
    pupils.demand_record(store, pupil, Verb.KEEP_COLLECTION, by=by)
    wrong: dict[str, str] = {}
    if not form.name.strip():
        wrong["name"] = "Please give the name of who must not collect."
    if not form.account.strip():
        wrong["account"] = "Please write what the order says."
    if wrong:
        raise Incomplete(wrong)
    details = ProhibitionDetails(prohibition=form.id, pupil=pupil, name=_spelt(form.name),
                                 until=form.until, account=form.account)  # fmt: skip
    store.append(details, by=by)


def end_order(store: Store, pupil: str, order: str, *, by: Person) -> None:
    """Records that a court order holds no longer, which takes who may read it. Raises
    `NotThere`."""
    pupils.demand_record(store, pupil, Verb.SEE_ORDERS, by=by)
    _, _, orders = about(store, [pupil], Verb.KEEP_COLLECTION, by=by)
    told = asdict(_the(orders, order, "order")) | {"ended": True}
    store.append(ProhibitionDetails(prohibition=told.pop("id"), **told), by=by)


def ending(store: Store, upto: date, *, by: Person) -> list[Ending]:
    """The court orders of pupils on roll that run out until a day, or have, the first first."""
    return list(store.kept(_ending, upto, by))


def _ending(store: Store, upto: date, by: Person) -> list[Ending]:
    sql = f"""SELECT o.pupil, p.name AS pupil_name, p.class_name, o.until
              FROM prohibitions o JOIN pupils p ON p.id = o.pupil
              WHERE NOT o.ended AND o.until <= $upto AND p.left_on IS NULL
                AND {children(by, Verb.SEE_ORDERS)}
              ORDER BY o.until, o.seq"""
    return store.ask(Ending, sql, upto=upto, me=by.id)


def kept_away(name: str, orders: Sequence[Order]) -> bool:
    """Whether an order that nobody has ended names this adult, in any spelling."""
    return any(_same(name, order.name) for order in orders if not order.ended)


def _same(one: str, other: str) -> bool:
    """Whether two names may be of one adult: with a title or without, a middle name or none."""
    some, others = (set(names.fold(name).split()) - TITLES for name in (one, other))
    fewer = min(some, others, key=len)
    return some == others or (len(fewer) > 1 and fewer == some & others)


def _the(some: Sequence[T], id_: str, what: str) -> T:
    found = next((each for each in some if each.id == id_ and not each.ended), None)
    if found is None:
        raise NotThere(what)
    return found


def _collector(pupil: str, form: CollectorForm, *, ended: bool = False) -> CollectorDetails:
    return CollectorDetails(collector=form.id, pupil=pupil, name=_spelt(form.name), note=form.note,
                            relation=form.relation.strip(), phone=form.phone.strip(),
                            ended=ended)  # fmt: skip


def _spelt(name: str) -> str:
    return " ".join(name.split())

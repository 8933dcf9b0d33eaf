"""What is kept about concerns about adults: who may read it, and what was done.

Every list and every reading goes through `permissions.about_adults`: whom a concern is about is
not answered, not counted, and told nothing by a gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core import adults, openings, people
from core.forms import Incomplete
from core.permissions import NotThere, Verb, about_adults, demand, may
from core.person import Person
from core.records import AdultAction, AdultConcern
from core.store import Store, new_id

ACTIONS: Mapping[str, str] = {
    "nothing": "No further action",
    "advice": "Advice given",
    "training": "Training",
    "lado_consulted": "LADO consulted",
    "lado_referred": "Referred to LADO",
    "suspended": "Suspended",
    "raised": "It may meet the harm threshold",
    "linked": "It is about this member of staff",
    "note": "Note",
}


@dataclass(kw_only=True)
class Deed:
    """Something done about a concern, as it is filled in."""

    id: str = field(default_factory=new_id)
    concern: str
    kind: str = ""
    reason: str = ""
    adult: str = ""


@dataclass(frozen=True)
class Line:
    """A concern in a list. `outcome` is what was done last, empty where nothing was."""

    id: str
    adult_name: str
    level: str
    occurred_at: datetime
    recorded_at: datetime
    outcome: str
    is_new: bool

    @property
    def reference(self) -> str:
        """What people call it by. Drawn from its id: where numbers follow each other, a gap tells
        of what one may not see."""
        return f"A-{int(self.id[:8], 16) % 900_000 + 100_000}"


@dataclass(frozen=True)
class Done:
    """What was done about a concern, by whom and when."""

    kind: str
    reason: str
    author: str
    recorded_at: datetime


@dataclass(frozen=True)
class Opened:
    """A concern as it is read, with what was done about it, the oldest first."""

    line: Line
    place: str
    account: str
    author: str
    has_account: bool
    children: tuple[str, ...]
    done: tuple[Done, ...]


def seen(store: Store, *, by: Person) -> list[Line]:
    """The concerns that `by` may see, new ones first; that the list was read is recorded."""
    demand(by, Verb.SEE_ABOUT_ADULTS)
    found = _lines(store, "TRUE", by)
    if found:
        openings.note(store, "concerns about adults", "", by=by)
    return found


def waiting(store: Store, *, by: Person) -> int:
    """How many of the concerns that `by` may see they have not opened yet."""
    if not may(by, Verb.SEE_ABOUT_ADULTS):
        return 0
    if not (reached := store.kept(_reached, by)):
        return 0
    return len(reached - {each.subject for each in store.ask(_Subject, OPENED, me=by.id)})


def linkable(store: Store, *, by: Person) -> list[Person]:
    """Everybody with an account, by name: whom a name that was typed can turn out to be."""
    demand(by, Verb.SEE_ABOUT_ADULTS)
    return people.here(store)


def open(store: Store, concern: str, *, by: Person) -> Opened:
    """The whole concern; that it was opened is recorded first. Raises `NotThere`."""
    found = _lines(store, "a.id = $concern", by, concern=concern)
    if not found:
        raise NotThere("concern")
    openings.note(store, "concern about an adult", concern, by=by)
    (text,) = store.ask(_Text, TEXT, concern=concern)
    done = tuple(store.ask(Done, DONE, concern=concern))
    children = tuple(each.name for each in store.ask(_Name, CHILDREN, concern=concern))
    return Opened(found[0], text.place, text.account, text.author, text.has_account, children, done)


def act(store: Store, deed: Deed, *, by: Person) -> None:
    """Records what was done about a concern and why, and tells whoever has to know because of it.

    Raises `NotThere`, `Incomplete`.
    """
    with store.alone():
        found = _lines(store, "a.id = $concern", by, concern=deed.concern)
        if not found:
            raise NotThere("concern")
        if wrong := _wrong_deed(store, deed, found[0]):
            raise Incomplete(wrong)
        record = AdultAction(id=deed.id, concern=deed.concern, kind=deed.kind, reason=deed.reason,
                             adult=deed.adult if deed.kind == "linked" else "")  # fmt: skip
        if not store.ask(AdultAction, "FROM adult_actions WHERE id = $id", id=deed.id):
            store.append(
                record, *adults.mails(_newly_told(store, record, by), record.adult, by=by), by=by
            )


def _wrong_deed(store: Store, deed: Deed, line: Line) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if deed.kind not in ACTIONS:
        wrong["kind"] = "Please say what was done."
    if deed.kind == "raised" and line.level == "allegation":
        wrong["kind"] = "It counts as an allegation already."
    if deed.kind == "linked" and people.of(store, deed.adult) is None:
        wrong["adult"] = "Please choose the member of staff whom it is about."
    if not deed.reason.strip():
        wrong["reason"] = "Please give the reason."
    return wrong


def _newly_told(store: Store, action: AdultAction, by: Person) -> list[Person]:
    """Whom a concern reaches only now: because it is more serious, or about somebody."""
    (concern,) = store.ask(AdultConcern, "FROM adult_concerns WHERE id = $id", id=action.concern)
    (stamp,) = store.ask(_Seq, "SELECT seq FROM adult_concerns WHERE id = $id", id=action.concern)
    sql = "SELECT DISTINCT adult FROM adult_actions WHERE concern = $id AND adult <> ''"
    linked = [each.adult for each in store.ask(_Linked, sql, id=action.concern)]
    knew = adults.owed(store, concern, linked, since=stamp.seq, by=by)
    if action.kind == "raised":
        return knew
    know = adults.owed(store, concern, [*linked, action.adult], since=stamp.seq, by=by)
    return [person for person in know if person not in knew]


def _reached(store: Store, by: Person) -> frozenset[str]:
    """The concerns that `by` may see, which change far less often than what was opened."""
    sql = f"SELECT a.id AS subject FROM adult_concerns_now a WHERE {about_adults(by)}"
    return frozenset(each.subject for each in store.ask(_Subject, sql, me=by.id))


def _lines(store: Store, which: str, by: Person, **values: str) -> list[Line]:
    sql = LINES.format(OPENED=OPENED, which=which, seen=about_adults(by))
    return store.ask(Line, sql, me=by.id, **values)


OPENED = """
    SELECT DISTINCT subject FROM openings
    WHERE what = 'concern about an adult' AND recorded_by = $me
"""

LINES = """
    SELECT a.id, coalesce(p.name, a.adult_name) AS adult_name, a.level, a.occurred_at,
           a.recorded_at, coalesce(d.kind, '') AS outcome,
           a.id NOT IN ({OPENED}) AS is_new
    FROM adult_concerns_now a
    LEFT JOIN (SELECT concern, arg_max(kind, seq) AS kind,
                      arg_max(adult, seq) FILTER (adult <> '') AS adult
               FROM adult_actions GROUP BY concern) d ON d.concern = a.id
    LEFT JOIN people p ON p.id = coalesce(d.adult, nullif(a.adult, ''))
    WHERE {which} AND {seen}
    ORDER BY is_new DESC, a.seq DESC
"""

TEXT = """
    SELECT c.place, c.account, coalesce(w.name, '') AS author,
           c.adult <> '' OR c.id IN (SELECT concern FROM adult_actions WHERE adult <> '')
           AS has_account
    FROM adult_concerns c LEFT JOIN people w ON w.id = c.recorded_by WHERE c.id = $concern
"""

DONE = """
    SELECT d.kind, d.reason, coalesce(w.name, '') AS author, d.recorded_at
    FROM adult_actions d LEFT JOIN people w ON w.id = d.recorded_by
    WHERE d.concern = $concern ORDER BY d.seq
"""

CHILDREN = """
    SELECT p.name || ', ' || p.class_name AS name
    FROM (SELECT unnest(children) AS pupil FROM adult_concerns WHERE id = $concern) c
    JOIN pupils p ON p.id = c.pupil ORDER BY p.name
"""


@dataclass(frozen=True)
class _Name:
    name: str


@dataclass(frozen=True)
class _Text:
    place: str
    account: str
    author: str
    has_account: bool


@dataclass(frozen=True)
class _Subject:
    subject: str


@dataclass(frozen=True)
class _Seq:
    seq: int


@dataclass(frozen=True)
class _Linked:
    adult: str

"""Concerns about adults who work at the school: low-level ones, and allegations.

They are no incidents. Whom one is about sees nothing of it and is told nothing, whatever their
role; the head sees them, leads the low-level ones, and what is about the head goes to the chair of
governors and nobody else. Whoever raised one reads that it was received, and no more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core import clock, moments, people
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import NotAllowed, Verb, demand, may
from core.person import Person, Role
from core.records import AdultConcern, Mail
from core.store import Record, Store, new_id

LAST = 2**63 - 1  # later than any record

LEVELS: Mapping[str, str] = {
    "low_level": "Low-level concern",
    "allegation": "Allegation that may meet the harm threshold",
}


@dataclass(kw_only=True)
class Form:
    """A concern as it is filled in: about an account by its id, or about a name that is typed."""

    id: str = field(default_factory=new_id)
    adult: str = ""
    adult_name: str = ""
    level: str = ""
    occurred_at: datetime | None = None
    place: str = ""
    account: str = ""
    children: tuple[str, ...] = ()


@dataclass(frozen=True)
class Received:
    """What whoever raised a concern reads of it afterwards."""

    recorded_at: datetime


def choices(store: Store, *, by: Person) -> list[Person]:
    """Everybody with an account, `by` among them, by name: whom a concern can be about."""
    demand(by, Verb.RAISE_ABOUT_ADULT)
    return people.here(store)


def problems(store: Store, form: Form, *, by: Person) -> dict[str, str]:
    """What keeps a concern from being recorded: a sentence for each field."""
    demand(by, Verb.RAISE_ABOUT_ADULT)
    wrong: dict[str, str] = {}
    if bool(form.adult) == bool(form.adult_name.strip()):
        wrong["adult"] = "Please choose whom it is about, or type a name: one of the two."
    elif form.adult and people.of(store, form.adult) is None:
        wrong["adult"] = "Please choose somebody from the list."
    elif form.adult_name and _namesakes(store, form.adult_name):
        wrong["adult"] = "Somebody on the list is called so: please choose them there."
    if form.level not in LEVELS:
        wrong["level"] = "Please say which it is. If you are not sure, choose the second."
    if form.occurred_at is None:
        wrong["occurred_at"] = "Please say when it happened."
    elif moments.is_ahead(form.occurred_at):
        wrong["occurred_at"] = "This is in the future: please check the date and the time."
    if not form.place.strip():
        wrong["place"] = "Please say where it happened."
    if not form.account.strip():
        wrong["account"] = "Please say what happened."
    return wrong


def add(store: Store, form: Form, *, by: Person) -> None:
    """Records a concern with its mails, together or not at all; once, however often it is sent.

    Raises `Incomplete`, `NotAllowed`, and `Refused` if the form was changed after it was sent.
    """
    if wrong := problems(store, form, by=by):
        raise Incomplete(wrong)
    with store.alone():
        fresh = _recorded(form)
        sql = "FROM adult_concerns WHERE id = $id AND recorded_by = $me"
        before = store.ask(AdultConcern, sql, id=form.id, me=by.id)
        if before and before != [fresh]:
            raise Refused("This was recorded before you changed it: open a new form.")
        company = mails(told(store, form, by=by), form.adult, by=by)
        store.append(*([] if before else [fresh, *company]), by=by)


def told(store: Store, form: Form, *, by: Person) -> list[Person]:
    """Who will be told of a concern: the head, or the chair of governors in the head's place; then
    nobody else. Empty where the school has named nobody who may know."""
    demand(by, Verb.RAISE_ABOUT_ADULT)
    return owed(store, _recorded(form), (), by=by)


def received(store: Store, *, by: Person) -> list[Received]:
    """When the concerns that `by` raised were received, the newest first."""
    demand(by, Verb.RAISE_ABOUT_ADULT)
    sql = "SELECT recorded_at FROM adult_concerns WHERE recorded_by = $me ORDER BY seq DESC"
    return store.ask(Received, sql, me=by.id)


def _recorded(form: Form) -> AdultConcern:
    return AdultConcern(
        id=form.id,
        adult=form.adult,
        adult_name=form.adult_name,
        level=form.level,
        occurred_at=form.occurred_at or clock.now(),
        place=form.place,
        account=form.account,
        children=tuple(form.children),
    )


def owed(
    store: Store,
    concern: AdultConcern,
    linked: Collection[str],
    *,
    since: int = LAST,
    by: Person,
) -> list[Person]:
    """Who has to know of a concern, also before it is recorded: what the views say of it then.

    `linked` are accounts that it turned out to be about, `since` is when it was recorded: whoever
    has been the head from then on counts as the head.
    """
    if not (may(by, Verb.RAISE_ABOUT_ADULT) or may(by, Verb.SEE_ABOUT_ADULTS)):
        raise NotAllowed
    adults = [each for each in (concern.adult, *linked) if each]
    named = _ids(store, NAMED, adults=adults, name=concern.adult_name)
    barred = named | _ids(store, RELATIVES, children=list(concern.children))
    if not named & _ids(store, HEADS, since=since):
        heads = [each for each in people.teaching(store) if each.role is Role.HEAD]
        if may_know := [head for head in heads if head.id not in barred]:
            return may_know
    return [each for each in people.chairs(store) if each.id not in barred]


def mails(told: Collection[Person], adult: str, *, by: Person) -> list[Record]:
    """Mails that name nobody whom a concern is about, also not as the one who raised it."""
    author = "" if by.id == adult else by.id
    return [Mail(person=p.id, purpose="adult", author=author) for p in told if p.id != by.id]


def _namesakes(store: Store, name: str) -> bool:
    sql = "SELECT id FROM people WHERE active AND folded(name) = folded($name)"
    return bool(_ids(store, sql, name=name))


NAMED = """
    SELECT person AS id FROM people_details WHERE list_contains($adults, person)
    UNION
    SELECT other.person FROM people_details known
    JOIN people_details other ON lower(other.email) = lower(known.email)
    WHERE list_contains($adults, known.person)
    UNION
    SELECT person FROM people_details WHERE $name <> '' AND folded(name) = folded($name)
"""


RELATIVES = "SELECT DISTINCT person AS id FROM relatives WHERE pupil IN $children"

HEADS = """
    SELECT person AS id FROM (
        SELECT person, role, active, lead(seq) OVER (PARTITION BY person ORDER BY seq) AS until
        FROM people_details
    ) WHERE role = 'head' AND active AND (until IS NULL OR until > $since)
"""


def _ids(store: Store, sql: str, **values: object) -> set[str]:
    return {each.id for each in store.ask(_Id, sql, **values)}


@dataclass(frozen=True)
class _Id:
    id: str

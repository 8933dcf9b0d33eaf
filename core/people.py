"""Staff: their accounts, their classes, and whose parents they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from core.errors import Refused
from core.permissions import NotAllowed, NotThere, Verb, demand
from core.person import SYSTEM, Person, Role
from core.records import AccountEvent, Mail, PersonDetails, Relation
from core.store import Identified, Record, Store, new_id, texts

__all__ = ["SYSTEM", "Person", "Role"]

# What a mail server without extensions takes; any other address would never be written to.
_ATOM, _LABEL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})+", re.IGNORECASE | re.ASCII)
FULL_ACCESS = (Role.LEAD, Role.HEAD)
TEACHING = (Role.STAFF, Role.LEAD, Role.HEAD)


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is written down about a member of staff."""

    name: str
    email: str
    role: Role = Role.STAFF
    post: str = ""
    class_name: str = ""
    is_chair: bool = False


def of(store: Store, person_id: str, *, code_given: bool = False) -> Person | None:
    """The person of this id as they stand now, closed ones too."""
    found = store.kept(_by_id).get(person_id)
    return replace(found, code_given=code_given) if found else None


def by_email(store: Store, email: str) -> Person | None:
    """The person who signs in with this address; capitals and spaces around it do not matter."""
    sql = "FROM people WHERE lower(email) = lower($value) ORDER BY active DESC"
    found = store.ask(_Row, sql, value=email.strip())
    return found[0].person() if found else None


def anybody(store: Store) -> bool:
    """Whether the school has any account yet."""
    return bool(_some(store, "FROM people LIMIT 1"))


def everyone(store: Store, *, by: Person) -> list[Person]:
    """All accounts, by name, closed ones last."""
    demand(by, Verb.KEEP_LISTS)
    return _some(store, "FROM people ORDER BY active DESC, name, id")


def colleagues(store: Store, *, by: Person) -> list[Person]:
    """Whoever works with children and can be alerted, by name. Raises `NotAllowed`."""
    demand(by, Verb.ADD_INCIDENT)
    return teaching(store)


def teaching(store: Store) -> list[Person]:
    """Open accounts of staff, leads and heads, by name; for rules, not for screens."""
    return [
        p for p in _some(store, "FROM people WHERE active ORDER BY name, id") if p.role in TEACHING
    ]


def here(store: Store) -> list[Person]:
    """All open accounts, by name; for rules, not for screens."""
    return _some(store, "FROM people WHERE active ORDER BY name, id")


def chairs(store: Store) -> list[Person]:
    """The chair of governors (none, where the school named nobody)."""
    return _some(
        store, "FROM people WHERE active AND is_chair AND role = 'governor' ORDER BY name, id"
    )


def names(store: Store) -> dict[str, str]:
    """The name of everybody who ever had an account, by id; for the core to fill in."""
    return {person.id: person.name for person in _some(store, "FROM people")}


def add(store: Store, details: Details, *, by: Person) -> Person:
    """Opens an account. Raises `Refused` if the address is taken or is none.

    Whoever keeps the lists may add staff, governors and office; full access has its own way
    (`core.access`), and the chair of governors, who is told about the head, takes it as well.
    """
    demand(by, Verb.KEEP_LISTS)
    _demand_addable(details, by)
    return enter(store, new_id(), details, by=by)


def change(store: Store, person_id: str, details: Details, *, by: Person) -> Person:
    """Records new details. Changing somebody with full access, or the chair, takes full access.

    A role with full access is neither given nor taken here. A closed account stays closed: it is
    refused. Raises `Refused`.
    """
    with store.alone():
        demand_changeable(store, person_id, details, by=by)
        return enter(store, person_id, details, by=by)


def take(store: Store, wanted: Mapping[str, Details], *, by: Person) -> None:
    """Opens and changes accounts by their ids, together or not at all, each as `add` and `change`
    would. Raises `Refused` if one of them cannot be."""
    demand(by, Verb.KEEP_LISTS)
    with store.alone():
        records: list[Record] = []
        for person_id, details in wanted.items():
            if of(store, person_id) is None:
                _demand_addable(details, by)
            else:
                demand_changeable(store, person_id, details, by=by)
            records += _records(store, person_id, details, by)
        store.append(*records, by=by)


def _demand_addable(details: Details, by: Person) -> None:
    if details.role in FULL_ACCESS or (details.is_chair and not by.full_access):
        raise NotAllowed


def demand_changeable(store: Store, person_id: str, details: Details, *, by: Person) -> None:
    """Raises `Refused` unless `by` alone may give these details to this account."""
    person = _managed(store, person_id, by)
    if details.is_chair != person.is_chair and not by.full_access:
        raise NotAllowed
    own_address = by.id == person.id and details.role == person.role
    if takes_two(person, details) and not own_address:
        raise NotAllowed


def takes_two(before: Person | None, after: Details) -> bool:
    """Whether a change takes two people with full access (`core.access`).

    Giving and taking full access does; and so does another address for somebody who has it, since
    the link for a new password goes there.
    """
    roles = {before.role if before else None, after.role}
    given = len(roles) > 1 and bool(roles & set(FULL_ACCESS))
    moved = before is not None and before.role in FULL_ACCESS and before.email != after.email
    return given or moved


def close(store: Store, person_id: str, *, by: Person) -> None:
    """Closes the account of somebody who leaves; everything they recorded stays.

    Raises `Refused` for the last lead: a school without one could not see its own record.
    """
    with store.alone():
        person = _managed(store, person_id, by)
        if person.role is Role.LEAD and len(_leads(store)) == 1:
            raise Refused("This is the last safeguarding lead: name another one first.")
        closed = PersonDetails(person=person.id, active=False, **_written(person))
        store.append(closed, AccountEvent(person=person.id, event="account_closed"), by=by)


def enter(store: Store, person_id: str, details: Details, *, by: Identified) -> Person:
    """Writes an account down once the right to do so has been checked. Raises `Refused`.

    Whoever gets an account from somebody else is told by mail how to choose a password.
    """
    with store.alone():
        store.append(*_records(store, person_id, details, by), by=by)
    entered = of(store, person_id)
    assert entered is not None  # noqa: S101 - it has just been stored
    return entered


def _records(store: Store, person_id: str, details: Details, by: Identified) -> list[Record]:
    """What is stored of an account, with the mail to whoever is new."""
    details = checked(store, person_id, details)
    records: list[Record] = [PersonDetails(person=person_id, **asdict(details))]
    if of(store, person_id) is None and by is not SYSTEM:
        records.append(Mail(person=person_id, purpose="welcome", author=by.id))
    return records


def check(details: Details) -> None:
    """Raises `Refused` unless there is a name, and an address that can be one."""
    if not details.name:
        raise Refused("Please give a name.")
    if not ADDRESS.fullmatch(details.email):
        raise Refused("Please give a whole email address, such as a.nowak@school.example.")


def mark_relative(
    store: Store, person_id: str, pupil_id: str, *, ended: bool = False, by: Person
) -> None:
    """Marks a member of staff as parent or relative of a pupil, or takes the mark off.

    Nobody takes off their own mark: it would show them what it hides. Whom the mark would keep
    from the whole school's alerts, the leads and the head, only full access marks. Raises
    `NotAllowed`, `NotThere`.
    """
    demand(by, Verb.KEEP_LISTS)
    if ended and person_id == by.id:
        raise NotAllowed
    person = of(store, person_id)
    if person is None:
        raise NotThere("account")
    if person.role in FULL_ACCESS and not by.full_access:
        raise NotAllowed
    if not store.ask(_Known, "SELECT id FROM pupils WHERE id = $id", id=pupil_id):
        raise NotThere("student")
    store.append(Relation(person=person_id, pupil=pupil_id, ended=ended), by=by)


def relatives(store: Store, pupil_id: str, *, by: Person) -> tuple[str, ...]:
    """The ids of the staff who are marked as parents or relatives of a pupil."""
    demand(by, Verb.KEEP_LISTS)
    return store.kept(_relatives, pupil_id)


def _relatives(store: Store, pupil: str) -> tuple[str, ...]:
    found = store.ask(_Related, "FROM relatives WHERE pupil = $pupil ORDER BY person", pupil=pupil)
    return tuple(each.person for each in found)


def _managed(store: Store, person_id: str, by: Person) -> Person:
    demand(by, Verb.KEEP_LISTS)
    person = of(store, person_id)
    if person is None:
        raise NotThere("account")
    if (person.role in FULL_ACCESS or person.is_chair) and not by.full_access:
        raise NotAllowed
    if not person.active:
        raise Refused("This account is closed: open a new one.")
    return person


def checked(store: Store, person_id: str, details: Details) -> Details:
    """The details as they are stored. Raises `Refused` if they cannot be those of this person."""
    details = texts.fitted(PersonDetails, details)
    check(details)
    holder = by_email(store, details.email)
    if holder and holder.active and holder.id != person_id:
        raise Refused("Another account has this email address: every account needs its own.")
    return details


def _leads(store: Store) -> list[Person]:
    return [person for person in teaching(store) if person.role is Role.LEAD]


def _written(person: Person) -> dict[str, Any]:
    kept = ("name", "email", "role", "post", "class_name", "is_chair")
    return {name: getattr(person, name) for name in kept}


def _some(store: Store, sql: str) -> list[Person]:
    return list(store.kept(_asked, sql))


def _asked(store: Store, sql: str) -> tuple[Person, ...]:
    return tuple(row.person() for row in store.ask(_Row, sql))


def _by_id(store: Store) -> dict[str, Person]:
    return {person.id: person for person in _asked(store, "FROM people")}


@dataclass(frozen=True)
class _Related:
    person: str


@dataclass(frozen=True)
class _Known:
    id: str


@dataclass(frozen=True)
class _Row:
    id: str
    name: str
    email: str
    role: str
    post: str
    class_name: str
    is_chair: bool
    active: bool

    def person(self) -> Person:
        return Person(**{**vars(self), "role": Role(self.role)})

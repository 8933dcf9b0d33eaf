"""What the policy says about every verb, sentence by sentence, in plain Python.

Nothing here is taken from `core.permissions`, nor from its table: it is written from the words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from core.permissions import Verb
from core.person import Role


@dataclass(frozen=True)
class Account:
    """One kind of account, in one kind of session."""

    role: Role
    code_given: bool
    is_chair: bool
    active: bool


@dataclass(frozen=True)
class Bond:
    """What somebody has to do with an incident."""

    author: bool = False
    alerted: str = ""
    acts: bool = False
    asked: str = ""
    conflict: str = ""


ACCOUNTS = [Account(*each) for each in product(Role, (True, False), (True, False), (True, False))]

BONDS = [
    Bond(*each)
    for each in product(
        (False, True),
        ("", "unread", "read"),
        (False, True),
        ("", "waiting", "done"),
        ("", "pupil", "linked", "named", "once"),
    )
]

Rule = Callable[[Account, Bond], bool]
Plain = Callable[[Account], bool]


def staff(one: Account) -> bool:
    """Whoever teaches or looks after children; leads and the head are staff as well."""
    return one.active and one.role in (Role.STAFF, Role.LEAD, Role.HEAD)


def team(one: Account) -> bool:
    """The safeguarding team, in a session in which the code was given."""
    return one.active and one.role in (Role.LEAD, Role.HEAD) and one.code_given


def head(one: Account) -> bool:
    """The head, in a session in which the code was given."""
    return team(one) and one.role is Role.HEAD


def office(one: Account) -> bool:
    """The office."""
    return one.active and one.role is Role.OFFICE


def governor(one: Account) -> bool:
    """A governor."""
    return one.active and one.role is Role.GOVERNOR


def chair(one: Account) -> bool:
    """The chair of governors, at this moment."""
    return governor(one) and one.is_chair


def conflicted(bond: Bond) -> bool:
    """A parent or relative of a child concerned, or named in it; not who once was one."""
    return bond.conflict in ("pupil", "linked", "named")


def involved(bond: Bond) -> bool:
    """Added it, was alerted to it, or has an action on it, also after reading or doing it."""
    return bond.author or bool(bond.alerted) or bond.acts or bool(bond.asked)


def sees(one: Account, bond: Bond) -> bool:
    """The team sees all, staff what they are involved in, the chair what they are alerted to."""
    if conflicted(bond):
        return False
    return team(one) or (staff(one) and involved(bond)) or (chair(one) and bool(bond.alerted))


def adds_action(one: Account, bond: Bond) -> bool:
    """Whoever sees it, and is no governor."""
    return sees(one, bond) and not governor(one)


def reads_names(one: Account, bond: Bond) -> bool:
    """Others who took part have names for the team and for who wrote it, initials for the rest."""
    return not conflicted(bond) and (team(one) or (staff(one) and bond.author))


def of_the_team(one: Account, bond: Bond) -> bool:
    """For the team alone, and not where there is a conflict of interest."""
    return team(one) and not conflicted(bond)


OF_INCIDENTS: Mapping[Verb, Rule] = {
    Verb.SEE_INCIDENTS: sees,
    Verb.ADD_ACTION: adds_action,
    Verb.SEE_LINKED_NAMES: reads_names,
    Verb.SEE_CHRONOLOGY: of_the_team,
    Verb.FOLLOW_UP: of_the_team,
    Verb.SEE_DASHBOARD: of_the_team,
    Verb.EXPORT_PACK: of_the_team,
    Verb.ENTER_FORMS: of_the_team,
}

# About a child's own record; a relative of the child reads nothing of it.
OF_CHILDREN: Mapping[Verb, Plain] = {
    Verb.SEE_CHRONOLOGY: team,
    Verb.SEE_DASHBOARD: team,
    Verb.EXPORT: team,
    Verb.SEE_ORDERS: team,
    Verb.OVERRIDE_HAND_OVER: team,
    Verb.KEEP_COLLECTION: lambda one: team(one) or office(one),
    Verb.HAND_OVER: lambda one: staff(one) or office(one),
}

OF_THE_SCHOOL: Mapping[Verb, Plain] = {
    Verb.ADD_INCIDENT: staff,
    Verb.USE_LEAD_CATEGORIES: team,
    Verb.FIND_PUPILS: lambda one: staff(one) or office(one),
    Verb.KEEP_LISTS: lambda one: team(one) or office(one),
    Verb.GIVE_ACCESS: team,
    Verb.SEE_UNSENT_MAIL: team,
    Verb.CHANGE_SETTINGS: team,
    Verb.SEE_MENDINGS: team,
    Verb.KEEP_PHOTOGRAPH: team,
    Verb.EXPORT: team,
    Verb.EXPORT_PACK: team,
    Verb.PRINT_FORMS: lambda one: staff(one) or office(one),
    Verb.ENTER_FORMS: team,
    Verb.RAISE_ABOUT_ADULT: staff,
    Verb.SEE_ABOUT_ADULTS: lambda one: team(one) or chair(one),
    Verb.KEEP_REGISTER: lambda one: staff(one) or office(one),
    Verb.SEE_UNACCOUNTED: lambda one: team(one) or office(one),
    Verb.HAND_OVER: lambda one: staff(one) or office(one),
    Verb.OVERRIDE_HAND_OVER: team,
    Verb.KEEP_COLLECTION: lambda one: team(one) or office(one),
    Verb.SEE_ORDERS: team,
    Verb.KEEP_OUTING: lambda one: staff(one) or office(one),
    Verb.APPROVE_OUTING: head,
    Verb.KEEP_SEARCH: lambda one: staff(one) or office(one),
    Verb.SEE_KNOWN: team,
    Verb.INVESTIGATE: team,
    Verb.TRANSFER: team,
    Verb.EXPORT_CONFIDENTIAL: head,
    Verb.MAKE_RELEASE: team,
    Verb.SEE_TRENDS: lambda one: team(one) or governor(one),
    Verb.SEE_DASHBOARD: team,
    Verb.SEE_CHRONOLOGY: team,
    Verb.FOLLOW_UP: team,
    Verb.ADD_ACTION: staff,
}

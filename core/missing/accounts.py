"""A written account is asked of everyone who took part in a search, each alone.

Nobody reads what others wrote before they have written their own: what somebody remembers changes
with what they have heard (policy, and good practice for every inquiry). Only the safeguarding team
and the head read the accounts at all. A relative of the child who searched is asked as well, and
reads nothing but their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import openings
from core.errors import Refused
from core.forms import Incomplete
from core.missing import logs
from core.permissions import NotThere, Verb, demand
from core.person import Person
from core.records import SearchAccount
from core.store import Store


@dataclass(frozen=True)
class Asked:
    """A search that somebody took part in, and since when it has been over."""

    log: str
    began_at: datetime
    closed_at: datetime


@dataclass(frozen=True)
class Standing:
    """Somebody who took part, and when they wrote their account; None as long as they owe it."""

    person: str
    name: str
    written_at: datetime | None


@dataclass(frozen=True)
class Account:
    """What somebody wrote, and when."""

    name: str
    account: str
    recorded_at: datetime


ASKED = """
    SELECT o.log, m.began_at, m.closed_at FROM accounts_owed o
    JOIN missing_logs_now m ON m.id = o.log WHERE o.person = $me ORDER BY m.seq DESC
"""

STANDING = """
    SELECT t.person, coalesce(p.name, '') AS name, arg_min(a.recorded_at, a.seq) AS written_at
    FROM took_part t LEFT JOIN people p ON p.id = t.person
    LEFT JOIN search_accounts a ON a.log = t.log AND a.recorded_by = t.person
    WHERE t.log = $log GROUP BY ALL ORDER BY written_at IS NOT NULL, name, t.person
"""

WRITTEN = """
    SELECT coalesce(p.name, '') AS name, a.account, a.recorded_at
    FROM search_accounts a LEFT JOIN people p ON p.id = a.recorded_by
    WHERE a.log = $log AND {whose} ORDER BY a.seq
"""


def asked(store: Store, *, by: Person) -> list[Asked]:
    """The searches of which `by` owes an account, the newest first. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_SEARCH)
    return list(store.kept(_asked, by.id))


def record(store: Store, log: str, account: str, *, by: Person) -> None:
    """Records what `by` saw and did; what they write later stands beneath it. Raises `NotThere`
    for a search they had no part in or that is not over, `Incomplete`."""
    demand(by, Verb.KEEP_SEARCH)
    if not (_owes(store, log, by) or mine(store, log, by=by)):
        raise NotThere("log")
    if not account.strip():
        raise Incomplete({"account": "Please write what you saw and did."})
    store.append(SearchAccount(log=log, account=account), by=by)


def mine(store: Store, log: str, *, by: Person) -> list[Account]:
    """What `by` wrote about a search. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_SEARCH)
    return store.ask(Account, WRITTEN.format(whose="a.recorded_by = $me"), log=log, me=by.id)


def standing(store: Store, log: str, *, by: Person) -> list[Standing]:
    """Everybody who took part, who still owes an account first. Raises `NotAllowed`,
    `NotThere`."""
    demand(by, Verb.INVESTIGATE)
    logs.of(store, log, by=by)
    return store.ask(Standing, STANDING, log=log)


def of(store: Store, log: str, *, by: Person) -> list[Account]:
    """Every account of a search, in the order in which they came; that they were read is
    recorded. Raises `NotAllowed`, `NotThere`, and `Refused` for who owes one of their own."""
    demand(by, Verb.INVESTIGATE)
    logs.of(store, log, by=by)
    if _owes(store, log, by):
        raise Refused("Write your own account first: then you can read what the others wrote.")
    openings.note(store, "accounts", log, by=by)
    return store.ask(Account, WRITTEN.format(whose="$me IS NOT NULL"), log=log, me=by.id)


def _asked(store: Store, me: str) -> tuple[Asked, ...]:
    return tuple(store.ask(Asked, ASKED, me=me))


def _owes(store: Store, log: str, by: Person) -> bool:
    return any(each.log == log for each in asked(store, by=by))

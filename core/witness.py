"""The head of the ledger leaves the house: every week it is mailed to the head and the chair.

Whoever holds the machine and the key could shorten both copies of the record and leave a clean
chain behind. What was mailed shows it: `python -m core verify DATA --head HASH` says whether that
head is still in the chain. The mail holds a number and a hash, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock, mail_server, people
from core.person import SYSTEM, Person, Role
from core.records import Mail
from core.store import Store

PURPOSE = "head"
EVERY = timedelta(days=7)


@dataclass(frozen=True)
class Noted:
    """How many records there were when a mail was owed, and the hash that stands for them all."""

    count: int
    head: str


@dataclass(frozen=True)
class _Last:
    at: datetime


def send(store: Store) -> int:
    """Owes the mail of this week to everybody who gets it, and says to how many; 0 where it was
    owed before, or where the school has no mail server."""
    if mail_server.configured() is None:
        return 0
    with store.alone():
        told = witnesses(store) if _is_due(store) else []
        if told:
            store.append(*(Mail(person=each.id, purpose=PURPOSE) for each in told), by=SYSTEM)
    return len(told)


def witnesses(store: Store) -> list[Person]:
    """Who gets it: the head, and the chair of governors, who does not work in the house."""
    return [p for p in people.here(store) if p.role is Role.HEAD] + people.chairs(store)


def noted(store: Store, mail: str) -> Noted:
    """What a mail tells: the place in the ledger at which it was owed itself. So it tells the same
    however often it is tried."""
    sql = "SELECT seq AS count, hash AS head FROM ledger WHERE kind = 'mails' AND id = $id"
    return store.ask(Noted, sql, id=mail)[0]


def _is_due(store: Store) -> bool:
    sql = "SELECT recorded_at AS at FROM mails WHERE purpose = $purpose ORDER BY seq DESC LIMIT 1"
    now, last = clock.now(), store.ask(_Last, sql, purpose=PURPOSE)
    return not last or not now - EVERY < last[0].at <= now  # the clock may have been set back

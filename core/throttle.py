"""Slowing down whoever guesses, without ever shutting anybody out.

Three counts of wrong tries stand side by side:

- of an account *from one address*: after three, wait 1, 2, 4 … 60 seconds;
- of an address, whatever the account: after ten, wait 6, 12 … 60 seconds;
- of an account, from wherever: only after twenty, and never more than ten seconds.

Where the account was opened before, from that address, only the first count holds. Otherwise
somebody elsewhere who keeps guessing could keep the safeguarding lead waiting at their own desk.
Tries during a wait are not looked at and do not lengthen it. Counts are forgotten after an hour.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from core import clock
from core.errors import Refused
from core.limits import CODE, OLD_PASSWORD, PASSWORD, RESET, Guesses, Limit
from core.store import DiskFull, Store

__all__ = ["CODE", "OLD_PASSWORD", "PASSWORD", "RESET"]

FORGOTTEN = timedelta(hours=1)
FAMILIAR = timedelta(days=90)
MANY = 10  # wrong tries after which the person is told; policy


class TooSoon(Refused):
    """The next try has to wait for `seconds`."""

    def __init__(self, seconds: int) -> None:
        unit = "second" if seconds == 1 else "seconds"
        super().__init__(f"Please wait {seconds} {unit}, then try again.")
        self.seconds = seconds


def admit(store: Store, account: str, address: str = "", *, what: Guesses = PASSWORD) -> int:
    """Lets a try through, counted as wrong until `forgive` takes it back, or raises `TooSoon`.

    Counted beforehand, so that many tries at once are not all let through. Returns how many tries
    in a row the account has now had.
    """
    buckets = _buckets(account, address, what)
    with store.desk.alone():
        counts = {name: _count(store, name) for name in buckets}
        _demand_patience(buckets, counts)
        _raise(store, buckets)
    return 1 + max(counts[name].wrong for name in buckets if name != _address(address, what))


def forgive(store: Store, account: str, address: str = "", *, what: Guesses = PASSWORD) -> None:
    """The try was right: takes back what this account has missed from this address."""
    buckets = _buckets(account, address, what)
    pair = _pair(account, address, what)
    with store.desk.alone():
        missed = _count(store, pair).wrong
        for name in buckets:
            count = _count(store, name)
            right_at = clock.now() if name == pair else count.right_at
            _put(store, name, _Count(max(count.wrong - missed, 0), count.tried_at, right_at))


def wrong(store: Store, account: str, *, what: Guesses) -> int:
    """How many tries in a row were wrong."""
    return _count(store, _pair(account, "", what)).wrong


@dataclass(frozen=True)
class _Count:
    wrong: int
    tried_at: datetime
    right_at: datetime | None

    def left(self, limit: Limit) -> float:
        """Seconds until the next try; a clock that was put back makes nobody wait longer."""
        return limit.wait(self.wrong) - abs(clock.now() - self.tried_at).total_seconds()


def _demand_patience(buckets: Mapping[str, Limit], counts: Mapping[str, _Count]) -> None:
    pair, *others = buckets
    seen = counts[pair].right_at
    familiar = seen is not None and -clock.SLACK <= clock.now() - seen < FAMILIAR
    held = [pair] if familiar else [pair, *others]
    left = max(counts[name].left(buckets[name]) for name in held)
    if left > 0:
        raise TooSoon(math.ceil(left))


def _raise(store: Store, buckets: Mapping[str, Limit]) -> None:
    now = clock.now()
    with suppress(DiskFull):
        store.desk.change(
            "DELETE FROM tries WHERE NOT tried_at BETWEEN $old AND $soon "
            "AND (right_at IS NULL OR NOT right_at BETWEEN $stranger AND $soon)",
            old=now - FORGOTTEN, stranger=now - FAMILIAR, soon=now + FORGOTTEN,
        )  # fmt: skip
    for name in buckets:
        count = _count(store, name)
        _put(store, name, _Count(count.wrong + 1, now, count.right_at))


def _put(store: Store, name: str, count: _Count) -> None:
    """Keeps a count, on a full disk in memory: guesses are slowed down there as well, and whoever
    is right can sign in."""
    held = _held.setdefault(store, {})
    held[name] = count
    with suppress(DiskFull):
        store.desk.change(
            "INSERT INTO tries VALUES ($bucket, $wrong, $tried_at, $right_at) ON CONFLICT (bucket)"
            " DO UPDATE SET wrong = $wrong, tried_at = $tried_at, right_at = $right_at",
            bucket=name, **vars(count),
        )  # fmt: skip
        del held[name]


def _count(store: Store, name: str) -> _Count:
    held = _held.get(store, {}).get(name)
    found = store.desk.ask(_Count, "FROM tries WHERE bucket = $bucket", bucket=name)
    found = [held] if held else found
    now = clock.now()
    if found and abs(now - found[0].tried_at) <= FORGOTTEN:
        return found[0]
    return _Count(0, now, found[0].right_at if found else None)


# What the desk could not take.
_held: WeakKeyDictionary[Store, dict[str, _Count]] = WeakKeyDictionary()


def _buckets(account: str, address: str, what: Guesses) -> dict[str, Limit]:
    """The counts that a try belongs to, the pair's first."""
    limits = {
        _pair(account, address, what): what.pair,
        _address(address, what): what.address,
        _hashed(what.purpose, "account", account): what.account,
    }
    return {name: limit for name, limit in limits.items() if limit}


def _pair(account: str, address: str, what: Guesses) -> str:
    return _hashed(what.purpose, "pair", account, address)


def _address(address: str, what: Guesses) -> str:
    return _hashed(what.purpose, "address", address)


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()

"""A log as it stands: everything that was pressed and written, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from core import openings, people, pupils
from core.missing import logs
from core.missing.logs import Log
from core.missing.shape import Call, Found, Holder, Sighting, Stamp, State, Zone
from core.person import Person
from core.store import Store


def of(store: Store, log: str, *, by: Person) -> State:
    """A log as it stands. Raises `NotThere`; that it was read is recorded."""
    found = logs.of(store, log, by=by)
    openings.note(store, "missing", log, by=by)
    return _state(store, found, by)


def _state(store: Store, log: Log, by: Person) -> State:
    names, children = people.names(store), store.kept(_children, log.id)
    return State(
        log=log,
        children=[pupils.of(store, each, by=by) for each in children],
        seen=next(iter(store.kept(_asked, Sighting, "last_seen_now", log.id)), None),
        facts={f.what: f.account for f in store.kept(_asked, _Fact, "missing_facts_now", log.id)},
        roles={r.role: Holder(r.person, names.get(r.person, ""), r.recorded_at)
               for r in store.kept(_asked, _Role, "search_roles_now", log.id)},
        steps=_stamps(store, "search_steps_now", log, names),
        zones=_zones(store, log, names),
        dangers=_stamps(store, "dangers_now", log, names),
        calls={c.step: c for c in store.kept(_asked, Call, "search_calls_now", log.id)},
        found=store.kept(_asked, Found, "children_found_now", log.id),
        relatives=store.kept(_relatives, log.id),
        seen_by_told=store.kept(_openings, log.id, log.told),
    )  # fmt: skip


T = TypeVar("T")


def _asked(store: Store, shape: type[T], view: str, log: str) -> tuple[T, ...]:
    order = {"search_roles_now": "seq", "children_found_now": "found_at, seq"}.get(view, "log")
    return tuple(store.ask(shape, f"FROM {view} WHERE log = $log ORDER BY {order}", log=log))


def _children(store: Store, log: str) -> tuple[str, ...]:
    sql = "SELECT pupil FROM missing_children_now WHERE log = $log ORDER BY since"
    return tuple(each.pupil for each in store.ask(_Child, sql, log=log))


def _relatives(store: Store, log: str) -> frozenset[str]:
    found = store.ask(_Relative, "SELECT person FROM search_relatives WHERE log = $log", log=log)
    return frozenset(each.person for each in found)


def _stamps(store: Store, view: str, log: Log, names: Mapping[str, str]) -> dict[str, Stamp]:
    found = store.kept(_asked, _Press, view, log.id)
    return {each.key: _stamp(each, names) for each in found}


def _zones(store: Store, log: Log, names: Mapping[str, str]) -> list[Zone]:
    found = store.kept(_asked, _Did, "zones_now", log.id)
    did = {(each.key, each.did): _stamp(each, names) for each in found}
    return [Zone(name, *(did.get((name, how)) for how in ("started", "cleared", "again")))
            for name in (*log.inside, *log.outside)]  # fmt: skip


class _Pressed(Protocol):
    key: str
    occurred_at: datetime
    recorded_by: str
    times: int


def _stamp(press: _Pressed, names: Mapping[str, str]) -> Stamp:
    return Stamp(press.key, press.occurred_at, names.get(press.recorded_by, ""), press.times,
                 press.recorded_by)  # fmt: skip


def _openings(store: Store, log: str, told: tuple[str, ...]) -> dict[str, datetime | None]:
    """When each of those who were told had the log open for the first time."""
    sql = """SELECT recorded_by, arg_min(recorded_at, seq) AS first FROM openings
             WHERE what = 'missing' AND subject = $log GROUP BY recorded_by"""
    first = {each.recorded_by: each.first for each in store.ask(_Opened, sql, log=log)}
    return {person: first.get(person) for person in told}


@dataclass(frozen=True)
class _Fact:
    what: str
    account: str


@dataclass(frozen=True)
class _Role:
    role: str
    person: str
    recorded_at: datetime


@dataclass(frozen=True)
class _Press:
    key: str
    occurred_at: datetime
    recorded_by: str
    times: int = 1


@dataclass(frozen=True)
class _Did:
    key: str
    did: str
    occurred_at: datetime
    recorded_by: str
    times: int


@dataclass(frozen=True)
class _Relative:
    person: str


@dataclass(frozen=True)
class _Child:
    pupil: str


@dataclass(frozen=True)
class _Opened:
    recorded_by: str
    first: datetime

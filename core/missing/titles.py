"""A log in a line, for lists of them: who, since when, and how far it got. Reading the line is no
reading of the log, and of all logs it takes one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import moments, pupils, settings
from core.missing import logs, shape
from core.permissions import Verb, demand
from core.person import Person
from core.store import Store


@dataclass(frozen=True)
class Brief:
    """The little of a log that a list needs."""

    log: str
    children: tuple[str, ...]
    since: datetime
    found_at: datetime | None
    police: bool


def of(store: Store, log: str, *, by: Person) -> str:
    """Who is missing and since when, in a line. Raises `NotThere`."""
    whole, zone = logs.of(store, log, by=by), settings.school(store).zone
    brief = store.kept(_briefs)[log]
    names = ", ".join(pupils.of(store, each, by=by).name for each in brief.children) or "A child"
    since = moments.within(brief.since, zone)
    if whole.is_found and brief.found_at:
        found = moments.within(brief.found_at, zone)
        return f"{names}, missing since {since}, found {found}"
    if not whole.is_open:
        return f"{names}, missing since {since}, log closed"
    return f"{names}, missing since {since}, police {'' if brief.police else 'not '}called"


def near_misses(store: Store, since: datetime, *, by: Person) -> int:
    """How many children were found within minutes since a moment, as far as `by` may see it.
    Raises `NotAllowed`."""
    demand(by, Verb.SEE_DASHBOARD)
    some = [log for log in logs.every(store, by=by) if log.began_at >= since]
    briefs = store.kept(_briefs)  # after the logs: one that is opened in between is no error
    return sum(
        shape.is_near_miss(log, brief.since, brief.found_at if log.is_found else None,
                           police=brief.police)
        for log in some for brief in [briefs[log.id]]
    )  # fmt: skip


def _briefs(store: Store) -> dict[str, Brief]:
    return {each.log: each for each in store.ask(Brief, "FROM search_briefs")}

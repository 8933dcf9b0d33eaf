"""The incident that stands in a child's chronology for the log of a search."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core import moments, recipients, settings
from core.missing import logs
from core.missing.logs import Log
from core.missing.shape import Found, State
from core.missing.steps import PARENTS, POLICE
from core.permissions import NotThere
from core.person import Person
from core.records import Incident, Mail, SearchIncident
from core.store import Record, Store, new_id

CATEGORY = "missing"


@dataclass(frozen=True)
class Joined:
    """An incident that belongs to a log, and the child whom it is about."""

    incident: str
    number: int
    pupil: str


def records(store: Store, now: State, *, by: Person) -> list[Record]:
    """What is stored as a log is closed: an incident for each child, joined to it, its alerts, and
    a mail to whoever is asked for an account. The caller holds the store, as numbers are given."""
    zone = settings.school(store).zone
    made: list[Record] = []
    for child in now.children:
        found = next((f for f in now.found if f.pupil in (child.id, "")), None)
        incident = Incident(
            id=new_id(),
            number=store.next_number(),
            pupil=child.id,
            occurred_at=now.since,
            account=_account(now, found, zone),
            child_words=now.facts.get("child_words", ""),
            parents_contacted=PARENTS in now.steps,
            parents_why_not="" if PARENTS in now.steps else "See the log of the search.",
            categories=(CATEGORY,),
            agencies=("police",) if POLICE in now.steps else (),
        )
        told = recipients.after_search(store, child.id, by=by)
        made += [incident, SearchIncident(log=now.log.id, pupil=child.id, incident=incident.id),
                 *recipients.notices(told, incident.id, category=CATEGORY, by=by)]  # fmt: skip
    persons = store.ask(_Who, "SELECT person FROM took_part WHERE log = $log", log=now.log.id)
    return [*made, *(Mail(person=p.person, purpose="account_asked", author=by.id)
                     for p in persons if p.person != by.id)]  # fmt: skip


def of(store: Store, log: str, *, by: Person) -> list[Joined]:
    """The incidents of a log. Raises `NotThere`."""
    logs.of(store, log, by=by)
    sql = """SELECT s.incident, i.number, s.pupil FROM search_incidents s
             JOIN incidents i ON i.id = s.incident WHERE s.log = $log ORDER BY i.number"""
    return store.ask(Joined, sql, log=log)


def log_of(store: Store, incident: str, *, by: Person) -> Log | None:
    """The log that an incident stands for, if it does and `by` may read it."""
    if log := store.kept(_stands_for).get(incident):
        with suppress(NotThere):
            return logs.of(store, log, by=by)
    return None


def _stands_for(store: Store) -> dict[str, str]:
    """The log of every incident that stands for one: there are few."""
    found = store.ask(_Of, "SELECT incident, log FROM search_incidents")
    return {each.incident: each.log for each in found}


def _account(now: State, found: Found | None, zone: ZoneInfo) -> str:
    """What happened, in a few sentences; everything else is in the log."""
    where = f" in or near {now.seen.place}" if now.seen and now.seen.place else ""
    said = [f"Missing since {moments.full(now.since, zone)}, last seen{where}."
            if now.seen else f"Missed on {moments.full(now.since, zone)}."]  # fmt: skip
    if POLICE in now.steps:
        said.append(f"The police were called on {moments.full(now.steps[POLICE].at, zone)}.")
    if found:
        said.append(f"Found on {moments.full(found.found_at, zone)}: {found.place}, by "
                    f"{found.found_by}.")  # fmt: skip
    else:
        said.append("Not found when the log was closed.")
    return " ".join([*said, "The log of the search tells the whole."])


@dataclass(frozen=True)
class _Who:
    person: str


@dataclass(frozen=True)
class _Of:
    incident: str
    log: str

"""The head's internal investigation of how a child went missing, and what changes.

It may be written in several sittings: each is a record, and the newest stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core import clock, openings
from core.errors import Refused
from core.forms import Incomplete
from core.missing import logs
from core.permissions import Verb, demand
from core.person import Person
from core.records import Investigation
from core.store import Store, texts


@dataclass(kw_only=True)
class Form:
    """What is filled in."""

    findings: str = ""
    causes: str = ""
    changes: str = ""
    changes_by: date | None = None
    risks: str = ""


@dataclass(frozen=True)
class Found:
    """The investigation as it stands, by whom and when, and how often it was written."""

    findings: str
    causes: str
    changes: str
    changes_by: date | None
    risks: str
    author: str
    recorded_at: datetime
    versions: int


NEWEST = """
    SELECT i.findings, i.causes, i.changes, i.changes_by, i.risks,
           coalesce(p.name, '') AS author, i.recorded_at, i.versions
    FROM investigations_now i LEFT JOIN people p ON p.id = i.recorded_by WHERE i.log = $log
"""

MISSING = {
    "findings": "Please write what was found.",
    "causes": "Please write how it could happen.",
    "changes": "Please write what changes, or why nothing does.",
    "risks": "Please write how the risk assessment was revised, or why it was not.",
}


def record(store: Store, log: str, form: Form, *, by: Person) -> None:
    """Records the investigation as it stands from now on. Raises `NotAllowed`, `NotThere`,
    `Refused` while the log is open, and `Incomplete`."""
    demand(by, Verb.INVESTIGATE)
    if logs.of(store, log, by=by).is_open:
        raise Refused("Close the log first: the search comes before the investigation.")
    if wrong := problems(form):
        raise Incomplete(wrong)
    store.append(Investigation(log=log, **vars(form)), by=by)


def problems(form: Form) -> dict[str, str]:
    """What keeps it from being recorded, by the names of the fields."""
    wrong = {name: said for name, said in MISSING.items() if not getattr(form, name).strip()}
    if form.changes_by is None:
        wrong["changes_by"] = "Please say by when it changes."
    elif form.changes_by.year < clock.now().year - 1:
        wrong["changes_by"] = "This is long past: please check the date."
    return wrong | texts.too_much(form, "findings")


def of(store: Store, log: str, *, by: Person) -> Found | None:
    """The investigation as it stands, None if there is none; that it was read is recorded.
    Raises `NotAllowed`, `NotThere`."""
    demand(by, Verb.INVESTIGATE)
    logs.of(store, log, by=by)
    found = store.ask(Found, NEWEST, log=log)
    if found:
        openings.note(store, "investigation", log, by=by)
    return next(iter(found), None)

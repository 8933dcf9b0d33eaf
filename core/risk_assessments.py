"""The risk assessment of an outing: attached by whoever plans it, approved by the head alone.

A new one takes a new approval. The older ones stay, and can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import openings, outings
from core.attachments import Kept
from core.errors import Refused
from core.forms import Incomplete
from core.inspection import Inspected
from core.outing_plans import open_one
from core.permissions import NotThere, Verb, demand
from core.permissions import outings as reached
from core.person import Person
from core.records import OutingDecision, RiskAssessment
from core.store import Store


@dataclass(frozen=True)
class Attached:
    """A risk assessment as a page names it."""

    id: str
    name: str
    size: int
    author: str
    recorded_at: datetime


@dataclass(frozen=True)
class Decided:
    """What the head said, and when."""

    approved: bool
    note: str
    author: str
    recorded_at: datetime


def attach(store: Store, outing: str, file: Inspected, *, by: Person) -> None:
    """Keeps a risk assessment; the same file again is no new one. Raises `NotThere`, `Refused`."""
    with store.alone():
        found = open_one(store, outing, by=by)
        digest = store.vault.put(file.content)
        sql = "SELECT digest FROM risk_assessments WHERE id = $id"
        before = store.ask(_Digest, sql, id=found.assessment)
        if [each.digest for each in before] != [digest]:
            kept = RiskAssessment(outing=outing, name=file.name, media_type=file.media_type,
                                  size=len(file.content), digest=digest)  # fmt: skip
            store.append(kept, by=by)


def beneath(store: Store, outing: str, *, by: Person) -> Sequence[Attached]:
    """The risk assessments of an outing, the newest first. Raises `NotThere`."""
    outings.known(store, outing, by=by)
    sql = """SELECT a.id, a.name, a.size, coalesce(p.name, '') AS author, a.recorded_at
             FROM risk_assessments a LEFT JOIN people p ON p.id = a.recorded_by
             WHERE a.outing = $outing ORDER BY a.seq DESC"""
    return store.ask(Attached, sql, outing=outing)


def decisions(store: Store, outing: str, *, by: Person) -> Sequence[Decided]:
    """What the head has said of an outing, the newest first. Raises `NotThere`."""
    outings.known(store, outing, by=by)
    sql = """SELECT d.approved, d.note, coalesce(p.name, '') AS author, d.recorded_at
             FROM outing_decisions d LEFT JOIN people p ON p.id = d.recorded_by
             WHERE d.outing = $outing ORDER BY d.seq DESC"""
    return store.ask(Decided, sql, outing=outing)


def open(store: Store, assessment: str, *, by: Person) -> Kept:
    """A risk assessment with its content; that it was opened is recorded first. Raises
    `NotThere`, also for one of an outing that `by` may not see."""
    sql = f"""SELECT a.name, a.media_type, a.digest
              FROM risk_assessments a JOIN outings_now o ON o.id = a.outing
              WHERE a.id = $id AND {reached(by)}"""
    found = store.ask(_File, sql, id=assessment, me=by.id)
    if not found:
        raise NotThere("file")
    openings.note(store, "risk assessment", assessment, by=by)
    return Kept(found[0].name, found[0].media_type, store.vault.read(found[0].digest))


def decide(
    store: Store, outing: str, assessment: str, *, approved: bool, note: str = "", by: Person
) -> None:
    """Records that the head approves of an outing with this assessment, or why not. Raises
    `NotAllowed`, `NotThere`, `Incomplete`, and `Refused` if there is a newer assessment."""
    demand(by, Verb.APPROVE_OUTING)
    with store.alone():
        found = open_one(store, outing, by=by)
        if not found.assessment:
            raise Refused("There is no risk assessment yet: ask the leader to attach it.")
        if found.assessment != assessment:
            raise Refused("A new risk assessment has been attached: read it first.")
        if not approved and not note.strip():
            raise Incomplete({"note": "Please write what has to change."})
        said = OutingDecision(outing=outing, assessment=assessment, day=found.day,
                              place=found.place, approved=approved, note=note)  # fmt: skip
        store.append(said, by=by)


@dataclass(frozen=True)
class _Digest:
    digest: str


@dataclass(frozen=True)
class _File:
    name: str
    media_type: str
    digest: str

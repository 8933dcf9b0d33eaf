"""What other schools recorded about a pupil, as it came with them.

It stays theirs: nothing of it becomes an incident of this school. Its parts lie in the vault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import openings, pupils
from core.errors import Refused
from core.forms import Incomplete
from core.inspection import Inspected
from core.permissions import NotThere, Verb, children, demand
from core.person import Person
from core.records import ReceivedEnd, ReceivedFile, ReceivedPart
from core.store import Store

AGAIN = "This file was taken in already: look in the chronology of the student it was joined to."


@dataclass(frozen=True)
class Received:
    """A file that came, for whoever may see the pupil's chronology."""

    id: str
    pupil: str
    school: str
    number: int
    made: str
    recorded_at: datetime
    author: str


@dataclass(frozen=True)
class Part:
    """One file of it, as a page names it."""

    id: str
    path: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Kept:
    """A part with its content."""

    name: str
    media_type: str
    content: bytes


LINES = """
    SELECT f.id, f.pupil, f.school, f.number, f.made, f.recorded_at,
           coalesce(w.name, '') AS author
    FROM received_now f JOIN pupils p ON p.id = f.pupil
    LEFT JOIN people w ON w.id = f.recorded_by
    WHERE {which} AND {seen} ORDER BY f.seq DESC
"""

PARTS = """
    FROM received_parts r JOIN received_now f ON f.id = r.received JOIN pupils p ON p.id = f.pupil
    WHERE {which} AND {seen} ORDER BY r.seq
"""


def about(store: Store, pupil: str, *, by: Person) -> tuple[Received, ...]:
    """What came about a pupil, the newest first; none if `by` may not see their chronology."""
    sql = LINES.format(which="f.pupil = $pupil", seen=children(by, Verb.SEE_CHRONOLOGY))
    return store.kept(_asked, sql, by, pupil)


def of(store: Store, received: str, *, by: Person) -> Received:
    """One file that came; that it was read is recorded first. Raises `NotThere`."""
    sql = LINES.format(which="f.id = $id", seen=children(by, Verb.SEE_CHRONOLOGY))
    found = store.ask(Received, sql, id=received, me=by.id)
    if not found:
        raise NotThere("file")
    openings.note(store, "received", received, by=by)
    return found[0]


def parts(store: Store, received: str, *, by: Person) -> list[Part]:
    """The parts of a file that came; none if `by` may not see it."""
    sql = "SELECT r.id, r.path, r.name, r.media_type, r.size" + PARTS.format(
        which="f.id = $id", seen=children(by, Verb.SEE_CHRONOLOGY)
    )
    return store.ask(Part, sql, id=received, me=by.id)


def open(store: Store, part: str, *, by: Person) -> Kept:
    """A part with its content; that it was opened is recorded first. Raises `NotThere`."""
    sql = "SELECT r.id, r.name, r.media_type, r.digest" + PARTS.format(
        which="r.id = $id", seen=children(by, Verb.SEE_CHRONOLOGY)
    )
    found = store.ask(_Found, sql, id=part, me=by.id)
    if not found:
        raise NotThere("file")
    openings.note(store, "received part", part, by=by)
    return Kept(found[0].name, found[0].media_type, store.vault.read(found[0].digest))


def is_known(store: Store, manifest: str, *, by: Person) -> bool:
    """Whether a file with this manifest was taken in, about whomever. Raises `NotAllowed`."""
    demand(by, Verb.TRANSFER)
    sql = "SELECT id FROM received_now WHERE manifest = $manifest"
    return bool(store.ask(_Id, sql, manifest=manifest))


def keep(
    store: Store,
    file: ReceivedFile,
    parts: Mapping[str, Inspected],
    hashes: Mapping[str, str],
    *,
    by: Person,
) -> None:
    """Stores a file with its parts by their paths, all or nothing. Raises `Refused` if it is there
    already."""
    with store.alone():
        if is_known(store, file.manifest, by=by):
            raise Refused(AGAIN)
        store.append(file, *_recorded(store, file.id, parts, hashes), by=by)


def end(store: Store, received: str, reason: str, *, by: Person) -> None:
    """Records that a file was joined to the wrong pupil, and why one knows. Raises `NotThere`,
    `Incomplete`."""
    pupils.demand_record(store, of(store, received, by=by).pupil, Verb.TRANSFER, by=by)
    if not reason.strip():
        raise Incomplete({"reason": "Please say what was wrong."})
    store.append(ReceivedEnd(received=received, reason=reason.strip()), by=by)


def _asked(store: Store, sql: str, by: Person, pupil: str) -> tuple[Received, ...]:
    return tuple(store.ask(Received, sql, pupil=pupil, me=by.id))


def _recorded(
    store: Store, received: str, parts: Mapping[str, Inspected], hashes: Mapping[str, str]
) -> Sequence[ReceivedPart]:
    """The content is on disk before a record names it."""
    return [
        ReceivedPart(
            received=received,
            path=path,
            name=part.name,
            media_type=part.media_type,
            size=len(part.content),
            sha256=hashes[path],
            digest=store.vault.put(part.content),
        )
        for path, part in parts.items()
    ]


@dataclass(frozen=True)
class _Id:
    id: str


@dataclass(frozen=True)
class _Found:
    id: str
    name: str
    media_type: str
    digest: str

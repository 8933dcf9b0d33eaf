"""Files that belong to an incident or an action: kept in the vault, handed out by permission."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core import openings
from core.inspection import Inspected
from core.permissions import NotThere, incidents
from core.person import Person
from core.records import Attachment
from core.store import Store


@dataclass(frozen=True)
class Listed:
    """A file as a page names it."""

    id: str
    incident: str
    action: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Kept:
    """A file with its content."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class _Found:
    id: str
    name: str
    media_type: str
    digest: str


def keep(
    store: Store, files: Iterable[Inspected], *, incident: str, action: str = ""
) -> list[Attachment]:
    """Puts files into the vault and returns the records that are to be stored with the incident.

    The content is on disk before a record names it.
    """
    return [
        Attachment(
            incident=incident,
            action=action,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            digest=store.vault.put(file.content),
        )
        for file in files
    ]


def beneath(store: Store, incident: str, *, by: Person) -> tuple[Listed, ...]:
    """The files of an incident and of its actions; none if `by` may not see it."""
    sql = f"""SELECT f.* FROM attachments f JOIN incidents i ON i.id = f.incident
              WHERE f.incident = $incident AND {incidents(by)} ORDER BY f.seq"""
    return tuple(store.ask(Listed, sql, incident=incident, me=by.id))


def open(store: Store, attachment_id: str, *, by: Person) -> Kept:
    """A file with its content; that it was opened is recorded first.

    Raises `NotThere`, also for a file of an incident that `by` may not see.
    """
    sql = f"""SELECT f.id, f.name, f.media_type, f.digest
              FROM attachments f JOIN incidents i ON i.id = f.incident
              WHERE f.id = $id AND {incidents(by)}"""
    found = store.ask(_Found, sql, id=attachment_id, me=by.id)
    if not found:
        raise NotThere("file")
    openings.note(store, "file", attachment_id, by=by)
    file = found[0]
    return Kept(file.name, file.media_type, store.vault.read(file.digest))

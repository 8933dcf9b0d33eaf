"""Files that belong to an incident or an action: kept in the vault, handed out by permission."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core import openings
from core.inspection import Inspected
from core.permissions import NotThere, Verb, incidents, may
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
    allowed_because: str


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


NO_PHOTOGRAPH = "Injuries are drawn and described, not photographed: remove this picture."


def problems(files: Sequence[Inspected], *, beside_map: bool = True, by: Person) -> dict[str, str]:
    """What is wrong with files: a sentence under `files`, or nothing. Beside a body map it has to
    be said of each picture whether it shows an injury.

    Guidance: injuries are drawn and described, never photographed. A lead may keep a photograph
    that is there already, and says why.
    """
    pictures = [file for file in files if file.is_picture]
    if beside_map and any(file.shows_injury is None for file in pictures):
        return {"files": "Please say of each picture whether it is a photograph of an injury."}
    injuries = [file for file in pictures if file.shows_injury]
    if injuries and not may(by, Verb.KEEP_PHOTOGRAPH):
        return {"files": NO_PHOTOGRAPH}
    if any(not file.allowed_because.strip() for file in injuries):
        return {"files": "Please say why this photograph of an injury has to be kept."}
    return {}


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
            allowed_because=file.allowed_because if file.shows_injury else "",
        )
        for file in files
    ]


def are_recorded(
    store: Store, files: Iterable[Inspected], *, incident: str, action: str = ""
) -> bool:
    """Whether exactly these files were stored before with what they belong to."""
    sql = "FROM attachments WHERE incident = $incident AND action = $action"
    there = store.ask(Attachment, sql, incident=incident, action=action)
    sent = keep(store, files, incident=incident, action=action)
    return sorted(map(_said, there)) == sorted(map(_said, sent))


def _said(file: Attachment) -> tuple[str, str, str]:
    return file.name, file.digest, file.allowed_because


def beneath(store: Store, incident: str, *, by: Person) -> tuple[Listed, ...]:
    """The files of an incident and of its actions; none if `by` may not see it."""
    sql = f"""SELECT f.* FROM attachments f JOIN incidents_now i ON i.id = f.incident
              WHERE f.incident = $incident AND {incidents(by)} ORDER BY f.seq"""
    return tuple(store.ask(Listed, sql, incident=incident, me=by.id))


def about(store: Store, pupil: str, *, by: Person) -> list[Listed]:
    """The files of all incidents that concern a pupil, as far as `by` may see them."""
    sql = f"""SELECT f.* FROM attachments f JOIN incidents_now i ON i.id = f.incident
              WHERE f.incident IN (SELECT incident FROM concerned WHERE pupil = $pupil)
              AND {incidents(by, Verb.SEE_CHRONOLOGY)} ORDER BY f.seq"""
    return store.ask(Listed, sql, pupil=pupil, me=by.id)


def open(store: Store, attachment_id: str, *, by: Person) -> Kept:
    """A file with its content; that it was opened is recorded first.

    Raises `NotThere`, also for a file of an incident that `by` may not see.
    """
    sql = f"""SELECT f.id, f.name, f.media_type, f.digest
              FROM attachments f JOIN incidents_now i ON i.id = f.incident
              WHERE f.id = $id AND {incidents(by)}"""
    found = store.ask(_Found, sql, id=attachment_id, me=by.id)
    if not found:
        raise NotThere("file")
    openings.note(store, "file", attachment_id, by=by)
    file = found[0]
    return Kept(file.name, file.media_type, store.vault.read(file.digest))

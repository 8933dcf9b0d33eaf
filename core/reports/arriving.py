"""A transfer file from another school: opened, checked part by part, and joined to a pupil here.

It is kept as what it is, another school's record. Whatever is wrong with one part of it, nothing
of it is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from core import inspection, moments, names, passphrases, pupils, received, sealed
from core.errors import Refused
from core.forms import Incomplete
from core.inspection import Inspected
from core.leaves import LENGTH
from core.permissions import NotThere, Verb, demand
from core.person import Person
from core.pupils import Pupil
from core.received import Part, Received
from core.records import ReceivedFile
from core.reports.whole import FORMAT, Told, Whole
from core.sealed import MANIFEST, READABLE, RECEIPT, RECORD
from core.store import Store

KIND = FORMAT.rpartition(" ")[0]

NOTHING_TYPED = "Please type the passphrase that the other school told you."
NEWER = "This file was made by a newer version of the app: update this one, and take it in again."
NOT_KEPT = "A part of this file cannot be kept, {}. {}"
DIFFERS = (
    "The name or the date of birth in the file is not this student’s: please look again. "
    "If it is the same child, say so below."
)

MOST = 1_000_000_000  # transfers of one school; a number that is none must not reach the record
JSON = "application/json"
TITLES = {READABLE: "The record.pdf", RECEIPT: "Receipt to sign.pdf", MANIFEST: "manifest.txt"}


@dataclass(frozen=True)
class Arrived:
    """A file that was opened and found whole. Nothing of it is kept yet."""

    whole: Whole
    manifest: str
    parts: Mapping[str, Inspected]
    hashes: Mapping[str, str]


@dataclass(frozen=True)
class Read:
    """A file that was taken in, to be read: what came, and its parts."""

    received: Received
    whole: Whole
    parts: tuple[Part, ...]


def look(store: Store, content: bytes, passphrase: str, *, by: Person) -> Arrived:
    """What is in a file. Raises `NotAllowed`, `WrongPassphrase`, and `Refused` with the part that
    is damaged, or because the file was taken in already."""
    demand(by, Verb.TRANSFER)
    spelt = passphrases.spelt(passphrase)
    if not spelt:
        raise Refused(NOTHING_TYPED)
    parts = sealed.opened(content, spelt)
    whole = _decoded(parts[RECORD])
    manifest = hashlib.sha256(parts[MANIFEST]).hexdigest()
    if received.is_known(store, manifest, by=by):
        raise Refused(received.AGAIN)
    _check_listed(whole, parts)
    called = {file.path: file.name for file in whole.files}
    return Arrived(
        whole,
        manifest,
        {path: _kept(path, called.get(path, ""), part) for path, part in parts.items()},
        {path: hashlib.sha256(part).hexdigest() for path, part in parts.items()},
    )


def take(store: Store, arrived: Arrived, pupil: str, *, is_same: bool = False, by: Person) -> str:
    """Joins a file to a pupil; returns its id. Where name or date of birth differ, `is_same` says
    that it is the same child. Raises `NotThere`, `Incomplete`, `Refused`."""
    demand(by, Verb.TRANSFER)
    if not pupil:
        raise Incomplete({"pupil": "Please choose the student whom it is about."})
    pupils.demand_record(store, pupil, Verb.TRANSFER, by=by)
    if not is_same and not is_alike(arrived.whole, pupils.of(store, pupil, by=by)):
        raise Incomplete({"pupil": DIFFERS})
    told = arrived.whole
    file = ReceivedFile(pupil=pupil, school=told.school, number=told.number, made=told.made,
                        manifest=arrived.manifest)  # fmt: skip
    received.keep(store, file, arrived.parts, arrived.hashes, by=by)
    return file.id


def is_alike(told: Whole, pupil: Pupil) -> bool:
    """Whether a pupil here may be the child of the file: born on the same day, and called alike."""
    theirs, ours = (set(names.fold(f"{each.name} {each.known_as}").split())
                    for each in (told.child, pupil))  # fmt: skip
    return told.child.born_on == pupil.born_on and bool(theirs & ours)


def read(store: Store, id_: str, *, by: Person) -> Read:
    """A file that was taken in; that it was read is recorded first. Raises `NotThere`."""
    came = received.of(store, id_, by=by)
    parts = received.parts(store, id_, by=by)
    data = next((part for part in parts if part.path == RECORD), None)
    if data is None:
        raise NotThere("file")
    whole = _decoded(received.open(store, data.id, by=by).content)
    return Read(came, whole, tuple(part for part in parts if part.path != RECORD))


def period(told: Whole) -> str:
    """From when until when its entries reach, in words."""
    if not told.entries:
        return "No entry."
    first, last = (moments.day(each.occurred_at.date()) for each in
                   (told.entries[0], told.entries[-1]))  # fmt: skip
    number = "1 entry" if len(told.entries) == 1 else f"{len(told.entries)} entries"
    return f"{number}, {first} to {last}." if first != last else f"{number}, {first}."


def newest(told: Whole, leaves: int) -> tuple[Told, ...]:
    """So many leaves of its entries, the newest first."""
    return told.entries[::-1][: leaves * LENGTH]


def _decoded(record: bytes) -> Whole:
    try:
        made_as = msgspec.json.decode(record, type=_Format).format
        if made_as != FORMAT and made_as.startswith(KIND):
            raise Refused(NEWER)
        whole = msgspec.json.decode(record, type=Whole)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as broken:
        raise sealed.damaged(RECORD, "cannot be read") from broken
    if not 0 < whole.number < MOST:
        raise sealed.damaged(RECORD, "cannot be read")
    return whole


def _check_listed(whole: Whole, parts: Mapping[str, bytes]) -> None:
    """Every attachment that the record names is there, and nothing lies there that it does not."""
    there = {path for path in parts if path.startswith("files/")}
    named = {file.path for file in whole.files}
    for path in sorted(named ^ there):
        lacks = "is missing" if path in named else f"is not in {RECORD}"
        raise sealed.damaged(path, lacks)


def _kept(path: str, called: str, content: bytes) -> Inspected:
    """The part as it may be kept, under the name that people gave it. The record's own data was
    read already, and is never handed out."""
    if path == RECORD:
        return Inspected(path, JSON, content)
    name = called or TITLES.get(path) or path.replace("/", " ")
    try:
        return replace(inspection.inspect(name, content), shows_injury=None)
    except Refused as refusal:
        raise Refused(NOT_KEPT.format(path, refusal)) from refusal


@dataclass(frozen=True)
class _Format:
    format: str

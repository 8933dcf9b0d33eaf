"""The file that follows a pupil to another school: to read, as data, and with a receipt to sign.

It is one ZIP that is locked with a passphrase. The passphrase is told once, and kept nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from core import attachments, passphrases, received, sealed, transfers
from core.errors import Refused
from core.permissions import Verb
from core.person import Person
from core.records import TransferFile
from core.reports import exports, pdf, whole
from core.reports.entries import Row
from core.reports.exports import SETTING, File, Made, Order
from core.reports.paper import Letterhead, Said, letterhead
from core.reports.whole import Gathered, Whole
from core.sealed import READABLE, RECEIPT, RECORD
from core.store import Store
from core.transfers import Transfer

TRANSFER = "transfer file"


@dataclass(frozen=True)
class Locked:
    """A file, and the passphrase that opens it."""

    file: File
    passphrase: str


@dataclass(frozen=True)
class Paper:
    """What is printed of the record."""

    letterhead: Letterhead
    name: str
    facts: tuple[Said, ...]
    note: tuple[Said, ...]
    plans: tuple[Said, ...]
    household: tuple[Said, ...]
    orders: tuple[Said, ...]
    reports: tuple[Said, ...]
    files: tuple[whole.File, ...]
    earlier: tuple[whole.Earlier, ...]
    as_written: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Slip:
    """What is printed of the receipt. It names no child: it comes back by post or e-mail."""

    number: int
    school: str
    to_school: str
    contact: str
    made: str
    author: str
    sha256: str


def make(
    store: Store,
    transfer: str,
    code: str,
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> Locked:
    """The whole record of a pupil who moves, locked, once the Authenticator's code was given again.

    Made again it has another passphrase. Raises `NotThere`, `Refused`, and as `exports.made` does.
    """
    moving = transfers.of(store, transfer, by=by)
    if moving.ended:
        raise Refused("This transfer was called off: record a new one.")
    passphrase = passphrases.new()

    def content(at: datetime) -> Made:
        gathered = whole.of(store, moving, at, by=by)
        head = letterhead(store, _recipient(moving), _purpose(moving), at, by=by)
        stage(SETTING)
        parts = _parts(store, gathered, head, at, by)
        made = sealed.packed(parts, passphrase, at)
        manifest = hashlib.sha256(sealed.manifest(parts)).hexdigest()
        return Made(made, (TransferFile(transfer=transfer, rests_on=gathered.rests_on,
                                        manifest=manifest),))  # fmt: skip

    order = Order(TRANSFER, moving.pupil, sealed.MEDIA_TYPE, _recipient(moving), _purpose(moving),
                  ("whole record", "attachments", "receipt form"), {}, Verb.TRANSFER)  # fmt: skip
    return Locked(exports.made(store, order, code, content, by=by, stage=stage), passphrase)


def _recipient(transfer: Transfer) -> str:
    return f"{transfer.contact}, {transfer.school}"


def _purpose(transfer: Transfer) -> str:
    return f"Transfer {transfer.number} to another school: {transfer.reason}"


def _parts(
    store: Store, gathered: Gathered, head: Letterhead, at: datetime, by: Person
) -> dict[str, bytes]:
    """Every part by its name, which says nothing about a child."""
    record = msgspec.json.encode(gathered.whole)
    return {
        READABLE: pdf.typeset("transfer", _paper(gathered, head), at=at),
        RECORD: record,
        RECEIPT: pdf.typeset("receipt", _slip(gathered.whole, record), at=at),
        **{path: attachments.open(store, file.id, by=by).content
           for path, file in gathered.attached.items()},
        **{path: received.open(store, part.id, by=by).content
           for path, part in gathered.earlier.items()},
    }  # fmt: skip


def _paper(gathered: Gathered, head: Letterhead) -> Paper:
    told = gathered.whole
    return Paper(
        letterhead=head,
        name=told.child.name,
        facts=told.facts(),
        note=told.note,
        plans=whole.plans_told(told),
        household=told.household,
        orders=told.orders,
        reports=told.reports,
        files=told.files,
        earlier=told.earlier,
        as_written=whole.AS_WRITTEN,
        rows=gathered.rows,
    )


def _slip(told: Whole, record: bytes) -> Slip:
    return Slip(
        number=told.number,
        school=told.school,
        to_school=told.to_school,
        contact=told.contact,
        made=told.made,
        author=told.author,
        sha256=hashlib.sha256(record).hexdigest(),
    )

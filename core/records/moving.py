"""What goes to another school with a child, and what came with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Record


@dataclass(frozen=True, kw_only=True)
class TransferDetails(Record, table="transfers_details"):
    """To which school a pupil moves, whom to reach there, the day of leaving and why.

    The newest of a `transfer` count; `ended` says that it does not take place. `number` is what
    people call it, also on the receipt.
    """

    transfer: str
    number: int
    pupil: str
    school: str
    contact: str
    leaving_on: date
    reason: str
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class TransferFile(Record, table="transfer_files"):
    """A file was made for a transfer, beside its `Export`. It holds the incidents `rests_on`;
    `manifest` is the SHA-256 of the list in it."""

    transfer: str
    rests_on: tuple[str, ...]
    manifest: str


@dataclass(frozen=True, kw_only=True)
class TransferChase(Record, table="transfer_chases"):
    """Somebody asked the other school for the receipt: whom, how, when, and what they said."""

    transfer: str
    whom: str
    how: str
    chased_on: date
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class TransferReceipt(Record, table="transfer_receipts"):
    """The other school has the file: since when, and who signed for it."""

    transfer: str
    received_on: date
    signed_by: str


@dataclass(frozen=True, kw_only=True)
class ReceivedFile(Record, table="received_files"):
    """What another school recorded about a pupil, as it came; its parts are records of their own.

    `manifest` is the SHA-256 of the list that came with it, by which it is known again.
    """

    pupil: str
    school: str
    number: int
    made: str
    manifest: str


@dataclass(frozen=True, kw_only=True)
class ReceivedPart(Record, table="received_parts"):
    """One file of what came. `sha256` is that of what was sent, `digest` that of what is kept: a
    picture is painted anew."""

    received: str
    path: str
    name: str
    media_type: str
    size: int
    sha256: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class ReceivedEnd(Record, table="received_ends"):
    """A file that came was joined to the wrong pupil: it does not count any more."""

    received: str
    reason: str

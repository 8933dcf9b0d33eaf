"""What goes to another school with a child, and what came with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Code, OneLine, Record, Remark


@dataclass(frozen=True, kw_only=True)
class TransferDetails(Record, table="transfers_details"):
    """To which school a pupil moves, whom to reach there, the day of leaving and why.

    The newest of a `transfer` count; `ended` says that it does not take place. `number` is what
    people call it, also on the receipt.
    """

    transfer: Code
    number: int
    pupil: Code
    school: OneLine
    contact: Remark
    leaving_on: date
    reason: Remark
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class TransferFile(Record, table="transfer_files"):
    """A file was made for a transfer, beside its `Export`. It holds the incidents `rests_on`;
    `manifest` is the SHA-256 of the list in it."""

    transfer: Code
    rests_on: tuple[Code, ...]
    manifest: Code


@dataclass(frozen=True, kw_only=True)
class TransferChase(Record, table="transfer_chases"):
    """Somebody asked the other school for the receipt: whom, how, when, and what they said."""

    transfer: Code
    whom: OneLine
    how: Code
    chased_on: date
    said: Remark = ""


@dataclass(frozen=True, kw_only=True)
class TransferReceipt(Record, table="transfer_receipts"):
    """The other school has the file: since when, and who signed for it."""

    transfer: Code
    received_on: date
    signed_by: OneLine


@dataclass(frozen=True, kw_only=True)
class ReceivedFile(Record, table="received_files"):
    """What another school recorded about a pupil, as it came; its parts are records of their own.

    `manifest` is the SHA-256 of the list that came with it, by which it is known again.
    """

    pupil: Code
    school: OneLine
    number: int
    made: Code
    manifest: Code


@dataclass(frozen=True, kw_only=True)
class ReceivedPart(Record, table="received_parts"):
    """One file of what came. `sha256` is that of what was sent, `digest` that of what is kept: a
    picture is painted anew."""

    received: Code
    path: Code
    name: OneLine
    media_type: Code
    size: int
    sha256: Code
    digest: Code


@dataclass(frozen=True, kw_only=True)
class ReceivedEnd(Record, table="received_ends"):
    """A file that came was joined to the wrong pupil: it does not count any more."""

    received: Code
    reason: Remark

"""The record and the desk. Nothing outside this folder knows DuckDB."""

from core.store.copies import Past
from core.store.desk import Desk
from core.store.faults import FULL, AlreadyRecorded, Contradiction, DiskFull, NotKept
from core.store.record import Record, new_id
from core.store.store import Identified, Store
from core.store.vault import Lost

__all__ = [
    "FULL",
    "AlreadyRecorded",
    "Contradiction",
    "Desk",
    "DiskFull",
    "Identified",
    "Lost",
    "NotKept",
    "Past",
    "Record",
    "Store",
    "new_id",
]

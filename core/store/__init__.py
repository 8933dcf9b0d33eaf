"""The record and the desk. Nothing outside this folder knows DuckDB."""

from core.store.copies import Past
from core.store.desk import Desk
from core.store.faults import AlreadyRecorded, Contradiction, NotKept
from core.store.record import Record, new_id
from core.store.store import Identified, Store
from core.store.vault import Lost

__all__ = [
    "AlreadyRecorded",
    "Contradiction",
    "Desk",
    "Identified",
    "Lost",
    "NotKept",
    "Past",
    "Record",
    "Store",
    "new_id",
]

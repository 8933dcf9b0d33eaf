"""The record and the desk. Nothing outside this folder knows DuckDB."""

from core.store.copies import Past
from core.store.desk import Desk
from core.store.faults import FULL, AlreadyRecorded, Contradiction, DiskFull, NotKept
from core.store.record import Record, new_id, plain
from core.store.store import Identified, Store
from core.store.texts import Code, LongText, OneLine, Remark
from core.store.vault import Lost

__all__ = [
    "FULL",
    "AlreadyRecorded",
    "Code",
    "Contradiction",
    "Desk",
    "DiskFull",
    "Identified",
    "LongText",
    "Lost",
    "NotKept",
    "OneLine",
    "Past",
    "Record",
    "Remark",
    "Store",
    "new_id",
    "plain",
]

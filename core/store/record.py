"""One immutable fact, and the form in which it is hashed."""

from __future__ import annotations

import dataclasses
import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, ClassVar

import orjson

from core.store import texts
from core.store.texts import Key

KINDS: dict[str, type[Record]] = {}

Values = dict[str, Any]  # a record as JSON knows it, without its empty fields


def new_id() -> str:
    """An id that nobody can guess: 32 hexadecimal digits."""
    return uuid.uuid4().hex


@dataclass(frozen=True, kw_only=True)
class Record:
    """The base of everything that is stored.

    A subclass names its table; the fields of the dataclass are the columns of that table, and a
    field of text says which kind of text it is (`texts`). A field called `digest` names a file in
    the vault. A field that a later version adds is empty in older records.
    """

    TABLE: ClassVar[str]

    id: Key = field(default_factory=new_id)

    def __init_subclass__(cls, *, table: str) -> None:
        for name, declared in cls.__annotations__.items():
            if declared not in FITS:
                raise TypeError(f"{table}.{name}: declare which kind of value or text it is")
        cls.TABLE = table
        KINDS[table] = cls


@lru_cache
def columns(table: str) -> tuple[str, ...]:
    """The names of a kind's fields, in the order of its dataclass."""
    return tuple(f.name for f in dataclasses.fields(KINDS[table]))


def plain(record: Record) -> Values:
    """The record as JSON knows it: text, numbers, lists, and moments in UTC; no empty field.

    Text is as its field may hold it (`texts`), and this is the only place that makes it so. Empty
    ones are left out, so that a field that a later version adds changes no old digest. Raises
    `Refused` for text that is too long, and `ValueError` for a moment without a zone: nobody could
    say later when that was. Raises `TypeError` for a value that is not what its field says: the
    database would make it so, and the record would never again be what was hashed.
    """
    return filled(
        {
            name: _plain(_settled(record, name, declared))
            for name, declared in _declared(record.TABLE).items()
        }
    )


def _settled(record: Record, name: str, declared: str) -> Any:
    value = getattr(record, name)
    if not FITS[declared](value):
        raise TypeError(f"{record.TABLE}.{name} is not what its field says")
    return texts.settled(declared, name, value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, tuple | list) and all(map(_is_text, value))


# What a field may hold, by its declaration. A bool is no number here, and a moment no day. Text
# without a kind is not among them.
FITS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(texts.KINDS, _is_text),
    **{f"tuple[{kind}, ...]": _are_texts for kind in texts.KINDS},
    "int": lambda value: type(value) is int,
    "bool": lambda value: type(value) is bool,
    "date": lambda value: type(value) is date,
    "date | None": lambda value: value is None or type(value) is date,
    "datetime": lambda value: isinstance(value, datetime),
}


@lru_cache
def _declared(table: str) -> Mapping[str, str]:
    """How each field of a kind is declared."""
    return {f.name: str(f.type) for f in dataclasses.fields(KINDS[table])}


def filled(values: Values) -> Values:
    """What of a record is not empty: no `""`, no `False`, no `0`, no empty list, no `None`."""
    return {name: value for name, value in values.items() if value}


def canonical(value: object) -> bytes:
    """One spelling only: sorted names, no spaces, UTF-8. Hashes are made over this."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(salt: str, text: bytes) -> str:
    """SHA-256 over the salt and the record's canonical JSON.

    Salted, so that the digest of a disposed text cannot be guessed by trying likely texts.
    """
    return hashlib.sha256(salt.encode() + text).hexdigest()


def moment(at: datetime) -> str:
    """A moment in its only spelling: ISO 8601, UTC, microseconds."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value

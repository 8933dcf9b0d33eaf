"""Values as the core knows them, and as DuckDB keeps them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from core.store import texts

T = TypeVar("T")


def stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Named values as DuckDB keeps them. Moments are kept in UTC without a zone, and text without
    half characters, at which the engine raises what nobody can read.

    DuckDB calculates with zones only through an extension that it has to download.
    """
    return {name: _stored(value) for name, value in values.items()}


def shaped(shape: type[T], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[T]:
    """Rows as the dataclass `shape`, columns matched by name; others are left out."""
    known = {field.name for field in dataclasses.fields(shape)}  # type: ignore[arg-type]
    wanted = [(at, name) for at, name in enumerate(names) if name in known]
    return [shape(**{name: _told(row[at]) for at, name in wanted}) for row in rows]


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, str):
        return texts.mended(value)
    return [_stored(each) for each in value] if isinstance(value, tuple | list) else value


def _told(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return tuple(value) if isinstance(value, list) else value

"""Errors that tell too much: each kind of exception that can carry a child's name in its words."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Mapping

import duckdb

CANARY = "LucyPupilBruise"  # no reader, encoding or quoting changes a letter of it


def _noted() -> Exception:
    error = RuntimeError("no more")
    error.add_note(CANARY)
    return error


def _caused() -> Exception:
    error = RuntimeError("no more")
    error.__cause__ = ValueError(CANARY)
    return error


def _during() -> Exception:
    error = LookupError(CANARY)
    error.__context__ = KeyError(CANARY)
    return error


class _Unspeakable(Exception):
    """Cannot even be printed without telling."""

    def __str__(self) -> str:
        raise ValueError(CANARY)

    __repr__ = __str__


ERRORS: Mapping[str, Callable[[], Exception]] = {
    "a value": lambda: ValueError(CANARY),
    "a key": lambda: KeyError(CANARY),
    "a letter": lambda: UnicodeDecodeError("utf-8", CANARY.encode(), 0, 1, CANARY),
    "a file": lambda: FileNotFoundError(2, CANARY, CANARY),
    "a query": lambda: duckdb.ConversionException(f"Could not convert string '{CANARY}'"),
    "a mail server": lambda: smtplib.SMTPDataError(550, CANARY.encode()),
    "syntax": lambda: SyntaxError(CANARY, (CANARY, 1, 1, CANARY)),
    "an assertion": lambda: AssertionError(CANARY),
    "several": lambda: ExceptionGroup(CANARY, [ValueError(CANARY), KeyError(CANARY)]),
    "a note": _noted,
    "a cause": _caused,
    "another error meanwhile": _during,
    "one that cannot be printed": _Unspeakable,
}

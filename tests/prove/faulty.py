"""Every call of the store, the journal and the files fails once, on its n-th use."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb

from core import incidents
from core.errors import Refused
from core.inspection import Inspected
from core.store import NotKept, Store, proof
from core.store.database import Database
from core.store.vault import Lost
from tests.core.samples import KEY
from tests.core.school import School, a_concern, a_school
from tests.prove import trying
from tests.prove.found import Found

OF_A_FILE = ("read", "readline", "write", "seek", "truncate", "flush")
OF_A_FOLDER = ("fsync", "replace", "rename", "unlink", "mkdir")


class Counted:
    """Counts the calls, and has one of them fail: before it does anything, or after it did it."""

    def __init__(self, fails: int, *, late: bool) -> None:
        self.fails, self.late, self.calls = fails, late, 0

    def call(self, error: Exception, done: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Does it, unless it is to fail."""
        self.calls += 1
        fails = self.calls == self.fails
        if fails and not self.late:
            raise error
        result = done(*given, **named)
        if fails:
            raise error
        return result

    @property
    def has_failed(self) -> bool:
        """Whether one did; else there were not so many calls."""
        return self.calls >= self.fails


class Watched:
    """A file or a cursor of which some calls are counted."""

    def __init__(self, real: Any, counted: Counted, names: tuple[str, ...], error: Exception):
        self._real, self._counted, self._names, self._error = real, counted, names, error

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        if name not in self._names:
            return real
        return lambda *given, **named: self._counted.call(self._error, real, *given, **named)

    def __enter__(self) -> Watched:
        self._real.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        self._real.__exit__(*raised)


@contextmanager
def failing(folder: Path, counted: Counted) -> Iterator[None]:
    """Watches all that is done to the files in a folder, and every statement of the engine."""
    disk_error = OSError(5, "Input/output error")
    opened, cursor = builtins.open, Database._cursor

    def watched(path: Any, *given: Any, **named: Any) -> Any:
        file = opened(path, *given, **named)
        if not str(path).startswith(str(folder)):
            return file
        return Watched(file, counted, OF_A_FILE, disk_error)

    @contextmanager
    def statements(self: Database) -> Iterator[Any]:
        with cursor(self) as real:
            yield Watched(real, counted, ("execute",), duckdb.IOException("Input/output error"))

    def instead(real: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given, **named: counted.call(disk_error, real, *given, **named)

    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(builtins, "open", watched))
        patches.enter_context(mock.patch.object(io, "open", watched))
        patches.enter_context(mock.patch.object(Database, "_cursor", statements))
        for name in OF_A_FOLDER:
            patches.enter_context(mock.patch.object(os, name, instead(getattr(os, name))))
        yield


def attacked(folder: Path, *, every: int = 1) -> Found:
    """An incident with alerts, mails and a file is sent, and its n-th call fails, for every n
    (or every so many); then the same form is sent again. The record is proved in the end."""
    found = Found()
    with closing(Store.open(folder, KEY)) as store:
        school = a_school(store)
        whole = _sent_whole(school)
        for late in (False, True):
            for n in trying.each(count(1, every), 200 // every, "failing calls"):
                counted = Counted(n, late=late)
                found += _tried(school, counted, whole)
                if not counted.has_failed:
                    break
        proof.verify(store)
    with closing(Store.open(folder, KEY)) as store:
        proof.verify(store)
    return found


@dataclass(frozen=True)
class There:
    """What there is of an incident: itself, its files, and all that was stored with it."""

    incidents: int
    files: int
    together: int


def _sent_whole(school: School) -> There:
    form = _form(school)
    incidents.add(school.store, form, by=school.oak)
    return _there(school.store, form.id)


def _form(school: School) -> Any:
    file = Inspected("a.txt", "text/plain", os.urandom(300))
    return replace(a_concern(school.amy), files=(file,))


def _tried(school: School, counted: Counted, whole: There) -> Found:
    store, form, nothing = school.store, _form(school), There(0, 0, 0)
    said: Exception | None = None
    store.checkpoint()  # so that the log is a new one, whose name has to be made lasting
    try:
        with failing(store.folder, counted):
            incidents.add(store, form, by=school.oak)
    except Exception as error:  # noqa: BLE001 - which one it may be is judged
        said = error
    there = _there(store, form.id)
    refused = Found(
        tried=1,
        lost=int(said is None and there == nothing),
        halved=int(there not in (nothing, whole)),
        # What is said of a `NotKept` is that it is not certain; all else says that it was not done.
        untrue=int(said is not None and not isinstance(said, NotKept) and there != nothing),
    )
    with suppress(Refused):
        incidents.add(store, form, by=school.oak)
    again = _there(store, form.id)
    return refused + Found(lost=int(again.incidents == 0), doubled=int(again.incidents > 1))


def _there(store: Store, form: str) -> There:
    sql = """SELECT count(*) AS incidents,
                    (SELECT count(*) FROM attachments WHERE incident = $id) AS files,
                    (SELECT count(*) FROM ledger
                     WHERE recorded_at = max(i.recorded_at)) AS together
             FROM incidents i WHERE i.id = $id"""
    (there,) = store.ask(There, sql, id=form)
    for name in store.ask(_File, "SELECT digest FROM attachments WHERE incident = $id", id=form):
        with suppress(Lost):
            store.vault.read(name.digest)
            continue
        return replace(there, files=0)
    return there


@dataclass(frozen=True)
class _File:
    digest: str

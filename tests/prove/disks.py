"""What a disk may hold after a cut of power, made from the system calls of a program.

A write is sure only after an `fsync` of its file, a name only after one of its folder. Of all that
was not sure yet, any part may be there: nothing, the first of it, or some of it out of order, and
a write in sectors. That is harsher than most file systems are.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

CALLS = (
    "openat,creat,write,pwrite64,writev,pwritev,pwritev2,truncate,ftruncate,fallocate,fsync,"
    "fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,lseek,link,linkat,"
    "copy_file_range,sendfile"
)
KNOWN = {
    "openat": "open", "lseek": "seek", "write": "write", "pwrite64": "write_there",
    "ftruncate": "cut", "fsync": "sync", "fdatasync": "sync", "mkdir": "mkdir",
    "rename": "rename", "link": "link", "unlink": "unlink", "unlinkat": "unlink", "rmdir": "unlink",
}  # fmt: skip
OF_A_FOLDER = {"openat", "unlinkat"}  # these name a file in a folder that is open
SECTOR = 512

RESULT = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Call:
    """One system call that changed something, by the path at that time.

    `sync` and `tell` (the program says what is kept) change nothing. `at` is the place of a write,
    or the length of what is left of a file.
    """

    what: str
    path: str
    at: int = 0
    data: bytes = b""
    to: str = ""


@dataclass
class File:
    """The content that is sure, and the changes that are not."""

    sure: bytes = b""
    unsure: list[Call] = field(default_factory=list)

    @property
    def whole(self) -> bytes:
        """What a program reads."""
        return _content(self, self.unsure)


Names = dict[str, File | None]  # a folder is None


def traced(program: Sequence[str], root: Path, told: Path) -> list[Call]:
    """Runs a program and returns what it did to the files in `root`, and what it told.

    Raises `RuntimeError` where there is no strace to see that.
    """
    log = root.with_name(f"{root.name}.calls")
    options = ["-f", "-qq", "-y", "-xx", "-s", str(1 << 26), "-e", f"trace={CALLS}", "-o", str(log)]
    subprocess.run([_strace(), *options, sys.executable, *program], check=True)
    calls = list(_read(log, str(root), str(told)))
    log.unlink()
    return calls


def after(calls: Sequence[Call], chance: random.Random | None) -> dict[str, bytes | None]:
    """A disk as it may be after these calls; without a chance, as it is if no power is cut."""
    sure: Names = {}
    now: Names = {}
    unsure: list[tuple[Call, File | None]] = []
    for call in calls:
        _done(call, sure, now, unsure)
    if chance is None:
        return {path: file if file is None else file.whole for path, file in now.items()}
    for call, file in _some(unsure, chance):
        _named(sure, call, file)
    return {path: file if file is None else _torn(file, chance) for path, file in sure.items()}


def put(disk: dict[str, bytes | None], root: Path) -> None:
    """Makes the files of a disk, in the place of those that are there."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for path, content in sorted(disk.items()):
        place = root / path
        if not place.parent.is_dir():
            continue  # what lies in a folder whose name is lost is lost
        if content is None:
            place.mkdir()
        else:
            place.write_bytes(content)


def _done(call: Call, sure: Names, now: Names, unsure: list[tuple[Call, File | None]]) -> None:
    if call.what in ("create", "mkdir", "rename", "link", "unlink"):
        file = File() if call.what == "create" else now.get(call.path)
        _named(now, call, file)
        unsure.append((call, file))
    elif call.what in ("write", "truncate") and (file := now[call.path]):
        file.unsure.append(call)
    elif call.what == "sync" and (file := now.get(call.path)):
        file.sure = file.whole
        file.unsure.clear()
    elif call.what == "sync":  # of a folder: of the names in it
        for each in [each for each in unsure if call.path in _folders(each[0])]:
            _named(sure, *each)
            unsure.remove(each)


def _named(names: Names, call: Call, file: File | None) -> None:
    if call.what == "unlink":
        names.pop(call.path, None)
    elif call.what in ("rename", "link"):
        if call.what == "rename":
            names.pop(call.path, None)
        names[call.to] = file
    else:
        names[call.path] = file


def _folders(call: Call) -> set[str]:
    return {path.rpartition("/")[0] for path in (call.path, call.to or call.path)}


def _some(unsure: Sequence[T], chance: random.Random) -> list[T]:
    """None of it, the first of it, or some of it; mostly the worst."""
    how = chance.randrange(3)
    if how == 0:
        return []
    if how == 1:
        return list(unsure[: chance.randint(0, len(unsure))])
    return [each for each in unsure if chance.random() < 0.5]


def _torn(file: File, chance: random.Random) -> bytes:
    kept = _some(file.unsure, chance)
    content = _content(file, kept)
    if kept and kept[-1].what == "write" and chance.random() < 0.5:
        content = _sectors(_content(file, kept[:-1]), content, kept[-1], chance)
    return content


def _sectors(before: bytes, content: bytes, last: Call, chance: random.Random) -> bytes:
    """The last write in some of its sectors only."""
    old, new = before.ljust(len(content), b"\0"), bytearray(content)
    for at in range(last.at, last.at + len(last.data), SECTOR):
        if chance.random() < 0.5:
            end = min(at + SECTOR, last.at + len(last.data))
            new[at:end] = old[at:end]
    return bytes(new)


def _content(file: File, changes: Sequence[Call]) -> bytes:
    content = bytearray(file.sure)
    for call in changes:
        if call.what == "truncate":
            del content[call.at :]
            content.extend(bytes(call.at - len(content)))
        else:
            content.extend(bytes(max(0, call.at - len(content))))
            content[call.at : call.at + len(call.data)] = call.data
    return bytes(content)


def _read(log: Path, root: str, told: str) -> Iterator[Call]:
    """The calls of a log of strace that concern the files in `root`."""
    followed = _Followed()
    for name, text, result in _calls(log):
        descriptor, within, strings = _given(text)
        paths = [within, *(string.decode("utf-8", "replace") for string in strings[:2])]
        path = within if within and name not in OF_A_FOLDER else str(Path(*paths[:2]))
        if name == "write" and within == told:
            yield Call("tell", told, data=strings[0])
        elif result >= 0 and path.startswith(root):
            place, to = (each.removeprefix(root).strip("/") for each in (path, paths[-1]))
            data = strings[0] if strings else b""
            yield from followed.call(_Said(name, text, result, descriptor, place, to, data))


@dataclass(frozen=True)
class _Said:
    name: str
    text: str
    result: int
    descriptor: str
    place: str
    to: str
    data: bytes

    @property
    def last(self) -> int:
        return int(self.text.rpartition(", ")[2])


class _Followed:
    """What strace does not say of an open file: where the next write goes."""

    def __init__(self) -> None:
        self._sizes: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._appended: set[str] = set()

    def call(self, said: _Said) -> Iterator[Call]:
        """The changes that a call makes."""
        if said.name not in KNOWN:
            raise RuntimeError(f"{said.name} is not understood")
        yield from getattr(self, f"_{KNOWN[said.name]}")(said)

    def _open(self, said: _Said) -> Iterator[Call]:
        if "O_CREAT" in said.text and said.place not in self._sizes:
            self._sizes[said.place] = 0
            yield Call("create", said.place)
        if "O_TRUNC" in said.text:
            self._sizes[said.place] = 0
            yield Call("truncate", said.place, 0)
        self._places[str(said.result)] = 0
        change = self._appended.add if "O_APPEND" in said.text else self._appended.discard
        change(str(said.result))

    def _seek(self, said: _Said) -> Iterator[Call]:
        self._places[said.descriptor] = said.result
        yield from ()

    def _write(self, said: _Said) -> Iterator[Call]:
        appends = said.descriptor in self._appended
        at = self._sizes[said.place] if appends else self._places[said.descriptor]
        self._places[said.descriptor] = at + said.result
        yield self._written(said, at)

    def _write_there(self, said: _Said) -> Iterator[Call]:
        yield self._written(said, said.last)

    def _written(self, said: _Said, at: int) -> Call:
        self._sizes[said.place] = max(self._sizes[said.place], at + said.result)
        return Call("write", said.place, at, said.data[: said.result])

    def _cut(self, said: _Said) -> Iterator[Call]:
        self._sizes[said.place] = said.last
        yield Call("truncate", said.place, said.last)

    def _sync(self, said: _Said) -> Iterator[Call]:
        yield Call("sync", said.place)

    def _mkdir(self, said: _Said) -> Iterator[Call]:
        yield Call("mkdir", said.place)

    def _rename(self, said: _Said) -> Iterator[Call]:
        self._sizes[said.to] = self._sizes.pop(said.place, 0)
        yield Call("rename", said.place, to=said.to)

    def _link(self, said: _Said) -> Iterator[Call]:
        self._sizes[said.to] = self._sizes.get(said.place, 0)
        yield Call("link", said.place, to=said.to)

    def _unlink(self, said: _Said) -> Iterator[Call]:
        self._sizes.pop(said.place, None)
        yield Call("unlink", said.place)


def _calls(log: Path) -> Iterator[tuple[str, str, int]]:
    """Name, arguments and result; a call that was interrupted by another thread's in one piece."""
    begun: dict[str, str] = {}
    for line in log.open(encoding="ascii"):
        pid, _, rest = line.rstrip().partition(" ")
        if rest.endswith("<unfinished ...>"):
            begun[pid] = rest.removesuffix("<unfinished ...>").rstrip()
            continue
        if "resumed>" in rest[:40]:
            rest = begun.pop(pid) + rest.partition("resumed>")[2]
        call, _, result = rest.rpartition("= ")
        if found := RESULT.match(result):
            name, _, text = call.strip().removesuffix(")").partition("(")
            yield name, text, int(found[0])


def _given(text: str) -> tuple[str, str, list[bytes]]:
    """The descriptor of a call, the path that it stands for, and the texts, of which all is in
    hexadecimal."""
    first, *rest = text.split('"')
    descriptor, _, within = first.partition("<")
    path = _spelt(within.partition(">")[0]).decode("utf-8", "replace")
    return descriptor, path, [_spelt(string) for string in rest[::2]]


def _spelt(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _strace() -> str:
    found = shutil.which("strace")
    if not found and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-qq", "-y", "strace"], check=False)
        found = shutil.which("strace")
    if not found:
        raise RuntimeError("Power cuts are made from system calls: install “strace”.")
    return found

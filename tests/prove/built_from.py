"""Promise 12: it is what it was built from."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.prove.promise import Promise

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
BILL = ROOT / "docs" / "bill-of-materials.json"
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^ \\]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
ASKED = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """A package of a lock: its version, with how many hashes of its files; a marker says where."""

    name: str
    version: str
    hashes: int


def pins(lock: str) -> list[Pin]:
    """Everything that a lock names."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return [Pin(name, told, rest.count("--hash=sha256:")) for name, told, rest in PIN.findall(text)]


def without_hash(lock: str) -> list[str]:
    """What would be taken without knowing its content."""
    return [pin.name for pin in pins(lock) if not pin.hashes]


def not_as_asked(lock: str) -> list[str]:
    """What `requirements*.txt` asks for, and the lock does not have in that version."""
    asked = ASKED.findall((ROOT / lock.replace(".lock", ".txt")).read_text(encoding="utf-8"))
    there = {(_plain(pin.name), pin.version) for pin in pins(lock)}
    return [name for name, told in asked if (_plain(name), told) not in there]


def not_as_installed() -> list[str]:
    """What runs here in a version that no line of the lock names."""
    named: dict[str, set[str]] = {}
    for pin in pins("requirements.lock"):
        named.setdefault(pin.name, set()).add(pin.version)
    return [
        name for name, versions in named.items() if (_installed(name) or "") not in versions | {""}
    ]


def not_on_the_bill() -> list[str]:
    """What the bill of materials leaves out, or has in another version."""
    bill = json.loads(BILL.read_text(encoding="utf-8"))["components"]
    there = {(_plain(each["name"]), each["version"]) for each in bill}
    ours = {(_plain(pin.name), pin.version) for pin in pins("requirements.lock")}
    return sorted(name for name, _ in there ^ ours)


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None  # for another system


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _passes(*command: str) -> bool:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True)
    return done.returncode == 0


def proved(*, full: bool) -> Promise:
    """The locks, the bill, ruff's rules, and our own over the syntax tree."""
    wrong = [*not_as_installed(), *not_on_the_bill()]
    for lock in LOCKS:
        wrong += [*without_hash(lock), *not_as_asked(lock)]
    clean = _passes("ruff", "check", ".")
    held = _passes("pytest", "-q", "-p", "no:xdist", "tests/test_architecture.py")
    locked = pins("requirements.lock")
    return Promise(
        number=12,
        words="It is what it was built from",
        figure=f"{len(locked)} packages pinned with {sum(pin.hashes for pin in locked):,} hashes, "
        f"{len(wrong)} not as locked, installed or on the bill of materials; ruff with its "
        f"security rules {'clean' if clean else 'NOT clean'}; our own rules over the syntax tree "
        f"{'held' if held else 'NOT held'}",
        kept=not wrong and clean and held and bool(locked),
    )

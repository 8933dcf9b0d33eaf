"""Finds libfaketime, or gets it: a program started with it believes that it is another day.

Only the program itself is put elsewhere; `.venv` is made, and a browser runs, on the real day.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

PLACES = ("/usr/lib", "/usr/local/lib", "/opt/homebrew/lib")
NAME = "**/faketime/libfaketimeMT.*"  # the one for programs with threads
SENTENCE = "libfaketime is not here: install the package “faketime” and try again."


def installed() -> Path | None:
    found = (path for place in PLACES for path in sorted(Path(place).glob(NAME)))
    return next(found, None)


def of_this_machine() -> Path:
    """The library, from the system's package manager where it is not there yet."""
    if not (found := installed()) and shutil.which("apt-get") and os.geteuid() == 0:
        silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-q"], ["install", "-q", "-y", "faketime"]):
            subprocess.run(["apt-get", *arguments], check=False, stdout=sys.stderr, env=silent)
        found = installed()
    return found or sys.exit(SENTENCE)


def environment(moment: datetime) -> dict[str, str]:
    """For a program that is to begin at this moment; so do the programs that it starts itself.

    A distance, since a fixed moment would begin anew in each of them.
    """
    distance = int((moment - datetime.now(UTC)).total_seconds())
    return {
        "LD_PRELOAD": str(of_this_machine()),
        "FAKETIME": f"{distance:+d}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "ANY_DAY": "1",
    }


@contextmanager
def left_out() -> Iterator[None]:
    """What is started meanwhile lives on the real day."""
    before = os.environ.pop("LD_PRELOAD", None)
    try:
        yield
    finally:
        if before is not None:
            os.environ["LD_PRELOAD"] = before

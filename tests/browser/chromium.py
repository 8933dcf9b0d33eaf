"""Finds a Chromium for the tests, or gets one; prints where it is.

An installed one first, then the system's package manager (as root), then Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SENTENCE = "No Chromium could be found or installed: install the package “chromium” and try again."


def installed() -> str | None:
    chosen = os.environ.get("CHROMIUM")
    return chosen or next((found for name in NAMES if (found := shutil.which(name))), None)


def from_system() -> str | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-q"], ["install", "-q", "-y", "chromium"]):
        subprocess.run(["apt-get", *arguments], check=False, stdout=sys.stderr, env=silent)
    return installed()


def from_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, check=False, stdout=sys.stderr)
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    found = installed() or from_system() or from_playwright()
    sys.exit(SENTENCE) if found is None else print(found)

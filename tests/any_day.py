"""Runs the tests that look at a school on other days: `python -m tests.any_day [--all] [PATH …]`.

They are the days on which software of this kind has failed. Pytest itself is put there, with all
that it starts, so that whatever reads the clock of the machine reads that day.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import click

from tests import faketime

DAYS: Mapping[str, datetime] = {
    name: datetime.fromisoformat(moment).replace(tzinfo=UTC)
    for name, moment in {
        "29 February": "2028-02-29T10:00",
        "23:58 on a weekday, after the last known term": "2031-05-14T22:58",  # of summer time
        "1 January": "2027-01-01T10:00",
        "a Sunday": "2027-06-13T14:00",
        "the night that lacks an hour": "2027-03-28T01:30",
        "the night that has an hour twice": "2027-10-31T01:30",
        "31 August": "2027-08-31T10:00",
        "1 September": "2027-09-01T10:00",
        "a day in 2040": "2040-03-07T10:00",
    }.items()
}
SOON = ("29 February", "23:58 on a weekday, after the last known term")  # in each `make test`
# What a day matters to most; `make prove` runs all of the core.
FEW = tuple(
    f"tests/core/test_{name}.py"
    for name in ("alerts", "registers", "handover", "escalation", "school_days", "settings")
)


def green(day: str, paths: Sequence[str]) -> bool:
    """Whether the tests of these folders that look at a school pass on one of the days."""
    pytest = [sys.executable, "-m", "pytest", "--numprocesses", "2", "--dist", "loadfile", *paths]
    environment = os.environ | faketime.environment(DAYS[day])
    return subprocess.run(pytest, env=environment, check=False).returncode == 0


@click.command()
@click.option("--all", "every", is_flag=True, help="On all of the days, not on two of them.")
@click.argument("paths", nargs=-1)
def main(every: bool, paths: tuple[str, ...]) -> None:
    """Ends with 1 if anything is red on one of the days."""
    faketime.of_this_machine()
    red = []
    for day in DAYS if every else SOON:
        click.echo(f"— on {day}, {DAYS[day]:%d %B %Y %H:%M} UTC —")
        if not green(day, paths or FEW):
            red.append(day)
    if red:
        sys.exit(f"red on: {', '.join(red)}")


if __name__ == "__main__":
    main()

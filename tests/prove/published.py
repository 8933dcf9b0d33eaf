"""The page on which the promises stand with their figures: `docs/PROMISES.md`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.prove.promise import Promise

PLACE = Path(__file__).parents[2] / "docs" / "PROMISES.md"
COMMANDS = {False: "make prove", True: "make prove FULL=1"}


def page(promises: Sequence[Promise], failures: Sequence[str], *, full: bool, on: date) -> str:
    """The whole page. What was not kept, or could not be shown, comes first."""
    command, day = f"`{COMMANDS[full]}`", f"{on.day} {on:%B %Y}"
    rows = [
        f"| {p.number} | {_cell(p.words)} | {_cell(p.figure)} | {'yes' if p.kept else '**no**'} "
        f"| {command} | {on} |"
        for p in sorted(promises, key=lambda promise: promise.number)
    ]
    return "\n".join(
        [
            "# Promises",
            "",
            f"Each was attacked by {command} on {day}; the same command does it again.",
            "",
            *_shortcomings(promises, failures),
            "| | promise | figure | kept | command | day |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _shortcomings(promises: Sequence[Promise], failures: Sequence[str]) -> list[str]:
    broken = [f"Promise {p.number} was **not kept**: {p.figure}" for p in promises if not p.kept]
    lost = [f"**Not shown**: {failure}" for failure in failures]
    return [f"- {line}" for line in (*broken, *lost)] + [""] * bool(broken or lost)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")

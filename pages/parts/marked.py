"""A child in a register: what they are marked as, and what else they can be, a tap each."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core import moments
from core.registers import Row
from pages.parts import words

TAPS = {"present": "Present", "absent": "Absent", "late": "Late", "left_early": "Left"}
TONES: dict[str, tuple[words.Tone, words.Icon]] = {
    "here": ("green", "check"),
    "left": ("violet", "arrow"),
    "away": ("gray", "flag"),
    "unknown": ("red", "alert"),
}


def row(child: Row, zone: ZoneInfo) -> words.Slim:
    """The child, and the ways to mark them."""
    return words.Slim(_ways(child), _blocks(child, zone))


def _ways(row: Row) -> list[words.Way]:
    kind = row.mark.kind if row.mark else None
    ways = [
        words.Way(f"{key} {row.pupil}", label, pressed=kind is not None and kind.key == key)
        for key, label in TAPS.items()
    ]
    absent = kind is not None and kind.kind in ("unknown", "away")
    return ways + [words.Way(f"reason {row.pupil}", "Reason")] * absent


def _blocks(row: Row, zone: ZoneInfo) -> list[words.Block]:
    """The name with the mark that counts, and those before it."""
    badges = [words.Badge("Not marked", "orange", "hourglass")]
    if row.mark:
        badges = [words.Badge(row.mark.kind.name, *TONES[row.mark.kind.kind])]
    blocks: list[words.Block] = [words.Line(row.name, badges=badges)]
    if len(row.marks) > 1:
        before = (f"{m.kind.name} by {words.apart(m.author)}, "
                  f"{moments.short(m.recorded_at, zone)}" for m in row.marks[1:])  # fmt: skip
        blocks.append(words.Line(f"Before: {'; '.join(before)}", note=True))
    return blocks

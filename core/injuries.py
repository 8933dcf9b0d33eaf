"""The words in which an injury is described: what is asked of each mark on a body map.

Guidance for schools asks for the exact site, size, colour and shape, and whether the skin is
broken, swollen, clean, painful, warm or keeps the child from moving; and for the child's own
explanation, word for word. It asks nobody to guess how old a bruise is, so nothing here does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.records import BodyMark

KINDS: Mapping[str, str] = {
    "bruise": "Bruise",
    "cut": "Cut",
    "graze": "Graze",
    "burn": "Burn",
    "bite": "Bite",
    "scald": "Scald",
    "swelling": "Swelling",
    "other": "Other",
}
ANSWERS: Mapping[str, str] = {"yes": "Yes", "no": "No"}
SURFACES: Mapping[str, str] = {"scab": "Scab", "blister": "Blister", "bleeding": "Bleeding"}
CLEANNESS: Mapping[str, str] = {"clean": "Clean", "dirty": "Dirty or gritty"}
BASES: Mapping[str, str] = {"seen": "I saw it", "told": "I was told of it"}

# What can be yes or no, by the name of its field.
QUESTIONS: Mapping[str, str] = {
    "skin_broken": "Is the skin broken?",
    "swollen": "Is it swollen?",
    "painful": "Does it hurt?",
    "warm": "Is it warm?",
    "stiff": "Is movement restricted?",
}

CHOICES: Mapping[str, Mapping[str, str]] = {
    "kind": KINDS,
    "cleanness": CLEANNESS,
    "basis": BASES,
    **dict.fromkeys(QUESTIONS, ANSWERS),
}

LONGEST_MM = 1_000  # no child in a primary school has a mark that is longer than a metre


@dataclass(frozen=True)
class Told:
    """One line of what is known of a mark."""

    label: str
    value: str


def kind(mark: BodyMark) -> str:
    """What it is: “Bruise”, or “Other: a row of small dots”."""
    name = KINDS[mark.kind]
    return f"{name}: {mark.described}" if mark.described else name


def size(mark: BodyMark) -> str:
    """“2.5 cm”, “2.5 × 1 cm”, “1 cm wide”, or empty where it was not measured."""
    return measured(mark.length_mm / 10, mark.breadth_mm / 10)


def measured(length_cm: float | None, breadth_cm: float | None) -> str:
    """A size in centimetres as people write it; nothing for what is 0 or None."""
    sides = [f"{cm:g}" for cm in (length_cm, breadth_cm) if cm]
    wide = " wide" if breadth_cm and not length_cm else ""
    return f"{' × '.join(sides)} cm{wide}" if sides else ""


def told(mark: BodyMark) -> Iterator[Told]:
    """Everything that was said of a mark but its place, its kind and the child's own words."""
    lines = {
        "Size": size(mark),
        "Shape": mark.shape,
        "Colour": mark.colour,
        "Seen or told": BASES.get(mark.basis, ""),
        "Skin broken": ANSWERS.get(mark.skin_broken, ""),
        "Swollen": ANSWERS.get(mark.swollen, ""),
        "On it": ", ".join(SURFACES[each] for each in mark.surface).capitalize(),
        "Clean": CLEANNESS.get(mark.cleanness, ""),
        "Painful": ANSWERS.get(mark.painful, ""),
        "Warm": ANSWERS.get(mark.warm, ""),
        "Movement restricted": ANSWERS.get(mark.stiff, ""),
        "A parent’s explanation": mark.parent_words,
        "First aid": mark.first_aid,
    }
    return (Told(label, value) for label, value in lines.items() if value)

"""What the school says to a conference: in which sections, and how it knows each thing.

Observation, allegation and opinion are told apart, and whether somebody was there or heard of it
from another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.store import new_id


@dataclass(frozen=True)
class Kind:
    """How something is known: as the form asks, as the report says it, and whether from whom."""

    asked: str
    told: str
    has_source: bool = False


KINDS: Mapping[str, Kind] = {
    "seen": Kind("Seen or heard by us", "Observation, first-hand"),
    "told": Kind("Told to us by somebody who was there", "Told to us, second-hand", True),
    "passed_on": Kind("Told to us by somebody who heard of it", "Told to us, third-hand", True),
    "alleged": Kind("Alleged by somebody who was there", "Allegation, second-hand", True),
    "rumoured": Kind("Alleged by somebody who heard of it", "Allegation, third-hand", True),
    "opinion": Kind("Our opinion", "Opinion of the school"),
}


@dataclass(frozen=True)
class Section:
    """A part of the report: its heading, and what is asked of each statement in it.

    `kinds` asks how it is known; `source` and `dated` are what the two other fields are called,
    empty where they are not asked for. `missing` says what to do if nothing was written.
    """

    name: str
    missing: str
    help: str = ""
    kinds: bool = False
    source: str = "Who said so?"
    dated: str = ""


SECTIONS: Mapping[str, Section] = {
    "child": Section(
        "The child’s own words",
        "",
        "Word for word. What is in the significant events comes by itself: leave this empty if "
        "there is nothing more.",
        source="Who heard it?",
        dated="When?",
    ),
    "worried": Section(
        "What we are worried about",
        "Please write what you are worried about.",
        "Harm so far, and what might happen if nothing changes.",
        kinds=True,
    ),
    "well": Section(
        "What is working well",
        "Please write what is working well, even if it is little.",
        "What keeps the child safe, and who.",
        kinds=True,
    ),
    "needs": Section(
        "What needs to happen",
        "Please write what needs to happen.",
        "One step at a time: what, who, by when.",
        source="Who does it?",
        dated="By when?",
    ),
    "parents": Section(
        "The parents’ views",
        "Please write what the parents say, or that they were not asked and why.",
        "In their words where you can.",
        source="Who said it?",
        dated="When?",
    ),
    "analysis": Section(
        "The school’s analysis",
        "Please write what this means for the child.",
        "What it is like to be this child, and what has changed.",
        kinds=True,
    ),
    "recommendation": Section(
        "The school’s recommendation",
        "Please write what you recommend.",
        "For example: a child protection plan, and under which category.",
        source="",
    ),
}


@dataclass(kw_only=True)
class Typed:
    """One statement as it is typed."""

    id: str = field(default_factory=new_id)
    kind: str = ""
    source: str = ""
    dated: date | None = None
    account: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody would miss it."""
        return not (self.account.strip() or self.source.strip() or self.dated)


def blank() -> dict[str, list[Typed]]:
    """Every section with one empty statement."""
    return {key: [Typed()] for key in SECTIONS}


def problems(said: Mapping[str, Sequence[Typed]]) -> dict[str, str]:
    """What is wrong, by the section's key or by the statement's id and field."""
    wrong: dict[str, str] = {}
    for key, section in SECTIONS.items():
        told = [each for each in said.get(key, ()) if not each.is_empty]
        if not told and section.missing:
            wrong[key] = section.missing
        for each in told:
            wrong |= _problems(section, key, each)
    return wrong


def _problems(section: Section, key: str, typed: Typed) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not typed.account.strip():
        wrong[f"{typed.id}_account"] = "Please write what it is, or empty the other fields."
    if section.kinds and typed.kind not in KINDS:
        wrong[f"{typed.id}_kind"] = "Please choose how you know this."
    if section.kinds and _asks_source(typed) and not typed.source.strip():
        wrong[f"{typed.id}_source"] = "Please say who told you."
    if key == "child":
        if not typed.source.strip():
            wrong[f"{typed.id}_source"] = "Please say who heard it."
        if typed.dated is None:
            wrong[f"{typed.id}_dated"] = "Please say when it was said."
    return wrong


def _asks_source(typed: Typed) -> bool:
    return typed.kind in KINDS and KINDS[typed.kind].has_source

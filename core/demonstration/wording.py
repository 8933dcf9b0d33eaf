"""Fills the slots of a text with a child, the people around them, a time and a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from core.demonstration.calendar import LONDON
from core.demonstration.cast import Cast, shorts
from core.demonstration.families import OF_THE_MOTHER, carers
from core.demonstration.school import Pupil, School, Sex
from core.demonstration.texts import Template, words

PRONOUNS: dict[Sex, tuple[str, str, str, str, str]] = {
    "f": ("she", "her", "her", "hers", "herself"),
    "m": ("he", "him", "his", "his", "himself"),
}
SLOTS = ("they", "them", "their", "theirs", "themself")
YOUNG = 2

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")


class Wording:
    """The words for one incident. The same slot is the same word everywhere in it."""

    def __init__(self, rng: Random, slots: dict[str, str]) -> None:
        self.rng, self.slots = rng, slots

    def of(self, text: str, **more: str) -> str:
        """The text with one of each alternative and every slot filled.

        Raises `KeyError` where there is a slot that nothing fills.
        """
        chosen = _CHOICE.sub(lambda found: self.rng.choice(found[1].split("|")), text)
        return chosen.format_map(self.slots | more).replace("..", ".")

    def quoted(self, text: str) -> str:
        """A child's exact words, between quotation marks."""
        return f"“{self.of(text)}”" if text else ""


def worded(
    rng: Random, template: Template, cast: Cast, pupils: Sequence[Pupil], occurred_at: datetime
) -> Wording:
    """The words for an incident: the child first among `pupils`, then the others in it."""
    school, pupil, others = cast.school, pupils[0], pupils[1:]
    local = occurred_at.astimezone(LONDON)
    year = school.year_on(pupil, local.date()) or 0
    slots = {
        "name": pupil.called,
        "class_name": pupil.class_on(local.date()),
        "time": f"{local:%H:%M}",
        "register": "morning" if local.hour < 12 else "afternoon",
        "day_before": f"{local - timedelta(days=1 if local.weekday() else rng.choice((1, 2))):%A}",
        "school_day_before": f"{local - timedelta(days=1 if local.weekday() else 3):%A}",
        "side": rng.choice(("left", "right")),
        "lesson": rng.choice(words()["lessons"]["young" if year <= YOUNG else "older"]),
        "place": rng.choice(template.places or ("the library",)),
        **shorts(school),
        **{part: school.person[cast.person(part)].short for part in ("teacher", "ta", "reporter")},
        **_pronouns(pupil),
        **_home(rng, school, pupil, template),
        **_others(others),
    }
    return Wording(rng, slots)


def _home(rng: Random, school: School, pupil: Pupil, template: Template) -> dict[str, str]:
    found = carers(school, pupil)
    carer = found[0] if OF_THE_MOTHER & set(template.needs) else rng.choice(found)
    first_name = carer.name.split(" ")[1]
    return {
        "parent": carer.relation,
        "mum": str(words()["calls"].get(carer.relation, first_name)),
    }


def _pronouns(pupil: Pupil, before: str = "") -> dict[str, str]:
    plain = dict(zip(SLOTS, PRONOUNS[pupil.sex], strict=True))
    capitals = {slot.capitalize(): word.capitalize() for slot, word in plain.items()}
    return {f"{before}{slot}": word for slot, word in {**plain, **capitals}.items()}


def _others(others: Sequence[Pupil]) -> dict[str, str]:
    """Other children are named by their initials, as staff are asked to write; by their name only
    in the mouth of a child, whose words are kept as they were."""
    slots = {f"other{n if n > 1 else ''}": o.initials for n, o in enumerate(others, start=1)}
    if not others:
        return slots
    first = others[0]
    sibling = {"f": "sister", "m": "brother"}[first.sex]
    return {**slots, **_pronouns(first, "other_"), "other_name": first.called, "sibling": sibling}

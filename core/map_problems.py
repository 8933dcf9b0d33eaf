"""What keeps a body map from being recorded, each in one sentence."""

from __future__ import annotations

import math
from datetime import date, datetime

from core import injuries, moments, outlines
from core.map_forms import Form, Mark

LONGEST_CM = injuries.LONGEST_MM / 10


def of(form: Form, *, born_on: date | None = None, is_further: bool = False) -> dict[str, str]:
    """What keeps a map from being recorded: a sentence for each field, by the field's name.

    A mark's sentences are under `mark_` and its id, and begin with its number. `is_further` says
    that there is an earlier map of the same incident.
    """
    wrong: dict[str, str] = {}
    if form.edition != outlines.EDITION or form.build not in (outlines.YOUNGER, outlines.OLDER):
        return {"body_map": "Please take the body map away, and add it anew."}
    if not form.marks:
        wrong["body_map"] = "Please set a mark on the body map, or take the body map away."
    if not form.seen_by.strip():
        wrong["seen_by"] = "Please say who saw it."
    if sentence := _wrong_time(form.seen_at, born_on):
        wrong["seen_at"] = sentence
    if form.advice_sought is None:
        wrong["advice_sought"] = "Please say whether medical advice was sought."
    elif not form.advice.strip():
        asked = "from whom, and what they said" if form.advice_sought else "why not"
        wrong["advice"] = f"Medical advice: please say {asked}."
    if is_further and not form.changed.strip():
        wrong["changed"] = "Please say what has changed since the last body map."
    return wrong | of_marks(form)


def of_marks(form: Form) -> dict[str, str]:
    """What is wrong with the marks alone, each under `mark_` and its id."""
    wrong = {}
    for number, mark in enumerate(form.marks, 1):
        if sentence := _wrong_mark(form, mark):
            wrong[f"mark_{mark.id}"] = f"Mark {number}: {sentence}"
    return wrong


def _wrong_time(at: datetime | None, born_on: date | None) -> str:
    if at is None:
        return "Please say when it was seen."
    if moments.is_ahead(at):
        return "Seen in the future: please check the date and the time."
    if born_on and at.date() < born_on:
        return "Seen before the child was born: please check the date."
    return ""


def _wrong_mark(form: Form, mark: Mark) -> str:
    """What is wrong with a mark, what matters most first; empty if nothing is."""
    if mark.view not in outlines.VIEWS or not (0 <= mark.x <= 1 and 0 <= mark.y <= 1):
        return "please take it off, and set it anew."
    view = outlines.view(mark.view, form.build, form.edition)
    if mark.region not in view.regions:
        return "please say which part of the body it is on."
    if mark.kind not in injuries.KINDS:
        return "please say what it is."
    if mark.kind == "other" and not mark.described.strip():
        return "please say in a few words what it is."
    if not all(_is_size(size) for size in (mark.length_cm, mark.breadth_cm)):
        return f"please check the size: in centimetres, to a millimetre, at most {LONGEST_CM:g}."
    if mark.drawing.strays(view):
        return "a part of its shape lies beside the child. Please draw it on the body."
    chosen = (getattr(mark, name) in {"", *known} for name, known in injuries.CHOICES.items())
    if not all(chosen) or set(mark.surface) - injuries.SURFACES.keys():
        return "please choose from the answers that are offered."
    return ""


def _is_size(cm: float | None) -> bool:
    """Nothing, or more than nothing to a millimetre, so that it is recorded as it was shown."""
    return cm is None or (0 < cm <= LONGEST_CM and math.isclose(cm * 10, round(cm * 10)))

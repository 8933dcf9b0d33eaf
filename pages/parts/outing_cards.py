"""An outing in a line or two: when, where to, how far it is, and what the head said of it."""

from __future__ import annotations

from core import moments
from core.outings import Outing, Whole
from pages.parts import words

STATES: dict[str, words.Badge] = {
    "planned": words.Badge("Planned", "violet", "plan"),
    "started": words.Badge("Under way", "blue", "arrow"),
    "ended": words.Badge("Everybody is back", "green", "check"),
    "called_off": words.Badge("Called off", "gray"),
}
APPROVALS: dict[str, words.Badge] = {
    "none": words.Badge("No risk assessment", "red", "alert"),
    "waiting": words.Badge("Waits for the head", "orange", "hourglass"),
    "approved": words.Badge("Approved by the head", "green", "check"),
    "sent_back": words.Badge("Sent back by the head", "red", "alert"),
}


def badges(outing: Outing) -> list[words.Badge]:
    """How far it is; and, while that matters, what the head said."""
    return [STATES[outing.state], *[APPROVALS[outing.approval]] * outing.is_open]


def when(outing: Outing) -> str:
    """“14 September 2026, 09:00 to 14:00”."""
    return f"{moments.day(outing.day)}, {outing.leaves_at} to {outing.back_at}"


def card(outing: Outing) -> words.Card:
    """An outing in a list; while it is under way the count comes first."""
    under_way = outing.state == "started"
    ways = [words.Way(f"head-count {outing.id}", "Head count", first=True)] * under_way
    blocks = [words.Line(outing.place, strong=True, badges=badges(outing)),
              words.Line(when(outing), note=True)]  # fmt: skip
    return words.Card([*ways, words.Way(f"outing {outing.id}", "Open")], blocks)


def head(whole: Whole) -> list[words.Block]:
    """An outing at the top of its page."""
    outing = whole.outing
    note = f"{when(outing)} · led by {words.apart(whole.leader)}"
    ratio = f": {whole.ratio.said}" if whole.ratio else ""
    number = len(whole.children)
    students = "1 student" if number == 1 else f"{number} students"
    blocks: list[words.Block] = [words.Heading(outing.place, note, 1, badges(outing)),
                                 words.Line(f"{students}{ratio}", note=True)]  # fmt: skip
    if outing.note and outing.is_open:
        blocks.append(words.Line(f"The head: {words.apart(outing.note)}"))
    return blocks

"""What keeps an outing from going on: missing children, and counts that do not have everybody."""

from __future__ import annotations

from core.errors import Refused
from core.head_counts import Counted, Now
from pages.parts import lost, menu, rollcall, words
from pages.parts.session import Here


def missing(here: Here, now: Now) -> None:
    """The children of whom somebody said that they are missing, for as long as nobody found
    them."""
    cards: list[words.Card | words.Dated | words.Heading] = []
    badge = words.Badge("Missing", "red", "urgent")
    for each in now.groups:
        names = [c.pupil.name for c in each.group.children if c.pupil.id in now.missing]
        if names:
            blocks = [words.Line(name, strong=True, badges=[badge]) for name in names]
            way = words.Way(each.group.adult.id, "Open the missing-child log", first=True)
            cards.append(words.Card([way], [*blocks, *lost.what_to_do()]))
    taken = words.cards(cards, key="missing") if cards else None
    if taken:
        open_log(here, now, taken)


def blocked(here: Here, now: Now) -> None:
    """A count that does not match: nothing goes on before one of two things is tapped."""
    cards = [_blocked(each) for each in now.blocks]
    taken = words.cards(cards, key="blocked") if cards else None
    if not taken:
        return
    what, _, adult = taken.partition(" ")
    if what == "again":
        rollcall.begin(next(each for each in now.blocks if each.group.adult.id == adult))
    open_log(here, now, adult)


def strays(now: Now) -> None:
    """Children in nobody's group: no count has them."""
    if not now.unallocated:
        return
    badge = words.Badge("In nobody’s group", "red", "alert")
    blocks = [words.Line(each.pupil.name, strong=True, badges=[badge]) for each in now.unallocated]
    told = words.Line("Give each one adult, and count that group.")
    card = words.Card([words.Way("groups", "Open the outing", first=True)], [*blocks, told])
    if words.cards([card], key="strays"):
        menu.go_to("outing", outing=now.outing.id)


def open_log(here: Here, now: Now, adult: str) -> None:
    try:
        lost.open_log(here, now.outing.id, adult)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")


def _blocked(each: Counted) -> words.Card:
    adult = each.group.adult
    badge = words.Badge("Does not match", "red", "alert")
    said = f": {each.count.said}" if each.count else ""
    blocks: list[words.Block] = [
        words.Line(f"{words.apart(adult.name)}{said}", strong=True, badges=[badge])
    ]
    blocks += [words.Line(f"Not here: {words.apart(child.pupil.name)}", strong=True)
               for child in each.group.children if child.pupil.id in each.lost]  # fmt: skip
    if each.count and each.count.note:
        blocks.append(words.Line(f"Should not be: {words.apart(each.count.note)}"))
    ways = [words.Way(f"again {adult.id}", "Count again", first=True)]
    ways += [words.Way(f"missing {adult.id}", "A child is missing")] * bool(each.lost)
    return words.Card(ways, blocks)

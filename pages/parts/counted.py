"""How the groups of an outing are counted: now, child by child, and as it was counted before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from core import head_counts, settings
from core.head_counts import Count, Counted, Now
from core.outings import Child, Whole
from pages.parts import words
from pages.parts.session import Here

OPEN = words.Badge("Not counted yet", "orange", "hourglass")


def rows(now: Now, me: str) -> list[words.Slim]:
    """The groups, one's own first: the names, and one tap where all of them are here."""
    own_first = sorted(now.groups, key=lambda each: each.group.adult.person != me)
    next_ = next((each for each in own_first if not (each.is_counted or each.blocks)), None)
    return [_row(each, first=each is next_) for each in own_first]


def _row(each: Counted, *, first: bool) -> words.Slim:
    group, number = each.group, len(each.group.children)
    names = " · ".join(words.apart(_whole(child.pupil.name)) for child in group.children)
    phone = group.adult.phone or None
    head = words.Line(group.adult.name, strong=True, aside=phone, badges=[badge(each)])
    by_name = words.Way(f"names {group.adult.id}", "Count again" if each.count else "By name")
    all_here = words.Way(f"all {group.adult.id} {group.stamp}", _all(number), first=first)
    ways = [by_name] if each.is_counted else [all_here, by_name]
    ways = [] if each.blocks else ways  # they stand in the card that says so
    return words.Slim(ways, [head, *[words.Line(names)] * (not each.is_counted)])


def _whole(name: str) -> str:
    """A name that is not broken at the end of a line, so that names can be counted."""
    return name.replace(" ", "\u00a0")


def _all(number: int) -> str:
    return f"All {number} here" if number > 1 else "Here"


def badge(each: Counted) -> words.Badge:
    """How the newest count of a group stands."""
    if each.blocks:
        return words.Badge("Does not match", "red", "alert")
    if each.count is None or not each.is_counted:
        return OPEN
    if each.count.lacks:
        return words.Badge(f"{each.count.said}: a child is missing", "red", "alert")
    return words.Badge(each.count.said, "green", "check")


def by_name(children: Iterable[Child], away: Iterable[str]) -> list[words.Slim]:
    """Each child of a group: here, or not here."""
    out = set(away)
    return [
        words.Slim(
            [
                words.Way(f"here {c.pupil.id}", "Here", pressed=c.pupil.id not in out),
                words.Way(f"away {c.pupil.id}", "Not here", pressed=c.pupil.id in out),
            ],
            [words.Line(c.pupil.name, strong=True)],
        )
        for c in children
    ]


def history(here: Here, whole: Whole) -> None:
    """Every stage with its counts, the newest first: whom, by whom, when and where."""
    zone = settings.school(here.store).zone
    rounds = head_counts.rounds(here.store, whole.outing.id, by=here.me)
    counts = head_counts.history(here.store, whole.outing.id, by=here.me)
    if not rounds:
        words.line("Nobody has been counted yet. The first count begins as the outing starts.")
        return
    names = {child.pupil.id: child.pupil.name for child in whole.children}
    adults = {group.adult.id: group.adult.name for group in whole.groups}
    shown: list[words.Block] = []
    for each in rounds:
        local = each.recorded_at.astimezone(zone)
        told = f"{each.place} · {local:%H:%M}, {words.apart(each.author)}"
        shown.append(words.Heading(each.name, told, 3))
        if each.reason:
            shown.append(words.Line(f"Not counted before: {words.apart(each.reason)}", note=True))
        shown += [
            line
            for count in counts
            if count.round == each.id
            for line in _count(count, names, adults, count.recorded_at.astimezone(zone))
        ]
    words.block(shown)


def _count(
    count: Count, names: Mapping[str, str], adults: Mapping[str, str], at: datetime
) -> list[words.Block]:
    right = not count.lacks and not count.extra
    tone: words.Tone = "green" if right else "red"
    badge_ = words.Badge(count.said, tone, "check" if right else "alert")
    told = f"{at:%H:%M}, {words.apart(count.author)}"
    blocks: list[words.Block] = [
        words.Line(adults.get(count.adult, "A group"), aside=told, badges=[badge_])
    ]
    if count.lacks:
        who = ", ".join(words.apart(names.get(each, "A student")) for each in sorted(count.lacks))
        blocks.append(words.Line(f"Not here: {who}", note=True))
    if count.note:
        blocks.append(words.Line(f"Should not be: {words.apart(count.note)}", note=True))
    return blocks

"""The rules by which small pieces speak together: each looks at everything and says sentences.

Plain rules that anybody can check. There is no score, and nothing is learned.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from core import categories, outlines, plans
from core.pieces import Child, Piece, Pointed, Seen

COMES_BACK = timedelta(days=120)  # within which something has to recur
RECURS = 3  # times
HOUSEHOLD_SPAN = timedelta(days=60)
QUIET = timedelta(weeks=6)


def many(seen: Seen) -> Iterator[Pointed]:
    """So many concerns in so many days; more pressing the more different staff wrote them."""
    span = timedelta(days=int(seen.school.many_days))
    for child in seen.children:
        pieces = seen.since(child.id, span)
        if len(pieces) >= int(seen.school.many):
            staff = len({piece.author for piece in pieces})
            by = "one member of staff" if staff == 1 else f"{staff} different staff"
            said = f"{len(pieces)} concerns in {span.days} days, from {by}."
            yield _pointed(child, "many", said, pieces, len(pieces) + 2 * staff)


def same_weekday(seen: Seen) -> Iterator[Pointed]:
    """A kind of concern that comes back on the same day of the week."""
    for child in seen.children:
        for kind, pieces in _by_kind(seen, child).items():
            days = Counter(f"{day:%A}" for day in _days(seen, pieces))
            day, times = days.most_common(1)[0]
            same = [piece for piece in pieces if f"{_day(seen, piece):%A}" == day]
            if _recurs(same, pieces):
                said = f"{categories.names([kind])}: {times} of {len(pieces)} on a {day}."
                yield _pointed(child, f"weekday {kind}", said, same, 2 * times)


def after_breaks(seen: Seen) -> Iterator[Pointed]:
    """A kind of concern that comes back on the first day of school after a weekend or holiday.

    Holidays are those of the school's terms: a day counts if there is school, and there was none
    on the two days before. Where no terms are known these are the weekends
    alone. What all lies on one day of the week is left to the rule for that.
    """
    for child in seen.children:
        for kind, pieces in _by_kind(seen, child).items():
            after = [p for p in pieces if seen.calendar.is_return(_day(seen, p))]
            if _recurs(after, pieces) and len({day.weekday() for day in _days(seen, after)}) > 1:
                said = (f"{categories.names([kind])}: {len(after)} of {len(pieces)} on the first "
                        "day of school after a weekend or holiday.")  # fmt: skip
                yield _pointed(child, f"return {kind}", said, after, 2 * len(after))


def same_region(seen: Seen) -> Iterator[Pointed]:
    """Injuries of the same part of the body at different times."""
    for child in seen.children:
        by_region: dict[str, dict[str, Piece]] = defaultdict(dict)
        for region, piece in seen.marks.get(child.id, ()):
            by_region[region][piece.incident] = piece
        for region, found in by_region.items():
            if len(found) > 1:
                pieces = sorted(found.values(), key=lambda p: p.occurred_at, reverse=True)
                place = outlines.Region(region, "").name.lower()
                said = f"{len(pieces)} injuries to the {place}, at different times."
                yield _pointed(child, f"region {region}", said, pieces, 6 + len(pieces))


def one_household(seen: Seen) -> Iterator[Pointed]:
    """Several concerns about the children of one household, whatever their surnames."""
    homes: dict[str, list[Child]] = defaultdict(list)
    for child in seen.children:
        if child.household:
            homes[child.household].append(child)
    for home in homes.values():
        of = {child.id: seen.since(child.id, HOUSEHOLD_SPAN) for child in home}
        pieces = {p.incident: p for found in of.values() for p in found}
        touched = [child for child in home if of[child.id]]
        if len(touched) > 1 and len(pieces) >= RECURS:
            first = max(touched, key=lambda child: len(of[child.id]))
            others = [child.name for child in touched if child is not first]
            said = f"{len(pieces)} concerns in one household, with {' and '.join(others)}."
            newest = sorted(pieces.values(), key=lambda p: p.occurred_at, reverse=True)
            yield _pointed(first, "household", said, newest, len(pieces) + 1)


def quiet_plan(seen: Seen) -> Iterator[Pointed]:
    """A plan, and nothing written for six weeks."""
    for child in seen.children:
        plan = seen.planned.get(child.id)
        if plan is None or plan.since > (seen.at - QUIET).date():
            continue
        pieces = seen.pieces.get(child.id, [])
        if not any(piece.occurred_at > seen.at - QUIET for piece in pieces):
            said = f"{plans.KINDS[plan.kind]}, and nothing written for six weeks."
            yield _pointed(child, "quiet", said, pieces[:1], 5)


RULES = (many, same_weekday, after_breaks, same_region, one_household, quiet_plan)


def _pointed(
    child: Child, rule: str, sentence: str, pieces: Iterable[Piece], weight: int
) -> Pointed:
    return Pointed(child.id, child.name, child.class_name, rule, sentence, tuple(pieces), weight)


def _by_kind(seen: Seen, child: Child) -> dict[str, list[Piece]]:
    """The concerns about a child among which something may come back, by kind."""
    found: dict[str, list[Piece]] = defaultdict(list)
    for piece in seen.since(child.id, COMES_BACK):
        for kind in piece.categories:
            found[kind].append(piece)
    return found


def _recurs(some: Sequence[Piece], of: Sequence[Piece]) -> bool:
    """Whether these are often enough, and nearly all there are."""
    return len(some) >= RECURS and len(some) >= 0.75 * len(of)


def _days(seen: Seen, pieces: Iterable[Piece]) -> list[date]:
    return [_day(seen, piece) for piece in pieces]


def _day(seen: Seen, piece: Piece) -> date:
    return piece.occurred_at.astimezone(seen.school.zone).date()

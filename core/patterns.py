"""Who needs a look: what small pieces say when they are put together.

Plain rules that anybody can check: each speaks a sentence about a pupil and names the incidents
behind it. There is no score, and nothing is learned. A lead can set a sentence aside with a reason;
it comes back when a new incident stands behind it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import body_maps, categories, clock, outlines, plans, settings
from core.forms import Incomplete
from core.permissions import NotThere, Verb, children, demand, incidents
from core.person import Person
from core.records import SetAside
from core.settings import School
from core.store import Store

YEAR = timedelta(days=365)
WEEKDAY_SPAN = timedelta(days=120)  # within which a weekday has to recur
RECURS = 3  # times
HOUSEHOLD_SPAN = timedelta(days=60)
QUIET = timedelta(weeks=6)
NOT_A_CONCERN = {"positive"}


@dataclass(frozen=True)
class Piece:
    """An incident as the rules see it, once for each pupil whom it is about."""

    incident: str
    number: int
    pupil: str
    author: str
    occurred_at: datetime
    categories: tuple[str, ...]

    @property
    def is_concern(self) -> bool:
        """Whether it is anything but a positive event."""
        return bool(set(self.categories) - NOT_A_CONCERN)


@dataclass(frozen=True)
class Child:
    """A pupil on roll, as the rules see them."""

    id: str
    name: str
    class_name: str
    household: str


@dataclass(frozen=True)
class Pointed:
    """A sentence about a pupil, with the incidents behind it, the newest first."""

    pupil: str
    name: str
    class_name: str
    rule: str
    sentence: str
    pieces: tuple[Piece, ...]
    weight: int


@dataclass(frozen=True)
class Seen:
    """Everything that the rules look at, at one moment."""

    school: School
    at: datetime
    children: Sequence[Child]
    pieces: dict[str, list[Piece]]
    marks: dict[str, list[tuple[str, Piece]]]
    planned: dict[str, plans.Plan]

    def since(self, pupil: str, span: timedelta) -> list[Piece]:
        """The concerns about a pupil within a span of time, the newest first."""
        return [p for p in self.pieces.get(pupil, ())
                if p.is_concern and p.occurred_at > self.at - span]  # fmt: skip


def pointed(store: Store, *, by: Person) -> list[Pointed]:
    """Who needs a look, the child about whom most speaks first, and all about a child together;
    what was set aside only with something new.

    Raises `NotAllowed`.
    """
    demand(by, Verb.SEE_DASHBOARD)
    seen = _seen(store, by)
    aside = {(a.pupil, a.rule): set(a.seen) for a in store.ask(_Aside, "FROM set_asides_now")}
    found = [each for rule in RULES for each in rule(seen)]
    fresh = [
        each for each in found
        if {p.incident for p in each.pieces} - aside.get((each.pupil, each.rule), set())
        or (not each.pieces and (each.pupil, each.rule) not in aside)
    ]  # fmt: skip
    whole: Counter[str] = Counter()
    for each in fresh:
        whole[each.pupil] += each.weight
    return sorted(fresh, key=lambda e: (-whole[e.pupil], e.name, e.pupil, -e.weight, e.rule))


def set_aside(store: Store, pupil: str, rule: str, reason: str, *, by: Person) -> None:
    """Records why nothing follows from a sentence. Raises `NotThere` and `Incomplete`."""
    found = [p for p in pointed(store, by=by) if (p.pupil, p.rule) == (pupil, rule)]
    if not found:
        raise NotThere("sentence")
    if not reason.strip():
        raise Incomplete({"reason": "Please say why nothing follows."})
    seen = tuple(piece.incident for piece in found[0].pieces)
    store.append(SetAside(pupil=pupil, rule=rule, reason=reason, seen=seen), by=by)


# The rules.


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
    """A kind of concern that comes back on the same day of the week, such as after weekends."""
    for child in seen.children:
        by_kind: dict[str, list[Piece]] = defaultdict(list)
        for piece in seen.since(child.id, WEEKDAY_SPAN):
            for kind in piece.categories:
                by_kind[kind].append(piece)
        for kind, pieces in by_kind.items():
            days = Counter(_weekday(seen, piece) for piece in pieces)
            day, times = days.most_common(1)[0]
            if times >= RECURS and times >= 0.75 * len(pieces):
                same = [piece for piece in pieces if _weekday(seen, piece) == day]
                name = categories.names([kind])
                said = f"{name}: {times} of {len(pieces)} on a {day}."
                yield _pointed(child, f"weekday {kind}", said, same, 2 * times)


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


RULES = (many, same_weekday, same_region, one_household, quiet_plan)


def _pointed(
    child: Child, rule: str, sentence: str, pieces: Iterable[Piece], weight: int
) -> Pointed:
    return Pointed(child.id, child.name, child.class_name, rule, sentence, tuple(pieces), weight)


def _weekday(seen: Seen, piece: Piece) -> str:
    return f"{piece.occurred_at.astimezone(seen.school.zone):%A}"


# What they look at.

PIECES = """
    SELECT i.id AS incident, i.number, c.pupil, i.recorded_by AS author, i.occurred_at,
           i.categories
    FROM concerned c JOIN incidents_now i ON i.id = c.incident
    LEFT JOIN linked_pupils l ON l.incident = i.id AND l.pupil = c.pupil
    WHERE NOT i.in_error AND i.occurred_at > $since AND coalesce(l.part, '') IN ('', 'harmed')
      AND {seen}
    ORDER BY i.occurred_at DESC
"""


def _seen(store: Store, by: Person) -> Seen:
    at = clock.now()
    school = settings.school(store)
    since = datetime.combine((at - YEAR).date(), datetime.min.time(), school.zone)
    return store.kept(_looked, since, by).at(at)


def _looked(store: Store, since: datetime, by: Person) -> _Looked:
    seen = incidents(by, Verb.SEE_DASHBOARD)
    sql = f"""SELECT p.id, p.name, p.class_name, p.household FROM pupils p
              WHERE p.left_on IS NULL AND {children(by, Verb.SEE_DASHBOARD)}"""
    there = store.ask(Child, sql, me=by.id)
    pieces: dict[str, list[Piece]] = defaultdict(list)
    for piece in store.ask(Piece, PIECES.format(seen=seen), since=since, me=by.id):
        pieces[piece.pupil].append(piece)
    return _Looked(settings.school(store), there, pieces, _marks(store, pieces, by),
                   plans.current(store, since.date(), by=by))  # fmt: skip


def _marks(
    store: Store, pieces: dict[str, list[Piece]], by: Person
) -> dict[str, list[tuple[str, Piece]]]:
    """The regions that are marked on body maps, by pupil, each with its incident."""
    found: dict[str, list[tuple[str, Piece]]] = defaultdict(list)
    by_incident = {(p.incident, p.pupil): p for some in pieces.values() for p in some}
    for pupil, incident, region in body_maps.regions(store, by=by):
        if piece := by_incident.get((incident, pupil)):
            found[pupil].append((region, piece))
    return found


@dataclass(frozen=True)
class _Looked:
    school: School
    children: list[Child]
    pieces: dict[str, list[Piece]]
    marks: dict[str, list[tuple[str, Piece]]]
    plans: list[plans.Plan]

    def at(self, at: datetime) -> Seen:
        today: date = at.astimezone(self.school.zone).date()
        planned = {p.pupil: p for p in self.plans if p.until is None or p.until >= today}
        return Seen(self.school, at, self.children, self.pieces, self.marks, planned)


@dataclass(frozen=True)
class _Aside:
    pupil: str
    rule: str
    seen: tuple[str, ...]

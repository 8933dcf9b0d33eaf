"""Who needs a look: what small pieces say when they are put together.

Each of the rules speaks a sentence about a pupil and names the incidents behind it. A lead can set
a sentence aside with a reason; it comes back when a new incident stands behind it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import attendance, body_maps, clock, moments, plans, school_days, settings
from core.forms import Incomplete
from core.permissions import NotThere, Verb, children, demand, incidents
from core.person import Person
from core.pieces import Child, Piece, Pointed, Seen
from core.records import SetAside
from core.rules import RULES
from core.school_days import Calendar
from core.settings import School
from core.store import Store

YEAR = timedelta(days=365)


def pointed(store: Store, *, by: Person) -> list[Pointed]:
    """Who needs a look, the child about whom most speaks first, and all about a child together;
    what was set aside only with something new.

    Raises `NotAllowed`.
    """
    demand(by, Verb.SEE_DASHBOARD)
    seen = _seen(store, by)
    aside = {(a.pupil, a.rule): set(a.seen) for a in store.ask(_Aside, "FROM set_asides_now")}
    found = [each for rule in RULES for each in rule(seen)]
    found += attendance.pointed(store, seen, by=by)
    fresh = [
        each for each in found
        if {p.incident for p in each.pieces} - aside.get((each.pupil, each.rule), set())
        or (not each.pieces and (each.pupil, each.rule) not in aside)
    ]  # fmt: skip
    whole: Counter[str] = Counter()
    for each in fresh:
        whole[each.pupil] += each.weight
    return sorted(fresh, key=lambda e: (-whole[e.pupil], e.name, e.pupil, -e.weight, e.rule))


def waits(store: Store, *, by: Person) -> str:
    """A sentence, where something is not looked at until the school's terms are known; else
    nothing. Raises `NotAllowed`."""
    demand(by, Verb.SEE_DASHBOARD)
    yesterday = moments.day_before(clock.now(), settings.school(store).zone)
    return attendance.waits(school_days.calendar(store), yesterday)


def set_aside(store: Store, pupil: str, rule: str, reason: str, *, by: Person) -> None:
    """Records why nothing follows from a sentence. Raises `NotThere` and `Incomplete`."""
    found = [p for p in pointed(store, by=by) if (p.pupil, p.rule) == (pupil, rule)]
    if not found:
        raise NotThere("sentence")
    if not reason.strip():
        raise Incomplete({"reason": "Please say why nothing follows."})
    seen = tuple(piece.incident for piece in found[0].pieces)
    store.append(SetAside(pupil=pupil, rule=rule, reason=reason, seen=seen), by=by)


PIECES = """
    SELECT i.id AS incident, i.number, c.pupil, i.recorded_by AS author, i.occurred_at,
           i.categories
    FROM concerned c JOIN incidents_now i ON i.id = c.incident
    LEFT JOIN linked_pupils l ON l.incident = i.id AND l.pupil = c.pupil
    WHERE NOT i.in_error AND i.occurred_at > $since AND coalesce(l.part, '') IN ('', 'harmed')
      AND {seen}
    ORDER BY i.occurred_at DESC, i.seq DESC
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
    return _Looked(settings.school(store), school_days.calendar(store), there, pieces,
                   _marks(store, pieces, by),
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
    calendar: Calendar
    children: list[Child]
    pieces: dict[str, list[Piece]]
    marks: dict[str, list[tuple[str, Piece]]]
    plans: list[plans.Plan]

    def at(self, at: datetime) -> Seen:
        today: date = at.astimezone(self.school.zone).date()
        planned = {p.pupil: p for p in self.plans if p.until is None or p.until >= today}
        return Seen(self.school, self.calendar, at, self.children, self.pieces, self.marks,
                    planned)  # fmt: skip


@dataclass(frozen=True)
class _Aside:
    pupil: str
    rule: str
    seen: tuple[str, ...]

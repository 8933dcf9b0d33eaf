"""Everybody whose name may stand in a child's record and is not the child's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core import pupils
from core.permissions import Verb
from core.person import Person
from core.store import Store
from core.subject_access import known
from core.subject_access.asking import Request
from core.subject_access.finding import Hit, find
from core.subject_access.known import Known, Name
from core.subject_access.pieces import Piece


@dataclass(frozen=True)
class Others:
    """The names to look for, and the words of who is named although they are another person."""

    known: Known
    named: frozenset[str]

    def proposed(self, piece: Piece) -> tuple[tuple[Hit, ...], ...]:
        """What is proposed of a piece to be taken out, text by text."""
        return tuple(
            (Hit(0, len(line.text)),)
            if line.foreign
            else tuple(find(line.text, self.known, self.named))
            for line in piece.lines
        )


# Also names of before: somebody may be written about under each. Near to a child is who took part
# in the same incident, lives with them or is in their class.
CHILDREN = """
    WITH me AS (FROM pupils WHERE id = $pupil),
    together AS (SELECT pupil FROM concerned
                 WHERE incident IN (SELECT incident FROM concerned WHERE pupil = $pupil))
    SELECT DISTINCT unnest([d.name, d.known_as]) AS text,
           d.pupil IN (FROM together) OR p.class_name IN (SELECT class_name FROM me)
           OR (p.household <> '' AND p.household IN (SELECT household FROM me)) AS near
    FROM pupils_details d JOIN pupils p ON p.id = d.pupil WHERE d.pupil <> $pupil
"""
STAFF = "SELECT DISTINCT name AS text, FALSE AS near FROM people_details"
ADULTS = """
    SELECT DISTINCT name AS text, pupil = $pupil AS near FROM collectors_details
    UNION SELECT DISTINCT name, pupil = $pupil FROM prohibitions_details
"""
OWN = """SELECT DISTINCT unnest([name, known_as]) AS text, FALSE AS near
         FROM pupils_details WHERE pupil = $pupil"""
# Also who shares no more than the first name: the child's own is left where it stands alone.
NAMESAKES = """
    SELECT DISTINCT o.name AS text, FALSE AS near FROM pupils o
    JOIN pupils_details m ON m.pupil = $pupil
         AND folded(split_part(m.name, ' ', 1)) = folded(split_part(o.name, ' ', 1))
    WHERE o.id <> $pupil AND o.left_on IS NULL
"""


def of(store: Store, request: Request, *, by: Person) -> Others:
    """Whom to look for in the record that a request is about. Raises `NotThere`."""
    pupils.demand_record(store, request.pupil, Verb.EXPORT, by=by)
    return store.kept(_others, request.pupil, request.names_staff, by)


def has_namesake(store: Store, request: Request, *, by: Person) -> bool:
    """Whether another child on roll has the same first name, and no spelling tells them apart."""
    pupils.demand_record(store, request.pupil, Verb.EXPORT, by=by)
    return bool(store.ask(Name, NAMESAKES, pupil=request.pupil))


def _others(store: Store, pupil: str, names_staff: bool, by: Person) -> Others:
    own = [each.text for each in store.ask(Name, OWN, pupil=pupil)]
    staff = store.ask(Name, STAFF)
    named = known.parts_of(each.text for each in staff) if names_staff else ()
    found = [*_named(store, pupil), *([] if names_staff else staff)]
    return Others(known.known(found, own), frozenset(named))


def _named(store: Store, pupil: str) -> Iterator[Name]:
    for sql in (CHILDREN, ADULTS):
        yield from (each for each in store.ask(Name, sql, pupil=pupil) if each.text)

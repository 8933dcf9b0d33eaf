"""Search for children by name, and over everything that was written about them, as far as the
asker may see it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from core import openings
from core.errors import Refused
from core.permissions import Verb, children, demand, incidents
from core.person import Person
from core.store import Store

SHORTEST, LONGEST = 2, 100  # characters
MOST = 50  # results
AROUND = 60  # characters on either side of what was found


@dataclass(frozen=True)
class Student:
    """A child whose name was found, with the number of incidents in their chronology."""

    id: str
    name: str
    known_as: str
    class_name: str
    left_on: date | None
    incidents: int


@dataclass(frozen=True)
class Place:
    """Where something was found, with the words around it."""

    number: int
    pupil: str
    pupil_name: str
    class_name: str
    occurred_at: datetime
    where: str
    around: str


@dataclass(frozen=True)
class Found:
    """The children whose names were found, and the places at which something was written."""

    students: tuple[Student, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class _Text:
    number: int
    pupil: str
    pupil_name: str
    class_name: str
    occurred_at: datetime
    where: str
    words: str


# Every text that belongs to an incident; which it is, where it was found, and the words.
TEXTS = """
    SELECT id AS incident, 'Incident' AS where_, account AS words FROM incidents
    UNION ALL SELECT id, 'The child’s words', child_words FROM incidents WHERE child_words <> ''
    UNION ALL SELECT id, 'Parents not contacted', parents_why_not FROM incidents
              WHERE parents_why_not <> ''
    UNION ALL SELECT id, 'Told in person', told_in_person || ' ' || told_at FROM incidents
              WHERE told_in_person || told_at <> ''
    UNION ALL SELECT id, 'Original notes', original_notes FROM incidents WHERE original_notes <> ''
    UNION ALL SELECT incident, 'Action', account FROM actions
    UNION ALL SELECT incident, 'Spoke with', with_whom FROM actions WHERE with_whom <> ''
    UNION ALL SELECT incident, 'Agreed', agreed FROM actions WHERE agreed <> ''
    UNION ALL SELECT incident, 'Decision', concat_ws(' ', reason, options, to_whom, threshold)
              FROM decisions
    UNION ALL SELECT incident, 'Answer to a referral', account FROM referral_answers
    UNION ALL SELECT incident, 'What came of it', outcome FROM status_changes WHERE outcome <> ''
    UNION ALL SELECT incident, 'To whoever raised it', told_reporter FROM status_changes
              WHERE told_reporter <> ''
    UNION ALL SELECT incident, 'Correction', account FROM corrections
    UNION ALL SELECT incident, 'Significant event', meaning || ' ' || decided FROM significances
    UNION ALL SELECT incident, 'Body map',
                     concat_ws(' ', child_words, described, parent_words, first_aid)
              FROM body_marks_now
    UNION ALL SELECT incident, 'Body map', concat_ws(' ', present, advice, changed)
              FROM body_maps_now
    UNION ALL SELECT incident, 'File', name FROM attachments
"""

QUESTION = """
    SELECT i.number, i.pupil, p.name AS pupil_name, p.class_name, i.occurred_at,
           t.where_ AS "where", t.words
    FROM ({texts}) t JOIN incidents_now i ON i.id = t.incident JOIN pupils p ON p.id = i.pupil
    WHERE folded($query) <> '' AND contains(folded(t.words), folded($query))
      AND NOT i.in_error AND {seen}
    ORDER BY i.occurred_at DESC, i.number, t.where_ LIMIT $most
"""

STUDENTS = """
    SELECT p.id, p.name, p.known_as, p.class_name, p.left_on, count(DISTINCT i.id) AS incidents
    FROM pupils p
    LEFT JOIN concerned c ON c.pupil = p.id
    LEFT JOIN incidents_now i ON i.id = c.incident AND NOT i.in_error AND {seen}
    WHERE folded($query) <> '' AND contains(folded(p.name || ' ' || p.known_as), folded($query))
      AND {children}
    GROUP BY ALL ORDER BY p.left_on DESC NULLS FIRST, p.name, p.id LIMIT $most
"""


def found(store: Store, query: str, *, by: Person) -> Found:
    """The children whose names hold the words of `query`, also those who left and those about whom
    nothing was written, and the texts that hold them, newest first; at most 50 of each. That it was
    asked is recorded.

    Case, accents, apostrophes and hyphens make no difference, and no character means anything but
    itself. Raises `NotAllowed`, and `Refused` for what is too short or too long to look for.
    """
    demand(by, Verb.SEE_CHRONOLOGY)
    query = query.strip()
    if not SHORTEST <= len(query) <= LONGEST:
        raise Refused(f"Please look for {SHORTEST} to {LONGEST} characters.")
    openings.note(store, "search", query, by=by)
    return store.kept(_found, query, by)


def _found(store: Store, query: str, by: Person) -> Found:
    seen = incidents(by, Verb.SEE_CHRONOLOGY)
    values = {"query": query, "me": by.id, "most": MOST}
    own = children(by, Verb.SEE_CHRONOLOGY)
    students = store.ask(Student, STUDENTS.format(seen=seen, children=own), **values)
    texts = store.ask(_Text, QUESTION.format(texts=TEXTS, seen=seen), **values)
    return Found(tuple(students), tuple(_place(text, query) for text in texts))


def _place(text: _Text, query: str) -> Place:
    told = {name: value for name, value in vars(text).items() if name != "words"}
    return Place(**told, around=around(text.words, query))


def around(text: str, query: str) -> str:
    """The words around the first place at which the query is found; the beginning where none is."""
    letters = [(place, plain) for place, letter in enumerate(text) for plain in _plain(letter)]
    run = "".join(plain for _, plain in letters)
    wanted = "".join(plain for letter in query for plain in _plain(letter))
    at = run.find(wanted) if wanted else -1
    first = letters[at][0] if at >= 0 else 0
    last = letters[at + len(wanted) - 1][0] if at >= 0 else 0
    begin, end = max(0, first - AROUND), min(len(text), last + 1 + AROUND)
    return f"{'…' * (begin > 0)}{text[begin:end]}{'…' * (end < len(text))}"


def _plain(letter: str) -> str:
    """The letters and digits of a letter without case and accents; nothing of other signs."""
    return "".join(c for c in unicodedata.normalize("NFKD", letter.casefold()) if c.isalnum())

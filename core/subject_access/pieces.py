"""The record about a child in pieces that are gone through one by one.

Each piece is a list of texts, and every one of them can lose words: also those that say who wrote
something. Its title is made of numbers, dates and words of ours, and names nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from core import chronology, collection, moments, openings, plans, pupils
from core import settings as choices
from core.chronology import Chronology, Entry, Wanted
from core.permissions import Verb, children
from core.person import Person
from core.records import ConferenceReport, ConferenceStatement
from core.reports import bodies, conference, entries, exports
from core.reports.paper import Said
from core.reports.statements import SECTIONS
from core.store import Store

Manner = Literal["label", "text", "quote"]
LABEL: Manner = "label"
TEXT: Manner = "text"
QUOTE: Manner = "quote"


@dataclass(frozen=True)
class Line:
    """One text of a piece. `foreign` is about another child as a whole."""

    manner: Manner
    text: str
    foreign: bool = False


@dataclass(frozen=True)
class Piece:
    """A part of the record. `key` is the same as long as there is the record."""

    key: str
    title: str
    lines: tuple[Line, ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of its texts, to tell whether they are those that somebody went through."""
        return hashlib.sha256(msgspec.json.encode([each.text for each in self.lines])).hexdigest()


def of(store: Store, pupil: str, *, by: Person) -> tuple[Piece, ...]:
    """The whole record about a pupil, as far as `by` may see it, the oldest entry first; that it
    was read is recorded. Nothing of concerns about adults. Raises `NotAllowed`, `NotThere`."""
    pupils.demand_record(store, pupil, Verb.EXPORT, by=by)
    found = chronology.of(store, pupil, Wanted(errors=True), by=by)
    openings.note(store, "subject access", pupil, by=by)
    zone = choices.school(store).zone
    return (
        *_about(found),
        *_incidents(found, zone),
        *_conferences(store, pupil, by),
        *_collection(store, pupil, by),
        *_exports(store, pupil, zone, by),
    )


def _about(found: Chronology) -> Iterator[Piece]:
    for plan in found.plans:
        days = [f"Since {moments.day(plan.since)}"]
        days += [f"until {moments.day(plan.until)}"] if plan.until else []
        yield _piece(f"plan {plan.id}", plans.KINDS[plan.kind], [("", ", ".join(days)),
                                                                ("Note", plan.note)])  # fmt: skip
    if found.note:
        told = [("Written down by", found.note.author), ("Note", found.note.account)]
        yield _piece("note", "Standing note", told)
    if found.in_charge:
        yield _piece("charge", "Lead in charge", [("", found.in_charge.name)])


def _incidents(found: Chronology, zone: ZoneInfo) -> Iterator[Piece]:
    for entry in reversed(found.entries):
        yield _incident(entry, found.pupil.id, zone)


def _incident(entry: Entry, pupil: str, zone: ZoneInfo) -> Piece:
    """What the chronology tells of it. The words and the body of another child are theirs."""
    row = entries.row(entry, (), pupil, zone, actions=True, maps=True)
    is_theirs = entry.about_id != pupil
    flags = (*row.flags, *["Entered in error"] * entry.in_error)
    lines = [
        *_pair("Happened", row.happened),
        *_pair("Recorded", f"{row.recorded}{f' ({row.late})' if row.late else ''}"),
        *_pair("Marked", ", ".join(flags)),
        *_pair("Written down by", row.source),
        *chain.from_iterable(_told(each, foreign=is_theirs and each.quoted) for each in row.event),
        *chain.from_iterable(_pair("Significance", each.text) for each in row.significance),
        *chain.from_iterable(_told(each) for each in row.actions),
        *_pair("Outcome", row.outcome),
        *chain.from_iterable(
            _pair("Body map", bodies.in_words(sheet), foreign=is_theirs) for sheet in row.maps
        ),
    ]
    return Piece(f"incident {entry.incident.id}", f"Incident {row.number}: {row.title}",
                 tuple(lines))  # fmt: skip


def _told(said: Said, *, foreign: bool = False) -> Iterator[Line]:
    yield Line(LABEL, said.label or "What was written")
    yield Line(QUOTE if said.quoted else TEXT, said.text, foreign)


def _conferences(store: Store, pupil: str, by: Person) -> Iterator[Piece]:
    """What the school wrote to conferences; the events that they tell are pieces of their own."""
    of_ = conference.EARLIER.format(which="r.pupil = $pupil", seen=children(by, Verb.EXPORT))
    for report in store.ask(ConferenceReport, "SELECT r.*" + of_, pupil=pupil, me=by.id)[::-1]:
        said = store.ask(ConferenceStatement, conference.SAID, report=report.id)
        yield _piece(
            f"conference {report.id}",
            "Report to a conference",
            [
                ("Conference", report.conference),
                ("Other names used", report.names_used),
                ("Parents, carers and who lives at home", report.carers),
                ("Professionals and agencies", report.professionals),
                ("Why the school is involved", report.why),
                ("Why it was not shared with the parents", report.parents_why_not),
                ("Why it was not shared with the child", report.child_why_not),
                *((SECTIONS[each.section].name, ": ".join(filter(None, (each.source,
                                                                        each.account))))
                  for each in said),
            ],
        )  # fmt: skip


def _collection(store: Store, pupil: str, by: Person) -> Iterator[Piece]:
    found = collection.of(store, pupil, by=by)
    for each in found.collectors:
        told = [("Name", each.said), ("Telephone", each.phone), ("Note", each.note)]
        yield _piece(f"collector {each.id}", "An adult who may collect, or could", told)
    for walk in found.walks:
        yield _piece(f"walk {walk.id}", "Going home alone",
                     [("Since", moments.day(walk.since)), ("Given by", walk.given_by),
                      ("How", walk.how)])  # fmt: skip
    for order in found.orders:
        yield _piece(f"order {order.id}", "A court order about collecting",
                     [("Name", order.name), ("What it says", order.account)])  # fmt: skip


def _exports(store: Store, pupil: str, zone: ZoneInfo, by: Person) -> Iterator[Piece]:
    """To whom the record was given: whoever asks has a right to know that too."""
    made = exports.about(store, pupil, by=by)[::-1]
    for each in (line for line in made if line.what != exports.ACCESS):
        yield _piece(f"export {each.number}", f"Export {each.number} of this record",
                     [("Made", f"{each.what.capitalize()}, {moments.full(each.recorded_at, zone)}"),
                      ("By", each.author), ("For", each.recipient),
                      ("Purpose", each.purpose)])  # fmt: skip


def _piece(key: str, title: str, pairs: Iterable[tuple[str, str]]) -> Piece:
    lines = chain.from_iterable(_pair(label, text) for label, text in pairs)
    return Piece(key, title, tuple(lines))


def _pair(label: str, text: str, *, foreign: bool = False) -> Iterator[Line]:
    if text and label:
        yield Line(LABEL, label)
    if text:
        yield Line(TEXT, text, foreign)

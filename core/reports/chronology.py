"""The chronology of a pupil as a report: what of it is wanted, and what then goes into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from core import alerts, categories, chronology, corrections, linked, moments, settings
from core.chronology import Chronology, Wanted
from core.person import Person
from core.reports import entries
from core.reports.entries import Beside, Row
from core.reports.paper import Letterhead, Said, letterhead, told
from core.store import Store


@dataclass(kw_only=True)
class Form:
    """What is filled in for an export: what of the record, in which form, for whom and why."""

    pupil: str
    media_type: str
    recipient: str = ""
    purpose: str = ""
    categories: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    significant: bool = False
    actions: bool = True
    alerts: bool = False
    body_maps: bool = True

    @property
    def wanted(self) -> Wanted:
        """What of the record is wanted."""
        return Wanted(
            categories=self.categories,
            since=self.since,
            until=self.until,
            significant=self.significant,
        )

    @property
    def chosen(self) -> tuple[str, ...]:
        """The choices in words, as the report and its record say them."""
        since = f"from {moments.day(self.since)}" if self.since else "from the beginning"
        until = f"to {moments.day(self.until)}" if self.until else "to the day of the export"
        return (
            "significant events only" if self.significant else "all entries",
            f"{since} {until}",
            categories.names(self.categories) or "all categories",
            *(
                f"{'with' if included else 'without'} {what}"
                for what, included in (
                    ("actions", self.actions),
                    ("alerts", self.alerts),
                    ("body maps", self.body_maps),
                )
            ),
        )


@dataclass(frozen=True)
class Report:
    """Everything that the report tells, in its words; the oldest entry is first."""

    letterhead: Letterhead
    name: str
    facts: tuple[Said, ...]
    contents: str
    rows: tuple[Row, ...]


def of(store: Store, form: Form, at: datetime, *, by: Person) -> Report:
    """The report of a pupil's record; that it was read is recorded first.

    Raises `NotAllowed`, `NotThere`.
    """
    found = chronology.of(store, form.pupil, form.wanted, by=by)
    rows_ = rows(store, found, form, by)
    return Report(
        letterhead=letterhead(store, form.recipient, form.purpose, at, by=by),
        name=found.pupil.name,
        facts=_facts(found),
        contents=_contents(form, len(rows_)),
        rows=rows_,
    )


def rows(store: Store, found: Chronology, form: Form, by: Person) -> tuple[Row, ...]:
    """The entries of a chronology that was read, the oldest first."""
    pupil, zone = found.pupil.id, settings.school(store).zone
    linked_ = by_incident(linked.about(store, pupil, by=by))
    corrected = by_incident(corrections.about(store, pupil, by=by))
    readers = by_incident(alerts.about(store, pupil, by=by) if form.alerts else [])
    return tuple(
        entries.row(
            entry,
            Beside(linked_[id_], corrected[id_], readers[id_]),
            pupil,
            zone,
            actions=form.actions,
            maps=form.body_maps,
        )
        for entry in reversed(found.entries)
        for id_ in [entry.incident.id]
    )


def _facts(found: Chronology) -> tuple[Said, ...]:
    pupil = found.pupil
    left = f" (left {moments.day(pupil.left_on)})" if pupil.left_on else ""
    return told(
        {
            "Name": pupil.name,
            "Known as": pupil.known_as,
            "Date of birth": moments.day(pupil.born_on),
            "Class": pupil.class_name + left,
            "Unique pupil number": pupil.upn,
        }
    )


def _contents(form: Form, count: int) -> str:
    number = "1 entry" if count == 1 else f"{count} entries"
    return f"{number}, the oldest first: {'; '.join(form.chosen)}."


class _Line(Protocol):
    @property
    def incident(self) -> str: ...


L = TypeVar("L", bound=_Line)


def by_incident(lines: Iterable[L]) -> dict[str, list[L]]:
    """The lines by the incident to which they belong; none for one that has none."""
    found: defaultdict[str, list[L]] = defaultdict(list)
    for line in lines:
        found[line.incident].append(line)
    return found

"""The chronology of a pupil as a report: what of it is wanted, and what then goes into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from core import alerts, categories, chronology, moments, settings
from core.chronology import Chronology, Wanted
from core.person import Person
from core.reports import entries
from core.reports.entries import Row
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
    readers = _by_incident(alerts.about(store, pupil, by=by) if form.alerts else [])
    return tuple(
        entries.row(
            entry,
            readers[entry.incident.id],
            pupil,
            zone,
            actions=form.actions,
            maps=form.body_maps,
        )
        for entry in reversed(found.entries)
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


def _by_incident(readers: Iterable[alerts.Reader]) -> dict[str, list[alerts.Reader]]:
    found: defaultdict[str, list[alerts.Reader]] = defaultdict(list)
    for each in readers:
        found[each.incident].append(each)
    return found

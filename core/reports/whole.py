"""A pupil's whole record as one piece, for the school that has the child next.

It is what the JSON of a transfer file holds, and what the reader of one that came shows: whatever
made it, it is told in words, with the dates and lists a program needs beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core import chronology, collection, moments, names, plans, received, settings
from core.attachments import Listed
from core.body_maps import Drawn
from core.chronology import Chronology, Entry
from core.inspection.kinds import KEPT
from core.permissions import Verb
from core.person import Person
from core.reports import conference
from core.reports.chronology import Form, rows
from core.reports.entries import Row
from core.reports.paper import Said, told
from core.sealed import MANIFEST, RECEIPT
from core.store import Store
from core.transfers import Transfer

FORMAT = "bigger-picture transfer 1"

AS_WRITTEN = (
    "Other children are named by their part and initials. What somebody typed stands as it was "
    "written: it may name other people."
)


@dataclass(frozen=True)
class Child:
    """Who the child is, as the school's list has it."""

    name: str
    known_as: str
    born_on: date
    class_name: str
    upn: str
    left_on: date | None


@dataclass(frozen=True)
class PlanSaid:
    """A plan or flag with its dates; `kind` is its key."""

    kind: str
    name: str
    since: date
    until: date | None
    review_on: date | None
    note: str


@dataclass(frozen=True)
class Told:
    """An entry: in the columns of a chronology, and what a program needs of it. `maps` has the
    marks of its body maps; as pictures they are in the PDF."""

    occurred_at: datetime
    about_time: bool
    recorded_at: datetime
    categories: tuple[str, ...]
    agencies: tuple[str, ...]
    urgent: bool
    row: Row
    maps: tuple[Drawn, ...]


@dataclass(frozen=True)
class File:
    """An attachment: under which path it lies, what it is called, and the number of its entry."""

    path: str
    name: str
    media_type: str
    size: int
    entry: int
    note: str


@dataclass(frozen=True)
class Earlier:
    """What a school before this one sent; it lies under a path of its own."""

    school: str
    made: str
    folder: str


@dataclass(frozen=True)
class Whole:
    """Everything that goes along. The oldest entry is first."""

    format: str
    number: int
    school: str
    author: str
    made: str
    made_at: datetime
    to_school: str
    contact: str
    leaving_on: date
    reason: str
    child: Child
    in_charge: str
    note: tuple[Said, ...]
    plans: tuple[PlanSaid, ...]
    household: tuple[Said, ...]
    orders: tuple[Said, ...]
    reports: tuple[Said, ...]
    entries: tuple[Told, ...]
    files: tuple[File, ...]
    earlier: tuple[Earlier, ...]

    def facts(self) -> tuple[Said, ...]:
        """Who the child is, and where the file goes, for whoever reads it."""
        child = self.child
        return told(
            {
                "Name": child.name,
                "Known as": child.known_as,
                "Date of birth": moments.day(child.born_on),
                "Class": child.class_name,
                "Unique pupil number": child.upn,
                "Last day here": moments.day(self.leaving_on),
                "Moves to": self.to_school,
                "Contact there": self.contact,
                "Why": self.reason,
                "Lead in charge here": self.in_charge,
                "Transfer": str(self.number),
            }
        )


@dataclass(frozen=True)
class Gathered:
    """The record as one piece; for paper the rows with their pictures; the attachments and what
    earlier schools sent, by path; and the incidents that are in it."""

    whole: Whole
    rows: tuple[Row, ...]
    attached: Mapping[str, Listed]
    earlier: Mapping[str, received.Part]
    rests_on: tuple[str, ...]


def of(store: Store, transfer: Transfer, at: datetime, *, by: Person) -> Gathered:
    """The whole record of a pupil who moves, as far as `by` may see it; that it was read is
    recorded first. Raises `NotAllowed`, `NotThere`."""
    found = chronology.of(store, transfer.pupil, by=by)
    school = settings.school(store)
    printed = rows(store, found, Form(pupil=transfer.pupil, media_type=""), by)
    entries = found.entries[::-1]
    attached = {_path(n, file): (file, entry.incident.number)
                for n, (file, entry) in enumerate(_files(entries), 1)}  # fmt: skip
    came = received.about(store, transfer.pupil, by=by)
    whole = Whole(
        format=FORMAT,
        number=transfer.number,
        school=school.name or "School",
        author=f"{by.name}, {by.post}" if by.post else by.name,
        made=moments.full(at, school.zone),
        made_at=at,
        to_school=transfer.school,
        contact=transfer.contact,
        leaving_on=transfer.leaving_on,
        reason=transfer.reason,
        child=_child(found),
        in_charge=found.in_charge.name if found.in_charge else "",
        note=_note(found),
        plans=tuple(_plan(plan) for plan in found.plans),
        household=tuple(_sibling(child.name, child.class_name) for child in found.household),
        orders=tuple(_orders(store, transfer.pupil, by)),
        reports=tuple(_reports(store, transfer.pupil, school.zone, by)),
        entries=tuple(map(_told, entries, printed)),
        files=tuple(_file(path, *each) for path, each in attached.items()),
        earlier=tuple(Earlier(e.school, e.made, f"earlier/{n}") for n, e in enumerate(came, 1)),
    )
    return Gathered(
        whole,
        printed,
        {path: file for path, (file, _) in attached.items()},
        {path: part for n, each in enumerate(came, 1)
         for path, part in _sent_on(store, f"earlier/{n}", each.id, by)},
        tuple(entry.incident.id for entry in entries),
    )  # fmt: skip


def plans_told(whole: Whole) -> tuple[Said, ...]:
    """The plans and flags, for whoever reads them."""
    return tuple(Said(plan.name, _dates(plan)) for plan in whole.plans)


def _dates(plan: PlanSaid) -> str:
    dates = f"since {moments.day(plan.since)}"
    dates += f", until {moments.day(plan.until)}" if plan.until else ""
    dates += f", next review {moments.day(plan.review_on)}" if plan.review_on else ""
    return f"{dates}. {plan.note}" if plan.note else f"{dates}."


def _child(found: Chronology) -> Child:
    pupil = found.pupil
    return Child(pupil.name, pupil.known_as, pupil.born_on, pupil.class_name, pupil.upn,
                 pupil.left_on)  # fmt: skip


def _note(found: Chronology) -> tuple[Said, ...]:
    if not found.note:
        return ()
    when = moments.day(found.note.recorded_at.date())
    return (Said(f"{found.note.author}, {when}", found.note.account),)


def _plan(plan: plans.Plan) -> PlanSaid:
    return PlanSaid(plan.kind, plans.KINDS[plan.kind], plan.since, plan.until, plan.review_on,
                    plan.note)  # fmt: skip


def _sibling(name: str, class_name: str) -> Said:
    return Said(names.initials(name), f"of the same household, in {class_name} here")


def _orders(store: Store, pupil: str, by: Person) -> Iterator[Said]:
    """Who must not collect the child: the next school has to know on the first day."""
    _, _, orders = collection.about(store, [pupil], Verb.SEE_ORDERS, by=by)
    for order in orders:
        until = f"Until {moments.day(order.until)}. " if order.until else ""
        yield Said(order.name, f"{until}{'Ended. ' if order.ended else ''}{order.account}")


def _reports(store: Store, pupil: str, zone: ZoneInfo, by: Person) -> Iterator[Said]:
    for line in conference.earlier(store, pupil, by=by):
        yield Said(line.conference, f"made {moments.full(line.recorded_at, zone)}, {line.author}")


def _told(entry: Entry, row: Row) -> Told:
    incident = entry.incident
    return Told(
        occurred_at=incident.occurred_at,
        about_time=incident.about_time,
        recorded_at=entry.recorded_at,
        categories=incident.categories,
        agencies=incident.agencies,
        urgent=incident.urgent,
        row=replace(row, maps=tuple(replace(sheet, pictures=()) for sheet in row.maps)),
        maps=entry.body_maps,
    )


def _files(entries: Iterable[Entry]) -> Iterator[tuple[Listed, Entry]]:
    return ((file, entry) for entry in entries for file in entry.files)


def _path(number: int, file: Listed) -> str:
    """A name that says nothing, with the ending of what it is."""
    ending = next((k.extensions[0] for k in KEPT if k.media_type == file.media_type), "bin")
    return f"files/{number:04}.{ending}"


def _file(path: str, file: Listed, entry: int) -> File:
    note = f"A photograph of an injury: {file.allowed_because}" if file.allowed_because else ""
    return File(path, file.name, file.media_type, file.size, entry, note)


def _sent_on(
    store: Store, folder: str, id_: str, by: Person
) -> Iterator[tuple[str, received.Part]]:
    """What a school before this one sent, but for its receipt, which is between the two, and its
    manifest: a picture was painted anew when it came."""
    for part in received.parts(store, id_, by=by):
        if part.path not in (RECEIPT, MANIFEST):
            yield f"{folder}/{part.path}", part

"""Incidents: adding a concern, and reading it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from core import (
    actions,
    alerts,
    attachments,
    body_maps,
    categories,
    corrections,
    decisions,
    forms,
    names,
    once,
    openings,
    paper_sources,
    recipients,
    significance,
    statuses,
    wrong_clock,
)
from core.errors import Refused
from core.forms import Form
from core.permissions import NotThere, Scope, Verb, demand, incidents, scope
from core.person import Person
from core.pupils import Pupil
from core.records import Incident, LinkedPupil
from core.store import Record, Store

HIGHEST = 2**63 - 1  # what the column of numbers holds


@dataclass(frozen=True)
class Summary:
    """An incident as one line of a list."""

    id: str
    number: int
    occurred_at: datetime
    recorded_at: datetime
    categories: tuple[str, ...]
    pupil: str
    pupil_name: str
    class_name: str
    urgent: bool
    actions: int
    status: str
    told_reporter: str

    @property
    def title(self) -> str:
        """Number and categories, as people call an incident."""
        return f"#{self.number} {categories.names(self.categories)}"


@dataclass(frozen=True)
class Linked:
    """Another child who took part, as far as the reader may see: the name, or initials."""

    name: str
    class_name: str
    part: str


@dataclass(frozen=True)
class Opened:
    """An incident as it is read, with everything beneath it. `wrong_at` are the moments of all that
    at which the clock of the machine was wrong."""

    incident: Incident
    recorded_at: datetime
    author: str
    author_id: str
    author_post: str
    pupil: Pupil
    linked: tuple[Linked, ...]
    readers: tuple[alerts.Reader, ...]
    actions: tuple[actions.Line, ...]
    files: tuple[attachments.Listed, ...]
    body_maps: tuple[body_maps.Drawn, ...]
    waits_for_me: bool
    in_error: bool
    status: statuses.Status
    corrections: tuple[corrections.Line, ...]
    decisions: tuple[decisions.Line, ...]
    meaning: significance.Meaning | None
    paper: paper_sources.Source | None
    wrong_at: frozenset[datetime] = frozenset()

    @property
    def written_at(self) -> Iterator[datetime]:
        """When it was written down, and whatever stands beneath it."""
        beneath = (*self.actions, *self.decisions, *self.corrections, *self.body_maps)
        return wrong_clock.moments_of((self, self.status, *self.readers, *beneath))


def add(store: Store, form: Form, *, by: Person) -> int:
    """Records the incident with its alerts, mails and files, together or not at all.

    Returns its number; the same number again if this form was sent before, unless it was changed
    since: then `Refused`, as nothing that was typed may be lost in silence. Raises `Incomplete`
    with everything that is missing, `NotAllowed`, and `NotKept` if it could not be stored.
    """
    demand(by, Verb.ADD_INCIDENT)
    if wrong := forms.problems(store, form, by=by):
        raise forms.Incomplete(wrong)
    with store.alone():
        if known := once.known(store, Incident, form.id, by=by):
            return _unchanged(store, form, known, by)
        incident = _recorded(form, store.next_number())
        once.append(store, incident, *_company(store, form, by), by=by)
    return incident.number


def told(store: Store, form: Form, *, by: Person) -> list[recipients.Owed]:
    """Who will be alerted about this form, as it stands."""
    demand(by, Verb.ADD_INCIDENT)
    concerned = [pupil for pupil in (form.pupil, *(p for p, _ in form.linked)) if pupil]
    wrote = {form.paper.author} - {""} if form.paper else set()  # hears of it as its author would
    others = {*form.others, *wrote}
    return recipients.owed(store, concerned, others=others, named=form.named, by=by)


def mine(store: Store, *, by: Person) -> list[Summary]:
    """The incidents that `by` added, the newest first."""
    return list(store.kept(_added, f"i.recorded_by = $me AND {incidents(by)}", by.id))


def find(store: Store, number: int, *, by: Person) -> str:
    """The id of the incident with this number. Raises `NotThere`, also where it is hidden."""
    number = number if 0 < number <= HIGHEST else 0
    found = store.kept(_numbered, number, incidents(by), by.id)
    if found is None:
        raise NotThere("incident")
    return found


def open(store: Store, incident_id: str, *, by: Person) -> Opened:
    """The whole incident; that it was opened is recorded first. Raises `NotThere`."""
    reach = scope(by, Verb.SEE_LINKED_NAMES)
    found = store.kept(_opened, incident_id, incidents(by), reach, by)
    if found is None:
        raise NotThere("incident")
    openings.note(store, "incident", incident_id, by=by)
    return replace(found, wrong_at=wrong_clock.among(store, found.written_at))


def _opened(
    store: Store, incident_id: str, seen: str, reach: Scope | None, by: Person
) -> Opened | None:
    sql = f"FROM incidents i WHERE i.id = $id AND {seen}"
    found = store.ask(Incident, sql, id=incident_id, me=by.id)
    if not found:
        return None
    stamp = store.ask(_Stamp, STAMP, id=incident_id)[0]
    readers = alerts.readers(store, incident_id, by=by)
    return Opened(
        incident=found[0],
        recorded_at=stamp.recorded_at,
        author=stamp.author,
        author_id=stamp.recorded_by,
        author_post=stamp.author_post,
        pupil=store.ask(Pupil, "FROM pupils WHERE id = $id", id=stamp.pupil)[0],
        linked=_linked(store, incident_id, stamp.recorded_by, reach, by),
        readers=readers,
        actions=actions.beneath(store, incident_id, by=by),
        files=attachments.beneath(store, incident_id, by=by),
        body_maps=body_maps.beneath(store, incident_id, by=by),
        waits_for_me=any(r.person == by.id and r.waits for r in readers),
        in_error=stamp.in_error,
        status=statuses.of(store, incident_id, by=by),
        corrections=corrections.beneath(store, incident_id, by=by),
        decisions=decisions.beneath(store, incident_id, by=by),
        meaning=significance.of(store, incident_id, by=by),
        paper=paper_sources.of(store, incident_id, by=by),
    )


def _linked(
    store: Store, incident_id: str, author: str, reach: Scope | None, by: Person
) -> tuple[Linked, ...]:
    sql = """SELECT p.name, p.class_name, l.part FROM linked_pupils l
             JOIN pupils p ON p.id = l.pupil WHERE l.incident = $id ORDER BY l.seq"""
    by_name = reach is Scope.ALL or (reach is Scope.OWN and author == by.id)
    found = store.ask(Linked, sql, id=incident_id)
    return tuple(each if by_name else _shortened(each) for each in found)


def _shortened(linked: Linked) -> Linked:
    return replace(linked, name=names.initials(linked.name))


def _recorded(form: Form, number: int) -> Incident:
    assert form.occurred_at is not None and form.parents_contacted is not None  # noqa: S101
    return Incident(
        id=form.id,
        number=number,
        pupil=form.pupil,
        occurred_at=form.occurred_at,
        about_time=form.about_time,
        account=form.account,
        child_words=form.child_words,
        parents_contacted=form.parents_contacted,
        parents_why_not="" if form.parents_contacted else form.parents_why_not,
        told_in_person=form.told_in_person,
        told_at=form.told_at,
        original_notes=form.original_notes,
        categories=tuple(form.categories),
        agencies=tuple(form.agencies),
        named=tuple(form.named),
        urgent=form.urgent,
    )


def _company(store: Store, form: Form, by: Person) -> list[Record]:
    """Everything that is stored together with the incident."""
    linked = [LinkedPupil(incident=form.id, pupil=p, part=part) for p, part in form.linked]
    files = attachments.keep(store, form.files, incident=form.id)
    category = form.categories[0]
    notices = recipients.notices(told(store, form, by=by), form.id, category=category, by=by)
    drawn = body_maps.records(form.body_map, incident=form.id)
    paper = paper_sources.recorded(store, form.paper, incident=form.id)
    return [*linked, *drawn, *files, *paper, *notices]


def _unchanged(store: Store, form: Form, known: Incident, by: Person) -> int:
    sql = "FROM linked_pupils WHERE incident = $id"
    linked = {(each.pupil, each.part) for each in store.ask(LinkedPupil, sql, id=form.id)}
    chosen = {o.person.id for o in told(store, form, by=by)} & {*form.others} - {by.id}
    if not (
        known == _recorded(form, known.number)
        and linked == set(form.linked)
        and body_maps.is_recorded(store, form.body_map, incident=form.id)
        and attachments.are_recorded(store, form.files, incident=form.id)
        and paper_sources.is_recorded(store, form.paper, incident=form.id)
        and recipients.are_told(store, chosen, incident=form.id)
    ):
        raise Refused(
            f"This was recorded as #{known.number} before you changed it: "
            "open it, and add what is new as an action."
        )
    return known.number


def _numbered(store: Store, number: int, seen: str, me: str) -> str | None:
    sql = f"SELECT i.id FROM incidents i WHERE i.number = $number AND {seen}"
    return next((found.id for found in store.ask(_Found, sql, number=number, me=me)), None)


def _added(store: Store, condition: str, me: str) -> tuple[Summary, ...]:
    sql = f"""
        SELECT i.id, i.number, i.occurred_at, i.recorded_at, i.categories, i.pupil,
               p.name AS pupil_name, p.class_name, i.urgent,
               (SELECT count(*) FROM actions a WHERE a.incident = i.id) AS actions,
               coalesce(s.status, 'new') AS status, coalesce(t.told_reporter, '') AS told_reporter
        FROM incidents_now i JOIN pupils p ON p.id = i.pupil
        LEFT JOIN statuses_now s ON s.incident = i.id
        LEFT JOIN told_reporters t ON t.incident = i.id
        WHERE {condition} ORDER BY i.seq DESC"""
    return tuple(store.ask(Summary, sql, me=me))


@dataclass(frozen=True)
class _Found:
    id: str


@dataclass(frozen=True)
class _Stamp:
    recorded_at: datetime
    recorded_by: str
    author: str
    author_post: str
    pupil: str
    in_error: bool


STAMP = """
    SELECT i.recorded_at, i.recorded_by, coalesce(w.name, '') AS author,
           coalesce(w.post, '') AS author_post, i.pupil, i.in_error
    FROM incidents_now i LEFT JOIN people w ON w.id = i.recorded_by WHERE i.id = $id
"""

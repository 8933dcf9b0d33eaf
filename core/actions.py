"""Actions: what was done, said or decided about an incident, added beneath it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import msgspec

from core import alerts, attachments, body_maps, map_forms, map_problems, people, pupils
from core.errors import Refused
from core.forms import Incomplete
from core.inspection import Inspected
from core.permissions import NotThere, Verb, incidents
from core.person import Person
from core.pupils import Pupil
from core.records import Action, Completion, Incident
from core.store import AlreadyRecorded, Store, new_id

KINDS = {
    "note": "Note",
    "parent": "Spoke to parent",
    "agency": "Spoke to agency",
    "decision": "Decision",
    "file": "File added",
}


@dataclass(kw_only=True)
class Form:
    """What is filled in to add an action. `id` is made when the form is opened."""

    id: str = field(default_factory=new_id)
    incident: str
    kind: str = "note"
    account: str = ""
    others: Sequence[str] = ()
    asked_of: str = ""
    due_on: date | None = None
    files: Sequence[Inspected] = ()
    body_map: map_forms.Form | None = None


def to_draft(form: Form) -> dict[str, str]:
    """The form as it is kept until it is sent: everything but files. The words go under a name
    that tells by itself which incident they belong to, as they arrive while they are typed."""
    apart = ("id", "files", "account", "body_map")
    kept = {name: value for name, value in vars(form).items() if name not in apart}
    return {
        draft_name(form.incident): form.account,
        "action": msgspec.json.encode(kept).decode(),
        "action_body_map": map_forms.to_draft(form.body_map),
    }


def from_draft(incident: str, form_id: str, fields: Mapping[str, str]) -> Form | None:
    """The form about an incident that a draft kept; None if it is about something else. What no
    page would have kept is left out."""
    if draft_name(incident) not in fields:
        return None
    try:
        form = msgspec.json.decode(fields.get("action", "null"), type=Form | None)
    except msgspec.MsgspecError:
        form = None
    form = form or Form(incident=incident)
    form.id, form.incident, form.files = form_id, incident, ()
    form.account = fields[draft_name(incident)]
    form.body_map = map_forms.from_draft(fields.get("action_body_map", ""), fields)
    return form


def draft_name(incident: str) -> str:
    """Under which name the words of an action about this incident are kept."""
    return f"action_{incident}"


@dataclass(frozen=True)
class Line:
    """An action as it stands beneath its incident."""

    id: str
    incident: str
    recorded_at: datetime
    author: str
    kind: str
    account: str
    asked_of: str
    asked_name: str
    due_on: date | None
    done_at: datetime | None


@dataclass(frozen=True)
class Request:
    """Something that was asked of somebody about an incident."""

    id: str
    incident: str
    number: int
    pupil_name: str
    class_name: str
    author: str
    account: str
    due_on: date | None
    recorded_at: datetime
    done_at: datetime | None


@dataclass(frozen=True)
class Body:
    """Whose body a map beneath an incident shows, and whether there is one already."""

    pupil: Pupil
    has_map: bool


LINES = """
    SELECT a.id, a.incident, a.recorded_at, coalesce(w.name, '') AS author, a.kind, a.account,
           a.asked_of, coalesce(p.name, '') AS asked_name, a.due_on, c.recorded_at AS done_at
    FROM actions a
    LEFT JOIN people w ON w.id = a.recorded_by
    LEFT JOIN people p ON p.id = a.asked_of
    LEFT JOIN completions c ON c.action = a.id
    JOIN incidents_now i ON i.id = a.incident
    WHERE a.incident {of} AND {seen} ORDER BY a.seq
"""

REQUESTS = """
    SELECT r.id, r.incident, i.number, p.name AS pupil_name, p.class_name,
           coalesce(w.name, '') AS author, r.account, r.due_on, r.recorded_at, r.done_at
    FROM requests r
    JOIN incidents_now i ON i.id = r.incident
    JOIN pupils p ON p.id = i.pupil
    LEFT JOIN people w ON w.id = r.recorded_by
    WHERE {seen}
"""


def add(store: Store, form: Form, *, by: Person) -> None:
    """Records the action with its alerts and files, together or not at all; once, however often
    the form is sent. Raises `NotThere`, `Incomplete`, `NotKept`, and `Refused` if the form was
    changed after it had been recorded."""
    with store.alone():
        incident = _incident(store, form.incident, by)
        if wrong := problems(store, form, by=by):
            raise Incomplete(wrong)
        if known := _sent_before(store, form, by):
            store.append(by=by)  # the first answer may have failed after the first copy was made
            _demand_unchanged(store, form, known, by)
            return
        files = attachments.keep(store, form.files, incident=incident.id, action=form.id)
        drawn = body_maps.records(form.body_map, incident=incident.id, action=form.id)
        notices = alerts.notices(
            told(store, form, by=by),
            incident.id,
            action=form.id,
            category=incident.categories[0],
            by=by,
        )
        try:
            store.append(_recorded(form), *drawn, *files, *notices, by=by)
        except AlreadyRecorded:
            raise Refused("This form was sent already: open a new one.") from None


def told(store: Store, form: Form, *, by: Person) -> list[alerts.Owed]:
    """Who will be alerted: as for the incident, and its author, who should hear what came of it.

    Raises `NotThere` if `by` may not add to the incident.
    """
    incident = _incident(store, form.incident, by)
    author = store.ask(_By, "SELECT recorded_by FROM incidents WHERE id = $id", id=incident.id)
    concerned = store.ask(_Pupil, "FROM concerned WHERE incident = $id", id=incident.id)
    others = {*form.others, form.asked_of, *(a.recorded_by for a in author)} - {""}
    ids = [each.pupil for each in concerned]
    return alerts.owed(store, ids, others=others, named=incident.named, by=by)


def problems(store: Store, form: Form, *, by: Person) -> dict[str, str]:
    """What keeps the action from being added: a sentence for each field, by its name."""
    incident = _incident(store, form.incident, by)
    wrong: dict[str, str] = {}
    if not form.account.strip():
        wrong["account"] = "Please write what was done, said or decided."
    if form.kind not in KINDS:
        wrong["kind"] = "Please choose what kind of action this is."
    if form.due_on and not form.asked_of:
        wrong["asked_of"] = "Please say who should do it by that day."
    staff = {person.id for person in people.teaching(store)} - set(incident.named)
    if (set(form.others) | {form.asked_of}) - staff - {""}:
        wrong["others"] = "Please choose from the staff members that are offered."
    return wrong | _wrong_injuries(store, form, by)


def _wrong_injuries(store: Store, form: Form, by: Person) -> dict[str, str]:
    wrong = attachments.problems(form.files, beside_map=form.body_map is not None, by=by)
    if form.body_map is None:
        return wrong
    of = body(store, form, by=by)
    born_on, is_further = of.pupil.born_on, of.has_map
    return wrong | map_problems.of(form.body_map, born_on=born_on, is_further=is_further)


def body(store: Store, form: Form, *, by: Person) -> Body:
    """Whose body a map that is added with this action shows. Raises `NotThere`."""
    incident = _incident(store, form.incident, by)
    earlier = body_maps.beneath(store, incident.id, by=by)
    has_map = any(drawn.map.action != form.id for drawn in earlier)
    return Body(pupils.of(store, incident.pupil, by=by), has_map)


def beneath(store: Store, incident: str, *, by: Person) -> tuple[Line, ...]:
    """The actions of an incident in order; none if `by` may not see it."""
    sql = LINES.format(of="= $subject", seen=incidents(by))
    return tuple(store.ask(Line, sql, subject=incident, me=by.id))


def about(store: Store, pupil: str, *, by: Person) -> list[Line]:
    """The actions of all incidents that concern a pupil, as far as `by` may see them."""
    of = "IN (SELECT incident FROM concerned WHERE pupil = $subject)"
    sql = LINES.format(of=of, seen=incidents(by, Verb.SEE_CHRONOLOGY))
    return store.ask(Line, sql, subject=pupil, me=by.id)


def asked(store: Store, *, by: Person) -> list[Request]:
    """What is asked of `by` and not done yet, the most pressing first."""
    sql = REQUESTS.format(seen=f"r.asked_of = $me AND r.done_at IS NULL AND {incidents(by)}")
    return store.ask(Request, sql + " ORDER BY r.due_on NULLS LAST, r.seq", me=by.id)


def done(store: Store, action: str, *, by: Person) -> None:
    """Records that what an action asked for has been done, by whoever it was asked of or somebody
    with full access. Done twice is done once. Raises `NotThere`, `Refused`."""
    sql = f"""SELECT r.incident, r.asked_of, r.done_at FROM requests r
              JOIN incidents_now i ON i.id = r.incident WHERE r.id = $id AND {incidents(by)}"""
    with store.alone():
        found = store.ask(_Asked, sql, id=action, me=by.id)
        if not found:
            raise NotThere("action")
        if by.id != found[0].asked_of and not by.full_access:
            raise Refused("Only the person who was asked, or a lead, can say that it is done.")
        if found[0].done_at is None:
            store.append(Completion(action=action, incident=found[0].incident), by=by)


def _recorded(form: Form) -> Action:
    return Action(
        id=form.id,
        incident=form.incident,
        kind=form.kind,
        account=form.account,
        asked_of=form.asked_of,
        due_on=form.due_on,
    )


def _sent_before(store: Store, form: Form, by: Person) -> Action | None:
    sql = "FROM actions WHERE id = $id AND recorded_by = $me"
    return next(iter(store.ask(Action, sql, id=form.id, me=by.id)), None)


def _demand_unchanged(store: Store, form: Form, known: Action, by: Person) -> None:
    where = {"incident": form.incident, "action": form.id}
    chosen = {o.person.id for o in told(store, form, by=by)} & {*form.others} - {by.id}
    if not (
        known == _recorded(form)
        and body_maps.is_recorded(store, form.body_map, **where)
        and attachments.are_recorded(store, form.files, **where)
        and alerts.are_told(store, chosen, **where)
    ):
        raise Refused(
            "This was recorded before you changed it: open the incident, "
            "and add what is new as another action."
        )


def _incident(store: Store, incident_id: str, by: Person) -> Incident:
    condition = incidents(by, Verb.ADD_ACTION)
    sql = f"FROM incidents i WHERE i.id = $id AND {condition}"
    found = store.ask(Incident, sql, id=incident_id, me=by.id)
    if not found:
        raise NotThere("incident")
    return found[0]


@dataclass(frozen=True)
class _By:
    recorded_by: str


@dataclass(frozen=True)
class _Pupil:
    pupil: str


@dataclass(frozen=True)
class _Asked:
    incident: str
    asked_of: str
    done_at: datetime | None

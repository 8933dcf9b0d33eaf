"""Actions: what was done, said or decided about an incident, added beneath it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core import attachments, body_maps, concerns, once, recipients, requests
from core.action_forms import KINDS, TALKS, Form, problems
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import NotThere, Verb, incidents
from core.person import Person
from core.records import Action, Completion
from core.store import Store

__all__ = ["KINDS", "Form"]


@dataclass(frozen=True)
class Line:
    """An action as it stands beneath its incident."""

    id: str
    incident: str
    seq: int
    recorded_at: datetime
    author: str
    kind: str
    account: str
    with_whom: str
    how: str
    agreed: str
    asked_of: str
    asked_name: str
    due_on: date | None
    done_at: datetime | None


LINES = """
    SELECT a.id, a.incident, a.seq, a.recorded_at, coalesce(w.name, '') AS author, a.kind,
           a.account, a.with_whom, a.how, a.agreed, a.asked_of, coalesce(p.name, '') AS asked_name,
           a.due_on, c.recorded_at AS done_at
    FROM actions a
    LEFT JOIN people w ON w.id = a.recorded_by
    LEFT JOIN people p ON p.id = a.asked_of
    LEFT JOIN completions c ON c.action = a.id
    JOIN incidents_now i ON i.id = a.incident
    WHERE a.incident {of} AND {seen} ORDER BY a.seq
"""


def add(store: Store, form: Form, *, by: Person) -> None:
    """Records the action with its alerts and files, and that what it answers is done, together or
    not at all; once, however often the form is sent. Raises `NotThere`, `Incomplete`, `NotKept`,
    and `Refused` if the form was changed after it had been recorded, or answers what was asked of
    somebody else."""
    with store.alone():
        incident = concerns.of(store, form.incident, Verb.ADD_ACTION, by=by)
        if known := once.known(store, Action, form.id, by=by):
            _demand_unchanged(store, form, known, by)
            return
        if wrong := problems(store, form, by=by):
            raise Incomplete(wrong)
        files = attachments.keep(store, form.files, incident=incident.id, action=form.id)
        drawn = body_maps.records(form.body_map, incident=incident.id, action=form.id)
        notices = recipients.notices(
            told(store, form, by=by),
            incident.id,
            action=form.id,
            category=incident.categories[0],
            by=by,
        )
        done = _answered(store, form, by)
        once.append(store, _recorded(form), *done, *drawn, *files, *notices, by=by)


def _answered(store: Store, form: Form, by: Person) -> list[Completion]:
    done = requests.completions(store, form.answers, by=by) if form.answers else []
    if any(each.incident != form.incident for each in done):
        raise NotThere("action")
    return done


def told(store: Store, form: Form, *, by: Person) -> list[recipients.Owed]:
    """Who will be alerted: as for the incident, and its author, who should hear what came of it.

    Raises `NotThere` if `by` may not add to the incident.
    """
    incident = concerns.of(store, form.incident, Verb.ADD_ACTION, by=by)
    concerned = store.ask(_Pupil, "FROM concerned WHERE incident = $id", id=incident.id)
    others = {*form.others, form.asked_of, incident.recorded_by} - {""}
    ids = [each.pupil for each in concerned]
    barred = concerns.barred(store, incident.id)  # of a child it was first written about, too
    return recipients.owed(store, ids, others=others, named=incident.named, barred=barred, by=by)


def beneath(store: Store, incident: str, *, by: Person) -> tuple[Line, ...]:
    """The actions of an incident in order; none if `by` may not see it."""
    sql = LINES.format(of="= $subject", seen=incidents(by))
    return tuple(store.ask(Line, sql, subject=incident, me=by.id))


def about(store: Store, pupil: str, *, by: Person) -> list[Line]:
    """The actions of all incidents that concern a pupil, as far as `by` may see them."""
    of = "IN (SELECT incident FROM concerned WHERE pupil = $subject)"
    sql = LINES.format(of=of, seen=incidents(by, Verb.SEE_CHRONOLOGY))
    return store.ask(Line, sql, subject=pupil, me=by.id)


def _recorded(form: Form) -> Action:
    talk = form.kind in TALKS
    return Action(
        id=form.id,
        incident=form.incident,
        kind=form.kind,
        account=form.account,
        with_whom=form.with_whom if talk else "",
        how=form.how if talk else "",
        agreed=form.agreed if talk else "",
        asked_of=form.asked_of,
        due_on=form.due_on,
    )


def _demand_unchanged(store: Store, form: Form, known: Action, by: Person) -> None:
    where = {"incident": form.incident, "action": form.id}
    chosen = {o.person.id for o in told(store, form, by=by)} & {*form.others} - {by.id}
    if not (
        known == _recorded(form)
        and body_maps.is_recorded(store, form.body_map, **where)
        and attachments.are_recorded(store, form.files, **where)
        and recipients.are_told(store, chosen, **where)
    ):
        raise Refused(
            "This was recorded before you changed it: open the incident, "
            "and add what is new as another action."
        )


@dataclass(frozen=True)
class _Pupil:
    pupil: str

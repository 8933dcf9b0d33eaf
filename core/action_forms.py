"""The form of an action: what is filled in, what is kept of it until it is sent, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from core import (
    attachments,
    body_maps,
    concerns,
    map_forms,
    map_problems,
    moments,
    people,
    pupils,
    settings,
)
from core.inspection import Inspected
from core.permissions import Verb
from core.person import Person
from core.pupils import Pupil
from core.records import Action
from core.store import Store, new_id, texts

KINDS = {
    "note": "Note",
    "parent": "Spoke to parent",
    "agency": "Spoke to agency",
    "decision": "Decision",
    "file": "File added",
}


TALKS = ("parent", "agency")  # kinds that say with whom, how, and what was agreed

HOW = {
    "in_person": "In person",
    "phone": "By phone",
    "video": "By video",
    "letter": "Letter or mail",
    "other": "Other",
}

TYPED = ("account", "with_whom", "agreed")  # fields whose words are kept while they are typed


@dataclass(kw_only=True)
class Form:
    """What is filled in to add an action. `id` is made when the form is opened; `answers` is the
    action whose request is done with this one, if any."""

    id: str = field(default_factory=new_id)
    incident: str
    kind: str = "note"
    account: str = ""
    with_whom: str = ""
    how: str = ""
    agreed: str = ""
    others: Sequence[str] = ()
    asked_of: str = ""
    due_on: date | None = None
    answers: str = ""
    files: Sequence[Inspected] = ()
    body_map: map_forms.Form | None = None


def to_draft(form: Form) -> dict[str, str]:
    """The form as it is kept until it is sent: everything but files. The words go under a name
    that tells by itself which incident they belong to, as they arrive while they are typed."""
    apart = ("id", "files", "body_map", *TYPED)
    kept = {name: value for name, value in vars(form).items() if name not in apart}
    return {
        **{draft_name(form.incident, name): getattr(form, name) for name in TYPED},
        "action": msgspec.json.encode(kept).decode(),
        "action_body_map": map_forms.to_draft(form.body_map),
    }


def from_draft(incident: str, form_id: str, fields: Mapping[str, str]) -> Form | None:
    """The form about an incident that a draft kept; None if it is about something else. What no
    page would have kept is left out."""
    typed = {name: fields.get(draft_name(incident, name)) for name in TYPED}
    if not any(text is not None for text in typed.values()):
        return None
    try:
        form = msgspec.json.decode(fields.get("action", "null"), type=Form | None)
    except msgspec.MsgspecError:
        form = None
    form = form or Form(incident=incident)
    form.id, form.incident, form.files = form_id, incident, ()
    for name, text in typed.items():
        setattr(form, name, text or "")
    form.body_map = map_forms.from_draft(fields.get("action_body_map", ""), fields)
    return form


def draft_name(incident: str, field: str = "account") -> str:
    """Under which name the words of a field of an action about this incident are kept."""
    return f"{'action' if field == 'account' else field}_{incident}"


@dataclass(frozen=True)
class Body:
    """Whose body a map beneath an incident shows, and whether there is one already."""

    pupil: Pupil
    has_map: bool


def problems(store: Store, form: Form, *, by: Person) -> dict[str, str]:
    """What keeps the action from being added: a sentence for each field, by its name."""
    incident = concerns.of(store, form.incident, Verb.ADD_ACTION, by=by)
    wrong: dict[str, str] = {}
    if not form.account.strip():
        wrong["account"] = "Please write what was done, said or decided."
    if form.kind not in KINDS:
        wrong["kind"] = "Please choose what kind of action this is."
    if form.kind in TALKS and not form.with_whom.strip():
        wrong["with_whom"] = "Please say with whom you spoke."
    if form.kind in TALKS and form.how not in ("", *HOW):
        wrong["how"] = "Please choose how you spoke."
    if form.due_on and not form.asked_of:
        wrong["asked_of"] = "Please say who should do it by that day."
    staff = {person.id for person in people.teaching(store)} - set(incident.named)
    if form.asked_of and form.asked_of not in staff:
        wrong["asked_of"] = "This person cannot be asked any more: choose one who is offered."
    if form.due_on and form.due_on < moments.today(settings.school(store).zone):
        wrong["due_on"] = "This day has passed: choose today or a later one."
    if set(form.others) - staff:
        wrong["others"] = "Please choose from the staff members that are offered."
    wrong |= texts.faults(Action, form) | texts.too_much(form, "account")
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
    incident = concerns.of(store, form.incident, Verb.ADD_ACTION, by=by)
    earlier = body_maps.beneath(store, incident.id, by=by)
    has_map = any(drawn.map.action != form.id for drawn in earlier)
    return Body(pupils.of(store, incident.pupil, by=by), has_map)

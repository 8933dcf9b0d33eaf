"""The form for a concern: what staff fill in, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import msgspec

from core import (
    attachments,
    categories,
    map_forms,
    map_problems,
    moments,
    paper_sources,
    people,
    pupils,
    settings,
)
from core.errors import Refused
from core.inspection import Inspected
from core.person import Person
from core.records import Incident
from core.store import Store, new_id, texts

PARTS = {
    "witness": "Witness",
    "alleged": "Alleged to have caused harm",
    "harmed": "Harmed",
    "sibling": "Sibling",
    "other": "Other",
}

# What there is to write, for whoever writes it on a screen or on paper.
GUIDE = (
    ("Your worry", "Begin with what worries you."),
    ("Seen", "Place, time, who was there."),
    ("Told", "The exact words. No leading questions."),
    ("Heard", "From whom, and how they knew."),
    ("Injury", "Where, how large, what colour. Was medical advice sought?"),
    ("Done", "What you did, and who you told."),
    ("Your view", "“I think” is welcome when you say so."),
)

TYPED = ("account", "child_words", "parents_why_not", "told_in_person", "told_at", "original_notes")


@dataclass(kw_only=True)
class Form:
    """What a member of staff has filled in. `id` is made when the form is opened, so that a form
    that is sent twice makes one incident."""

    id: str = field(default_factory=new_id)
    pupil: str = ""
    occurred_at: datetime | None = None
    about_time: bool = False
    account: str = ""
    child_words: str = ""
    parents_contacted: bool | None = None
    parents_why_not: str = ""
    told_in_person: str = ""
    told_at: str = ""
    original_notes: str = ""
    categories: Sequence[str] = ()
    linked: Sequence[tuple[str, str]] = ()
    others: Sequence[str] = ()
    named: Sequence[str] = ()
    agencies: Sequence[str] = ()
    urgent: bool = False
    files: Sequence[Inspected] = ()
    body_map: map_forms.Form | None = None
    paper: paper_sources.Form | None = None


class Incomplete(Refused):
    """The form cannot be sent yet. `problems` has one sentence for each field concerned."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(next(iter(problems.values())))
        self.problems = problems


def problems(store: Store, form: Form, *, by: Person) -> dict[str, str]:
    """What keeps a form from being sent: a sentence for each field, by the field's name."""
    wrong: dict[str, str] = {}
    if not form.pupil or not _all_known(store, [form.pupil], by):
        wrong["pupil"] = "Please choose the student."
    if said := _wrong_time(store, form.occurred_at, _born_on(store, form, by)):
        wrong["occurred_at"] = said
    if not form.account.strip():
        wrong["account"] = "Please write what you saw, heard or were told."
    if form.parents_contacted is None:
        wrong["parents_contacted"] = "Please say whether parents have been contacted."
    elif not form.parents_contacted and not form.parents_why_not.strip():
        wrong["parents_why_not"] = "Please say why parents were not contacted."
    wrong |= _wrong_choices(store, form, by) | _wrong_injuries(store, form, by)
    wrong |= paper_sources.problems(store, form.paper, incident=form.id, by=by)
    return texts.faults(Incident, form) | wrong | texts.too_much(form, "account")


def _wrong_time(store: Store, at: datetime | None, born_on: date | None) -> str:
    if at is None:
        return "Please say when it happened."
    if moments.is_ahead(at):
        return "This is in the future: please check the date and the time."
    if born_on and at.astimezone(settings.school(store).zone).date() < born_on:
        return "This is before the student was born: please check the date."
    return ""


def _born_on(store: Store, form: Form, by: Person) -> date | None:
    known = form.pupil and _all_known(store, [form.pupil], by)
    return pupils.of(store, form.pupil, by=by).born_on if known else None


def _wrong_injuries(store: Store, form: Form, by: Person) -> dict[str, str]:
    wrong = attachments.problems(form.files, beside_map=form.body_map is not None, by=by)
    if form.body_map is None:
        return wrong
    return wrong | map_problems.of(form.body_map, born_on=_born_on(store, form, by))


def _wrong_choices(store: Store, form: Form, by: Person) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not form.categories:
        wrong["categories"] = "Please choose at least one category."
    elif set(form.categories) - {category.key for category in categories.offered(by=by)}:
        wrong["categories"] = "Please choose from the categories that are offered."
    linked = [pupil for pupil, _ in form.linked]
    if len(set(linked)) < len(linked) or form.pupil in linked:
        wrong["linked"] = "Please link each student once."
    elif {part for _, part in form.linked} - PARTS.keys() or not _all_known(store, linked, by):
        wrong["linked"] = "Please choose the linked student and their part."
    if set(form.agencies) - {agency.key for agency in categories.agencies()}:
        wrong["agencies"] = "Please choose from the agencies that are offered."
    staff = {person.id for person in people.teaching(store)}
    if (set(form.others) | set(form.named)) - staff:
        wrong["others"] = "Please choose from the staff members that are offered."
    return wrong


def _all_known(store: Store, pupil_ids: Sequence[str], by: Person) -> bool:
    return set(pupil_ids) <= {pupil.id for pupil in pupils.everyone(store, by=by)}


def is_begun(form: Form) -> bool:
    """Whether there is anything in the form that somebody would miss."""
    typed = any(getattr(form, name) for name in TYPED)
    from_paper = form.paper not in (None, paper_sources.Form())
    return bool(form.pupil or form.body_map or from_paper or typed)


def to_draft(form: Form) -> dict[str, str]:
    """The form as it is kept until it is sent: everything but files."""
    apart = ("id", "files", "body_map")
    kept = {name: value for name, value in vars(form).items() if name not in apart}
    whole = msgspec.json.encode(kept).decode()
    return {"form": whole, "body_map": map_forms.to_draft(form.body_map)}


def from_draft(form_id: str, fields: Mapping[str, str]) -> Form:
    """The form that was kept, with texts that were typed after it (they arrive by themselves). A
    draft comes from the browser: what no page would have kept is left out."""
    try:
        form = msgspec.json.decode(fields.get("form", "{}"), type=Form)
    except msgspec.MsgspecError:
        form = Form()
    form.id, form.files = form_id, ()
    if form.occurred_at and form.occurred_at.tzinfo is None:
        form.occurred_at = None
    form.body_map = map_forms.from_draft(fields.get("body_map", ""), fields)
    for name in TYPED:
        setattr(form, name, fields.get(name, getattr(form, name)))
    return form

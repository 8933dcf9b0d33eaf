"""The form for a report to a conference: what is typed, what is missing, and its draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec

from core.reports import statements
from core.reports.exports import addressed
from core.reports.statements import Typed
from core.store import new_id, texts

# Long texts, which arrive by themselves while they are typed.
TEXTS = ("carers", "professionals", "why")


@dataclass(kw_only=True)
class Form:
    """What is filled in. `id` is made when the form is opened, and is the report's."""

    id: str = field(default_factory=new_id)
    pupil: str
    conference: str = ""
    held_on: date | None = None
    names_used: str = ""
    carers: str = ""
    professionals: str = ""
    why: str = ""
    said: dict[str, list[Typed]] = field(default_factory=statements.blank)
    shared_with_parents: bool | None = None
    parents_on: date | None = None
    parents_why_not: str = ""
    shared_with_child: bool | None = None
    child_on: date | None = None
    child_why_not: str = ""
    recipient: str = ""

    @property
    def purpose(self) -> str:
        """Why it is made, as the export says."""
        return self.conference.strip()

    @property
    def is_begun(self) -> bool:
        """Whether there is anything in it that somebody would miss."""
        return to_draft(self) != to_draft(Form(pupil=self.pupil, said=_emptied(self.said)))


def problems(form: Form) -> dict[str, str]:
    """What keeps the report from being made, by the names of the fields; all at once."""
    wrong = {
        name: missing
        for name, missing in (
            ("conference", "Please say what conference it is for."),
            ("carers", "Please say who has parental responsibility, and who lives at home."),
            ("why", "Please write why the school is involved, and what it has done."),
        )
        if not getattr(form, name).strip()
    }
    if form.conference.strip() and "purpose" in addressed("-", form.purpose):
        wrong["conference"] = addressed("-", form.purpose)["purpose"]
    if "recipient" in addressed(form.recipient, "-"):
        wrong["recipient"] = addressed(form.recipient, "-")["recipient"]
    wrong |= texts.too_much(form, "why")
    return wrong | statements.problems(form.said) | _unshared(form)


def _unshared(form: Form) -> dict[str, str]:
    wrong: dict[str, str] = {}
    for whom, shared, when, why_not in (
        ("parents", form.shared_with_parents, form.parents_on, form.parents_why_not),
        ("child", form.shared_with_child, form.child_on, form.child_why_not),
    ):
        if shared is None:
            wrong[f"shared_with_{whom}"] = "Please say whether it was shared."
        elif shared and when is None:
            wrong[f"{whom}_on"] = "Please say when it was shared."
        elif not shared and not why_not.strip():
            wrong[f"{whom}_why_not"] = "Please say why it was not shared."
    return wrong


def to_draft(form: Form) -> dict[str, str]:
    """The form as it is kept until the report is made."""
    kept = {name: value for name, value in vars(form).items() if name != "id"}
    texts = {draft_name(form.pupil, name): getattr(form, name) for name in TEXTS}
    said = {draft_name(form.pupil, each.id): each.account for each in _statements(form)}
    return {draft_name(form.pupil): msgspec.json.encode(kept).decode(), **texts, **said}


def from_draft(pupil: str, form_id: str, fields: Mapping[str, str]) -> Form | None:
    """The form about a pupil that a draft kept; None if it is about something else. What no page
    would have kept is left out."""
    if not any(name.startswith(draft_name(pupil)) for name in fields):
        return None
    try:
        form = msgspec.json.decode(fields.get(draft_name(pupil), "null"), type=Form | None)
    except msgspec.MsgspecError:
        form = None
    form = form or Form(pupil=pupil)
    form.id, form.pupil = form_id, pupil
    form.said = {key: form.said.get(key) or [Typed()] for key in statements.SECTIONS}
    for name in TEXTS:
        setattr(form, name, fields.get(draft_name(pupil, name), getattr(form, name)))
    for each in _statements(form):
        each.account = fields.get(draft_name(pupil, each.id), each.account)
    return form


def draft_name(pupil: str, field_: str = "") -> str:
    """Under which name a text about this pupil is kept."""
    return f"conference_{pupil}_{field_}"


def _emptied(said: Mapping[str, list[Typed]]) -> dict[str, list[Typed]]:
    return {key: [Typed(id=each.id) for each in typed] for key, typed in said.items()}


def _statements(form: Form) -> list[Typed]:
    return [each for typed in form.said.values() for each in typed]

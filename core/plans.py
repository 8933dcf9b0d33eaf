"""Plans and flags of pupils, with their dates, and what every lead should know first.

A plan is never changed: new details stand instead of the older ones, which stay in the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from core import pupils
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import Verb, children
from core.person import Person
from core.records import PlanDetails, StandingNote
from core.store import Store, new_id

KINDS: Mapping[str, str] = {
    "child_protection": "Child protection plan",
    "child_in_need": "Child in need plan",
    "early_help": "Early help",
    "looked_after": "Looked after",
    "young_carer": "Young carer",
    "ehcp": "Education, health and care plan",
    "court_order": "Court order",
}


@dataclass(kw_only=True)
class Form:
    """What is filled in for a plan; `id` is the plan's, so that its details can be said anew."""

    id: str = field(default_factory=new_id)
    pupil: str
    kind: str = ""
    since: date | None = None
    until: date | None = None
    review_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """A plan as it stands now."""

    id: str
    pupil: str
    pupil_name: str
    class_name: str
    kind: str
    since: date
    until: date | None
    review_on: date | None
    note: str

    def is_over(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < day


@dataclass(frozen=True)
class Note:
    """A lead's standing note about a pupil."""

    account: str
    author: str
    recorded_at: datetime


PLANS = """
    SELECT n.id, n.pupil, p.name AS pupil_name, p.class_name, n.kind, n.since, n.until,
           n.review_on, n.note
    FROM plans_now n JOIN pupils p ON p.id = n.pupil
    WHERE {seen} AND {which} ORDER BY n.since, n.id
"""


def record(store: Store, form: Form, *, by: Person) -> None:
    """Records a plan, or its details anew. Raises `NotThere`, `Incomplete`."""
    pupils.demand_record(store, form.pupil, Verb.FOLLOW_UP, by=by)
    if wrong := problems(form):
        raise Incomplete(wrong)
    assert form.since is not None  # noqa: S101 - or there would be a problem
    store.append(
        PlanDetails(
            plan=form.id,
            pupil=form.pupil,
            kind=form.kind,
            since=form.since,
            until=form.until,
            review_on=form.review_on,
            note=form.note,
        ),
        by=by,
    )


def problems(form: Form) -> dict[str, str]:
    """What keeps a plan from being recorded, by the names of the fields."""
    wrong: dict[str, str] = {}
    if form.kind not in KINDS:
        wrong["kind"] = "Please choose what kind of plan it is."
    if form.since is None:
        wrong["since"] = "Please say since when."
    elif form.until and form.until < form.since:
        wrong["until"] = "It ends before it begins: please check the dates."
    return wrong


def of(store: Store, pupil: str, *, by: Person) -> tuple[Plan, ...]:
    """All plans of a pupil, ended ones too; none if `by` may not see their chronology."""
    return store.kept(_of, pupil, by)


def _of(store: Store, pupil: str, by: Person) -> tuple[Plan, ...]:
    seen = children(by, Verb.SEE_CHRONOLOGY)
    sql = PLANS.format(seen=seen, which="n.pupil = $pupil")
    return tuple(store.ask(Plan, sql, pupil=pupil, me=by.id))


def current(store: Store, today: date, *, by: Person) -> list[Plan]:
    """The plans of all pupils on roll that have not ended."""
    return list(store.kept(_current, today, by))


def _current(store: Store, today: date, by: Person) -> list[Plan]:
    which = "(n.until IS NULL OR n.until >= $today) AND p.left_on IS NULL"
    sql = PLANS.format(seen=children(by, Verb.SEE_CHRONOLOGY), which=which)
    return store.ask(Plan, sql, today=today, me=by.id)


def note(store: Store, pupil: str, account: str, *, seen: Note | None = None, by: Person) -> None:
    """Records what every lead should know first, in the place of the note that was `seen`; an empty
    one takes it away. The same words once more are nothing new. Raises `NotThere`, and `Refused`
    if somebody has recorded another one meanwhile."""
    pupils.demand_record(store, pupil, Verb.FOLLOW_UP, by=by)
    with store.alone():
        now = note_of(store, pupil, by=by)
        if account.strip() == (now.account if now else ""):
            return
        if now != seen:
            raise Refused("Somebody has changed this note meanwhile: read it, then record yours.")
        store.append(StandingNote(pupil=pupil, account=account.strip()), by=by)


def note_of(store: Store, pupil: str, *, by: Person) -> Note | None:
    """The standing note about a pupil, if there is one and `by` may see it."""
    return store.kept(_note_of, pupil, by)


def _note_of(store: Store, pupil: str, by: Person) -> Note | None:
    sql = f"""SELECT n.account, coalesce(w.name, '') AS author, n.recorded_at
              FROM standing_notes_now n JOIN pupils p ON p.id = n.pupil
              LEFT JOIN people w ON w.id = n.recorded_by
              WHERE n.pupil = $pupil AND n.account <> '' AND {children(by, Verb.SEE_CHRONOLOGY)}"""
    found = store.ask(Note, sql, pupil=pupil, me=by.id)
    return found[0] if found else None

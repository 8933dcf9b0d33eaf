"""Requests to see a record: who asks, since when, and by which day they are answered.

A request is answered within one calendar month, school holidays or not. While the school has asked
who somebody is, the month has not begun; a request that is complex has two months more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from core import moments, once, pupils, settings
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import NotThere, Verb, children
from core.person import Person
from core.pupils import Pupil
from core.records import AccessRequest, AccessStep
from core.store import Store, new_id

STEPS: Mapping[str, str] = {
    "identity_asked": "Proof of identity was asked for",
    "identity_proved": "Identity was proved",
    "extended": "Two months more, as it is complex",
    "closed": "Closed",
}
MONTH, MORE = relativedelta(months=1), relativedelta(months=3)
LONGEST = 200  # letters


@dataclass(kw_only=True)
class Form:
    """What is filled in when a request comes."""

    id: str = field(default_factory=new_id)
    pupil: str
    received_on: date | None = None
    asked_by: str = ""
    relation: str = ""
    names_staff: bool = False


@dataclass(kw_only=True)
class StepForm:
    """What is filled in about a step; it happened on `day`."""

    id: str = field(default_factory=new_id)
    request: str
    kind: str = ""
    day: date | None = None
    why: str = ""


@dataclass(frozen=True)
class Step:
    """A step as it is read."""

    kind: str
    day: date
    why: str
    author: str


@dataclass(frozen=True)
class Request:
    """A request with its steps, the oldest first."""

    id: str
    pupil: str
    received_on: date
    asked_by: str
    relation: str
    names_staff: bool
    recorded_at: datetime
    author: str
    steps: tuple[Step, ...]

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is to be done."""
        return any(step.kind == "closed" for step in self.steps)

    @property
    def waits(self) -> bool:
        """Whether it is not proved yet who asks."""
        identity = [step.kind for step in self.steps if step.kind.startswith("identity")]
        return identity[-1:] == ["identity_asked"]

    @property
    def is_extended(self) -> bool:
        """Whether there are two months more."""
        return any(step.kind == "extended" for step in self.steps)

    @property
    def begins_on(self) -> date | None:
        """From which day the time counts; None while it is not proved who asks."""
        proved = [step.day for step in self.steps if step.kind == "identity_proved"]
        return None if self.waits else max([self.received_on, *proved])

    @property
    def due_on(self) -> date | None:
        """The same day of the month in which it ends, or the last day of that month."""
        begins = self.begins_on
        return begins + (MORE if self.is_extended else MONTH) if begins else None


REQUESTS = """
    SELECT r.id, r.pupil, r.received_on, r.asked_by, r.relation, r.names_staff, r.recorded_at,
           coalesce(w.name, '') AS author
    FROM access_requests r JOIN pupils p ON p.id = r.pupil
    LEFT JOIN people w ON w.id = r.recorded_by
    WHERE {which} AND {seen} ORDER BY r.seq DESC
"""

ITS_STEPS = """
    SELECT s.kind, s.day, s.why, coalesce(w.name, '') AS author
    FROM access_steps s LEFT JOIN people w ON w.id = s.recorded_by
    WHERE s.request = $request ORDER BY s.seq
"""


@dataclass(frozen=True)
class _Line:
    id: str
    pupil: str
    received_on: date
    asked_by: str
    relation: str
    names_staff: bool
    recorded_at: datetime
    author: str


def subject(store: Store, pupil: str, *, by: Person) -> Pupil:
    """The child about whom somebody asks, if `by` may answer them. Raises `NotThere`."""
    pupils.demand_record(store, pupil, Verb.EXPORT, by=by)
    return pupils.of(store, pupil, by=by)


def about(store: Store, pupil: str, *, by: Person) -> list[Request]:
    """The requests about a pupil, the newest first; none if `by` may not answer them."""
    return _requests(store, "r.pupil = $what", pupil, by)


def find(store: Store, request: str, *, by: Person) -> Request:
    """The request of this id. Raises `NotThere`."""
    found = _requests(store, "r.id = $what", request, by)
    if not found:
        raise NotThere("request")
    return found[0]


def add(store: Store, form: Form, *, by: Person) -> None:
    """Records a request; once, however often it is sent. Raises `NotThere`, `Incomplete`,
    `Refused` while another request about the pupil is open."""
    pupils.demand_record(store, form.pupil, Verb.EXPORT, by=by)
    with store.alone():
        if wrong := problems(store, form, by=by):
            raise Incomplete(wrong)
        others = [each for each in about(store, form.pupil, by=by) if each.id != form.id]
        if not all(each.is_closed for each in others):
            raise Refused("Another request about this student is open: close it first.")
        assert form.received_on  # noqa: S101 - or there would be a problem
        record = AccessRequest(
            id=form.id,
            pupil=form.pupil,
            received_on=form.received_on,
            asked_by=form.asked_by.strip(),
            relation=form.relation.strip(),
            names_staff=form.names_staff,
        )
        once.append(store, record, by=by)


def problems(store: Store, form: Form, *, by: Person) -> dict[str, str]:
    """What keeps a request from being recorded, by the names of the fields."""
    pupils.demand_record(store, form.pupil, Verb.EXPORT, by=by)
    wrong = _wrong_day(store, form.received_on, "received_on")
    for name, missing in (
        ("asked_by", "Please say who asks for it."),
        ("relation", "Please say who they are to the child, such as mother, or the child."),
    ):
        said = getattr(form, name).strip()
        if not said or len(said) > LONGEST:
            wrong[name] = f"Please say it in {LONGEST} letters." if said else missing
    return wrong


def take(store: Store, form: StepForm, *, by: Person) -> None:
    """Records a step. Raises `NotThere`, `Incomplete`."""
    with store.alone():
        request = find(store, form.request, by=by)
        wrong = _wrong_day(store, form.day, "day") | _wrong_step(request, form)
        if wrong:
            raise Incomplete(wrong)
        assert form.day  # noqa: S101 - or there would be a problem
        record = AccessStep(
            id=form.id, request=form.request, kind=form.kind, day=form.day, why=form.why.strip()
        )
        once.append(store, record, by=by)


def possible(request: Request) -> list[str]:
    """The steps that can come next."""
    if request.is_closed:
        return []
    identity = "identity_proved" if request.waits else "identity_asked"
    return [identity, *["extended"] * (not request.is_extended), "closed"]


def _wrong_step(request: Request, form: StepForm) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if form.kind not in possible(request):
        wrong["kind"] = "Please choose what happened."
    elif form.kind in ("extended", "closed") and not form.why.strip():
        wrong["why"] = "Please give the reason."
    if form.day and form.day < request.received_on:
        wrong["day"] = "This is before the request came: please check the date."
    if form.kind == "extended" and form.day and request.due_on and form.day > request.due_on:
        wrong["day"] = "More time can be taken only within the first month."
    return wrong


def _wrong_day(store: Store, day: date | None, name: str) -> dict[str, str]:
    if day is None:
        return {name: "Please say on which day."}
    is_later = day > moments.today(settings.school(store).zone)
    return {name: "This is in the future: please check the date."} if is_later else {}


def _requests(store: Store, which: str, what: str, by: Person) -> list[Request]:
    sql = REQUESTS.format(which=which, seen=children(by, Verb.EXPORT))
    lines = store.ask(_Line, sql, what=what, me=by.id)
    return [
        Request(**vars(line), steps=tuple(store.ask(Step, ITS_STEPS, request=line.id)))
        for line in lines
    ]

"""Pupils who move to another school: their file has to follow within five days.

A transfer is over once the other school has signed for the file (`receipts`), or was called off.
What is told anew stands instead of what was told before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from core import openings, pupils, school_days, transfer_days
from core.forms import Incomplete
from core.permissions import NotThere, Verb, children, demand, incidents
from core.person import Person
from core.records import TransferDetails
from core.school_days import Calendar
from core.store import Store, new_id
from core.transfer_days import Due

LONGEST = 120  # letters of a name; both stand at the foot of every page


@dataclass(kw_only=True)
class Form:
    """What is filled in for a transfer; `id` is the transfer's, so that it can be said anew."""

    id: str = field(default_factory=new_id)
    pupil: str = ""
    school: str = ""
    contact: str = ""
    leaving_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Transfer:
    """A transfer as it stands now. `chased` is how often the other school was asked for the
    receipt, and `chased_on` when it was last. `untold` is how many entries of the record, as far
    as the viewer sees them, are not in the file that was made last."""

    id: str
    number: int
    pupil: str
    pupil_name: str
    class_name: str
    school: str
    contact: str
    leaving_on: date
    reason: str
    ended: bool
    made_at: datetime | None
    received_on: date | None
    signed_by: str
    chased: int
    chased_on: date | None
    untold: int
    calendar: Calendar = field(default_factory=Calendar)  # its days are one way to count

    @property
    def due(self) -> Due:
        """By when the other school has to have the file."""
        return transfer_days.due(self.calendar, self.leaving_on)

    @property
    def is_open(self) -> bool:
        """Whether the receipt is still to come."""
        return self.received_on is None and not self.ended

    def is_late(self, today: date) -> bool:
        """Whether the other school should have the file, and has not said so."""
        return self.is_open and today > self.due.earliest


LINES = """
    SELECT t.id, t.number, t.pupil, p.name AS pupil_name, p.class_name, t.school, t.contact,
           t.leaving_on, t.reason, t.ended, t.made_at, t.received_on, t.signed_by,
           t.chased, t.chased_on, coalesce(u.untold, 0) AS untold
    FROM transfers_now t JOIN pupils p ON p.id = t.pupil
    LEFT JOIN (
        SELECT f.transfer, count(DISTINCT i.id) AS untold
        FROM (
            FROM transfer_files
            QUALIFY row_number() OVER (PARTITION BY transfer ORDER BY seq DESC) = 1
        ) f
        JOIN transfers_now n ON n.id = f.transfer
        JOIN concerned c ON c.pupil = n.pupil
        JOIN incidents_now i ON i.id = c.incident
        WHERE NOT i.in_error AND NOT list_contains(f.rests_on, i.id) AND {entries}
        GROUP BY f.transfer
    ) u ON u.transfer = t.id
    WHERE {seen} AND {which} ORDER BY t.leaving_on, t.number
"""


def record(store: Store, form: Form, *, by: Person) -> None:
    """Records a transfer, or its details anew. Raises `NotThere`, `Incomplete`."""
    _append(store, form, by)


def call_off(store: Store, transfer: str, reason: str, *, by: Person) -> None:
    """Records that a pupil does not move after all, and why. Raises `NotThere`, `Incomplete`."""
    found = of(store, transfer, by=by)
    if not reason.strip():
        raise Incomplete({"ended": "Please say why the student does not move."})
    form = Form(id=found.id, pupil=found.pupil, school=found.school, contact=found.contact,
                leaving_on=found.leaving_on, reason=reason)  # fmt: skip
    _append(store, form, by, ended=True)


def problems(form: Form) -> dict[str, str]:
    """What keeps a transfer from being recorded, by the names of the fields."""
    wrong: dict[str, str] = {}
    if not form.pupil:
        wrong["pupil"] = "Please choose the student."
    for name, text, missing in (
        ("school", form.school, "Please say to which school."),
        ("contact", form.contact, "Please say whom to reach there: name, post and telephone."),
        ("reason", form.reason, "Please say why the student moves."),
    ):
        if not 0 < len(text.strip()) <= LONGEST:
            wrong[name] = f"Please say it in {LONGEST} letters." if text.strip() else missing
    if form.leaving_on is None:
        wrong["leaving_on"] = "Please say which day is the last one here."
    return wrong


def every(store: Store, *, by: Person) -> list[Transfer]:
    """All transfers, whoever leaves first first; those of the viewer's own family are left out.
    Raises `NotAllowed`."""
    demand(by, Verb.TRANSFER)
    return list(_some(store, by, "t.id IS NOT NULL"))


def of(store: Store, transfer: str, *, by: Person) -> Transfer:
    """One transfer; that it was read is recorded first. Raises `NotThere`."""
    found = _some(store, by, "t.id = $transfer", transfer=transfer)
    if not found:
        raise NotThere("transfer")
    openings.note(store, "transfer", transfer, by=by)
    return found[0]


def waiting(store: Store, upto: date, *, by: Person) -> list[Transfer]:
    """The transfers without a receipt that are due until a day, or have been, the first first.
    Raises `NotAllowed`."""
    return [each for each in every(store, by=by) if each.is_open and each.due.earliest <= upto]


def _append(store: Store, form: Form, by: Person, *, ended: bool = False) -> None:
    demand(by, Verb.TRANSFER)
    if form.pupil:
        pupils.demand_record(store, form.pupil, Verb.TRANSFER, by=by)
    if wrong := problems(form):
        raise Incomplete(wrong)
    assert form.leaving_on is not None  # noqa: S101 - or there would be a problem
    with store.alone():
        details = TransferDetails(
            transfer=form.id,
            number=_number(store, form),
            pupil=form.pupil,
            school=form.school.strip(),
            contact=form.contact.strip(),
            leaving_on=form.leaving_on,
            reason=form.reason.strip(),
            ended=ended,
        )
        store.append(details, by=by)


def _number(store: Store, form: Form) -> int:
    """The transfer's own, or the next one. Raises `NotThere` for one about another pupil."""
    sql = "SELECT transfer AS id, number, pupil FROM transfers_details"
    known = store.ask(_Numbered, sql)
    mine = next((each for each in known if each.id == form.id), None)
    if mine and mine.pupil != form.pupil:
        raise NotThere("transfer")
    return mine.number if mine else max((each.number for each in known), default=0) + 1


def _some(store: Store, by: Person, which: str, **given: str) -> tuple[Transfer, ...]:
    sql = LINES.format(
        entries=incidents(by, Verb.TRANSFER), seen=children(by, Verb.TRANSFER), which=which
    )
    return store.kept(_asked, sql, by, tuple(given.items()))


def _asked(
    store: Store, sql: str, by: Person, given: tuple[tuple[str, str], ...]
) -> tuple[Transfer, ...]:
    found = store.ask(Transfer, sql, me=by.id, **dict(given))
    calendar = school_days.calendar(store)
    return tuple(replace(each, calendar=calendar) for each in found)


@dataclass(frozen=True)
class _Numbered:
    id: str
    number: int
    pupil: str

"""Taking over the lists of pupils and staff that a school exports from its own system.

First a plan, which shows what would change; nothing is taken before somebody accepts it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from core import clock, dates, names, people, pupils
from core.errors import Refused
from core.permissions import Verb, demand
from core.person import Person, Role
from core.pupils import Pupil
from core.records import PersonDetails
from core.spreadsheets import Row, Sheet
from core.store import Store, new_id, texts

D = TypeVar("D", pupils.Details, people.Details)

NOT_BY_A_LIST = "No list changes this account: a safeguarding lead does that in the app."


class Change(StrEnum):
    """What a line of the file would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "no change"
    REFUSED = "cannot be taken"


@dataclass(frozen=True)
class Line(Generic[D]):
    """One line of the file, and what would come of it. `subject` is the id of the child or
    person; `complaint` says what has to be mended."""

    number: int
    change: Change
    subject: str = ""
    details: D | None = None
    complaint: str = ""


@dataclass(frozen=True)
class Plan(Generic[D]):
    """What accepting the file would do. `missing` are the ids of those whom the school knows
    and the file does not name; they may have left."""

    lines: tuple[Line[D], ...]
    missing: tuple[str, ...] = ()

    def of(self, change: Change) -> list[Line[D]]:
        """The lines that would do this."""
        return [line for line in self.lines if line.change is change]


def plan_pupils(
    store: Store, sheet: Sheet, columns: Mapping[str, str], *, by: Person
) -> Plan[pupils.Details]:
    """What this list of pupils would change. `columns` gives for each of ours the file's heading.

    A child is known again by the unique pupil number, else by name and date of birth, so that
    whoever changes class, or name where there is a number, keeps one history.
    """
    known = pupils.ever(store, by=by)
    register, found = _Register(known), set[str]()
    lines: list[Line[pupils.Details]] = []
    for row in sheet.rows:
        lines.append(_pupil_line(row, columns, register, found))
        found.add(lines[-1].subject)
    on_roll = (pupil for pupil in known if pupil.left_on is None)
    return Plan(tuple(lines), tuple(pupil.id for pupil in on_roll if pupil.id not in found))


def take_pupils(
    store: Store, plan: Plan[pupils.Details], *, leavers: Collection[str] = (), by: Person
) -> int:
    """Carries a plan out, together or not at all, and says how many children were entered or
    changed. Those among the missing who are named as leavers have left today; none is removed."""
    wanted = _wanted(plan)
    today = clock.now().date()
    known = {pupil.id: pupil for pupil in pupils.ever(store, by=by)}
    for id_ in set(leavers) & set(plan.missing):
        wanted[id_] = replace(known[id_], left_on=today)
    pupils.amend(store, wanted, by=by)
    return len(wanted)


def plan_staff(
    store: Store, sheet: Sheet, columns: Mapping[str, str], *, by: Person
) -> Plan[people.Details]:
    """What this list of staff would change; people are known again by their email address.

    Full access is never given by a file, and never taken.
    """
    demand(by, Verb.KEEP_LISTS)
    open_ = (person for person in people.everyone(store, by=by) if person.active)
    known = {person.email.casefold(): person for person in open_}
    listed = set[str]()
    lines: list[Line[people.Details]] = []
    for row in sheet.rows:
        line = _staff_line(row, columns, known, listed)
        lines.append(_demanded(store, line, by))
        listed.add(line.details.email.casefold() if line.details else "")
    return Plan(tuple(lines))


def _demanded(store: Store, line: Line[people.Details], by: Person) -> Line[people.Details]:
    """The line; refused where `by` may not change the account alone: it must not stop the rest."""
    if line.change is not Change.CHANGED or line.details is None:
        return line
    try:
        people.demand_changeable(store, line.subject, line.details, by=by)
    except Refused:
        return Line(line.number, Change.REFUSED, complaint=NOT_BY_A_LIST)
    return line


def take_staff(store: Store, plan: Plan[people.Details], *, by: Person) -> int:
    """Carries a plan out, together or not at all, and says how many accounts were opened or
    changed."""
    wanted = _wanted(plan)
    if wanted:
        people.take(store, wanted, by=by)
    return len(wanted)


def _wanted(plan: Plan[D]) -> dict[str, D]:
    """What a plan would write down, by the ids of children or people."""
    lines = plan.of(Change.NEW) + plan.of(Change.CHANGED)
    return {line.subject: line.details for line in lines if line.details}


def _pupil_line(
    row: Row, columns: Mapping[str, str], known: _Register, taken: Set[str]
) -> Line[pupils.Details]:
    try:
        details = _pupil(row, columns)
    except Refused as refusal:
        return Line(row.line_number, Change.REFUSED, complaint=str(refusal))
    same = known.again(details)
    if same is None:
        return Line(row.line_number, Change.NEW, new_id(), details)
    if same.id in taken:
        return Line(row.line_number, Change.REFUSED, complaint="This student is listed twice.")
    before = pupils.Details(**pupils.written(same))
    details = replace(details, household=details.household or before.household,
                      known_as=details.known_as or before.known_as)  # fmt: skip
    change = Change.SAME if before == details else Change.CHANGED
    return Line(row.line_number, change, same.id, details)


def _pupil(row: Row, columns: Mapping[str, str]) -> pupils.Details:
    cell = _cells(row, columns)
    name = _name(cell, ("forename", "middle_names", "surname"))
    if not name:
        raise Refused("There is no name.")
    class_name = cell.get("class_name") or cell.get("year_group")
    if not class_name:
        raise Refused("There is no class.")
    left = cell.get("left_on")
    details = pupils.Details(
        name=name,
        known_as=_known_as(cell, name),
        born_on=dates.birth(cell.get("born_on", ""), today=clock.now().date()),
        class_name=class_name,
        upn=cell.get("upn", ""),
        household=cell.get("household", ""),
        left_on=dates.read(left) if left else None,
    )
    return pupils.checked(details)


class _Register:
    """The children whom the school knows, to be known again in a list. Every line of a list asks,
    so that each question is a look into a table."""

    def __init__(self, known: Sequence[Pupil]) -> None:
        self._by_number: dict[str, Pupil] = {}
        self._by_name: dict[tuple[str, date], list[Pupil]] = defaultdict(list)
        for pupil in known:
            if pupil.upn:
                self._by_number.setdefault(pupil.upn, pupil)
            self._by_name[names.fold(pupil.name), pupil.born_on].append(pupil)

    def again(self, details: pupils.Details) -> Pupil | None:
        """The child whom a line means: of this number, else of this name and date of birth."""
        if details.upn in self._by_number:
            return self._by_number[details.upn]
        named = self._by_name.get((names.fold(details.name), details.born_on), ())
        alike = [pupil for pupil in named if not (pupil.upn and details.upn)]
        same_class = [pupil for pupil in alike if pupil.class_name == details.class_name]
        return next(iter(same_class or alike), None)


def _staff_line(
    row: Row,
    columns: Mapping[str, str],
    known: Mapping[str, Person],
    listed: Set[str],
) -> Line[people.Details]:
    try:
        details = _person(row, columns)
    except Refused as refusal:
        return Line(row.line_number, Change.REFUSED, complaint=str(refusal))
    if details.email.casefold() in listed:
        return Line(row.line_number, Change.REFUSED, complaint="This address is listed twice.")
    person = known.get(details.email.casefold())
    if person is None:
        return Line(row.line_number, Change.NEW, new_id(), details)
    details = replace(details, role=person.role, is_chair=person.is_chair,
                      class_name=details.class_name or person.class_name)  # fmt: skip
    same = all(getattr(person, name) == value for name, value in vars(details).items())
    return Line(row.line_number, Change.SAME if same else Change.CHANGED, person.id, details)


def _person(row: Row, columns: Mapping[str, str]) -> people.Details:
    cell = _cells(row, columns)
    name = _name(cell, ("title", "forename", "surname"))
    details = people.Details(
        name=name,
        email=cell.get("email", ""),
        role=_role(cell.get("post", "")),
        post=cell.get("post", ""),
        class_name=cell.get("class_name", ""),
    )
    details = texts.fitted(PersonDetails, details)
    people.check(details)
    return details


def _role(post: str) -> Role:
    """The role that a job title means; never one with full access."""
    said = set(names.fold(post).split())
    if "governor" in said:
        return Role.GOVERNOR
    if {"office", "administrator", "admin", "secretary", "bursar"} & said:
        return Role.OFFICE
    return Role.STAFF


def _cells(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    if row.complaint:
        raise Refused(row.complaint)
    return {ours: row.cells.get(theirs, "") for ours, theirs in columns.items()}


def _name(cell: Mapping[str, str], parts: Sequence[str]) -> str:
    whole = " ".join(cell[part] for part in parts if cell.get(part))
    if whole and (cell.get("surname") or cell.get("forename")):
        return whole
    surname, comma, rest = cell.get("name", "").partition(",")
    # Systems that shout the surname do so for all; “McDonald, Ann” is left as it is written.
    spoken = surname.title() if surname.isupper() else surname
    return f"{rest.strip()} {spoken}" if comma else surname


def _known_as(cell: Mapping[str, str], name: str) -> str:
    """The other name a child goes by, if it is another one."""
    known_as = cell.get("known_as", "")
    return "" if known_as.casefold() in {"", *name.casefold().split()} else known_as

"""What was written on paper and entered by somebody else: who wrote it, on which form, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core import moments, people, settings
from core.permissions import Verb, incidents, may
from core.person import Person
from core.records import PaperSource
from core.store import Store

NOT_FOR_YOU = "Only a safeguarding lead with full access enters a paper form: give it to one."


@dataclass(kw_only=True)
class Form:
    """What the paper says of itself. `author` is a member of staff by id; for anybody else `name`
    and `post` are typed. `number` is 0 where the paper has none."""

    number: int = 0
    author: str = ""
    name: str = ""
    post: str = ""
    written_on: date | None = None
    original: str = ""


@dataclass(frozen=True)
class Source:
    """Who wrote an incident on paper, as it is read."""

    incident: str
    number: int
    author: str
    name: str
    post: str
    written_on: date
    original: str

    @property
    def writer(self) -> str:
        """“Mr Sam Supply, supply teacher”."""
        return f"{self.name}, {self.post}" if self.post else self.name

    @property
    def paper(self) -> str:
        """“paper form 12”, or “paper” where it has no number."""
        return f"paper form {self.number}" if self.number else "paper"

    def said(self, typist: str) -> str:
        """“Mr Sam Supply, supply teacher, on paper form 12, 3 March 2026, entered by Ms Shah”."""
        day = moments.day(self.written_on)
        return f"{self.writer}, on {self.paper}, {day}, entered by {typist}"


FIELDS = tuple(Source.__dataclass_fields__)

LINES = """
    SELECT s.incident, s.number, s.author, s.name, s.post, s.written_on, s.original
    FROM paper_sources s JOIN incidents_now i ON i.id = s.incident
    WHERE s.incident {of} AND {seen} ORDER BY s.seq
"""


def problems(store: Store, form: Form | None, *, incident: str, by: Person) -> dict[str, str]:
    """What keeps a paper form from being entered as this incident, by the names of the fields."""
    if form is None:
        return {}
    if not may(by, Verb.ENTER_FORMS):
        return {"paper": NOT_FOR_YOU}
    wrong = _wrong_author(store, form) | _wrong_number(store, form, incident, by)
    today = moments.today(settings.school(store).zone)
    if form.written_on is None:
        wrong["paper_written_on"] = "Please say on which day it was written."
    elif form.written_on > today:
        wrong["paper_written_on"] = "This day is in the future: please check it."
    if not form.original.strip():
        wrong["paper_original"] = "Please say where the paper is kept."
    return wrong


def _wrong_author(store: Store, form: Form) -> dict[str, str]:
    staff = {person.id for person in people.teaching(store)}
    if form.author and form.author not in staff:
        return {"paper_author": "Please choose from the staff members that are offered."}
    if form.author:
        return {}
    if not form.name.strip():
        return {"paper_author": "Please say who wrote it, as on the paper."}
    return {} if form.post.strip() else {"paper_post": "Please say what they are."}


def _wrong_number(store: Store, form: Form, incident: str, by: Person) -> dict[str, str]:
    if form.number == 0:
        return {}
    printed = "FROM paper_forms WHERE $number >= number AND $number < number + copies"
    count = f"SELECT count(*) AS number {printed}"
    if form.number < 0 or not store.ask(_Number, count, number=form.number)[0].number:
        return {"paper_number": "No form of this number was printed: check it on the first page."}
    sql = f"""SELECT i.number FROM paper_sources s JOIN incidents_now i ON i.id = s.incident
              WHERE s.number = $number AND i.id <> $incident AND NOT i.in_error
                AND {incidents(by, Verb.ENTER_FORMS)}"""
    for entered in store.ask(_Number, sql, number=form.number, incident=incident, me=by.id):
        return {
            "paper_number": f"This form was entered as #{entered.number}. If yours is a copy of a "
            "blank one, leave the number empty."
        }
    return {}


def recorded(store: Store, form: Form | None, *, incident: str) -> list[PaperSource]:
    """What is stored with the incident; the same for the same form."""
    if form is None:
        return []
    assert form.written_on is not None  # noqa: S101 - or there would be a problem
    author = people.of(store, form.author) if form.author else None
    return [
        PaperSource(
            incident=incident,
            number=form.number,
            author=form.author,
            name=author.name if author else form.name.strip(),
            post=author.post if author else form.post.strip(),
            written_on=form.written_on,
            original=form.original.strip(),
        )
    ]


def preview(store: Store, form: Form | None, *, by: Person) -> list[Source]:
    """How it would be read, for whoever enters it; nothing for others."""
    records = recorded(store, form, incident="") if may(by, Verb.ENTER_FORMS) else []
    return [Source(**{name: getattr(each, name) for name in FIELDS}) for each in records]


def is_recorded(store: Store, form: Form | None, *, incident: str) -> bool:
    """Whether exactly this was stored with the incident."""
    there = store.ask(PaperSource, "FROM paper_sources WHERE incident = $id", id=incident)
    sent = recorded(store, form, incident=incident)
    return [replace(each, id="") for each in there] == [replace(each, id="") for each in sent]


def of(store: Store, incident: str, *, by: Person) -> Source | None:
    """Who wrote it on paper; None where nobody did, or `by` may not see the incident."""
    sql = LINES.format(of="= $subject", seen=incidents(by))
    return next(iter(store.ask(Source, sql, subject=incident, me=by.id)), None)


def about(store: Store, pupil: str, *, by: Person) -> dict[str, Source]:
    """The same for all incidents that concern a pupil, by incident."""
    of_ = "IN (SELECT incident FROM concerned WHERE pupil = $subject)"
    sql = LINES.format(of=of_, seen=incidents(by, Verb.SEE_CHRONOLOGY))
    return {each.incident: each for each in store.ask(Source, sql, subject=pupil, me=by.id)}


@dataclass(frozen=True)
class _Number:
    number: int

"""The pack for Ofsted: what an inspector asks for by eight in the morning, for a period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core import measures, moments, openings, settings
from core.permissions import Verb, demand
from core.person import Person
from core.reports import exports, pack_tables, tables
from core.reports.exports import File, Kind, Line
from core.reports.pack import CONCERNS, REFERRALS, TOLD, Asked, Concern, Referral, Told
from core.reports.paper import Said, letterhead
from core.reports.tables import Tabled
from core.store import Store

OFSTED = "ofsted"

# Said on every pack, whether or not there are such: how many would tell that there are.
LEFT_OUT = (
    "Concerns in which the person who exported this has a conflict of interest are left out. "
    "Those entered in error, and positive events, are not counted."
)
AS_WRITTEN = (
    "Outcomes and answers stand as the team wrote them, and may name a child even where students "
    "are shown by their initials."
)


@dataclass(kw_only=True)
class Form:
    """What is filled in for a pack: the period, and whether children are named."""

    media_type: str
    since: date | None = None
    until: date | None = None
    names: bool = False
    recipient: str = ""
    purpose: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The choices in words, as the pack and its record say them."""
        assert self.since and self.until  # noqa: S101 - or there would be a problem
        return (
            f"{moments.day(self.since)} to {moments.day(self.until)}",
            "students by name" if self.names else "students by initials",
        )


def problems(form: Form) -> dict[str, str]:
    """What keeps a pack from being made, by the names of the fields."""
    wrong = exports.wrongly_asked(form)
    if form.since is None:
        wrong["since"] = "Please say from which day."
    if form.until is None:
        wrong["until"] = "Please say to which day."
    elif form.since and form.until < form.since:
        wrong["until"] = "It ends before it begins: please check the dates."
    return wrong


def of(store: Store, form: Form, at: datetime, *, by: Person) -> Tabled:
    """The pack, of what `by` may see; that it was read is recorded first. Raises `NotAllowed`."""
    demand(by, Verb.EXPORT_PACK)
    assert form.since and form.until  # noqa: S101 - or there would be a problem
    openings.note(store, OFSTED, "", by=by)
    school = settings.school(store)
    asked = Asked(store, school, form.since, form.until, form.names, at, by)
    found = asked.lines(Concern, CONCERNS, **asked.period)
    sent = asked.lines(Referral, REFERRALS, **asked.period)
    told = asked.lines(Told, TOLD, **asked.period)
    return Tabled(
        letterhead=letterhead(store, form.recipient, form.purpose, at, by=by),
        title="Safeguarding concerns and referrals",
        about=f"{moments.day(form.since)} to {moments.day(form.until)}",
        facts=_facts(asked, found),
        contents=f"{'; '.join(form.chosen)}.",
        notes=(LEFT_OUT, AS_WRITTEN),
        tables=(
            pack_tables.concerns(asked, found, sent),
            pack_tables.referrals(asked, sent),
            pack_tables.open_plans(asked),
            pack_tables.restraint(asked, found),
            pack_tables.overdue(asked),
            pack_tables.readings(asked, told),
        ),
    )


def make(
    store: Store,
    form: Form,
    code: str,
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> File:
    """The pack as a file. Raises as `exports.issue` does."""
    kind = Kind(
        OFSTED,
        lambda at: of(store, form, at, by=by),
        tables.file,
        verb=Verb.EXPORT_PACK,
    )
    return exports.issue(store, kind, form, problems(form), code, by=by, stage=stage)


def made(store: Store, *, by: Person) -> list[Line]:
    """The packs that were made, the newest first. Raises `NotAllowed`."""
    return exports.of_the_school(store, OFSTED, Verb.EXPORT_PACK, by=by)


def _facts(asked: Asked, found: Sequence[Concern]) -> tuple[Said, ...]:
    referred = sum("referred" in each.decided for each in found)
    closed = sum(each.is_closed for each in found)
    acted = measures.wait((each.recorded_at, each.acted_at) for each in found)
    half = moments.length(acted.half) if acted.half is not None else "Not yet"
    return (
        Said("Concerns", str(len(found))),
        Said("Open now", str(len(found) - closed)),
        Said("Closed", str(closed)),
        Said("Referred on", pack_tables.share(referred, len(found))),
        Said("Half had a first action within", half if found else "–"),
        Said("Without an action yet", str(acted.waiting)),
    )

"""The report to the local authority about a child who was missing, once the police were called.

It is built from the log, the accounts and the investigation. What the authority advised, whether
Ofsted must be told for example, and what the school decided and why, is recorded with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core import moments, settings
from core.forms import Incomplete
from core.missing import accounts, entries, facts, investigation, joined, logs, state
from core.missing.accounts import Account
from core.missing.shape import State
from core.permissions import Verb, demand
from core.person import Person
from core.records import AuthorityReport
from core.reports import exports, paper, pdf, police
from core.reports.exports import File, Made, Order
from core.reports.paper import Letterhead, Said
from core.reports.police import Line
from core.store import Store

AUTHORITY = "authority"

OWED = """
    SELECT o.log FROM reports_owed o JOIN missing_logs_now m ON m.id = o.log ORDER BY m.seq
"""


@dataclass(kw_only=True)
class Form:
    """What is filled in: for whom it is, what was advised, what was decided and why."""

    log: str
    recipient: str = ""
    advice: str = ""
    decision: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """Everything that stands in it."""

    letterhead: Letterhead
    title: str
    facts: tuple[Said, ...]
    told: tuple[Said, ...]
    calls: tuple[Said, ...]
    found: tuple[Said, ...]
    lines: tuple[Line, ...]
    accounts: tuple[Said, ...]
    owed: str
    investigation: tuple[Said, ...]
    decided: tuple[Said, ...]


@dataclass(frozen=True)
class Sent:
    """A report as it was made: by whom, when, and what was decided."""

    author: str
    recorded_at: datetime
    advice: str
    decision: str
    reason: str


SENT = """
    SELECT coalesce(p.name, '') AS author, r.recorded_at, r.advice, r.decision, r.reason
    FROM authority_reports r LEFT JOIN people p ON p.id = r.recorded_by
    WHERE r.log = $log ORDER BY r.seq DESC
"""


def problems(store: Store, form: Form, *, by: Person) -> dict[str, str]:
    """What keeps it from being made, by the names of the fields. Raises `NotAllowed`,
    `NotThere`."""
    wrong = exports.addressed(form.recipient, "-")
    for name, missing in (
        ("advice", "Please say what the authority advised, or that you have not asked."),
        ("decision", "Please say what the school decided."),
        ("reason", "Please say why."),
    ):
        if not getattr(form, name).strip():
            wrong[name] = missing
    if investigation.of(store, form.log, by=by) is None:
        wrong["investigation"] = "Write the investigation first: the report is built from it."
    return wrong


def make(
    store: Store,
    form: Form,
    code: str,
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> File:
    """The report as a PDF, recorded with what was decided. Raises as `exports.made` does, and
    `Refused` while the log is open or where the maker owes an account."""
    demand(by, Verb.INVESTIGATE)
    if logs.of(store, form.log, by=by).is_open:
        raise Incomplete({"investigation": "Close the log of the search first."})
    order = Order(AUTHORITY, "", pdf.MEDIA_TYPE, form.recipient, "Report on a missing child",
                  (), problems(store, form, by=by), Verb.INVESTIGATE)  # fmt: skip
    decided = AuthorityReport(log=form.log, advice=form.advice.strip(),
                              decision=form.decision.strip(),
                              reason=form.reason.strip())  # fmt: skip

    def content(at: datetime) -> Made:
        report = of(store, form, at, by=by)
        stage(exports.SETTING)
        return Made(pdf.typeset(AUTHORITY, report, at=at), (decided,))

    return exports.made(store, order, code, content, by=by, stage=stage)


def of(store: Store, form: Form, at: datetime, *, by: Person) -> Report:
    """The report, of everything that was recorded; that it was read is recorded. Raises
    `NotAllowed`, `NotThere`, `Refused`."""
    now, zone = state.of(store, form.log, by=by), settings.school(store).zone
    wrote = accounts.of(store, form.log, by=by)
    waiting = [each.name for each in accounts.standing(store, form.log, by=by)
               if each.written_at is None]  # fmt: skip
    numbers = ", ".join(f"#{each.number}" for each in joined.of(store, form.log, by=by))
    head = paper.letterhead(store, form.recipient, "Report on a missing child", at, by=by)
    return Report(
        letterhead=head,
        title="A child was missing: report to the local authority",
        facts=(*police.about(now, zone), *paper.told({"In the record": numbers})),
        told=_told(now, facts.FACTS),
        calls=police.calls(now, zone),
        found=_told(now, facts.AFTERWARDS),
        lines=police.lines(entries.of(store, form.log, by=by), zone),
        accounts=tuple(_account(each, zone) for each in wrote),
        owed=", ".join(waiting),
        investigation=_investigated(store, form.log, by),
        decided=paper.told({"What the authority advised": form.advice,
                            "What the school decided": form.decision, "Why": form.reason}),
    )  # fmt: skip


def owed(store: Store, *, by: Person) -> list[str]:
    """The logs of which a report is owed, the oldest first, as far as `by` may read them. Raises
    `NotAllowed`."""
    demand(by, Verb.INVESTIGATE)
    seen = {log.id for log in logs.every(store, by=by)}
    return [each.log for each in store.ask(_Owed, OWED) if each.log in seen]


def made(store: Store, log: str, *, by: Person) -> list[Sent]:
    """The reports that were made of a log, the newest first. Raises `NotAllowed`, `NotThere`."""
    demand(by, Verb.INVESTIGATE)
    logs.of(store, log, by=by)
    return store.ask(Sent, SENT, log=log)


def _told(now: State, labels: Mapping[str, str]) -> tuple[Said, ...]:
    return paper.told({label: now.facts.get(what, "") for what, label in labels.items()})


def _account(each: Account, zone: ZoneInfo) -> Said:
    return Said(f"{each.name}, written {moments.full(each.recorded_at, zone)}", each.account)


def _investigated(store: Store, log: str, by: Person) -> tuple[Said, ...]:
    found = investigation.of(store, log, by=by)
    if found is None:
        return ()
    by_when = f", by {moments.day(found.changes_by)}" if found.changes_by else ""
    return paper.told({
        "What was found": found.findings,
        "How it could happen": found.causes,
        f"What changes{by_when}": found.changes,
        "The risk assessment": found.risks,
        "Investigated by": found.author,
    })  # fmt: skip


@dataclass(frozen=True)
class _Owed:
    log: str

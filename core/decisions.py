"""Decisions about a concern: what was considered, what was decided or decided against, and why.

A referral that was considered and not made is as much a decision as one that was (policy: the
reason is written down either way).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core import concerns, once
from core.forms import Incomplete
from core.permissions import NotThere, Verb, incidents
from core.person import Person
from core.records import Decision, ReferralAnswer
from core.store import Store, new_id

DECIDED: Mapping[str, str] = {
    "referred": "Referred",
    "not_referred": "Considered, and not referred",
    "school": "The school acts by itself",
    "nothing": "Nothing further for now",
}


@dataclass(kw_only=True)
class Form:
    """What is filled in for a decision."""

    id: str = field(default_factory=new_id)
    incident: str
    options: str = ""
    decided: str = ""
    to_whom: str = ""
    threshold: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """A decision as it is read, with the first answer to a referral."""

    id: str
    incident: str
    seq: int
    recorded_at: datetime
    author: str
    options: str
    decided: str
    to_whom: str
    threshold: str
    reason: str
    answer: str
    answered_at: datetime | None


LINES = """
    SELECT d.id, d.incident, d.seq, d.recorded_at, coalesce(w.name, '') AS author, d.options,
           d.decided, d.to_whom, d.threshold, d.reason, coalesce(a.account, '') AS answer,
           a.recorded_at AS answered_at
    FROM decisions d
    JOIN incidents_now i ON i.id = d.incident
    LEFT JOIN people w ON w.id = d.recorded_by
    LEFT JOIN (SELECT decision, arg_min(account, seq) AS account,
                      arg_min(recorded_at, seq) AS recorded_at
               FROM referral_answers GROUP BY decision) a ON a.decision = d.id
    WHERE d.incident {of} AND {seen} ORDER BY d.seq
"""


def add(store: Store, form: Form, *, by: Person) -> None:
    """Records a decision; once, however often it is sent. Raises `NotThere`, `Incomplete`."""
    with store.alone():
        concerns.of(store, form.incident, Verb.FOLLOW_UP, by=by)
        if wrong := problems(form):
            raise Incomplete(wrong)
        once.append(store, Decision(**vars(form)), by=by)


def problems(form: Form) -> dict[str, str]:
    """What keeps a decision from being recorded, by the names of the fields."""
    wrong: dict[str, str] = {}
    if form.decided not in DECIDED:
        wrong["decided"] = "Please choose what was decided."
    if form.decided == "referred" and not form.to_whom.strip():
        wrong["to_whom"] = "Please say to whom it was referred."
    if not form.reason.strip():
        wrong["reason"] = "Please give the reason."
    return wrong


def answer(store: Store, decision: str, account: str, *, by: Person) -> None:
    """Records what came back about a referral. Raises `NotThere`, `Incomplete`."""
    sql = f"""SELECT d.incident FROM decisions d JOIN incidents_now i ON i.id = d.incident
              WHERE d.id = $id AND d.decided = 'referred' AND {incidents(by, Verb.FOLLOW_UP)}"""
    found = store.ask(_Of, sql, id=decision, me=by.id)
    if not found:
        raise NotThere("referral")
    if not account.strip():
        raise Incomplete({"answer": "Please write what they answered."})
    record = ReferralAnswer(decision=decision, incident=found[0].incident, account=account)
    store.append(record, by=by)


def beneath(store: Store, incident: str, *, by: Person) -> tuple[Line, ...]:
    """The decisions about an incident in order, for those who follow up; none for others."""
    sql = LINES.format(of="= $subject", seen=incidents(by, Verb.FOLLOW_UP))
    return tuple(store.ask(Line, sql, subject=incident, me=by.id))


def about(store: Store, pupil: str, *, by: Person) -> list[Line]:
    """The decisions about all incidents that concern a pupil, for those who follow up."""
    of = "IN (SELECT incident FROM concerned WHERE pupil = $subject)"
    sql = LINES.format(of=of, seen=incidents(by, Verb.FOLLOW_UP))
    return store.ask(Line, sql, subject=pupil, me=by.id)


@dataclass(frozen=True)
class _Of:
    incident: str

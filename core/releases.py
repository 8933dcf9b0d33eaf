"""Releases: what governors see of a period, made by a lead, audited with all earlier ones, frozen.

Nothing is computed when it is looked at. What is written down after a release was made goes into
the next one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import orjson

from core import diligence, disclosure, exact, moments, periods, school_days, settings
from core.disclosure import Certificate, Released
from core.errors import Refused
from core.periods import Period
from core.permissions import NotThere, Verb, demand
from core.person import Person
from core.records import Release
from core.store import Store


@dataclass(frozen=True)
class Drawn:
    """A release that was made, or that could be: what exactly governors see of it."""

    fingerprint: str
    released: Released
    form: str
    certificate: str
    made_at: datetime | None = None
    made_by: str = ""

    @property
    def name(self) -> str:
        """The period that it is about."""
        return self.released.span.name

    @property
    def withheld(self) -> int:
        """How many numbers are withheld."""
        return sum(number.is_withheld for number in self.released.numbers)

    @property
    def left_out(self) -> str:
        """The tables of which nothing is shown, by name."""
        return ", ".join(orjson.loads(self.certificate)["withheld"]).replace("_", " ")


WAITS = "A period can be released once it is over, and its terms are known."

LINES = """
    SELECT r.name, r.form, r.certificate, r.fingerprint, r.recorded_at,
           coalesce(w.name, '') AS author
    FROM releases r LEFT JOIN people w ON w.id = r.recorded_by ORDER BY r.seq
"""


@dataclass(frozen=True)
class _Line:
    name: str
    form: str
    certificate: str
    fingerprint: str
    recorded_at: datetime
    author: str


@dataclass(frozen=True)
class _First:
    at: datetime | None


def made(store: Store, *, by: Person) -> list[Drawn]:
    """Every release, of the newest period first, as it was frozen. Raises `NotAllowed`.

    One that is not what was audited is not shown: it raises `Refused`.
    """
    demand(by, Verb.SEE_TRENDS)
    found = store.kept(_made)
    return sorted(found, key=lambda each: (each.released.span.ends, each.released.span.begins),
                  reverse=True)  # fmt: skip


def open_periods(store: Store, *, by: Person) -> list[Period]:
    """The closed periods of which there is something and no release yet, the newest first.

    Raises `NotAllowed`.
    """
    demand(by, Verb.MAKE_RELEASE)
    done = {_key(each.released) for each in store.kept(_made)}
    return [period for period in over(store, by=by) if period.key not in done]


def over(store: Store, *, by: Person) -> list[Period]:
    """The closed periods of which there is something, the newest first. Raises `NotAllowed`."""
    demand(by, Verb.MAKE_RELEASE)
    today, first = moments.today(settings.school(store).zone), store.kept(_first)
    closed = periods.closed(school_days.calendar(store), today)
    return [p for p in closed if first and p.ends > first]


def waits(store: Store, *, by: Person) -> str:
    """A sentence, where what comes next has to wait for the school's terms; else nothing.

    Raises `NotAllowed`.
    """
    demand(by, Verb.MAKE_RELEASE)
    today = moments.today(settings.school(store).zone)
    ended = school_days.calendar(store).ended(today)
    return f"{ended} {WAITS}" if ended else ""


def preview(store: Store, key: str, *, by: Person) -> Drawn:
    """Exactly what would be published of a period. Raises `NotAllowed` and `NotThere`."""
    period = next((p for p in open_periods(store, by=by) if p.key == key), None)
    if period is None:
        raise NotThere("closed period without a release")
    return _drawn(store, period, by)


def make(store: Store, key: str, fingerprint: str, *, by: Person) -> Drawn:
    """Freezes what was seen in a preview. Raises `NotAllowed`, `NotThere`, and `Refused` if it
    would not be the same any more."""
    with store.alone():
        drawn = preview(store, key, by=by)
        if drawn.fingerprint != fingerprint:
            raise Refused("Something was recorded since you looked: read the new preview first.")
        store.append(record(drawn), by=by)
    return drawn


def frozen(released: Released, certificate: Certificate, before: Sequence[Drawn]) -> Drawn:
    """A release with its certificate in the only spelling of both."""
    form = _canonical(disclosure.as_plain(released))
    proof = _canonical(_certified(certificate, before))
    return Drawn(_fingerprint(form, proof), released, form, proof)


def record(drawn: Drawn) -> Release:
    """The record of a release."""
    span = drawn.released.span
    return Release(
        name=span.name,
        begins=span.begins,
        ends=span.ends,
        form=drawn.form,
        certificate=drawn.certificate,
        fingerprint=drawn.fingerprint,
    )


def _drawn(store: Store, period: Period, by: Person) -> Drawn:
    before = [each.released for each in store.kept(_made)]
    released, certificate = disclosure.release(exact.tables(store, period, by=by), before)
    whole = replace(released, measures=diligence.measures(store, period, by=by))
    return frozen(whole, certificate, store.kept(_made))


def _first(store: Store) -> date | None:
    """When the first incident was written down."""
    found = store.ask(_First, "SELECT arg_min(recorded_at, seq) AS at FROM incidents")[0].at
    return found.date() if found else None


def _made(store: Store) -> tuple[Drawn, ...]:
    return tuple(map(_checked, store.ask(_Line, LINES)))


def _checked(line: _Line) -> Drawn:
    """A release, if it is what was audited, and its audit found that it gives nothing away."""
    findings = orjson.loads(line.certificate)["findings"]
    whole = all(least == 0 and greatest == below - 1 for _, least, greatest, below in findings)
    if not whole or _fingerprint(line.form, line.certificate) != line.fingerprint:
        raise Refused("A release is not what was audited: ask for the record to be verified.")
    released = disclosure.from_plain(orjson.loads(line.form))
    return Drawn(line.fingerprint, released, line.form, line.certificate,
                 line.recorded_at, line.author)  # fmt: skip


def _certified(certificate: Certificate, before: Sequence[Drawn]) -> dict[str, Any]:
    """The certificate as JSON knows it: each withheld number with its least and its greatest."""
    return {
        "audited_with": [each.fingerprint for each in before],
        "withheld": list(certificate.withheld),
        "rules": vars(disclosure.RULES),
        "findings": [
            [[str(cell.span.begins), str(cell.span.ends), cell.categories, cell.phases],
             found.least, found.greatest, found.number.bounds[1] + 1]
            for found in certificate.verdict.findings for cell in [found.number.cell]
        ],
    }  # fmt: skip


def _key(released: Released) -> str:
    return f"{released.span.begins}/{released.span.ends}"


def _canonical(plain: dict[str, Any]) -> str:
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS).decode()


def _fingerprint(form: str, certificate: str) -> str:
    return hashlib.sha256(f"{form}\n{certificate}".encode()).hexdigest()

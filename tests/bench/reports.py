"""A chronology of 500 entries as a PDF, beside the time that typst takes for the same pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from statistics import median

import msgspec

from core import clock, people
from core.demonstration import texts
from core.person import SYSTEM, Person
from core.records import Action, Incident, PupilDetails
from core.reports import chronology, letters, pdf
from core.reports.chronology import Form
from core.store import Record, Store, new_id
from tests.bench.figure import Figure
from tests.bench.past import ACTIONS
from tests.bench.school import School

ENTRIES, TIMES = 500, 5


def measure(twenty: School) -> Iterator[Figure]:
    """From the record to the file, and typst alone with the words of such a record at hand."""
    with twenty.copied() as copy, copy.opened() as store:
        teaching = people.teaching(store)
        lead = replace(next(p for p in teaching if p.role.value == "lead"), code_given=True)
        taken, alone = zip(*(_took(store, lead) for _ in range(TIMES)), strict=True)
    yield Figure(
        what=f"A chronology of {ENTRIES} entries as a PDF",
        measured=median(taken),
        yardstick=median(alone),
        unit="s",
        bound=1.5,
    )


def _took(store: Store, lead: Person) -> tuple[float, float]:
    """Of another child each time: typst remembers what it has set before."""
    one, other = (
        Form(pupil=_child(store), media_type=pdf.MEDIA_TYPE, recipient="-", purpose="-")
        for _ in range(2)
    )
    at = clock.now()
    report = chronology.of(store, other, at, by=lead)
    content = msgspec.json.encode(letters.all_shown(msgspec.to_builtins(report))).decode()
    alone = _time(lambda: _typst(content))
    taken = _time(lambda: pdf.typeset("chronology", chronology.of(store, one, at, by=lead), at=at))
    return taken, alone


def _typst(content: str) -> None:
    pdf.compiler("chronology").compile(
        format="pdf", pdf_standards=[*pdf.STANDARDS], sys_inputs={"content": content}
    )


def _child(store: Store) -> str:
    """A new child with so many entries, each with its actions."""
    child, rng = new_id(), Random(new_id())  # noqa: S311
    details = PupilDetails(pupil=child, name="Ada D’Souza", born_on=date(2018, 3, 3),
                           class_name="4 Birch")  # fmt: skip
    store.append(details, *(r for n in range(ENTRIES) for r in _entry(store, child, n, rng)),
                 by=SYSTEM)  # fmt: skip
    return child


def _entry(store: Store, child: str, days: int, rng: Random) -> Iterator[Record]:
    told = texts.templates()
    template = rng.choice(told)
    incident = Incident(
        number=store.next_number(),
        pupil=child,
        occurred_at=clock.now() - timedelta(days=days),
        account=f"{template.account} {rng.random()}",
        child_words=template.words,
        parents_contacted=True,
        categories=template.categories,
    )
    yield incident
    for _ in range(ACTIONS):
        yield Action(incident=incident.id, kind="note", account=rng.choice(told).account[:300])


def _time(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun

"""Numbers that people read: what was refused uses none, for a gap looks like something removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from core import incidents, transfers
from core.errors import Refused
from core.forms import Incomplete
from core.records import Incident, PaperForm, TransferDetails
from core.reports import blank
from core.store import DiskFull, Store, new_id
from tests.core.school import School, a_concern
from tests.prove.full_disks import room

TRIES = 5
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


def an_incident(school: School) -> int:
    return incidents.add(school.store, a_concern(school.amy.id), by=school.birch)


def an_incident_that_came_after_a_search(school: School) -> int:
    """Several numbers are drawn for one append."""
    with school.store.alone():
        told = [
            Incident(number=school.store.next_number(), pupil=child.id, account="x",
                     occurred_at=FRIDAY, parents_contacted=True, categories=("missing",))
            for child in (school.ben, school.cai)
        ]  # fmt: skip
        school.store.append(*told, by=school.lead)
    assert told[1].number == told[0].number + 1
    return told[0].number


def a_transfer(school: School) -> int:
    form = transfers.Form(id=new_id(), pupil=school.dua.id, school="Elsewhere", contact="Mr No",
                          leaving_on=date(2026, 11, 25), reason="Moves.")  # fmt: skip
    transfers.record(school.store, form, by=school.lead)
    return newest(school.store, TransferDetails)


def a_paper_form(school: School) -> int:
    blank.make(school.store, 1, "younger", by=school.birch)
    return newest(school.store, PaperForm)


def newest(store: Store, kind: type[TransferDetails] | type[PaperForm]) -> int:
    rows = store.ask(kind, f"FROM {kind.TABLE} ORDER BY seq DESC LIMIT 1")
    return rows[0].number


# Every kind of record that people know by a number of its own.
NUMBERED: dict[str, Callable[[School], int]] = {
    "incident": an_incident,
    "incidents together": an_incident_that_came_after_a_search,
    "transfer": a_transfer,
    "paper form": a_paper_form,
}


@pytest.mark.parametrize("kind", NUMBERED)
def test_what_a_full_disk_refused_uses_no_number(school: School, kind: str) -> None:
    make, step = NUMBERED[kind], 2 if kind == "incidents together" else 1
    before = make(school)
    for _ in range(TRIES):
        with room(0), pytest.raises(DiskFull):
            make(school)
    assert make(school) == before + step


def test_what_is_refused_before_it_is_stored_uses_no_number(school: School) -> None:
    before = an_incident(school)
    with pytest.raises(Incomplete):
        incidents.add(school.store, a_concern(school.amy.id, account=""), by=school.birch)
    with pytest.raises(RuntimeError), school.store.alone():
        assert school.store.next_number() == before + 1
        raise RuntimeError
    form = a_concern(school.amy.id)
    assert incidents.add(school.store, form, by=school.birch) == before + 1
    with pytest.raises(Refused, match="sent already"):  # by somebody else, under the same id
        incidents.add(school.store, form, by=school.oak)
    assert an_incident(school) == before + 2

"""Who is in charge of a pupil: one lead at a time, and never one with a conflict of interest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import charges, chronology, clock, people
from core.forms import Incomplete
from core.permissions import NotThere
from core.person import SYSTEM
from core.records import Charge, Relation
from tests.core.school import School, how_many, plain


def in_charge(school: School) -> str | None:
    found = chronology.of(school.store, school.amy.id, by=school.head).in_charge
    return found.name if found else None


def test_a_lead_is_in_charge_until_another_takes_over_or_it_ends(own_school: School) -> None:
    store, amy, lead, deputy = (
        own_school.store, own_school.amy.id, own_school.lead, own_school.deputy,
    )  # fmt: skip
    assert in_charge(own_school) is None
    charges.name(store, amy, lead.id, by=lead)
    assert in_charge(own_school) == lead.name
    charges.name(store, amy, deputy.id, by=deputy)
    assert in_charge(own_school) == deputy.name
    charges.name(store, amy, "", by=lead)
    assert in_charge(own_school) is None
    assert charges.of(store, own_school.ben.id, by=lead) is None


def test_whoever_is_in_charge_already_stays_so_since_then(
    own_school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, amy, lead = own_school.store, own_school.amy.id, own_school.lead
    charges.name(store, amy, lead.id, by=lead)
    first, recorded = charges.of(store, amy, by=lead), how_many(store, Charge)
    later = clock.now() + timedelta(days=9)
    monkeypatch.setattr(clock, "now", lambda: later)
    charges.name(store, amy, lead.id, by=own_school.head)
    assert charges.of(store, amy, by=lead) == first
    assert how_many(store, Charge) == recorded


def test_only_somebody_of_the_team_without_a_conflict_can_be_in_charge(own_school: School) -> None:
    store, amy, lead = own_school.store, own_school.amy.id, own_school.lead
    store.append(Relation(person=own_school.deputy.id, pupil=amy), by=SYSTEM)
    names = {person.name for person in charges.candidates(store, amy, by=lead)}
    assert names == {lead.name, own_school.head.name}
    for person in (own_school.deputy.id, own_school.birch.id, own_school.chair.id, "nobody"):
        with pytest.raises(Incomplete, match="leads that are offered"):
            charges.name(store, amy, person, by=lead)


@pytest.mark.parametrize("how", ["leaves", "is related"])
def test_whoever_leaves_or_becomes_a_relative_is_in_charge_no_more(
    own_school: School, how: str
) -> None:
    store, amy, deputy = own_school.store, own_school.amy.id, own_school.deputy
    charges.name(store, amy, deputy.id, by=own_school.lead)
    if how == "leaves":
        people.close(store, deputy.id, by=own_school.lead)
    else:
        people.mark_relative(store, deputy.id, amy, by=own_school.lead)
    assert in_charge(own_school) is None


def test_nobody_else_names_or_reads_who_is_in_charge(own_school: School) -> None:
    store, amy = own_school.store, own_school.amy.id
    charges.name(store, amy, own_school.lead.id, by=own_school.lead)
    store.append(Relation(person=own_school.deputy.id, pupil=amy), by=SYSTEM)
    for by in (own_school.birch, plain(own_school.lead), own_school.office, own_school.chair,
               own_school.deputy):  # fmt: skip
        assert charges.of(store, amy, by=by) is None
        with pytest.raises(NotThere):
            charges.name(store, amy, own_school.head.id, by=by)
    with pytest.raises(NotThere):
        charges.name(store, "nobody", own_school.lead.id, by=own_school.lead)

"""A school that is made up says so first of all, and it alone may go by another clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core import clock, example, founding, people, rehearsals, upkeep
from core.errors import Refused
from core.people import Details
from core.person import SYSTEM
from core.records import Setting
from core.store import Store, proof
from tests.core.school import a_school


@pytest.fixture(autouse=True)
def _the_clock_is_put_right_again() -> Iterator[None]:
    before = clock.ahead()
    yield
    clock.run_ahead(before)


def test_a_rehearsal_goes_by_the_clock_that_the_setting_asks_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.run_ahead(timedelta())
    machine = clock.now()
    rehearsals.begin(store)
    monkeypatch.setenv(rehearsals.SETTING, "86400")
    rehearsals.take_clock(store)
    assert clock.ahead() == timedelta(days=1)
    assert clock.now() >= machine + timedelta(days=1)
    assert proof.verify(store).count == 1


def test_an_empty_record_that_is_begun_with_the_setting_is_a_rehearsal_for_ever(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(rehearsals.SETTING, "-60.5")
    rehearsals.take_clock(store)
    founding.found(store, "Oakfield", Details(name="Ms Lead", email="lead@school.example"))
    assert rehearsals.is_one(store)


def test_a_real_school_refuses_to_go_by_another_clock(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = clock.ahead()
    founding.found(store, "Oakfield", Details(name="Ms Lead", email="lead@school.example"))
    rehearsals.take_clock(store)  # without the setting nothing is asked
    monkeypatch.setenv(rehearsals.SETTING, "86400")
    with pytest.raises(Refused, match="real school"):
        rehearsals.take_clock(store)
    assert clock.ahead() == before


def test_a_real_school_cannot_be_called_a_rehearsal_later(store: Store) -> None:
    store.append(Setting(name="name", value="Oakfield"), by=SYSTEM)
    with pytest.raises(Refused):
        rehearsals.begin(store)
    assert not rehearsals.is_one(store)


@pytest.mark.parametrize("wrong", ["tomorrow", "nan", "inf", "1e300", "1 day"])
def test_what_is_no_number_of_seconds_is_refused_in_a_sentence(
    store: Store, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv(rehearsals.SETTING, wrong)
    with pytest.raises(Refused, match="number of seconds"):
        rehearsals.take_clock(store)
    assert store.head is None


def test_the_demonstration_is_a_rehearsal_unless_a_school_is_there(store: Store) -> None:
    example.enter(store)
    assert rehearsals.is_one(store)


def test_who_looks_at_a_rehearsal_reads_that_its_clock_is_another_one(store: Store) -> None:
    lead = a_school(store).lead
    clock.run_ahead(timedelta())
    assert rehearsals.OTHER_CLOCK not in upkeep.warnings(store, by=lead)
    clock.run_ahead(timedelta(days=400))
    assert rehearsals.OTHER_CLOCK in upkeep.warnings(store, by=lead)
    assert people.of(store, lead.id)

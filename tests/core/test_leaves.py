"""A long chronology is read leaf by leaf, and no entry is lost between two of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import chronology, leaves
from core.chronology import Entry
from core.leaves import LENGTH
from core.records import Incident
from tests.core.school import School

LONDON = ZoneInfo("Europe/London")
LAST = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAYS = 10  # from one entry to the next


def read(school: School, number: int) -> tuple[Entry, ...]:
    """A chronology of so many entries, one every ten days."""
    incidents = [
        Incident(number=school.store.next_number(), pupil=school.amy.id, account="x",
                 occurred_at=LAST - timedelta(days=DAYS * n), parents_contacted=True,
                 categories=("injury",))
        for n in range(number)
    ]  # fmt: skip
    school.store.append(*incidents, by=school.birch)
    return chronology.of(school.store, school.amy.id, by=school.lead).entries


@pytest.fixture(scope="module")
def entries(school: School) -> tuple[Entry, ...]:
    return read(school, 120)


def test_the_newest_fifty_come_first_and_fifty_more_each_time(
    entries: tuple[Entry, ...],
) -> None:
    for leaf, (count, older) in enumerate([(50, 70), (100, 20), (120, 0), (120, 0)], 1):
        shown = leaves.shown(entries, leaf, None, LONDON)
        assert (len(shown.entries), shown.newer, shown.older) == (count, 0, older)
        assert tuple(shown.entries) == entries[:count]


def test_a_year_begins_with_its_last_entry(entries: tuple[Entry, ...]) -> None:
    shown = leaves.shown(entries, 1, 2025, LONDON)
    assert shown.newer == sum(e.incident.occurred_at.year == 2026 for e in entries) > 0
    assert shown.entries[0].incident.occurred_at.year == 2025
    assert tuple(shown.entries) == entries[shown.newer : shown.newer + LENGTH]
    assert shown.newer + len(shown.entries) + shown.older == 120


def test_the_years_are_those_of_the_entries_on_the_clock_of_the_school(
    entries: tuple[Entry, ...],
) -> None:
    assert leaves.years(entries, LONDON) == [2026, 2025, 2024, 2023, 2022]
    assert leaves.shown(entries, 1, 2025, LONDON).newer == 6
    assert leaves.shown(entries, 1, 2025, ZoneInfo("Pacific/Kiritimati")).newer == 7


@pytest.mark.parametrize("number", [0, 1, LENGTH])
def test_what_one_leaf_holds_has_no_years_to_go_to(entries: tuple[Entry, ...], number: int) -> None:
    some = entries[:number]
    assert leaves.years(some, LONDON) == []
    assert leaves.shown(some, 1, None, LONDON).older == 0
    assert leaves.years(entries[: LENGTH + 1], LONDON)


def test_a_year_without_entries_goes_on_with_the_one_before_it(
    entries: tuple[Entry, ...],
) -> None:
    some = [e for e in entries if e.incident.occurred_at.year != 2025]
    shown = leaves.shown(some, 1, 2025, LONDON)
    assert shown.entries[0].incident.occurred_at.year == 2024

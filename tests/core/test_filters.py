"""Saved filters of the chronology: their owner's alone, and nothing of them proves anything."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core import chronology, filters
from core.chronology import Wanted
from core.errors import Refused
from core.permissions import NotAllowed
from core.store import Store
from tests.core.school import KEY, School, a_concern, a_school, everybody_leaves, plain, recorded

INJURIES = Wanted(categories=("injury",))
WHOLE = Wanted(
    categories=("behaviour", "injury"), since=date(2025, 9, 1), until=date(2026, 7, 21),
    significant=True, errors=True, household=True,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _none_is_left(school: School) -> Iterator[None]:
    yield
    for person in (school.lead, school.deputy):
        for each in filters.of(school.store, by=person):
            filters.remove(school.store, each.id, by=person)


def named(school: School) -> list[str]:
    return [each.name for each in filters.of(school.store, by=school.lead)]


def test_a_saved_filter_is_there_whole_after_a_restart(folder: Path) -> None:
    first = Store.open(folder, KEY)
    school = a_school(first)
    wanted = replace(WHOLE, author=school.oak.id)
    kept = filters.save(first, "Before the review", wanted, by=school.lead)
    first.close()
    again = Store.open(folder, KEY)
    assert filters.of(again, by=school.lead) == [kept]
    assert filters.one(again, kept.id, by=school.lead).wanted == wanted
    again.close()


def test_it_is_its_owners_alone(school: School) -> None:
    kept = filters.save(school.store, "Mine", INJURIES, by=school.lead)
    assert filters.of(school.store, by=school.deputy) == []
    with pytest.raises(filters.Gone):
        filters.one(school.store, kept.id, by=school.deputy)
    filters.remove(school.store, kept.id, by=school.deputy)
    filters.save(school.store, "Mine", INJURIES, by=school.deputy)
    assert filters.of(school.store, by=school.lead) == [kept]


def test_only_whoever_reads_chronologies_has_any(school: School) -> None:
    filters.save(school.store, "Mine", INJURIES, by=school.lead)
    for person in (school.oak, school.governor, school.office, plain(school.lead)):
        with pytest.raises(NotAllowed):
            filters.of(school.store, by=person)
        with pytest.raises(NotAllowed):
            filters.save(school.store, "Theirs", INJURIES, by=person)


def test_one_that_was_deleted_is_said_to_be_gone_and_deleting_it_again_harms_nothing(
    school: School,
) -> None:
    kept = filters.save(school.store, "Mine", INJURIES, by=school.lead)
    filters.save(school.store, "Another", WHOLE, by=school.lead)
    for _ in range(2):
        filters.remove(school.store, kept.id, by=school.lead)
    assert named(school) == ["Another"]
    with pytest.raises(filters.Gone, match="no such saved filter any more"):
        filters.one(school.store, kept.id, by=school.lead)


@pytest.mark.parametrize("name", ["", " \n\t", "\u200b\u202e", "\ud800", "n" * 41, "’" * 5000])
def test_a_name_that_says_nothing_or_too_much_is_refused(school: School, name: str) -> None:
    with pytest.raises(Refused, match="name"):
        filters.save(school.store, name, INJURIES, by=school.lead)
    assert named(school) == []


def test_a_name_is_kept_as_it_reads(school: School) -> None:
    for name in ("  Zoë’s *plan*\u202e \n <b>", "%", "👍", "n" * 40):
        wanted = replace(WHOLE, since=date(2026, 1, 1 + len(named(school))))
        filters.save(school.store, name, wanted, by=school.lead)
    assert named(school) == ["%", "n" * 40, "👍", "Zoë’s *plan* <b>"]


@pytest.mark.parametrize("again", ["Zoë’s plan", "ZOES PLAN", " zoe's  plan "])
def test_a_name_that_reads_as_another_is_refused(school: School, again: str) -> None:
    filters.save(school.store, "Zoë’s plan", INJURIES, by=school.lead)
    with pytest.raises(Refused, match="of this name"):
        filters.save(school.store, again, WHOLE, by=school.lead)
    assert named(school) == ["Zoë’s plan"]


def test_the_same_filter_is_saved_once_in_whatever_order_it_was_chosen(school: School) -> None:
    filters.save(school.store, "One", WHOLE, by=school.lead)
    with pytest.raises(Refused, match="under another name"):
        turned = replace(WHOLE, categories=("injury", "behaviour"))
        filters.save(school.store, "Two", turned, by=school.lead)
    with pytest.raises(Refused, match="Nothing is chosen"):
        filters.save(school.store, "Two", Wanted(), by=school.lead)
    with pytest.raises(Refused, match="somebody who wrote"):
        filters.save(school.store, "Two", Wanted(author="nobody"), by=school.lead)
    assert named(school) == ["One"]


def test_one_name_that_is_saved_in_two_tabs_at_once_is_kept_once(school: School) -> None:
    at_once = threading.Barrier(8)

    def save(day: int) -> None:
        for name in "abcdef":
            at_once.wait()
            with suppress(Refused):
                wanted = Wanted(since=date(2026, ord(name) - 96, 1 + day))
                filters.save(school.store, name, wanted, by=school.lead)

    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(save, range(8)))
    assert named(school) == list("abcdef")


def test_nobody_fills_the_desk_with_filters(school: School) -> None:
    for day in range(filters.MOST):
        wanted = Wanted(since=date(2026, 1, 1 + day))
        filters.save(school.store, f"Filter {day}", wanted, by=school.lead)
    with pytest.raises(Refused, match="delete one of them"):
        filters.save(school.store, "One more", INJURIES, by=school.lead)
    assert len(named(school)) == filters.MOST


def test_nothing_of_it_lies_readable_on_the_disk_or_in_the_record(school: School) -> None:
    before = school.store.head
    filters.save(school.store, "Kayleigh at her aunt’s", INJURIES, by=school.lead)
    assert school.store.head == before
    files = [path for path in school.store.folder.iterdir() if path.is_file()]
    assert not any(b"Kayleigh" in path.read_bytes() for path in files)


def test_what_it_names_and_is_no_longer_there_is_said_and_still_found(new_school: School) -> None:
    store, lead, oak = new_school.store, new_school.lead, new_school.oak
    old = recorded(new_school, a_concern(new_school.amy), by=oak)
    kept = filters.save(store, "Old", Wanted(categories=("gone", "injury"), author=oak.id), by=lead)
    assert filters.remarks(store, kept.wanted, by=lead) == [
        "A kind of concern in this filter is no longer in use; what was recorded under it is still "
        "found."
    ]
    everybody_leaves(store)
    said = filters.remarks(store, kept.wanted, by=lead)
    assert said[1:] == ["The person in this filter has left; what they wrote is still found."]
    found = chronology.of(store, new_school.amy.id, kept.wanted, by=lead)
    assert [entry.incident.id for entry in found.entries] == [old]


def test_a_period_that_ends_before_it_begins_is_said(school: School) -> None:
    turned = Wanted(since=date(2026, 2, 1), until=date(2026, 1, 31))
    (said,) = filters.remarks(school.store, turned, by=school.lead)
    assert "ends before it begins" in said
    for day in (date(2026, 2, 1), None):
        assert not filters.remarks(school.store, replace(turned, until=day), by=school.lead)

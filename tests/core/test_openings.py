from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core import clock, openings
from core.store import NotKept, Store, new_id
from tests.core.school import KEY, School, disk_gone, openings_of


def moved(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Puts the clock on by this much."""
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + by)


def said(school: School, subject: str) -> int:
    return len(openings_of(school.store, subject))


def test_a_reading_says_who_read_what(school: School) -> None:
    subject = new_id()
    openings.note(school.store, "file", subject, by=school.lead)
    (opening,) = openings_of(school.store, subject)
    assert (opening.what, opening.subject) == ("file", subject)


def test_again_within_ten_minutes_is_the_same_reading(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = new_id()
    for minutes, readings in ((0, 1), (9, 1), (2, 2), (9, 2)):
        moved(monkeypatch, timedelta(minutes=minutes))
        openings.note(school.store, "incident", subject, by=school.lead)
        assert said(school, subject) == readings


def test_another_person_another_subject_and_another_kind_are_other_readings(
    school: School,
) -> None:
    one, two = new_id(), new_id()
    for by in (school.lead, school.head):
        for what in ("incident", "chronology"):
            for subject in (one, two):
                openings.note(school.store, what, subject, by=by)
    assert (said(school, one), said(school, two)) == (4, 4)


def test_a_clock_that_was_put_back_hides_no_reading(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = new_id()
    openings.note(school.store, "incident", subject, by=school.lead)
    moved(monkeypatch, timedelta(days=-400))
    openings.note(school.store, "incident", subject, by=school.lead)
    assert said(school, subject) == 2


def test_a_reading_that_was_not_kept_is_raised_and_tried_again(school: School) -> None:
    subject = new_id()
    with disk_gone(school.store):
        for _ in range(2):
            with pytest.raises(NotKept):
                openings.note(school.store, "incident", subject, by=school.lead)
    openings.note(school.store, "incident", subject, by=school.lead)
    openings.note(school.store, "incident", subject, by=school.lead)
    assert said(school, subject) >= 1


def test_readings_of_one_record_are_not_those_of_the_next(
    tmp_path: Path, own_school: School
) -> None:
    subject = new_id()
    for name in ("first", "second", "third"):
        store = Store.open(tmp_path / name, KEY)
        openings.note(store, "incident", subject, by=own_school.lead)
        assert len(openings_of(store, subject)) == 1
        store.close()
        del store

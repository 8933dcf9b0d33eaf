"""What every lead should know first of a child: nobody's words take the place of unread ones."""

from __future__ import annotations

import pytest

from core import plans
from core.errors import Refused
from core.records import StandingNote
from tests.core.school import School, how_many


def told(school: School) -> str:
    note = plans.note_of(school.store, school.amy.id, by=school.lead)
    return note.account if note else ""


def test_a_note_takes_the_place_only_of_the_one_that_was_read(new_school: School) -> None:
    store, amy = new_school.store, new_school.amy.id
    plans.note(store, amy, "Ring the aunt first.", by=new_school.lead)
    read = plans.note_of(store, amy, by=new_school.lead)
    plans.note(store, amy, "Do not ring home.", seen=read, by=new_school.deputy)
    with pytest.raises(Refused, match="changed this note meanwhile"):
        plans.note(store, amy, "Ring the aunt first, at work.", seen=read, by=new_school.lead)
    assert told(new_school) == "Do not ring home."
    read = plans.note_of(store, amy, by=new_school.lead)
    plans.note(store, amy, "", seen=read, by=new_school.lead)
    assert told(new_school) == ""


def test_the_same_note_twice_is_one(new_school: School) -> None:
    for _ in range(2):
        plans.note(new_school.store, new_school.amy.id, "Ring the aunt.", by=new_school.lead)
    assert how_many(new_school.store, StandingNote) == 1

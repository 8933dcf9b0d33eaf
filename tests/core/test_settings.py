from __future__ import annotations

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from core import settings
from core.errors import Refused
from core.permissions import NotAllowed
from core.records import Setting
from core.settings import School as Chosen
from tests.core.school import School, how_many, plain


def test_a_school_that_chose_nothing_has_the_defaults(new_school: School) -> None:
    school = settings.school(new_school.store)
    assert school == Chosen()
    assert school.goes_home_at == time(15, 30)
    assert school.zone == ZoneInfo("Europe/London")
    assert (school.password_days, school.code_for_all) == ("60", "no")


@pytest.mark.parametrize("who", ["lead", "head"])
def test_the_newest_choice_counts_and_the_others_stay(own_school: School, who: str) -> None:
    store, by = own_school.store, getattr(own_school, who)
    settings.choose(store, by=by, name="Oakfield", home_time="15:00")
    settings.choose(store, by=by, home_time="14:45")
    school = settings.school(store)
    assert (school.name, school.home_time) == ("Oakfield", "14:45")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "  "),
        ("home_time", "half past three"),
        ("home_time", "25:00"),
        ("home_time", ""),
        ("time_zone", "Nowhere/At-all"),
        ("time_zone", "Europe"),
        ("time_zone", ""),
        ("time_zone", "../etc/passwd"),
        ("password_days", "sixty"),
        ("password_days", "-1"),
        ("password_days", ""),
        ("code_for_all", "perhaps"),
        ("unread_hours", "0"),
        ("unread_hours", "two"),
        ("unread_hours", "-2"),
        ("many", ""),
        ("many", "1000"),
        ("many_days", "1.5"),
    ],
)
def test_what_cannot_be_understood_is_refused_and_nothing_is_recorded(
    school: School, name: str, value: str
) -> None:
    before = how_many(school.store, Setting)
    with pytest.raises(Refused, match="Please"):
        settings.choose(school.store, by=school.lead, **{"home_time": "15:00", name: value})
    assert how_many(school.store, Setting) == before


def test_passwords_that_never_expire_are_a_choice(own_school: School) -> None:
    settings.choose(own_school.store, by=own_school.head, password_days="0")
    assert settings.school(own_school.store).password_days == "0"


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair"])
def test_only_full_access_chooses(school: School, who: str) -> None:
    before = how_many(school.store, Setting)
    closed = replace(school.lead, active=False)
    for by in (getattr(school, who), plain(school.lead), plain(school.head), closed):
        with pytest.raises(NotAllowed):
            settings.choose(school.store, by=by, name="Mine")
    assert how_many(school.store, Setting) == before

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import dates
from core.errors import Refused

TODAY = date(2026, 9, 1)
SENSIBLE = st.dates(date(1990, 1, 1), TODAY)
unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    "text",
    [
        "04/03/2017", "4/3/2017", "04-03-2017", "04.03.2017", "04 03 2017", "04-03-17", "4/3/17",
        "4 Mar 2017", "4-Mar-17", "4 March 2017", "04 MAR 2017", "4th March 2017", "4 Mar. 2017",
        "Sat 4 March 2017", "Saturday, 4th March 2017", "2017-03-04", "20170304",
        "04/03/2017 00:00", "04/03/2017 00:00:00", "04/03/2017 12:00:00 AM", "2017-03-04T00:00:00",
        "2017-03-04 00:00:00.000", "2017-03-04T00:00:00Z", "  04/03/2017\t",
    ],
)  # fmt: skip
def test_the_fourth_of_march_is_read_in_every_way_it_is_written(text: str) -> None:
    assert dates.read(text) == date(2017, 3, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29/02/2016", date(2016, 2, 29)),
        ("29 Feb 2020", date(2020, 2, 29)),
        ("1 Sept 2015", date(2015, 9, 1)),
        ("31/12/99", date(1999, 12, 31)),
        ("2017-12-11", date(2017, 12, 11)),
    ],
)
def test_awkward_dates_of_birth_are_ordinary(text: str, day: date) -> None:
    assert dates.birth(text, today=TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2017",
        "29/02/2015",
        "12/25/2017",
        "00/01/2017",
        "2017-02-30",
        "32 Jan 2017",
        "5/13/17",
    ],
)
def test_a_day_that_does_not_exist_is_refused_and_not_moved(text: str) -> None:
    with pytest.raises(Refused, match="no such day"):
        dates.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Null", "2017", "03/2017", "March 2017", "4 March", "42798", "4 Sat 2017", "4 utc 2017",
        "04/03/2017 and later", "04/03/0017", "3/4/5", "03/04/2017/05", "2017-3-4", "tomorrow",
    ],
)  # fmt: skip
def test_what_is_no_whole_date_is_refused_and_not_filled_in(text: str) -> None:
    with pytest.raises(Refused, match="not a date"):
        dates.read(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("02/09/2026", "future"), ("04/03/2071", "future"), ("31/12/1989", "before 1990")],
)
def test_an_absurd_date_of_birth_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        dates.birth(text, today=TODAY)


def test_a_child_born_today_or_on_the_first_day_of_1990_is_taken() -> None:
    assert dates.birth("01/09/2026", today=TODAY) == TODAY
    assert dates.birth("01/01/1990", today=TODAY) == date(1990, 1, 1)


@pytest.mark.parametrize("text", ["31/02/2017", "Anna", "04/03/2071"])
def test_a_refusal_does_not_repeat_what_was_written(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        dates.birth(text, today=TODAY)
    assert text not in str(refusal.value)


@unhurried
@given(SENSIBLE)
def test_every_date_is_read_back_as_school_systems_write_it(day: date) -> None:
    written = [
        f"{day:%d/%m/%Y}", f"{day:%d-%m-%y}", f"{day:%d %b %Y}", f"{day:%A %d %B %Y}",
        f"{day:%d/%m/%Y} 00:00", f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", day.isoformat(),
    ]  # fmt: skip
    assert {dates.birth(text, today=TODAY) for text in written} == {day}


@unhurried
@given(st.text(max_size=20) | st.from_regex(r"\d{1,4}[/ .-]\d{1,4}[/ .-]\d{1,4}", fullmatch=True))
def test_anything_typed_is_a_date_or_refused(text: str) -> None:
    try:
        assert dates.read(text) > date(1900, 1, 1) - timedelta(days=1)
    except Refused as refusal:
        assert str(refusal).endswith(".")

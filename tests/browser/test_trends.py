"""What a governor's browser is given: released numbers, no child's name, and no other page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core import example, people, pupils
from core.person import SYSTEM, Person, Role
from core.records import PersonDetails
from core.store import Store, new_id
from core.store import key as keys
from tests.browser.conftest import Demonstration
from tests.browser.somebody import Meet, Somebody
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("trends")

EMAIL = "governor@school.example"
FIGURES = """() => [...document.querySelectorAll('.js-plotly-plot')].map(
    plot => JSON.stringify([plot.data, plot.layout.annotations]))"""


@pytest.fixture
def address(demonstration: Demonstration, tmp_path: Path) -> Iterator[str]:
    """The demonstration school with a governor who is not the chair."""
    folder = demonstration.copied_to(tmp_path)
    with closing(Store.open(folder / "data", (keys.read(folder / "key")))) as store:
        governor = PersonDetails(person=new_id(), name="Ms Ada Governor", email=EMAIL,
                                 role=Role.GOVERNOR)  # fmt: skip
        store.append(governor, by=SYSTEM)
        person = people.of(store, governor.person)
        assert person
        list(example.open_accounts(store, [person]))
    with serving(folder, school=False) as served:
        yield served.address


@pytest.fixture
def governor(meet: Meet, address: str) -> Somebody:
    me = meet(address)
    me.sign_in(EMAIL, example.PASSWORD)
    return me


def test_the_page_and_its_charts_hold_released_numbers_and_no_name(
    governor: Somebody, demonstration: Demonstration
) -> None:
    governor.open("trends")
    governor.page.wait_for_function("document.querySelectorAll('.js-plotly-plot').length > 1")
    page, figures = governor.page.content(), governor.page.evaluate(FIGURES)
    assert "about" in page and len(figures) > 1
    for figure in figures:
        assert_released(figure)
    for name in children(demonstration.folder):
        assert name not in page and all(name not in figure for figure in figures)


def assert_released(figure: str) -> None:
    """Bars have the length of a rounded number, and what is withheld has none."""
    (bars, said), _ = json.loads(figure)
    told = [int(text.split()[-1]) for text in bars["text"]]
    assert bars["x"] == told and all(number % 5 == 0 and number > 0 for number in told)
    for x, text in zip(said["x"], said["text"], strict=True):
        assert x == (0 if "fewer" in text else int(text.split()[-1]))


def children(folder: Path) -> set[str]:
    """The names of all children of the school."""
    with closing(Store.open(folder / "data", keys.read(folder / "key"))) as store:
        office = Person(id="office", name="", email="", role=Role.OFFICE)
        return {pupil.name for pupil in pupils.everyone(store, by=office)}

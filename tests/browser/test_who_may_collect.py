"""The office writes down who may collect a child; what an order says stays with the leads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import Somebody
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("going home")

AUNT = "Mrs Jo *Banks*"


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own, in which children go home."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("going-home"))
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def opens_theo(office: Somebody) -> None:
    office.go("Student list")
    office.choose("Change the details of", "theo", "Theo Banks")
    office.press("Who may collect")


def test_the_office_adds_an_adult_and_takes_them_off_again(comes_in: ComesIn) -> None:
    office = comes_in("Mrs Sandra Pike")
    opens_theo(office)
    office.sees("Theo Banks", "Mr Wayne Banks")
    expect(office.page.get_by_text("Prohibited steps order")).to_have_count(0)
    expect(office.button("End the order")).to_have_count(0)
    office.press("Record")
    office.sees("Please give the name of who may collect.")
    office.type("Name, with title", "Wayne Banks")
    office.press("Record")
    office.sees("A court order says that this person must not collect.")
    office.type("Name, with title", AUNT)
    office.type("What they are to the child", "aunt")
    office.press("Record")
    card = office.page.locator(".words-card").filter(has_text=f"{AUNT}, aunt")
    expect(card.get_by_role("button", name="Take off")).to_have_count(1)
    office.ask(card.get_by_role("button", name="Take off"))
    expect(card.filter(has_text="Ended").first).to_be_visible()
    expect(card.get_by_role("button", name="Take off")).to_have_count(0)
    assert office.witness.complaints == []


def test_a_lead_is_reminded_of_an_order_reads_it_and_ends_it(comes_in: ComesIn) -> None:
    lead = comes_in("Mr Tom Barker")
    lead.go("Today")
    said = lead.page.get_by_text("Court order about collecting: Theo Banks, 4 Birch.")
    lead.ask(
        lead.page.locator(".words-card")
        .filter(has=said)
        .get_by_role("button", name="Open chronology")
    )
    lead.press("Who may collect")
    expect(lead.page.get_by_text("Prohibited steps order")).to_be_visible()
    lead.press("End the order")
    expect(lead.button("End the order")).to_have_count(0)
    lead.go("Today")
    expect(said).to_have_count(0)
    assert lead.witness.complaints == []

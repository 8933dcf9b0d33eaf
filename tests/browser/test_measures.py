"""How we are doing: the team reads its figures, and nobody else finds the page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ComesIn
from tests.browser.somebody import Somebody

pytestmark = pytest.mark.xdist_group("measures")

FINDING = re.compile("^Half within .*(minute|hour|day)")


def concerns(me: Somebody) -> int:
    """How many the figures of the period stand on, as the page says it."""
    said = me.page.get_by_text(re.compile(r"^Since Monday .*: \d+ concerns?\.$")).inner_text()
    return int(said.split(": ")[1].split()[0])


def test_a_lead_reads_how_the_team_is_doing_in_another_period(comes_in: ComesIn) -> None:
    lead = comes_in("Mr Tom Barker")
    lead.go("Today")
    lead.press("How we are doing")
    expect(lead.page.get_by_role("heading", name="How we are doing")).to_be_visible()
    lead.settle()
    expect(lead.page.get_by_text(FINDING).first).to_be_visible()
    expect(lead.page.locator(".js-plotly-plot")).to_have_count(4)
    before = concerns(lead)
    lead.ask(lead.page.get_by_role("radio", name="12 months", exact=True))
    assert concerns(lead) > before > 0
    lead.touch(lead.page.get_by_text("In numbers").first)
    table = lead.page.get_by_role("table", name="Marked as read by a lead or head")
    numbers = [int(each) for each in table.locator("td").all_inner_texts()]
    assert len(numbers) == 5 and 0 < sum(numbers) <= concerns(lead)
    assert lead.witness.complaints == []


@pytest.mark.parametrize(
    ("name", "code_given"), [("Ms Priya Shah", False), ("Mr Tom Barker", False)],
    ids=["teacher", "lead-without-code"],
)  # fmt: skip
def test_its_address_opens_nothing_for_anybody_else(
    comes_in: ComesIn, name: str, code_given: bool
) -> None:
    me = comes_in(name, code_given=code_given)
    expect(me.link("How we are doing")).to_have_count(0)
    me.open("measures")
    assert urlsplit(me.page.url).path != "/measures"
    expect(me.page.get_by_text("How we are doing")).to_have_count(0)

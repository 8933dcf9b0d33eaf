"""Home time: children are handed over, a stranger is not, and who is left is rung about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Locator, expect

from core import people, settings
from core.store import Store
from core.store import key as keys
from tests.browser.accessibility import faults
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import PHONE, Somebody
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("going home")

WHY = "His aunt *rang*, and I know her."


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own, in which home time has always passed."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("home"))
    with closing(Store.open(folder / "data", keys.read(folder / "key"))) as store:
        head = people.by_email(store, demonstration.accounts["Mr Daniel Reyes"].email)
        assert head is not None
        by = people.of(store, head.id, code_given=True)
        assert by is not None
        settings.choose(store, by=by, home_time="00:00", grace_minutes="0")
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def rows(me: Somebody, name: str) -> Locator:
    """What is said of a child in the list of the class, which is the last one."""
    return me.page.locator(".words-slim").filter(has_text=name).last


def opens(me: Somebody) -> None:
    me.go("Hand over")
    if me.page.get_by_role("combobox", name="Class").input_value() != "4 Birch":
        me.choose("Class", "4", "4 Birch")
    expect(rows(me, "Theo Banks")).to_be_visible()


def test_theo_is_not_given_to_his_father_and_a_lead_lets_his_aunt_take_him(
    comes_in: ComesIn,
) -> None:
    cover = comes_in("Mr Tunde Bello", PHONE)
    opens(cover)
    theo = rows(cover, "Theo Banks")
    expect(theo).to_contain_text("Do not hand over to")
    expect(theo.get_by_role("button", name="Mr Wayne Banks")).to_have_count(0)
    expect(cover.page.get_by_text("Prohibited steps order")).to_have_count(0)
    expect(theo.get_by_role("button", name="Alone")).to_have_count(0)
    cover.ask(theo.get_by_role("button", name="Somebody else"))
    expect(cover.page.get_by_text("find a safeguarding lead")).to_be_visible()
    expect(cover.button("Let the child go")).to_have_count(0)
    cover.ask(theo.get_by_role("button", name="Ms Kelly Banks, mother"))
    expect(theo).to_contain_text("Collected")
    cover.ask(theo.get_by_role("button", name="Still here"))
    call = cover.page.locator(".words-slim").filter(has_text="1. ").filter(has_text="Ms Kelly")
    cover.ask(call.get_by_role("button", name="No answer"))
    expect(call).to_contain_text("No answer Today")
    assert faults(cover) == []
    lead = comes_in("Mr Daniel Reyes", PHONE)
    opens(lead)
    theo = rows(lead, "Theo Banks")
    lead.ask(theo.get_by_role("button", name="Somebody else"))
    lead.press("Let the child go")
    lead.sees("Please write why the child may go in this way.")
    lead.type("With whom, if anybody", "Mrs Jo Banks")
    lead.type("Why may the child go in this way?", WHY)
    lead.press("Let the child go")
    expect(theo).to_contain_text("Gone as a lead allowed")
    expect(theo).to_contain_text(WHY)
    lead.ask(theo.get_by_role("button", name="Still here"))
    assert cover.witness.complaints + lead.witness.complaints == []

"""From a teacher's concern to “closed”: decided by the team, answered, and heard back about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import concern
from tests.browser.concern import Concern
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import PHONE, Somebody
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("follow up")

LINE = "Thank you. We have spoken to his mother -> he is *fine*."
REASON = "One mark, explained by two people apart."
FILTER = "*Errors* & <b>all</b>"
GONE = ("There is no such saved filter any more: what is set now stays as it is, and can be saved "
        "anew.")  # fmt: skip
OUTCOME = "Explained. His mother knows whom to ring."


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own: what is done here would stand on other tests' desks."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("follow-up"))
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def test_a_concern_is_followed_up_until_its_reporter_reads_that_it_is_closed(
    comes_in: ComesIn,
) -> None:
    teacher = comes_in("Mr Tunde Bello", PHONE)
    teacher.go("Add Incident")
    about = Concern(("luka", "Łukasz Nowicki"), "He would not say what happened.", urgent=True)
    concern.fill_in(teacher, about)
    number = concern.check_and_send(teacher)
    lead = comes_in("Mr Tom Barker")
    lead.go("Today")
    lead.ask(lead.page.get_by_role("button", name=f"Open #{number}").first)
    decides(lead, number)
    tells(lead)
    closes(lead, OUTCOME)
    lead.sees("Waiting for a second person to close it")
    head = comes_in("Mr Daniel Reyes")
    head.open("incident", number=number)
    closes(head)
    head.sees("Closed", OUTCOME, REASON)
    teacher.go("My incidents")
    teacher.sees("Closed", LINE)
    teacher.open("incident", number=number)
    teacher.sees("Closed")
    expect(teacher.page.get_by_text(REASON)).to_have_count(0)  # the team's alone
    assert teacher.witness.complaints + lead.witness.complaints + head.witness.complaints == []


def follow_up(me: Somebody, kind: str) -> None:
    me.press("Follow up")
    me.ask(me.page.get_by_role("radio", name=kind, exact=True))


def choose(me: Somebody, name: str) -> None:
    me.ask(me.page.get_by_role("radio", name=name, exact=True))


def decides(lead: Somebody, number: str) -> None:
    expect(lead.page.get_by_role("heading", name=f"#{number}")).to_be_visible()
    lead.settle()
    follow_up(lead, "Decision")
    lead.press("Record the decision")
    lead.sees("Please choose what was decided.", "Please give the reason.")
    choose(lead, "Considered, and not referred")
    lead.type("The reason", REASON)
    lead.press("Record the decision")
    lead.sees("Considered, and not referred", REASON)


def tells(lead: Somebody) -> None:
    lead.press("Follow up")
    choose(lead, "Being acted on")
    lead.type("A line for whoever raised it", LINE)
    lead.press("Record the status")
    lead.sees("Being acted on", LINE)


def closes(me: Somebody, outcome: str = "") -> None:
    me.press("Follow up")
    choose(me, "Closed")
    if outcome:
        me.type("What came of it", outcome)
    me.press("Record the status")


def test_what_was_entered_in_error_leaves_the_chronology_until_it_is_asked_for(
    comes_in: ComesIn,
) -> None:
    lead = comes_in("Mr Tom Barker")
    lead.go("Add Incident")
    concern.fill_in(lead, Concern(("kay", "Kayleigh Roberts"), "Written about the wrong child."))
    number = concern.check_and_send(lead)
    lead.open("incident", number=number)
    follow_up(lead, "Correction")
    choose(lead, "Entered in error")
    lead.type("What was not right, and how you know", "It was her cousin, in another school.")
    lead.press("Record the correction")
    lead.sees("Entered in error", "It was her cousin, in another school.")
    lead.press("Open chronology")
    expect(lead.button(f"Open #{number}")).to_have_count(0)
    with lead.asking():
        lead.page.get_by_text("With what was entered in error").click()
    expect(lead.button(f"Open #{number}")).to_be_visible()
    keeps_the_filter(lead, number)
    assert lead.witness.complaints == []


def keeps_the_filter(lead: Somebody, number: str) -> None:
    """Saves what is chosen, chooses it with one touch, and deletes it in another tab."""
    found = lead.button(f"Open #{number}")
    lead.press("Save filter")
    lead.sees("Please give the filter a name.")
    lead.type("Save this filter as", FILTER)
    lead.press("Save filter")
    lead.press("Everything")
    expect(found).to_have_count(0)
    lead.press(FILTER)
    expect(found).to_be_visible()
    expect(lead.button(FILTER)).to_have_attribute("aria-pressed", "true")
    other = lead.tab()
    other.page.goto(lead.page.url)
    other.settle()
    expect(other.button(f"Open #{number}")).to_be_visible()
    other.press("Delete this saved filter")
    expect(other.button(FILTER)).to_have_count(0)
    lead.press(FILTER)
    lead.sees(GONE)
    expect(found).to_be_visible()


def test_what_speaks_about_a_child_is_set_aside_only_with_a_reason(comes_in: ComesIn) -> None:
    lead = comes_in("Mrs Helen Whitlock")
    lead.go("Today")
    said = "2 injuries to the left upper arm, at different times."
    theo = lead.page.locator(".words-card").filter(has_text=said)
    lead.ask(theo.get_by_role("button", name="Set aside"))
    expect(lead.page.locator("body")).not_to_be_focused()
    lead.press("Set it aside")
    lead.sees("Please say why nothing follows.")
    lead.type("Why does nothing follow?", "Both were from the same fall.")
    lead.press("Set it aside")
    expect(lead.button("Set it aside")).to_have_count(0)
    expect(theo).to_have_count(0)

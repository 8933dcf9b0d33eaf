"""A child goes missing: three people search, each on a device of their own, until he is found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Locator, expect

from core import clock, people, settings
from core.store import Store
from core.store import key as keys
from tests.browser.accessibility import faults
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import LAPTOP, PHONE, Device, Somebody
from tests.core.paper import Paper, squeezed
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("missing child")

TABLET = Device("tablet", 820, 1180, touch=True)
TYPED = "Half a sentence that nobody has sent *yet*"
LIMIT = 2  # minutes
INQUIRY = {
    "What was found?": "The gate by the field was open.",
    "How could it happen?": "Nobody was named to lock it.",
    "What changes?": "The caretaker locks it at nine.",
    "How was the risk assessment revised?": "Line 14 names the caretaker.",
}
DECIDED = {
    "For whom?": "Mr Lee, County Hall",
    "What did the authority advise?": "Ofsted need not be told.",
    "What did the school decide?": "We tell Ofsted.",
    "Why?": "He was gone for longer than our limit.",
}
THEO = "\u2068Theo Banks\u2069"  # set apart, so that a name cannot turn the rest round


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own, in which the police are called after two minutes."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("missing"))
    with closing(Store.open(folder / "data", keys.read(folder / "key"))) as store:
        head = people.by_email(store, demonstration.accounts["Mr Daniel Reyes"].email)
        assert head is not None
        by = people.of(store, head.id, code_given=True)
        assert by is not None
        settings.choose(store, by=by, name="Oakfield", missing_minutes=str(LIMIT))
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def row(me: Somebody, name: str) -> Locator:
    """A line of the log: a role, a place or a step."""
    return me.page.locator(".words-slim").filter(has_text=name)


def now(me: Somebody) -> Locator:
    """The one thing to do now."""
    return me.page.locator(".words-banner")


def title(me: Somebody) -> Locator:
    return me.page.get_by_role("heading", level=1)


def follows(me: Somebody) -> None:
    """Opens the log that somebody else has opened, by the bar."""
    me.ask(me.bar.get_by_role("button", name="A child is missing"))
    expect(title(me)).to_have_text("A child is missing")


def lasting(me: Somebody) -> set[str]:
    """What is wrong with the page whenever one looks: it is faint for a moment while it is drawn
    anew, every other second."""
    return set(faults(me)) & set(faults(me))


def seconds(what: Locator, text: str) -> float:
    """How long it takes until somebody else sees this, who touches nothing."""
    begun = time.monotonic()
    expect(what).to_contain_text(text)
    return time.monotonic() - begun


def test_a_child_goes_missing_is_searched_for_and_is_found(
    comes_in: ComesIn,
    oakfield: Oakfield,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    teacher = comes_in("Mr Tunde Bello", PHONE)
    lead = comes_in("Mrs Helen Whitlock", TABLET)
    office = comes_in("Mrs Sandra Pike", LAPTOP)
    head = comes_in("Mr Daniel Reyes")
    waits: dict[str, float] = {}

    # One tap from any page, and one more opens the log, with nothing known yet.
    teacher.ask(teacher.bar.get_by_role("button", name="A child is missing"))
    teacher.press("Missing at school")
    expect(now(teacher)).to_contain_text("Somebody leads.")
    follows(lead)
    follows(office)

    # What one of them does is seen by the others, and what somebody types stays.
    teacher.press("Add a note")
    note = teacher.page.get_by_role("textbox", name="What happened?")
    note.fill(TYPED)
    lead.ask(now(lead).locator("..").get_by_role("button", name="I lead"))
    waits["who leads"] = seconds(row(teacher, "Incident lead"), "Mrs Helen Whitlock")
    office.ask(row(office, "Toilets").get_by_role("button", name="I go"))
    waits["who searches where"] = seconds(row(teacher, "Toilets"), "Being searched")
    expect(note).to_have_value(TYPED)
    teacher.press("Write it down")
    expect(lead.page.get_by_text(TYPED)).to_be_visible()

    # The child gets a name. What the record knows is put before the lead alone.
    teacher.press("Who is missing")
    teacher.find("Student, if you know", "Theo").filter(has_text="Theo Banks").first.tap()
    teacher.page.get_by_label("Where was the child last seen?").fill("The <b>field</b>")
    teacher.page.get_by_label("What the child wears").fill("A red jumper")
    teacher.press("Record")
    waits["who is missing"] = seconds(title(lead), f"{THEO} is missing")
    expect(lead.page.get_by_text("Prohibited steps order")).to_be_visible()
    expect(title(office)).to_have_text(f"{THEO} is missing")
    expect(office.page.get_by_text("A red jumper").first).to_be_visible()
    for other in (teacher, office):
        expect(other.page.get_by_text("Prohibited steps order")).to_have_count(0)
    for me in (teacher, lead):
        assert lasting(me) == set()

    # The limit passes, and everybody is told in words.
    oakfield.served.inside("pass_time", LIMIT + 1)
    for me in (teacher, lead, office):
        expect(now(me)).to_contain_text("Ring the police. The limit of 2 minutes passed")
    lead.ask(now(lead).locator("..").get_by_role("button", name="Ring 999, then tap here"))
    waits["the police are called"] = seconds(row(teacher, "Police called"), "Done")
    lead.page.get_by_label("Why was it later than the limit?").fill("We were searching *all* of it")
    lead.page.get_by_label("Police reference").fill("CAD 112")
    lead.press("Record")
    expect(row(office, "Police called")).to_contain_text("Reference CAD 112")

    # Found: not before he was missing, and then the search stops for everybody.
    teacher.press("Found")
    teacher.page.get_by_label("Where was the child found?").fill("The shed")
    year = teacher.page.get_by_role("group", name="On").get_by_role("spinbutton").last
    this_year = year.inner_text()
    year.press_sequentially("2020")
    teacher.press("Found: stop the search")
    teacher.sees("Found before the child was last seen: please check the times.")
    expect(teacher.page.get_by_label("Where was the child found?")).to_have_value("The shed")
    year.press_sequentially(this_year)
    teacher.press("Found: stop the search")
    begun = time.monotonic()
    for other in (lead, office):
        expect(now(other)).to_contain_text("Stop the search.")
    waits["the search stops"] = time.monotonic() - begun
    expect(title(office)).to_have_text(f"{THEO} is found")

    # The log is closed once there is a reason for what was open.
    lead.press("Close the log")
    lead.press("Close it for good")
    expect(lead.page.get_by_text("steps are open: please say why")).to_be_visible()
    lead.page.get_by_label("Why, if steps are open").fill("He was found in the shed")
    lead.press("Close it for good")
    expect(title(lead)).to_have_text(f"{THEO} was found")
    expect(title(office)).to_have_text(f"{THEO} was found")

    # Afterwards everybody writes an account alone; the head investigates and reports.
    write_alone(teacher, "I saw him *by the shed*.")
    write_alone(office, "I rang the police.")
    head.go("Today")
    head.ask(head.page.get_by_role("button", name="Open what is owed").first)
    expect(head.page.get_by_text("Not yet", exact=True)).to_have_count(1)
    investigates(head)
    holds_everything(reports(head, oakfield, tmp_path))
    with capsys.disabled():
        said = ", ".join(f"{what} {wait:.1f} s" for what, wait in waits.items())
        print(f"\nseen in another browser after: {said}")
    for me in (teacher, lead, office, head):
        assert me.witness.complaints == []


def write_alone(me: Somebody, said: str) -> None:
    """Writes what they saw and did, where it is asked of them."""
    me.open("after-search")
    expect(me.page.get_by_text("Read the accounts")).to_have_count(0)
    me.type("What did you see and do?", said)
    me.press("Record my account")
    me.sees(said)


def investigates(head: Somebody) -> None:
    for label, said in INQUIRY.items():
        head.type(label, said)
    with head.asking():
        types(head, "day, By when?", "01122027")
    head.press("Record the investigation")
    head.sees(*INQUIRY.values())


def reports(head: Somebody, oakfield: Oakfield, folder: Path) -> Paper:
    """Makes the report to the local authority, fetches the file and opens it."""
    head.sees("The police were called: a report is owed.")
    for label, said in DECIDED.items():
        head.type(label, said)
    totp = pyotp.TOTP(oakfield.accounts["Mr Daniel Reyes"].totp_secret)
    code = totp.at(clock.now() + timedelta(minutes=LIMIT + 1, seconds=30))
    head.page.get_by_role("textbox", name="Authenticator code", exact=True).fill(code)
    head.press("Make the report")
    with head.page.expect_download() as download:
        head.touch(head.page.get_by_role("link", name="Download"))
    download.value.save_as(folder / "report.pdf")
    return Paper((folder / "report.pdf").read_bytes())


def holds_everything(paper: Paper) -> None:
    told = ("Theo Banks", "CAD 112", "A red jumper", "The shed", "I saw him *by the shed*.",
            "I rang the police.", *INQUIRY.values(), *DECIDED.values())  # fmt: skip
    assert [each for each in told if squeezed(each) not in paper.whole] == []


def test_a_log_that_was_kept_on_paper_is_typed_up_and_alarms_nobody(comes_in: ComesIn) -> None:
    office, bello = comes_in("Mrs Sandra Pike", LAPTOP), comes_in("Mr Tunde Bello", PHONE)
    office.open("missing-child")
    office.page.get_by_text("Type up a log that was kept on paper").click()
    is_dated(office, "When was the log on paper begun?", "1405", "23112026")
    office.press("Type it up")
    office.sees("The time on the paper, for what you tap and write next")
    with office.asking():
        types(office, "day, On", "23112026")
    with office.asking():
        types(office, "hour, At", "1409")
    office.ask(row(office, "Toilets").get_by_role("button", name="Cleared"))
    office.press("Add a note")
    office.page.get_by_role("textbox", name="What happened?").fill("Rang the bell *twice*")
    is_dated(office, "When did it happen?", "1411", "23112026")
    office.press("Write it down")
    for said in ("14:09", "14:11", "Rang the bell *twice*"):
        expect(office.page.get_by_text(said).first).to_be_visible()
    bello.open("alerts")
    expect(bello.button("Open the log")).to_have_count(0)
    assert office.witness.complaints + bello.witness.complaints == []


def is_dated(me: Somebody, label: str, time_: str, day: str) -> None:
    """A time and the day beside it, part by part."""
    types(me, f"hour, {label}", time_)
    types(me, "day, On", day)


def types(me: Somebody, part: str, keys: str) -> None:
    me.page.get_by_role("spinbutton", name=part).last.focus()
    me.page.keyboard.type(keys)
    me.page.keyboard.press("Tab")
    me.page.keyboard.press("Tab")

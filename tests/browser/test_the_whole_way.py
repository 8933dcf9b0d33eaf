"""From an empty folder to a concern that was raised, read and answered."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pyotp
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from core import clock
from tests.browser import accessibility, concern
from tests.browser.concern import Concern
from tests.browser.conftest import ComesIn
from tests.browser.post_office import PostOffice, open_post_office, words
from tests.browser.somebody import LAPTOP, PHONE, Meet, Somebody
from tests.web.conftest import Served, free_port, serving

pytestmark = pytest.mark.xdist_group("the whole way")

LEAD, TEACHER = "h.whitlock@oakfield.example", "p.shah@oakfield.example"
OTHER = "k.o'connell@oakfield.example"
PASSWORD, ANOTHER = "Rain-on-Tuesday-7", "Sun-on-Friday-8£"

PUPILS = """\
UPN,Legal Forename,Legal Surname,Preferred Forename,Date of Birth,Reg Group
A1,Thu Hà,Nguyễn Thị,,29/02/2016,5 Oak
A2,Łukasz,Nowicki,Luke,09/01/2016,5 Oak
A3,Ben,O’Brien,,31/02/2017,4 Birch
A4,Null,Smith-Jones,,14/06/2017,4 Birch
"""
STAFF = """\
Title;Forename;Surname;Work Email;Job title;Class
Ms;Priya;Shah;p.shah@oakfield.example;Class teacher;4 Birch
Mr;Tunde;Bello;t.bello@oakfield.example;Class teacher;5 Oak
Mr;Kieran;O'Connell;k.o'connell@oakfield.example;Teaching assistant;
Mrs;Sandra;Pike;s.pike@oakfield.example;School office;
"""

SAYS = (
    "Łukasz hid under the table when I said “home time” -> he shook.  I sat with him.\n\n– at 13:30"
)
CHILD = "I ain’t going home. *He* is there."
ARTIST = "Somebody At Home"


@dataclass
class School:
    """The running app, its mail, and who is at it."""

    served: Served
    office: PostOffice


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    port = free_port()
    address = f"http://localhost:{port}"
    with (
        open_post_office(tmp_path) as office,
        serving(tmp_path, school=False, port=port, ADDRESS=address, **office.settings) as served,
    ):
        yield School(served, office)


def test_a_concern_goes_all_the_way_from_an_empty_folder(
    meet: Meet, school: School, tmp_path: Path
) -> None:
    lead = meet(school.served.address, LAPTOP)
    set_up(lead, printed_code(school.served))
    import_pupils(lead)
    import_staff(lead)
    teacher = meet(school.served.address, LAPTOP)
    choose_password(teacher, school.office)
    number = raise_concern(teacher, picture(tmp_path))
    for reader in (LEAD, OTHER):
        a_mail_tells_nothing(school.office.letter(reader, "You have a new alert"), number)
    answer(lead, number)
    hear_back(teacher, number)
    read_chronology(lead, number)


def test_a_concern_goes_from_one_phone_to_another(comes_in: ComesIn) -> None:
    teacher = comes_in("Ms Priya Shah", PHONE)
    about = Concern(("kay", "Kayleigh Roberts"), SAYS, others=[("cole", "Mrs Denise Cole")])
    teacher.go("Add Incident")
    concern.fill_in(teacher, about)
    number = concern.check_and_send(teacher)
    lead = comes_in("Mr Tom Barker", PHONE)
    lead.go("Alerts")
    lead.press(f"Open #{number}")
    assert lead.page.locator(".words-account").first.text_content() == SAYS
    lead.press("Mark as read")
    lead.press("Add Action")
    lead.type("What was done, said or decided", "I spoke to Kayleigh.")
    lead.press("Add Action")
    teacher.go("My incidents")
    teacher.press(f"Open #{number}")
    teacher.sees("I spoke to Kayleigh.")


def printed_code(served: Served) -> str:
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b", served.log.read_text())
    assert found
    return found[0]


def set_up(lead: Somebody, one_time_code: str) -> None:
    page = lead.page
    page.goto("/")
    expect(page.get_by_role("heading", name="Set up your school")).to_be_visible()
    for label, text in (
        ("One-time code", one_time_code.lower()),
        ("Name of the school", "Oakfield Primary School"),
        ("Name", "Mrs Helen Whitlock"),
        ("Work email", LEAD),
        ("New password", PASSWORD),
        ("New password again", PASSWORD),
    ):
        page.get_by_label(label, exact=True).fill(text)
    is_for_everybody(lead)
    page.get_by_role("button", name="Continue").click()
    secret = page.locator(".key").inner_text().replace(" ", "")
    is_for_everybody(lead)
    page.get_by_label("Six digits").fill(pyotp.TOTP(secret).at(clock.now()))
    page.get_by_role("button", name="Add this Authenticator").click()
    codes = page.get_by_role("listitem")
    expect(codes).to_have_count(10)
    assert len(set(codes.all_inner_texts())) == 10
    is_for_everybody(lead)
    page.get_by_role("button", name="I have kept them safe").click()
    is_for_everybody(lead)
    page.get_by_role("button", name="Import students and staff").click()
    lead.settle()


def is_for_everybody(me: Somebody) -> None:
    """The pages of the set-up are seen here alone."""
    expect(me.page.get_by_role("heading", level=1)).to_be_visible()
    assert accessibility.faults(me) == []


def import_pupils(lead: Somebody) -> None:
    choose_list(lead, "pupils.csv", "\ufeff" + PUPILS)
    lead.sees("3 new · 1 cannot be taken")
    mend(lead, "28/02/2017", column=6)
    lead.press("Check these lines again")
    lead.sees("4 new")
    lead.press("Take over 4 lines")
    lead.sees("4 lines were taken over")


def import_staff(lead: Somebody) -> None:
    with lead.asking():
        lead.page.get_by_role("radio", name="Staff", exact=True).click()
    choose_list(lead, "staff.csv", STAFF)
    lead.sees("4 new")
    lead.press("Take over 4 lines")
    lead.sees("4 lines were taken over")


def choose_list(lead: Somebody, name: str, content: str) -> None:
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    with lead.asking():
        lead.page.locator("input[type=file]").set_input_files(file)


def mend(lead: Somebody, text: str, *, column: int) -> None:
    """Types into a cell of the first line to be put right."""
    table, keyboard = lead.page.get_by_test_id("stDataFrame").last, lead.page.keyboard
    table.locator(".dvn-scroller").click(position={"x": 30, "y": 55})
    for _ in range(column):
        keyboard.press("ArrowRight")
    keyboard.press("Enter")
    lead.page.locator("#portal").get_by_role("textbox").fill(text)
    with lead.asking():
        keyboard.press("Enter")


def choose_password(teacher: Somebody, office: PostOffice) -> None:
    page = teacher.page
    page.goto("/")
    page.get_by_role("link", name="I have forgotten my password").click()
    page.get_by_label("Work email").fill(TEACHER)
    page.get_by_role("button", name="Send the link").click()
    link = re.search(r"http[^\s<]+", words(office.letter(TEACHER, "A new password")))
    assert link
    page.goto(link[0])
    for label in ("New password", "New password again"):
        page.get_by_label(label, exact=True).fill(ANOTHER)
    page.get_by_role("button", name="Reset password").click()
    page.get_by_role("link", name="Sign in").click()
    teacher.give_password(TEACHER, ANOTHER)
    teacher.settle()


def raise_concern(teacher: Somebody, file: Path) -> str:
    about = Concern(
        student=("luk", "Łukasz Nowicki"),
        account=SAYS,
        child_words=CHILD,
        why_not="It might put him at risk",
        categories=["Home and family", "Emotional wellbeing"],
        linked=[("brien", "Ben O’Brien", "Witness")],
        others=[("conn", "Mr Kieran O'Connell")],
        files=[file],
        agencies=["School nurse"],
        urgent=True,
    )
    concern.fill_in(teacher, about)
    concern.check(teacher)
    teacher.sees("Łukasz Nowicki", CHILD, "It might put him at risk", "Ben O’Brien, witness")
    teacher.sees("bruise.png", "School nurse")
    expect(teacher.page.get_by_text(re.compile("^Urgent")).first).to_be_visible()
    teacher.sees("Mrs Helen Whitlock", "Mr Tunde Bello", "Mr Kieran O'Connell")
    number = concern.send(teacher)
    teacher.go("My incidents")
    teacher.sees(f"#{number} Home and family, Emotional wellbeing", "Łukasz Nowicki, 5 Oak")
    expect(teacher.page.get_by_role("button", name="Open #")).to_have_count(1)
    return number


def picture(folder: Path) -> Path:
    """A photograph that says who took it."""
    told = Image.Exif()
    told[0x013B] = ARTIST
    file = folder / "bruise.png"
    Image.new("RGB", (400, 300), "seagreen").save(file, exif=told)
    assert ARTIST.encode() in file.read_bytes()
    return file


def a_mail_tells_nothing(letter: EmailMessage, number: str) -> None:
    """It names who raised the concern and the category, and leads to the alerts."""
    said = words(letter)
    assert "Ms Priya Shah" in said and "Home and family" in said and "/alerts" in said
    whole = letter.as_string() + said
    for secret in ("Łukasz", "Nowicki", "Luke", "Brien", "table", "home time", f"#{number}"):
        assert secret not in whole


def answer(lead: Somebody, number: str) -> None:
    """Reads the incident, and asks for something to be done."""
    lead.go("Alerts")
    expect(lead.link("Alerts")).to_contain_text("1 unread alert")
    lead.sees(f"#{number} Home and family, Emotional wellbeing")
    lead.press(f"Open #{number}")
    lead.sees(f"#{number}", "Łukasz Nowicki", CHILD, "It might put him at risk", "School nurse")
    lead.sees("Ben O’Brien, 4 Birch, witness")
    assert lead.page.locator(".words-account").first.text_content() == SAYS
    download(lead)
    lead.press("Mark as read")
    expect(lead.button("Mark as read")).to_have_count(0)
    lead.press("Add Action")
    with lead.asking():
        lead.page.get_by_role("radio", name="Decision").click()
    lead.type("What was done, said or decided", "I spoke to his aunt. Please stay near him.")
    lead.choose("Ask somebody to do something", "shah", "Ms Priya Shah")
    due(lead, clock.now().date() + timedelta(days=3))
    lead.press("Add Action")
    lead.sees("I spoke to his aunt. Please stay near him.")


def due(lead: Somebody, day: date) -> None:
    """Types a date into the field "By"; each part of it leads on to the next, and the last
    to the calendar."""
    with lead.asking():
        lead.page.get_by_role("spinbutton", name="day, By").focus()
        lead.page.keyboard.type(f"{day:%d%m%Y}")
        lead.page.keyboard.press("Tab")
        lead.page.keyboard.press("Tab")


def download(lead: Somebody) -> None:
    """The file is saved and not shown, and says nothing of who took it."""
    button = lead.page.get_by_role("link", name="Download")
    with lead.context.expect_event("page"), lead.page.expect_download() as saved:
        button.click()
    assert saved.value.suggested_filename == "bruise.png"
    content = Path(saved.value.path()).read_bytes()
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (400, 300) and not image.getexif()
    assert ARTIST.encode() not in content
    answered = lead.context.request.get(button.get_attribute("href") or "")
    assert answered.headers["content-disposition"].startswith("attachment")
    assert answered.headers["cache-control"] == "no-store"


def hear_back(teacher: Somebody, number: str) -> None:
    """What came of it, and what is asked."""
    teacher.go("Alerts")
    expect(teacher.page.get_by_text("New action, from Mrs Helen Whitlock")).to_be_visible()
    teacher.go("My actions")
    teacher.sees("I spoke to his aunt. Please stay near him.")
    teacher.press("It is done")
    teacher.type("What was done, said or decided", "He sat with me at lunch.")
    teacher.press("Add Action")
    teacher.sees("He sat with me at lunch.")
    teacher.go("My actions")
    teacher.sees("Nobody is waiting for you. What you are asked to do appears here.")
    teacher.go("My incidents")
    teacher.press(f"Open #{number}")
    expect(teacher.page.get_by_text("Done by Ms Priya Shah")).to_be_visible()


def read_chronology(lead: Somebody, number: str) -> None:
    lead.go("Students")
    lead.choose("Find by any part of a name", "luke", "Łukasz Nowicki")
    lead.press("Open chronology")
    lead.sees("Łukasz Nowicki (Luke)", f"Open #{number}")
    lead.sees("I spoke to his aunt. Please stay near him.")

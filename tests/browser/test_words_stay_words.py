"""What people type is shown as they typed it, everywhere, and calls nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import FilePayload, Locator, expect

from core import clock, example, founding, people, pupils, rehearsals
from core.example import Account
from core.people import Details
from core.person import SYSTEM, Role
from core.store import Store, new_id
from core.store import key as keys
from tests.browser import concern
from tests.browser.concern import Concern
from tests.browser.somebody import Meet, Somebody
from tests.web.conftest import Served, serving

pytestmark = pytest.mark.xdist_group("words")

# Each would do something, or become something else, where it is read as Markdown or HTML.
PICTURE = "![x](http://stranger.example/a.png)"
TAG = "<img src=http://stranger.example/b.png onerror=alert(1)>"
SCHOOL = f"St <b>Null</b> & {PICTURE}"
LEAD, POST = "Mrs [Helen](http://stranger.example/c) Whitlock", "**Lead** of <u>care</u>"
TEACHER = f"Ms {TAG} Shah"
CHILD, KNOWN_AS, CLASS = f"Null {PICTURE}", ":red[Nully]", "4 :material/home: *Birch*"
SIBLING = "=cmd|'/C calc'!A0 -> O’Brien"
TURNED = "يوسف حسن"
SAYS = (
    f"# He -> she :streamlit: <= $x^2$ `code` ~~no~~\n\n{TAG}\n- {PICTURE}\n"
    "  قال: لا أريد (yes).  Twice.\n=SUM(A1)\n</div><script>alert(1)</script>"
)
TOLD = f'"I won’t" -> {PICTURE} <b>no</b>'
WHY_NOT = f"{TAG} 1 < 2"
FILE = "=cmd() ![x](a) <b> -- يوسف.txt"
ACTION = f"[Spoke](http://stranger.example/d) -> {TAG}"


@dataclass(frozen=True)
class Hostile:
    """The running app, with people and children whose names are all of this."""

    served: Served
    lead: Account
    teacher: Account


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Hostile]:
    lead, teacher = made(tmp_path)
    with serving(tmp_path, school=False) as served:
        yield Hostile(served, lead, teacher)


def made(folder: Path) -> list[Account]:
    store = Store.open(folder / "data", keys.make(folder / "key"))
    rehearsals.begin(store)
    lead = founding.found(store, SCHOOL, Details(name=LEAD, email="lead@school.example", post=POST))
    told = Details(name=TEACHER, email="teacher@school.example", role=Role.STAFF, post=POST)
    teacher = people.enter(store, new_id(), told, by=SYSTEM)
    born = date(2016, 2, 29)
    children = [
        pupils.Details(name=CHILD, known_as=KNOWN_AS, class_name=CLASS, born_on=born),
        pupils.Details(name=SIBLING, class_name=CLASS, born_on=born, household=TAG),
        pupils.Details(name=TURNED, class_name=CLASS, born_on=born),
    ]
    pupils.add(store, children, by=replace(lead, code_given=True))
    accounts = list(example.open_accounts(store, [lead, teacher]))
    store.close()
    return accounts


def test_what_people_type_is_shown_as_they_typed_it(
    meet: Meet, hostile: Hostile, tmp_path: Path
) -> None:
    teacher, lead = meet(hostile.served.address), meet(hostile.served.address)
    number = raise_concern(teacher, hostile.teacher, tmp_path)
    lead.sign_in(
        hostile.lead.email, example.PASSWORD, pyotp.TOTP(hostile.lead.totp_secret).at(clock.now())
    )
    read_it(lead, number)
    hear_back(teacher)
    look_through_the_lists(lead)
    import_more(lead)
    for me in (teacher, lead):
        assert me.witness.complaints == []


def raise_concern(me: Somebody, account: Account, folder: Path) -> str:
    me.page.goto("/")
    shows(me, SCHOOL)
    me.sign_in(account.email, example.PASSWORD)
    shows(me, LEAD, POST)
    expect(me.bar.locator(".name").first).to_have_text(TEACHER)
    file = folder / FILE
    file.write_text(SAYS)
    about = Concern(
        student=("nully", CHILD),
        account=SAYS,
        child_words=TOLD,
        why_not=WHY_NOT,
        linked=[("calc", SIBLING, "Witness"), ("يوسف", TURNED, "Sibling")],
        files=[file],
    )
    concern.fill_in(me, about)
    shows(me, f"{CHILD} ({KNOWN_AS})", f"{CLASS} · born 29 February 2016")
    me.press("Check and send")
    reads(me.page.locator(".words-account"), SAYS)
    reads(me.page.locator("blockquote"), TOLD)
    shows(me, CHILD, WHY_NOT, FILE, LEAD, f"{SIBLING}, witness\n{TURNED}, sibling")
    me.press("Change something")
    number = concern.check_and_send(me)
    me.go("My incidents")
    shows(me, f"{CHILD}, {CLASS}")
    return number


def read_it(me: Somebody, number: str) -> None:
    me.go("Alerts")
    shows(me, f"{CHILD}, {CLASS}")
    expect(me.page.get_by_text(f"from {TEACHER}")).to_be_visible()
    me.press(f"Open #{number}")
    reads(me.page.locator(".words-account"), SAYS)
    reads(me.page.locator("blockquote"), TOLD)
    shows(me, CHILD, WHY_NOT, TEACHER)
    shows(me, f"{SIBLING}, {CLASS}, witness\n{TURNED}, {CLASS}, sibling")
    expect(me.page.get_by_text(FILE)).to_be_visible()
    me.press("Add Action")
    shows(me, LEAD)
    me.type("What was done, said or decided", ACTION)
    me.choose("Ask somebody to do something", "shah", TEACHER)
    me.press("Add Action")
    shows(me, ACTION, f"Asked of {TEACHER}")


def hear_back(me: Somebody) -> None:
    me.go("My actions")
    shows(me, ACTION, f"{CHILD}, {CLASS}")
    expect(me.page.get_by_text(f"asked by {LEAD}")).to_be_visible()


def look_through_the_lists(me: Somebody) -> None:
    me.go("Classes")
    expect(me.page.get_by_role("combobox", name="Class")).to_have_value(CLASS)
    shows(me, f"{CHILD} ({KNOWN_AS})", SIBLING, TURNED)
    me.go("Students")
    me.choose("Find by any part of a name", "null", CHILD)
    me.press("Open chronology")
    shows(me, f"{CHILD} ({KNOWN_AS})", f"from {TEACHER}", ACTION)
    reads(me.page.locator(".words-account").first, SAYS)
    for title, cells in (("Student list", (CHILD, KNOWN_AS, CLASS)), ("Staff", (TEACHER, POST))):
        me.go(title)
        for cell in cells:
            expect(cells_of(me).filter(has_text=cell).first).to_be_attached()
    me.go("School")
    expect(me.page.get_by_label("Name of the school")).to_have_value(SCHOOL)
    me.go("My account")
    shows(me, LEAD, POST)


def import_more(me: Somebody) -> None:
    me.go("Import lists")
    list_ = f'Name,Date of Birth,Class\n"{PICTURE}",1/2/2017,{TAG}\n{TAG},99/99/2017,"{CLASS}"\n'
    file: FilePayload = {"name": FILE, "mimeType": "text/csv", "buffer": list_.encode()}
    with me.asking():
        me.page.locator("input[type=file]").set_input_files(file)
    expect(me.button(f"Remove {FILE}")).to_be_visible()
    for cell in (PICTURE, TAG):
        expect(cells_of(me).filter(has_text=cell).first).to_be_attached()


def shows(me: Somebody, *texts: str) -> None:
    """All of this is on the page, letter for letter, and nothing was made of it."""
    me.sees(*texts)
    expect(me.page.locator("[src*=stranger], [href*=stranger]")).to_have_count(0)


def reads(place: Locator, text: str) -> None:
    """Spaces and line breaks, too."""
    expect(place).to_be_visible()
    assert place.text_content() == text


def cells_of(me: Somebody) -> Locator:
    """What a screen reader finds in a table, which is drawn on a canvas."""
    return me.page.locator("[role=gridcell]")

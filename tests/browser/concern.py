"""Writing down a concern, field by field, as a member of staff does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.somebody import Somebody

ACCOUNT = "What you saw, heard and were told"
CHILD = "The child’s own words"
STUDENT = "Find by any part of a name"


@dataclass(frozen=True)
class Concern:
    """What there is to write down. Students and staff: what is typed, and who is meant."""

    student: tuple[str, str]
    account: str
    child_words: str = ""
    why_not: str = ""
    categories: Sequence[str] = ("Behaviour",)
    linked: Sequence[tuple[str, str, str]] = ()
    others: Sequence[tuple[str, str]] = ()
    files: Sequence[Path] = ()
    agencies: Sequence[str] = ()
    urgent: bool = False


def fill_in(me: Somebody, concern: Concern) -> None:
    """The whole form; where nothing is said why not, parents were contacted."""
    choose_student(me, *concern.student)
    me.type(ACCOUNT, concern.account)
    if concern.child_words:
        me.type(CHILD, concern.child_words)
    answer(me, "No" if concern.why_not else "Yes")
    if concern.why_not:
        me.type("Why not?", concern.why_not)
    for category in concern.categories:
        me.press(category)
    for typed, student, part in concern.linked:
        link(me, typed, student, part)
    for typed, person in concern.others:
        me.choose("Others who need to know", typed, person)
    for file in concern.files:
        add_file(me, file)
    for agency in concern.agencies:
        me.choose("Already involved, if any", agency, agency)
    if concern.urgent:
        me.ask(me.page.get_by_text("Someone must act before the child goes home"))


def anew(me: Somebody) -> None:
    """An empty form, whatever was left unsent."""
    another = me.button("Start a new one")
    student = me.page.get_by_role("combobox", name=STUDENT, exact=True)
    expect(another.or_(student).first).to_be_visible()  # which of them, only the page knows
    if another.is_visible():
        me.ask(another)


def choose_student(me: Somebody, typed: str, name: str) -> None:
    """Found by part of a name, and confirmed on the card."""
    me.choose(STUDENT, typed, name)
    expect(me.page.get_by_role("heading", name=name)).to_be_visible()
    me.press("This is the student")
    me.sees("Confirmed")


def answer(me: Somebody, said: str, question: str = "Have parents been contacted?") -> None:
    """What is yes or no: whether parents have been contacted, if nothing else is asked."""
    asked = me.page.get_by_role("radiogroup", name=question)
    me.ask(asked.get_by_role("radio", name=said, exact=True))


def link(me: Somebody, typed: str, student: str, part: str) -> None:
    """Another child who took part."""
    me.press("Link another student")
    me.choose("Student", typed, student)
    me.choose("Their part", part, part)


def add_file(me: Somebody, file: Path) -> None:
    """A file from the disk; a long name is shortened on the page, but not in what takes it off."""
    with me.asking():
        me.page.locator("input[type=file]").set_input_files(file)
    expect(me.button(f"Remove {file.name}")).to_be_visible()


def check_and_send(me: Somebody) -> str:
    """Past the review, to the number."""
    check(me)
    return send(me)


def check(me: Somebody) -> None:
    """On to the review."""
    me.press("Check and send")
    expect(me.page.get_by_role("heading", name="Check and send")).to_be_visible()


def send(me: Somebody) -> str:
    """Returns the number. Presses twice, as people do when it seems slow."""
    me.button("Add Incident").dblclick()
    title = me.page.get_by_role("heading", name="is recorded")
    expect(title).to_be_visible()
    me.settle()
    return title.inner_text().split()[1].removeprefix("#")

"""What is typed is what is shown, and calls nobody: in every page, PDF and CSV, in Chromium.

A school in which names, accounts, files, categories, agencies and notes are hostile strings.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path
from unittest import mock

import pyotp
from playwright.sync_api import Browser, sync_playwright

from core import categories, clock, example, founding, people, rehearsals
from core.example import Account
from core.people import Details
from core.person import SYSTEM, Person, Role
from core.records import (
    Action,
    AdultConcern,
    Alert,
    Attachment,
    CollectorDetails,
    Correction,
    Decision,
    Incident,
    LinkedPupil,
    ProhibitionDetails,
    PupilDetails,
    Significance,
    StandingNote,
    StatusChange,
)
from core.reports import conference, exports, ofsted
from core.reports.chronology import Form as Chronology
from core.reports.ofsted import Form as Pack
from core.store import Record, Store, new_id, texts
from core.store import key as keys
from pages.parts import menu
from tests.browser import chromium
from tests.browser.conftest import ARGUMENTS
from tests.browser.hostile import STRINGS
from tests.browser.somebody import LAPTOP, Somebody, Witness
from tests.core.paper import Paper, squeezed
from tests.core.school import BORN
from tests.core.test_conference import filled
from tests.prove.promise import Promise
from tests.prove.trying import each
from tests.web.conftest import serving
from tests.web.visits import PATIENCE

EACH = 10  # incidents of a child
LISTED = 100 // EACH - 1  # children of whom all alerts are in the first hundred

KINDS = cycle(category.key for category in categories.every())
BODIES = cycle(agency.key for agency in categories.agencies())

# All that stands in a page, also within components, and what is in its fields.
SHOWN = """() => {
  const parts = [];
  const walk = root => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (node.value) parts.push(node.value);
    }
    parts.push(root.textContent || '');
  };
  walk(document.documentElement);
  return parts.join('\\u0001');
}"""
CALLING = "[src*=stranger], [href*=stranger], [srcset*=stranger], [style*=stranger], [onerror]"


@dataclass(frozen=True)
class Child:
    """A child of the school, the incidents about it, and the words in them."""

    id: str
    name: str
    incidents: tuple[Incident, ...]
    actions: tuple[str, ...]
    beneath: tuple[str, ...]

    @property
    def accounts(self) -> list[str]:
        return [each.account for each in self.incidents]


@dataclass
class School:
    """The record, who signs in, and the children."""

    store: Store
    lead: Person
    teacher: Person
    accounts: list[Account]
    children: list[Child]


def written(folder: Path, strings: Sequence[str]) -> School:
    """Writes it all down, past the forms: what is tested is what is shown of it."""
    store = Store.open(folder / "data", keys.make(folder / "key"))
    rehearsals.begin(store)
    hostile = cycle(strings)
    lead = founding.found(store, next(hostile), Details(name=next(hostile), email="l@s.example"))
    details = Details(name=next(hostile), email="t@s.example", role=Role.STAFF, post=next(hostile))
    teacher = people.enter(store, new_id(), details, by=SYSTEM)
    lead = replace(lead, code_given=True)
    children = [_child(store, lead, teacher, strings, start)
                for start in range(0, len(strings), EACH)]  # fmt: skip
    accounts = list(example.open_accounts(store, [lead, teacher]))
    return School(store, lead, teacher, accounts, children)


def _child(
    store: Store, lead: Person, teacher: Person, strings: Sequence[str], start: int
) -> Child:
    said = (strings[n % len(strings)] for n in count(start))
    pupil, class_name = new_id(), next(said)
    own = [PupilDetails(pupil=new_id() if n else pupil, name=name, known_as=strings[-n],
                        class_name=class_name, born_on=BORN, household=strings[start])
           for n, name in enumerate(strings[start : start + EACH])]  # fmt: skip
    incidents_, actions, beneath = [], [], []
    by_teacher: list[Record] = []
    by_lead: list[Record] = [
        StandingNote(pupil=pupil, account=next(said)),
        CollectorDetails(collector=new_id(), pupil=pupil, name=next(said), relation=next(said),
                         note=next(said)),
        ProhibitionDetails(prohibition=new_id(), pupil=pupil, name=next(said), account=next(said)),
        AdultConcern(adult_name=next(said), level="low_level", occurred_at=clock.now(),
                     place=next(said), account=next(said)),
    ]  # fmt: skip
    for n in range(EACH):
        told = Incident(
            number=store.next_number(), pupil=pupil, occurred_at=clock.now() - timedelta(hours=1),
            account=strings[(start + n) % len(strings)], child_words=next(said),
            parents_contacted=False, parents_why_not=next(said), categories=(next(KINDS),),
            agencies=(next(BODIES),),
        )  # fmt: skip
        file, done = _file(store, told, next(said)), next(said)
        about = [next(said) for _ in range(5)]
        by_teacher += [
            told,
            file,
            Alert(person=lead.id, incident=told.id),
            LinkedPupil(incident=told.id, pupil=own[1].pupil, part="witness"),
        ]
        by_lead += [
            Action(incident=told.id, kind="note", account=done, asked_of=teacher.id),
            Correction(incident=told.id, kind="clarification", account=about[0]),
            Decision(incident=told.id, options=about[1], decided="nothing", reason=about[2]),
            Significance(incident=told.id, meaning=about[3]),
            StatusChange(incident=told.id, status="looked_at", told_reporter=about[4]),
        ]  # fmt: skip
        incidents_.append(told)
        actions.append(done)
        beneath += [texts.tidy(file.name), *about[:4], told.child_words,
                    texts.tidy(told.parents_why_not)] if n == 0 else []  # fmt: skip
    store.append(*own, by=lead)
    store.append(*by_teacher, by=teacher)
    store.append(*by_lead, by=lead)
    name = texts.tidy(own[0].name)  # what a line keeps of it; accounts stay as they were typed
    return Child(pupil, name, tuple(incidents_), tuple(actions), tuple(beneath))


def _file(store: Store, incident: Incident, name: str) -> Attachment:
    return Attachment(incident=incident.id, name=name, media_type="text/plain", size=1,
                      digest=store.vault.put(b"x"))  # fmt: skip


# ---- on paper -------------------------------------------------------------------------------


def wrongly_printed(school: School, children: Sequence[Child]) -> Iterator[str]:
    """Strings that are missing in a PDF or a CSV, or that became anything but text in it."""
    store, by = school.store, school.lead
    to, why = STRINGS[:2]
    with mock.patch.object(exports, "_demand_code"):  # each code counts once in half a minute
        for child in each(children, len(children), "reports"):
            words = [*child.accounts, *child.actions, child.name]
            for media_type, wrong in (("application/pdf", _in_pdf), ("text/csv", _in_csv)):
                form = Chronology(pupil=child.id, media_type=media_type, alerts=True,
                                  recipient=to, purpose=why)  # fmt: skip
                file = exports.make(store, form, "", by=by)
                yield from wrong(f"chronology of {child.name!r}", file.content, words)
        told = conference.make(store, filled(children[0].id), "", by=by)
        yield from _in_pdf("conference", told.content, [children[0].name])
        today = clock.now().date()
        for media_type, wrong in (("application/pdf", _in_pdf), ("text/csv", _in_csv)):
            pack = Pack(media_type=media_type, since=today - timedelta(days=9), until=today,
                        names=True, recipient=to, purpose=why)  # fmt: skip
            file = ofsted.make(store, pack, "", by=by)
            yield from wrong("pack", file.content, [child.name for child in children])


def _in_pdf(what: str, content: bytes, words: Sequence[str]) -> Iterator[str]:
    paper = Paper(content)
    whole = _comparable(paper.whole)
    yield from (f"{what}, PDF: {word!r}" for word in words if not _is_in(whole, word))
    if any(page.get("/Annots") for page in paper.reader.pages):
        yield f"{what}, PDF: something in it can be pressed"
    if any(name in content for name in (b"/JavaScript", b"/Launch", b"/URI")):
        yield f"{what}, PDF: it does something"


def _comparable(text: str) -> str:
    """Without what a PDF does not keep: it knows letters by their looks, not by their numbers."""
    return squeezed(unicodedata.normalize("NFKC", text))


def _is_in(whole: str, word: str) -> bool:
    """Whether it is printed, as a whole, or piece by piece where it turns or breaks. A letter that
    no font has is told by its number. Of letters from right to left the order is the reader's."""
    pieces = [_comparable(piece) for piece in re.findall(r"\w+|[^\w\s]+", word)]
    return _comparable(word) in whole or all(
        (_turns(each) and set(each) <= set(whole))
        or re.search("".join(map(_printed, each)), whole)
        or re.search("".join(map(_printed, reversed(each))), whole)
        for each in pieces
    )


def _turns(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _printed(letter: str) -> str:
    return rf"(?:{re.escape(letter)}|\[U\+0*{ord(letter):X}\])"


def _in_csv(what: str, content: bytes, words: Sequence[str]) -> Iterator[str]:
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
             for cell in row]  # fmt: skip
    whole = "\x01".join(cells)
    yield from (f"{what}, CSV: {word!r}" for word in words if word not in whole)
    yield from (f"{what}, CSV: computes {cell!r}" for cell in cells
                if cell.lstrip("\ufeff \u00a0\u200b")[:1] in tuple("=+-@\t\r"))  # fmt: skip


# ---- on the screen --------------------------------------------------------------------------


def wrongly_shown(me: Somebody, school: School, children: Sequence[Child]) -> Iterator[str]:
    """Pages on which a string is missing, or on which one became more than text."""
    offered = [link.get_attribute("href") or "/" for link in me.bar.locator("a").all()]
    for address in each(offered, len(offered), "pages"):
        yield from _page(me, address.removeprefix("/"))
    for child in each(children, len(children), "children"):
        pupil, first = child.id, child.incidents[0]
        words = [*child.accounts, *child.actions, child.name]
        yield from _page(me, "chronology", words, pupil=pupil)
        for path in ("collection", "export", "conference", "body-maps"):
            yield from _page(me, path, [child.name], pupil=pupil)
        of_incident = [child.name, first.account, child.actions[0], *child.beneath]
        yield from _page(me, "incident", of_incident, number=str(first.number))
        for path in ("add-action", "follow-up"):
            yield from _page(me, path, [child.name], number=str(first.number))


def in_lists(me: Somebody, school: School) -> Iterator[str]:
    """Every name in the lists, to their ends."""
    names = [child.name for child in school.children[-LISTED:]]
    for path in ("alerts", "my-incidents", "my-actions", "today", "adults"):
        me.open(path)
        while (more := me.page.get_by_role("button", name=re.compile("^Show more"))).count():
            me.ask(more.first)
        yield from _faults(me, path, names if path == "alerts" else ())


def _page(me: Somebody, path: str, words: Sequence[str] = (), **query: str) -> Iterator[str]:
    me.open(path, **query)
    yield from _faults(me, path, words)


def _missing(me: Somebody, words: Sequence[str]) -> list[str]:
    """What is not shown, once all parts of the page have had their time to come."""
    missing = list(words)
    for _ in range(4 * PATIENCE):
        shown = me.page.evaluate(SHOWN)
        missing = [word for word in missing if word not in shown]
        if not missing:
            break
        me.page.wait_for_timeout(250)
    return missing


def _faults(me: Somebody, path: str, words: Sequence[str]) -> Iterator[str]:
    missing = _missing(me, words)
    yield from (f"{path}: {word!r}" for word in missing)
    if me.page.locator(CALLING).count():
        yield f"{path}: a string became an element"
    yield from (f"{path}: {complaint[:120]}" for complaint in me.witness.complaints)
    yield from (f"{path}: asks {stranger}" for stranger in me.witness.strangers)
    me.witness.complaints.clear()
    me.witness.strangers.clear()


@contextmanager
def at_the_screen(folder: Path, school: School) -> Iterator[tuple[Somebody, Somebody]]:
    """The lead and the teacher, each in a browser of their own."""
    with serving(folder, school=False) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.installed(), args=ARGUMENTS)
        lead, teacher = (_met(browser, served.address) for _ in range(2))
        first, second = school.accounts
        code = pyotp.TOTP(first.totp_secret).at(clock.now())
        lead.sign_in(first.email, example.PASSWORD, code)
        teacher.sign_in(second.email, example.PASSWORD)
        yield lead, teacher
        browser.close()


def _met(browser: Browser, address: str) -> Somebody:
    context = browser.new_context(
        base_url=address, viewport={"width": LAPTOP.width, "height": LAPTOP.height}
    )
    context.set_default_timeout(PATIENCE * 1000)
    return Somebody(context, LAPTOP, Witness(context, address))


def taken_for_names() -> list[str]:
    """Hostile strings that could stand as a category or an agency, whose names are on buttons: only
    what no mark makes anything of."""
    marked = re.compile(r"[^\w ,'’-]|_|--|^\W|^\d")
    return [each for each in STRINGS if categories.is_plain(each) and marked.search(each)]


def proved(*, full: bool) -> Promise:
    """Promise 3. By day the pages about a child are drawn for every fourth one."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        school = written(folder, STRINGS)
        children = school.children if full else school.children[::4]
        wrong = [*taken_for_names(), *wrongly_printed(school, school.children)]
        school.store.close()
        with at_the_screen(folder, school) as (lead, teacher):
            for me in (lead, teacher):
                wrong += in_lists(me, school) if me is lead else ()
                wrong += wrongly_shown(me, school, children if me is lead else ())
    figure = (
        f"{len(STRINGS)} hostile strings as names, classes, accounts, children’s words, files "
        "and notes (as categories and agencies they are refused), on "
        f"{len(menu.PLACES)} pages, in {len(school.children)} chronologies, a conference report "
        f"and a pack, as PDF and CSV: {len(wrong)} not shown as typed, changed into an element, "
        "or asking another server"
    )
    return Promise(3, "What is typed is what is shown, and calls nobody", figure, kept=not wrong)

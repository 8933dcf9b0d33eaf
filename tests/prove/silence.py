"""Faults tell nothing: what fails inside is told to nobody in the words of those who wrote it.

Each fault breaks one function of the running app with an error that holds a canary, and then asks
for whatever calls it: pages, addresses, sockets, and what is done beside them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from aiosmtpd.controller import Controller
from websockets.exceptions import ConnectionClosed, InvalidStatus

from core import incidents, people, pupils
from core.inspection import Inspected
from core.person import Role
from core.store import Store
from core.store import key as keys
from tests.core.school import BORN, a_concern
from tests.prove.canaries import CANARY, ERRORS
from tests.prove.promise import Promise
from tests.prove.trying import each
from tests.web.conftest import TEACHERS, Served, free_port, make_school, serving
from tests.web.visits import PATIENCE, Browser, Tab

# What stands in the record; a lead's page may show it, and neither a log nor a mail.
WRITTEN = "AmyWordsAlone"

ONCE = {"Connection": "close"}  # whoever has failed may hang up, and the next is to be answered


@dataclass
class Postbox:
    """A mail server that keeps what it takes, and refuses one person's letters in telling words."""

    letters: SimpleQueue[bytes] = field(default_factory=SimpleQueue)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address == TEACHERS[3]:
            return f"550 {CANARY} does not live here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.put(envelope.content)
        return "250 OK"


@dataclass
class School:
    """The running app; a lead with full access and a teacher, each with an open tab."""

    served: Served
    postbox: Postbox
    pupil: str
    number: int
    lead: Browser
    tab: Tab
    teacher: Browser

    def page(self, path: str, query: str = "") -> str:
        """A page, in the lead's tab."""
        return self.tab.run(path, query.format(pupil=self.pupil, number=self.number))

    def call(self, method: str, address: str, **more: Any) -> str:
        """An address, asked for by the lead."""
        address = address.format(tab=self.tab.id)
        answer = self.lead.http.request(method, address, headers=self.lead.from_page | ONCE, **more)
        return f"{answer.status_code} {answer.headers} {answer.text}"

    def stranger(self, method: str, address: str, **more: Any) -> str:
        """An address, asked for by somebody who is not signed in."""
        answer = self.served.browser().http.request(method, address, headers=ONCE, **more)
        return f"{answer.status_code} {answer.headers} {answer.text}"

    def socket(self) -> str:
        """A new socket; what it was refused with, or why it was closed."""
        try:
            with self.teacher.tab() as tab:
                tab.say(stop_script=True)
                tab.socket.recv(PATIENCE)
        except InvalidStatus as refused:
            return f"{refused.response.headers} {refused.response.body!r}"
        except ConnectionClosed as closed:
            return str(closed)
        return "it stays open"

    def beside(self) -> str:
        """What the app does by itself, with a mail that has to go."""
        self.served.inside("owe", TEACHERS[1], "many_refusals")
        self.is_met()
        return ""

    def forgotten(self) -> str:
        """A stranger asks for a new password, which is mailed after they have been answered."""
        told = self.stranger("POST", "/forgotten", data={"email": TEACHERS[1]})
        self.is_met()
        return told

    def is_met(self) -> None:
        """Waits until what is broken was met in another thread."""
        end = time.monotonic() + PATIENCE
        while not self.served.inside("met") and time.monotonic() < end:
            time.sleep(0.1)


@dataclass(frozen=True)
class Fault:
    """What is broken, and what then meets it."""

    where: str
    asked: Callable[[School], str]


def _page(where: str, path: str, query: str = "") -> Fault:
    return Fault(f"core.{where}", lambda school: school.page(path, query))


def _call(where: str, method: str, address: str, **more: Any) -> Fault:
    return Fault(f"core.{where}", lambda school: school.call(method, address, **more))


def _stranger(where: str, method: str, address: str, **more: Any) -> Fault:
    return Fault(f"core.{where}", lambda school: school.stranger(method, address, **more))


SIGN_IN = {"email": TEACHERS[1], "password": "not this one"}
A_CHILD = "pupil={pupil}"

FAULTS = (
    _page("people.of", "alerts"),
    _page("alerts.count_unread", "alerts"),
    _page("alerts.unread", "alerts"),
    _page("requests.overdue", "alerts"),
    _page("dashboard.now", "today"),
    _page("patterns.pointed", "today"),
    _page("measures.of", "measures"),
    _page("chronology.of", "chronology", A_CHILD),
    _page("store.Store.append_in_time", "chronology", A_CHILD),
    _page("collection.of", "collection", A_CHILD),
    _page("reports.conference.earlier", "conference", A_CHILD),
    _page("body_history.of", "body-maps", A_CHILD),
    _page("chronology.of", "export", A_CHILD),
    _page("incidents.find", "incident", "number={number}"),
    _page("incidents.open", "incident", "number={number}"),
    _page("moments.full", "incident", "number={number}"),
    _page("actions.told", "add-action", "number={number}"),
    _page("action_forms.body", "add-action", "number={number}"),
    _page("pupils.everyone", "students"),
    _page("pupils.everyone", "student-list"),
    _page("incidents.mine", "my-incidents"),
    _page("requests.asked", "my-actions"),
    _page("registers.newest_day", "register"),
    _page("hometime.of_class", "hand-over"),
    _page("people.colleagues", "add-incident"),
    _page("categories.offered", "add-incident"),
    _page("adults.choices", "adult-concern"),
    _page("adult_files.seen", "adults"),
    _page("releases.made", "trends"),
    _page("releases.open_periods", "releases"),
    _page("people.everyone", "staff"),
    _page("settings.school", "school"),
    _page("reports.ofsted.made", "ofsted"),
    _page("authenticators.of", "account"),
    _call("attachments.open", "GET", f"/files/{'0' * 32}"),
    _call("reports.downloads.fetch", "GET", f"/exports/{'0' * 64}"),
    _call("web.screens.tell", "GET", f"/files/{'0' * 32}"),
    _call("sessions.of", "GET", "/alerts"),
    _call("web.steps.due", "GET", "/alerts"),
    _call("web.shell.name_of", "GET", "/alerts"),
    _call("sessions.touch", "POST", "/session/activity"),
    _call("drafts.keep", "POST", "/session/draft", json={"form": "f", "fields": {"account": "x"}}),
    _call("passwords.fits", "POST", "/session/unlock", data={"password": CANARY}),
    _call("authenticators.begin", "GET", "/authenticator"),
    _call("sign_in.change_password", "POST", "/change-password",
          data=dict.fromkeys(("current", "password", "repeat"), f"{CANARY}-1")),
    _call("sign_in.sign_out", "POST", "/sign-out"),
    _call("web.runtime.media_of", "GET", "/media/0123.png"),
    _call("web.runtime.uploads_of", "PUT", "/_stcore/upload_file/{tab}/0"),
    _stranger("sign_in.sign_in", "POST", "/sign-in", data=SIGN_IN),
    _stranger("throttle.admit", "POST", "/sign-in", data=SIGN_IN),
    _stranger("resets.whose", "GET", f"/reset?token={CANARY}"),
    _stranger("resets.ask", "POST", "/forgotten", data={"email": TEACHERS[1]}),
    Fault("core.web.post._has_gone", School.forgotten),
    Fault("core.sessions.of", School.socket),
    Fault("core.web.sockets.admit", School.socket),
    Fault("core.web.runtime.is_said_by_pages", School.socket),
    Fault("core.web.watch._over", School.beside),
    Fault("core.mails._letter", School.beside),
)  # fmt: skip


@contextmanager
def at_work(folder: Path) -> Iterator[School]:
    """The app with a mail server, and a concern that tells something, too."""
    make_school(folder / "data", folder / "key")
    pupil, number = _written(folder / "data", keys.read(folder / "key"))
    with (
        _post_office() as (box, port),
        serving(
            folder,
            school=False,
            MAIL_HOST="127.0.0.1",
            MAIL_PORT=str(port),
            MAIL_SENDER="app@school.example",
            MAIL_SECURITY="none",
        ) as served,
    ):
        lead, teacher = served.browser(), served.signed_in(TEACHERS[0])
        lead.come_back_with(served.inside("full_access"))
        with lead.tab() as tab:
            tab.run()
            yield School(served, box, pupil, number, lead, tab, teacher)


@contextmanager
def _post_office() -> Iterator[tuple[Postbox, int]]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


def _written(data: Path, key: bytes) -> tuple[str, int]:
    store = Store.open(data, key)
    everybody = people.teaching(store)
    lead = next(person for person in everybody if person.role is Role.LEAD)
    child = pupils.Details(name=WRITTEN, known_as=WRITTEN, class_name="4 Birch", born_on=BORN)
    (pupil,) = pupils.add(store, [child], by=replace(lead, code_given=True))
    teacher, refused = (people.by_email(store, email) for email in (TEACHERS[0], TEACHERS[3]))
    assert teacher and refused
    file = Inspected(f"{WRITTEN}.txt", "text/plain", WRITTEN.encode())
    form = a_concern(pupil, others=(refused.id,), files=(file,), account=WRITTEN)
    number = incidents.add(store, form, by=teacher)
    store.close()
    return pupil, number


def met(school: School, fault: Fault, error: str) -> Iterator[str]:
    """Breaks one function with one error, and says how it was told of, or that nothing met it."""
    school.served.inside("break", fault.where, error)
    try:
        came = fault.asked(school)
    finally:
        times = school.served.inside("mend")
    if not times:
        yield f"{fault.where} was not met"
    if CANARY in came or "Traceback" in came:
        yield f"{fault.where} with {error} was told to a browser"


def told_elsewhere(school: School) -> Iterator[str]:
    """Where the words came out beside the screen; also if no mail went, or nothing was logged."""
    log, box = school.served.log.read_text(), school.postbox.letters
    letters = [box.get(timeout=PATIENCE) for _ in range(max(1, box.qsize()))]
    if any(word in log for word in (CANARY, WRITTEN, "Traceback")):
        yield "the log told it"
    if log.count("Error at ") < len(FAULTS) / 2:
        yield "the log names no errors"
    if any(word.encode() in letter for letter in letters for word in (CANARY, WRITTEN)):
        yield "a mail told it"


def tell(school: School, faults: Iterable[tuple[Fault, str]]) -> list[str]:
    """Everything that was told although it must not be."""
    told = [said for fault, error in faults for said in met(school, fault, error)]
    return [*told, *told_elsewhere(school)]


def one_each() -> list[tuple[Fault, str]]:
    """Every fault, with the kinds of errors in turn."""
    return list(zip(FAULTS, cycle(ERRORS), strict=False))


def every() -> list[tuple[Fault, str]]:
    """Every fault with every kind of error."""
    return [(fault, error) for fault in FAULTS for error in ERRORS]


def proved(*, full: bool) -> Promise:
    """Promise 8."""
    faults = every() if full else one_each()
    with tempfile.TemporaryDirectory() as folder, at_work(Path(folder)) as school:
        told = tell(school, each(faults, len(faults), "faults"))
    figure = (
        f"{len(faults)} errors of {len(ERRORS)} kinds with a canary in their words, at "
        f"{len(FAULTS)} places: {len(told)} told in a browser, a log or a mail"
    )
    return Promise(8, "Faults tell nothing", figure, kept=not told)

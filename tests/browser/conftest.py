"""A real browser, a really running app, and a school in it that is made up once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, StorageState, expect, sync_playwright

from core import alerts, outings, pupils
from core.example import Account
from core.person import Role
from core.store import Store
from core.store import key as keys
from tests import demonstration as demonstrations
from tests import faketime
from tests.browser import chromium as chromiums
from tests.browser.somebody import LAPTOP, Device, Meet, Somebody, Witness
from tests.web.conftest import Served, serving
from tests.web.visits import PATIENCE

expect.set_options(timeout=PATIENCE * 1000)

# No sandbox, for containers; nothing of the browser's own goes out to the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Demonstration:
    """A school that is made up: the folder with its record and key, and its accounts.

    `incidents` has the number of one that a person was alerted to, `pupil` is some child's id,
    `outing` one of today.
    """

    folder: Path
    accounts: dict[str, Account]
    incidents: dict[str, int]
    pupil: str
    outing: str

    def query(self, path: str, name: str) -> dict[str, str]:
        """What the address of a page asks for, so that this person sees something there."""
        if path in ("chronology", "conference", "export", "body-maps", "collection",
                    "subject-access"):  # fmt: skip
            return {"pupil": self.pupil}
        if path in ("outing", "head-count"):
            return {"outing": self.outing}
        of_incident = path in ("incident", "add-action", "follow-up") and name in self.incidents
        return {"number": str(self.incidents[name])} if of_incident else {}

    def copied_to(self, folder: Path) -> Path:
        """A copy that a test may write into."""
        return Path(shutil.copytree(self.folder, folder, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    made = demonstrations.of_this_run(tmp_path_factory)
    folder = made.copied_to(tmp_path_factory.mktemp("demonstration"))
    store = Store.open(folder / "data", keys.read(folder / "key"))
    staff, accounts = made.people_in(store), {each.name: each for each in made.accounts}
    told = {p.name: [*alerts.unread(store, by=p), *alerts.read(store, by=p)] for p in staff}
    numbers = {name: lines[0].number for name, lines in told.items() if lines}
    pupil = next(pupil.id for pupil in pupils.everyone(store, by=staff[0]))
    office = next(person for person in staff if person.role is Role.OFFICE)
    outing = outings.listed(store, by=office).today[0].id
    store.close()
    return Demonstration(folder, accounts, numbers, pupil, outing)


@dataclass
class Oakfield:
    """The demonstration school, at work. Its people are signed in as if by the sign-in page, which
    has tests of its own, and whoever has signed in once stays so."""

    served: Served
    accounts: dict[str, Account]
    inside: dict[tuple[str, bool], str] = field(default_factory=dict)

    def session_of(self, name: str, *, code_given: bool) -> str:
        """The token of somebody's session; a code is given by those who have an Authenticator."""
        account, who = self.accounts[name], (name, code_given)
        if who not in self.inside:
            given = code_given and bool(account.totp_secret)
            self.inside[who] = self.served.inside("sign_in", account.email, code_given=given)
        return self.inside[who]

    def let_in(self, me: Somebody, name: str, *, code_given: bool) -> None:
        """Gives a browser the session of somebody, and opens the first page."""
        token, address = self.session_of(name, code_given=code_given), self.served.address
        me.context.add_cookies([{"name": "session", "value": token, "url": address}])
        me.page.goto("/")


@pytest.fixture(scope="session")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    folder = demonstration.copied_to(tmp_path_factory.mktemp("oakfield"))
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


# Not for the whole session: as long as Playwright is there, no other test can run an event loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with faketime.left_out():
        playwright = sync_playwright().start()
        browser = playwright.chromium.launch(executable_path=chromiums.installed(), args=ARGUMENTS)
    yield browser
    browser.close()
    playwright.stop()


@pytest.fixture
def meet(chromium: Browser) -> Iterator[Meet]:
    """Opens a browser for somebody. Whatever they do, nothing leaves for another server."""
    everybody: list[Somebody] = []

    def met(address: str, device: Device = LAPTOP, kept: StorageState | None = None) -> Somebody:
        context = chromium.new_context(
            base_url=address,
            storage_state=kept,
            viewport={"width": device.width, "height": device.height},
            has_touch=device.touch,
            is_mobile=device.touch,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        everybody.append(Somebody(context, device, Witness(context, address)))
        return everybody[-1]

    yield met
    for each in everybody:
        each.context.close()
    assert [each.witness.strangers for each in everybody if each.witness.strangers] == []


class ComesIn(Protocol):
    """Somebody of the demonstration school, by name, with the first page open."""

    def __call__(
        self, name: str, device: Device = LAPTOP, *, code_given: bool = True
    ) -> Somebody: ...


@pytest.fixture
def comes_in(meet: Meet, oakfield: Oakfield) -> ComesIn:
    def came(name: str, device: Device = LAPTOP, *, code_given: bool = True) -> Somebody:
        me = meet(oakfield.served.address, device)
        oakfield.let_in(me, name, code_given=code_given)
        if urlsplit(me.page.url).path == "/sign-in":  # nobody had used that session for long
            del oakfield.inside[name, code_given]
            oakfield.let_in(me, name, code_given=code_given)
        me.settle()
        return me

    return came

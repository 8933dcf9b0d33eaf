"""People at the app: each in a browser of their own, on a laptop or a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Request, expect

from tests.browser.conversation import Conversation

LOCAL = ("data:", "blob:", "about:")

# Streamlit looks for its server beneath the address of the page before it looks at the root.
LOOKING_AROUND = re.compile(r"/[a-z-]+/_stcore/(health|host-config)$")


@dataclass(frozen=True)
class Device:
    """What somebody holds in their hands."""

    name: str
    width: int
    height: int
    touch: bool = False


LAPTOP = Device("laptop", 1280, 900)
PHONE = Device("phone", 390, 844, touch=True)


class Witness:
    """What happens in a browser that nobody asked for: requests to other servers, errors."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", *LOCAL)):
            self.strangers.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self._is_streamlits(message):
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def _is_streamlits(self, message: ConsoleMessage) -> bool:
        return bool(LOOKING_AROUND.search(message.location["url"])) and "404" in message.text


class Somebody:
    """A person in a browser of their own, with one open page. `tab` opens another one."""

    def __init__(self, context: BrowserContext, device: Device, witness: Witness) -> None:
        self.context, self.device, self.witness = context, device, witness
        self.page = context.new_page()
        self._conversation = Conversation(self.page)

    def tab(self) -> Somebody:
        """The same person in another tab of the same browser."""
        return Somebody(self.context, self.device, self.witness)

    # ---- coming in ---------------------------------------------------------------------------

    def sign_in(self, email: str, password: str, code: str | None = None) -> None:
        """Through the sign-in page, and past the Authenticator's where there is one: with its code,
        or as staff without any."""
        self.page.goto("/sign-in")
        self.give_password(email, password)
        if code:
            self.page.get_by_label("Six digits").fill(code)
            self.page.get_by_role("button", name="Continue with full access").click()
        elif code is not None:
            self.page.get_by_role("button", name="Continue as staff").click()
        self.settle()

    def give_password(self, email: str, password: str) -> None:
        """Fills in the sign-in page and sends it."""
        self.page.get_by_label("Work email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    # ---- finding the way ---------------------------------------------------------------------

    def settle(self) -> None:
        """Waits until the page is drawn as it will stay."""
        expect(self.bar).to_be_attached()
        self._conversation.settle()

    def open(self, path: str, **query: str) -> None:
        """By its address, as a link in a mail does."""
        self.page.goto(f"/{path}?{urlencode(query)}" if query else f"/{path}")
        self.settle()

    def go(self, title: str) -> None:
        """By the bar, opening its menu where there is no room for all pages."""
        link = self.link(title)
        if not link.is_visible():
            self.touch(self.opener)
        self.ask(link)
        expect(link).to_have_attribute("aria-current", "page")

    @property
    def bar(self) -> Locator:
        """The purple bar. What it lies in has no size, so that is never visible."""
        return self.page.locator("header[popover]")

    @property
    def opener(self) -> Locator:
        """What opens the bar's menu, on this device."""
        return self.bar.get_by_role("button", name=re.compile("^(Menu|More)"))

    def link(self, title: str) -> Locator:
        """The bar's link to a page."""
        return self.bar.locator("a").filter(has_text=re.compile(rf"^{title}( unread alerts?|\d)*"))

    def asking(self) -> AbstractContextManager[None]:
        """Around what the server has to be asked for; waits for what it draws."""
        return self._conversation.question()

    # ---- doing things ------------------------------------------------------------------------

    def touch(self, what: Locator) -> None:
        """With a finger, or with the mouse."""
        if self.device.touch:
            what.tap()
        else:
            what.click()

    def ask(self, what: Locator) -> None:
        """Touches what the server has to answer, and waits for its answer. Whatever comes next
        would else be done to the page as it was."""
        with self.asking():
            self.touch(what)

    def press(self, name: str) -> None:
        """A button, by what it says."""
        self.ask(self.button(name))

    def button(self, name: str) -> Locator:
        """The button that says exactly this."""
        return self.page.get_by_role("button", name=name, exact=True)

    def type(self, label: str, text: str) -> None:
        """Into a field, and on to the next."""
        field_ = self.page.get_by_role("textbox", name=label, exact=True)
        with self.asking():
            field_.fill(text)
            field_.blur()
        expect(field_).to_have_value(text)

    def find(self, label: str, typed: str) -> Locator:
        """Types into the newest field of this name, and returns what it offers."""
        field_ = self.page.get_by_role("combobox", name=label, exact=True).last
        self.touch(field_)
        field_.press_sequentially(typed)
        return self.page.get_by_role("option")

    def choose(self, label: str, typed: str, wanted: str) -> None:
        """Types part of what is wanted and takes it from what is offered."""
        offered = self.find(label, typed).filter(has_text=wanted)
        self.ask(offered.first)
        self.page.keyboard.press("Tab")  # a list from which several can be chosen stays open
        expect(self.page.get_by_role("listbox")).to_have_count(0)

    def sees(self, *texts: str) -> None:
        """Whether all of this can be seen."""
        for text in texts:
            expect(self.page.get_by_text(text, exact=True).first).to_be_visible()


Meet = Callable[..., Somebody]

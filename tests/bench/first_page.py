"""The first page in a real browser: from its address until it can be used."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.bench.figure import Figure
from tests.bench.server import Served, Server
from tests.browser import chromium

VISITS = 9
ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]


def measure(twenty: Served, plain: Server) -> Iterator[Figure]:
    """Somebody's Alerts beside an empty page of plain Streamlit's, in turns."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.installed(), args=ARGUMENTS)
        took = [(*_alerts(browser, twenty), *_nothing(browser, plain)) for _ in range(VISITS)]
        browser.close()
    new, again, plain_new, plain_again = (median(each) * 1000 for each in zip(*took, strict=True))
    yield _figure("First page, in a new browser : an empty page of Streamlit’s", new, plain_new)
    yield _figure("First page, come again : an empty page of Streamlit’s", again, plain_again)


def _alerts(browser: Browser, served: Served) -> tuple[float, float]:
    """Until the first alert can be opened."""
    address = served.server.address
    with browser.new_context() as context:
        context.add_cookies(
            [{"name": "session", "value": served.visitors[0].token, "url": address}]
        )
        page = context.new_page()
        return _usable_twice(page, f"{address}/alerts", page.get_by_role("button", name="Open #"))


def _nothing(browser: Browser, plain: Server) -> tuple[float, float]:
    """Until its one line is there."""
    with browser.new_context() as context:
        page = context.new_page()
        return _usable_twice(page, plain.address, page.get_by_text("Nothing", exact=True))


def _usable_twice(page: Page, address: str, last: Locator) -> tuple[float, float]:
    """In seconds, with nothing in the browser's cache, and with what is left there."""
    return _usable(page, address, last), _usable(page, address, last)


def _usable(page: Page, address: str, last: Locator) -> float:
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    last.first.wait_for()
    return time.perf_counter() - begun


def _figure(what: str, measured: float, yardstick: float) -> Figure:
    return Figure(what=what, measured=measured, unit="ms", bound=1.3, yardstick=yardstick)

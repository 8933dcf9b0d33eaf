"""A body map with thirty marks: saved, drawn, and how soon a touch has its number and region."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

from playwright.sync_api import Page, sync_playwright

from core import body_maps, body_pictures, clock, outlines
from core.body_maps import Drawn
from core.drawings import Drawing
from core.map_forms import Form, Mark
from core.person import SYSTEM
from core.records import BodyMap, BodyMark
from core.store import Record, new_id
from tests.bench.figure import Figure
from tests.bench.first_page import ARGUMENTS
from tests.bench.reruns import WRITER
from tests.bench.school import School
from tests.bench.server import Served
from tests.browser import chromium

MARKS, TIMES = 30, 30

# A finger's stroke of so many curves.
STROKE = (
    ("M", 50_000, 50_000),
    *(("Q", 50_000 + n, 50_000, 50_100 + n, 50_200) for n in range(60)),
)


def kept(school: School) -> Iterator[Figure]:
    """In the core: saving with the record of twenty years, and the pictures of all marked views."""
    with school.copied() as copy, copy.opened() as store:
        saved = [_took(lambda: store.append(*_records(), by=SYSTEM)) for _ in range(TIMES)]
    drawn = _drawn()
    pictures = [_took(lambda: [body_pictures.of(drawn, view) for view in drawn.views])
                for _ in range(TIMES)]  # fmt: skip
    yield _figure("Saving a body map with thirty marks", median(saved), 100)
    yield _figure("Drawing it in every view that is marked", median(pictures), 20)


def touched(twenty: Served) -> Iterator[Figure]:
    """In a browser: from a click until the mark is named, and until it can be described."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.installed(), args=ARGUMENTS)
        with browser.new_context() as context:
            visitor, address = twenty.visitors[WRITER], twenty.server.address
            context.add_cookies([{"name": "session", "value": visitor.token, "url": address}])
            page = context.new_page()
            page.goto(f"{address}/add-incident?{visitor.asks('add-incident')}")
            page.get_by_role("button", name="Add body map").click()
            took = [_touch(page, number) for number in range(1, 8)]
        browser.close()
    named, described = (median(each) for each in zip(*took, strict=True))
    yield _figure("A touch until its number and region are told", named, 300)
    yield _figure("A touch until the mark can be described", described, 300)


def _touch(page: Page, number: int) -> tuple[float, float]:
    region = page.get_by_role("button", name="Left thigh, front", exact=True)
    region.scroll_into_view_if_needed()
    begun = time.perf_counter()
    region.click()
    page.get_by_text(f"Mark {number}, left thigh, front.").wait_for()
    named = time.perf_counter() - begun
    page.get_by_role("heading", name="Mark 1", exact=True).wait_for()
    page.get_by_text(f"Mark {number}: Left thigh, front").or_(
        page.get_by_role("heading", name=f"Mark {number}", exact=True)
    ).first.wait_for()
    return named, time.perf_counter() - begun


def _marks() -> list[Mark]:
    regions = [(view, region) for view in ("front", "back", "left-hand-palm")
               for region in outlines.view(view, outlines.OLDER).regions][:MARKS]  # fmt: skip
    drawing = Drawing((STROKE,))
    return [
        Mark(id=new_id(), view=view, x=0.5, y=0.5, region=region, kind="bruise", drawing=drawing,
             child_words="“I bumped it on the table, and then it went blue.” " * 3)
        for view, region in regions
    ]  # fmt: skip


def _records() -> list[Record]:
    form = Form(build=outlines.OLDER, marks=_marks(), seen_by="Ms Shah", seen_at=clock.now(),
                advice_sought=False, advice="The skin is not broken.")  # fmt: skip
    return body_maps.records(form, incident=new_id())


def _drawn() -> Drawn:
    whole, *marks = _records()
    assert isinstance(whole, BodyMap)
    set_ = tuple(mark for mark in marks if isinstance(mark, BodyMark))
    return Drawn(whole, set_, clock.now(), "")


def _took(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _figure(what: str, seconds: float, bound: float) -> Figure:
    return Figure(what=what, measured=seconds * 1000, unit="ms", bound=bound)

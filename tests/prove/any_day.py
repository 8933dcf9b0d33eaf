"""Promise 13: it is right on any day. The tests that look at a school are run on nine of them."""

from __future__ import annotations

from tests import any_day
from tests.prove.promise import Promise

# A browser's own day is the real one: the pages are looked at on these days for a night.
CORE = ("tests/core", "tests/pages")
FOLDERS = {False: CORE, True: (*CORE, "tests/web", "tests/browser")}


def proved(*, full: bool) -> Promise:
    red = [day for day in any_day.DAYS if not any_day.green(day, FOLDERS[full])]
    figure = f"the tests that look at a school, on {len(any_day.DAYS)} days from 2027 to 2040: "
    return Promise(13, "Any day", f"{figure}{', '.join(red) or 'none'} red", kept=not red)

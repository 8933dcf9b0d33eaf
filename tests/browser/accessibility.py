"""What axe-core finds on a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.browser.somebody import Somebody

SEVERE = ("serious", "critical")

_axe = Axe()


def faults(me: Somebody) -> list[str]:
    """Serious and critical violations on this page: the rule, and where.

    Whoever made the element: of what Streamlit 1.67 draws here, nothing has to be left out.
    """
    found: list[dict[str, Any]] = _axe.run(me.page).response["violations"]
    severe = [violation for violation in found if violation["impact"] in SEVERE]
    return [f"{each['id']}: {node['html'][:200]}" for each in severe for node in each["nodes"]]

"""The keyboard alone: no mouse, no finger, and no script that puts the focus anywhere."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.somebody import Somebody

FURTHEST = 100  # no page has so many stops of the Tab key


def reach(me: Somebody, role: str, name: str) -> None:
    """Goes on by the Tab key until the focus is on this, and not further than a page is long."""
    reach_this(me, me.page.get_by_role(role, name=name, exact=True))  # type: ignore[arg-type]


def reach_this(me: Somebody, wanted: Locator) -> None:
    expect(wanted).to_be_visible()
    for _ in range(FURTHEST):
        if wanted.evaluate("(element) => element.matches(':focus, :focus-within')"):
            return
        me.page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not lead to {wanted}.")


def next_is(me: Somebody, wanted: Locator) -> None:
    """The next stop of the Tab key, once the page has put the focus to where one goes on."""
    expect(me.page.locator(":focus[tabindex='-1']")).to_have_count(1)
    me.page.keyboard.press("Tab")
    expect(wanted).to_be_focused()


def take(me: Somebody, *keys: str) -> None:
    """Presses keys, and waits for what comes of them."""
    with me.asking():
        for key in keys:
            me.page.keyboard.press(key)


def press(me: Somebody, name: str) -> None:
    """A button."""
    reach(me, "button", name)
    take(me, "Enter")


def write(me: Somebody, label: str, text: str) -> None:
    """Into a field, and on to the next."""
    reach(me, "textbox", label)
    me.page.keyboard.type(text)
    take(me, "Tab")


def focused(me: Somebody) -> str | None:
    """What a screen reader says of what has the focus, also within a component."""
    found: str | None = me.page.evaluate(
        "() => { let e = document.activeElement;"
        " while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;"
        " return e?.getAttribute('aria-label') ?? null }"
    )
    return found

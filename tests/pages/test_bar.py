"""The bar offers what it was given, and takes nothing else for an answer."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest


def script(path: str | None) -> None:
    import json

    import streamlit as st

    from pages.parts import bar

    asked = bar.draw(
        offered=[bar.Offer("", "Add Incident"), bar.Offer("account", "My account", primary=False)],
        current="",
        person_name="<b>Ms Shah</b>",
        standing="Staff",
        unread=3,
    )
    st.text(json.dumps(asked))


def test_the_bar_carries_the_pages_the_person_and_the_unread_alerts() -> None:
    at = AppTest.from_function(script, args=(None,)).run()
    assert not at.exception
    data = json.loads(at.get("bidi_component")[0].proto.json)
    assert [(each["path"], each["primary"]) for each in data["offered"]] == [
        ("", True),
        ("account", False),
    ]
    assert (data["person"], data["standing"], data["unread"]) == ("<b>Ms Shah</b>", "Staff", 3)


def test_no_page_is_asked_for_until_one_was_pressed() -> None:
    at = AppTest.from_function(script, args=(None,)).run()
    assert at.text[0].value == "null"

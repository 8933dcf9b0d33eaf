"""What people typed reaches the browser as they typed it, and as nothing but text."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import drawn_with

HOSTILE = [
    "![](http://example.org/leak.png)",
    "<img src=x onerror=alert(1)>",
    "-> <- -- :streamlit: :material/lock: $x$ **b** `c`",
    "  spaces before and after  ",
    "one\n\n   two\r\nthree",
    "مرحبا Amara \u202eevil",
    "Nguye\u0302\u0303n Thi\u0323 Thu Ha\u0300",
]


def shown(at: AppTest) -> list[list[dict[str, Any]]]:
    """The blocks of every element that the words part drew, in order."""
    drawn = (each.proto for each in at.get("bidi_component"))
    return [drawn_with(e) for e in drawn if e.component_name == "bigger-picture.words"]


def script(text: str) -> None:
    from pages.parts import words

    words.heading(text, note=text, level=1)
    words.lines(text, words.Line(text, strong=True, badges=[words.Badge(text, "red")]))
    words.account(text)
    words.quote(text)
    words.facts([(text, text), words.Fact(text, text, text)])
    words.readers([(text, text, "read")])
    words.recipients([(text, text)])
    words.table(text, [text, text], [[text, text]])
    words.badge(text, "gray", "late")
    words.block([words.Beneath([words.Account(text)])])
    words.listing(words.Listing([text], [words.Item([words.Way(text, text)], [text])]), key="table")
    words.taps([words.Slim([words.Way("one", text, pressed=True)], [words.Line(text)])], key="l")


def texts(blocks: object) -> list[str]:
    if isinstance(blocks, dict):
        given = {key: value for key, value in blocks.items() if key not in CHOICES}
        return [text for value in given.values() for text in texts(value)]
    if isinstance(blocks, list):
        return [text for each in blocks for text in texts(each)]
    return [blocks] if isinstance(blocks, str) else []


CHOICES = {"opens", "kind", "tone", "icon", "state"}


@pytest.mark.parametrize("text", HOSTILE)
def test_every_kind_of_block_carries_the_text_unchanged(text: str) -> None:
    at = AppTest.from_function(script, args=(text,)).run()
    assert not at.exception
    assert len(shown(at)) == 12
    assert set(texts(shown(at))) == {text}
    assert {len(each) for each in (at.markdown, at.text, at.caption)} == {0}


def test_the_same_words_may_stand_on_a_page_more_than_once() -> None:
    def twice() -> None:
        from pages.parts import words

        for _ in range(3):
            words.line("None")

    at = AppTest.from_function(twice).run()
    assert not at.exception
    assert texts(shown(at)) == ["None"] * 3


def test_a_card_keeps_its_element_when_another_comes_before_it() -> None:
    def cards() -> None:
        import streamlit as st

        from pages.parts import words

        if st.checkbox("urgent first"):
            words.line("#1042 Injury")
        words.line("#1041 Attendance")

    at = AppTest.from_function(cards).run()
    before = at.get("bidi_component")[-1].proto.id
    at.checkbox[0].check().run()
    assert [each.proto.id == before for each in at.get("bidi_component")] == [False, True]

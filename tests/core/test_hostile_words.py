"""Hostile strings in PDF and CSV; `make prove` looks at all of them, and at every page."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import categories
from core.errors import Refused
from tests.browser.hostile import STRINGS
from tests.prove import words


def test_there_are_300_strings_and_none_is_part_of_another() -> None:
    assert len(STRINGS) >= 300
    assert [one for one in STRINGS for other in STRINGS if one != other and one in other] == []


def test_hostile_words_are_printed_as_they_were_typed(tmp_path: Path) -> None:
    school = words.written(tmp_path, STRINGS[::16])
    assert list(words.wrongly_printed(school, school.children)) == []
    school.store.close()


def test_what_could_be_more_than_a_name_is_no_category_and_no_agency(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert words.taken_for_names() == []
    written = '[{"key": "x", "name": "![x](http://stranger.example/a.png)"}]'
    (tmp_path / "agencies.json").write_text(written)
    monkeypatch.setattr(categories, "DATA", tmp_path)
    categories.agencies.cache_clear()
    with pytest.raises(Refused, match="agencies"):
        categories.agencies()
    monkeypatch.undo()
    assert categories.agencies()

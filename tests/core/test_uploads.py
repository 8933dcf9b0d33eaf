"""Files that hurt and files that do not, all together; see `tests/prove/uploads.py`."""

from __future__ import annotations

from tests.prove import uploads


def test_no_hostile_file_is_taken_wrongly() -> None:
    files = list(uploads.hostile())
    assert len(files) >= 120
    assert list(uploads.wrongly_taken(files)) == []


def test_every_good_file_is_taken_as_it_is() -> None:
    files = list(uploads.good())
    assert len(files) >= 60
    assert list(uploads.wrongly_refused(files)) == []

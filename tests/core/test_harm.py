"""What was changed is noticed: the attacks of `make prove`, a few of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prove import harm
from tests.prove.harm import Noticed, Whole


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return harm.a_whole_record(tmp_path_factory.mktemp("whole"))


def test_a_bit_that_was_turned_is_noticed(whole: Whole) -> None:
    assert harm.flips(whole, 4, seed=2) == Noticed(tried=4)


def test_a_row_that_was_edited_with_the_key_is_noticed(whole: Whole) -> None:
    assert harm.edits(whole, 3, seed=2) == Noticed(tried=3)


def test_a_file_that_was_shortened_is_noticed(whole: Whole) -> None:
    assert harm.cuts(whole, 4) == Noticed(tried=4)


HARD = [
    "two files exchanged",
    "desk and database exchanged",
    "another school's database",
    "both copies of some time ago",
    "both copies written anew",
]


def test_files_that_were_exchanged_or_rolled_back_are_noticed(whole: Whole) -> None:
    assert harm.swaps(whole, HARD) == Noticed(tried=len(HARD))


def test_where_nobody_harms_anything_there_is_no_alarm(tmp_path: Path) -> None:
    assert harm.starts(tmp_path / "school", 3) == Noticed(tried=3)

"""The terms are the school's own: a set in the record, and none but the newest written counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from core import __main__ as commands
from core import founding, school_days, term_dates, terms
from core.errors import Refused
from core.people import Details
from core.permissions import NotAllowed
from core.person import SYSTEM
from core.records import Setting, TermDates
from core.store import Store
from core.store import key as keys
from core.term_dates import Term
from tests.core.school import KEY, WRITTEN, School, a_person, how_many, plain, stopped

SPRING = Term("Spring", date(2028, 1, 4), date(2028, 4, 7), date(2028, 2, 14), date(2028, 2, 18),
              closed=(date(2028, 3, 1),))  # fmt: skip
NEXT = Term("Autumn 2027", date(2027, 9, 2), date(2027, 12, 17), date(2027, 10, 25),
            date(2027, 10, 29))  # fmt: skip
ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "other", KEY)) as opened:
        yield opened


def test_a_set_is_told_as_it_was_written(own_school: School) -> None:
    terms.choose(own_school.store, [SPRING], by=own_school.lead)
    known = terms.known(own_school.store)
    assert known[-1] == SPRING and school_days.calendar(own_school.store).terms == known


def test_the_set_that_was_written_last_counts_whatever_the_clock_said(own_school: School) -> None:
    store, wrong = own_school.store, replace(SPRING, ends=date(2028, 3, 31))
    with stopped(NOON + timedelta(days=5000)):
        terms.choose(store, [wrong], by=own_school.lead)
    before = how_many(store, TermDates)
    with stopped(NOON):
        terms.choose(store, [SPRING], by=own_school.head)
    assert SPRING in terms.known(store) and wrong not in terms.known(store)
    assert how_many(store, TermDates) > before


def test_two_sets_of_one_moment_are_two(own_school: School) -> None:
    with stopped(NOON):
        terms.choose(own_school.store, [SPRING], by=own_school.lead)
        terms.choose(own_school.store, [replace(SPRING, name="Lent")], by=own_school.lead)
    known = terms.known(own_school.store)
    assert [each.name for each in known if each.begins == SPRING.begins] == ["Lent"]


def test_earlier_terms_stay_and_later_ones_are_those_of_the_new_set(own_school: School) -> None:
    store = own_school.store
    store.append(*terms.records(WRITTEN.terms), by=SYSTEM)
    terms.choose(store, [NEXT], by=own_school.lead)
    assert terms.known(store) == (*WRITTEN.terms, NEXT)
    corrected = replace(WRITTEN.terms[-1], ends=date(2027, 7, 20))
    terms.choose(store, [corrected, NEXT], by=own_school.lead)
    assert terms.known(store) == (*WRITTEN.terms[:-1], corrected, NEXT)


def test_two_schools_in_one_program_have_each_their_own(own_school: School, other: Store) -> None:
    own_school.store.append(*terms.records(WRITTEN.terms), by=SYSTEM)
    other.append(*terms.records([SPRING]), by=SYSTEM)
    training = date(2026, 11, 27)
    assert not school_days.calendar(own_school.store).is_open(training)
    assert school_days.calendar(other).is_open(training)
    assert terms.known(other) == (SPRING,)


@pytest.mark.parametrize("who", ["birch", "assistant", "office", "governor", "chair"])
def test_only_full_access_gives_them(school: School, who: str) -> None:
    before = how_many(school.store, TermDates)
    closed = replace(school.lead, active=False)
    for by in (getattr(school, who), plain(school.lead), plain(school.head), closed):
        with pytest.raises(NotAllowed):
            terms.choose(school.store, [SPRING], by=by)
    assert how_many(school.store, TermDates) == before


# Where they come from.


def test_a_new_school_has_the_starter_set_from_its_first_record_on(store: Store) -> None:
    founding.found(store, "Oakfield", Details(name="Mrs Helen Whitlock", email="h@s.example"))
    assert terms.known(store) == term_dates.starter()
    named = store.ask(Setting, "FROM settings WHERE name = 'name'")
    assert len(named) == 1
    together = "SELECT count(DISTINCT recorded_at) AS number FROM (SELECT recorded_at FROM settings"
    assert _number(store, f"{together} UNION ALL SELECT recorded_at FROM terms)") == 1


def test_a_record_of_an_earlier_version_takes_the_starter_set_over_once(store: Store) -> None:
    lead = a_person(store, "Mrs Helen Whitlock")
    assert terms.known(store) == () and lead
    terms.begin(store)
    assert terms.known(store) == term_dates.starter()
    assert _number(store, "SELECT count(*) AS number FROM terms WHERE recorded_by = 'system'") == 9
    terms.begin(store)
    assert how_many(store, TermDates) == 9


def test_a_school_that_has_its_own_keeps_them(own_school: School) -> None:
    terms.choose(own_school.store, [SPRING], by=own_school.lead)
    before = terms.known(own_school.store)
    terms.begin(own_school.store)
    assert terms.known(own_school.store) == before


def test_a_record_without_a_school_takes_nothing(store: Store) -> None:
    terms.begin(store)
    assert how_many(store, TermDates) == 0


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("term_dates.starter(", {"founding.py", "terms.py", "school_years.py"}),
        ("return Calendar(", {"school_days.py"}),  # it is made in one place
        ("STARTER", {"term_dates.py"}),
    ],
)
def test_whoever_asks_for_terms_asks_the_record(words: str, where: set[str]) -> None:
    product = [file for folder in ("core", "pages") for file in (ROOT / folder).rglob("*.py")]
    assert {file.name for file in product if words in file.read_text(encoding="utf-8")} == where


# What a set has to be.


def written(**chosen: Any) -> dict[str, Any]:
    return {"name": "Spring", "begins": "2028-01-04", "ends": "2028-04-07",
            "half_term": ["2028-02-14", "2028-02-18"], "closed": [], **chosen}  # fmt: skip


def test_a_file_like_the_starter_set_is_read() -> None:
    spring = written(name="  Spring\n", closed=["2028-03-01"])
    assert term_dates.read(orjson.dumps([spring])) == (SPRING,)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "at least one term"),
        ([written(name=f"Term {n}") for n in range(61)], "at most 60"),
        ([written(name=" ")], "a name of at most"),
        ([written(name="S" * 41)], "a name of at most"),
        ([written(ends="2028-01-04")], "end after it begins"),
        ([written(ends="2072-04-07")], "within half a year"),
        ([written(half_term=["2027-12-20", "2028-02-18"])], "lie within the term"),
        ([written(half_term=["2028-02-14", "2028-04-10"])], "lie within the term"),
        ([written(half_term=["2028-02-18", "2028-02-14"])], "its first day first"),
        ([written(half_term=["2028-01-14", "2028-02-18"])], "longer than three weeks"),
        ([written(closed=["2028-04-08"])], "outside the term"),
        ([written(closed=[f"2028-03-{day:02}" for day in range(1, 22)])], "more than 20 days"),
        ([written(), written(name="Again")], "put them in order"),
        ([written(), written(name="Summer", begins="2029-01-04", ends="2029-04-07",
                             half_term=["2029-02-14", "2029-02-18"])], "A term is missing between"),
        ([written(), written(begins="2028-04-24", ends="2028-07-07",
                             half_term=["2028-05-29", "2028-06-02"])], "same name"),
        ([written(half_term=[])], "Term 1: please give name"),
        ([written(half_term="2028-02-14")], "Term 1: please give name"),
        ([written(begins="4 January")], "Term 1: please give name"),
        ([written(begins="2027-02-29")], "Term 1: please give name"),
        ([written(begins=20280104)], "Term 1: please give name"),
        ([written(name=None)], "Term 1: please give name"),
        ([written(closed=None)], "Term 1: please give name"),
        ([written(closed="2028-03-01")], "Term 1: please give name"),
        ([{}], "Term 1: please give name"),
        (["Spring"], "Term 1: please give name"),
        ({"terms": []}, "a list of terms"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_in_a_sentence(entries: object, said: str) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        term_dates.read(orjson.dumps(entries))
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("content", [b"", b"[", b"\xff\xfe", b"[" * 5000, b'[{"name": NaN}]'])
def test_what_is_no_list_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match="a list of terms"):
        term_dates.read(content)


def test_a_large_file_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(Refused, match="too large"):
        term_dates.read(b"[" + b" " * term_dates.LARGEST + b"]")


def test_nothing_is_recorded_of_a_set_that_cannot_be_right(own_school: School) -> None:
    before = how_many(own_school.store, TermDates)
    with pytest.raises(Refused, match="put them in order"):
        terms.choose(own_school.store, [SPRING, NEXT], by=own_school.lead)
    assert how_many(own_school.store, TermDates) == before


# The command.


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "school.key").write_text(keys.sheet(KEY))
    monkeypatch.setenv("RECORD_KEY_FILE", str(tmp_path / "school.key"))


def run(*arguments: str | Path) -> int:
    return commands.run(["terms", *map(str, arguments)])


@pytest.mark.usefixtures("key_file")
def test_the_command_takes_a_file_and_says_how_far_the_terms_are_known(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Store.open(folder, KEY)) as store:
        a_person(store, "Mrs Helen Whitlock")
        terms.begin(store)
    (tmp_path / "terms.json").write_bytes(orjson.dumps([written(closed=["2028-03-01"])]))
    assert run(folder, tmp_path / "terms.json") == 0
    said = "Terms taken over: 1. The school’s terms are known only until 7 April 2028.\n"
    assert capsys.readouterr() == (said, "")
    with closing(Store.open(folder, KEY)) as store:
        assert terms.known(store) == (*term_dates.starter(), SPRING)
        assert _number(store, "SELECT count(*) AS number FROM terms") == 9 + 10


@pytest.mark.usefixtures("key_file")
def test_the_command_refuses_in_a_sentence(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Store.open(folder, KEY)):
        pass
    (tmp_path / "terms.json").write_bytes(orjson.dumps([written(ends="2028-01-04")]))
    assert run(folder, tmp_path / "terms.json") == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "Spring: it has to end after it begins, within half a year.\n")
    assert run(tmp_path / "nowhere", tmp_path / "terms.json") == 2


@dataclass(frozen=True)
class _Number:
    number: int


def _number(store: Store, sql: str) -> int:
    return store.ask(_Number, sql)[0].number

"""What a field may hold is said where it is stored, and holds for every field of every record."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import people, pupils, records
from core import settings as settings_
from core.errors import Refused
from core.forms import Form
from core.person import SYSTEM
from core.records import PersonDetails, Setting
from core.settings import School
from core.store import Record, Store, new_id, proof, rebuilding, texts
from core.store.record import KINDS
from tests.core import histories
from tests.core.histories import OURS, opened
from tests.core.samples import KEY
from tests.core.school import BORN
from tests.core.school import School as Staffed

# What no teacher types, and what is kept of it in a field of one line; None: it is refused.
HOSTILE: Sequence[tuple[str, str | None]] = (
    ("  Anna \t Maria  ", "Anna Maria"),
    ("Anna\nMaria\r\nSmith", "Anna Maria Smith"),
    ("Anna\u2028Maria\u2029Smith\x85x", "Anna Maria Smith x"),
    ("An\0na\x07\x1b[31m\x7f\x9b", "Anna[31m"),
    ("\u202egpj.exe\u202c", "gpj.exe"),
    ("\u2066Anna\u2069\u200e\u200f\u061c", "Anna"),
    ("An\u200bna\ufeff\u2060\u00ad\u180e", "Anna"),
    ("Zoe\u0308 Mu\u0308ller", "Zoë Müller"),
    ("e\u200b\u0308", "ë"),
    ("नि\u200dशा می\u200cخواهم", "नि\u200dशा می\u200cخواهم"),
    ("half \ud83d of \udc00", "half \ufffd of \ufffd"),
    ("a pair \ud83d\ude00", "a pair \U0001f600"),
    ("\u200b\u2060", None),
    ("\u200d \u200c", None),
    ("\u3164\u2800\u115f", None),
    ("A" * 2_001, None),
    ("A" * 200_000, None),
    (" " * 200_000 + "A", None),
)
LINES = ("OneLine", "Remark")


def fields(*kinds: str) -> Iterator[tuple[type[Record], str, bool]]:
    """Each field of these kinds of text, with its record, and whether it holds several."""
    for record in OURS:
        for field in dataclasses.fields(record):
            if field.type in kinds:
                yield record, field.name, False
            elif field.type in {f"tuple[{kind}, ...]" for kind in kinds}:
                yield record, field.name, True


def holding(store: Store, record: type[Record], field: str, text: str, *, several: bool) -> Record:
    """A record with this text in a field; a file that it names is there."""
    values: dict[str, Any] = {field: (text,) if several else text}
    if "digest" in record.__dataclass_fields__:
        values["digest"] = store.vault.put(b"x")
    return dataclasses.replace(histories.plain(record), **values)


def kept(store: Store, record: Record, field: str) -> str:
    """What a field of a stored record holds."""
    (found,) = store.ask(type(record), f"FROM {record.TABLE} WHERE id = $id", id=record.id)
    value = getattr(found, field)
    return value if isinstance(value, str) else "".join(value)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("texts") / "school") as store:
        yield store


@pytest.mark.parametrize(("typed", "stored"), HOSTILE, ids=lambda text: ascii(text)[:24])
def test_every_line_of_every_record_is_one_clean_line(
    store: Store, typed: str, stored: str | None
) -> None:
    some = [
        (holding(store, record, name, typed, several=several), name)
        for record, name, several in fields(*LINES)
    ]
    assert len(some) > 70
    if stored is None:
        for record, name in some:
            with pytest.raises(Refused) as refusal:
                store.append(record, by=SYSTEM)
            assert str(refusal.value).startswith(texts.called(name))
            assert str(refusal.value).endswith(".")
        return
    store.append(*(record for record, _ in some), by=SYSTEM)
    wrong = {f"{type(r).__name__}.{name}" for r, name in some if kept(store, r, name) != stored}
    assert wrong == set()


def test_a_name_has_200_letters_and_a_remark_2000(store: Store) -> None:
    for record, name, several in fields(*LINES):
        declared = str(record.__dataclass_fields__[name].type)
        most = texts.NAME if "OneLine" in declared else texts.REMARK
        whole = holding(store, record, name, "ä" * most, several=several)
        store.append(whole, by=SYSTEM)
        assert kept(store, whole, name) == "ä" * most
        with pytest.raises(Refused, match=rf"is too long: at most {most:,} letters\."):
            store.append(holding(store, record, name, "ä" * (most + 1), several=several), by=SYSTEM)


def test_long_words_and_codes_stay_as_they_are_but_for_half_characters(store: Store) -> None:
    typed = "\0 two  spaces\r\n\u202eback\u200b e\u0301 " + "long " * 2_000
    some = [
        (holding(store, record, name, typed + "\ud800", several=several), name)
        for record, name, several in fields("LongText", "Code")
        if name not in ("digest", "id")
    ]
    store.append(*(record for record, _ in some), by=SYSTEM)
    wrong = {f"{type(r).__name__}.{n}" for r, n in some if kept(store, r, n) != typed + "\ufffd"}
    assert wrong == set()


def test_words_beyond_what_a_form_takes_are_refused_in_a_sentence(store: Store) -> None:
    for record, name, several in fields("LongText"):
        with pytest.raises(Refused, match=r"is too long: at most 250,000 letters\."):
            store.append(
                holding(store, record, name, "x" * (texts.LONGEST + 1), several=several), by=SYSTEM
            )


@pytest.mark.parametrize("id_", ["", "x" * 101, 'a"b', "a\\b", "a\nb", "a\0b", "ä", "\ud800"])
def test_an_id_that_the_ledger_cannot_spell_is_refused(store: Store, id_: str) -> None:
    """It may come from a draft, and so from anybody's browser; the proof would fail for good."""
    with pytest.raises(Refused, match="cannot be sent"):
        store.append(Setting(id=id_, name="x", value="y"), by=SYSTEM)


def test_a_field_that_does_not_say_what_it_may_hold_makes_no_record() -> None:
    for declared in ("str", "tuple[str, ...]", "Any", "list[str]"):
        with pytest.raises(TypeError, match=r"undeclared\.name: declare which kind"):
            type(
                "Undeclared",
                (Record,),
                {"__annotations__": {"name": declared}, "__module__": __name__},
                table="undeclared",
            )
    assert "undeclared" not in KINDS


def test_every_text_of_every_record_says_which_kind_it_is() -> None:
    for record in OURS:
        for field in dataclasses.fields(record):
            assert str(field.type) not in ("str", "tuple[str, ...]"), f"{record}.{field.name}"


@settings(deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_a_tidy_line_stays_as_it_is(text: str) -> None:
    tidied = texts.tidy(text)
    assert texts.tidy(tidied) == tidied == unicodedata.normalize("NFC", tidied)
    assert tidied == tidied.strip() and "  " not in tidied
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in tidied)
    hidden = {c for c in tidied if unicodedata.category(c) == "Cf"}
    assert hidden <= {"\u200c", "\u200d"}


def test_what_was_stored_before_these_rules_is_still_the_record(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A school that kept such names keeps them: in the proof, and when the database is rebuilt."""
    name = "  \u202eAn\0na \n" + "a" * 300
    with monkeypatch.context() as before, opened(tmp_path / "school") as store:
        before.setattr(texts, "settled", lambda kind, field, value: value)
        old = PersonDetails(person="p", name=name, email="a@b.example", role="staff")
        store.append(old, by=SYSTEM)
    assert rebuilding.rebuild(tmp_path / "school", KEY).count == 1
    with opened(tmp_path / "school") as store:
        assert kept(store, old, "name") == name
        assert proof.verify(store).count == 1


# ---- and before it is stored, where a rule looks at what was typed ---------------------------


def test_every_choice_of_the_school_says_what_it_may_hold() -> None:
    for field in dataclasses.fields(School):
        assert field.type in texts.KINDS, field.name


@pytest.mark.parametrize(("typed", "stored"), HOSTILE, ids=lambda text: ascii(text)[:24])
def test_names_in_forms_are_clean_lines_or_refused(
    school: Staffed, typed: str, stored: str | None
) -> None:
    store, lead = school.store, school.lead
    child = pupils.Details(name=typed, born_on=BORN, class_name=typed)
    colleague = people.Details(name=typed, email=f"{new_id()}@a.example", post="Cook")
    if stored is None:
        for act in (
            lambda: pupils.add(store, [child], by=lead),
            lambda: people.add(store, colleague, by=lead),
            lambda: settings_.choose(store, name=typed, by=lead),
        ):
            with pytest.raises(Refused, match=r"too long|cannot be seen|no letters"):
                act()
        return
    (id_,) = pupils.add(store, [child], by=lead)
    settings_.choose(store, name=typed, zones_inside=f"{typed.splitlines()[0]}\nHall", by=lead)
    kept = pupils.of(store, id_, by=lead)
    assert {kept.name, kept.class_name, people.add(store, colleague, by=lead).name} == {stored}
    assert settings_.school(store).name == stored
    first, hall = settings_.school(store).zones(off_site=False)[0]
    assert (texts.tidy(first), hall) == (first, "Hall")


def test_a_place_that_was_set_before_there_was_a_rule_holds_up_no_search() -> None:
    old = School(zones_inside="\u202e" + "H" * 5_000 + "\n" + "\n".join(map(str, range(2_000))))
    inside, _ = old.zones(off_site=False)
    assert len(inside) == settings_.MOST_PLACES and inside[0] == "H" * 200


@pytest.mark.parametrize(
    "wanted",
    [
        {"password_days": "9" * 200},
        {"password_days": "9" * 5},
        {"unread_hours": "9" * 10_000},
        {"zones_inside": "H" * 201},
        {"zones_outing": "\n".join(map(str, range(101)))},
        {"zones_outside": "H\n" * 200_000},
    ],
    ids=lambda wanted: next(iter(wanted)),
)
def test_a_choice_beyond_any_measure_is_refused(school: Staffed, wanted: dict[str, str]) -> None:
    with pytest.raises(Refused):
        settings_.choose(school.store, by=school.lead, **wanted)


def test_a_concern_with_too_long_a_line_is_told_beside_its_field() -> None:
    form = Form(told_in_person="x" * 2_001, account="fine")
    assert texts.faults(records.Incident, form) == {
        "told_in_person": "What is said of who was told is too long: at most 2,000 letters."
    }


def test_after_all_of_that_the_record_is_whole(store: Store) -> None:
    assert store.head is not None
    assert proof.verify(store).count == store.head.seq

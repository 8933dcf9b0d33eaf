from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.names import fold, initials, matches

LATIN = st.text(
    st.characters(
        max_codepoint=0x24F, categories=["Lu", "Ll"], exclude_characters="ŉ"
    )  # an apostrophe and a letter in one
    | st.sampled_from(" -'’ʼ`"),
    max_size=30,
)
WORDS = st.text(string.ascii_lowercase + "éłø", min_size=1, max_size=10)
ANY = st.text(max_size=40)
unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("D’Souza", "dsouza"),
        ("O'Brien", "obrien"),
        ("Oʼbrien", "obrien"),
        ("O`BRIEN", "obrien"),
        ("Łukasz", "lukasz"),
        ("Søren Ødegård", "soren odegard"),
        ("Weiß", "weiss"),
        ("Đỗ Thị", "do thi"),
        ("Þóra", "thora"),
        ("Nguyễn Thị Thu Hà", "nguyen thi thu ha"),
        (unicodedata.normalize("NFD", "Zoë Müller"), "zoe muller"),
        ("Smith-Jones", "smith jones"),
        ("Smith‑Jones", "smith jones"),
        ("  van  der\tBerg ", "van der berg"),
        ("SMITH, Anna (Year 3)", "smith anna year 3"),
        ("Ｗｉｄｅ", "wide"),
        ("Сергей", "sergey"),
        ("Null", "null"),
        ("", ""),
        ("–", ""),
    ],
)
def test_a_name_is_folded_to_plain_lower_case_words(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("dsouza", "Maria D’Souza"),
        ("D'Souza", "Maria D’Souza"),
        ("souza mar", "Maria D’Souza"),
        ("lukasz", "Łukasz Wójcik"),
        ("Łuk", "Lukasz Wojcik"),
        ("ha nguyen", "Nguyễn Thị Thu Hà"),
        ("thuha", "Nguyễn Thị Thu Hà"),
        ("maryann", "Mary-Ann Bell"),
        ("mary ann", "Maryann Bell"),
        ("smith-jones", "Anna Smith Jones"),
        ("vanderb", "Piet van der Berg"),
        ("an", "Anna Bell"),
        ("null", "Jennifer Null"),
        ("true", "True"),
        ("", "Anna Bell"),
        ("'", "Anna Bell"),
    ],
)
def test_a_name_is_found_by_any_part_of_it_however_it_is_typed(query: str, name: str) -> None:
    assert matches(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [("an", "Susan Bell"), ("anna smith", "Anna Bell"), ("annab x", "Anna Bell"), ("a", "")],
)
def test_a_name_without_every_word_of_the_query_is_not_found(query: str, name: str) -> None:
    assert not matches(query, name)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Josh Miller", "J. M."),
        ("Łukasz Wójcik", "Ł. W."),
        ("Nguyễn Thị Thu Hà", "N. T. T. H."),
        (unicodedata.normalize("NFD", "Émile Żak"), "É. Ż."),
        ("Anna Smith-Jones", "A. S.-J."),
        ("SMITH, Anna", "A. S."),
        ("o'brien", "O."),
        ("‘Okina (Kai)", "O. K."),
        ("Null", "N."),
        ("Ma. Teresa - Cruz", "M. T. C."),
        ("李小龙", "李."),
        ("ßen", "S."),
        ("", "?"),
        ("–", "?"),
    ],
)
def test_a_name_is_shortened_to_its_initials(name: str, short: str) -> None:
    assert initials(name) == short


@unhurried
@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@unhurried
@given(ANY)
def test_a_fold_holds_only_lower_case_letters_digits_and_single_spaces(text: str) -> None:
    assert set(fold(text)) <= set(string.ascii_lowercase + string.digits + " ")
    assert fold(text) == " ".join(fold(text).split())


@unhurried
@given(ANY)
def test_accents_fold_alike_however_they_are_composed(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@unhurried
@given(LATIN)
def test_capitals_make_no_difference(name: str) -> None:
    assert fold(name.upper()) == fold(name) == fold(name.lower())


@unhurried
@given(ANY)
def test_every_name_is_found_by_itself_and_by_its_fold(name: str) -> None:
    assert matches(name, name)
    assert matches(fold(name), name)


@unhurried
@given(
    st.lists(WORDS, min_size=1, max_size=4).flatmap(
        lambda w: st.tuples(st.just(w), st.permutations(w))
    )
)
def test_the_order_of_the_words_makes_no_difference(orders: tuple[list[str], list[str]]) -> None:
    name, query = (" ".join(order) for order in orders)
    assert matches(query, name)
    assert matches(" ".join(word[:2] for word in query.split()), name)


@unhurried
@given(ANY)
def test_initials_are_never_empty_and_hold_one_character_a_part(name: str) -> None:
    parts = initials(name).replace("-", " ").split()
    assert parts
    assert parts == ["?"] or all(len(part) == 2 and part.endswith(".") for part in parts)


@unhurried
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_initials_give_away_nothing_but_the_first_letters(words: list[str]) -> None:
    assert initials(" ".join(words)) == " ".join(f"{word[0].upper()}." for word in words)

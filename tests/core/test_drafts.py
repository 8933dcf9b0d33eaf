from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import drafts, forms
from core.errors import Refused
from core.person import Person
from core.store import Store, new_id, texts
from tests.conftest import KEY
from tests.core import staffroom
from tests.core.school import School, a_concern
from tests.core.staffroom import Watch

FIELDS = st.dictionaries(st.sampled_from(["account", "child_words", "form"]), st.text(max_size=40))


def fields(store: Store, form: str, by: Person) -> dict[str, str]:
    found = drafts.of(store, form, by=by)
    return dict(found[0].fields) if found else {}


def test_fields_arrive_by_themselves_and_outlive_a_restart(folder: Path) -> None:
    first = Store.open(folder, KEY)
    anna = staffroom.account(first)
    drafts.keep(first, "form", {"account": "Tom sai"}, by=anna)
    drafts.keep(first, "form", {"child_words": "“I fell.”"}, by=anna)
    drafts.keep(first, "form", {"account": "Tom said -> “no”\n"}, by=anna)
    first.close()
    again = Store.open(folder, KEY)
    wanted = {"account": "Tom said -> “no”\n", "child_words": "“I fell.”"}
    assert fields(again, "form", anna) == wanted
    again.close()


def test_a_draft_is_its_authors_alone(store: Store) -> None:
    anna, ben = staffroom.account(store), staffroom.with_access(store)
    drafts.keep(store, "form", {"account": "Anna's"}, by=anna)
    assert drafts.of(store, by=ben) == drafts.of(store, "form", by=ben) == []
    drafts.keep(store, "form", {"child_words": "Ben's"}, by=ben)
    assert fields(store, "form", ben) == {"child_words": "Ben's"}
    drafts.wipe(store, "form", by=ben)
    assert fields(store, "form", anna) == {"account": "Anna's"}


def test_nothing_readable_lies_on_the_disk(store: Store, folder: Path) -> None:
    drafts.keep(store, "form", {"account": "bruises on both arms"}, by=staffroom.account(store))
    files = [path for path in folder.iterdir() if path.name.startswith("desk")]
    assert len(files) >= 1
    assert not any(b"bruises" in path.read_bytes() for path in files)


def test_the_newest_draft_comes_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    for form in ("one", "two", "three", "one"):
        drafts.keep(store, form, {"account": new_id()}, by=anna)
        watch.turn(seconds=1)
    assert [draft.form for draft in drafts.of(store, by=anna)] == ["one", "three", "two"]


def test_a_sent_form_takes_nothing_more(store: Store) -> None:
    anna = staffroom.account(store)
    drafts.keep(store, "form", {"account": "sent"}, by=anna)
    drafts.wipe(store, "form", by=anna)
    drafts.keep(store, "form", {"account": "still under way"}, by=anna)
    assert drafts.of(store, by=anna) == []
    drafts.keep(store, "another", {"account": "new"}, by=anna)
    assert fields(store, "another", anna) == {"account": "new"}


def test_a_draft_lasts_seven_days_from_its_last_change(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    drafts.keep(store, "form", {"account": "one"}, by=anna)
    watch.turn(days=6)
    drafts.keep(store, "form", {"account": "two"}, by=anna)
    watch.turn(days=6)
    assert fields(store, "form", anna) == {"account": "two"}
    watch.turn(days=1)
    assert drafts.of(store, by=anna) == []
    drafts.keep(store, "form", {"child_words": "three"}, by=anna)
    assert fields(store, "form", anna) == {"child_words": "three"}, "what is over stays over"


def test_what_is_over_is_wiped_from_the_desk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    drafts.keep(store, "form", {"account": "old"}, by=anna)
    watch.turn(days=7)
    drafts.sweep(store)
    assert store.desk.ask(drafts.Draft, "SELECT form, fields, kept_at FROM drafts") == []


def test_more_than_any_form_takes_is_refused_and_what_was_kept_stays(store: Store) -> None:
    anna = staffroom.account(store)
    text = "é" * drafts.LARGEST
    drafts.keep(store, "form", {"account": "a" * 190_000}, by=anna)
    with pytest.raises(Refused, match="too much text"):
        drafts.keep(store, "form", {"child_words": text}, by=anna)
    assert fields(store, "form", anna) == {"account": "a" * 190_000}


@pytest.mark.parametrize("letter", ["x", "é", "\U0001f600", "\0", '"'])
def test_whatever_a_form_takes_is_kept_until_it_is_sent(new_school: School, letter: str) -> None:
    store, birch = new_school.store, new_school.birch
    form = a_concern(new_school.amy)
    form.account = letter * (texts.LONGEST - texts.letters(replace(form, account="")))
    assert forms.problems(store, form, by=birch) == {}
    drafts.keep(store, form.id, {**forms.to_draft(form), "account": form.account}, by=birch)
    (draft,) = drafts.of(store, form.id, by=birch)
    assert forms.from_draft(form.id, draft.fields).account == form.account
    form.account += letter
    assert forms.problems(store, form, by=birch) == {"account": texts.TOO_MUCH}


def test_a_few_large_forms_are_all_that_one_person_keeps(store: Store) -> None:
    anna, ben = staffroom.account(store), staffroom.account(store)
    for number in range(4):
        drafts.keep(store, f"form {number}", {"account": "a" * (drafts.LARGEST - 20)}, by=anna)
    with pytest.raises(Refused, match="not sent"):
        drafts.keep(store, "one more", {"account": "a" * (texts.LONGEST + 1)}, by=anna)
    drafts.keep(store, "one more", {"account": "a small one"}, by=anna)
    drafts.keep(store, "one more", {"account": "a" * (texts.LONGEST + 1)}, by=ben)


def test_half_a_character_becomes_one_that_can_be_stored(store: Store) -> None:
    anna = staffroom.account(store)
    drafts.keep(store, "form", {"account": "half \ud83d, whole \ud83d\ude00"}, by=anna)
    assert fields(store, "form", anna) == {"account": "half \ufffd, whole \U0001f600"}


def test_nobody_fills_the_desk_with_forms(store: Store) -> None:
    anna, ben = staffroom.account(store), staffroom.account(store)
    for number in range(drafts.MOST):
        drafts.keep(store, f"form {number}", {"account": "text"}, by=anna)
    with pytest.raises(Refused, match="not sent"):
        drafts.keep(store, "one more", {"account": "text"}, by=anna)
    drafts.keep(store, "form 0", {"account": "more text"}, by=anna)
    drafts.keep(store, "one more", {"account": "text"}, by=ben)


@pytest.mark.parametrize("form", ["", "x" * 101, 'a"b', "a\\b", "a\nb", "\ud800", "ä"])
def test_a_form_needs_a_name(store: Store, form: str) -> None:
    with pytest.raises(Refused, match="no name"):
        drafts.keep(store, form, {"account": "text"}, by=staffroom.account(store))


def test_fields_that_arrive_together_are_all_kept(store: Store) -> None:
    anna = staffroom.account(store)
    keepers = [
        threading.Thread(
            target=drafts.keep, args=(store, "form", {f"field {n}": str(n)}), kwargs={"by": anna}
        )
        for n in range(12)
    ]
    for keeper in keepers:
        keeper.start()
    for keeper in keepers:
        keeper.join()
    assert fields(store, "form", anna) == {f"field {n}": str(n) for n in range(12)}


@given(kept=st.lists(FIELDS, max_size=6))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_each_field_holds_what_came_last(store: Store, kept: Sequence[dict[str, str]]) -> None:
    anna, form = staffroom.account(store), new_id()
    wanted: dict[str, str] = {}
    for some in kept:
        drafts.keep(store, form, some, by=anna)
        wanted |= some
    assert fields(store, form, anna) == wanted

"""What a start mended is told until two people have seen it, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from core import mendings
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.records import MendingSeen
from core.store import Store
from core.store.mending import ITSELF, Mending
from tests.core.histories import lines, mended
from tests.core.school import KEY, School, a_school, how_many


@pytest.fixture(scope="module")
def mended_school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school whose journal lost thirteen records before a start."""
    folder = tmp_path_factory.mktemp("mended") / "school"
    first = Store.open(folder, KEY)
    school = a_school(first)
    first.close()
    whole = lines(folder / "journal.jsonl")
    (folder / "journal.jsonl").write_bytes(b"".join(whole[:-13]))
    return replace(school, store=Store.open(folder, KEY))


def sentences(school: School, by: Person) -> list[str]:
    return [notice.sentence for notice in mendings.standing(school.store, by=by)]


def the_only(school: School) -> str:
    (notice,) = mendings.standing(school.store, by=school.lead)
    return notice.id


OTHERS: dict[str, Callable[[School], Person]] = {
    "staff": lambda school: school.birch,
    "lead without the code": lambda school: replace(school.lead, code_given=False),
    "head without the code": lambda school: replace(school.head, code_given=False),
    "closed lead": lambda school: replace(school.lead, active=False),
    "governor": lambda school: school.governor,
    "chair": lambda school: school.chair,
    "office": lambda school: school.office,
}


@pytest.mark.parametrize("who", OTHERS)
def test_others_can_neither_read_nor_confirm_it(mended_school: School, who: str) -> None:
    by = OTHERS[who](mended_school)
    with pytest.raises(NotAllowed):
        mendings.standing(mended_school.store, by=by)
    with pytest.raises(NotAllowed):
        mendings.see(mended_school.store, the_only(mended_school), by=by)
    assert how_many(mended_school.store, MendingSeen) == 0


def test_what_is_not_there_cannot_be_confirmed(mended_school: School) -> None:
    with pytest.raises(NotThere):
        mendings.see(mended_school.store, "0" * 32, by=mended_school.lead)


def test_it_says_what_was_lacking_and_what_to_do(mended_school: School) -> None:
    (sentence,) = sentences(mended_school, mended_school.head)
    (mending,) = mended_school.store.ask(Mending, "FROM mendings")
    assert mending.lacked > 1
    lacked = f"The second copy of the record lacked {mending.lacked} records at the start on "
    assert sentence.startswith(lacked)
    assert "They were added from the first." in sentence
    assert "tell whoever looks after the machine" in sentence


def test_it_stands_until_two_people_have_seen_it(mended_school: School) -> None:
    school, mending = mended_school, the_only(mended_school)
    for _ in range(3):  # nobody is two people
        mendings.see(school.store, mending, by=school.lead)
    assert how_many(school.store, MendingSeen) == 1
    assert [notice.is_seen for notice in mendings.standing(school.store, by=school.lead)] == [True]
    assert [notice.is_seen for notice in mendings.standing(school.store, by=school.head)] == [False]
    mendings.see(school.store, mending, by=school.head)
    assert sentences(school, school.lead) == sentences(school, school.deputy) == []
    with pytest.raises(NotThere):
        mendings.see(school.store, mending, by=school.deputy)


def test_the_next_start_has_nothing_to_tell(mended_school: School) -> None:
    folder = mended_school.store.folder
    mended_school.store.close()
    store = Store.open(folder, KEY)
    assert len(mended(store)) == 1 and not store.has_mended
    store.close()


def test_a_database_that_was_made_anew_is_told_in_its_own_words(new_school: School) -> None:
    new_school.store.append(
        Mending(copy="database"), Mending(copy="database", lacked=1, first=9), by=ITSELF
    )
    other, one = sentences(new_school, new_school.lead)
    assert other.startswith("The first copy of the record was not what was recorded, and was made")
    assert one.startswith("The first copy of the record lacked 1 record at the start on ")

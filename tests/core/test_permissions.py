from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core import actions, alerts, attachments, incidents
from core.permissions import Verb
from core.records import Action, Completion, Incident, Reading
from core.store import Store
from tests.core import answers, oracle, prose
from tests.core.matrix import COLUMNS, TIES, World, a_world, differences, lets
from tests.core.oracle import Sketch, events, sketches
from tests.core.prose import OF_CHILDREN, OF_INCIDENTS, OF_THE_SCHOOL
from tests.core.school import KEY, a_concern, everybody_leaves, finish, how_many, openings_of
from tests.prove import decisions

pytestmark = pytest.mark.xdist_group("policy")  # the worlds of this file are built once

by_chance = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a school is small, and shrinking slow
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def a_record(at: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(at.mktemp("policy") / "school", KEY)
    yield store
    store.close()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """What schools by chance are written into, one after the other."""
    yield from a_record(tmp_path_factory)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    yield from map(a_world, a_record(tmp_path_factory))


# Reading: every column of the table, every tie, every public function.


@pytest.mark.parametrize("active", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_answered_what_the_table_says(world: World, column: str, active: bool) -> None:
    viewers = world.of(columns=[column], active=active)
    assert list(differences(world, viewers=viewers)) == []


@pytest.mark.parametrize("column", COLUMNS)
def test_what_may_not_be_seen_is_answered_like_what_does_not_exist(
    world: World, column: str
) -> None:
    (viewer,) = world.of(columns=[column], active=True)
    hidden = [world.places[viewer, tie] for tie in TIES
              if not viewer.reaches("see incidents", tie)]  # fmt: skip

    def answer(call: Callable[..., Any], what: Any) -> Any:
        return oracle.refused(partial(call, world.store, what, by=viewer.person))

    for place in hidden[::3]:
        for call, real, unreal in (
            (incidents.open, place.id, "0" * 32),
            (incidents.find, place.number, 999_999),
            (alerts.mark_read, place.id, "0" * 32),
            (alerts.readers, place.id, "0" * 32),
            (actions.beneath, place.id, "0" * 32),
            (actions.told, actions.Form(incident=place.id), actions.Form(incident="0" * 32)),
            (attachments.open, place.file, "0" * 32),
        ):
            assert answer(call, real) == answer(call, unreal)
        assert not openings_of(world.store, place.id)


# Writing: the same table.


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Another world, since writing changes who is involved."""
    yield from map(a_world, a_record(tmp_path_factory))


@pytest.mark.parametrize("active", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_writes_what_the_table_says(written: World, column: str, active: bool) -> None:
    (viewer,) = written.of(columns=[column], active=active)
    store, by = written.store, viewer.person
    for tie in TIES:
        place = written.places[viewer, tie]
        sees_it = viewer.reaches("see incidents", tie)
        counted = [how_many(store, kind) for kind in (Reading, Completion, Action)]
        marked = lets(partial(alerts.mark_read, store, place.id, by=by))
        assert marked == (sees_it and tie.alerted), tie
        done = lets(partial(finish, store, place.request, by=by))
        assert done == (sees_it and tie.asked), tie
        form = actions.Form(incident=place.id, account="Rang home")
        acted = lets(partial(actions.add, store, form, by=by))
        assert acted == viewer.reaches("add actions", tie), tie
        new = [how_many(store, kind) for kind in (Reading, Completion, Action)]
        assert [after - before for before, after in zip(counted, new, strict=True)] == [
            marked and not tie.read,
            done and not tie.done,
            acted,
        ]


@pytest.mark.parametrize("active", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_adds_what_the_table_says(written: World, column: str, active: bool) -> None:
    (viewer,) = written.of(columns=[column], active=active)
    store, by = written.store, viewer.person
    pupil = written.places[viewer, TIES[0]].pupil
    for category, row in (("injury", "add incidents"), ("early_help", "lead categories")):
        before = how_many(store, Incident)
        form = a_concern(pupil, categories=(category,))
        oracle.refused(partial(incidents.add, store, form, by=by))
        assert how_many(store, Incident) - before == viewer.may(row), row


# Every decision, against the policy's words.


def test_every_kind_of_account_reaches_what_the_policy_says(store: Store) -> None:
    """A part of the ties; `make prove` asks for all of them."""
    some = prose.BONDS[::7]  # a number that meets every kind of every part
    assert {*OF_INCIDENTS, *OF_CHILDREN, *OF_THE_SCHOOL} == {*Verb}
    assert list(decisions.wrong(store, decisions.everyone(store, some))) == []


# By chance, against the policy's prose in plain Python.


@by_chance
@given(sketch=sketches())
def test_nobody_sees_what_they_may_not_and_everybody_what_they_may(
    record: Store, sketch: Sketch
) -> None:
    school = oracle.real(record, sketch)
    for me in range(len(sketch.people)):
        assert oracle.shown(school, sketch, me) == oracle.expected(sketch, me)
    everybody_leaves(record)


@settings(by_chance, max_examples=10)
@given(sketch=sketches(), data=st.data())
def test_what_somebody_may_not_see_changes_nothing_that_they_are_answered(
    record: Store, sketch: Sketch, data: st.DataObject
) -> None:
    """Two worlds that differ only in what is hidden from the viewer look the same to them."""
    school = oracle.real(record, sketch)
    me = data.draw(st.integers(0, len(sketch.people) - 1))
    new = data.draw(events(len(sketch.people)))
    assert answers.told_apart(school, sketch, me, new) == []
    everybody_leaves(record)

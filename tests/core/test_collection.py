"""Who may collect a child, who must not, and who may say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from core import clock, collection, dashboard, people
from core.collection import Collection, CollectorForm, OrderForm, WalkForm
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.records import CollectorDetails, ProhibitionDetails, WalkHomeDetails
from tests.core.school import School, how_many, openings_of, plain

TODAY = clock.now().date()
AUNT = {"name": "Mrs Bea D’Souza", "relation": "aunt", "phone": "07700 900123"}


@pytest.fixture
def school(own_school: School) -> School:
    return own_school


def known(school: School, by: Person | None = None) -> Collection:
    return collection.of(school.store, school.amy.id, by=by or school.office)


def allowed(school: School, **chosen: str) -> str:
    form = CollectorForm(**{**AUNT, **chosen})
    collection.allow(school.store, school.amy.id, form, by=school.office)
    return form.id


def forbidden(school: School, name: str = "Mr Far D’Souza", until: date | None = None) -> str:
    form = OrderForm(name=name, until=until, account="He is not to come near her.")
    collection.forbid(school.store, school.amy.id, form, by=school.lead)
    return form.id


def on_desk(school: School, by: Person) -> list[str]:
    groups = dashboard.now(school.store, by=by)
    return [n.said for g in groups if g.kind == "review" for n in g.notices
            if n.pupil == school.amy.id]  # fmt: skip


def test_who_may_collect_is_listed_in_the_order_in_which_they_were_written_down(
    school: School,
) -> None:
    first, second = allowed(school), allowed(school, name="Mr Al D’Souza")
    collection.allow(school.store, school.amy.id,
                     CollectorForm(id=first, **{**AUNT, "phone": "07700 900124"}),
                     by=school.lead)  # fmt: skip
    found = known(school).collectors
    assert [each.id for each in found] == [first, second]
    assert (found[0].said, found[0].phone) == ("Mrs Bea D’Souza, aunt", "07700 900124")


def test_whoever_is_taken_off_stays_readable(school: School) -> None:
    id_ = allowed(school)
    collection.end(school.store, school.amy.id, id_, by=school.office)
    (found,) = known(school).collectors
    assert found.ended and found.name == "Mrs Bea D’Souza"
    with pytest.raises(NotThere):
        collection.end(school.store, school.amy.id, id_, by=school.office)


def test_reading_who_may_collect_is_recorded(school: School) -> None:
    known(school)
    assert [each.what for each in openings_of(school.store, school.amy.id)] == ["collection"]


@pytest.mark.parametrize("who", ["birch", "oak", "governor", "lead", "head"])
def test_only_the_office_and_full_access_say_who_may_collect(school: School, who: str) -> None:
    before = how_many(school.store, CollectorDetails)
    by = plain(getattr(school, who))
    with pytest.raises(NotThere):
        collection.allow(school.store, school.amy.id, CollectorForm(**AUNT), by=by)
    with pytest.raises(NotThere):
        known(school, by)
    assert how_many(school.store, CollectorDetails) == before


@pytest.mark.parametrize("who", ["office", "lead", "head"])
def test_nobody_says_who_may_collect_a_child_of_their_own_family(school: School, who: str) -> None:
    me: Person = getattr(school, who)
    people.mark_relative(school.store, me.id, school.amy.id, by=school.deputy)
    calls: list[Callable[[], object]] = [
        lambda: collection.allow(school.store, school.amy.id, CollectorForm(**AUNT), by=me),
        lambda: collection.let_walk(school.store, school.amy.id, WalkForm(), by=me),
        lambda: collection.forbid(school.store, school.amy.id, OrderForm(), by=me),
        lambda: known(school, me),
    ]
    for call in calls:
        with pytest.raises(NotThere):
            call()


def test_what_an_order_says_is_for_leads_alone(school: School) -> None:
    forbidden(school)
    (of_office,) = known(school, school.office).orders
    (of_lead,) = known(school, school.lead).orders
    assert (of_office.name, of_office.account) == ("Mr Far D’Souza", "")
    assert of_lead.account == "He is not to come near her."


def test_the_office_cannot_end_an_order_and_its_text_stays_when_a_lead_does(
    school: School,
) -> None:
    id_ = forbidden(school)
    with pytest.raises(NotThere):
        collection.end_order(school.store, school.amy.id, id_, by=school.office)
    collection.end_order(school.store, school.amy.id, id_, by=school.head)
    (found,) = known(school, school.lead).orders
    assert found.ended and found.account == "He is not to come near her."


@pytest.mark.parametrize(
    "name", ["Mr Far D’Souza", "FAR D'SOUZA", "Far James D’Souza", "Mr  Fár  D’Souza"]
)
def test_whoever_must_not_collect_is_not_put_on_the_list_in_any_spelling(
    school: School, name: str
) -> None:
    forbidden(school, until=TODAY - timedelta(days=1))  # also past its date
    with pytest.raises(Incomplete, match="must not collect"):
        allowed(school, name=name)
    assert known(school).collectors == []


@pytest.mark.parametrize("name", ["Mrs Bea D’Souza", "Mrs D’Souza", "Mr Far Away"])
def test_another_of_the_name_is(school: School, name: str) -> None:
    forbidden(school)
    allowed(school, name=name)
    assert len(known(school).collectors) == 1


@pytest.mark.parametrize(
    ("days", "ended", "holds"),
    [((-3, 3), False, True), ((0, 0), False, True), ((-3, None), False, True),
     ((1, 3), False, False), ((-3, -1), False, False), ((-3, 3), True, False)],
)  # fmt: skip
def test_a_permission_to_walk_holds_from_its_first_day_to_its_last(
    school: School, days: tuple[int, int | None], ended: bool, holds: bool
) -> None:
    since, until = (None if n is None else TODAY + timedelta(days=n) for n in days)
    form = WalkForm(since=since, until=until, given_by="Her mother", how="By letter")
    collection.let_walk(school.store, school.amy.id, form, by=school.office)
    if ended:
        collection.end_walk(school.store, school.amy.id, form.id, by=school.office)
    (found,) = known(school).walks
    assert found.holds(TODAY) is holds
    assert found.is_over(TODAY) is (until is not None and until < TODAY)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (CollectorForm(name="  "), "name"),
        (WalkForm(given_by="Her mother", how="By letter"), "since"),
        (WalkForm(since=TODAY, how="By letter"), "given_by"),
        (WalkForm(since=TODAY, given_by="Her mother"), "how"),
        (WalkForm(since=TODAY, until=TODAY - timedelta(days=1), given_by="A", how="B"), "until"),
        (OrderForm(account="Not he"), "name"),
        (OrderForm(name="Mr Far"), "account"),
    ],
)
def test_what_is_incomplete_is_refused_by_its_field_and_nothing_is_recorded(
    school: School, form: CollectorForm | WalkForm | OrderForm, field: str
) -> None:
    kinds = (CollectorDetails, WalkHomeDetails, ProhibitionDetails)
    before = [how_many(school.store, kind) for kind in kinds]
    record: dict[type, Callable[..., None]] = {
        CollectorForm: collection.allow,
        WalkForm: collection.let_walk,
        OrderForm: collection.forbid,
    }
    with pytest.raises(Incomplete) as refusal:
        record[type(form)](school.store, school.amy.id, form, by=school.lead)
    assert set(refusal.value.problems) == {field}
    assert [how_many(school.store, kind) for kind in kinds] == before


@pytest.mark.parametrize(("days", "said"), [(14, "Runs out"), (0, "Runs out"), (-1, "Ran out")])
def test_the_team_is_reminded_of_an_order_that_runs_out(
    school: School, days: int, said: str
) -> None:
    forbidden(school, until=TODAY + timedelta(days=days))
    (line,) = on_desk(school, school.lead)
    assert line.startswith("Court order about collecting: Amy D’Souza, 4 Birch. " + said)


def test_the_team_is_not_reminded_of_one_that_lasts_or_was_ended(school: School) -> None:
    forbidden(school, until=TODAY + timedelta(days=15))
    forbidden(school)
    id_ = forbidden(school, until=TODAY)
    collection.end_order(school.store, school.amy.id, id_, by=school.lead)
    assert on_desk(school, school.lead) == []


def test_a_lead_is_not_reminded_of_their_own_family(school: School) -> None:
    forbidden(school, until=TODAY)
    people.mark_relative(school.store, school.deputy.id, school.amy.id, by=school.lead)
    assert on_desk(school, school.deputy) == []
    with pytest.raises((NotAllowed, Refused)):
        dashboard.now(school.store, by=school.office)

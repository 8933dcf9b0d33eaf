"""The team's desk: what cannot wait is there, what is done is not, and nobody else sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core import actions, alerts, clock, dashboard, decisions, statuses
from core.permissions import NotAllowed
from core.person import SYSTEM
from core.records import PlanDetails, Relation
from core.settings import School as Choices
from core.store import new_id
from tests.core.school import WRITTEN, School, a_concern, finish, plain, recorded

TUESDAY = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Sets the clock of the store to a moment, and goes on from there."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(TUESDAY)
    yield set_to


def now(school: School, kind: str, by: Any = None) -> list[str]:
    """What a group says of the children of this school."""
    groups = dashboard.now(school.store, by=by or school.lead)
    mine = {school.amy.name, school.ben.name}
    return [n.said for g in groups if g.kind == kind for n in g.notices
            if any(name in n.said for name in mine)]  # fmt: skip


def a_fresh_concern(school: School, **more: Any) -> str:
    form = a_concern(school.amy, occurred_at=clock.now() - timedelta(minutes=5), **more)
    return recorded(school, form, by=school.birch)


@pytest.fixture
def school(new_school: School, at: Any) -> School:
    return new_school


def test_an_urgent_concern_is_there_until_it_is_read(school: School) -> None:
    incident = a_fresh_concern(school, urgent=True)
    assert len(now(school, "urgent")) == 1
    alerts.mark_read(school.store, incident, by=school.lead)
    assert now(school, "urgent") == []


def test_what_others_have_not_read_for_two_hours_of_school_names_them(
    school: School, at: Any
) -> None:
    a_fresh_concern(school)
    assert now(school, "unread") == []
    at(TUESDAY + timedelta(hours=18))  # Wednesday 8:00: an hour and a half of school
    assert now(school, "unread") == []
    at(TUESDAY + timedelta(hours=20))
    (said,) = now(school, "unread")
    assert school.deputy.name in said and school.lead.name not in said


def test_a_concern_without_a_response_is_there_until_somebody_acts(school: School, at: Any) -> None:
    incident = a_fresh_concern(school)
    at(TUESDAY + timedelta(days=1))
    assert len(now(school, "silent")) == 1
    form = actions.Form(incident=incident, account="Spoke to her.")
    actions.add(school.store, form, by=school.lead)
    assert now(school, "silent") == []


def test_what_is_asked_is_due_and_then_overdue_until_it_is_done(school: School, at: Any) -> None:
    incident = a_fresh_concern(school)
    form = actions.Form(incident=incident, account="Please ring.", asked_of=school.oak.id,
                        due_on=date(2026, 11, 25))  # fmt: skip
    actions.add(school.store, form, by=school.lead)
    at(TUESDAY + timedelta(days=1))
    assert len(now(school, "today")) == 1 and now(school, "overdue") == []
    at(TUESDAY + timedelta(days=2))
    (said,) = now(school, "overdue")
    assert f"Asked of {school.oak.name}, due Wed 25 Nov" in said
    finish(school.store, form.id, by=school.oak)
    assert now(school, "overdue") == []


def test_a_referral_waits_for_its_answer_after_one_day_of_school(school: School, at: Any) -> None:
    incident = a_fresh_concern(school)
    form = decisions.Form(incident=incident, decided="referred", to_whom="Children’s services",
                          reason="Two marks")  # fmt: skip
    decisions.add(school.store, form, by=school.lead)
    at(TUESDAY + timedelta(days=1))
    assert now(school, "referral") == []
    at(TUESDAY + timedelta(days=2))
    assert len(now(school, "referral")) == 1
    decisions.answer(school.store, form.id, "They visit.", by=school.lead)
    assert now(school, "referral") == []


def test_a_plan_is_there_before_its_review(school: School) -> None:
    school.store.append(
        PlanDetails(plan=new_id(), pupil=school.amy.id, kind="child_in_need",
                    since=date(2026, 9, 1), review_on=date(2026, 12, 1)), by=SYSTEM,
    )  # fmt: skip
    (said,) = now(school, "review")
    assert said.startswith("Child in need plan") and said.endswith("Review Tue 1 Dec")


def test_what_is_new_counts_from_the_last_time(school: School, at: Any) -> None:
    now(school, "new")
    at(TUESDAY + timedelta(hours=1))
    a_fresh_concern(school)
    at(TUESDAY + timedelta(hours=2))
    assert len(now(school, "new")) == 1
    at(TUESDAY + timedelta(hours=3))
    assert now(school, "new") == []


def test_a_closed_concern_waits_for_nobody(school: School, at: Any) -> None:
    incident = a_fresh_concern(school)
    first = statuses.change(
        school.store, statuses.Form(incident=incident, status="closed", outcome="x"),
        by=school.lead,
    )  # fmt: skip
    closing = statuses.Form(incident=incident, status="closed", seen=first.id)
    statuses.change(school.store, closing, by=school.deputy)
    at(TUESDAY + timedelta(days=1))
    assert now(school, "unread") == [] == now(school, "silent")


def test_the_desk_is_for_the_team_alone(school: School) -> None:
    for person in (school.birch, plain(school.lead), plain(school.head), school.governor,
                   school.chair, school.office):  # fmt: skip
        with pytest.raises(NotAllowed):
            dashboard.now(school.store, by=person)


def test_a_conflict_of_interest_hides_it_from_the_desk(school: School, at: Any) -> None:
    school.store.append(Relation(person=school.lead.id, pupil=school.amy.id), by=SYSTEM)
    a_fresh_concern(school, urgent=True)
    at(TUESDAY + timedelta(days=1))
    for kind in dashboard.KINDS:
        assert now(school, kind) == []
    assert now(school, "silent", by=school.deputy)


# School hours.

CHOICES = Choices(home_time="15:30")


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        ("2026-11-24T10:00", "2026-11-24T12:00", 2),
        ("2026-11-24T14:30", "2026-11-25T09:30", 2),  # over a night
        ("2026-11-20T14:30", "2026-11-23T09:30", 2),  # over a weekend
        ("2026-10-23T14:30", "2026-11-02T09:30", 2),  # over half-term
        ("2026-11-21T10:00", "2026-11-22T12:00", 0),  # within a weekend
        ("2026-11-24T12:00", "2026-11-24T10:00", 0),
    ],
)
def test_hours_of_school_are_counted_on_open_days_until_home_time(
    since: str, until: str, hours: float
) -> None:
    begin, end = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (since, until))
    if since.startswith("2026-10"):
        begin -= timedelta(hours=1)  # summer time
    assert WRITTEN.hours(begin, end, CHOICES) == pytest.approx(hours)


def test_holidays_are_more_than_a_weekend() -> None:
    found = WRITTEN.holidays(date(2026, 10, 1), date(2026, 11, 20))
    assert [(h.begins, h.ends) for h in found] == [(date(2026, 10, 24), date(2026, 11, 1))]

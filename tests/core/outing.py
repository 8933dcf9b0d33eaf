"""An outing for tests: planned on a Monday of school, and taken as far as a test needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from core import (
    departures,
    outing_company,
    outing_groups,
    outing_plans,
    outings,
    risk_assessments,
)
from core.inspection import Inspected
from core.outing_plans import Form
from core.outings import Whole
from tests.core.school import School

MONDAY = date(2026, 9, 14)  # of school, and in summer time
MORNING = datetime.combine(MONDAY, time(7, 50), UTC)
PAPER = Inspected("risks.pdf", "application/pdf", b"%PDF-1.7 the road, the water")

FORM = Form(day=MONDAY, leaves_at=time(9), back_at=time(14), place="Hill Farm")


def planned(school: School, **chosen: object) -> str:
    """An outing that Mr Birch plans and leads; its id."""
    form = replace(FORM, id=Form().id, leader=school.birch.id, **chosen)  # type: ignore[arg-type]
    outing_plans.plan(school.store, form, by=school.birch)
    return form.id


def peopled(school: School, **chosen: object) -> str:
    """One with Amy and Cai with Mr Birch, and Ben with Mrs Oak."""
    outing = planned(school, **chosen)
    store, by = school.store, school.birch
    outing_company.come_along(store, outing, school.oak.id, by=by)
    outing_company.bring(store, outing, [school.amy.id, school.ben.id, school.cai.id], by=by)
    pairs = [(school.amy.id, by.id), (school.cai.id, by.id), (school.ben.id, school.oak.id)]
    outing_groups.allocate(store, outing, pairs, by=by)
    return outing


def approved(school: School, outing: str, paper: Inspected = PAPER) -> None:
    """Its risk assessment is attached, and the head approves."""
    risk_assessments.attach(school.store, outing, paper, by=school.birch)
    (newest, *_) = risk_assessments.beneath(school.store, outing, by=school.head)
    risk_assessments.decide(school.store, outing, newest.id, approved=True, by=school.head)


def started(school: School) -> str:
    """One that has left."""
    outing = peopled(school)
    approved(school, outing)
    departures.start(school.store, outing, by=school.birch)
    return outing


def whole(school: School, outing: str) -> Whole:
    """How it stands."""
    return outings.open(school.store, outing, by=school.office)

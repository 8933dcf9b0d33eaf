"""Two outings of the demonstration school: one of today that can start, and one for the head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import time, timedelta

from core import (
    inspection,
    moments,
    outing_company,
    outing_groups,
    outing_plans,
    pupils,
    register_marks,
    risk_assessments,
    school_days,
    settings,
)
from core.outing_company import Helper
from core.outing_plans import Form
from core.person import Person, Role
from core.store import Store

HELPER = Helper(name="Mrs Gill Archer", phone="07700 900412")
RISKS = """Risk assessment, made up for this demonstration.

The road to the bus stop: two and two, an adult at each end, high-visibility vests.
The bus: seat belts, counted as they board.
The pond: a fence, and no group goes near it without its adult.
Toilets: with an adult at the door. Counted before and after.
First aid: two adults hold the paediatric certificate. Medicines and contacts come along.
"""


def enter(store: Store, staff: Iterable[Person]) -> None:
    """Plans both, and has the head approve of the first."""
    people = {person.name: person for person in staff}
    head = next(person for person in people.values() if person.role is Role.HEAD)
    head = replace(head, code_given=True)
    today = moments.today(settings.school(store).zone)
    next_week = school_days.calendar(store).last_open(today + timedelta(days=7))
    farm = Form(day=today, leaves_at=time(9, 15), back_at=time(14, 30), place="Hill Farm")
    museum = Form(day=max(next_week, today), leaves_at=time(10), back_at=time(14),
                  place="Town museum")  # fmt: skip
    _outing(store, farm, people["Ms Priya Shah"], [people["Mr Kieran O'Connell"]])
    outing_company.help_along(store, farm.id, replace(HELPER), by=people["Ms Priya Shah"])
    outing_groups.share_out(store, farm.id, by=people["Ms Priya Shah"])
    (paper,) = risk_assessments.beneath(store, farm.id, by=head)
    risk_assessments.decide(store, farm.id, paper.id, approved=True, by=head)
    _outing(store, museum, people["Mr Gareth Pugh"], [people["Miss Joanna Nowak"]])
    outing_groups.share_out(store, museum.id, by=people["Mr Gareth Pugh"])


def _outing(store: Store, form: Form, leader: Person, others: Iterable[Person]) -> None:
    """A class with its teacher and others, without whoever is absent today."""
    form.leader = leader.id
    outing_plans.plan(store, form, by=leader)
    for other in others:
        outing_company.come_along(store, form.id, other.id, by=leader)
    here = register_marks.here_on(store, moments.today(settings.school(store).zone), by=leader)
    children = pupils.in_class(store, leader.class_name, by=leader)
    coming = [child.id for child in children if here.get(child.id, True)]
    outing_company.bring(store, form.id, coming, by=leader)
    paper = inspection.inspect("risk-assessment.txt", RISKS.encode())
    risk_assessments.attach(store, form.id, paper, by=leader)

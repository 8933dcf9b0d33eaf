"""The story of the demonstration school as records, each with the moment of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from core import body_maps, map_forms, outlines, terms
from core.demonstration import LONDON, Demonstration, FollowUp, Happening, Pupil, Staff
from core.demonstration.attendance import Attendance
from core.demonstration.cast import DEPUTY, LEAD
from core.demonstration.going_home import GoingHome
from core.demonstration.happening import Plan
from core.demonstration.search import Search
from core.demonstration.training import Training
from core.map_forms import Mark
from core.person import SYSTEM
from core.records import (
    Action,
    Alert,
    Completion,
    Incident,
    LinkedPupil,
    PersonDetails,
    PlanDetails,
    PupilDetails,
    Reading,
    Rehearsal,
    Relation,
    Setting,
    StatusChange,
)
from core.store import Past, Record

FIRST_NUMBER = 1001
NO_ADVICE = "No sign that it needs a doctor. The safeguarding lead has been told."
RESTS = timedelta(days=21)  # after its last action a concern has come to rest
APART = 0.025  # of the height of a view
READ_WITHIN = timedelta(minutes=40)  # how soon an action is read by those who read the incident


class History:
    """Turns people and happenings into what would have been recorded, the oldest first."""

    def __init__(
        self, made: Demonstration, seed: int, *, until: datetime, is_rehearsal: bool = False
    ) -> None:
        self._made, self._seed, self._until = made, seed, until
        self._is_rehearsal = is_rehearsal
        self._numbers = count(FIRST_NUMBER)

    def __iter__(self) -> Iterator[Past]:
        yield from sorted(self._all(), key=lambda past: past.at)

    def id_of(self, key: str) -> str:
        """The id of a person or pupil: the same for the same seed."""
        return hashlib.sha256(f"{self._seed}/{key}".encode()).hexdigest()[:32]

    def _all(self) -> Iterator[Past]:
        school, calendar = self._made.school, self._made.calendar
        first = min(happening.recorded_at for happening in self._made.happenings)
        opening = first - timedelta(days=14)
        named = Setting(name="name", value=school.name)
        home = Setting(name="home_time", value=school.home_time)
        staff = [self._person(each) for each in school.staff]
        relations = [each for person in school.staff for each in self._relations(person)]
        mark = [Rehearsal()] * self._is_rehearsal
        founded = [*mark, named, home, *self._terms(), *staff, *relations]
        yield Past(opening, SYSTEM.id, founded)
        for pupil in school.pupils:
            yield from self._pupil(pupil, opening)
        yield from GoingHome(school, self.id_of).records(opening)
        yield from Attendance(school, calendar, self.id_of, self._seed).records(self._until)
        yield from Training(school, self.id_of).records(opening, self._until)
        for plan in self._made.plans:
            yield self._plan(plan)
        yield from self._incidents()

    def _incidents(self) -> Iterator[Past]:
        """In the order in which they were written down, in which numbers are given."""
        search, told = Search(self._made.school, self._made.calendar, self.id_of), False
        for happening in self._made.happenings:
            if not told and happening.recorded_at > search.closed_at:
                yield from search.records(next(self._numbers))
                told = True
            yield from self._happening(happening)

    def _terms(self) -> list[Record]:
        """With ids of their own: the same for the same seed."""
        return [replace(each, id=self.id_of(f"term {each.name}"), term_set=self.id_of("terms"))
                for each in terms.records(self._made.calendar.terms)]  # fmt: skip

    def _person(self, staff: Staff) -> Record:
        return PersonDetails(
            person=self.id_of(staff.key),
            name=staff.name,
            email=staff.email,
            role=staff.role,
            post=staff.post,
            class_name=staff.class_name,
            is_chair=staff.is_chair,
        )

    def _relations(self, staff: Staff) -> list[Record]:
        person = self.id_of(staff.key)
        return [Relation(person=person, pupil=self.id_of(key)) for key, _ in staff.relations]

    def _pupil(self, pupil: Pupil, opening: datetime) -> Iterator[Past]:
        """A child joins, and changes class each September: one history."""
        for since, class_name in pupil.classes:
            details = PupilDetails(
                pupil=self.id_of(pupil.key),
                name=pupil.name,
                known_as=pupil.known_as,
                born_on=pupil.born_on,
                class_name=class_name,
                upn=pupil.upn,
                household=pupil.household,
            )
            entered = datetime(since.year, since.month, since.day, 8, tzinfo=UTC)
            yield Past(max(entered, opening), SYSTEM.id, [details])

    def _happening(self, happening: Happening) -> Iterator[Past]:
        number = next(self._numbers)
        incident = self._incident(happening, number)
        alerts = {read.person: Alert(person=self.id_of(read.person), incident=incident.id)
                  for read in happening.readings}  # fmt: skip
        linked = [
            LinkedPupil(incident=incident.id, pupil=self.id_of(each.pupil), part=each.part)
            for each in happening.linked
        ]
        reporter = self.id_of(happening.reporter)
        drawn = self._body_map(happening, incident.id)
        told = [incident, *linked, *drawn, *alerts.values()]
        yield Past(happening.recorded_at, reporter, told)
        for read in happening.readings:
            if read.at:
                yield self._reading(alerts[read.person], read.at)
        yield from self._actions(happening, incident.id)
        yield from self._closing(happening, incident.id)

    def _incident(self, happening: Happening, number: int) -> Incident:
        told = happening.told_in_person
        return Incident(
            id=self.id_of(f"incident {number}"),
            number=number,
            pupil=self.id_of(happening.pupil),
            occurred_at=happening.occurred_at,
            about_time=happening.about_time,
            account=happening.account,
            child_words=happening.child_words,
            parents_contacted=happening.parents_contacted,
            parents_why_not=happening.why_not,
            told_in_person=self._made.school.person[told.person].short if told else "",
            told_at=f"{told.at.astimezone(LONDON):%H:%M}" if told else "",
            original_notes=happening.original_notes,
            categories=happening.categories,
            agencies=happening.agencies,
            urgent=happening.urgent,
        )

    def _plan(self, plan: Plan) -> Past:
        at = datetime(plan.since.year, plan.since.month, plan.since.day, 15, tzinfo=UTC)
        details = PlanDetails(
            plan=self.id_of(f"plan {plan.pupil} {plan.kind} {plan.since}"),
            pupil=self.id_of(plan.pupil),
            kind=plan.kind,
            since=plan.since,
            until=plan.until,
        )
        return Past(min(at, self._until), self.id_of(LEAD), [details])

    def _closing(self, happening: Happening, incident: str) -> Iterator[Past]:
        """A concern that has come to rest is closed by the two leads, a day apart."""
        last = max([happening.recorded_at, *(a.recorded_at for a in happening.actions)])
        if last > self._until - RESTS:
            if happening.actions:
                acted = StatusChange(incident=incident, status="acted_on")
                yield Past(last + timedelta(seconds=1), self.id_of(LEAD), [acted])
            return
        outcome = "Followed up. Nothing further." if happening.actions else "Read and recorded."
        closing = StatusChange(incident=incident, status="closing", outcome=outcome)
        closed = StatusChange(incident=incident, status="closed", outcome=outcome)
        yield Past(last + timedelta(days=2), self.id_of(LEAD), [closing])
        yield Past(last + timedelta(days=3), self.id_of(DEPUTY), [closed])

    def _body_map(self, happening: Happening, incident: str) -> list[Record]:
        """The map of an injury. Two marks in one region stand a little apart."""
        if not happening.marks:
            return []
        pupil, reporter = (self._made.school.pupil[happening.pupil],
                           self._made.school.person[happening.reporter])  # fmt: skip
        build = outlines.build_at(pupil.born_on, happening.occurred_at.date())
        form = map_forms.Form(
            id=self.id_of(f"{incident} map"),
            build=build,
            seen_by=reporter.name,
            seen_at=happening.occurred_at,
            about_time=happening.about_time,
            advice_sought=False,
            advice=NO_ADVICE,
        )
        for nth, each in enumerate(happening.marks):
            x, y = outlines.view(each.view, build).centre_of(each.region)
            y = round(y + APART * (each.region in {m.region for m in happening.marks[:nth]}), 5)
            form.marks.append(
                Mark(id=str(nth), view=each.view, x=x, y=y, region=each.region, **each.said)
            )
        return body_maps.records(form, incident=incident)

    def _actions(self, happening: Happening, incident: str) -> Iterator[Past]:
        ids = [self.id_of(f"{incident} action {n}") for n in range(len(happening.actions))]
        for id_, follow_up in zip(ids, happening.actions, strict=True):
            action = Action(
                id=id_,
                incident=incident,
                kind=follow_up.kind,
                account=follow_up.text,
                asked_of=self.id_of(follow_up.asked) if follow_up.asked else "",
                due_on=follow_up.due,
            )
            records: list[Record] = [action]
            if follow_up.answers is not None:
                records.append(Completion(action=ids[follow_up.answers], incident=incident))
            yield from self._told(happening, follow_up, records, incident)

    def _told(
        self, happening: Happening, follow_up: FollowUp, records: list[Record], incident: str
    ) -> Iterator[Past]:
        """The action with its alerts, read by those who have read the incident itself."""
        told = {happening.reporter: happening.recorded_at}
        told |= {read.person: read.at for read in happening.readings if read.at}
        waiting = {read.person for read in happening.readings if not read.at}
        told.pop(follow_up.by, None)
        action = records[0].id
        alerts = {key: Alert(person=self.id_of(key), incident=incident, action=action)
                  for key in sorted({*told, *waiting} - {follow_up.by})}  # fmt: skip
        by = self.id_of(follow_up.by)
        yield Past(follow_up.recorded_at, by, [*records, *alerts.values()])
        for key, read_at in told.items():
            at = max(follow_up.recorded_at + READ_WITHIN, read_at)
            if at <= self._until:
                yield self._reading(alerts[key], at)

    def _reading(self, alert: Alert, at: datetime) -> Past:
        reading = Reading(alert=alert.id, person=alert.person, incident=alert.incident)
        return Past(at, alert.person, [reading])

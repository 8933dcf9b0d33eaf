"""Everything that somebody can be answered, and two worlds that have to look the same to them.

The worlds differ only in what is hidden from the viewer. All that the core tells is asked of both:
lists, counts, searches, pickers, reports, mails, and the words of refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from core import (
    access,
    action_forms,
    actions,
    adult_files,
    adults,
    alerts,
    attachments,
    body_history,
    body_maps,
    categories,
    charges,
    chronology,
    clock,
    collection,
    corrections,
    dashboard,
    decisions,
    drafts,
    escalation,
    forms,
    hometime,
    incidents,
    linked,
    mails,
    measures,
    paper_sources,
    patterns,
    people,
    plans,
    pupils,
    register_marks,
    registers,
    releases,
    requests,
    search,
    significance,
    statuses,
    unaccounted,
)
from core.records import AdultConcern
from core.reports import chronology as chronologies
from core.reports import conference, exports, ofsted, sheet, standing, tables
from core.reports.chronology import Form as Report
from core.reports.ofsted import Form as Pack
from core.store import Store
from tests.core import oracle
from tests.core.oracle import Deed, Event, Real, Sketch, escalated_to, sees
from tests.core.school import stopped

Calls = dict[str, Callable[[], Any]]

A_DAY = date(2026, 9, 7)  # of school
AT = datetime(2026, 9, 7, 10, tzinfo=clock.now().tzinfo)
LATER = timedelta(days=40)  # when everything has waited too long, whatever holidays there are


def told_apart(school: Real, sketch: Sketch, me: int, new: Event) -> list[str]:
    """What somebody is answered otherwise once more is there that they may not see."""
    with stopped(clock.now()):  # or a minute that passes between them tells the worlds apart
        return _told_apart(school, sketch, me, new)


def _told_apart(school: Real, sketch: Sketch, me: int, new: Event) -> list[str]:
    another = (me + 1) % len(sketch.people)
    if sees(sketch, me, escalated_to(sketch, me, new)):
        new = replace(new, named=new.named | {me})
    hidden = [event for event in sketch.events
              if not sees(sketch, me, escalated_to(sketch, me, event))]  # fmt: skip
    asked_for = [*sketch.events, new]
    escalated(school.store)
    oracle.refused(partial(dashboard.now, school.store, by=school.persons[me]))  # new since then
    before = everything(school, asked_for, me)
    school.add(new)
    for event in hidden:
        for author, each in school.deed(event, Deed(another, another, done=True)):
            school.store.append(each, by=school.persons[author])
    school.store.append(_about(school, me), by=school.persons[another])
    escalated(school.store)
    after = everything(school, asked_for, me)
    return [name for name, answer in before.items() if answer != after[name]]


def _about(school: Real, me: int) -> AdultConcern:
    """A concern about the viewer, of which they see nothing, whatever their role."""
    return AdultConcern(adult=school.persons[me].id, level="allegation", occurred_at=clock.now(),
                        place="Hall", account="Seen in the hall")  # fmt: skip


def escalated(store: Store) -> None:
    """Everything that waits is told of, as the app does it when it has waited too long."""
    with stopped(clock.now() + LATER):
        escalation.escalate(store)


def everything(school: Real, asked_for: Sequence[Event], me: int) -> dict[str, Any]:
    """Every public read in full, also of what is not there yet, refusals word for word."""
    ask = partial(partial, by=school.persons[me])
    calls = _lists(school, ask) | _counts(school, ask) | _searches(school, asked_for, ask)
    calls["mails"] = partial(letters, school.store, school.persons[me].id)
    for n, pupil in enumerate(school.pupils):
        about = _of(school, pupil, ask) | _reports(school, pupil, me)
        calls |= {f"{name} of pupil {n}": call for name, call in about.items()}
    for n, event in enumerate(asked_for):
        of_event = _of_event(school, event, ask)
        calls |= {f"{name} of incident {n}": call for name, call in of_event.items()}
    return {name: oracle.refused(call) for name, call in calls.items()}


def letters(store: Store, me: str) -> list[str]:
    """The mails that somebody is sent, in full."""
    owed = store.ask(mails.Owed, "FROM mails_now WHERE person = $me ORDER BY seq", me=me)
    to = people.of(store, me)
    assert to
    return [f"{(letter := mails._letter(store, each, to)).subject} {letter.text}" for each in owed]


def _lists(school: Real, ask: Callable[..., Any]) -> Calls:
    store = school.store
    return {
        "mine": ask(incidents.mine, store),
        "unread": ask(alerts.unread, store),
        "read": ask(alerts.read, store),
        "asked": ask(requests.asked, store),
        "overdue": ask(requests.overdue, store),
        "drafts": ask(drafts.of, store),
        "adults seen": ask(adult_files.seen, store),
        "adults received": ask(adults.received, store),
        "unaccounted for": ask(unaccounted.now, store),
        "here": ask(register_marks.here_on, store, A_DAY),
        "register": ask(registers.of, store, "1 Ash", A_DAY, "morning"),
        "leaving": ask(hometime.of_class, store, "1 Ash", A_DAY),
        "orders ending": ask(collection.ending, store, A_DAY),
        "waiting for access": ask(access.waiting, store),
        "releases": ask(releases.made, store),
        "packs": ask(ofsted.made, store),
        # pickers
        "pupils": ask(pupils.everyone, store),
        "pupils ever": ask(pupils.ever, store),
        "classes": ask(pupils.classes, store),
        "class": ask(pupils.in_class, store, "1 Ash"),
        "people": ask(people.everyone, store),
        "colleagues": ask(people.colleagues, store),
        "adults to choose": ask(adults.choices, store),
        "adults to link": ask(adult_files.linkable, store),
        "categories": ask(categories.offered),
    }


def _counts(school: Real, ask: Callable[..., Any]) -> Calls:
    store = school.store
    return {
        "count": ask(alerts.count_unread, store),
        "adults waiting": ask(adult_files.waiting, store),
        "mail that waits": ask(mails.waiting_long, store),
        "desk": ask(dashboard.now, store),
        "measures": ask(measures.of, store, 12),
        "patterns": ask(patterns.pointed, store),
        "regions": ask(body_maps.regions, store),
    }


def _searches(school: Real, asked_for: Sequence[Event], ask: Callable[..., Any]) -> Calls:
    words = ["Amy", "Smith", "Done", *(event.id for event in asked_for)]
    found = {f"search {n}": ask(search.found, school.store, word) for n, word in enumerate(words)}
    names = {f"find {word}": ask(pupils.find, school.store, word) for word in words[:2]}
    return {**found, **names}


def _of(school: Real, pupil: str, ask: Callable[..., Any]) -> Calls:
    store = school.store
    return {
        "chronology": ask(chronology.of, store, pupil),
        "actions": ask(actions.about, store, pupil),
        "alerts": ask(alerts.about, store, pupil),
        "files": ask(attachments.about, store, pupil),
        "maps": ask(body_maps.about, store, pupil),
        "maps together": ask(body_history.of, store, pupil),
        "corrections": ask(corrections.about, store, pupil),
        "decisions": ask(decisions.about, store, pupil),
        "links": ask(linked.about, store, pupil),
        "paper": ask(paper_sources.about, store, pupil),
        "significant": ask(significance.about, store, pupil),
        "plans": ask(plans.of, store, pupil),
        "note": ask(plans.note_of, store, pupil),
        "charge": ask(charges.of, store, pupil),
        "charges to choose": ask(charges.candidates, store, pupil),
        "collection": ask(collection.of, store, pupil),
        "relatives": ask(people.relatives, store, pupil),
        "exports": ask(exports.about, store, pupil),
        "conferences": ask(conference.earlier, store, pupil),
        "told": ask(incidents.told, store, forms.Form(pupil=pupil)),
        "problems": ask(forms.problems, store, forms.Form(pupil=pupil)),
    }


def _reports(school: Real, pupil: str, me: int) -> Calls:
    """What would be taken out, but for the head of the ledger, which moves with every reading."""
    store, by = school.store, school.persons[me]
    since, until = A_DAY - timedelta(days=400), clock.now().date() + timedelta(days=1)

    def as_table() -> bytes:
        form = Report(pupil=pupil, media_type="text/csv", alerts=True)
        found = chronologies.of(store, form, AT, by=by)
        return sheet.file(replace(found, letterhead=replace(found.letterhead, head="")))

    def as_pack() -> bytes:
        pack = ofsted.of(store, Pack(media_type="", since=since, until=until, names=True),
                         AT, by=by)  # fmt: skip
        return tables.file(replace(pack, letterhead=replace(pack.letterhead, head="")))

    return {
        "chronology as a file": as_table,
        "pack as a file": as_pack,
        "standing": lambda: standing.of(store, pupil, AT, by=by),
    }


def _of_event(school: Real, event: Event, ask: Callable[..., Any]) -> Calls:
    store, number = school.store, school.numbers.get(event.id, 10**9)
    return {
        "find": ask(incidents.find, store, number),
        "open": ask(incidents.open, store, event.id),
        "readers": ask(alerts.readers, store, event.id),
        "beneath": ask(actions.beneath, store, event.id),
        "files": ask(attachments.beneath, store, event.id),
        "maps": ask(body_maps.beneath, store, event.id),
        "corrections": ask(corrections.beneath, store, event.id),
        "decisions": ask(decisions.beneath, store, event.id),
        "significance": ask(significance.of, store, event.id),
        "status": ask(statuses.history, store, event.id),
        "paper": ask(paper_sources.of, store, event.id),
        "file": ask(attachments.open, store, event.file),
        "told": ask(actions.told, store, actions.Form(incident=event.id)),
        "form": ask(action_forms.body, store, actions.Form(incident=event.id)),
    }

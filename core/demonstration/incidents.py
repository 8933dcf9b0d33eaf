"""Makes one incident of a template: on a day, about a child, with its people and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast as typed

from core.demonstration import follow_ups
from core.demonstration.calendar import LONDON
from core.demonstration.cast import DEPUTY, LEAD, Cast, gather
from core.demonstration.follow_ups import Pace
from core.demonstration.happening import (
    FollowUp,
    Happening,
    Linked,
    Marked,
    Part,
    Read,
    Told,
)
from core.demonstration.scene import Scene, Written
from core.demonstration.school import Pupil
from core.demonstration.steps import Step
from core.demonstration.texts import Template
from core.demonstration.wording import Wording, worded


@dataclass(frozen=True, kw_only=True)
class Plot:
    """What is to happen: which text, about whom (the child first), when, who writes it, and what
    comes of it. `unread`: the keys of those who have not opened it to this day."""

    template: Template
    pupils: Sequence[Pupil]
    written: Written
    by: str
    steps: Sequence[Step]
    pace: Pace
    unread: Sequence[str] = ()
    marks: Sequence[Marked] = ()


def happen(scene: Scene, plot: Plot) -> Happening:
    """The incident of this plot as it stands by now."""
    template, pupils, written = plot.template, plot.pupils, plot.written
    day = written.occurred_at.astimezone(LONDON).date()
    cast = gather(scene.rng, scene.school, plot.by, pupils, day)
    wording = worded(scene.rng, template, cast, pupils, written.occurred_at)
    actions, readings = _aftermath(scene, plot, cast, wording)
    return Happening(
        template=template.key,
        occurred_at=written.occurred_at,
        recorded_at=written.recorded_at,
        about_time=template.about or written.occurred_at.minute % 15 == 0,
        reporter=cast.reporter,
        pupil=pupils[0].key,
        linked=_linked(template, pupils[1:]),
        categories=template.categories,
        account=_account(template, wording, written),
        child_words=wording.quoted(template.words),
        parents_contacted=template.parents,
        why_not=wording.of(template.why_not),
        told_in_person=_told(scene, template, cast, written),
        original_notes=template.original_notes or written.notes,
        agencies=template.agencies,
        urgent=template.urgent,
        also_alerted=_also(template, cast),
        marks=tuple(plot.marks),
        actions=actions,
        readings=readings,
    )


def _aftermath(
    scene: Scene, plot: Plot, cast: Cast, wording: Wording
) -> tuple[tuple[FollowUp, ...], tuple[Read, ...]]:
    recorded_at, urgent = plot.written.recorded_at, plot.template.urgent
    done = follow_ups.actions(plot.steps, cast, wording, plot.pace, recorded_at)
    people = cast.alerted(plot.template.also)
    read = follow_ups.readings(
        people, done, plot.pace, recorded_at, urgent=urgent, unread=plot.unread
    )
    return follow_ups.cut(done, read, scene.now)


def _account(template: Template, wording: Wording, written: Written) -> str:
    recorded = f"{written.recorded_at.astimezone(LONDON):%A}"
    account = wording.of(template.account)
    if not written.remark:
        return account
    return f"{account}\n\n{wording.of(written.remark, recorded_day=recorded)}"


def _told(scene: Scene, template: Template, cast: Cast, written: Written) -> Told | None:
    """Who was told in person: the lead wherever the text names her, else one of the two."""
    if not template.told or cast.reporter in (LEAD, DEPUTY):
        return None
    named = "{lead}" in template.account + template.why_not
    person = LEAD if named else scene.rng.choice((LEAD, LEAD, LEAD, DEPUTY))
    return Told(person, written.told_at)


def _linked(template: Template, others: Sequence[Pupil]) -> tuple[Linked, ...]:
    pairs = zip(others, template.linked, strict=True)
    return tuple(Linked(pupil.key, typed(Part, part)) for pupil, part in pairs)


def _also(template: Template, cast: Cast) -> tuple[str, ...]:
    chosen = (cast.person(part) for part in template.also)
    return tuple(key for key in chosen if key != cast.reporter)

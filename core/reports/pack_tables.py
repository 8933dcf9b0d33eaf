"""The pack for an inspection, table by table: the same words for paper and for a spreadsheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from core import categories, measures, moments, plans, school_days
from core.decisions import DECIDED
from core.reports.pack import OVERDUE, Asked, Concern, Overdue, Referral, Told
from core.reports.tables import Table
from core.statuses import NAMES

RESTRAINT = "restraint"  # in data/categories.json


def concerns(asked: Asked, found: Iterable[Concern], sent: Sequence[Referral]) -> Table:
    """The concerns that reached the team, and what was done about each."""
    by_concern: defaultdict[str, list[Referral]] = defaultdict(list)
    for each in sent:
        by_concern[each.incident].append(each)
    return Table(
        key="concerns",
        title="Concerns that reached the team",
        note="By the day on which they were recorded. The first action is the first action or "
        "decision that was recorded; 0 days is the same day.",
        none="No concern was recorded in this period.",
        columns=("Number", "Recorded", "Category", "Student", "Referred on", "Response", "Outcome",
                 "Days to the first action", "Now"),
        rows=tuple(_concern(asked, each, by_concern[each.id]) for each in found),
    )  # fmt: skip


def _concern(asked: Asked, each: Concern, sent: Sequence[Referral]) -> tuple[str, ...]:
    return (
        str(each.number),
        asked.day(each.recorded_at),
        categories.names(each.categories),
        asked.pupil(each.pupil_name, each.class_name),
        "\n".join(f"{r.to_whom}, {asked.day(r.recorded_at)}" for r in sent) or "No",
        "\n".join(_answer(asked, r) for r in sent) or _response(each),
        each.outcome or "–",
        asked.days(each.recorded_at, each.acted_at) if each.acted_at else "None yet",
        NAMES[each.status] if each.is_closed else f"Open: {NAMES[each.status].lower()}",
    )


def _answer(asked: Asked, each: Referral) -> str:
    if each.answered_at is None:
        return "No answer yet"
    return f"Answered {asked.day(each.answered_at).removesuffix('.')}: {each.answer}"


def _response(each: Concern) -> str:
    """What the school did by itself."""
    decided = [DECIDED[each.decided[-1]]] if each.decided else []
    acted = [f"{each.actions} action{'s' * (each.actions > 1)}"] if each.actions else []
    return "; ".join([*decided, *acted]) or "None yet"


def referrals(asked: Asked, sent: Iterable[Referral]) -> Table:
    """What was referred on within the period, and what came back."""
    begins, ends = asked.period["since"], asked.period["before"]
    return Table(
        key="referrals",
        title="Referrals made and answered",
        note="Made in this period, whenever the concern was recorded.",
        none="Nothing was referred on in this period.",
        columns=("Made", "Number", "Category", "Student", "To whom", "Answered",
                 "Days to the answer", "Answer"),
        rows=tuple(_referral(asked, each) for each in sent if begins <= each.recorded_at < ends),
    )  # fmt: skip


def _referral(asked: Asked, each: Referral) -> tuple[str, ...]:
    at = each.answered_at
    return (
        asked.day(each.recorded_at),
        str(each.number),
        categories.names(each.categories),
        asked.pupil(each.pupil_name, each.class_name),
        each.to_whom,
        asked.day(at) if at else "Not yet",
        asked.days(each.recorded_at, at) if at else "–",
        each.answer or "–",
    )


def open_plans(asked: Asked) -> Table:
    """The children who have a plan today, kind by kind."""
    current = plans.current(asked.store, asked.today, by=asked.by)
    ordered = sorted(current, key=lambda plan: [*plans.KINDS].index(plan.kind))
    kinds = Counter(plans.KINDS[each.kind] for each in ordered)
    counted = "; ".join(f"{kind}: {number}" for kind, number in kinds.items())
    return Table(
        key="plans",
        title="Students with open cases, by kind of plan",
        note=f"As things stand on {moments.day(asked.today)}. {counted}".strip(),
        none="No student has a plan.",
        columns=("Plan", "Student", "Since", "Next review", "Ends"),
        rows=tuple(
            (
                plans.KINDS[each.kind],
                asked.pupil(each.pupil_name, each.class_name),
                asked.day(each.since),
                asked.day(each.review_on),
                asked.day(each.until),
            )
            for each in ordered
        ),
    )


def restraint(asked: Asked, found: Iterable[Concern]) -> Table:
    """Where an adult used force or restraint, and whether the parents were told."""
    return Table(
        key="restraint",
        title="Use of force or restraint",
        note="Recorded under that category.",
        none="No use of force or restraint was recorded in this period.",
        columns=("Number", "Recorded", "Category", "Student", "Parents contacted", "Outcome",
                 "Days to the first action"),
        rows=tuple(
            (
                str(each.number),
                asked.day(each.recorded_at),
                categories.names(each.categories),
                asked.pupil(each.pupil_name, each.class_name),
                "Yes" if each.parents_contacted else f"No: {each.parents_why_not}",
                each.outcome or "–",
                asked.days(each.recorded_at, each.acted_at) if each.acted_at else "None yet",
            )
            for each in found
            if RESTRAINT in each.categories
        ),
    )  # fmt: skip


def overdue(asked: Asked) -> Table:
    """What was asked of somebody by a day that has passed."""
    late = asked.lines(Overdue, OVERDUE, today=asked.today)
    return Table(
        key="overdue",
        title="Overdue actions",
        note=f"As things stand on {moments.day(asked.today)}, whenever they were asked for.",
        none="No action is overdue.",
        columns=("Number", "Category", "Student", "Asked of", "Due", "Days overdue"),
        rows=tuple(
            (
                str(each.number),
                categories.names(each.categories),
                asked.pupil(each.pupil_name, each.class_name),
                each.asked,
                asked.day(each.due_on),
                str((asked.today - each.due_on).days),
            )
            for each in late
        ),
    )


def readings(asked: Asked, told: Iterable[Told]) -> Table:
    """Who was alerted to how many of the concerns, and how fast they have read them."""
    limit = asked.school.unread_hours
    return Table(
        key="readings",
        title="Who has read the concerns, and how fast",
        note="Alerts about the concerns above. What is not read yet is counted, as the longest "
        f"wait. Half: half of them were read within this time of the clock. The school’s limit is "
        f"{limit} hour{'s' * (limit != '1')} of school.",
        none="Nobody was alerted in this period.",
        columns=("Name", "Post", "Alerted to", "Read", "Not read yet", "Half were read within",
                 "Within the limit"),
        rows=tuple(
            _reader(asked, [*theirs]) for _, theirs in groupby(told, lambda each: each.person)
        ),
    )  # fmt: skip


def _reader(asked: Asked, theirs: Sequence[Told]) -> tuple[str, ...]:
    wait = measures.wait((each.recorded_at, each.read_at) for each in theirs)
    in_time = sum(_is_in_time(asked, each.recorded_at, each.read_at) for each in theirs)
    return (
        theirs[0].name,
        theirs[0].post or "–",
        str(wait.concerns),
        str(wait.concerns - wait.waiting),
        str(wait.waiting),
        moments.length(wait.half) if wait.half is not None else "Half are not read yet",
        share(in_time, wait.concerns),
    )


def share(part: int, whole: int) -> str:
    """“7 of 12 (58 %)”."""
    return f"{part} of {whole} ({round(100 * part / whole)} %)" if whole else "–"


def _is_in_time(asked: Asked, since: datetime, until: datetime | None) -> bool:
    """Within the hours of school that the school allows; not if it is not read yet."""
    if until is None:
        return False
    limit = timedelta(hours=float(asked.school.unread_hours))
    if until - since <= limit:  # no more hours of school than of the clock
        return True
    hours = school_days.calendar(asked.store).hours(since, until, asked.school)
    return hours <= limit / timedelta(hours=1)

"""What came of a concern, for reading: how far it is, what was decided, and what was corrected."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core import actions, moments, statuses
from core.action_forms import HOW
from core.corrections import KINDS
from core.decisions import DECIDED
from core.incidents import Opened
from core.settings import School
from pages.parts import words


def so_far(opened: Opened, school: School, *, for_team: bool) -> None:
    """How far the concern is, and what was written for whoever raised it."""
    now = opened.status
    names = statuses.NAMES if for_team else statuses.FOR_REPORTER
    tone: words.Tone = "green" if now.status == "closed" else "violet"
    blocks: list[words.Block] = [words.Badge(names[now.status], tone, "flag")]
    if now.id:
        said = f"{now.by_name}, {moments.short(now.recorded_at, school.zone)}"
        blocks.append(words.Line(said, note=True))
    if now.outcome:
        blocks.append(words.Facts([words.Fact("What came of it", now.outcome)]))
    if now.told_reporter:
        blocks.append(words.Facts([words.Fact(f"To {opened.author}", now.told_reporter)]))
    words.block(blocks)


def action(line: actions.Line, zone: ZoneInfo) -> list[words.Block]:
    """What was done or said; of a talk also with whom, how, and what was agreed."""
    when = moments.short(line.recorded_at, zone)
    told = words.Line(f"{when} · {line.author} · {actions.KINDS[line.kind]}", note=True)
    talk = [words.Fact("With whom", line.with_whom)] * bool(line.with_whom)
    talk += [words.Fact("How", HOW.get(line.how, ""))] * bool(line.how)
    agreed = [words.Fact("What was agreed", line.agreed)] * bool(line.agreed)
    return [
        told,
        *[words.Facts(talk, across=True)] * bool(talk),
        words.Account(line.account),
        *[words.Facts(agreed)] * bool(agreed),
    ]


def corrections(opened: Opened, school: School) -> None:
    """What was said later about how it was written."""
    for each in opened.corrections:
        what = KINDS[each.kind]
        if each.pupil_name:
            what += f": {words.apart(each.pupil_name)}"
        if each.duplicate_of:
            what += f": #{each.duplicate_of}"
        told = f"{moments.short(each.recorded_at, school.zone)} · {each.author} · {what}"
        words.block([words.Badge("Correction", "orange", "alert"), words.Line(told, note=True),
                     words.Account(each.account)])  # fmt: skip


def decisions(opened: Opened, school: School) -> None:
    """What was decided, or decided against, and what it meant for the child."""
    if opened.meaning:
        meant = words.Fact("What it meant for the child", opened.meaning.meaning)
        decided = [words.Fact("Decided", opened.meaning.decided)] * bool(opened.meaning.decided)
        words.block([words.Badge("Significant event", "violet", "flag"),
                     words.Facts([meant, *decided])])  # fmt: skip
    for each in opened.decisions:
        told = f"{moments.short(each.recorded_at, school.zone)} · {each.author} · Decision"
        facts = [
            words.Fact(label, value)
            for label, value in (
                ("Options considered", each.options),
                ("To whom", each.to_whom),
                ("Threshold", each.threshold),
                ("Reason", each.reason),
                ("Their answer", each.answer),
            )
            if value
        ]
        what = words.Line(DECIDED[each.decided], strong=True)
        words.block([words.Line(told, note=True), what, words.Facts(facts)])

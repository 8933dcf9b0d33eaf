"""What came of a concern, for reading: how far it is, what was decided, and what was corrected."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from zoneinfo import ZoneInfo

from core import actions, moments, statuses
from core.action_forms import HOW
from core.corrections import KINDS
from core.corrections import Line as Correction
from core.decisions import DECIDED
from core.decisions import Line as Decision
from core.incidents import Opened
from core.settings import School
from pages.parts import clock_note, words

Wrong = Container[datetime]  # the moments at which the clock of the machine was wrong


def so_far(opened: Opened, school: School, *, for_team: bool) -> None:
    """How far the concern is, and what was written for whoever raised it."""
    now = opened.status
    names = statuses.NAMES if for_team else statuses.FOR_REPORTER
    tone: words.Tone = "green" if now.status == "closed" else "violet"
    blocks: list[words.Block] = [words.Badge(names[now.status], tone, "flag")]
    if now.id:
        said = f"{now.by_name}, {moments.short(now.recorded_at, school.zone)}"
        blocks.append(words.Line(said, note=True))
        blocks += clock_note.beside(now.recorded_at, opened.wrong_at)
    if now.outcome:
        blocks.append(words.Facts([words.Fact("What came of it", now.outcome)]))
    if now.told_reporter:
        blocks.append(words.Facts([words.Fact(f"To {opened.author}", now.told_reporter)]))
    words.block(blocks)


def action(line: actions.Line, zone: ZoneInfo, wrong: Wrong = ()) -> list[words.Block]:
    """What was done or said; of a talk also with whom, how, and what was agreed."""
    when = moments.short(line.recorded_at, zone)
    told = words.Line(f"{when} · {line.author} · {actions.KINDS[line.kind]}", note=True)
    talk = [words.Fact("With whom", line.with_whom)] * bool(line.with_whom)
    talk += [words.Fact("How", HOW.get(line.how, ""))] * bool(line.how)
    agreed = [words.Fact("What was agreed", line.agreed)] * bool(line.agreed)
    return [
        told,
        *clock_note.beside(line.recorded_at, wrong),
        *clock_note.beside(line.done_at if line.recorded_at not in wrong else None, wrong),
        *[words.Facts(talk, across=True)] * bool(talk),
        words.Account(line.account),
        *[words.Facts(agreed)] * bool(agreed),
    ]


def asked(line: actions.Line, zone: ZoneInfo) -> words.Badge:
    """Of whom an action asks something, or that it is done."""
    if line.done_at:
        done = f"Done by {line.asked_name}, {moments.short(line.done_at, zone)}"
        return words.Badge(done, "green", "check")
    by = f", due {moments.day(line.due_on)}" if line.due_on else ""
    return words.Badge(f"Asked of {line.asked_name}{by}", "orange", "clock")


def correction(line: Correction, zone: ZoneInfo, wrong: Wrong = ()) -> list[words.Block]:
    """What was said later about how it was written."""
    what = KINDS[line.kind]
    if line.pupil_name:
        what += f": {words.apart(line.pupil_name)}"
    if line.duplicate_of:
        what += f": #{line.duplicate_of}"
    told = f"{moments.short(line.recorded_at, zone)} · {line.author} · {what}"
    return [words.Badge("Correction", "orange", "alert"), words.Line(told, note=True),
            *clock_note.beside(line.recorded_at, wrong), words.Account(line.account)]  # fmt: skip


def decision(line: Decision, zone: ZoneInfo, wrong: Wrong = ()) -> list[words.Block]:
    """What was decided, or decided against, and why."""
    told = f"{moments.short(line.recorded_at, zone)} · {line.author} · Decision"
    facts = [
        words.Fact(label, value)
        for label, value in (
            ("Options considered", line.options),
            ("To whom", line.to_whom),
            ("Threshold", line.threshold),
            ("Reason", line.reason),
            ("Their answer", line.answer),
        )
        if value
    ]
    return [words.Line(told, note=True), *clock_note.beside(line.recorded_at, wrong),
            words.Line(DECIDED[line.decided], strong=True), words.Facts(facts)]  # fmt: skip


def corrections(opened: Opened, school: School) -> None:
    """What was said later about how the incident was written."""
    for each in opened.corrections:
        words.block(correction(each, school.zone, opened.wrong_at))


def decisions(opened: Opened, school: School) -> None:
    """What was decided, or decided against, and what it meant for the child."""
    if opened.meaning:
        meant = words.Fact("What it meant for the child", opened.meaning.meaning)
        decided = [words.Fact("Decided", opened.meaning.decided)] * bool(opened.meaning.decided)
        words.block([words.Badge("Significant event", "violet", "flag"),
                     words.Facts([meant, *decided])])  # fmt: skip
    for each in opened.decisions:
        words.block(decision(each, school.zone, opened.wrong_at))

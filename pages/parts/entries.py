"""The entries of a chronology, as a document that one reads from the newest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from core import actions, forms, moments
from core.chronology import Entry
from core.received import Received
from pages.parts import clock_note, drawn, followed, words

OF_ANOTHER = "received "


def draw(
    entries: Iterable[Entry], came: Iterable[Received], zone: ZoneInfo, *, pupil: str,
    head: Sequence[words.Line], foot: Sequence[words.Line],
) -> str | None:  # fmt: skip
    """The entries of a pupil's chronology by month, and what came from other schools, between a
    head and a foot: one element. Returns the number of one that is opened, or `OF_ANOTHER` and the
    id of what came."""
    today = moments.today(zone)
    every = [(entry.incident.occurred_at, _ready(entry, zone, pupil, today)) for entry in entries]
    every += [(each.recorded_at, words.ready(_came(each, zone))) for each in came]
    every.sort(key=lambda each: each[0], reverse=True)
    shown: list[words.Ready | words.Heading | words.Line] = [*head]
    for month, of_month in groupby(every, lambda each: f"{each[0].astimezone(zone):%B %Y}"):
        shown.append(words.Heading(month, level=3))
        shown += [dated for _, dated in of_month]
    return words.cards([*shown, *foot], key="entries")


@lru_cache(maxsize=500)
def _ready(entry: Entry, zone: ZoneInfo, pupil: str, today: date) -> words.Ready:
    """The same words for the same entry on the same day, as they tell what was written down today
    as such. Whoever asks has the entry in hand; fifty took 8 ms of every run (measured)."""
    return words.ready(_dated(entry, zone, pupil))


def _came(came: Received, zone: ZoneInfo) -> words.Dated:
    """What another school recorded: one entry here, which opens."""
    local = came.recorded_at.astimezone(zone)
    head = words.Line(f"The record of {came.school}", strong=True, aside=f"from {came.author}",
                      badges=[words.Badge("From another school", "blue")])  # fmt: skip
    return words.Dated(
        moments.weekday(local),
        f"{local:%H:%M}",
        [words.Way(f"{OF_ANOTHER}{came.id}", "Open their record")],
        [head, words.Line(f"Transfer {came.number}, made {came.made}", note=True)],
    )


def _dated(entry: Entry, zone: ZoneInfo, pupil: str) -> words.Dated:
    """One incident: the day beside the record, and its actions beneath."""
    incident = entry.incident
    local = incident.occurred_at.astimezone(zone)
    wrong = entry.wrong_at
    decided = (words.Beneath(followed.decision(each, zone, wrong)) for each in entry.decisions)
    actions_ = (words.Beneath(_action(each, zone, wrong)) for each in entry.actions)
    corrected = (
        words.Beneath(followed.correction(each, zone, wrong)) for each in entry.corrections
    )
    outcome = [words.Facts([words.Fact("What came of it", entry.outcome)])] * bool(entry.outcome)
    return words.Dated(
        moments.weekday(local),
        f"{'about ' if incident.about_time else ''}{local:%H:%M}",
        [words.Way(str(incident.number), f"Open #{incident.number}")],
        [*_account(entry, zone, pupil), *drawn.thumbnails(entry.body_maps), *_meant(entry),
         *decided, *actions_, *outcome, *corrected],
    )  # fmt: skip


def _action(line: actions.Line, zone: ZoneInfo, wrong: followed.Wrong) -> list[words.Block]:
    return [
        *followed.action(line, zone, wrong),
        *[followed.asked(line, zone)] * bool(line.asked_of),
    ]


def _account(entry: Entry, zone: ZoneInfo, pupil: str) -> list[words.Block]:
    """What happened, and the child's own words."""
    incident = entry.incident
    badges = [words.Badge("Urgent", "red", "urgent")] * incident.urgent
    badges += [words.Badge("Significant", "violet", "flag")] * bool(entry.meaning)
    badges += [words.Badge("Entered in error", "orange", "alert")] * entry.in_error
    if entry.part:
        badges.append(words.Badge(f"Linked: {forms.PARTS[entry.part].lower()}", "gray"))
    is_wrong = entry.recorded_at in entry.wrong_at  # then nobody can say how late it was
    if moments.is_late(incident.occurred_at, entry.recorded_at) and not is_wrong:
        later = moments.later(incident.occurred_at, entry.recorded_at)
        badges.append(words.Badge(f"Written down {later}", "gray", "late"))
    head = words.Line(entry.title, strong=True, aside=f"from {entry.source}", badges=badges)
    written = words.Line(f"Recorded {moments.full(entry.recorded_at, zone)}", note=True)
    noted = clock_note.beside(entry.recorded_at, entry.wrong_at)
    about = [words.Line(f"About {entry.about}", note=True)] * (entry.about_id != pupil)
    others = "; ".join(
        f"{words.apart(each.name)}, {forms.PARTS[each.part].lower()}" for each in entry.linked
    )
    took_part = [words.Line(f"Linked: {others}", note=True)] * bool(others)
    files = [words.Line(f"Files: {', '.join(f.name for f in entry.files)}", note=True)]
    blocks: list[words.Block] = [head, written, *noted, *about, *took_part]
    blocks.append(words.Account(incident.account))
    blocks += [words.Quote(incident.child_words)] * bool(incident.child_words)
    return blocks + files * bool(entry.files)


def _meant(entry: Entry) -> list[words.Block]:
    """What it meant for the child, and what was decided or decided against."""
    meant = entry.meaning
    if meant is None:
        return []
    facts = [words.Fact("What it meant for the child", meant.meaning)]
    facts += [words.Fact("Decided", meant.decided)] * bool(meant.decided)
    return [words.Facts(facts)]

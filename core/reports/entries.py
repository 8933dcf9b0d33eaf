"""One entry of a chronology in the columns of the usual conference form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core import (
    actions,
    categories,
    corrections,
    decisions,
    forms,
    moments,
    names,
    wrong_clock,
)
from core.action_forms import HOW
from core.alerts import Reader
from core.chronology import Entry
from core.linked import Linked
from core.reports import bodies
from core.reports.bodies import Sheet
from core.reports.paper import Said, told

Wrong = frozenset[datetime]  # moments at which the clock of the machine was wrong


@dataclass(frozen=True)
class Row:
    """An entry as it is told. `late` says how much later it was written down, if it was."""

    number: int
    happened: str
    recorded: str
    late: str
    source: str
    title: str
    flags: tuple[str, ...]
    event: tuple[Said, ...]
    significance: tuple[Said, ...]
    actions: tuple[Said, ...]
    outcome: str
    maps: tuple[Sheet, ...]


def row(
    entry: Entry,
    readers: Sequence[Reader],
    pupil: str,
    zone: ZoneInfo,
    *,
    actions: bool,
    maps: bool,
) -> Row:
    """The entry in the chronology of a pupil, with its actions and its body maps or without, and
    with those who were alerted, if they are given."""
    incident, recorded_at = entry.incident, entry.recorded_at
    is_wrong = recorded_at in entry.wrong_at  # then nobody can say how late it was
    is_late = moments.is_late(incident.occurred_at, recorded_at) and not is_wrong
    drawn = entry.body_maps if maps else ()
    return Row(
        number=incident.number,
        happened=moments.full(incident.occurred_at, zone, about=incident.about_time),
        recorded=wrong_clock.said(recorded_at, zone, entry.wrong_at),
        late=moments.later(incident.occurred_at, recorded_at) if is_late else "",
        source=entry.source,
        title=categories.names(incident.categories),
        flags=("Urgent",) * incident.urgent + ("Significant event",) * bool(entry.meaning),
        event=tuple(_event(entry, readers, pupil, zone)),
        significance=_significance(entry),
        actions=tuple(_follow_up(entry, zone, actions=actions)),
        outcome=entry.outcome,
        maps=tuple(bodies.sheet(each, incident.number, zone) for each in drawn),
    )


def _event(entry: Entry, readers: Sequence[Reader], pupil: str, zone: ZoneInfo) -> Iterator[Said]:
    incident = entry.incident
    if entry.about_id != pupil:
        part = forms.PARTS.get(entry.part, "")
        yield Said("About another child", names.initials(entry.about))
        yield from told({"Part of this child": part})
    yield Said("", incident.account)
    if incident.child_words:
        yield Said("The child’s own words", incident.child_words, quoted=True)
    yield from told(
        {
            "Linked children": _linked(entry.linked),
            "Parents contacted": _parents(entry),
            "Told in person": _in_person(entry),
            "Agencies": categories.agency_names(incident.agencies),
            "Original notes": incident.original_notes,
            "The original form": entry.paper.original if entry.paper else "",
            "Files": ", ".join(file.name for file in entry.files),
        }
    )
    for each in entry.corrections:
        stamp = _stamp(corrections.KINDS[each.kind], each, zone, entry.wrong_at)
        yield Said(stamp, each.account)
    yield from told({"Alerted": "; ".join(_reader(each, zone) for each in readers)})


def _linked(linked: Iterable[Linked]) -> str:
    """By part and initials: a report goes out of the school."""
    return "; ".join(f"{forms.PARTS[each.part]}, {names.initials(each.name)}" for each in linked)


def _parents(entry: Entry) -> str:
    why = entry.incident.parents_why_not
    return "Yes" if entry.incident.parents_contacted else f"No. {why}" if why else "No"


def _in_person(entry: Entry) -> str:
    who, when = entry.incident.told_in_person, entry.incident.told_at
    return f"{who}, {when}" if who and when else who or when


def _significance(entry: Entry) -> tuple[Said, ...]:
    return (Said("", entry.meaning.meaning),) if entry.meaning else ()


def _follow_up(entry: Entry, zone: ZoneInfo, *, actions: bool) -> Iterator[Said]:
    """What was decided and done, in the order of writing."""
    if entry.meaning and entry.meaning.decided:
        yield Said("Decided", entry.meaning.decided)
    wrong = entry.wrong_at
    lines = [(each.seq, _decision(each, zone, wrong)) for each in entry.decisions]
    lines += [(each.seq, _action(each, zone, wrong)) for each in entry.actions if actions]
    yield from (said for _, said in sorted(lines, key=lambda line: line[0]))


def _action(line: actions.Line, zone: ZoneInfo, wrong: Wrong) -> Said:
    """Of a talk also with whom, how, and what was agreed: often the part that matters."""
    talk = _labelled({"With whom": line.with_whom, "How": HOW.get(line.how, "")})
    agreed = _labelled({"What was agreed": line.agreed})
    text = "\n".join([*talk, line.account, *agreed, *_asked(line, zone, wrong)])
    return Said(_stamp(actions.KINDS[line.kind], line, zone, wrong), text)


def _asked(line: actions.Line, zone: ZoneInfo, wrong: Wrong) -> Iterator[str]:
    if line.asked_of:
        due = f" by {moments.day(line.due_on)}" if line.due_on else ""
        done = f"Done {_moment(line.done_at, zone, wrong)}" if line.done_at else "Not done yet."
        yield f"Asked of {line.asked_name}{due}. {done}"


def _moment(at: datetime, zone: ZoneInfo, wrong: Wrong) -> str:
    """A moment at the end of a sentence."""
    return f"{wrong_clock.said(at, zone, wrong).removesuffix('.')}."


def _decision(line: decisions.Line, zone: ZoneInfo, wrong: Wrong) -> Said:
    parts = {
        "Decided": decisions.DECIDED[line.decided],
        "To whom": line.to_whom,
        "Threshold": line.threshold,
        "Options considered": line.options,
        "Reason": line.reason,
    }
    if line.answered_at:
        answered = wrong_clock.said(line.answered_at, zone, wrong).removesuffix(".")
        parts[f"Answer, {answered}"] = line.answer
    return Said(_stamp("Decision", line, zone, wrong), "\n".join(_labelled(parts)))


def _labelled(parts: Mapping[str, str]) -> Iterator[str]:
    return (f"{label}: {words}" for label, words in parts.items() if words)


def _reader(reader: Reader, zone: ZoneInfo) -> str:
    read = f"read {moments.full(reader.read_at, zone)}" if reader.read_at else "not read yet"
    return f"{reader.name}, {read}"


def _stamp(
    what: str,
    line: actions.Line | decisions.Line | corrections.Line,
    zone: ZoneInfo,
    wrong: Wrong,
) -> str:
    return f"{what} · {line.author}, {wrong_clock.said(line.recorded_at, zone, wrong)}"

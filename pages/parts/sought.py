"""A search in blocks: the clocks, the one thing to do now, who does what, and what has happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core import clock, moments, wrong_clock
from core.missing import facts, known, nexts, steps
from core.missing.entries import Entry
from core.missing.roles import ROLES
from core.missing.shape import Holder, Stamp, State, Zone
from core.person import Person
from pages.parts import words

TONES: dict[str, tuple[words.Tone, words.Icon]] = {
    "found": ("green", "check"),
    "urgent": ("red", "urgent"),
    "next": ("violet", "arrow"),
}

Drawn = words.Slim | words.Alarm | words.Choices | words.Block


def title(now: State) -> str:
    """“Theo Banks is missing”."""
    names = [words.apart(child.name) for child in now.children] or ["A child"]
    said = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    tense = ("is", "are") if now.log.is_open else ("was", "were")
    found = "found" if now.all_found else "missing"
    return f"{said} {tense[len(names) > 1]} {found}"


def head(now: State, zone: ZoneInfo) -> list[words.Block]:
    """Who, where last seen, and how long ago."""
    classes = ", ".join(dict.fromkeys(child.class_name for child in now.children))
    where = "On an outing" if now.log.off_site else ""
    note = " · ".join(filter(None, (classes, where, _seen(now, zone))))
    title_ = words.Heading(title(now), note, 1)
    until = now.found_at or now.log.closed_at or clock.now()
    if now.log.on_paper and not now.found_at:
        return [title_]
    since = "Since last seen" if now.seen else "Since missed"
    clocks = [words.Fact(since, _minutes(now.since, until)),
              words.Fact("Log open for", _minutes(now.log.began_at, until))]  # fmt: skip
    return [title_, words.Facts(clocks, across=True, large=True)]


def _seen(now: State, zone: ZoneInfo) -> str:
    if now.seen is None:
        return "" if now.all_found else "Last seen: nobody has said yet"
    by = f", by {words.apart(now.seen.seen_by)}" if now.seen.seen_by else ""
    place = f", {words.apart(now.seen.place)}" if now.seen.place else ""
    return f"Last seen {at(now.seen.seen_at, zone)}{place}{by}"


def _minutes(since: datetime, until: datetime) -> str:
    minutes = max(int((until - since).total_seconds()) // 60, 0)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def at(moment: datetime, zone: ZoneInfo) -> str:
    """“13:52”; with the day, where it is another one."""
    return moments.short(moment, zone).removeprefix("Today ")


def do_now(now: State) -> words.Alarm:
    """The one thing to do now."""
    given = nexts.of(now)
    tone, icon = TONES["found" if now.all_found else "urgent" if given.is_urgent else "next"]
    way = [words.Way(given.press, given.button, first=True)] if given.press else []
    return words.Alarm(given.do, given.why, tone, icon, way)


def found(now: State, zone: ZoneInfo) -> list[words.Block]:
    """When and where each child was found, and what was written down about it."""
    names = {child.id: child.name for child in now.children}
    shown = [
        words.Fact(f"Found {at(each.found_at, zone)}",
                   ", ".join(filter(None, (names.get(each.pupil, ""), each.place))),
                   f"By {each.found_by}")
        for each in now.found
    ]  # fmt: skip
    after = [words.Fact(label, now.facts[what]) for what, label in facts.AFTERWARDS.items()
             if what in now.facts and what != "child_words"]  # fmt: skip
    blocks: list[words.Block] = [words.Facts([*shown, *after])] if shown else []
    if said := now.facts.get("child_words"):
        blocks += [words.Line(facts.AFTERWARDS["child_words"], note=True), words.Quote(said)]
    return blocks


def roles(now: State, me: Person) -> list[words.Slim]:
    """Who does what, what is nobody's first."""
    order = sorted(ROLES, key=lambda role: role in now.roles)
    return [_role(role, now.roles.get(role), me) for role in order]


def _role(role: str, holder: Holder | None, me: Person) -> words.Slim:
    label = "I’ll do it" if holder is None else "I take over"
    mine = holder is not None and holder.person == me.id
    ways = [] if mine else [words.Way(f"role {role} take", label)]
    if holder is None:
        badges = [words.Badge("Nobody yet", "orange", "hourglass")]
        return words.Slim(ways, [words.Line(ROLES[role], strong=True, badges=badges)], tight=True)
    who = "You" if mine else holder.name
    return words.Slim(ways, [words.Line(ROLES[role]), words.Line(who, note=True)], tight=True)


def checklist(now: State, zone: ZoneInfo) -> list[words.Slim]:
    """The steps of the policy, what is open first. In a log that is closed nothing is pressed but
    what was said."""
    order = sorted(steps.STEPS, key=lambda key: key in now.steps)
    drawn = [_step(key, now, zone) for key in order]
    if now.log.is_open:
        return drawn
    return [replace(each, ways=[w for w in each.ways if w.opens.startswith("form")])
            for each in drawn]  # fmt: skip


def _step(key: str, now: State, zone: ZoneInfo) -> words.Slim:
    name, done = words.Line(steps.STEPS[key]), now.steps.get(key)
    if done is None:
        limit: list[words.Block] = [words.Line(f"By {at(now.limit, zone)}, or earlier", note=True)]
        if now.overdue(key) is not None:
            limit = [words.Badge(f"Overdue since {at(now.limit, zone)}", "red", "clock")]
        way = words.Way(f"step {key} done", "Done")
        return words.Slim([way], [name, *limit * (key in steps.CALLS)], tight=True)
    badges = [words.Badge(f"Done {at(done.at, zone)}", "green", "check")]
    if key in now.reasons_owed:
        badges.append(words.Badge("Later than the limit: say why", "orange", "alert"))
    said = [words.Line(text, note=True) for text in _of_call(now, key)]
    ways = [words.Way(f"step {key} undone", "Undo")]
    if key in steps.CALLS:
        ways.insert(0, words.Way(f"form {key} -", "What was said"))
    return words.Slim(ways, [name, *badges, words.Line(_who(done), note=True), *said], tight=True)


def _of_call(now: State, key: str) -> list[str]:
    call = now.calls.get(key)
    if call is None:
        return []
    given = ", ".join(steps.GIVEN[each] for each in call.given)
    told = (call.account, call.reference and f"Reference {call.reference}",
            call.officer and f"Officer {call.officer}", given and f"Given: {given}",
            call.late_because and f"Why late: {call.late_because}")  # fmt: skip
    return [each for each in told if each]


def _who(stamp: Stamp) -> str:
    return f"{stamp.who}, pressed {stamp.times} times" if stamp.times > 1 else stamp.who


def places(now: State, zone: ZoneInfo) -> list[words.Slim]:
    """Where is searched, what is not cleared first."""
    order = sorted(now.zones, key=lambda each: each.cleared is not None)
    return [_place(each, zone) for each in order]


def _place(place: Zone, zone: ZoneInfo) -> words.Slim:
    told = [(label, stamp) for label, stamp in (
        ("Begun", place.started), ("Cleared", place.cleared), ("Searched again", place.again),
    ) if stamp]  # fmt: skip
    notes = [words.Line(f"{label} {at(stamp.at, zone)}, {_who(stamp)}", note=True)
             for label, stamp in told]  # fmt: skip
    badge = (words.Badge("Cleared", "green", "check") if place.cleared else
             words.Badge("Being searched", "violet", "arrow") if place.started else
             words.Badge("Nobody yet", "orange", "hourglass"))  # fmt: skip
    ways = [words.Way(f"zone again {place.name}", "Searched again")]
    if not place.cleared:
        ways = [words.Way(f"zone cleared {place.name}", "Cleared")]
        if place.started is None:
            ways.insert(0, words.Way(f"zone started {place.name}", "I go"))
    line = words.Line(place.name, strong=not place.cleared, badges=[badge])
    return words.Slim(ways, [line, *notes], tight=True)


def done(now: State, zone: ZoneInfo) -> list[words.Block]:
    """Who had which role and where was searched, once there is nothing to press any more."""
    holders: list[words.Block] = [
        words.Line(ROLES[role], aside=who.name) for role, who in now.roles.items()
    ]
    searched = [block for each in now.zones if each.started or each.cleared
                for block in _place(each, zone).blocks]  # fmt: skip
    blocks: list[words.Block] = []
    for heading, lines in (("Who did what", holders), ("Where was searched", searched)):
        if lines:
            blocks += [words.Heading(heading), *lines]
    return blocks


def dangers(now: State, me: Person) -> list[Drawn]:
    """What means 999 now, each ticked as soon as it is known."""
    told = {each.key for each in known.dangers(now, by=me)}
    ways = [words.Way(f"danger {key} {'not' if key in told else 'holds'}", name,
                      pressed=key in told) for key, name in steps.DANGERS.items()]  # fmt: skip
    note = "Tick what you know. Some of it is shown to the incident lead alone."
    return [words.Heading("Ring 999 now, if", note), words.Choices(ways)]


def caller(now: State) -> list[words.Block]:
    """What whoever rings has to say: the child as everybody who searches may know them."""
    age = [f"{child.name}, {moments.age(child.born_on, clock.now().date())} years old"
           for child in now.children]  # fmt: skip
    told = [now.facts[what] for what in facts.FACTS if what in now.facts]
    lines = [*age, *told] or ["Nobody has described the child yet."]
    return [words.Heading("For the caller"), *(words.Line(each) for each in lines)]


def _opened(first: datetime | None, zone: ZoneInfo) -> str:
    return f"Open since {at(first, zone)}" if first else "Not opened yet"


def alerted(now: State, names: Mapping[str, str], zone: ZoneInfo) -> list[words.Block]:
    """Who was told as the log opened, and since when they have it open."""
    rows = [words.Reader(names.get(person, ""), _opened(first, zone), "read" if first else "unread")
            for person, first in now.seen_by_told.items()]  # fmt: skip
    return [words.Heading("Alerted"), words.Readers(rows)] if rows else []


def happened(entries: Sequence[Entry], zone: ZoneInfo) -> list[words.Block]:
    """What has happened, the newest first."""
    blocks: list[words.Block] = [words.Heading("What has happened")]
    for entry in entries:
        late = [words.Badge(f"Written {at(entry.recorded_at, zone)}", "gray", "late")]
        note = f"{at(entry.at, zone)} · {entry.who}"
        said = entry.account if entry.kind == "note" else entry.said
        blocks.append(words.Line(note, note=True, begins=True, badges=late * entry.is_late))
        blocks.append(words.Line(said))
        blocks += [words.Badge(wrong_clock.NOTE, "orange", "clock")] * entry.clock_was_wrong
        if entry.account and entry.kind != "note":
            blocks.append(words.Line(entry.account))
    return blocks

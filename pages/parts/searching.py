"""A search, as it is drawn: the clocks, the one thing to do now, and who does what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from core import clock, moments, settings
from core.errors import Refused
from core.missing import entries, nexts, state, steps
from core.missing import roles as roles_
from core.missing.entries import Entry
from core.missing.roles import ROLES
from core.missing.state import Holder, Stamp, State, Zone
from core.person import Person
from pages.parts import words
from pages.parts.session import Here


def title(now: State) -> str:
    """“Theo Banks is missing”."""
    names = [words.apart(child.name) for child in now.children] or ["A child"]
    said = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"{said} {'is' if len(names) == 1 else 'are'} {'found' if now.all_found else 'missing'}"


def head(now: State, zone: ZoneInfo) -> list[words.Block]:
    """Who, where last seen, and how long ago."""
    classes = ", ".join(dict.fromkeys(child.class_name for child in now.children))
    note = " · ".join(filter(None, (classes, _seen(now, zone))))
    until = now.found_at or clock.now()
    since = "Since last seen" if now.seen else "Since missed"
    clocks = [words.Fact(since, _minutes(now.since, until)),
              words.Fact("Log open for", _minutes(now.log.began_at, until))]  # fmt: skip
    return [words.Heading(title(now), note, 1), words.Facts(clocks, across=True)]


def _seen(now: State, zone: ZoneInfo) -> str:
    if now.seen is None:
        return "Last seen: nobody has said yet"
    by = f", by {words.apart(now.seen.seen_by)}" if now.seen.seen_by else ""
    place = f" {words.apart(now.seen.place)}" if now.seen.place else ""
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
    tone: words.Tone = "green" if now.all_found else "red" if given.is_urgent else "violet"
    way = [words.Way(given.press, given.button, first=True)] if given.press else []
    return words.Alarm(given.do, given.why, tone, way)


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
        return words.Slim(ways, [words.Line(ROLES[role], strong=True, badges=badges)])
    who = "You" if mine else holder.name
    return words.Slim(ways, [words.Line(ROLES[role], aside=who)])


def checklist(now: State, zone: ZoneInfo) -> list[words.Slim]:
    """The steps of the policy, what is open first."""
    order = sorted(steps.STEPS, key=lambda key: key in now.steps)
    return [_step(key, now, zone) for key in order]


def _step(key: str, now: State, zone: ZoneInfo) -> words.Slim:
    done = now.steps.get(key)
    if done is None:
        badge = [words.Badge("Overdue", "red", "clock")] if now.overdue(key) is not None else []
        line = words.Line(steps.STEPS[key], strong=True, badges=badge)
        limit = [words.Line(f"By {at(now.limit, zone)}", note=True)] * (key in steps.CALLS)
        return words.Slim([words.Way(f"step {key} done", "Done")], [line, *limit])
    badges = [words.Badge(f"Done {at(done.at, zone)}", "green", "check")]
    if key in now.reasons_owed:
        badges.append(words.Badge("Why so late?", "orange", "alert"))
    note = words.Line(_who(done), note=True)
    ways = [words.Way(f"step {key} undone", "Not done")]
    return words.Slim(ways, [words.Line(steps.STEPS[key], badges=badges), note])


def _who(stamp: Stamp) -> str:
    return f"{stamp.who}, pressed {stamp.times} times" if stamp.times > 1 else stamp.who


def places(zones: Iterable[Zone], zone: ZoneInfo) -> list[words.Slim]:
    """Where is searched, what is not cleared first."""
    order = sorted(zones, key=lambda each: each.cleared is not None)
    return [_place(each, zone) for each in order]


def _place(place: Zone, zone: ZoneInfo) -> words.Slim:
    told = [(label, stamp) for label, stamp in (
        ("Begun", place.started), ("Cleared", place.cleared), ("Searched again", place.again),
    ) if stamp]  # fmt: skip
    note = " · ".join(f"{label} {at(stamp.at, zone)}, {stamp.who}" for label, stamp in told)
    cleared = place.cleared is not None
    badge = (words.Badge("Cleared", "green", "check") if cleared else
             words.Badge("Being searched", "violet", "arrow") if place.started else
             words.Badge("Nobody yet", "orange", "hourglass"))  # fmt: skip
    ways = [words.Way(f"zone again {place.name}", "Searched again")]
    if not cleared:
        ways = [words.Way(f"zone cleared {place.name}", "Cleared")]
        if place.started is None:
            ways.insert(0, words.Way(f"zone started {place.name}", "I go"))
    line = words.Line(place.name, strong=not cleared, badges=[badge])
    return words.Slim(ways, [line, *[words.Line(note, note=True)] * bool(note)])


def happened(entries: Sequence[Entry], zone: ZoneInfo) -> list[words.Block]:
    """What has happened, the newest first."""
    blocks: list[words.Block] = []
    for entry in entries:
        late = [words.Badge(f"Written {at(entry.recorded_at, zone)}", "gray", "late")]
        note = f"{at(entry.at, zone)} · {entry.who}"
        blocks.append(words.Line(note, note=True, badges=late * entry.is_late))
        blocks.append(words.Line(entry.said if entry.kind != "note" else entry.account))
        if entry.account and entry.kind != "note":
            blocks.append(words.Line(entry.account))
    return blocks


def watched(here: Here, log: str) -> None:
    """The clocks, what to do now, and everything that can be pressed."""
    try:
        now = state.of(here.store, log, by=here.me)
    except Refused:  # it was closed, and is no longer theirs to see
        st.rerun()
    zone = settings.school(here.store).zone
    drawn: list[words.Slim | words.Alarm | words.Block] = [*head(now, zone)]
    if now.log.is_open:
        drawn = [*drawn, do_now(now), *pressed(now, here.me, zone)]
    take(here, log, words.taps(drawn, key=f"search_{log}"))


def pressed(now: State, me: Person, zone: ZoneInfo) -> list[words.Slim | words.Block]:
    """Everything that can be pressed."""
    return [
        words.Heading("Who does what"),
        *roles(now, me),
        words.Heading("Steps"),
        *checklist(now, zone),
        words.Heading("Where to search"),
        *places(now.zones, zone),
    ]


def take(here: Here, log: str, taps: Sequence[words.Tap]) -> None:
    """Carries out what was tapped, in order."""
    if not taps:
        return
    refusals: list[str] = []
    for tap in taps:
        kind, key, did = _split(tap.opens)
        try:
            if kind == "role":
                roles_.take(here.store, log, key, by=here.me)
            else:
                steps.press(here.store, log, kind, key, did, by=here.me)
        except Refused as refusal:
            refusals.append(str(refusal))
    words.taken(taps)
    if refusals:
        words.block([words.Badge(text, "red", "alert") for text in dict.fromkeys(refusals)])
        return
    st.rerun()


def _split(opens: str) -> tuple[str, str, str]:
    """A place may have several words, so it comes last."""
    kind, one, other = opens.split(" ", 2)
    return (kind, other, one) if kind == "zone" else (kind, one, other)


def followed(here: Here, log: str) -> None:
    """What has happened, for everybody to read."""
    st.header("What has happened", anchor=False)
    zone = settings.school(here.store).zone
    words.taps(happened(entries.of(here.store, log, by=here.me), zone), key=f"happened_{log}")

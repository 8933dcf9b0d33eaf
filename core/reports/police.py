"""One page for the police about a child who is missing, at any moment: as the log stands.

Whoever is asked for it can make it. What the record knows of the child's needs is on it only if it
is put before who makes it, the incident's lead; else the page says whom to ask.
"""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PIL import Image

from core import clock, moments, settings, wrong_clock
from core.missing import entries, facts, known, photographs, roles, state, steps
from core.missing.entries import Entry
from core.missing.known import Contacts
from core.missing.shape import State
from core.person import Person
from core.records import SearchPress
from core.reports import paper, pdf
from core.reports.exports import File
from core.reports.paper import Letterhead, Said
from core.store import Store

TEMPLATE = "police"

ASK = "Ask the incident lead, who is told what the record knows."


@dataclass(frozen=True)
class Line:
    """Something that was done."""

    at: str
    said: str
    who: str


@dataclass(frozen=True)
class Page:
    """Everything that stands on it. `photograph` is a picture as SVG, or empty."""

    letterhead: Letterhead
    title: str
    facts: tuple[Said, ...]
    told: tuple[Said, ...]
    contacts: tuple[Said, ...]
    needs: tuple[Said, ...]
    calls: tuple[Said, ...]
    lines: tuple[Line, ...]
    photograph: str


def make(store: Store, log: str, *, by: Person) -> File:
    """The page as a PDF; that it was made is in the log. Raises `NotThere`."""
    now, at = state.of(store, log, by=by), clock.now()
    store.append(SearchPress(log=log, kind="page", key="", did="made", occurred_at=at), by=by)
    content = pdf.typeset(TEMPLATE, _page(store, now, by), at=at)
    return File("missing-child.pdf", pdf.MEDIA_TYPE, content)


def _page(store: Store, now: State, by: Person) -> Page:
    zone, log = settings.school(store).zone, now.log.id
    picture = photographs.of(store, log, by=by)
    found = now.found_at
    return Page(
        letterhead=paper.letterhead(store, "the police", "A missing child", clock.now(), by=by),
        title="A child was missing, and is found" if found else "A child is missing",
        facts=about(now, zone),
        told=paper.told({label: now.facts.get(what, "") for what, label in facts.FACTS.items()}),
        contacts=tuple(_contact(each) for each in known.contacts(store, log, by=by)),
        needs=_needs(store, now, by),
        calls=calls(now, zone),
        lines=lines(entries.of(store, log, by=by), zone),
        photograph=_drawn(picture) if picture else "",
    )  # fmt: skip


def _drawn(photograph: bytes) -> str:
    """As SVG, which goes in as text; no larger than paper shows it."""
    with Image.open(io.BytesIO(photograph)) as picture:
        small = picture.convert("RGB")
    small.thumbnail((900, 1200))
    small.save(made := io.BytesIO(), "JPEG", quality=85)
    inner = b64encode(made.getvalue()).decode()
    width, height = small.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{inner}"/></svg>'
    )


def about(now: State, zone: ZoneInfo) -> tuple[Said, ...]:
    """Who is missing, since when, who leads, and when and where the child was found."""
    names = "\n".join(f"{child.name}{f' ({child.known_as})' if child.known_as else ''}, "
                      f"born {moments.day(child.born_on)}, {child.class_name}"
                      for child in now.children)  # fmt: skip
    seen = now.seen
    lead = now.roles.get(roles.LEAD)
    return paper.told({
        "Who": names or "Not known yet",
        "Last seen": moments.full(seen.seen_at, zone) if seen else "Not known yet",
        "Where": seen.place if seen else "",
        "By whom": seen.seen_by if seen else "",
        "Missed since": moments.full(now.log.began_at, zone),
        "Incident lead": lead.name if lead else "Nobody yet",
        "Found": "\n".join(f"{moments.full(f.found_at, zone)}, {f.place}, by {f.found_by}"
                           for f in now.found),
    })  # fmt: skip


def _contact(of: Contacts) -> Said:
    adults = "\n".join(f"{each.said}: {each.phone or 'no number'}" for each in of.adults)
    return Said(of.child.name, adults or "Nobody is on the list: ask the office.")


def _needs(store: Store, now: State, by: Person) -> tuple[Said, ...]:
    if not known.is_told(now, by=by):
        return (Said("", ASK),)
    told = [(child, each) for child, some in known.of(store, now.log.id, by=by) for each in some]
    needs = [Said(f"{child.name}: {each.label}", each.account or each.since)
             for child, each in told]  # fmt: skip
    dangers = [Said("", steps.DANGERS[each.key]) for each in known.dangers(now, by=by)]
    return (*dangers, *needs) or (Said("", "The record knows of none."),)


def calls(now: State, zone: ZoneInfo) -> tuple[Said, ...]:
    """When the parents and the police were called, by whom, and what was said."""
    told: dict[str, str] = {}
    for step in steps.CALLS:
        done, call = now.steps.get(step), now.calls.get(step)
        if done:
            parts = [moments.full(done.at, zone), f"by {done.who}"]
            parts += [call.account, call.reference and f"reference {call.reference}",
                      call.officer and f"officer {call.officer}",
                      call.late_because and f"after the limit: {call.late_because}",
                      ] if call else []  # fmt: skip
            told[steps.STEPS[step]] = ", ".join(filter(None, parts))
    return paper.told(told)


def lines(written: Sequence[Entry], zone: ZoneInfo) -> tuple[Line, ...]:
    """What was done, the oldest first; what is told of the child stands elsewhere."""
    return tuple(Line(moments.full(each.at, zone), _said(each), each.who)
                 for each in reversed(written) if each.kind not in ("fact", "page"))  # fmt: skip


def _said(entry: Entry) -> str:
    said = f"{entry.said}: {entry.account}" if entry.account else entry.said
    return f"{said}\n{wrong_clock.NOTE}" if entry.clock_was_wrong else said

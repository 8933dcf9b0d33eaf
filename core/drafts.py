"""Drafts: what somebody has typed and not sent, the author's alone.

Fields arrive by themselves, every few seconds. A draft is wiped when its form is sent, and seven
days after the last change. A wiped form takes nothing more, so that a field which was under way
while the form was sent does not bring the draft back.

Seven days have passed when the clock says so *and* the app has run for as long since. A clock that
is ahead for an hour must not take away what everybody has typed. On a machine that is switched off
at night, a draft therefore lasts for as many hours of running, some weeks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock, uptime
from core.errors import Refused
from core.person import Person
from core.store import Store

LASTS = timedelta(days=7)
LARGEST = 200_000  # bytes a form
MOST = 50  # forms a person, far more than anybody leaves open
LONGEST_NAME = 100


@dataclass(frozen=True)
class Draft:
    """What was typed into one form: its id, the fields by name, and when the last one came."""

    form: str
    fields: Mapping[str, str]
    kept_at: datetime


def keep(store: Store, form: str, fields: Mapping[str, str], *, by: Person) -> None:
    """Adds fields to a draft, each in the place of what it held before.

    On disk when this returns. Raises `Refused` above 200 KB a form or 50 forms; what was kept
    before stays.
    """
    if not form or len(form) > LONGEST_NAME:
        raise Refused("This form has no name: open it anew, and copy your words into it.")
    with store.desk.alone():
        there = _there(store, form, by)
        if there is not None and (there.wiped or fields.items() <= there.draft.fields.items()):
            return
        merged = {**(there.draft.fields if there else {}), **_whole(fields)}
        if _size(merged) > LARGEST:
            raise Refused("This is too much text for one form: send it, and add the rest after.")
        if there is None:
            _demand_room(store, by)
        _write(store, form, json.dumps(merged), by, wiped=False)


def of(store: Store, form: str | None = None, *, by: Person) -> list[Draft]:
    """One's own drafts, or the one of a form, the newest first. Never another person's."""
    sql = f"FROM drafts WHERE person = $person AND NOT wiped AND NOT ({OVER}) ORDER BY number DESC"
    found = store.desk.ask(_Row, sql, person=by.id, **_times(store))
    return [row.draft for row in found if form is None or row.form == form]


def wipe(store: Store, form: str, *, by: Person) -> None:
    """Takes the draft's text away, because it was sent or is not wanted."""
    with store.desk.alone():
        _write(store, form, "{}", by, wiped=True)


def sweep(store: Store) -> None:
    """Wipes every draft that was not changed for seven days."""
    store.desk.change(f"DELETE FROM drafts WHERE {OVER}", **_times(store))
    uptime.note(store)


@dataclass(frozen=True)
class _Row:
    form: str
    fields: str
    kept_at: datetime
    wiped: bool

    @property
    def draft(self) -> Draft:
        return Draft(self.form, json.loads(self.fields), self.kept_at)


def _there(store: Store, form: str, by: Person) -> _Row | None:
    sql = f"FROM drafts WHERE person = $person AND form = $form AND NOT ({OVER})"
    found = store.desk.ask(_Row, sql, person=by.id, form=form, **_times(store))
    return found[0] if found else None


# Where the clock was ahead when it was kept, only the time of running says how old it is.
OVER = "ran <= $ran AND (kept_at <= $since OR kept_at > $soon)"


def _times(store: Store) -> dict[str, object]:
    now, ran = clock.now(), uptime.seconds(store)
    lasts = LASTS - clock.SLACK  # two clocks never agree to the second
    return {"since": now - LASTS, "soon": now + clock.SLACK, "ran": ran - lasts.total_seconds()}


def _whole(fields: Mapping[str, str]) -> dict[str, str]:
    """Fields without half characters, which browsers let through and nothing else can store."""
    return {name: text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            for name, text in fields.items()}  # fmt: skip


def _size(fields: Mapping[str, str]) -> int:
    """In bytes. Browsers let half a character through, which has no UTF-8 of its own."""
    return sum(len(text.encode(errors="surrogatepass")) for pair in fields.items() for text in pair)


def _demand_room(store: Store, by: Person) -> None:
    sweep(store)
    if len(of(store, by=by)) >= MOST:
        raise Refused("You have many forms that were not sent: send or throw away some of them.")


def _write(store: Store, form: str, fields: str, by: Person, *, wiped: bool) -> None:
    store.desk.change(
        "INSERT INTO drafts SELECT $person, $form, $fields, $now, $wiped, "
        "coalesce(max(number), 0) + 1, $ran FROM drafts "
        "ON CONFLICT (person, form) DO UPDATE SET fields = excluded.fields, "
        "kept_at = excluded.kept_at, wiped = excluded.wiped, number = excluded.number, "
        "ran = excluded.ran",
        person=by.id, form=form, fields=fields, now=clock.now(), wiped=wiped,
        ran=uptime.seconds(store),
    )  # fmt: skip

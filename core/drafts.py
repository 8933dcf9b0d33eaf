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
from core.store import Store, texts

LASTS = timedelta(days=7)
MOST = 50  # forms a person, far more than anybody leaves open
# Letters of one draft. What a form takes (`texts.LONGEST`) is always kept: a word may stand in it
# twice, where it was typed and in the form as JSON, which spells a letter with up to six.
LARGEST = (1 + 6) * texts.LONGEST
LARGEST_TOGETHER = 4 * LARGEST  # letters of all drafts of a person, where one is large
TOO_MANY = "You have many forms that were not sent: send or throw away some of them."


@dataclass(frozen=True)
class Draft:
    """What was typed into one form: its id, the fields by name, and when the last one came."""

    form: str
    fields: Mapping[str, str]
    kept_at: datetime


def keep(store: Store, form: str, fields: Mapping[str, str], *, by: Person) -> None:
    """Adds fields to a draft, each in the place of what it held before.

    On disk when this returns. Raises `Refused` for more text than a form takes, for what no form
    is called, and above 50 forms; what was kept before stays.
    """
    if not texts.is_key(form):
        raise Refused("This form has no name: open it anew, and copy your words into it.")
    with store.desk.alone():
        there = _there(store, form, by)
        if there is not None and (there.wiped or fields.items() <= there.draft.fields.items()):
            return
        merged = {**(there.draft.fields if there else {}), **_whole(fields)}
        if there is None:
            _demand_room(store, by)
        _demand_size(store, form, merged, by)
        _write(store, form, json.dumps(merged, ensure_ascii=False), by, wiped=False)


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
    return {texts.mended(name): texts.mended(text) for name, text in fields.items()}


def _demand_size(store: Store, form: str, fields: Mapping[str, str], by: Person) -> None:
    size = texts.letters(list(fields.items()))
    if size > LARGEST:
        raise Refused(texts.TOO_MUCH)
    if size > texts.LONGEST and size + _others(store, form, by) > LARGEST_TOGETHER:
        raise Refused(TOO_MANY)


def _others(store: Store, form: str, by: Person) -> int:
    """How many letters stand in the other drafts of a person."""
    sql = "SELECT length(fields) AS letters FROM drafts WHERE person = $person AND form <> $form"
    return sum(row.letters for row in store.desk.ask(_Size, sql, person=by.id, form=form))


@dataclass(frozen=True)
class _Size:
    letters: int


def _demand_room(store: Store, by: Person) -> None:
    sweep(store)
    if len(of(store, by=by)) >= MOST:
        raise Refused(TOO_MANY)


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

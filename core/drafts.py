"""Drafts: what somebody has typed and not sent, the author's alone.

Fields arrive by themselves, every few seconds. A draft is wiped when its form is sent, and seven
days after the last change. A wiped form takes nothing more, so that a field which was under way
while the form was sent does not bring the draft back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock
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
    sql = "FROM drafts WHERE person = $person AND NOT wiped AND kept_at > $since"
    sql += " ORDER BY kept_at DESC"
    found = store.desk.ask(_Row, sql, person=by.id, since=clock.now() - LASTS)
    return [row.draft for row in found if form is None or row.form == form]


def wipe(store: Store, form: str, *, by: Person) -> None:
    """Takes the draft's text away, because it was sent or is not wanted."""
    with store.desk.alone():
        _write(store, form, "{}", by, wiped=True)


def sweep(store: Store) -> None:
    """Wipes every draft that was not changed for seven days."""
    since = clock.now() - LASTS
    store.desk.change("DELETE FROM drafts WHERE kept_at <= $since", since=since)


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
    sql = "FROM drafts WHERE person = $person AND form = $form AND kept_at > $since"
    found = store.desk.ask(_Row, sql, person=by.id, form=form, since=clock.now() - LASTS)
    return found[0] if found else None


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
        "INSERT INTO drafts VALUES ($person, $form, $fields, $now, $wiped) "
        "ON CONFLICT (person, form) DO UPDATE SET fields = $fields, kept_at = $now, wiped = $wiped",
        person=by.id, form=form, fields=fields, now=clock.now(), wiped=wiped,
    )  # fmt: skip

"""Runs the app as `streamlit run` does, with a side door for tests: calls made inside the process.

    python -m tests.web.served PORT SIDE_DOOR

A record is open in one process only, so a test that wants an account closed asks here for it.
"""

from __future__ import annotations

import secrets
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any, NoReturn

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.web.cli import main

from core import clock, people, presence, sessions, settings
from core.person import Person, Role
from core.reports import downloads
from core.reports.exports import File
from core.web import runtime, school, uploads

APP = Path(__file__).parents[2] / "app.py"


def lead() -> Person:
    everybody = people.teaching(school.store())
    return replace(next(p for p in everybody if p.role is Role.LEAD), code_given=True)


def person(email: str) -> Person:
    found = people.by_email(school.store(), email)
    assert found
    return found


def close_account(email: str) -> None:
    people.close(school.store(), person(email).id, by=lead())


def change_account(email: str, **new: Any) -> None:
    old = person(email)
    kept = {name: getattr(old, name) for name in ("name", "email", "role", "post", "class_name")}
    people.change(school.store(), old.id, people.Details(**{**kept, **new}), by=lead())


def choose(**values: str) -> None:
    settings.choose(school.store(), by=lead(), **values)


def pass_time(minutes: float) -> None:
    """From now on it is so many minutes later."""
    before = clock.now
    clock.now = lambda: before() + timedelta(minutes=minutes)


def grow_old(email: str) -> None:
    """Lets a password's sixty days end at this moment."""
    sql = "UPDATE passwords SET set_at = $then WHERE person = $person"
    then = clock.now() - timedelta(days=60)
    school.store().desk.change(sql, then=then, person=person(email).id)


def post_of(email: str) -> str:
    return person(email).post


def show_media(tab: str, content: bytes) -> str:
    """What Streamlit does when a page shows a picture; its address."""
    manager = Runtime.instance().media_file_mgr
    storage = manager._storage
    assert isinstance(storage, MemoryMediaFileStorage)
    file = storage.load_and_get_id(content, "image/png", MediaFileKind.MEDIA)
    manager._files_by_session_and_coord[tab]["here"] = file
    return storage.get_url(file)


def full_access() -> str:
    """A session of the lead in which the code was given; the token of its cookie."""
    return sessions.begin(school.store(), lead().id, code_given=True)


def make_file(content: bytes, session_id: str) -> str:
    """A report that waits for a session of the lead; its address."""
    file = File("chronology-7.pdf", "application/pdf", content)
    return f"/exports/{downloads.offer(school.store(), file, session_id, by=lead())}"


def lose_sessions() -> None:
    """Sessions go without a word to anybody."""
    presence.of(school.store())._sessions.clear()


def is_kept(tab: str) -> bool:
    """Whether Streamlit has anything of a tab in memory."""
    return Runtime.instance()._session_mgr.get_session_info(tab) is not None


@st.cache_resource
def treasure() -> str:
    """Something in one of Streamlit's caches."""
    return secrets.token_hex()


def fail_with(words: str) -> None:
    """From now on, asking for a person fails, with an error that tells too much."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise ValueError(words)

    people.of = fail


CALLS: dict[str, Callable[..., Any]] = {
    "change_account": change_account,
    "choose": choose,
    "close_account": close_account,
    "fail_with": fail_with,
    "full_access": full_access,
    "grow_old": grow_old,
    "is_kept": is_kept,
    "lose_sessions": lose_sessions,
    "make_file": make_file,
    "pass_time": pass_time,
    "post_of": post_of,
    "release": uploads.release,
    "show_media": show_media,
    "treasure": treasure,
    "uploads": runtime.uploads_of,
}


def answer(connection: Connection) -> None:
    while True:
        name, given, named = connection.recv()
        try:
            connection.send(CALLS[name](*given, **named))
        except Exception as error:  # noqa: BLE001 - it is raised in the test
            connection.send(error)


def listen(side_door: str) -> None:
    with Listener(side_door, "AF_UNIX") as listener, listener.accept() as connection:
        answer(connection)


if __name__ == "__main__":
    port, side_door = sys.argv[1:]
    threading.Thread(target=listen, args=(side_door,), daemon=True).start()
    main(["run", str(APP), "--server.port", port])

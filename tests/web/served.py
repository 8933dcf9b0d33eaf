"""Runs the app as `streamlit run` does, with a side door for tests: calls made inside the process.

    python -m tests.web.served PORT SIDE_DOOR

A record is open in one process only, so a test that wants an account closed asks here for it.
"""

from __future__ import annotations

import pkgutil
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
from starlette.routing import Mount, Route, WebSocketRoute
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.web.cli import main
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from core import clock, mails, people, presence, sessions, settings
from core.person import Person, Role
from core.reports import downloads
from core.reports.exports import File
from core.web import front_door, runtime, school, uploads
from tests.prove import canaries

APP = Path(__file__).parents[2] / "app.py"


def lead() -> Person:
    everybody = people.teaching(school.store())
    return replace(next(p for p in everybody if p.role is Role.LEAD), code_given=True)


def routes() -> list[str]:
    """The paths of everything that answers here, ours and Streamlit's."""
    everything = [*front_door.ROUTES, *create_streamlit_routes(Runtime.instance())]
    single = [each.path for each in everything if isinstance(each, Route | WebSocketRoute)]
    return single + [f"{each.path}/x.js" for each in everything if isinstance(each, Mount)]


def leave_alone(session_id: str) -> None:
    """Lets the time of a session that nobody touches run out at this moment."""
    there = presence.of(school.store())
    long_ago = clock.now() - timedelta(seconds=sessions.idle_seconds() + 1)
    there._sessions[session_id] = replace(there._sessions[session_id], active_at=long_ago)


def owe(email: str, purpose: str) -> None:
    mails.owe(school.store(), person(email).id, purpose)


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


def sign_in(email: str, *, code_given: bool) -> str:
    """A session of somebody; the token of its cookie."""
    return sessions.begin(school.store(), person(email).id, code_given=code_given)


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


_broken: list[tuple[Any, str, Any]] = []
_met: list[str] = []


def break_(where: str, error: str) -> None:
    """From now on, a function or method fails with one of the errors that tell too much."""
    owner, name = pkgutil.resolve_name(where.rpartition(".")[0]), where.rpartition(".")[2]

    def fail(*_: object, **__: object) -> NoReturn:
        _met.append(where)
        raise canaries.ERRORS[error]()

    _broken.append((owner, name, getattr(owner, name)))
    setattr(owner, name, fail)


def met() -> int:
    """How often what is broken was met so far."""
    return len(_met)


def mend() -> int:
    """Puts everything back that was broken; how often it was met."""
    while _broken:
        setattr(*_broken.pop())
    times = len(_met)
    _met.clear()
    return times


CALLS: dict[str, Callable[..., Any]] = {
    "break": break_,
    "change_account": change_account,
    "choose": choose,
    "close_account": close_account,
    "full_access": full_access,
    "grow_old": grow_old,
    "is_kept": is_kept,
    "leave_alone": leave_alone,
    "lose_sessions": lose_sessions,
    "make_file": make_file,
    "mend": mend,
    "met": met,
    "owe": owe,
    "pass_time": pass_time,
    "post_of": post_of,
    "release": uploads.release,
    "routes": routes,
    "show_media": show_media,
    "sign_in": sign_in,
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

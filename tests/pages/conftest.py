"""A made-up school, opened once, and a way to sit down at its pages as anybody."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import sessions
from core.person import Person, Role
from core.store import Store
from core.store import key as keys
from core.web import school
from tests import demonstration

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"

Sit = Callable[[Person], AppTest]


@pytest.fixture(scope="session")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Person]]:
    made = demonstration.of_this_run(tmp_path_factory)
    folder = made.copied_to(tmp_path_factory.mktemp("oakfield"))
    store = Store.open(folder / "data", keys.read(folder / "key"))
    school._opened.append(store)
    yield made.people_in(store)
    school.close()


@pytest.fixture
def sit(staff: list[Person]) -> Sit:
    """Opens the app for a person; leads and the head have given their code."""

    def at(person: Person) -> AppTest:
        full = person.role in (Role.LEAD, Role.HEAD)
        token = sessions.begin(school.store(), person.id, code_given=full)
        session = sessions.of(school.store(), token)
        assert session is not None
        app = AppTest.from_file(FRAME, default_timeout=60)
        app.user = {"session": session.id}
        return app.run()

    return at


def one(staff: list[Person], role: Role) -> Person:
    return next(person for person in staff if person.role is role)


def text(app: AppTest) -> str:
    """All words that the page shows, as people typed them."""
    drawn = (drawn_with(each.proto) for each in app.get("bidi_component"))
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in drawn)


def drawn_with(proto: Any) -> Any:
    """What a part of ours was given to draw; words come spelt already."""
    return json.loads(proto.bytes or proto.json or "null")

"""Starting and ending the server."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core import people, rehearsals, term_dates, terms
from core.people import Details
from core.person import SYSTEM, Role
from core.records import TermDates
from core.store import Store, new_id
from core.store import key as keys
from tests.core.school import how_many
from tests.web.conftest import LEAD, ROOT, TEACHERS, make_school, serving
from tests.web.visits import PATIENCE


def test_what_was_recorded_is_there_after_the_server_has_ended(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        running.inside("change_account", TEACHERS[0], post="Class teacher")
    with serving(tmp_path, school=False) as again:
        assert again.inside("post_of", TEACHERS[0]) == "Class teacher"
        assert "one-time code" not in again.log.read_text()


@pytest.mark.parametrize("fault", ["wrong", "missing"])
def test_a_record_that_does_not_open_is_said_in_one_sentence(tmp_path: Path, fault: str) -> None:
    make_school(tmp_path / "data", tmp_path / "key")
    (tmp_path / "key").unlink()
    if fault == "wrong":
        keys.make(tmp_path / "key")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"]
    settings = {"DATA": str(tmp_path / "data"), "RECORD_KEY_FILE": str(tmp_path / "key")}
    ended = subprocess.run(
        command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=PATIENCE
    )
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    assert "put the right key back" in ended.stderr or "put it back" in ended.stderr
    assert (tmp_path / "key").exists() is (fault == "wrong")


def test_a_record_of_an_earlier_version_has_terms_once_it_was_started(tmp_path: Path) -> None:
    key = keys.make(tmp_path / "key")
    with closing(Store.open(tmp_path / "data", key)) as store:
        rehearsals.begin(store)
        lead = Details(name="Mrs Helen Whitlock", email=LEAD, role=Role.LEAD)
        people.enter(store, new_id(), lead, by=SYSTEM)
    for _ in range(2):
        with serving(tmp_path, school=False):
            pass
        with closing(Store.open(tmp_path / "data", key)) as store:
            assert terms.known(store) == term_dates.starter()
            assert how_many(store, TermDates) == len(term_dates.starter())

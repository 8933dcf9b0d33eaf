"""The head of the ledger leaves the house, so that a cut of both copies is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core import clock, mail_server, mails, people, witness
from core.store import proof
from core.store.faults import Broken
from tests.core.histories import crashed, opened
from tests.core.mail_room import MailRoom, a_mail_room, words
from tests.core.samples import add
from tests.core.school import School

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailRoom]:
    with a_mail_room(tmp_path) as opened_room:
        monkeypatch.setattr(mail_server, "configured", opened_room.server)
        yield opened_room


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + by)


def test_head_and_chair_are_mailed_the_head_and_the_count_once_a_week_and_nothing_else(
    own_school: School, room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = own_school.store
    assert witness.send(store) == 2
    assert witness.send(store) == 0
    assert mails.deliver_due(store) == 2
    assert {letter["To"] for letter in room.letters} == {
        own_school.head.email, own_school.chair.email,
    }  # fmt: skip
    for letter in room.letters:
        told = witness.noted(store, letter["Message-ID"].strip("<>").partition("@")[0])
        said = words(letter)
        assert proof.verify(store, noted=told.head).count > told.count > 0
        assert f"{told.count} records" in said and f"--head {told.head}" in said
        assert not [n for n in people.names(store).values() if n and n in said]
        assert "Amy" not in said and "4 Birch" not in said
    later(monkeypatch, timedelta(days=6, hours=23))
    assert witness.send(store) == 0
    later(monkeypatch, timedelta(hours=2))
    assert witness.send(store) == 2


def test_a_week_is_waited_for_again_after_the_clock_was_set_back(
    new_school: School, room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert witness.send(new_school.store) == 2
    later(monkeypatch, -timedelta(days=30))
    assert witness.send(new_school.store) == 2
    assert witness.send(new_school.store) == 0


def test_without_a_mail_server_nothing_is_owed(
    own_school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_server, "configured", lambda: None)
    assert witness.send(own_school.store) == 0


def test_a_cut_of_both_copies_is_found_by_a_head_that_was_noted(
    folder: Path, tmp_path: Path
) -> None:
    with opened(folder) as store:
        add(store, "one", "two")
    older = crashed(folder, tmp_path / "older")
    with opened(folder) as store:
        add(store, "three")
        assert store.head is not None
        noted = store.head.hash
        add(store, "four")
        assert proof.verify(store, noted=noted).count == 4
    with opened(older) as store:
        add(store, "another three")
        assert proof.verify(store).count == 3
        with pytest.raises(Broken, match="the head that was noted is not among these 3 records"):
            proof.verify(store, noted=noted)

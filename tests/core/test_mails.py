from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core import actions, clock, incidents, machine, mail_server, mails, people
from core.mail_server import Letter, MailServer
from core.mails import Owed
from core.permissions import NotAllowed
from core.records import Delivery, PersonDetails
from core.store import Store, new_id
from tests.core.mail_room import (
    DROP,
    PASSWORD,
    SENDER,
    MailRoom,
    a_mail_room,
    certificates,
    free_port,
    words,
)
from tests.core.school import (
    KEY,
    School,
    a_concern,
    a_school,
    disk_gone,
    how_many,
    linked,
    moment,
    plain,
    recorded,
)
from tests.prove import post

# The mail server of these tests warns of what it is there to try: a login without encryption.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[MailRoom]:
    with a_mail_room(tmp_path) as opened:
        yield opened


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Puts the clock on by this much."""
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + by)


def tell(school: School) -> None:
    """One incident, about which the team and the class teacher are told."""
    recorded(school, a_concern(school.amy), by=school.oak)


def ids(room: MailRoom) -> list[str]:
    return [letter["Message-ID"] for letter in room.letters]


# Delivered.


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_each_is_written_to_once_in_a_letter_of_their_own(
    own_school: School, tmp_path: Path, security: str
) -> None:
    with a_mail_room(tmp_path, secured=security) as room:
        tell(own_school)
        tell(own_school)
        server = room.server(security=security)
        assert mails.deliver_due(own_school.store, server) == 8
        assert mails.deliver_due(own_school.store, server) == 0
    told = (own_school.lead, own_school.deputy, own_school.head, own_school.birch)
    assert sorted(room.recipients) == sorted([person.email] for person in (*told, *told))
    assert len(set(ids(room))) == 8
    assert {letter["To"] for letter in room.letters} == {person.email for person in told}
    assert set(room.passwords) == {PASSWORD.encode()}


def test_a_letter_says_who_and_what_kind_and_where_to_read_it_and_no_more(
    own_school: School, room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADDRESS", "https://record.school.example/")
    form = a_concern(
        own_school.amy, child_words="Uncle Bert", linked=linked(own_school.ben), urgent=True,
        told_in_person="Somebody", original_notes="Cupboard", agencies=("police",),
        categories=("injury", "bullying"),
    )  # fmt: skip
    number = incidents.add(own_school.store, form, by=own_school.oak)
    actions.add(own_school.store, actions.Form(incident=form.id, account="Rang the gran"),
                by=own_school.lead)  # fmt: skip
    mails.deliver_due(own_school.store, room.server())
    assert len(room.letters) == 4 + 4
    for letter in room.letters:
        said = words(letter)
        assert letter["Subject"] == "You have a new alert"
        assert "https://record.school.example/alerts" in said
        assert "Injury" in said
        assert own_school.oak.name in said or own_school.lead.name in said
        for secret in (
            "Amy", "Souza", "Ben", "O'Brien", "A. D.", "B. O.", "table", "home”", "Bert",
            "Somebody", "Cupboard", "olice", "ullying", "Birch", "rgent", "gran", str(number),
            form.id, own_school.amy.id,
        ):  # fmt: skip
            assert secret not in said, secret


def test_a_name_is_only_a_name_in_a_letter(own_school: School, room: MailRoom) -> None:
    person = people.change(
        own_school.store,
        own_school.oak.id,
        people.Details(name="<img src=x> & {address}", email=own_school.oak.email),
        by=own_school.office,
    )
    recorded(own_school, a_concern(own_school.amy), by=person)
    mails.deliver_due(own_school.store, room.server())
    assert room.letters[0].get_content_type() == "text/plain"
    assert "<img src=x> & {address} has alerted you" in words(room.letters[0])


def test_a_text_that_is_the_path_of_a_file_attaches_nothing(room: MailRoom, tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("the text of a file")
    room.server().hand_in(Letter("1", "a@school.example", "Subject", str(file)))
    assert list(room.letters[0].iter_attachments()) == []
    assert "the text of a file" not in words(room.letters[0])


def test_the_message_id_is_that_of_the_letter_at_the_senders_domain(room: MailRoom) -> None:
    room.server().hand_in(Letter("abc", "a@school.example", "Subject", "Text"))
    assert ids(room) == ["<abc@school.example>"]
    assert SENDER in room.letters[0]["From"]


def test_an_account_that_was_closed_is_written_to_no_more(
    own_school: School, room: MailRoom
) -> None:
    tell(own_school)
    people.close(own_school.store, own_school.birch.id, by=own_school.office)
    assert mails.deliver_due(own_school.store, room.server()) == 3
    assert [own_school.birch.email] not in room.recipients
    assert mails.deliver_due(own_school.store, room.server()) == 0


# Not delivered, and not lost.


def test_a_server_that_is_down_is_tried_again_and_the_mails_go_once(
    own_school: School, room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, down = own_school.store, room.server(port=free_port())
    tell(own_school)
    assert mails.deliver_due(store, down) == 0
    tries = how_many(store, Delivery)
    assert mails.deliver_due(store, room.server()) == 0  # it is not yet time again
    assert how_many(store, Delivery) == tries
    later(monkeypatch, timedelta(seconds=61))
    assert mails.deliver_due(store, room.server()) == 4
    assert len(set(ids(room))) == len(room.letters) == 4


@pytest.mark.parametrize("fault", ["451 try again later", "550 not from you", DROP])
def test_a_letter_that_was_not_taken_whole_is_sent_again_under_the_same_id(
    own_school: School, room: MailRoom, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    store = own_school.store
    tell(own_school)
    room.answers = [fault, fault]
    assert mails.deliver_due(store, room.server()) == 2
    later(monkeypatch, timedelta(seconds=61))
    assert mails.deliver_due(store, room.server()) == 2
    assert mails.deliver_due(store, room.server()) == 0
    sent = ids(room)
    assert len(set(sent)) == 4
    assert len(sent) == (6 if fault == DROP else 4)


def test_a_server_that_refuses_the_receiver_has_not_taken_the_letter(
    own_school: School, room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(own_school)
    room.refuses = True
    assert mails.deliver_due(own_school.store, room.server()) == 0
    room.refuses = False
    later(monkeypatch, timedelta(seconds=61))
    assert mails.deliver_due(own_school.store, room.server()) == 4


def test_a_wrong_password_loses_nothing(
    own_school: School, room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(own_school)
    assert mails.deliver_due(own_school.store, room.server(password="wrong")) == 0
    later(monkeypatch, timedelta(seconds=61))
    assert mails.deliver_due(own_school.store, room.server()) == 4


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_stranger_with_another_certificate_gets_neither_password_nor_letter(
    own_school: School, tmp_path: Path, security: str
) -> None:
    tell(own_school)
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    for folder in (theirs, ours):
        folder.mkdir()
    authority, _ = certificates(ours, "localhost")
    with a_mail_room(theirs, secured=security) as room:
        server = room.server(certificate=str(authority), security=security)
        assert mails.deliver_due(own_school.store, server) == 0
        with pytest.raises(OSError, match="certificate"):
            replace(server, certificate="").hand_in(Letter("1", "a@b.example", "x", "x"))
    assert (room.letters, room.passwords) == ([], [])


def test_a_certificate_for_another_machine_is_not_trusted(
    own_school: School, tmp_path: Path
) -> None:
    tell(own_school)
    with a_mail_room(tmp_path, host="mail.stranger.example") as room:
        assert mails.deliver_due(own_school.store, room.server()) == 0
    assert (room.letters, room.passwords) == ([], [])


def test_a_server_without_encryption_gets_neither_password_nor_letter(
    own_school: School, tmp_path: Path
) -> None:
    tell(own_school)
    with a_mail_room(tmp_path, secured="none") as room:
        assert mails.deliver_due(own_school.store, room.server()) == 0
    assert (room.letters, room.passwords) == ([], [])


def test_a_certificate_file_that_is_not_there_loses_nothing(
    own_school: School, room: MailRoom, tmp_path: Path
) -> None:
    tell(own_school)
    missing = room.server(certificate=str(tmp_path / "none.pem"))
    assert mails.deliver_due(own_school.store, missing) == 0
    assert room.passwords == []


def test_a_server_that_never_answers_is_given_up(
    own_school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_server, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = MailServer("127.0.0.1", silent.getsockname()[1], SENDER, PASSWORD)
        with pytest.raises(OSError, match="timed out"):
            server.hand_in(Letter("1", "a@school.example", "x", "x"))


@pytest.mark.parametrize("address", ["anna..nowak@school.example", "łucja@school.example"])
def test_an_address_that_mail_cannot_spell_holds_up_nobody_else(
    own_school: School, room: MailRoom, address: str
) -> None:
    lead = own_school.lead
    own_school.store.append(
        PersonDetails(person=lead.id, name=lead.name, email=address, role=lead.role),
        by=own_school.office,
    )
    tell(own_school)
    assert mails.deliver_due(own_school.store, room.server()) >= 3


def test_a_disk_that_refuses_holds_up_no_mail_and_sends_none_twice(
    new_school: School, room: MailRoom
) -> None:
    tell(new_school)
    with disk_gone(new_school.store):
        for _ in range(3):
            mails.deliver_due(new_school.store, room.server())
    owed = len(room.letters)
    assert owed == len({letter["Message-ID"] for letter in room.letters}) == 4
    mails.deliver_due(new_school.store, room.server())
    assert len(room.letters) == owed
    assert mails._unsent(new_school.store) == ()


def test_mails_are_owed_over_a_restart(
    tmp_path: Path, room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path / "school", KEY)
    tell(a_school(store))
    room.answers = ["250 OK", DROP, "451 later"]
    assert mails.deliver_due(store, room.server()) == 2
    store.close()
    later(monkeypatch, timedelta(seconds=61))
    store = Store.open(tmp_path / "school", KEY)
    assert mails.deliver_due(store, room.server()) == 2
    store.close()
    store = Store.open(tmp_path / "school", KEY)
    assert mails.deliver_due(store, room.server()) == 0
    store.close()
    assert len(set(ids(room))) == 4
    assert len(room.letters) == 5


def test_every_alert_arrives_whatever_the_server_does(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    posted = post.attacked(tmp_path, 4, len(post.WAYS))
    assert posted.is_clean and posted.owed == 16
    assert not [word for word in ("Amy", "Oak", "Injury") if word in caplog.text]


# When it is tried again, and who is told.


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (7, 30), (5000, 30)]
)
def test_the_waits_double_up_to_half_an_hour(tries: int, minutes: int) -> None:
    at = moment("2026-11-23T12:00")
    mail = Owed(new_id(), "p", "alert", "", "", at - timedelta(days=1), tries, at)
    assert mail.due_at == at + timedelta(minutes=minutes)


def test_a_new_mail_is_tried_at_once() -> None:
    at = moment("2026-11-23T12:00")
    assert Owed(new_id(), "p", "alert", "", "", at, 0, None).due_at == at


def test_leads_hear_of_mails_that_have_not_gone_for_an_hour(
    new_school: School, room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, lead = new_school.store, new_school.lead
    tell(new_school)
    assert mails.waiting_long(store, by=lead) == 0
    later(monkeypatch, timedelta(minutes=61))
    assert mails.waiting_long(store, by=lead) == 4
    for by in (plain(lead), new_school.birch, new_school.office, new_school.chair):
        with pytest.raises(NotAllowed):
            mails.waiting_long(store, by=by)
    mails.deliver_due(store, room.server())
    assert mails.waiting_long(store, by=lead) == 0


@pytest.fixture
def nothing_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings of this machine; the path of the file in which some can be written."""
    for name in ("HOST", "PORT", "SENDER", "PASSWORD", "SECURITY", "CERTIFICATE"):
        monkeypatch.delenv(f"MAIL_{name}", raising=False)
    monkeypatch.delenv("ADDRESS", raising=False)
    monkeypatch.setattr(machine, "SECRETS", tmp_path / "secrets.toml")
    return tmp_path / "secrets.toml"


@pytest.mark.usefixtures("nothing_configured")
def test_without_a_mail_server_mails_wait_and_nothing_is_tried(own_school: School) -> None:
    tell(own_school)
    before = how_many(own_school.store, Delivery)
    assert mail_server.configured() is None
    assert mails.deliver_due(own_school.store) == 0
    assert how_many(own_school.store, Delivery) == before


def test_the_mail_server_is_read_from_the_settings_and_the_environment_wins(
    nothing_configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_configured.write_text(
        'address = "https://written.example/"\n'
        '[mail]\nhost = "mail.written.example"\nport = 25\nsender = "a@written.example"\n'
    )
    assert mail_server.configured() == MailServer("mail.written.example", 25, "a@written.example")
    assert mail_server.address() == "https://written.example"
    monkeypatch.setenv("MAIL_HOST", "mail.set.example")
    monkeypatch.setenv("MAIL_PORT", "465")
    monkeypatch.setenv("MAIL_SECURITY", "tls")
    monkeypatch.setenv("ADDRESS", "https://set.example")
    assert mail_server.configured() == MailServer(
        "mail.set.example", 465, "a@written.example", security="tls"
    )
    assert mail_server.address() == "https://set.example"


def test_a_configured_server_is_used(
    own_school: School, room: MailRoom, nothing_configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in vars(room.server()).items():
        monkeypatch.setenv(f"MAIL_{name.upper()}", str(value))
    tell(own_school)
    assert mails.deliver_due(own_school.store) == 4
    assert len(room.letters) == 4


def test_a_mail_that_cannot_be_written_keeps_no_other_from_going(
    own_school: School, room: MailRoom
) -> None:
    mails.owe(own_school.store, own_school.lead.id, "written by a newer version")
    mails.owe(own_school.store, own_school.lead.id, "welcome")
    with pytest.raises(KeyError):
        mails.deliver_due(own_school.store, room.server())
    assert [letter["Subject"] for letter in room.letters] == ["Your account for safeguarding"]

"""Alerts through hours of a mail server that misbehaves in every way, by a clock of their own."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from core import categories, clock, incidents, mail_server, mails
from core.mail_server import MailServer
from core.store import Store
from tests.core.mail_room import DROP, PASSWORD, MailRoom, a_mail_room, free_port
from tests.core.samples import KEY
from tests.core.school import School, a_concern, a_school
from tests.prove import trying

STEP = timedelta(minutes=5)
WAYS = (
    "well", "down", "refuses", "451 later", "550 not from you", "drops before", DROP, "hangs",
    "slow", "stranger", "another machine", "no encryption", "wrong password",
)  # fmt: skip
GIVEN_UP = 0.25  # seconds; ten in life


@dataclass(frozen=True)
class Posted:
    """How many mails were owed and how many arrived; how many were doubled though the server had
    not dropped the line after it took them; how many told more than who and category; and how many
    passwords a server was given that could not show who it is."""

    owed: int
    arrived: int
    doubled: int
    told_more: int
    passwords_given: int
    tries: int

    @property
    def is_clean(self) -> bool:
        """Whether each arrived, and nothing else did."""
        wrong = (self.doubled, self.told_more, self.passwords_given)
        return self.owed == self.arrived > 0 and not any(wrong)


class Hours:
    """The clock on the wall, put on by hand."""

    def __init__(self) -> None:
        self.at = clock.now()

    def now(self) -> datetime:
        """What it shows; each look takes a little."""
        self.at += timedelta(milliseconds=1)
        return self.at


@dataclass(frozen=True)
class Rooms:
    """The school's mail server, and those that others run."""

    ours: MailRoom
    stranger: MailRoom
    elsewhere: MailRoom
    plain: MailRoom

    def behaving(self, way: str) -> MailServer:
        """The settings of the school, while its server is like this."""
        ours = self.ours
        ours.refuses, ours.drops = way == "refuses", way == "drops before"
        ours.slow = {"hangs": 40 * GIVEN_UP, "slow": GIVEN_UP / 8}.get(way, 0)
        ours.answers = [way] * 1_000 if way in (DROP, "451 later", "550 not from you") else []
        others = {"stranger": self.stranger, "another machine": self.elsewhere}
        others["no encryption"] = self.plain
        if way in others:
            return replace(ours.server(), port=others[way].port)
        changed: dict[str, dict[str, Any]] = {
            "down": {"port": free_port()},
            "wrong password": {"password": "wrong"},
        }
        return replace(ours.server(), **changed.get(way, {}))


@contextmanager
def rooms(place: Path) -> Iterator[Rooms]:
    """All of them, each with a certificate of its own."""
    folders = [place / name for name in ("ours", "stranger", "elsewhere", "plain")]
    for folder in folders:
        folder.mkdir()
    ours, stranger, elsewhere, plain = folders
    with (
        a_mail_room(ours) as one,
        a_mail_room(stranger) as two,
        a_mail_room(elsewhere, host="mail.stranger.example") as three,
        a_mail_room(plain, secured="none") as four,
    ):
        yield Rooms(one, two, three, four)


def attacked(place: Path, concerns: int, steps: int, *, seed: int = 1) -> Posted:
    """So many concerns, each told to four people, over so many times five minutes; then the server
    is well again. The program is stopped and started between."""
    chance, hours = random.Random(seed), Hours()  # noqa: S311
    with (
        rooms(place) as servers,
        mock.patch.object(clock, "now", hours.now),
    ):
        store = Store.open(place / "school", KEY)
        school = a_school(store)
        for step in trying.each(range(steps), steps, "five minutes"):
            for _ in range(concerns * (step + 1) // steps - concerns * step // steps):
                _raise(school, chance)
            way = WAYS[step % len(WAYS)] if step < len(WAYS) else chance.choice(WAYS)
            with mock.patch.object(mail_server, "TIMEOUT", GIVEN_UP if way == "hangs" else 30):
                mails.deliver_due(store, servers.behaving(way))
            hours.at += STEP
            if step % 15 == 7:
                store.close()
                store = Store.open(place / "school", KEY)
                school = replace(school, store=store)
        for _ in range(2):
            hours.at += mails.LONGEST_WAIT
            mails.deliver_due(store, servers.behaving("well"))
        posted = _counted(store, servers)
        store.close()
    return posted


def _raise(school: School, chance: random.Random) -> None:
    form = replace(
        a_concern(school.amy), categories=(chance.choice(("injury", "bullying", "behaviour")),)
    )
    incidents.add(school.store, form, by=school.oak)


@dataclass(frozen=True)
class _Owed:
    id: str
    author: str
    category: str
    tries: int


def _counted(store: Store, servers: Rooms) -> Posted:
    sql = """SELECT m.id, p.name AS author, m.category, m.tries
             FROM mails_now m JOIN people p ON p.id = m.author"""
    owed = {each.id: each for each in store.ask(_Owed, sql)}
    arrived = Counter(_id(letter["Message-ID"]) for letter in servers.ours.letters)
    dropped = servers.ours.dropped
    doubled = sum(n > 1 + dropped[f"<{id_}@school.example>"] for id_, n in arrived.items())
    more = sum(
        letter.get_content().replace("\r\n", "\n").strip()
        != _words(owed[_id(letter["Message-ID"])])
        or set(letter.keys()) - HEAD != set()
        for letter in servers.ours.letters
    )
    others = (servers.stranger, servers.elsewhere, servers.plain)
    given = sum(len(room.passwords) + len(room.letters) for room in others)
    return Posted(
        owed=len(owed),
        arrived=len(owed.keys() & arrived.keys()),
        doubled=doubled + len(arrived.keys() - owed.keys()),
        told_more=more,
        passwords_given=given + len(set(servers.ours.passwords) - {PASSWORD.encode(), b"wrong"}),
        tries=sum(each.tries for each in owed.values()),
    )


HEAD = {
    "From", "To", "Subject", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding",
    "MIME-Version", "X-Peer", "X-MailFrom", "X-RcptTo",
}  # fmt: skip


def _words(owed: _Owed) -> str:
    """All that it may say: who, which category, and where to read it."""
    category = categories.names([owed.category])
    return (
        f"{owed.author} has alerted you to a concern.\nCategory: {category}\n\n"
        f"Read it here: {mail_server.address()}/alerts"
    )


def _id(message_id: str) -> str:
    return message_id.strip("<>").partition("@")[0]

"""Mail that is owed: who must be written to, what it says, and trying until it has gone.

A mail says that there is something to read, never what: no pupil, no text, no number.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from core import apart, categories, clock, mail_server, people, witness
from core.mail_server import Letter, MailServer
from core.permissions import Verb, demand
from core.person import SYSTEM, Person
from core.records import Delivery, Mail
from core.store import NotKept, Store

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)
TELL_AFTER = timedelta(hours=1)

WORDS = {
    "alert": (
        "You have a new alert",
        "{author} has alerted you to a concern.\nCategory: {category}\n\n"
        "Read it here: {address}/alerts",
    ),
    "unread": (
        "A concern waits to be read",
        "A concern that {author} raised has not been read in time by a safeguarding lead.\n"
        "Category: {category}\n\nRead it here: {address}/alerts",
    ),
    "overdue": (
        "Something you were asked to do is overdue",
        "{author} asked you to do something about a concern, and the day for it has passed.\n"
        "Category: {category}\n\nSee it here: {address}/alerts",
    ),
    "not_done": (
        "An action is overdue",
        "Something that {author} asked for about a concern has not been done in time.\n"
        "Category: {category}\n\nRead it here: {address}/alerts",
    ),
    "adult": (
        "You have a new alert",
        "{author} has alerted you to a concern.\nCategory: Confidential\n\n"
        "Read it here: {address}/adults",
    ),
    "head": (
        "The record of this week",
        "The safeguarding record of the school holds {count} records. This stands for all of "
        "them:\n\n{head}\n\nKeep this mail. With it anybody can show later that nothing was "
        "taken away or changed since: python -m core verify DATA --head {head}",
    ),
    "missing": (
        "A child is missing",
        "{author} has opened a log because a child is missing.\nCategory: Missing child\n\n"
        "Open it here, now: {address}/missing-child",
    ),
    "account_asked": (
        "Your account of the search is asked",
        "{author} has closed the log of a search in which you took part. Please write what you saw "
        "and did, alone, and before you talk about it.\nCategory: Missing child\n\n"
        "Write it here: {address}/after-search",
    ),
    "missing_paper": (
        "A missing-child log was typed up",
        "{author} is typing up a log that was kept on paper.\nCategory: Missing child\n\n"
        "Read it here: {address}/missing-child",
    ),
    "welcome": (
        "Your account for safeguarding",
        "An account was opened for you, with this address. Choose your password here, by “I have "
        "forgotten my password”:\n\n{address}/forgotten",
    ),
    "many_refusals": (
        "Somebody tried to sign in as you",
        "There were many wrong passwords for your account. If it was not you, tell a safeguarding "
        "lead.\n\n{address}/sign-in",
    ),
    "password_changed": (
        "Your password was changed",
        "If it was not you, tell a safeguarding lead at once.\n\n{address}/sign-in",
    ),
    "authenticator_reset": (
        "An Authenticator was reset",
        "{author} has reset an Authenticator. If you did not expect it, speak to {author} or "
        "another safeguarding lead at once.\n\n{address}/sign-in",
    ),
}


@dataclass(frozen=True)
class Owed:
    """A mail that has not gone yet."""

    id: str
    person: str
    purpose: str
    author: str
    category: str
    recorded_at: datetime
    tries: int
    tried_at: datetime | None

    @property
    def due_at(self) -> datetime:
        """When it is tried next: at once, then after 1, 2, 4 … at most 30 minutes."""
        if self.tried_at is None:
            return self.recorded_at
        doubled: int = 2 ** min(self.tries - 1, 10)
        return self.tried_at + min(FIRST_WAIT * doubled, LONGEST_WAIT)

    def is_due(self, now: datetime) -> bool:
        """Whether it is tried now: also where the clock was put back since, as nobody may wait a
        day for that."""
        return self.due_at <= now or (self.tried_at or self.recorded_at) > now


def owe(store: Store, person: str, purpose: str, *, author: str = "") -> None:
    """Records that a person is to be written to, for one of the purposes in `WORDS`."""
    store.append(Mail(person=person, purpose=purpose, author=author), by=SYSTEM)


def deliver_due(store: Store, server: MailServer | None = None) -> int:
    """Tries every mail that is due, records how it went, and says how many have gone.

    Nothing is tried where no mail server is configured: the mails wait. Where the disk refuses to
    have it written down that one went, the others go all the same, and it does not go again. One
    that cannot be written keeps no other from going; its error is raised in the end.
    """
    server = server or mail_server.configured()
    if server is None:
        return 0
    due = [mail for mail in _unsent(store) if mail.is_due(clock.now())]
    return sum(apart.each(partial(_deliver, store, mail, server) for mail in due))


def waiting_long(store: Store, *, by: Person) -> int:
    """How many mails have not gone an hour after they were owed.

    Without those about adults: whom they are about would be counted them.
    """
    demand(by, Verb.SEE_UNSENT_MAIL)
    unsent = (mail for mail in _unsent(store) if mail.purpose != "adult")
    return sum(_waits_long(mail.recorded_at) for mail in unsent)


def _waits_long(since: datetime) -> bool:
    """Where the clock was put back since, nobody can say how long: then it is told."""
    return clock.is_ahead(since) or clock.now() - since > TELL_AFTER


# By record, the mails that went while the disk refused to have it written down.
_went: WeakKeyDictionary[Store, set[str]] = WeakKeyDictionary()


def _deliver(store: Store, mail: Owed, server: MailServer) -> bool:
    person, went = people.of(store, mail.person), _went.setdefault(store, set())
    if person is None or not person.active:
        _write_down(store, Delivery(mail=mail.id, sent=True, reason="account closed"))
        return False
    reason = "" if mail.id in went else _handed_in(server, _letter(store, mail, person))
    if not reason:
        went.add(mail.id)
    if _write_down(store, Delivery(mail=mail.id, sent=not reason, reason=reason)):
        went.discard(mail.id)
    return not reason


def _handed_in(server: MailServer, letter: Letter) -> str:
    """Why a letter did not go; empty if it did."""
    try:
        server.hand_in(letter)
    except OSError as error:  # smtplib's and ssl's errors are OSErrors
        log.warning("a mail did not go: %s", type(error).__name__)
        return type(error).__name__
    return ""


def _write_down(store: Store, delivery: Delivery) -> bool:
    try:
        store.append(delivery, by=SYSTEM)
    except NotKept:
        log.error("what became of a mail could not be written down")
        return False
    return True


def _letter(store: Store, mail: Owed, to: Person) -> Letter:
    subject, text = WORDS[mail.purpose]
    author = people.of(store, mail.author)
    words = text.format(
        **_noted(store, mail),
        author=author.name[:80] if author else "Bigger Picture",
        category=categories.names([mail.category]),
        address=mail_server.address(),
    )
    return Letter(id=mail.id, to=to.email, subject=subject, text=words)


def _noted(store: Store, mail: Owed) -> dict[str, Any]:
    return vars(witness.noted(store, mail.id)) if mail.purpose == witness.PURPOSE else {}


def _unsent(store: Store) -> tuple[Owed, ...]:
    return store.kept(_asked)


def _asked(store: Store) -> tuple[Owed, ...]:
    return tuple(store.ask(Owed, "FROM mails_now WHERE NOT sent ORDER BY seq"))

"""Letters with a secret in them, such as a link for a new password: sent at once, never stored."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence

from core import mail_server, resets
from core.mail_server import Letter
from core.resets import Asked
from core.store import new_id

WAITS: Sequence[float] = (0, 30, 60, 120, 240)  # seconds before each try; the link lasts longer

LINK = (
    "Somebody, probably you, asked for a new password. This link sets one. It works once, for "
    "30 minutes:\n\n{link}\n\nIf it was not you, do nothing: your password stays as it is."
)

log = logging.getLogger(__name__)


def send_link(asked: Asked) -> None:
    """Mails a link to whoever it is for, if to anybody.

    In a thread of its own, so that the time that the answer takes does not tell which.
    """
    threading.Thread(target=_send, args=(asked,), daemon=True).start()


def _send(asked: Asked) -> None:
    if asked.person is None:
        return
    text = LINK.format(link=resets.link(asked.token))
    letter = Letter(new_id(), asked.person.email, "A new password", text)
    for wait in WAITS:
        time.sleep(wait)
        if _has_gone(letter):
            return


def _has_gone(letter: Letter) -> bool:
    server = mail_server.configured()
    try:
        if server is not None:
            server.hand_in(letter)
    except OSError as error:
        log.warning("a link for a new password did not go: %s", type(error).__name__)
        return False
    return True

"""Under which addresses the app answers, and whether TLS lies in front of it."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from core import machine, mail_server

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@cache
def behind_tls() -> bool:
    """Whether people reach the app by https.

    The school's own address (`ADDRESS`, which mails need anyway) says it. `X-Forwarded-Proto` does
    not: it would be believed from whoever reaches the port, and a proxy that forgets it would
    silently take `Secure` off the cookie.
    """
    return mail_server.address().startswith("https://")


def is_ours(host: str) -> bool:
    """Whether a `Host` header names this app; anything else is a rebound name of a stranger's.

    This machine's names, the school's own address, and `ALLOWED_HOSTS` (with commas between).
    """
    return _name(host) in _allowed()


def is_from_here(origin: str, host: str) -> bool:
    """Whether an `Origin` header is exactly the app's own; a missing one ("") is not.

    `host` must be ours. A proxy may replace it by its own name for this machine, so the school's
    own address counts whatever it is. One on this machine says nothing: another port of it is
    another app.
    """
    scheme = "https" if behind_tls() and _name(host) not in THIS_MACHINE else "http"
    own = mail_server.address()
    is_the_schools = urlsplit(own).hostname not in THIS_MACHINE
    return origin == f"{scheme}://{host}" or (is_the_schools and origin == own)


@cache
def _allowed() -> frozenset[str]:
    more = machine.value("ALLOWED_HOSTS").split(",")
    chosen = {_name(each.strip()) for each in more}
    return (THIS_MACHINE | chosen | {urlsplit(mail_server.address()).hostname or ""}) - {""}


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""

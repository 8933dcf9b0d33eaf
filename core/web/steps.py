"""What somebody who has signed in still has to do before the app opens."""

from __future__ import annotations

from core import passwords, settings
from core.sessions import Session
from core.store import Store


def due(store: Store, session: Session) -> str:
    """The address of the page for the next step, "" if there is none."""
    if is_password_due(store, session):
        return "/change-password"
    if settings.school(store).code_for_all == "yes" and not session.code_given:
        return "/code"
    return ""


def is_password_due(store: Store, session: Session) -> bool:
    """Whether the password was too old when the session began.

    One that runs out during a session is changed at the beginning of the next, so that nobody has
    to leave a half-written incident.
    """
    return passwords.is_expired(store, session.person, at=session.began_at)

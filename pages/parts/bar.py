"""The bar at the top of every page: where to go, who is here, and the way to cover the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pages.parts import components

ALERTS = "alerts"
MISSING_CHILD = "missing-child"


@dataclass(frozen=True)
class Offer:
    """A page that this person may open. One that is not primary is listed under "More"."""

    path: str
    label: str
    primary: bool = True


def draw(
    *,
    offered: Sequence[Offer],
    current: str,
    person_name: str,
    standing: str,
    unread: int,
    alarms: int = 0,
) -> str | None:
    """Draw the bar and say which of the offered pages was asked for in it, if one was.

    The page with the path `ALERTS` carries the number of unread alerts; the one with the path
    `MISSING_CHILD` is a button beside "Blank screen", which says how many children are missing
    now, and absent where it is not offered.
    """
    asked = components.draw(
        "bar",
        key="bar",
        data={
            "offered": [asdict(offer) for offer in offered],
            "current": current,
            "person": person_name,
            "standing": standing,
            "unread": unread,
            "alarms": alarms,
            "alerts": ALERTS,
            "missing": MISSING_CHILD,
        },
        on_go_change=_nothing,
    ).go
    # The browser says what was asked for, so it may say anything.
    return next((offer.path for offer in offered if offer.path == asked), None)


def _nothing() -> None:
    """Streamlit hands on only those events for which there is a callback."""

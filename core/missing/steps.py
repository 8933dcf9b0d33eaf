"""The checklist of the policy, the places to search, and what means 999 at once.

Each press stamps its own time. Nothing has to be filled in before it: what was said on the
telephone, and why it was late, is written down afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from core import clock
from core.errors import Refused
from core.missing import logs
from core.missing.logs import Log
from core.permissions import NotThere
from core.person import Person
from core.records import SearchCall, SearchPress
from core.store import Store

PARENTS, POLICE = "parents", "police"
CALLS = (PARENTS, POLICE)  # by the limit

STEPS: Mapping[str, str] = {
    "others": "The other children are counted and supervised",
    PARENTS: "Parent asked whether the child has gone home",
    POLICE: "Police called",
    "movements": "Last movements traced",
    "waits": "Someone waits for the police and follows their instructions",
    "area": "Search of the area goes on, by mobile phone",
}

# What was given to the police.
GIVEN: Mapping[str, str] = {
    "description": "Description",
    "clothing": "Clothing",
    "photograph": "Photograph",
    "devices": "Devices",
}

# What means 999 now, whatever the clock says.
DANGERS: Mapping[str, str] = {
    "adult": "Seen leaving with an unknown adult",
    "gate": "A gate found open, and a child seen outside",
    "water": "Road, water or railway next to the site",
    "young": "Under five, or without speech",
    "order": "A court order, or a risk of abduction",
    "medical": "A medical need",
    "harm": "Talk of self-harm",
}

# What of these says more of a child than somebody who searches needs to know.
PRIVATE = {"order", "medical", "harm"}

LATE = timedelta(minutes=5)  # after which an entry says that it was written down later

DID = {
    "step": {"done", "undone"},
    "zone": {"started", "cleared", "again"},
    "danger": {"holds", "not"},
}


def press(
    store: Store, log: str, kind: str, key: str, did: str, at: datetime | None = None, *, by: Person
) -> None:
    """Records a press: of a step, a place or a danger, now or, from paper, at a moment that has
    been. Twice is two entries and one state. Raises `NotThere`, `Incomplete`, `Refused`."""
    found = logs.demand_open(store, log, by=by)
    if key not in keys(found, kind) or did not in DID[kind]:
        raise NotThere("step")
    logs.check_past(at or clock.now())
    store.append(
        SearchPress(log=log, kind=kind, key=key, did=did, occurred_at=at or clock.now()), by=by
    )


def say(store: Store, log: str, call: SearchCall, *, by: Person) -> None:
    """Writes down what is known of a step beyond that it was done; also in a log that is closed.
    Raises `NotThere`, `Refused`."""
    logs.of(store, log, by=by)
    if call.log != log or call.step not in STEPS or set(call.given) - GIVEN.keys():
        raise NotThere("step")
    said = (call.account, call.late_because, call.reference, call.officer, *call.given)
    if not any(each.strip() for each in said):
        raise Refused("There is nothing to write down yet: fill in what you know.")
    store.append(call, by=by)


def keys(log: Log, kind: str) -> frozenset[str]:
    """What can be pressed in a log, of a kind."""
    zones = (*log.inside, *log.outside)
    return frozenset({"step": STEPS, "zone": zones, "danger": DANGERS}.get(kind, ()))

"""Who read what, and when: written down before anything is shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from core import clock
from core.person import Person
from core.records import Opening
from core.store import Store

# A page draws itself anew at every click; that is still one reading.
ONE_READING = timedelta(minutes=10)

# By the store itself: an id of an object is given again once the object is gone.
_noted: WeakKeyDictionary[Store, dict[tuple[str, str, str], datetime]] = WeakKeyDictionary()


def note(store: Store, what: str, subject: str, *, by: Person) -> None:
    """Records that `by` opened an incident, a file or a chronology.

    Again within ten minutes it counts as the same reading. Whatever is raised here must keep the
    caller from showing anything: recorded, or not shown. On a full disk alone it is shown all the
    same, and recorded as soon as there is room: on the worst day somebody has to read what is known
    of a child, and a disk is made full more easily than a record is opened. What waits is in memory
    until then, and the log says how much.
    """
    noted, reading = _noted.setdefault(store, {}), (by.id, what, subject)
    before, now = noted.get(reading), clock.now()
    if before is None or not timedelta() <= now - before <= ONE_READING:
        store.append_in_time(Opening(what=what, subject=subject), by=by)
        noted[reading] = now

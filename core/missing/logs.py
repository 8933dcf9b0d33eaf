"""The logs themselves: opening one, and who may see which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock, moments, people, settings
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import NotThere, Verb, demand, searches
from core.person import Person
from core.records import (
    Mail,
    MissingLog,
    SearchPress,
)
from core.store import Record, Store


@dataclass(frozen=True)
class Log:
    """A log, with the limit and the places to search as the school had set them when it began."""

    id: str
    off_site: bool
    on_paper: bool
    began_at: datetime
    recorded_at: datetime
    recorded_by: str
    limit_minutes: int
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    told: tuple[str, ...]
    closed_at: datetime | None
    outcome: str
    closed_because: str
    closed_by: str
    is_found: bool

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.closed_at is None

    @property
    def is_alarm(self) -> bool:
        """Whether a child is missing now: not in a log that is typed up from paper, nor in one
        whose children are found and that is only not closed yet."""
        return self.is_open and not self.on_paper and not self.is_found


def begin(store: Store, *, off_site: bool, beside: Collection[str] = (), by: Person) -> str:
    """Opens a log at once, tells the leads and the head, and returns its id.

    Two people who press at the same moment mean one child: where there is another open log that is
    not among those whom `by` saw (`beside`), they join it. Raises `NotAllowed`.
    """
    demand(by, Verb.KEEP_SEARCH)
    with store.alone():
        others = [log for log in alarms(store, by=by)
                  if log.id not in beside and log.off_site == off_site]  # fmt: skip
        if others:
            store.append(SearchPress(log=others[0].id, kind="joined", key="", did="opened",
                                     occurred_at=clock.now()), by=by)  # fmt: skip
            return others[0].id
        return _begin(store, clock.now(), off_site=off_site, on_paper=False, by=by)


def from_paper(store: Store, began_at: datetime | None, *, off_site: bool, by: Person) -> str:
    """Opens a log to type up one that was kept on paper, and returns its id. Raises `NotAllowed`,
    `Incomplete`."""
    demand(by, Verb.KEEP_SEARCH)
    if began_at is None:
        raise Incomplete({"began_at": "Please say when the log on paper was begun."})
    check_past(began_at)
    return _begin(store, began_at, off_site=off_site, on_paper=True, by=by)


def alarms(store: Store, *, by: Person) -> list[Log]:
    """The logs of children who are missing now, the newest first. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_SEARCH)
    return [log for log in store.kept(_every, searches(by), by.id) if log.is_alarm]


def waiting(store: Store, *, by: Person) -> list[Log]:
    """The logs that `by` was told of and has not opened yet. Raises `NotAllowed`."""
    told = [log for log in alarms(store, by=by) if by.id in log.told]
    sql = "SELECT DISTINCT subject FROM openings WHERE what = 'missing' AND recorded_by = $me"
    opened = {each.subject for each in store.ask(_Opened, sql, me=by.id)} if told else set()
    return [log for log in told if log.id not in opened]


def every(store: Store, *, by: Person) -> list[Log]:
    """Every log that `by` may see, also closed ones, the newest first. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_SEARCH)
    return list(store.kept(_every, searches(by), by.id))


def of(store: Store, log: str, *, by: Person) -> Log:
    """The log of this id. Raises `NotThere`."""
    found = next((each for each in store.kept(_every, searches(by), by.id) if each.id == log), None)
    if found is None:
        raise NotThere("log")
    return found


def demand_open(store: Store, log: str, *, by: Person) -> Log:
    """The log of this id, to add to the search. Raises `NotThere`, `Refused` once it is closed."""
    found = of(store, log, by=by)
    if not found.is_open:
        raise Refused("This log is closed: write what is missing as a note.")
    return found


def check_past(at: datetime, field: str = "at") -> None:
    """Raises `Incomplete` for what is still to come."""
    if moments.is_ahead(at):
        raise Incomplete({field: "This is in the future: please check the time."})


def _begin(store: Store, began_at: datetime, *, off_site: bool, on_paper: bool, by: Person) -> str:
    school = settings.school(store)
    told = [p.id for p in people.teaching(store)
            if p.role in people.FULL_ACCESS and p.id != by.id]  # fmt: skip
    inside, outside = school.zones(off_site=off_site)
    limit = school.missing_minutes_outing if off_site else school.missing_minutes
    log = MissingLog(off_site=off_site, on_paper=on_paper, began_at=began_at, told=tuple(told),
                     limit_minutes=int(limit), inside=inside, outside=outside)  # fmt: skip
    purpose = "missing_paper" if on_paper else "missing"
    mails: list[Record] = [Mail(person=p, purpose=purpose, author=by.id) for p in told]
    store.append(log, *mails, by=by)
    return log.id


def _every(store: Store, seen: str, me: str) -> tuple[Log, ...]:
    sql = f"SELECT m.* FROM missing_logs_now m WHERE {seen} ORDER BY m.seq DESC"
    return tuple(store.ask(Log, sql, me=me))


@dataclass(frozen=True)
class _Opened:
    subject: str


def limit(log: Log, since: datetime) -> datetime:
    """By when the parents and the police must have been called."""
    return since + timedelta(minutes=log.limit_minutes)

"""The logs themselves: opening one, who is missing, when they were last seen, what they wear."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock, people, pupils, settings
from core.errors import Refused
from core.forms import SLACK, Incomplete
from core.permissions import NotThere, Verb, demand, searches
from core.person import Person
from core.records import (
    LastSeen,
    Mail,
    MissingChild,
    MissingFact,
    MissingLog,
    SearchNote,
    SearchPress,
)
from core.store import Record, Store

# What is written down about a child so that they are known when they are seen.
FACTS = {
    "looks": "What the child looks like",
    "clothing": "What the child wears",
    "devices": "Phone or other devices",
    "mood": "How the child was, and what happened before",
}

# What is written down once the child is found.
AFTERWARDS = {
    "condition": "In what condition",
    "told": "Who was told that the child is found",
    "child_words": "The child’s own account, in the exact words",
    "reunited": "With which adult the child was reunited",
}


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

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.closed_at is None

    @property
    def is_alarm(self) -> bool:
        """Whether a child is missing now: one that is typed up from paper is no alarm."""
        return self.is_open and not self.on_paper


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
    return [log for log in store.kept(_every, by) if log.is_alarm]


def waiting(store: Store, *, by: Person) -> list[Log]:
    """The logs that `by` was told of and has not opened yet. Raises `NotAllowed`."""
    told = [log for log in alarms(store, by=by) if by.id in log.told]
    sql = "SELECT DISTINCT subject FROM openings WHERE what = 'missing' AND recorded_by = $me"
    opened = {each.subject for each in store.ask(_Opened, sql, me=by.id)} if told else set()
    return [log for log in told if log.id not in opened]


def every(store: Store, *, by: Person) -> list[Log]:
    """Every log that `by` may see, also closed ones, the newest first. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_SEARCH)
    return list(store.kept(_every, by))


def of(store: Store, log: str, *, by: Person) -> Log:
    """The log of this id. Raises `NotThere`."""
    found = next((each for each in store.kept(_every, by) if each.id == log), None)
    if found is None:
        raise NotThere("log")
    return found


def demand_open(store: Store, log: str, *, by: Person) -> Log:
    """The log of this id, to add to the search. Raises `NotThere`, `Refused` once it is closed."""
    found = of(store, log, by=by)
    if not found.is_open:
        raise Refused("This log is closed: write what is missing as a note.")
    return found


def name(store: Store, log: str, pupil: str, *, ended: bool = False, by: Person) -> None:
    """Says which child is missing, or takes off one who was named by mistake. Raises `NotThere`."""
    demand_open(store, log, by=by)
    pupils.of(store, pupil, by=by)
    store.append(MissingChild(log=log, pupil=pupil, ended=ended), by=by)


def saw(
    store: Store, log: str, seen_at: datetime | None, place: str, seen_by: str, *, by: Person
) -> None:
    """Says when and where the child was last seen. Raises `NotThere`, `Incomplete`."""
    demand_open(store, log, by=by)
    if seen_at is None:
        raise Incomplete({"seen_at": "Please say when the child was last seen, even if roughly."})
    check_past(seen_at, "seen_at")
    store.append(LastSeen(log=log, seen_at=seen_at, place=place.strip(), seen_by=seen_by.strip()),
                 by=by)  # fmt: skip


def tell(store: Store, log: str, *, by: Person, **facts: str) -> None:
    """Writes down what is known of the child, by the names of `FACTS` and `AFTERWARDS`; what is
    empty says nothing. Raises `NotThere`."""
    of(store, log, by=by)
    if facts.keys() - FACTS.keys() - AFTERWARDS.keys():
        raise NotThere("fact")
    told = [MissingFact(log=log, what=what, account=account)
            for what, account in facts.items() if account.strip()]  # fmt: skip
    if told:
        store.append(*told, by=by)


def note(store: Store, log: str, account: str, at: datetime | None = None, *, by: Person) -> None:
    """Writes a note, about what happened at a moment or now; also into a log that is closed.
    Raises `NotThere`, `Incomplete`."""
    of(store, log, by=by)
    if not account.strip():
        raise Incomplete({"account": "Please write what happened."})
    check_past(at or clock.now())
    store.append(SearchNote(log=log, occurred_at=at or clock.now(), account=account), by=by)


def check_past(at: datetime, field: str = "at") -> None:
    """Raises `Incomplete` for what is still to come."""
    if at > clock.now() + SLACK:
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


def _every(store: Store, by: Person) -> tuple[Log, ...]:
    sql = f"SELECT m.* FROM missing_logs_now m WHERE {searches(by)} ORDER BY m.seq DESC"
    return tuple(store.ask(Log, sql, me=by.id))


@dataclass(frozen=True)
class _Opened:
    subject: str


def limit(log: Log, since: datetime) -> datetime:
    """By when the parents and the police must have been called."""
    return since + timedelta(minutes=log.limit_minutes)

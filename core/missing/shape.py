"""What a log amounts to: its parts, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock
from core.missing import logs, steps
from core.missing.logs import Log
from core.missing.steps import CALLS, POLICE
from core.pupils import Pupil


@dataclass(frozen=True)
class Stamp:
    """Something that was pressed: when it happened, who pressed it, and how often it was."""

    key: str
    at: datetime
    who: str
    times: int
    person: str


@dataclass(frozen=True)
class Zone:
    """A place to search."""

    name: str
    started: Stamp | None
    cleared: Stamp | None
    again: Stamp | None


@dataclass(frozen=True)
class Holder:
    """Whose a role is, and since when."""

    person: str
    name: str
    since: datetime


@dataclass(frozen=True)
class Sighting:
    """When and where the child was last seen."""

    seen_at: datetime
    place: str
    seen_by: str


@dataclass(frozen=True)
class Call:
    """What is known of a step beyond that it was done."""

    step: str
    account: str
    late_because: str
    reference: str
    officer: str
    given: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """When and where a child was found, and by whom; `pupil` is empty for one nobody has named."""

    pupil: str
    found_at: datetime
    place: str
    found_by: str
    recorded_by: str


@dataclass(frozen=True)
class State:
    """A log as it stands. `relatives` are those of a child who is or was named in it, by id;
    `seen_by_told` is when each who was told had it open for the first time, by id."""

    log: Log
    children: Sequence[Pupil]
    seen: Sighting | None
    facts: Mapping[str, str]
    roles: Mapping[str, Holder]
    steps: Mapping[str, Stamp]
    zones: Sequence[Zone]
    dangers: Mapping[str, Stamp]
    calls: Mapping[str, Call]
    found: Sequence[Found]
    relatives: frozenset[str]
    seen_by_told: Mapping[str, datetime | None]

    @property
    def since(self) -> datetime:
        """Since when the child is missing: last seen, or else since the log began."""
        return self.seen.seen_at if self.seen else self.log.began_at

    @property
    def limit(self) -> datetime:
        """By when the parents and the police must have been called."""
        return logs.limit(self.log, self.since)

    @property
    def all_found(self) -> bool:
        """Whether every child who is missing has been found."""
        return self.log.is_found

    @property
    def found_at(self) -> datetime | None:
        """When the last of them was found; None while one is missing."""
        return max(each.found_at for each in self.found) if self.all_found else None

    @property
    def reasons_owed(self) -> tuple[str, ...]:
        """The calls that were made later than the limit, and nobody has said why."""
        return tuple(step for step in CALLS if self._is_late(step) and not self.why_late(step))

    @property
    def open_steps(self) -> tuple[str, ...]:
        """What has not been done, in words: steps, and places that nobody has cleared."""
        undone = [name for key, name in steps.STEPS.items() if key not in self.steps]
        return (*undone, *(f"Search: {zone.name}" for zone in self.zones if not zone.cleared))

    @property
    def is_near_miss(self) -> bool:
        """Found before the police had to be called, and without them."""
        return is_near_miss(self.log, self.since, self.found_at, police=POLICE in self.steps)

    def why_late(self, step: str) -> str:
        """Why a call was late, as far as anybody has said."""
        return self.calls[step].late_because if step in self.calls else ""

    def overdue(self, step: str) -> timedelta | None:
        """How long ago a call should have been made that nobody has made yet; None if there is
        time, or it was made, or the child is found."""
        late = clock.now() - self.limit
        waits = step in CALLS and step not in self.steps and not self.all_found
        return late if waits and late > timedelta() else None

    def _is_late(self, step: str) -> bool:
        done = self.steps.get(step)
        return done is not None and done.at > self.limit


def is_near_miss(log: Log, since: datetime, found_at: datetime | None, *, police: bool) -> bool:
    """Whether a child was found before the police had to be called, and without them."""
    return found_at is not None and found_at <= logs.limit(log, since) and not police

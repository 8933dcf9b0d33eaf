"""Which moments in the record were written down by a clock that was wrong.

Nothing of this is stored, so it is known of old records, too: the ledger has the order in which
lines were written, and in that order a clock that is right only goes forward. Where it went back,
one side of the jump is wrong:

- what stands before it and is ahead of it: the clock was ahead, and has been put right;
- what stands after it, until the clock was again where it had been: it was behind meanwhile, as on
  a machine that lost its clock's battery and waited for the network.

It was ahead if it had once gone forward by as much as it then went back. If it never had, the fewer
lines are wrong, and while it has not come back, those that are ahead: what is written now counts as
right. A moment that is still to come is wrong in any case.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from core import clock, moments
from core.store import Store

NOTE = "The clock of the machine was wrong then."

WRITTEN = ("recorded_at", "done_at", "answered_at", "read_at")  # as lines call their moments

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SLACK = clock.SLACK // timedelta(microseconds=1)


def among(store: Store, written: Iterable[datetime]) -> frozenset[datetime]:
    """Those of the moments at which something was written down by a clock that was wrong."""
    known = _known(store)
    if not known.wrong and not clock.is_ahead(known.highest):
        return frozenset()
    return frozenset(at for at in written if at in known.wrong or clock.is_ahead(at))


def moments_of(lines: Iterable[object]) -> Iterator[datetime]:
    """When what people read was written down, done, answered and read, as far as each line says."""
    for line in lines:
        found = (getattr(line, name, None) for name in WRITTEN)
        yield from (at for at in found if at is not None)


def said(at: datetime, zone: ZoneInfo, wrong: Container[datetime]) -> str:
    """“Mon 23 Nov 2026, 13:30”, and that the clock was wrong if the moment is among those."""
    return f"{moments.full(at, zone)}. {NOTE}" if at in wrong else moments.full(at, zone)


@dataclass(frozen=True)
class _Known:
    """What is known of the ledger as far as it has been read.

    `last` and `highest` are its newest and its latest moment. Once the clock has come to `watched`,
    a jump is to be judged anew.
    """

    upto: int
    last: datetime
    highest: datetime
    wrong: frozenset[datetime]
    watched: datetime | None


_NOTHING = _Known(0, EPOCH, EPOCH, frozenset(), None)
_read: WeakKeyDictionary[Store, _Known] = WeakKeyDictionary()


def _known(store: Store) -> _Known:
    """What is known of the whole ledger. Only new lines are read, unless the clock went back among
    them: a school of twenty years has 300,000."""
    known, head = _read.get(store, _NOTHING), store.head
    has_come = known.watched is not None and clock.now() >= known.watched
    if head is None or (head.seq == known.upto and not has_come):
        return known
    new = store.ask(_New, NEW, upto=known.upto)[0]
    has_come = has_come or (known.watched is not None and new.highest >= known.watched)
    if new.went_back or has_come:
        found = _judged(store)
    else:
        highest = max(known.highest, new.highest)  # the latest, not the newest
        found = _Known(new.upto, new.last, highest, known.wrong, known.watched)
    _read[store] = found
    return found


# With the last line that was read, as the first new one may be earlier.
NEW = f"""
    SELECT max(seq) AS upto, arg_max(recorded_at, seq) AS last, max(recorded_at) AS highest,
           coalesce(bool_or(epoch_us(recorded_at) < epoch_us(before) - {SLACK}), FALSE) AS went_back
    FROM (SELECT seq, recorded_at, lag(recorded_at) OVER (ORDER BY seq) AS before
          FROM ledger WHERE seq >= $upto)
"""


@dataclass(frozen=True)
class _New:
    upto: int
    last: datetime
    highest: datetime
    went_back: bool


@dataclass(frozen=True)
class _Times:
    times: tuple[int, ...]


def _judged(store: Store) -> _Known:
    """The whole ledger, read anew: a third of a second for 300,000 lines, once after a jump."""
    sql = "SELECT list(epoch_us(recorded_at) ORDER BY seq) AS times FROM ledger"
    times = store.ask(_Times, sql)[0].times
    course = _Course(times, _since_epoch(clock.now()))
    wrong = frozenset(_moment(times[place]) for place in course.wrong())
    watched = _moment(course.watched) if course.watched else None
    return _Known(len(times), _moment(times[-1]), _moment(max(times)), wrong, watched)


class _Course:
    """How the clock went, in microseconds, line by line in the order of writing."""

    def __init__(self, times: Sequence[int], now: int) -> None:
        self._times, self._now = times, now
        self._right: list[int] = []  # the moments of the lines that are right, which only grow
        self._places: list[int] = []
        self._widest: list[int] = []  # up to each of them, the widest step forward
        self.watched: int | None = None

    def wrong(self) -> Iterator[int]:
        """The places of the lines that were written by a clock that was wrong."""
        place = 0
        while place < len(self._times):
            went_back = self._right and self._times[place] < self._right[-1] - SLACK
            after = self._after(place) if went_back else place
            yield from range(place, after) if after > place else self._ahead(place)
            place = after
            if place < len(self._times):
                self._keep(place)
            place += 1

    def _after(self, place: int) -> int:
        """Behind the lines from `place` on that are wrong; `place` itself if none of them is."""
        back_to, at = self._right[-1], self._times[place]
        if self._widest[-1] >= back_to - at:
            return place
        later = range(place, len(self._times))
        after = next((each for each in later if self._times[each] >= back_to), None)
        if after is None and self._now < back_to:
            self.watched = min(back_to, self.watched or back_to)
            return place
        after = len(self._times) if after is None else after
        ahead = len(self._right) - bisect_right(self._right, at + SLACK)
        return after if after - place < ahead else place

    def _ahead(self, place: int) -> Iterator[int]:
        """Takes back what was ahead of the line at `place`."""
        while self._right and self._right[-1] > self._times[place] + SLACK:
            self._right.pop()
            self._widest.pop()
            yield self._places.pop()

    def _keep(self, place: int) -> None:
        at = max(self._times[place], self._right[-1] if self._right else 0)
        step = at - self._right[-1] if self._right else 0
        self._widest.append(max(step, self._widest[-1] if self._widest else 0))
        self._right.append(at)
        self._places.append(place)


def _since_epoch(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def _moment(since_epoch: int) -> datetime:
    return EPOCH + timedelta(microseconds=since_epoch)

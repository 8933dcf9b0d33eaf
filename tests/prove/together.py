"""Promise 10: several people at once. What each of them did and saw has to fit into one order.

Every change has its place in that order, the ledger's; every look saw the changes up to a place.
The history is linearisable if what ended before something else began never has a later place.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from core import actions, incidents, statuses
from core.errors import Refused
from core.person import Person, Role
from core.store import Store, new_id, proof
from tests.core.samples import KEY
from tests.core.school import a_concern, a_person, a_school
from tests.prove.promise import Promise

INCIDENTS = 4
STATUSES = ("looked_at", "acted_on", "monitored")


@dataclass(frozen=True)
class Done:
    """One thing that somebody did about an incident: from when to when, and the ids of what they
    saw in the end. `wrote` is the id of what they added, and `found` of what it had to follow."""

    incident: str
    what: str
    begun: float
    ended: float
    saw: tuple[str, ...] = ()
    wrote: str = ""
    found: str = ""


@dataclass
class Together:
    """How many things were done, and what did not fit."""

    done: int = 0
    out_of_order: int = 0
    lost: int = 0
    untold: int = 0
    refused: int = 0
    failed: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether all of it fits into one order, and everybody was told."""
        return not (self.out_of_order or self.lost or self.untold or self.failed) and self.done > 0


def attacked(place: Path, people: int, each: int, *, subjects: int = INCIDENTS) -> Together:
    """So many people, each doing so many things to the same few incidents, all at once."""
    with closing(Store.open(place / "school", KEY)) as store:
        school = a_school(store)
        team = [a_person(store, f"Lead {n}", Role.LEAD) for n in range(people)]
        concerns = [a_concern(school.amy) for _ in range(subjects)]
        for form in concerns:
            incidents.add(store, form, by=school.oak)
        ids = [form.id for form in concerns]
        with ThreadPoolExecutor(people) as threads:
            works = [threads.submit(_work, store, ids, each, by) for by in team]
            done = [one for work in works for one in work.result()]
        result = _compared(store, ids, done)
        result.untold = _untold(store, [*team, school.lead, school.deputy, school.head])
        proof.verify(store)
    return result


def _work(store: Store, ids: Sequence[str], each: int, by: Person) -> list[Done]:
    chance = random.Random(by.id)  # noqa: S311
    ways: list[Callable[[Store, str, Person, random.Random], Done]] = [
        _adds, _looks, _changes, _looks_how_far,
    ]  # fmt: skip
    return [chance.choice(ways)(store, chance.choice(ids), by, chance) for _ in range(each)]


def _adds(store: Store, incident: str, by: Person, chance: random.Random) -> Done:
    form, begun = actions.Form(incident=incident, account="Rang home."), time.monotonic()
    actions.add(store, form, by=by)
    return Done(incident, "actions", begun, time.monotonic(), wrote=form.id)


def _looks(store: Store, incident: str, by: Person, chance: random.Random) -> Done:
    begun = time.monotonic()
    saw = tuple(line.id for line in actions.beneath(store, incident, by=by))
    return Done(incident, "actions", begun, time.monotonic(), saw=saw)


def _changes(store: Store, incident: str, by: Person, chance: random.Random) -> Done:
    seen, begun = statuses.of(store, incident, by=by), time.monotonic()
    status = chance.choice([each for each in STATUSES if each != seen.status])
    form = statuses.Form(id=new_id(), incident=incident, seen=seen.id, status=status)
    try:
        statuses.change(store, form, by=by)
    except Refused:
        return Done(incident, "refused", begun, time.monotonic(), found=seen.id)
    return Done(incident, "status", begun, time.monotonic(), wrote=form.id, found=seen.id)


def _looks_how_far(store: Store, incident: str, by: Person, chance: random.Random) -> Done:
    begun = time.monotonic()
    saw = tuple(change.id for change in statuses.history(store, incident, by=by))
    return Done(incident, "status", begun, time.monotonic(), saw=saw)


@dataclass(frozen=True)
class _Id:
    id: str


def _order(store: Store, table: str, incident: str) -> list[str]:
    sql = f"SELECT id FROM {table} WHERE incident = $incident ORDER BY seq"
    return [found.id for found in store.ask(_Id, sql, incident=incident)]


def _compared(store: Store, ids: Sequence[str], done: Sequence[Done]) -> Together:
    result = Together(done=len(done), refused=sum(one.what == "refused" for one in done))
    for incident in ids:
        for what, table in (("actions", "actions"), ("status", "status_changes")):
            some = [one for one in done if (one.incident, one.what) == (incident, what)]
            _fit(_order(store, table, incident), some, result)
        order = _order(store, "status_changes", incident)
        stale = [one for one in done if (one.incident, one.what) == (incident, "refused")]
        # Whoever was refused had not seen the newest: something was recorded after it.
        result.failed += [one.found for one in stale if order[-1:] == [one.found]]
    return result


def _fit(order: list[str], some: Sequence[Done], result: Together) -> None:
    """Compares what was done to one incident with the order of the ledger."""
    places = {id_: n for n, id_ in enumerate(order, start=1)} | {"": 0}
    written = {one.wrote for one in some if one.wrote}
    result.lost += len(written ^ {*order})
    for one in some:
        if not one.wrote and list(one.saw) != order[: len(one.saw)]:
            result.out_of_order += 1  # it saw what never was
        if one.wrote and one.what == "status" and places[one.found] != places[one.wrote] - 1:
            result.lost += 1  # it was written over what its author had not seen
    placed = [(one, places[one.wrote] if one.wrote else len(one.saw)) for one in some]
    result.out_of_order += _late(placed)


def _late(placed: Sequence[tuple[Done, int]]) -> int:
    """How many began after something had ended that has a later place, or wrote at the same."""
    ends = sorted(placed, key=lambda each: each[0].ended)
    reached: list[tuple[float, int]] = []
    highest = 0
    for one, place in ends:
        highest = max(highest, place)
        reached.append((one.ended, highest))
    late, n, before = 0, 0, 0
    for one, place in sorted(placed, key=lambda each: each[0].begun):
        while n < len(reached) and reached[n][0] < one.begun:
            before, n = reached[n][1], n + 1
        late += place < before or (bool(one.wrote) and place == before)
    return late


def _untold(store: Store, team: Sequence[Person]) -> int:
    """How many of the team were not alerted to an action of somebody else."""
    sql = """SELECT a.id FROM actions a WHERE a.recorded_by <> $me AND NOT EXISTS
             (SELECT 1 FROM alerts l WHERE l.action = a.id AND l.person = $me)"""
    return sum(len(store.ask(_Id, sql, me=person.id)) for person in team)


def proved(*, full: bool) -> Promise:
    """Eight people, 200 things each."""
    with TemporaryDirectory() as place:
        found = attacked(Path(place), 8, 200)
    return Promise(
        number=10,
        words="Two people at once",
        figure=f"8 people did {found.done:,} things to {INCIDENTS} incidents at once: "
        f"{found.out_of_order} out of order, {found.lost} updates lost, {found.untold} not told of "
        f"another's, {len(found.failed)} wrongly refused ({found.refused} rightly)",
        kept=found.is_clean,
    )

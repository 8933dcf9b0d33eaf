"""A child whom a head count lacks is missing: the count says so, and the missing-child log opens
with what the counts know of the child."""

from __future__ import annotations

from dataclasses import dataclass

from core import counting, head_counts
from core.head_counts import Now
from core.missing import facts, logs
from core.permissions import NotThere
from core.person import Person
from core.store import Store

ON_SITE = ("leaving", "back")  # the stages at which the school itself is searched


def open_log(store: Store, outing: str, adult: str, *, by: Person) -> str:
    """Says that the children whom a count of this group lacked are missing, and returns the id of
    their log: the one that names them already, or that somebody has begun and named nobody in.

    Raises `NotThere`, and `Refused` where nobody lacks.
    """
    with store.alone():
        now = head_counts.now(store, outing, by=by)
        found = next((each for each in now.groups if each.group.adult.id == adult), None)
        if found is None:
            raise NotThere("group on this outing")
        children = found.lost | (now.missing & set(found.group.ids))
        counting.is_missing(store, outing, adult, by=by)
        log, named = _log(store, now, children, by)
        for pupil in sorted(children - named):
            facts.name(store, log, pupil, by=by)
        if children - named:
            _last_seen(store, outing, log, children, by)
    return log


def _log(
    store: Store, now: Now, children: frozenset[str], by: Person
) -> tuple[str, frozenset[str]]:
    """The log of these children, and whom it names already."""
    named = {log.id: _named(store, log.id) for log in logs.alarms(store, by=by)}
    theirs = next((log for log, some in named.items() if some & children), "")
    others = [log for log, some in named.items() if some]
    off_site = now.round.stage not in ON_SITE
    log = theirs or logs.begin(store, off_site=off_site, beside=others, by=by)
    return log, named.get(log, frozenset())


def _last_seen(store: Store, outing: str, log: str, children: frozenset[str], by: Person) -> None:
    """The newest count that had one of them says when, where and by whom they were last seen."""
    counts = head_counts.history(store, outing, by=by)
    places = {each.id: each.place for each in head_counts.rounds(store, outing, by=by)}
    seen = next((each for each in counts if children & set(each.here)), None)
    if seen:
        facts.saw(store, log, seen.recorded_at, places[seen.round], seen.author, by=by)


def _named(store: Store, log: str) -> frozenset[str]:
    sql = "SELECT pupil FROM missing_children_now WHERE log = $log"
    return frozenset(each.pupil for each in store.ask(_Named, sql, log=log))


@dataclass(frozen=True)
class _Named:
    pupil: str

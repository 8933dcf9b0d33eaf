"""Everything that was written into a log, line by line, each in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import people, pupils, wrong_clock
from core.missing import facts, finding, logs, steps
from core.missing.roles import ROLES
from core.person import Person
from core.store import Store


@dataclass(frozen=True)
class Entry:
    """One line: when it happened, when it was written, by whom, and what."""

    kind: str
    at: datetime
    recorded_at: datetime
    who: str
    said: str
    account: str = ""
    clock_was_wrong: bool = False

    @property
    def is_late(self) -> bool:
        """Whether it was written down more than five minutes after it happened."""
        return (
            not self.clock_was_wrong
            and self.kind in ("note", "step", "zone", "danger")
            and (self.recorded_at - self.at > steps.LATE)
        )


DID = {
    "done": "done", "undone": "not done after all", "started": "search begun",
    "cleared": "cleared", "again": "searched again",
}  # fmt: skip


PLAIN = {
    "opened": "Log opened",
    "joined": "Also pressed “A child is missing”",
    "note": "Note",
    "page": "Page for the police made",
}


def of(store: Store, log: str, *, by: Person) -> list[Entry]:
    """Every entry of a log, the newest first. Raises `NotThere`."""
    logs.of(store, log, by=by)
    names, lines = people.names(store), store.kept(_written, log)
    wrong = wrong_clock.among(store, (line.recorded_at for line in lines))
    return [
        Entry(
            kind=line.kind,
            at=line.occurred_at,
            recorded_at=line.recorded_at,
            who=names.get(line.recorded_by, ""),
            said=_Told(line, names, store, by).said,
            account=line.account,
            clock_was_wrong=line.recorded_at in wrong,
        )
        for line in lines
    ]


@dataclass(frozen=True)
class _Line:
    kind: str
    key: str
    did: str
    account: str
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class _Told:
    """A line, in words."""

    line: _Line
    names: dict[str, str]
    store: Store
    by: Person

    @property
    def said(self) -> str:
        """What it says, beside its own words."""
        key, did, kind = self.line.key, self.line.did, self.line.kind
        if kind in PLAIN:
            return PLAIN[kind]
        sentences = {
            "child": f"{'Not missing' if did else 'Missing'}: {self._pupil}",
            "seen": f"Last seen{f' by {key}' if key else ''}",
            "fact": {**facts.FACTS, **facts.AFTERWARDS}.get(key, ""),
            "role": f"{ROLES.get(key, '')}: {self.names.get(did, '')}",
            "step": f"{steps.STEPS.get(key, '')}: {DID.get(did, '')}",
            "zone": f"{key}: {DID.get(did, '')}",
            "danger": self._danger,
            "call": steps.STEPS.get(key, ""),
            "found": f"{'Not found after all' if did else 'Found'}{self._whom}",
            "closed": f"Log closed: {finding.OUTCOMES.get(key, '')}",
        }
        return sentences[kind]

    @property
    def _pupil(self) -> str:
        named = self.line.kind in ("child", "found") and self.line.key
        return pupils.of(self.store, self.line.key, by=self.by).name if named else ""

    @property
    def _whom(self) -> str:
        return f": {self._pupil}" if self._pupil else ""

    @property
    def _danger(self) -> str:
        name = steps.DANGERS.get(self.line.key, "")
        if self.line.key in steps.PRIVATE and self.line.recorded_by != self.by.id:
            name = "A reason to ring 999 now"  # which one, the incident’s lead is told
        return name if self.line.did == "holds" else f"Not so: {name}"


def _written(store: Store, log: str) -> tuple[_Line, ...]:
    sql = "FROM search_entries WHERE log = $log ORDER BY occurred_at DESC, seq DESC"
    return tuple(store.ask(_Line, sql, log=log))

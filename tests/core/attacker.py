"""Somebody who has every release, knows every rule, and wants to know what was withheld.

Written apart from the audit: it reads the published JSON. Every number that there is to know of is
an unknown to it, published or not: the pupils of each stretch of days, of each category and group
of them, of each phase. It knows how these bear on each other, solves for the least and the greatest
of each withheld number, and may be a parent who knows what their own children are counted in. Where
the phases are not shown it works out which of them could have been the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

from tests.core.sums import Found, Limits, Sums, beside

Plain = dict[str, Any]  # a release as it is published
Name = tuple[str, str, tuple[str, ...], tuple[str, ...]]  # from, to, categories, phases
Unknown = tuple[int, int, tuple[str, ...], str]  # from, until, categories, phase
PHASES = ("early_years", "key_stage_1", "key_stage_2")
ANY = "any phase"


@dataclass(frozen=True)
class Child:
    """What a parent knows of a child of theirs: on which days it was written about, and why."""

    phase: str
    written: tuple[tuple[str, tuple[str, ...]], ...]

    def is_in(self, name: Name) -> bool:
        begins, ends, categories, phases = name
        return (not phases or self.phase in phases) and any(
            begins <= day <= ends and (not categories or bool({*categories} & {*why}))
            for day, why in self.written
        )


def narrowed(
    releases: Sequence[Plain],
    own: Sequence[Child] = (),
    *,
    totals_are_exact: bool = False,
    zeros_are_shown: bool = False,
) -> list[Found]:
    """The withheld numbers of which something can be worked out, each with its bounds; for a
    parent, those in which other children are for certain."""
    mind = Mind(releases, own, totals_are_exact, zeros_are_shown)
    return list(mind.narrowed())


def crowded(releases: Sequence[Plain]) -> list[Found]:
    """What nearly all of a roll are in, for certain: shown, or a phase of what is shown."""
    return list(Mind(releases).crowded())


def narrowed_live(pages: Sequence[Plain]) -> list[Found]:
    """The same from a page that follows the record, looked at after every new incident."""
    found: list[Found] = []
    for earlier, later in pairwise(Mind([page]) for page in pages):
        hidden = {("was", name): top for name, top in earlier.hidden.items()}
        hidden |= {("is", name): top for name, top in later.hidden.items()}
        found += beside(earlier.sums, later.sums).narrowed(hidden)
    return found


@dataclass
class Mind:
    """What the attacker knows."""

    releases: Sequence[Plain]
    own: Sequence[Child] = ()
    totals_are_exact: bool = False
    zeros_are_shown: bool = False
    rows: list[tuple[dict[int, int], int]] = field(default_factory=list)
    extra: int = 0  # unknowns beyond the numbers: which phase is the small one

    def __post_init__(self) -> None:
        self.numbers: dict[Name, Plain] = {
            name_of(n): n for r in self.releases for table in r["tables"].values() for n in table
        }
        spans = {name[:2] for name in self.numbers}
        self.days = sorted({b for b, _ in spans} | {after(e) for _, e in spans})
        self.stretches = list(combinations(range(len(self.days)), 2))
        told = any(name[3] for name in self.numbers) or any(map(self._hidden_phases, self.releases))
        self.phases = PHASES if told else (ANY,)
        groups = {tuple(sorted(g)) for r in self.releases for g in r["groups"]}
        self.singles = sorted({key for group in groups for key in group})
        self.keys = sorted({(), *groups, *((key,) for key in self.singles)})
        self.at = {unknown: nth for nth, unknown in enumerate(
            (*stretch, key, phase) for key in self.keys for phase in self.phases
            for stretch in self.stretches)}  # fmt: skip
        self._relate_time()
        self._relate_categories()
        for release in self.releases:
            self._suppose(release)

    @property
    def hidden(self) -> dict[Name, int]:
        """What was withheld, and how many it may be."""
        return {name: self._bounds(name)[1] for name, n in self.numbers.items()
                if n["about"] in (None, 0)}  # fmt: skip

    @property
    def sums(self) -> Sums:
        limits: Limits = {name: (self._sum(name), *self._bounds(name)) for name in self.numbers}
        tops = [self._most(unknown) for unknown in self.at] + [1] * self.extra
        return Sums(tops, self.rows, limits)

    def narrowed(self) -> Iterator[Found]:
        yield from self.sums.narrowed(self.hidden, lows_alone=bool(self.own))

    def crowded(self) -> Iterator[Found]:
        rolls = {tuple(r["span"][:2]): r["roll"] for r in self.releases}
        asked = {name: sum(rolls[name[:2]][p] for p in name[3] or PHASES)
                 for name in self.numbers if name[:2] in rolls}  # fmt: skip
        if len(self.phases) > 1:
            asked |= {(*name[:2], (), (p,)): rolls[name[:2]][p] for name in asked for p in PHASES}
        asked = {name: roll for name, roll in asked.items() if roll}
        more: Limits = {name: (self._sum(name), 0, roll) for name, roll in asked.items()}
        lows = self.sums.ends({n: -(-9 * roll // 10) - 1 for n, roll in asked.items()}, 1, more)
        for name, roll in asked.items():
            about = self.numbers.get(name, {}).get("about") or 0
            if 10 * (lows[name] or 0) >= 9 * roll or about > roll:
                yield name, lows[name], about, roll

    def _relate_time(self) -> None:
        """A longer stretch holds a shorter one, is held by its parts together, and two that share
        days count whoever is in these twice."""
        for key in self.keys:
            for phase in self.phases:

                def at(b: int, e: int, key: tuple[str, ...] = key, phase: str = phase) -> int:
                    return self.at[b, e, key, phase]  # fmt: skip

                for b, m, e in combinations(range(len(self.days)), 3):
                    self.rows += [({at(b, m): 1, at(b, e): -1}, 0),
                                  ({at(m, e): 1, at(b, e): -1}, 0),
                                  ({at(b, e): 1, at(b, m): -1, at(m, e): -1}, 0)]  # fmt: skip
                for b, m, n, e in combinations(range(len(self.days)), 4):
                    self.rows.append(({at(b, e): 1, at(m, n): 1, at(b, n): -1, at(m, e): -1}, 0))

    def _relate_categories(self) -> None:
        complete = any(release["complete"] for release in self.releases)
        for phase in self.phases:
            for stretch in self.stretches:
                for key in self.keys:
                    parts = [(one,) for one in (key or self.singles) if (one,) != key]
                    inside = [each for each in self.keys if each and each != key
                              and (not key or {*each} < {*key})]  # fmt: skip
                    whole = self.at[*stretch, key, phase]
                    self.rows += [({self.at[*stretch, part, phase]: 1, whole: -1}, 0)
                                  for part in inside]  # fmt: skip
                    if parts and (key or complete):
                        self.rows.append(({whole: 1} | {self.at[*stretch, part, phase]: -1
                                                        for part in parts}, 0))  # fmt: skip

    def _hidden_phases(self, release: Plain) -> bool:
        """Whether the phases would be there if each of them could be: no release was near."""
        begins, ends, *_ = release["span"]
        shown = release["tables"].get("total", [{"about": bool(release["tables"])}])
        first = self.releases[: self.releases.index(release)]
        near = any(each["tables"] and each["span"][0] <= ends and begins <= each["span"][1]
                   for each in first)  # fmt: skip
        there = release["tables"].get("phases") or len(release["phases"]) < 2
        return bool(shown[0]["about"] and not there and not near)

    def _suppose(self, release: Plain) -> None:
        """One of the phases that are not shown is a small one, and nobody knows which."""
        if not self._hidden_phases(release):
            return
        roll = release["roll"]
        least = 10 if sum(roll.values()) < 100 else 5
        chosen = {}
        for group in release["phases"]:
            row = self._sum((*release["span"][:2], (), tuple(group)))
            chosen[len(self.at) + self.extra] = -1
            most = sum(roll[phase] for phase in group)
            self.rows.append((row | {len(self.at) + self.extra: most}, least - 1 + most))
            self.extra += 1
        self.rows.append((chosen, -1))

    def _sum(self, name: Name) -> dict[int, int]:
        begins, ends, categories, phases = name
        stretch = self.days.index(begins), self.days.index(after(ends))
        return {self.at[*stretch, categories, phase]: 1 for phase in self.phases
                if not phases or phase in phases}  # fmt: skip

    def _bounds(self, name: Name) -> tuple[int, int]:
        number, own = self.numbers[name], sum(child.is_in(name) for child in self.own)
        about, least = number["about"], number["least"]
        low, high = max(least, (about or 0) - 2), (about or 0) + 2
        if about is None:
            low, high = int(self.zeros_are_shown), least - 1
        elif about == 0 or (self.totals_are_exact and not name[2] and not name[3]):
            low, high = about, about
        top = min(high, number.get("roll", high))
        return max(0, min(low, top) - own), top - own

    def _most(self, unknown: Unknown) -> int:
        begins, until, _, phase = unknown
        own = sum(phase in (ANY, child.phase) for child in self.own)
        around = [
            sum(r["roll"].values()) if phase == ANY else r["roll"].get(phase, 0)
            for r in self.releases
            if r["tables"] and r["span"][0] <= self.days[begins]
            and self.days[until] <= after(r["span"][1])
        ]  # fmt: skip
        return min(around, default=100_000) - own


def name_of(number: Plain) -> Name:
    begins, ends, *_ = number["span"]
    return begins, ends, tuple(sorted(number["categories"])), tuple(number["phases"])


def after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()

"""What is published says nothing of a child: made-up schools, an attacker, and parents."""

from __future__ import annotations

from dataclasses import dataclass

from core import disclosure
from tests.core import attacker, imagined
from tests.prove.promise import Promise
from tests.prove.trying import each

PARENTS = 3  # households of a school, those of whom most was written


@dataclass
class Attacked:
    """How much was tried, and what came of it."""

    schools: int = 0
    releases: int = 0
    withheld: int = 0
    shown: int = 0
    narrowed: int = 0
    others: int = 0
    crowded: int = 0

    @property
    def is_safe(self) -> bool:
        """Whether nothing was found, and there was something to find."""
        return not (self.narrowed or self.others or self.crowded) and self.withheld > self.schools

    def add(self, releases: tuple[disclosure.Released, ...], seed: int) -> None:
        """One school, as an attacker sees it and as some of its parents do."""
        seen = [disclosure.as_plain(release) for release in releases]
        numbers = {n.cell: n for release in releases for n in release.numbers}.values()
        self.schools += 1
        self.releases += len(releases)
        self.withheld += sum(number.is_withheld for number in numbers)
        self.shown += sum(not number.is_withheld for number in numbers)
        self.narrowed += len(attacker.narrowed(seen))
        self.crowded += len(attacker.crowded(seen))
        for own in imagined.households(seed)[:PARENTS]:
            self.others += len(attacker.narrowed(seen, own))


def attacked(schools: int) -> Attacked:
    """So many schools: half of them release in the order of the year, and half in any."""
    found = Attacked()
    for seed in each(range(schools), schools, "schools"):
        found.add(imagined.published(seed) if seed % 2 else imagined.in_any_order(seed), seed)
    return found


def proved(*, full: bool) -> Promise:
    """Every published number of all of them in one reckoning, with all that is not published."""
    found = attacked(400 if full else 60)
    return Promise(
        number=15,
        words="What is published says nothing of a child",
        figure=f"{found.schools} made-up schools with {found.releases} releases, {found.shown} "
        f"numbers shown and {found.withheld} withheld: {found.narrowed} narrowed, {found.crowded} "
        f"said to be nearly all, {found.others} in which one of {PARENTS} households of each could "
        "prove other children",
        kept=found.is_safe,
    )

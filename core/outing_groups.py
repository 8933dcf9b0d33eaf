"""Who is with whom on an outing: every child in the group of exactly one adult."""

from __future__ import annotations

from collections.abc import Sequence

from core import outings
from core.errors import Refused
from core.outing_plans import open_one
from core.permissions import NotThere
from core.person import Person
from core.records import OutingPupil
from core.store import Store


def allocate(store: Store, outing: str, pairs: Sequence[tuple[str, str]], *, by: Person) -> None:
    """Puts children into the groups of adults: pairs of a child and an adult. Raises `NotThere`,
    and `Refused` if a child is given to two."""
    with store.alone():
        open_one(store, outing, by=by)
        with_whom = dict(pairs)
        if len(set(pairs)) > len(with_whom):
            raise Refused("A student is in the group of one adult: choose one of the two.")
        whole = outings.open(store, outing, by=by)
        adults = {group.adult.id for group in whole.groups}
        before = {child.pupil.id: child.adult for child in whole.children}
        if with_whom.keys() - before or set(with_whom.values()) - adults:
            raise NotThere("student or adult on this outing")
        moved = [OutingPupil(outing=outing, pupil=pupil, adult=adult)
                 for pupil, adult in with_whom.items() if before[pupil] != adult]  # fmt: skip
        if moved:
            store.append(*moved, by=by)


def share_out(store: Store, outing: str, *, by: Person) -> None:
    """Puts whoever is in nobody's group into the smallest ones, class by class. Raises
    `NotThere`."""
    with store.alone():
        whole = outings.open(store, outing, by=by)
        sizes = {group.adult.id: len(group.children) for group in whole.groups}
        pairs: list[tuple[str, str]] = []
        for child in sorted(whole.unallocated, key=lambda child: child.pupil.class_name):
            smallest = min(sizes, key=sizes.__getitem__)
            sizes[smallest] += 1
            pairs.append((child.pupil.id, smallest))
        allocate(store, outing, pairs, by=by)

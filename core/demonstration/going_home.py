"""Who collects the children of the demonstration school, and which of them walk home alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.demonstration.cast import LEAD, OFFICE
from core.demonstration.families import carers
from core.demonstration.school import Pupil, School
from core.records import CollectorDetails, ProhibitionDetails, WalkHomeDetails
from core.store import Past, Record

ORDER = ("theo-banks", "father")  # whose father must not collect
ORDER_ENDS = timedelta(days=10)  # from today: soon enough to be pointed out
ORDER_SAYS = (
    "Prohibited steps order, made-up for this demonstration: he may not remove the child from "
    "school. The office has a copy in the safe."
)
WALKERS = 2  # children of the oldest year, the first in the list
OLDEST = 6


@dataclass(frozen=True)
class GoingHome:
    """Turns families into the list of who may collect."""

    school: School
    id_of: Callable[[str], str]

    def records(self, at: datetime) -> Iterator[Past]:
        """What the office knew from the beginning, and the order that a lead wrote down."""
        adults = [record for pupil in self.school.pupils for record in self._adults(pupil)]
        walks = [self._walk(pupil, at.date()) for pupil in self._walkers()]
        yield Past(at, self.id_of(OFFICE), [*adults, *walks])
        yield Past(at + timedelta(hours=1), self.id_of(LEAD), [self._order()])

    def _adults(self, pupil: Pupil) -> Iterator[Record]:
        for adult in carers(self.school, pupil):
            yield CollectorDetails(
                id=self.id_of(f"collector record {pupil.key} {adult.name}"),
                collector=self.id_of(f"collector {pupil.key} {adult.name}"),
                pupil=self.id_of(pupil.key),
                name=adult.name,
                relation=adult.relation,
                phone=adult.phone,
            )

    def _walkers(self) -> list[Pupil]:
        return [pupil for pupil in self.school.pupils if pupil.year == OLDEST][:WALKERS]

    def _walk(self, pupil: Pupil, since: date) -> Record:
        return WalkHomeDetails(
            id=self.id_of(f"walk record {pupil.key}"),
            permission=self.id_of(f"walk {pupil.key}"),
            pupil=self.id_of(pupil.key),
            since=since,
            given_by=carers(self.school, pupil)[0].name,
            how="By letter",
        )

    def _order(self) -> Record:
        key, relation = ORDER
        household = self.school.household[self.school.pupil[key].household]
        name = next(adult.name for adult in household.adults if adult.relation == relation)
        return ProhibitionDetails(
            id=self.id_of(f"order record {key}"),
            prohibition=self.id_of(f"order {key}"),
            pupil=self.id_of(key),
            name=name,
            until=self.school.today + ORDER_ENDS,
            account=ORDER_SAYS,
        )

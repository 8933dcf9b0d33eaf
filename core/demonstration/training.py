"""Who of the demonstration school's staff was trained, and when: most of them each September."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import school_days
from core.demonstration.calendar import at
from core.demonstration.cast import DEPUTY, LEAD, MIDDAY, OFFICE
from core.demonstration.school import School
from core.records import TrainingDetails
from core.store import Past

YEAR = timedelta(days=365)
AFTERNOON = 15 * 60  # minutes
MISSED = MIDDAY  # who was away this September
RUNS_OUT = timedelta(days=20)  # from today, the deputy's course


@dataclass(frozen=True)
class Training:
    """What the office wrote down about it."""

    school: School
    id_of: Callable[[str], str]

    def records(self, since: datetime, until: datetime) -> Iterator[Past]:
        """What is known from the beginning, and what was completed since."""
        this = school_days.year_of(self.school.today)
        for day in (this.replace(year=this.year - 2), this.replace(year=this.year - 1), this):
            held = [each for each in self._staff() if day < this or each != MISSED]
            records = [self._record(key, "safeguarding", day, day + YEAR) for key in held]
            yield self._written(records, day, since, until)
        leads = {LEAD: this + 2 * YEAR, DEPUTY: self.school.today + RUNS_OUT}
        for key, valid in leads.items():
            day = valid - 2 * YEAR
            yield self._written([self._record(key, "for_leads", day, valid)], day, since, until)

    def _staff(self) -> list[str]:
        return [each.key for each in self.school.staff if each.role != "governor"]

    def _record(self, key: str, kind: str, day: date, valid: date) -> TrainingDetails:
        id_ = self.id_of(f"training {kind} {key} {day}")
        return TrainingDetails(id=id_, training=id_, person=self.id_of(key), kind=kind,
                               completed_on=day, valid_until=valid)  # fmt: skip

    def _written(
        self, records: list[TrainingDetails], day: date, since: datetime, until: datetime
    ) -> Past:
        written = min(max(at(day, AFTERNOON), since + timedelta(hours=2)), until)
        return Past(written, self.id_of(OFFICE), records)

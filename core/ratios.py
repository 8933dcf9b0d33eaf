"""How many children one adult looks after on an outing, by the age of the youngest among them.

Outside the early years the law gives no figure: it is the school's own, and screens say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core import moments, school_days
from core.settings import School

NO_FIGURE = (
    "From Year 1 on the law gives no figure: these are the school’s own, and the risk assessment "
    "may ask for more adults. For Nursery and Reception the early years framework sets ratios of "
    "its own, by age and qualification; they hold on an outing too."
)


@dataclass(frozen=True)
class Band:
    """Children of some years of school; they are this old on 31 August, or younger."""

    name: str
    oldest: int
    setting: str

    def most(self, school: School) -> int:
        """How many of them one adult looks after."""
        return int(getattr(school, self.setting))


BANDS = (
    Band("Nursery and Reception", 4, "ratio_early"),
    Band("Years 1 to 3", 7, "ratio_infants"),
    Band("Year 4 and up", 150, "ratio_juniors"),
)


@dataclass(frozen=True)
class Ratio:
    """How many children are with so many adults, and the most that the school allows."""

    children: int
    adults: int
    band: Band
    most: int

    @property
    def is_kept(self) -> bool:
        """Whether there are enough adults."""
        return self.children <= self.most * self.adults

    @property
    def said(self) -> str:
        """“7 to 1 adult; the school’s limit for Years 1 to 3 is 6 to an adult”."""
        adults = "1 adult" if self.adults == 1 else f"{self.adults} adults"
        limit = f"the school’s limit for {self.band.name} is {self.most} to an adult"
        return f"{self.children} to {adults}; {limit}"


def band(born_on: date, day: date) -> Band:
    """The years of school in which a child is on a day."""
    eve = school_days.year_of(day) - timedelta(days=1)
    age = moments.age(born_on, eve)
    return next(each for each in BANDS if age <= each.oldest)


def of(born: Iterable[date], adults: int, day: date, school: School) -> Ratio | None:
    """The ratio of a group; the youngest child decides which limit holds. None without a child."""
    bands = [band(each, day) for each in born]
    if not bands:
        return None
    youngest = min(bands, key=BANDS.index)
    return Ratio(len(bands), adults, youngest, youngest.most(school))

"""What a school has chosen."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import time
from zoneinfo import ZoneInfo

from core.errors import Refused
from core.permissions import Verb, demand
from core.person import Person
from core.records import Setting
from core.store import LongText, OneLine, Store, texts

MOST_PLACES = 100  # to search, of one kind


@dataclass(frozen=True)
class School:
    """The school and its choices."""

    name: OneLine = ""
    home_time: OneLine = "15:30"
    time_zone: OneLine = "Europe/London"
    password_days: OneLine = "60"  # noqa: S105 - how long one lasts; today's guidance advises 0, never
    code_for_all: OneLine = "no"
    unread_hours: OneLine = "2"  # of school, after which an alert that nobody read is pointed out
    many: OneLine = "3"  # concerns about a pupil …
    many_days: OneLine = "30"  # … in so many days need a look

    morning_closes: OneLine = "09:15"  # the register of the morning
    afternoon_closes: OneLine = "13:15"
    grace_minutes: OneLine = "10"  # after home time, before a child counts as not collected

    ratio_early: OneLine = "6"  # children for each adult on an outing: Nursery and Reception …
    ratio_infants: OneLine = "6"  # … Years 1 to 3 …
    ratio_juniors: OneLine = "10"  # … and Year 4 and up
    # Minutes by which the parents and the police are called when a child is missing, and where is
    # searched, a place a line.
    missing_minutes: OneLine = "10"
    missing_minutes_outing: OneLine = "5"
    zones_inside: LongText = "Toilets\nCupboards\nStore rooms\nClassrooms and hall"
    zones_outside: LongText = "Grounds\nPerimeter\nCar park"
    zones_outing: LongText = "Immediate vicinity"

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the clock on the school's wall."""
        return ZoneInfo(self.time_zone)

    @property
    def goes_home_at(self) -> time:
        """When the school day ends."""
        return time.fromisoformat(self.home_time)

    @property
    def morning_closes_at(self) -> time:
        """When the morning register closes."""
        return time.fromisoformat(self.morning_closes)

    @property
    def afternoon_closes_at(self) -> time:
        """When the afternoon register closes."""
        return time.fromisoformat(self.afternoon_closes)

    def zones(self, *, off_site: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Where is searched for a missing child: inside, and outside."""
        if off_site:
            return (), lines(self.zones_outing)
        return lines(self.zones_inside), lines(self.zones_outside)


def lines(text: str) -> tuple[str, ...]:
    """What stands in the lines of a setting, each once, without empty ones. Each is as a record may
    hold it, also where it was set before there was a rule: a search must not wait for that."""
    clean = (texts.tidy(line)[: texts.NAME] for line in text.splitlines()[: 10 * MOST_PLACES])
    return tuple(filter(None, dict.fromkeys(clean)))[:MOST_PLACES]


@dataclass(frozen=True)
class _Chosen:
    name: str
    value: str


def school(store: Store) -> School:
    """The school as it is set now; what was never chosen has its default."""
    return store.kept(_school)


def _school(store: Store) -> School:
    chosen = {c.name: c.value for c in store.ask(_Chosen, "FROM settings_now")}
    known = School.__dataclass_fields__.keys() & chosen.keys()
    return School(**{name: chosen[name] for name in known})


def choose(store: Store, *, by: Person, **values: str) -> None:
    """Records new choices. Raises `Refused` if one of them cannot be understood."""
    demand(by, Verb.CHANGE_SETTINGS)
    declared = {each.name: str(each.type) for each in fields(School)}
    values = {name: texts.settled(declared[name], name, value) for name, value in values.items()}
    _check(School(**{"name": "-", **values}))
    store.append(*(Setting(name=name, value=value) for name, value in values.items()), by=by)


def _check(wanted: School) -> None:
    if not wanted.name.strip():
        raise Refused("Please give the school's name.")
    days = wanted.password_days
    if not days.isdecimal() or len(days) > 4 or wanted.code_for_all not in ("yes", "no"):
        raise Refused("Please write the days as a number, 0 for never.")
    counted = (wanted.unread_hours, wanted.many, wanted.many_days)
    if not all(each.isdecimal() and 0 < int(each) < 1000 for each in counted):
        raise Refused("Please write hours, days and how many as numbers above 0.")
    if not wanted.grace_minutes.isdecimal() or int(wanted.grace_minutes) > 600:
        raise Refused("Please write the minutes after home time as a number.")
    ratios = (wanted.ratio_early, wanted.ratio_infants, wanted.ratio_juniors)
    if not all(each.isdecimal() and 0 < int(each) <= 30 for each in ratios):
        raise Refused("Please write the children for each adult as a number from 1 to 30.")
    limits = (wanted.missing_minutes, wanted.missing_minutes_outing)
    if not all(each.isdecimal() and 0 < int(each) <= 60 for each in limits):
        raise Refused("Please write the minutes before the police are called as 1 to 60.")
    if not all(any(wanted.zones(off_site=off_site)) for off_site in (False, True)):
        raise Refused("Please name at least one place to search, on site and on an outing.")
    _check_places(wanted)
    try:
        _ = wanted.zone, wanted.goes_home_at, wanted.morning_closes_at, wanted.afternoon_closes_at
    except (ValueError, OSError, KeyError):  # what zoneinfo raises for a zone that is none
        raise Refused("Please write a time as 15:30 and the zone as Europe/London.") from None


def _check_places(wanted: School) -> None:
    for text in (wanted.zones_inside, wanted.zones_outside, wanted.zones_outing):
        places = text.splitlines()
        if len(places) > MOST_PLACES:
            raise Refused(f"Please name at most {MOST_PLACES} places to search.")
        for place in places:
            texts.line(place, "inside")

"""What can be true of a child's family, so that an incident fits the people it happens to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from core.demonstration.school import Adult, Pupil, School

CARERS = ("mother", "father", "grandmother", "foster carer")
NEWCOMER = timedelta(weeks=10)

Need = Callable[[School, Pupil, date], bool]


def carers(school: School, pupil: Pupil) -> list[Adult]:
    """The adults who bring the child up and live with them; the mother first, if she does."""
    adults = school.household[pupil.household].adults
    return [a for a in adults if a.relation in CARERS and not a.elsewhere]


def _both_at_home(school: School, pupil: Pupil, day: date) -> bool:
    return {"mother", "father"} <= {adult.relation for adult in carers(school, pupil)}


def _apart(school: School, pupil: Pupil, day: date) -> bool:
    adults = school.household[pupil.household].adults
    return any(a.relation == "father" and a.elsewhere for a in adults)


def _mother(school: School, pupil: Pupil, day: date) -> bool:
    return carers(school, pupil)[0].relation == "mother"


def _sibling(school: School, pupil: Pupil, day: date) -> bool:
    return any(each.class_on(day) for each in school.siblings(pupil))


def _newcomer(school: School, pupil: Pupil, day: date) -> bool:
    return pupil.joined_on <= day < pupil.joined_on + NEWCOMER and pupil.year > 0


def _other_language(school: School, pupil: Pupil, day: date) -> bool:
    return bool(school.household[pupil.household].language)


NEEDS: Mapping[str, Need] = {
    "two_adults": _both_at_home,
    "apart": _apart,
    "mother": _mother,
    "sibling": _sibling,
    "newcomer": _newcomer,
    "other_language": _other_language,
}
OF_THE_MOTHER = {"two_adults", "apart", "mother"}

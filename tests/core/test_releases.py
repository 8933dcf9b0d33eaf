"""A release is made of a period that is over, frozen, and shown as it was frozen."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import orjson
import pytest

from core import clock, disclosure, exact, periods, releases
from core.errors import Refused
from core.periods import Period
from core.permissions import NotAllowed, NotThere
from core.person import SYSTEM
from core.records import Action, Incident, PupilDetails
from core.records import Release as Frozen
from core.store import Past, Store, new_id
from tests.core import attacker
from tests.core.school import WRITTEN, School, a_school, plain

TERM = next(p for p in periods.every(WRITTEN) if p.name == "Summer 2026")
TODAY = datetime(2026, 11, 9, 12, tzinfo=UTC)  # in the second half of the autumn after it


@pytest.fixture
def school(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[School]:
    """Of 120 children, two in three of whom were written about in the term."""
    monkeypatch.setattr(clock, "now", lambda: TODAY)
    children = [
        PupilDetails(
            pupil=f"pupil{n}", name=f"Child {n}", class_name="1 Ash", household=f"home{n}",
            born_on=date(2016 + n % 6, 1, 1),
        )
        for n in range(120)
    ]  # fmt: skip
    written = [an_incident(n, TERM) for n in range(80)]
    noon = datetime(2026, 5, 12, 12, tzinfo=UTC)
    store.imagine([Past(noon - timedelta(days=40), SYSTEM.id, children),
                   Past(noon, SYSTEM.id, written)])  # fmt: skip
    yield a_school(store)


def an_incident(n: int, period: Period, number: int = 0) -> Incident:
    day = period.begins + timedelta(days=3)
    return Incident(
        number=number or 1001 + n,
        pupil=f"pupil{n}",
        occurred_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        account="Words",
        parents_contacted=True,
        categories=(("attendance", "injury", "behaviour")[n % 3],),
    )


def released(school: School) -> releases.Drawn:
    drawn = releases.preview(school.store, TERM.key, by=school.lead)
    return releases.make(school.store, TERM.key, drawn.fingerprint, by=school.lead)


def frozen(school: School) -> list[Frozen]:
    return school.store.ask(
        Frozen, "SELECT * EXCLUDE (seq, recorded_at, recorded_by) FROM releases"
    )


def test_what_was_previewed_is_what_governors_see(school: School) -> None:
    seen = releases.preview(school.store, TERM.key, by=school.lead)
    releases.make(school.store, TERM.key, seen.fingerprint, by=school.head)
    (shown,) = releases.made(school.store, by=school.governor)
    assert shown.form == seen.form and shown.released == seen.released
    assert shown.released.tables["total"][0].about == 80
    assert shown.made_by == school.head.name


def test_a_later_incident_leaves_a_release_byte_for_byte_as_it_was(school: School) -> None:
    released(school)
    before = frozen(school)
    late = [an_incident(n, TERM, 5000 + n) for n in range(80, 110)]
    school.store.append(*late, by=SYSTEM)
    assert frozen(school) == before
    (shown,) = releases.made(school.store, by=school.governor)
    assert shown.form == before[0].form


def test_late_entries_are_in_the_next_release(school: School) -> None:
    released(school)
    late = [an_incident(n, TERM, 5000 + n) for n in range(80, 84)]
    school.store.append(*late, by=SYSTEM)
    year = next(p for p in periods.every(WRITTEN) if p.name == "School year 2025–26")
    whole = releases.preview(school.store, year.key, by=school.lead).released
    assert whole.tables["total"][0].about == 85
    summer = next(n for n in whole.tables["terms"] if n.cell.span.name == TERM.name)
    assert summer.about == 80


def test_what_changed_after_the_preview_has_to_be_seen_again(school: School) -> None:
    drawn = releases.preview(school.store, TERM.key, by=school.lead)
    late = [an_incident(n, TERM, 5000 + n) for n in range(80, 110)]
    school.store.append(*late, by=SYSTEM)
    with pytest.raises(Refused, match="read the new preview"):
        releases.make(school.store, TERM.key, drawn.fingerprint, by=school.lead)
    assert frozen(school) == []


def test_a_period_is_released_once_and_only_when_it_is_over(school: School) -> None:
    released(school)
    today = TODAY.date()
    there = {period.key for period in releases.open_periods(school.store, by=school.lead)}
    assert TERM.key not in there and there
    assert all(p.ends < today for p in periods.every(WRITTEN) if p.key in there)
    running = next(p for p in periods.every(WRITTEN) if p.begins <= today <= p.ends)
    for key in (TERM.key, running.key, "nonsense"):
        with pytest.raises(NotThere):
            releases.preview(school.store, key, by=school.lead)


def test_all_releases_together_tell_an_attacker_nothing(school: School) -> None:
    for period in reversed(releases.open_periods(school.store, by=school.lead)):
        drawn = releases.preview(school.store, period.key, by=school.lead)
        releases.make(school.store, period.key, drawn.fingerprint, by=school.lead)
    forms = [orjson.loads(each.form) for each in frozen(school)]
    assert len(forms) > 2 and attacker.narrowed(forms) == []


def test_a_release_that_is_not_what_was_audited_is_not_shown(school: School) -> None:
    (true,) = [released(school)]
    record = frozen(school)[0]
    other = dataclasses.replace(record, id="0" * 32, form=true.form.replace("80", "85"))
    school.store.append(other, by=SYSTEM)
    with pytest.raises(Refused, match="not what was audited"):
        releases.made(school.store, by=school.governor)


def test_half_of_the_concerns_have_to_be_acted_on_before_it_is_said_how_fast(
    school: School,
) -> None:
    written = school.store.ask(_Written, "SELECT id FROM incidents ORDER BY number")
    acted = [Action(incident=each.id, kind="note", account="Done") for each in written]

    def told() -> dict[str, int]:
        drawn = releases.preview(school.store, TERM.key, by=school.lead)
        return dict(drawn.released.measures)

    school.store.append(*acted[:39], by=SYSTEM)
    assert "hours_to_action" not in told()
    school.store.append(acted[39], by=SYSTEM)
    assert told()["hours_to_action"] > 0 and "hours_to_reading" not in told()


@dataclasses.dataclass(frozen=True)
class _Written:
    id: str


def test_a_form_holds_no_name_no_id_and_no_exact_number(school: School) -> None:
    form = released(school).form
    for word in ("Child", "pupil", "home1", school.lead.name, "Words"):
        assert word not in form
    for number in disclosure.from_plain(orjson.loads(form)).numbers:
        assert number.about is None or number.about % 5 == 0


def test_the_roll_of_a_period_is_who_was_here_on_any_of_its_days(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who left before it, or came back after it, was not; who left within it was."""
    stay, left, gone, back, new = (
        PupilDetails(pupil=name, name=name, class_name="1 Ash", born_on=date(2016, 1, 1))
        for name in ("stay", "left", "gone", "back", "new")
    )
    before, after = TERM.begins - timedelta(days=9), TERM.ends + timedelta(days=9)

    def at(day: date, *written: PupilDetails) -> Past:
        return Past(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), SYSTEM.id, written)

    store.imagine([
        at(before - timedelta(days=99), stay, left, gone, back),
        at(before, replace(gone, left_on=before, id=new_id()),
           replace(back, left_on=before, id=new_id())),
        at(TERM.begins + timedelta(days=30), replace(left, left_on=TERM.begins, id=new_id())),
        at(after, replace(back, id=new_id()), new),
    ])  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: TODAY)
    made = exact.tables(store, TERM, by=a_school(store).lead)
    assert made.on_roll == len({"stay", "left"})


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair"])
def test_only_leads_and_the_head_make_one(school: School, who: str) -> None:
    by = getattr(school, who)
    with pytest.raises(NotAllowed):
        releases.open_periods(school.store, by=by)
    with pytest.raises(NotAllowed):
        releases.make(school.store, TERM.key, "", by=by)


def test_without_the_code_a_lead_neither_makes_nor_sees_one(school: School) -> None:
    for call in (releases.open_periods, releases.made):
        with pytest.raises(NotAllowed):
            call(school.store, by=plain(school.lead))


def test_periods_follow_each_other_without_a_gap() -> None:
    terms = [p for p in periods.every(WRITTEN) if p.is_whole and not p.terms]
    halves = [p for p in periods.every(WRITTEN) if not p.is_whole]
    for row in (terms, halves):
        for one, next_ in pairwise(row):
            assert one.ends + timedelta(days=1) == next_.begins

"""That the clock was wrong is said wherever an entry says when it was written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from core import actions, corrections, decisions, incidents, significance, transfers
from core.missing import entries as log_entries
from core.missing import logs
from core.reports import chronology as report
from core.reports import pdf, police, sheet, standing, whole
from core.reports.pack import Asked
from core.settings import School as Settings
from core.store import Store
from core.subject_access import pieces
from core.wrong_clock import NOTE
from tests.core.paper import Paper, squeezed
from tests.core.school import KEY, School, a_concern, a_school, stopped

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
AHEAD = NOW + timedelta(days=366)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Told:
    """A school in which the clock was a year ahead for a while: one concern was written before it,
    with all that stands beneath one added meanwhile, and one was written meanwhile."""

    school: School
    before: str
    meanwhile: str
    transfer: str


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    store = Store.open(tmp_path_factory.mktemp("told") / "school", KEY)
    with stopped(NOW - 60 * MINUTE):
        school = a_school(store)
        before = a_concern(school.amy, account="Before")
        incidents.add(store, before, by=school.oak)
    with stopped(AHEAD):
        meanwhile = a_concern(school.amy, account="Meanwhile")
        incidents.add(store, meanwhile, by=school.oak)
        add_everything(school, before.id)
        logs.begin(store, off_site=False, by=school.oak)
    with stopped(NOW):
        after = a_concern(school.amy, account="After")
        incidents.add(store, after, by=school.oak)
        yield Told(school, before.id, meanwhile.id, a_transfer(school))
    store.close()


def a_transfer(school: School) -> str:
    form = transfers.Form(pupil=school.amy.id, school="Elm", contact="Ms Elm",
                          leaving_on=NOW.date(), reason="moved")  # fmt: skip
    transfers.record(school.store, form, by=school.lead)
    return form.id


def add_everything(school: School, incident: str) -> None:
    store, by = school.store, school.lead
    asked = actions.Form(incident=incident, kind="note", account="Rang", asked_of=by.id)
    actions.add(store, asked, by=by)
    decisions.add(store, decisions.Form(incident=incident, decided="school", reason="Why"), by=by)
    wrong = corrections.Form(incident=incident, kind="clarification", account="Not so")
    corrections.add(store, wrong, by=by)


def rows(told: Told) -> report.Report:
    form = report.Form(pupil=told.school.amy.id, media_type=pdf.MEDIA_TYPE)
    return report.of(told.school.store, form, NOW, by=told.school.lead)


def test_in_the_report_each_entry_and_each_line_beneath_it_says_so(told: Told) -> None:
    before, after, meanwhile = rows(told).rows
    assert NOTE not in before.recorded + after.recorded + str((after.event, after.actions))
    assert meanwhile.recorded == f"Wed 1 Dec 2027, 12:00. {NOTE}" and meanwhile.late == ""
    beneath = [each for each in (*before.event, *before.actions) if each.label.endswith(NOTE)]
    assert len(beneath) == 3, "an action, a decision, a correction"


def test_it_stands_in_the_pdf_and_in_the_csv_file(told: Told) -> None:
    found = rows(told)
    assert sheet.file(found).decode().count(NOTE) == 4
    paper = Paper(pdf.typeset("chronology", found, at=NOW))
    assert paper.whole.count(squeezed(NOTE)) == 4


def test_it_goes_with_what_is_shown_to_whom_the_record_is_about(told: Told) -> None:
    store, by = told.school.store, told.school.lead
    seen = pieces.of(store, told.school.amy.id, by=by)
    assert sum(NOTE in line.text for piece in seen for line in piece.lines) == 4


def test_it_goes_to_a_conference(told: Told) -> None:
    store, by = told.school.store, told.school.lead
    significance.mark(store, told.meanwhile, "It hurt", "", by=by)
    (event,) = standing.of(store, told.school.amy.id, NOW, by=by).standing.events
    assert event.recorded.endswith(NOTE)


def test_it_goes_to_the_next_school(told: Told) -> None:
    store, by = told.school.store, told.school.lead
    transfer = transfers.of(store, told.transfer, by=by)
    _, _, meanwhile = whole.of(store, transfer, NOW, by=by).whole.entries
    assert meanwhile.row.recorded.endswith(NOTE)


def test_a_concern_knows_it_when_it_is_opened(told: Told) -> None:
    store, by = told.school.store, told.school.lead
    opened = incidents.open(store, told.before, by=by)
    assert opened.recorded_at not in opened.wrong_at
    assert {opened.actions[0].recorded_at, opened.decisions[0].recorded_at,
            opened.corrections[0].recorded_at} == opened.wrong_at  # fmt: skip
    later = incidents.open(store, told.meanwhile, by=by)
    assert later.recorded_at in later.wrong_at


def test_the_log_of_a_search_says_it_line_by_line(told: Told) -> None:
    store, by = told.school.store, told.school.lead
    (log,) = logs.every(store, by=by)
    written = log_entries.of(store, log.id, by=by)
    assert written and all(each.clock_was_wrong for each in written)
    lines = police.lines(written, Settings().zone)
    assert lines and all(NOTE in line.said for line in lines)


def test_the_pack_for_inspectors_says_it_and_counts_no_days_with_it(told: Told) -> None:
    school = told.school
    asked = Asked(school.store, Settings(), NOW.date(), NOW.date(), True, NOW, school.lead)
    assert asked.day(AHEAD) == f"1 Dec 2027. {NOTE}"
    assert asked.days(NOW, AHEAD) == "–"
    assert asked.days(NOW, NOW) == "0"

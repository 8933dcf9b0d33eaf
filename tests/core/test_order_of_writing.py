"""A clock that was ahead and is right again changes nothing of what was written last.

In each of these somebody did something while the clock was wrong, and something else after it had
been put right.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import bcrypt
import duckdb
import pytest

from core import (
    actions,
    authenticators,
    dashboard,
    decisions,
    drafts,
    incidents,
    mails,
    passwords,
    resets,
    sessions,
    settings,
    throttle,
    uptime,
)
from core.person import Person
from core.records import ReferralAnswer
from core.reports import chronology as report
from core.reports import downloads
from core.reports.exports import File
from core.store import Store, new_id, schema
from core.throttle import TooSoon
from tests.conftest import KEY
from tests.core import staffroom
from tests.core.school import School, a_concern
from tests.core.staffroom import PASSWORD, Watch

WRONG = [{"minutes": 2}, {"hours": 1}, {"days": 1}, {"days": 5_000}]


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def new_password(store: Store, person: Person, password: str) -> None:
    """By a link, at the least cost."""
    token = resets.rescue(store, person)
    resets.redeem(store, token, password)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the least work that bcrypt allows."""
    salt = bcrypt.gensalt
    monkeypatch.setattr(bcrypt, "gensalt", lambda *_, **__: salt(4))


# Passwords.


@pytest.mark.parametrize("ahead", WRONG)
def test_a_password_that_was_reset_is_the_only_one_that_opens(
    store: Store, watch: Watch, ahead: dict[str, float]
) -> None:
    anna = staffroom.with_password(store)
    watch.put(**ahead)
    new_password(store, anna, "Stolen 1, then")
    watch.put(**{unit: -number for unit, number in ahead.items()})
    new_password(store, anna, "Right again 2!")
    opens = [each for each in (PASSWORD, "Stolen 1, then", "Right again 2!")
             if passwords.fits(store, anna.id, each)]  # fmt: skip
    assert opens == ["Right again 2!"]


def test_of_five_passwords_the_oldest_is_forgotten_and_never_the_new_one(
    store: Store, watch: Watch
) -> None:
    anna = staffroom.account(store)
    used = [f"Password {n} of anna!" for n in range(7)]
    watch.put(days=400)
    for each in used[:-1]:
        new_password(store, anna, each)
        watch.turn(seconds=1)
    watch.put(days=-400)
    new_password(store, anna, used[-1])
    assert [passwords.was_used(store, anna.id, each) for each in used] == [False] * 2 + [True] * 5
    assert passwords.fits(store, anna.id, used[-1])


def test_a_password_that_was_set_by_a_clock_that_was_ahead_is_over(
    store: Store, watch: Watch
) -> None:
    watch.put(days=400)
    anna = staffroom.with_password(store)
    assert not passwords.is_expired(store, anna.id)
    watch.put(days=-400)
    assert passwords.is_expired(store, anna.id)
    new_password(store, anna, "Right again 2!")
    assert not passwords.is_expired(store, anna.id)


def test_passwords_of_before_are_in_the_order_in_which_they_were_written() -> None:
    """A school that has had the fault is cured: the order is that of the rows."""
    desk = duckdb.connect()
    first, second, order, *_ = sorted(schema.DESK.glob("*.sql"))
    desk.execute(first.read_text())
    desk.execute(second.read_text())
    for hash_, year in (("old", 2025), ("ahead", 2031), ("newest", 2026)):
        desk.execute("INSERT INTO passwords VALUES ('anna', ?, ?)", [hash_, date(year, 1, 1)])
    desk.execute("INSERT INTO drafts VALUES ('anna', 'form', '{}', '2026-01-01', FALSE)")
    desk.execute("INSERT INTO authenticators VALUES ('1', 'anna', 'secret', '2026-01-01', 7)")
    desk.execute(order.read_text())
    kept = desk.execute("SELECT hash FROM passwords ORDER BY number DESC").fetchall()
    assert kept == [("newest",), ("ahead",), ("old",)]
    assert desk.execute("SELECT form, number FROM drafts").fetchall() == [("form", 1)]
    assert desk.execute("SELECT id FROM authenticators").fetchall() == [("1",)]
    assert desk.execute("FROM used_codes").fetchall() == [("1", 7)]


# Drafts.


def typed(store: Store, by: Person) -> dict[str, str]:
    return {each.form: each.fields["account"] for each in drafts.of(store, by=by)}


@pytest.mark.parametrize("wrong", [{"days": 8}, {"days": 5_000}, {"days": -8}, {"days": -5_000}])
def test_an_hour_of_a_wrong_clock_takes_no_draft_away(
    store: Store, watch: Watch, wrong: dict[str, float]
) -> None:
    anna = staffroom.account(store)
    drafts.keep(store, "before", {"account": "an hour's work"}, by=anna)
    watch.put(**wrong)
    drafts.sweep(store)
    assert typed(store, anna) == {"before": "an hour's work"}, "nor hides it"
    watch.turn(hours=1)
    drafts.keep(store, "meanwhile", {"account": "more"}, by=anna)
    drafts.keep(store, "before", {"child_words": "“I fell.”"}, by=anna)
    drafts.sweep(store)
    watch.put(**{unit: -number for unit, number in wrong.items()})
    drafts.sweep(store)
    assert typed(store, anna) == {"before": "an hour's work", "meanwhile": "more"}
    drafts.keep(store, "after", {"account": "last"}, by=anna)
    assert [*typed(store, anna)] == ["after", "before", "meanwhile"], "the newest first"


def test_a_form_that_was_sent_takes_nothing_back_whatever_the_clock_shows(
    store: Store, watch: Watch
) -> None:
    anna = staffroom.account(store)
    drafts.wipe(store, "form", by=anna)
    watch.put(days=400)
    drafts.sweep(store)
    drafts.keep(store, "form", {"account": "still under way"}, by=anna)
    assert typed(store, anna) == {}


def test_what_was_kept_by_a_clock_that_was_ahead_is_over_a_week_later(
    store: Store, watch: Watch
) -> None:
    anna = staffroom.account(store)
    watch.put(days=400)
    drafts.keep(store, "form", {"account": "text"}, by=anna)
    watch.put(days=-400)
    watch.turn(days=6)
    assert typed(store, anna) == {"form": "text"}
    watch.turn(days=1)
    assert typed(store, anna) == {}


def test_how_long_the_app_has_run_is_known_after_a_start(folder: Path, watch: Watch) -> None:
    first = Store.open(folder, KEY)
    began = uptime.seconds(first)
    watch.turn(days=5)
    uptime.note(first)
    first.close()
    watch.turn(days=300)  # switched off
    again = Store.open(folder, KEY)
    assert uptime.seconds(again) - began == pytest.approx(5 * 86_400)
    watch.put(days=40)
    watch.turn(hours=1)
    assert uptime.seconds(again) - began == pytest.approx(5 * 86_400 + 3_600)
    again.close()


# What is open, and for how long.


def test_of_four_sessions_the_one_that_began_first_ends(store: Store, watch: Watch) -> None:
    anna = staffroom.account(store)
    watch.put(seconds=50)  # by no more than a clock may be put right
    first = sessions.begin(store, anna.id, code_given=False)
    watch.put(seconds=-50)
    others = [sessions.begin(store, anna.id, code_given=False) for _ in range(3)]
    assert sessions.of(store, first) is None
    assert all(sessions.of(store, each) for each in others)


def test_a_code_that_was_used_by_a_clock_that_was_ahead_keeps_nobody_out(
    store: Store, watch: Watch
) -> None:
    lead = staffroom.account(store)
    secret, _ = staffroom.enrolled(store, lead)
    watch.turn(minutes=1)
    used = staffroom.code(secret)
    assert authenticators.check(store, lead.id, used)
    watch.put(days=400)
    assert authenticators.check(store, lead.id, staffroom.code(secret))
    watch.put(days=-400)
    assert not authenticators.check(store, lead.id, used), "each works once"
    watch.turn(minutes=1)
    assert authenticators.check(store, lead.id, staffroom.code(secret))


def test_a_place_from_which_somebody_signed_in_ahead_is_not_familiar_for_ever(
    store: Store, watch: Watch
) -> None:
    watch.put(days=400)
    throttle.admit(store, "anna", "here")
    throttle.forgive(store, "anna", "here")
    watch.put(days=-400)
    for _ in range(25):
        throttle.admit(store, "anna", new_id())
        watch.turn(seconds=11)
    throttle.admit(store, "anna", "elsewhere")
    with pytest.raises(TooSoon):
        throttle.admit(store, "anna", "here")


def test_a_file_that_was_made_ahead_waits_no_longer(school: School, watch: Watch) -> None:
    watch.put(days=1)
    file = File("report.pdf", "application/pdf", b"")
    downloads.offer(school.store, file, "session", by=school.lead)
    watch.put(days=-1)
    downloads.sweep(school.store)
    assert downloads.waiting(school.store) == 0


def test_a_mail_that_was_owed_ahead_is_told_as_waiting(own_school: School, watch: Watch) -> None:
    watch.put(days=400)
    mails.owe(own_school.store, own_school.oak.id, "welcome")
    watch.put(days=-400)
    assert mails.waiting_long(own_school.store, by=own_school.lead) >= 1


# What was written last holds.


def test_what_is_new_to_a_lead_is_what_came_after_they_looked(
    own_school: School, watch: Watch
) -> None:
    store, lead = own_school.store, own_school.lead
    watch.put(days=400)
    seen = incidents.add(store, a_concern(own_school.amy), by=own_school.oak)
    dashboard.now(store, by=lead)
    watch.put(days=-400)
    watch.turn(hours=1)
    after = incidents.add(store, a_concern(own_school.amy), by=own_school.oak)
    new = [group for group in dashboard.now(store, by=lead) if group.kind == "new"]
    assert [notice.number for group in new for notice in group.notices] == [after]
    assert seen != after


def test_the_setting_that_was_chosen_last_holds(own_school: School, watch: Watch) -> None:
    store, lead = own_school.store, own_school.lead
    watch.put(days=400)
    settings.choose(store, by=lead, unread_hours="3")
    watch.put(days=-400)
    settings.choose(store, by=lead, unread_hours="5")
    assert settings.school(store).unread_hours == "5"


def test_a_report_tells_what_was_done_in_the_order_of_writing(
    own_school: School, watch: Watch
) -> None:
    store, lead = own_school.store, own_school.lead
    form = a_concern(own_school.amy)
    incidents.add(store, form, by=own_school.oak)
    watch.put(days=400)
    actions.add(store, actions.Form(incident=form.id, kind="note", account="First"), by=lead)
    watch.put(days=-400)
    second = decisions.Form(incident=form.id, decided="school", reason="Second")
    decisions.add(store, second, by=lead)
    chosen = report.Form(pupil=own_school.amy.id, media_type="")
    (row,) = report.of(store, chosen, watch.now, by=lead).rows
    first, then = row.actions
    assert first.text == "First" and "Second" in then.text


def test_of_two_answers_to_a_referral_the_one_that_was_written_first_is_told_with_its_moment(
    own_school: School, watch: Watch
) -> None:
    store, lead = own_school.store, own_school.lead
    form = a_concern(own_school.amy)
    incidents.add(store, form, by=own_school.oak)
    sent = decisions.Form(incident=form.id, decided="referred", to_whom="MASH", reason="Why",
                          threshold="Level 3")  # fmt: skip
    decisions.add(store, sent, by=lead)
    watch.put(days=400)
    ahead = watch.now
    store.append(ReferralAnswer(decision=sent.id, incident=form.id, account="First"), by=lead)
    watch.put(days=-400)
    store.append(ReferralAnswer(decision=sent.id, incident=form.id, account="Second"), by=lead)
    (line,) = decisions.beneath(store, form.id, by=lead)
    assert (line.answer, line.answered_at) == ("First", ahead)

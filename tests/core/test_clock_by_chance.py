"""Whatever the clock shows between any two acts, what was done last holds, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import bcrypt
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from core import (
    actions,
    alerts,
    clock,
    corrections,
    drafts,
    incidents,
    passwords,
    plans,
    resets,
    sessions,
    settings,
    statuses,
)
from core.store import Store, proof
from tests.conftest import KEY
from tests.core import staffroom
from tests.core.school import School, a_concern, a_school
from tests.core.staffroom import Watch

_serial = count(1)

FORWARD = [{"seconds": 50}, {"minutes": 2}, {"hours": 1}, {"days": 1}, {"days": 8}, {"days": 5_000}]
BACK = [{"seconds": -50}, {"minutes": -2}, {"hours": -1}, {"days": -1}, {"days": -100}]
# Half of the time somebody puts the clock right.
MOVES = st.sampled_from([{}, *FORWARD, *BACK]) | st.none()
ACTS = st.sampled_from(
    ["incident", "action", "status", "correction", "read", "setting", "note", "password", "reset",
     "draft", "send", "sweep", "sign in", "sign out"]
)  # fmt: skip


class Past:
    """A school in which something was done, and what has to be true of it by now."""

    def __init__(self, school: School, watch: Watch) -> None:
        self.school, self.store, self.watch = school, school.store, watch
        self.anna = staffroom.account(self.store)
        self.began, self.ran = watch.now, watch.ran
        self.concerns: list[str] = []
        self.status: dict[str, str] = {}
        self.in_error: dict[str, bool] = {}
        self.acted: dict[str, list[str]] = {}
        self.unread: set[str] = set()
        self.hours = settings.school(self.store).unread_hours
        self.note = ""
        self.used: list[str] = []
        self.links: list[str] = []
        self.typed: dict[str, str] = {}
        self.tokens: list[str] = []
        self.out: set[str] = set()

    def do(self, act: str) -> None:
        """What each act writes carries a number, so that the last one can be told."""
        n = next(_serial)
        getattr(self, f"_{act.replace(' ', '_')}")(n)

    def put(self, move: dict[str, float] | None) -> None:
        """The clock on by so much, or back; without one it is put right."""
        if move is None:
            right = self.began + timedelta(seconds=self.watch.ran - self.ran)
            move = {"seconds": (right - self.watch.now).total_seconds()}
        self.watch.put(**move)

    def _incident(self, n: int) -> None:
        form = a_concern(self.school.amy, account=f"Concern {n}")
        incidents.add(self.store, form, by=self.anna)
        self.concerns.append(form.id)
        self.unread.add(form.id)

    def _action(self, n: int) -> None:
        for each in self.concerns[-1:]:
            form = actions.Form(incident=each, kind="note", account=f"Action {n}")
            actions.add(self.store, form, by=self.school.lead)
            self.acted.setdefault(each, []).append(form.account)

    def _status(self, n: int) -> None:
        for each in self.concerns[-1:]:
            before = statuses.of(self.store, each, by=self.school.head)
            chosen = [s for s in statuses.CHOSEN[:3] if s != before.status][n % 2]
            form = statuses.Form(incident=each, status=chosen, seen=before.id)
            statuses.change(self.store, form, by=self.school.head)
            self.status[each] = chosen

    def _correction(self, n: int) -> None:
        for each in self.concerns[-1:]:
            wrong = not self.in_error.get(each, False)
            form = corrections.Form(incident=each, kind="error" if wrong else "valid",
                                    account=f"Correction {n}")  # fmt: skip
            corrections.add(self.store, form, by=self.school.head)
            self.in_error[each] = wrong

    def _read(self, n: int) -> None:
        for each in self.concerns[n % 2 :: 2]:
            alerts.mark_read(self.store, each, by=self.school.deputy)
            self.unread.discard(each)

    def _setting(self, n: int) -> None:
        self.hours = str(1 + n % 9)
        settings.choose(self.store, by=self.school.lead, unread_hours=self.hours)

    def _note(self, n: int) -> None:
        self.note = f"Note {n}"
        pupil, by = self.school.amy.id, self.school.lead
        seen = plans.note_of(self.store, pupil, by=by)
        plans.note(self.store, pupil, self.note, seen=seen, by=by)

    def _password(self, n: int) -> None:
        self.used.append(f"Password {n}!")
        hash_ = passwords.accepted(self.store, self.anna.id, self.used[-1])
        passwords.keep(self.store, self.anna.id, hash_, by=self.anna)

    def _reset(self, n: int) -> None:
        self.used.append(f"Reset {n} £")
        self.links.append(resets.rescue(self.store, self.anna))
        resets.redeem(self.store, self.links[-1], self.used[-1])
        self.out.update(self.tokens)

    def _draft(self, n: int) -> None:
        form = f"form {n % 3} of {self.anna.id}"
        drafts.keep(self.store, form, {"account": f"Draft {n}"}, by=self.anna)
        self.typed.pop(form, None)
        self.typed[form] = f"Draft {n}"

    def _send(self, n: int) -> None:
        for form in [*self.typed][:1]:
            drafts.wipe(self.store, form, by=self.anna)
            drafts.keep(self.store, form, {"account": "under way"}, by=self.anna)
            del self.typed[form]

    def _sweep(self, n: int) -> None:
        drafts.sweep(self.store)
        sessions.sweep(self.store)

    def _sign_in(self, n: int) -> None:
        self.tokens.append(sessions.begin(self.store, self.anna.id, code_given=False))
        assert sessions.of(self.store, self.tokens[-1]), "whoever has just signed in is in"

    def _sign_out(self, n: int) -> None:
        for token in self.tokens[-1:]:
            session = sessions.of(self.store, token)
            if session:
                sessions.end(self.store, session.id)
            self.out.add(token)

    def check(self) -> None:
        """What was done last holds."""
        self._check_what_was_typed()
        opens = [each for each in self.used if passwords.fits(self.store, self.anna.id, each)]
        assert opens == self.used[-1:]
        by = self.school.head
        for each in self.concerns:
            opened = incidents.open(self.store, each, by=by)
            assert opened.status.status == self.status.get(each, "new")
            assert opened.in_error == self.in_error.get(each, False)
            assert [line.account for line in opened.actions] == self.acted.get(each, [])
            ahead = {at for at in opened.written_at if clock.is_ahead(at)}
            assert ahead <= opened.wrong_at
        mine = [each.id for each in incidents.mine(self.store, by=self.anna)]
        assert mine == self.concerns[::-1]

    def _check_what_was_typed(self) -> None:
        kept = {each.form: each.fields["account"] for each in drafts.of(self.store, by=self.anna)}
        assert [*kept.items()] == [*reversed(self.typed.items())]
        assert settings.school(self.store).unread_hours == self.hours
        note = plans.note_of(self.store, self.school.amy.id, by=self.school.lead)
        assert not self.note or (note and note.account == self.note)
        waiting = {each.incident for each in alerts.unread(self.store, by=self.school.deputy)}
        wrong = {each for each, is_wrong in self.in_error.items() if is_wrong}
        assert self.unread - wrong <= waiting

    def check_who_is_in(self) -> None:
        """Whoever was signed out stays out, and no link that was used opens anything."""
        assert not any(resets.whose(self.store, each) for each in self.links)
        for token in self.tokens:
            if sessions.of(self.store, token) is None:
                self.out.add(token)
            assert token not in self.out or sessions.of(self.store, token) is None


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    store = Store.open(tmp_path_factory.mktemp("chance") / "school", KEY)
    yield a_school(store)
    store.close()


@given(done=st.lists(st.tuples(MOVES, ACTS), min_size=4, max_size=10))
@examples(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_done_last_holds_and_nothing_is_lost(
    record: School, monkeypatch: pytest.MonkeyPatch, done: list[tuple[dict[str, float] | None, str]]
) -> None:
    salt = bcrypt.gensalt
    with monkeypatch.context() as patched:
        patched.setattr(bcrypt, "gensalt", lambda *_, **__: salt(4))  # with the least work
        past = Past(record, Watch(patched))
        for move, act in done:
            past.put(move)
            past.do(act)
            past.watch.turn(seconds=40)
            past.check_who_is_in()
        past.check()
        head = record.store.head
        assert head and proof.verify(record.store).count == head.seq

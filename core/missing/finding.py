"""A child is found: the search stops for everybody, and the log is closed once all is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core import body_maps, map_forms, map_problems
from core.forms import Incomplete
from core.missing import joined, logs, state
from core.missing.shape import State
from core.permissions import NotThere
from core.person import Person
from core.records import ChildFound, MissingClosing
from core.store import Store

MISTAKE = "mistake"

OUTCOMES: Mapping[str, str] = {
    "found": "Found",
    MISTAKE: "Nobody was missing",
    "police": "Handed to the police, not found yet",
}


@dataclass(kw_only=True)
class Form:
    """When and where a child was found, and by whom; `pupil` may be nobody who has a name yet."""

    pupil: str = ""
    found_at: datetime | None = None
    place: str = ""
    found_by: str = ""


def found(store: Store, log: str, form: Form, *, by: Person) -> None:
    """Records that a child is found, which tells everybody to stop the search. Raises `NotThere`,
    `Incomplete`."""
    logs.demand_open(store, log, by=by)
    now = state.of(store, log, by=by)
    if wrong := problems(now, form):
        raise Incomplete(wrong)
    assert form.found_at is not None  # noqa: S101 - or there would be a problem
    found_at = max(form.found_at, now.since)
    store.append(ChildFound(log=log, pupil=form.pupil, found_at=found_at,
                            place=form.place.strip(), found_by=form.found_by.strip()),
                 by=by)  # fmt: skip


def problems(now: State, form: Form) -> dict[str, str]:
    """What keeps a finding from being recorded, by the names of the fields."""
    wrong: dict[str, str] = {}
    named = {child.id for child in now.children}
    if form.pupil not in named and (form.pupil or named):
        wrong["pupil"] = "Please say which child was found."
    if form.found_at is None:
        wrong["found_at"] = "Please say when the child was found."
    elif form.found_at < now.since.replace(second=0, microsecond=0):  # minutes are filled in
        what = "was last seen" if now.seen else "was missed"
        wrong["found_at"] = f"Found before the child {what}: please check the times."
    if not form.place.strip():
        wrong["place"] = "Please say where the child was found."
    if not form.found_by.strip():
        wrong["found_by"] = "Please say who found the child."
    if form.found_at is not None and not wrong:
        try:
            logs.check_past(form.found_at, "found_at")
        except Incomplete as incomplete:
            return incomplete.problems
    return wrong


def hurt(store: Store, log: str, body_map: map_forms.Form, *, by: Person) -> None:
    """Records a body map of a child who was found. Raises `NotThere`, `Incomplete`."""
    logs.of(store, log, by=by)
    if wrong := map_problems.of(body_map):
        raise Incomplete(wrong)
    store.append(*body_maps.records(body_map, incident=log), by=by)


def mistaken(store: Store, log: str, pupil: str, *, by: Person) -> None:
    """It was another child: the search goes on. Raises `NotThere`."""
    logs.demand_open(store, log, by=by)
    was = next((f for f in state.of(store, log, by=by).found if f.pupil == pupil), None)
    if was is None:
        raise NotThere("finding")
    store.append(ChildFound(log=log, pupil=pupil, found_at=was.found_at, place=was.place,
                            found_by=was.found_by, mistaken=True), by=by)  # fmt: skip


def close(store: Store, log: str, outcome: str, reason: str = "", *, by: Person) -> None:
    """Closes a log, adds the incident to each child's record, and asks whoever took part for an
    account. Steps that are open take a reason; a call that was late takes its own first.

    Raises `NotThere`, `Incomplete`.
    """
    with store.alone():
        logs.demand_open(store, log, by=by)
        now = state.of(store, log, by=by)
        if wrong := problems_of_closing(now, outcome, reason):
            raise Incomplete(wrong)
        after = [] if outcome == MISTAKE else joined.records(store, now, by=by)
        closing = MissingClosing(log=log, outcome=outcome, reason=reason.strip())
        store.append(closing, *after, by=by)


def problems_of_closing(now: State, outcome: str, reason: str) -> dict[str, str]:
    """What keeps a log from being closed, by the names of the fields."""
    if outcome not in OUTCOMES:
        return {"outcome": "Please say how it ended."}
    if outcome == "found" and not now.all_found:
        return {"outcome": "Not every child is found: write down who was, when and where."}
    if not (now.children or reason.strip() or outcome == MISTAKE):
        return {"reason": "Please say who the child was, or write here why no student is named."}
    if now.reasons_owed:
        return {"late": "Please say why the call was late, before the log is closed."}
    if not reason.strip() and outcome != "found":
        return {"reason": "Please say why the log is closed though no child was found."}
    if not reason.strip() and now.open_steps:
        return {"reason": f"{len(now.open_steps)} steps are open: please say why they were not "
                          "needed."}  # fmt: skip
    return {}

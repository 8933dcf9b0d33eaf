"""The policy is broken on purpose, in every cell and every filter, and the matrix notices."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core import (
    access,
    actions,
    adult_files,
    adults,
    alerts,
    attachments,
    body_history,
    body_maps,
    categories,
    chronology,
    collection,
    concerns,
    corrections,
    decisions,
    diligence,
    exact,
    filters,
    handover,
    hometime,
    incidents,
    linked,
    mails,
    measures,
    outing_plans,
    outings,
    paper_sources,
    patterns,
    people,
    permissions,
    pupils,
    receipts,
    received,
    recipients,
    register_marks,
    releases,
    requests,
    risk_assessments,
    search,
    settings,
    significance,
    statuses,
    terms,
    training,
    transfers,
    unaccounted,
)
from core.missing import known, logs
from core.permissions import NO_CONFLICT, REACH, RULES, Scope, Standing, Verb
from core.reports import arriving, blank, conference, confidential, exports, ofsted, pack, trends
from core.store import Store, schema
from core.subject_access import asking
from tests.core.matrix import ASKS, World, a_world, first_difference
from tests.core.school import KEY

pytestmark = pytest.mark.xdist_group("mutants")  # the worlds of this file are built once


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    store = Store.open(tmp_path_factory.mktemp("mutants") / "school", KEY)
    yield a_world(store)
    store.close()


# Every cell of the table.

ROWS = {
    Verb.ADD_INCIDENT: "add incidents",
    Verb.ADD_ACTION: "add actions",
    Verb.USE_LEAD_CATEGORIES: "lead categories",
    Verb.SEE_INCIDENTS: "see incidents",
    Verb.SEE_LINKED_NAMES: "linked names",
    Verb.SEE_CHRONOLOGY: "chronologies",
    Verb.FIND_PUPILS: "find pupils",
    Verb.KEEP_LISTS: "keep lists",
    Verb.GIVE_ACCESS: "give access",
    Verb.SEE_UNSENT_MAIL: "unsent mail",
    Verb.CHANGE_SETTINGS: "settings",
    Verb.SEE_MENDINGS: "see mendings",
    Verb.KEEP_PHOTOGRAPH: "keep photographs",
    Verb.EXPORT: "exports",
    Verb.EXPORT_PACK: "inspection pack",
    Verb.EXPORT_CONFIDENTIAL: "confidential copy",
    Verb.PRINT_FORMS: "print forms",
    Verb.ENTER_FORMS: "enter forms",
    Verb.FOLLOW_UP: "follow up",
    Verb.SEE_DASHBOARD: "dashboard",
    Verb.RAISE_ABOUT_ADULT: "raise about adult",
    Verb.SEE_ABOUT_ADULTS: "see about adults",
    Verb.KEEP_REGISTER: "keep registers",
    Verb.SEE_UNACCOUNTED: "unaccounted for",
    Verb.HAND_OVER: "hand over",
    Verb.OVERRIDE_HAND_OVER: "override",
    Verb.KEEP_COLLECTION: "keep collection",
    Verb.SEE_ORDERS: "see orders",
    Verb.KEEP_OUTING: "keep outings",
    Verb.APPROVE_OUTING: "approve outings",
    Verb.KEEP_SEARCH: "keep searches",
    Verb.SEE_KNOWN: "lead searches",
    Verb.INVESTIGATE: "end searches",
    Verb.MAKE_RELEASE: "make releases",
    Verb.TRANSFER: "transfers",
    Verb.SEE_TRENDS: "trends",
}

COLUMNS = {
    Standing.STAFF: ("staff", "lead", "head"),
    Standing.LEAD: ("lead*",),
    Standing.HEAD: ("head*",),
    Standing.GOVERNOR: ("governor*", "chair", "former", "new"),
    Standing.OFFICE: ("office*",),
}

# What a verb distinguishes: most are open or not, and some reach so and so far.
DISTINGUISHED: Mapping[Verb, tuple[Scope | None, ...]] = {
    Verb.SEE_INCIDENTS: (None, *Scope),
    Verb.ADD_ACTION: (None, *Scope),
    Verb.SEE_CHRONOLOGY: (None, *Scope),
    Verb.FOLLOW_UP: (None, *Scope),
    Verb.SEE_DASHBOARD: (None, *Scope),
    Verb.EXPORT_PACK: (None, *Scope),
    Verb.SEE_LINKED_NAMES: (None, Scope.ALL, Scope.OWN),
    Verb.KEEP_OUTING: (None, Scope.ALL, Scope.INVOLVED),
    Verb.KEEP_SEARCH: (None, Scope.ALL, Scope.INVOLVED),
}

# The office sees no incident, so how it would see names in one makes no difference, and it never
# is the chair. A governor finds no child, whom they could hand over, and sees neither an outing nor
# a search, which they could lead.
SAME = {
    (Verb.APPROVE_OUTING, Standing.GOVERNOR, Scope.ALL),
    (Verb.HAND_OVER, Standing.GOVERNOR, Scope.ALL),
    (Verb.OVERRIDE_HAND_OVER, Standing.GOVERNOR, Scope.ALL),
    (Verb.SEE_KNOWN, Standing.GOVERNOR, Scope.ALL),
    (Verb.INVESTIGATE, Standing.GOVERNOR, Scope.ALL),
    (Verb.SEE_LINKED_NAMES, Standing.OFFICE, Scope.ALL),
    (Verb.SEE_LINKED_NAMES, Standing.OFFICE, Scope.OWN),
    (Verb.SEE_INCIDENTS, Standing.OFFICE, Scope.AS_CHAIR),
    (Verb.ADD_ACTION, Standing.OFFICE, Scope.AS_CHAIR),
    (Verb.FOLLOW_UP, Standing.OFFICE, Scope.AS_CHAIR),
    (Verb.FOLLOW_UP, Standing.STAFF, Scope.AS_CHAIR),
    (Verb.SEE_DASHBOARD, Standing.OFFICE, Scope.AS_CHAIR),
    (Verb.SEE_DASHBOARD, Standing.STAFF, Scope.AS_CHAIR),
    (Verb.EXPORT_PACK, Standing.OFFICE, Scope.AS_CHAIR),
    (Verb.EXPORT_PACK, Standing.STAFF, Scope.AS_CHAIR),
}

CELLS = [
    (verb, standing, scope)
    for verb in Verb
    for standing in Standing
    for scope in DISTINGUISHED.get(verb, (None, Scope.ALL))
    if scope != RULES[verb].get(standing) and (verb, standing, scope) not in SAME
]


def test_every_verb_has_its_row() -> None:
    assert ROWS.keys() == set(Verb) == RULES.keys()


@pytest.mark.parametrize(
    ("verb", "standing", "scope"),
    CELLS,
    ids=lambda each: each.name if each else "NOTHING",
)
def test_no_cell_of_the_table_can_be_changed_unnoticed(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    verb: Verb,
    standing: Standing,
    scope: Scope | None,
) -> None:
    row = {each: reach for each, reach in {**RULES[verb], standing: scope}.items() if reach}
    viewers = world.of(columns=COLUMNS[standing], active=True)
    asks = [ask for ask in ASKS if ask.row == ROWS[verb]]
    monkeypatch.setattr(permissions, "RULES", {**RULES, verb: row})
    assert first_difference(world, viewers=viewers, asks=asks)


# Every filter.

RELATIVES_ONLY = "i.pupil NOT IN (SELECT pupil FROM relatives WHERE person = $me)"
NAMED_ONLY = "NOT list_contains(i.named, $me)"
MINE = "i.recorded_by = $me"
ALERTED = "i.id IN (SELECT incident FROM alerts WHERE person = $me)"
ANY = "$me IS NOT NULL"


def everywhere(instead: str) -> Mapping[Scope, str]:
    return {scope: filter_.replace(NO_CONFLICT, instead) for scope, filter_ in REACH.items()}


FILTERS: Mapping[str, Mapping[Scope, str]] = {
    "no conflict counts": everywhere(ANY),
    "only relatives of the pupil count": everywhere(RELATIVES_ONLY),
    "only being named counts": everywhere(NAMED_ONLY),
    "all, conflict or not": {**REACH, Scope.ALL: ANY},
    "all is nothing": {**REACH, Scope.ALL: "FALSE AND " + MINE},
    "all is involved": {**REACH, Scope.ALL: REACH[Scope.INVOLVED]},
    "involved is all": {**REACH, Scope.INVOLVED: REACH[Scope.ALL]},
    "involved, conflict or not": {
        **REACH,
        Scope.INVOLVED: REACH[Scope.INVOLVED].replace(NO_CONFLICT, ANY),
    },
    "involved is added": {**REACH, Scope.INVOLVED: f"{MINE} AND {NO_CONFLICT}"},
    "involved is alerted": {**REACH, Scope.INVOLVED: f"{ALERTED} AND {NO_CONFLICT}"},
    "involved is added or alerted": {
        **REACH,
        Scope.INVOLVED: f"({MINE} OR {ALERTED}) AND {NO_CONFLICT}",
    },
    "the chair, conflict or not": {
        **REACH,
        Scope.AS_CHAIR: REACH[Scope.AS_CHAIR].replace(NO_CONFLICT, ANY),
    },
    "the chair sees all": {**REACH, Scope.AS_CHAIR: REACH[Scope.ALL]},
    "any governor who was alerted": {**REACH, Scope.AS_CHAIR: f"{ALERTED} AND {NO_CONFLICT}"},
    "a chair who stood down": {
        **REACH,
        Scope.AS_CHAIR: f"i.id IN (SELECT incident FROM chaired WHERE person = $me) "
        f"AND {NO_CONFLICT}",
    },
    "a chair who was told as a teacher": {
        **REACH,
        Scope.AS_CHAIR: f"{ALERTED} AND EXISTS (SELECT 1 FROM people WHERE id = $me AND is_chair) "
        f"AND {NO_CONFLICT}",
    },
}


def notices(world: World) -> str | None:
    """The first difference in what one open account of each kind sees, the quick asks first."""
    seen = [ask for ask in ASKS if ask.row in ("see incidents", "chronologies")]
    columns = ("chair", "former", "new", "staff", "lead*")
    return first_difference(world, viewers=world.of(columns=columns, active=True), asks=seen)


@pytest.mark.parametrize("mutant", FILTERS)
def test_no_filter_can_be_changed_unnoticed(
    world: World, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    monkeypatch.setattr(permissions, "REACH", FILTERS[mutant])
    assert notices(world)


def test_closed_accounts_cannot_be_let_in_unnoticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(by: Any, verb: Verb) -> Scope | None:
        return RULES[verb].get(permissions.standing(by))

    monkeypatch.setattr(permissions, "scope", careless)
    assert first_difference(world, viewers=world.of(active=False))


@pytest.mark.parametrize("column", ["lead", "head"])
def test_the_code_cannot_be_done_without_unnoticed(
    world: World, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    monkeypatch.setattr(permissions, "standing", lambda by: Standing[by.role.name])
    assert first_difference(world, viewers=world.of(columns=[column], active=True))


# Every module that has to ask.


def lets_all_through(by: Any, verb: Any = None) -> str:
    return ANY


def objects_to_nothing(by: Any, verb: Any) -> None:
    return None


FORGETFUL: Mapping[str, tuple[Any, str, Callable[..., Any]]] = {
    "incidents.find": (incidents, "incidents", lets_all_through),
    "incidents.open": (incidents, "incidents", lets_all_through),
    "incidents.mine": (incidents, "incidents", lets_all_through),
    "incidents.add": (incidents, "demand", objects_to_nothing),
    "linked names": (incidents, "scope", lambda by, verb: Scope.ALL),
    "alerts.unread": (alerts, "incidents", lets_all_through),
    "alerts.read": (alerts, "incidents", lets_all_through),
    "alerts.readers": (alerts, "incidents", lets_all_through),
    "recipients.owed": (recipients, "demand", objects_to_nothing),
    "actions.told": (concerns, "incidents", lets_all_through),
    "requests.asked": (requests, "incidents", lets_all_through),
    "requests.overdue": (requests, "incidents", lets_all_through),
    "actions.beneath": (actions, "incidents", lets_all_through),
    "actions.about": (actions, "incidents", lets_all_through),
    "attachments.beneath": (attachments, "incidents", lets_all_through),
    "attachments.open": (attachments, "incidents", lets_all_through),
    "concerns.of": (concerns, "incidents", lets_all_through),
    "decisions.beneath": (decisions, "incidents", lets_all_through),
    "significance.of": (significance, "incidents", lets_all_through),
    "search.found": (search, "incidents", lets_all_through),
    "search.found by name": (search, "incidents", lets_all_through),
    "statuses.history": (statuses, "incidents", lets_all_through),
    "corrections.beneath": (corrections, "incidents", lets_all_through),
    "corrections.about": (corrections, "incidents", lets_all_through),
    "alerts.about": (alerts, "incidents", lets_all_through),
    "linked.about": (linked, "incidents", lets_all_through),
    "exports.about": (exports, "children", lets_all_through),
    "conference.earlier": (conference, "children", lets_all_through),
    "conference.make": (pupils, "children", lets_all_through),
    "exports.make": (pupils, "children", lets_all_through),
    "asking.about": (asking, "children", lets_all_through),
    "asking.find": (asking, "children", lets_all_through),
    "asking.add": (pupils, "children", lets_all_through),
    "asking.take": (asking, "children", lets_all_through),
    "asking.subject": (pupils, "children", lets_all_through),
    "others.of": (pupils, "children", lets_all_through),
    "others.has_namesake": (pupils, "children", lets_all_through),
    "looks.of": (chronology, "incidents", lets_all_through),
    "answer.make": ((asking, pupils), "children", lets_all_through),
    "paper_sources.of": (paper_sources, "incidents", lets_all_through),
    "paper_sources.about": (paper_sources, "incidents", lets_all_through),
    "paper_sources.problems": (paper_sources, "may", lambda by, verb: True),
    "blank.make": (blank, "demand", objects_to_nothing),
    "ofsted.of": (pack, "incidents", lets_all_through),
    "a pack at all": (ofsted, "demand", objects_to_nothing),
    "ofsted.make": (exports, "demand", objects_to_nothing),
    "ofsted.made": (exports, "demand", objects_to_nothing),
    "body_maps.beneath": (body_maps, "incidents", lets_all_through),
    "body_maps.about": (body_maps, "incidents", lets_all_through),
    "body maps together at all": (body_history, "may", lambda by, verb: True),
    "chronology.of": (chronology, "incidents", lets_all_through),
    "collection.of": ((collection, pupils), "children", lets_all_through),
    "collection.allow": (pupils, "children", lets_all_through),
    "collection.ending": (collection, "children", lets_all_through),
    "what an order says": (collection, "may", lambda by, verb: True),
    "a chronology at all": (chronology, "may", lambda by, verb: True),
    **{
        f"filters.{name}": (filters, "demand", objects_to_nothing)
        for name in ("of", "one", "save", "remove", "remarks")
    },
    "categories.offered": (categories, "may", lambda by, verb: True),
    "people.everyone": (people, "demand", objects_to_nothing),
    "people.colleagues": (people, "demand", objects_to_nothing),
    "people.relatives": (people, "demand", objects_to_nothing),
    "people.add": (people, "demand", objects_to_nothing),
    "pupils.of": (pupils, "demand", objects_to_nothing),
    "pupils.everyone": (pupils, "demand", objects_to_nothing),
    "pupils.ever": (pupils, "demand", objects_to_nothing),
    "pupils.add": (pupils, "demand", objects_to_nothing),
    "handover.hand_to": (hometime, "children", lets_all_through),
    "handover.override": (handover, "demand", objects_to_nothing),
    "register_marks.here_on": (register_marks, "demand", objects_to_nothing),
    "unaccounted.now": (unaccounted, "demand", objects_to_nothing),
    "outings.listed": (outings, "demand", objects_to_nothing),
    "outings.staff": (outings, "demand", objects_to_nothing),
    "outings.open": (outings, "outings", lets_all_through),
    "outing_plans.plan": ((outing_plans, outings), "demand", objects_to_nothing),
    "risk_assessments.open": (risk_assessments, "reached", lets_all_through),
    "risk_assessments.decide": (risk_assessments, "demand", objects_to_nothing),
    "access.waiting": (access, "demand", objects_to_nothing),
    "access.propose": (access, "demand", objects_to_nothing),
    "mails.waiting_long": (mails, "demand", objects_to_nothing),
    "adults.choices": (adults, "demand", objects_to_nothing),
    "adults.problems": (adults, "demand", objects_to_nothing),
    "adults.received": (adults, "demand", objects_to_nothing),
    "adult_files.linkable": (adult_files, "demand", objects_to_nothing),
    "adult_files.seen": (adult_files, "demand", objects_to_nothing),
    "releases.open_periods": (releases, "demand", objects_to_nothing),
    "releases.made": (releases, "demand", objects_to_nothing),
    "exact.tables": (exact, "demand", objects_to_nothing),
    "transfers at all": (transfers, "demand", objects_to_nothing),
    "transfers.every": (transfers, "children", lets_all_through),
    "transfers.of": (transfers, "children", lets_all_through),
    "what a transfer lacks": (transfers, "incidents", lets_all_through),
    "transfers.record": (pupils, "children", lets_all_through),
    "transfers.call_off": ((transfers, pupils), "children", lets_all_through),
    "receipts.chases": (receipts, "children", lets_all_through),
    "receipts.chase": (transfers, "children", lets_all_through),
    "receipts.sign": (transfers, "children", lets_all_through),
    "transfer.make": (transfers, "children", lets_all_through),
    "whole.of": (chronology, "incidents", lets_all_through),
    "arriving.look": (arriving, "demand", objects_to_nothing),
    "arriving.take": (pupils, "children", lets_all_through),
    "received.is_known": (received, "demand", objects_to_nothing),
    "received.end": ((received, pupils), "children", lets_all_through),
    "received.about": (received, "children", lets_all_through),
    "received.of": (received, "children", lets_all_through),
    "received.parts": (received, "children", lets_all_through),
    "received.open": (received, "children", lets_all_through),
    "diligence.of": ((diligence, measures, training), "demand", objects_to_nothing),
    "diligence.measures": ((diligence, measures, training), "demand", objects_to_nothing),
    "releases.over": (releases, "demand", objects_to_nothing),
    "trends.make": ((trends, exports), "demand", objects_to_nothing),
    "trends.made": (exports, "demand", objects_to_nothing),
    "confidential.offered": (confidential, "demand", objects_to_nothing),
    "confidential.of": (confidential, "demand", objects_to_nothing),
    "confidential.make": ((confidential, exports), "demand", objects_to_nothing),
    "confidential.made": (exports, "demand", objects_to_nothing),
    "training.record": (training, "demand", objects_to_nothing),
    "training.problems": (training, "demand", objects_to_nothing),
    "training.done": (training, "demand", objects_to_nothing),
    "training.due": (training, "demand", objects_to_nothing),
    "training.counted": (training, "demand", objects_to_nothing),
    "settings.choose": (settings, "demand", objects_to_nothing),
    "terms.choose": (terms, "demand", objects_to_nothing),
    "releases.waits": (releases, "demand", objects_to_nothing),
    "patterns.waits": (patterns, "demand", objects_to_nothing),
    "logs.of": (logs, "searches", lets_all_through),
    "logs.from_paper": (logs, "demand", objects_to_nothing),
    "logs.alarms": (logs, "demand", objects_to_nothing),
    "known.is_told": (known, "may", lambda by, verb: True),
}


@pytest.mark.parametrize("mutant", FORGETFUL)
def test_no_function_can_forget_to_ask_unnoticed(
    world: World, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    modules, name, careless = FORGETFUL[mutant]
    viewers = world.of(columns=("lead*", "governor*", "staff", "office*"), active=True)
    asks = [ask for ask in ASKS if ask.name == mutant]
    for module in modules if isinstance(modules, tuple) else (modules,):  # each asks by itself
        monkeypatch.setattr(module, name, careless)
    assert first_difference(world, viewers=viewers, asks=asks)


# Every view that a filter reads.

INVOLVED = {
    "authors": "SELECT recorded_by AS person, id AS incident FROM incidents",
    "the alerted": "SELECT person, incident FROM alerts",
    "actors": "SELECT recorded_by AS person, incident FROM actions",
    "the asked": "SELECT asked_of AS person, incident FROM actions WHERE asked_of <> ''",
}

VIEWS = {
    "a mark that was taken off still hides": "relatives AS SELECT person, pupil FROM relations",
    "linked pupils concern nobody": "concerned AS SELECT id AS incident, pupil FROM incidents",
    "naming hides nothing": "barred AS SELECT r.person, c.incident "
    "FROM relatives r JOIN concerned c ON c.pupil = r.pupil",
    "being a relative hides nothing": "barred AS SELECT unnest(named) AS person, id AS incident "
    "FROM incidents",
    **{
        f"{part} are not involved": "involved AS "
        + " UNION ALL ".join(sql for name, sql in INVOLVED.items() if name != part)
        for part in INVOLVED
    },
    "the alerted are chairs": "chaired AS SELECT person, incident FROM alerts",
    "nobody is a chair": "chaired AS SELECT person, incident FROM alerts WHERE FALSE",
    "readings are forgotten": "alerts_now AS SELECT *, FALSE AS is_escalation, "
    "NULL::TIMESTAMP AS read_at FROM alerts",
    "anybody’s reading counts": "alerts_now AS SELECT a.*, FALSE AS is_escalation, "
    "coalesce(r.recorded_at, a.recorded_at) AS read_at FROM alerts a "
    "LEFT JOIN readings r ON r.incident = a.incident",
    "what was done still waits": "requests AS SELECT *, NULL::TIMESTAMP AS done_at FROM actions "
    "WHERE asked_of <> ''",
}


@pytest.fixture(scope="module")
def closed_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    store = Store.open(tmp_path_factory.mktemp("views") / "school", KEY)
    world = a_world(store)
    store.close()
    return world


@pytest.mark.parametrize("mutant", VIEWS)
def test_no_view_can_be_changed_unnoticed(
    closed_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    folder = shutil.copytree(schema.VIEWS, tmp_path / "views")
    (folder / "99_mutant.sql").write_text(f"CREATE OR REPLACE VIEW {VIEWS[mutant]};")
    monkeypatch.setattr(schema, "VIEWS", folder)
    store = Store.open(closed_world.store.folder, KEY)
    try:
        assert notices(replace(closed_world, store=store))
    finally:
        store.close()

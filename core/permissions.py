"""Who may do what: one table, and the one place that turns it into a filter for queries.

The menu, the README and the tests read the same table. What is not in it is refused. A conflict of
interest comes before every row: whoever is a parent or relative of a pupil, or is named in an
incident, does not see it, whatever their role.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from core.errors import Refused
from core.person import Person, Role


class Standing(StrEnum):
    """How an account counts: a lead or head who gave no code counts as staff."""

    STAFF = "staff, and leads without the code"
    LEAD = "lead with full access"
    HEAD = "head with full access"
    GOVERNOR = "governor"
    OFFICE = "office"


class Verb(StrEnum):
    """What can be asked for."""

    ADD_INCIDENT = "add an incident"
    ADD_ACTION = "add an action"
    USE_LEAD_CATEGORIES = "use a category for leads only"
    SEE_INCIDENTS = "see incidents"
    SEE_LINKED_NAMES = "see linked students by full name"
    SEE_CHRONOLOGY = "see a chronology"
    FIND_PUPILS = "look a student up"
    KEEP_LISTS = "keep the lists of students and staff"
    GIVE_ACCESS = "give full access"
    SEE_UNSENT_MAIL = "see mail that was not sent"
    CHANGE_SETTINGS = "change the school's settings"
    SEE_MENDINGS = "see what a start put right in the record"
    KEEP_PHOTOGRAPH = "keep a photograph of an injury"
    SEE_DASHBOARD = "see the team's dashboard"
    EXPORT = "export a chronology"
    EXPORT_PACK = "export the pack for Ofsted"
    EXPORT_CONFIDENTIAL = "make the confidential report for a governor"
    PRINT_FORMS = "print blank paper forms"
    ENTER_FORMS = "enter a paper form"
    FOLLOW_UP = "set the status of an incident, decide about it, correct it"
    RAISE_ABOUT_ADULT = "raise a concern about an adult"
    SEE_ABOUT_ADULTS = "see concerns about adults, and act on them"
    KEEP_REGISTER = "mark a register"
    SEE_UNACCOUNTED = "see who is not accounted for"
    HAND_OVER = "hand students over at the end of the day"
    OVERRIDE_HAND_OVER = "hand a student over otherwise than the list says"
    KEEP_COLLECTION = "say who may collect a student"
    SEE_ORDERS = "read and end a court order about who must not collect a student"
    KEEP_OUTING = "plan an outing, and count its children"
    APPROVE_OUTING = "approve an outing"
    KEEP_SEARCH = "start a missing-child log, and add to it"
    SEE_KNOWN = "be told what the record knows of a missing student, as the incident's lead"
    INVESTIGATE = "investigate a search afterwards, and report it to the local authority"
    MAKE_RELEASE = "make a release for governors"
    TRANSFER = "send a student's file to another school, and take one in"
    SEE_TRENDS = "see trends, small numbers withheld"


class Scope(StrEnum):
    """Which incidents a verb reaches."""

    ALL = "all"
    INVOLVED = "added by them, alerted to them, or with an action of theirs"
    OWN = "added by them"
    AS_CHAIR = "alerted to them as the chair of governors"


S, L, H, G, O = Standing  # noqa: E741 - columns of the table below

RULES: Mapping[Verb, Mapping[Standing, Scope]] = {
    Verb.ADD_INCIDENT: {S: Scope.ALL, L: Scope.ALL, H: Scope.ALL},
    Verb.ADD_ACTION: {S: Scope.INVOLVED, L: Scope.ALL, H: Scope.ALL},
    Verb.USE_LEAD_CATEGORIES: {L: Scope.ALL, H: Scope.ALL},
    Verb.SEE_INCIDENTS: {S: Scope.INVOLVED, L: Scope.ALL, H: Scope.ALL, G: Scope.AS_CHAIR},
    Verb.SEE_LINKED_NAMES: {S: Scope.OWN, L: Scope.ALL, H: Scope.ALL},
    Verb.SEE_CHRONOLOGY: {L: Scope.ALL, H: Scope.ALL},
    Verb.FIND_PUPILS: {S: Scope.ALL, L: Scope.ALL, H: Scope.ALL, O: Scope.ALL},
    Verb.KEEP_LISTS: {L: Scope.ALL, H: Scope.ALL, O: Scope.ALL},
    Verb.GIVE_ACCESS: {L: Scope.ALL, H: Scope.ALL},
    Verb.SEE_UNSENT_MAIL: {L: Scope.ALL, H: Scope.ALL},
    Verb.CHANGE_SETTINGS: {L: Scope.ALL, H: Scope.ALL},
    Verb.SEE_MENDINGS: {L: Scope.ALL, H: Scope.ALL},
    Verb.KEEP_PHOTOGRAPH: {L: Scope.ALL, H: Scope.ALL},
    Verb.SEE_DASHBOARD: {L: Scope.ALL, H: Scope.ALL},
    Verb.EXPORT: {L: Scope.ALL, H: Scope.ALL},
    Verb.EXPORT_PACK: {L: Scope.ALL, H: Scope.ALL},
    Verb.EXPORT_CONFIDENTIAL: {H: Scope.ALL},
    Verb.PRINT_FORMS: {S: Scope.ALL, L: Scope.ALL, H: Scope.ALL, O: Scope.ALL},
    Verb.ENTER_FORMS: {L: Scope.ALL, H: Scope.ALL},
    Verb.FOLLOW_UP: {L: Scope.ALL, H: Scope.ALL},
    Verb.RAISE_ABOUT_ADULT: {S: Scope.ALL, L: Scope.ALL, H: Scope.ALL},
    Verb.SEE_ABOUT_ADULTS: {L: Scope.ALL, H: Scope.ALL, G: Scope.ALL},
    Verb.KEEP_REGISTER: {S: Scope.ALL, L: Scope.ALL, H: Scope.ALL, O: Scope.ALL},
    Verb.SEE_UNACCOUNTED: {L: Scope.ALL, H: Scope.ALL, O: Scope.ALL},
    Verb.HAND_OVER: {S: Scope.ALL, L: Scope.ALL, H: Scope.ALL, O: Scope.ALL},
    Verb.OVERRIDE_HAND_OVER: {L: Scope.ALL, H: Scope.ALL},
    Verb.KEEP_COLLECTION: {L: Scope.ALL, H: Scope.ALL, O: Scope.ALL},
    Verb.SEE_ORDERS: {L: Scope.ALL, H: Scope.ALL},
    Verb.KEEP_OUTING: {S: Scope.INVOLVED, L: Scope.ALL, H: Scope.ALL, O: Scope.ALL},
    Verb.APPROVE_OUTING: {H: Scope.ALL},
    Verb.KEEP_SEARCH: {S: Scope.INVOLVED, L: Scope.ALL, H: Scope.ALL, O: Scope.INVOLVED},
    Verb.SEE_KNOWN: {L: Scope.ALL, H: Scope.ALL},
    Verb.INVESTIGATE: {L: Scope.ALL, H: Scope.ALL},
    Verb.MAKE_RELEASE: {L: Scope.ALL, H: Scope.ALL},
    Verb.TRANSFER: {L: Scope.ALL, H: Scope.ALL},
    Verb.SEE_TRENDS: {L: Scope.ALL, H: Scope.ALL, G: Scope.ALL},
}

NO_CONFLICT = "i.id NOT IN (SELECT incident FROM barred WHERE person = $me)"

# Names $me as the others do: DuckDB refuses a query that is given a value it does not use.
NOTHING = "FALSE AND i.recorded_by = $me"

REACH: Mapping[Scope, str] = {
    Scope.ALL: NO_CONFLICT,
    Scope.INVOLVED: "i.id IN (SELECT incident FROM involved WHERE person = $me) AND " + NO_CONFLICT,
    Scope.OWN: "i.recorded_by = $me AND " + NO_CONFLICT,
    Scope.AS_CHAIR: "i.id IN (SELECT incident FROM chaired WHERE person = $me)"
    " AND EXISTS (SELECT 1 FROM people WHERE id = $me AND is_chair) AND " + NO_CONFLICT,
}

# What no governor but the chair is offered.
OF_THE_CHAIR = {Verb.SEE_ABOUT_ADULTS}

NOT_BARRED = "a.id NOT IN (SELECT concern FROM adults_barred WHERE person = $me)"

NO_ADULT = "FALSE AND a.recorded_by = $me"

# Which concerns about adults somebody sees who may see any. Like those above, each names $me.
ABOUT_ADULTS: Mapping[Standing, str] = {
    Standing.HEAD: "NOT a.about_head AND " + NOT_BARRED,
    Standing.LEAD: "NOT a.about_head AND a.level = 'low_level' AND " + NOT_BARRED,
    Standing.GOVERNOR: "(a.about_head OR a.headless)"
    " AND EXISTS (SELECT 1 FROM people WHERE id = $me AND is_chair) AND " + NOT_BARRED,
}

# Which outings somebody sees who may see any. Like those above, each names $me.
OUTINGS: Mapping[Scope, str] = {
    Scope.ALL: "$me IS NOT NULL",
    Scope.INVOLVED: "o.id IN (SELECT outing FROM outing_people WHERE person = $me)",
}

NO_OUTING = "FALSE AND o.leader = $me"


NO_RELATIVE = "m.id NOT IN (SELECT log FROM search_relatives WHERE person = $me)"

# Which logs of a missing child somebody sees that are closed. Each names $me.
CLOSED_SEARCHES: Mapping[Scope | None, str] = {
    Scope.ALL: NO_RELATIVE,
    Scope.INVOLVED: "m.id IN (SELECT log FROM searched WHERE person = $me) AND " + NO_RELATIVE,
}


class NotAllowed(Refused):
    """The account of whoever asks is not for this."""

    def __init__(self) -> None:
        super().__init__("Your account is not for this: ask a safeguarding lead.")


class NotThere(Refused):
    """It does not exist, or may not be seen: the same words for both."""

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}: check the number, or ask a safeguarding lead.")


def standing(by: Person) -> Standing:
    """How `by` counts in the table."""
    if by.role in (Role.LEAD, Role.HEAD) and not by.full_access:
        return Standing.STAFF
    return Standing[by.role.name]


def scope(by: Person, verb: Verb) -> Scope | None:
    """How far the verb reaches for `by`; None if not at all. Closed accounts reach nothing."""
    if not by.active or (verb in OF_THE_CHAIR and by.role is Role.GOVERNOR and not by.is_chair):
        return None
    return RULES[verb].get(standing(by))


def may(by: Person, verb: Verb) -> bool:
    """Whether the verb is open to `by` at all."""
    return scope(by, verb) is not None


def offers(by: Person, verb: Verb) -> bool:
    """Whether there can be anything for `by` behind the verb: a governor who is not the chair is
    told of no incident, and needs no page for them."""
    return may(by, verb) and (scope(by, verb) is not Scope.AS_CHAIR or by.is_chair)


def demand(by: Person, verb: Verb) -> None:
    """Raises `NotAllowed` unless the verb is open to `by`."""
    if not may(by, verb):
        raise NotAllowed


def incidents(by: Person, verb: Verb = Verb.SEE_INCIDENTS) -> str:
    """The SQL condition on `incidents AS i` that lets through what the verb reaches for `by`.

    The query has to be given `me=by.id`. Lets nothing through where the table has no entry.
    """
    reach = scope(by, verb)
    return REACH[reach] if reach else NOTHING


def about_adults(by: Person) -> str:
    """The SQL condition on `adult_concerns_now AS a` that lets through what `by` may see.

    The query has to be given `me=by.id`. Whom a concern is about sees nothing of it, whatever their
    role; one about the head is seen by the chair of governors and nobody else.
    """
    if not may(by, Verb.SEE_ABOUT_ADULTS):
        return NO_ADULT
    return ABOUT_ADULTS.get(standing(by), NO_ADULT)


def outings(by: Person) -> str:
    """The SQL condition on `outings_now AS o` that lets through what `by` may see.

    The query has to be given `me=by.id`. Staff see what they planned, lead or go on.
    """
    reach = scope(by, Verb.KEEP_OUTING)
    return OUTINGS.get(reach, NO_OUTING) if reach else NO_OUTING


def searches(by: Person) -> str:
    """The SQL condition on `missing_logs_now AS m` that lets through the logs that `by` may see.

    The query has to be given `me=by.id`. As long as a child is missing, everybody who works here
    searches, relatives too. Once the log is closed, or where one is typed up from paper, it is a
    record like others: relatives read nothing of it, and without full access only those who took
    part do.
    """
    reach = scope(by, Verb.KEEP_SEARCH)
    if reach not in CLOSED_SEARCHES:
        return "FALSE AND m.recorded_by = $me"
    return f"(m.closed_at IS NULL AND NOT m.on_paper OR {CLOSED_SEARCHES[reach]})"


def children(by: Person, verb: Verb) -> str:
    """The SQL condition on `pupils AS p` that lets through whose own record the verb reaches.

    The query has to be given `me=by.id`. A relative of a pupil reads nothing of theirs.
    """
    own = "p.id NOT IN (SELECT pupil FROM relatives WHERE person = $me)"
    return own if scope(by, verb) is Scope.ALL else "FALSE AND p.id = $me"

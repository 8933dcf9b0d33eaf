"""The vocabulary: every kind of fact that the store keeps.

Each is stored in a table of the same columns (`data/schema`). Nothing here is ever changed or
removed: the newest `PersonDetails` of a person tells how things stand, and the older ones tell
how they stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.store import Record


@dataclass(frozen=True, kw_only=True)
class Setting(Record, table="settings"):
    """A choice of the school, such as its name or the time at which children go home."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class PersonDetails(Record, table="people_details"):
    """An account as it stands from now on."""

    person: str
    name: str
    email: str
    role: str
    post: str = ""
    class_name: str = ""
    is_chair: bool = False
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class AccountEvent(Record, table="account_events"):
    """Something that happened to an account, without any secret: `signed_in`, `code_given` …"""

    person: str
    event: str


@dataclass(frozen=True, kw_only=True)
class PupilDetails(Record, table="pupils_details"):
    """A pupil as known from now on. `upn` is the unique pupil number, empty where not known."""

    pupil: str
    name: str
    known_as: str = ""
    born_on: date
    class_name: str
    upn: str = ""
    household: str = ""
    left_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Relation(Record, table="relations"):
    """A member of staff is a parent or relative of a pupil; `ended` takes the mark off again."""

    person: str
    pupil: str
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class Incident(Record, table="incidents"):
    """What a member of staff recorded about a pupil. `named` are staff whom it is about."""

    number: int
    pupil: str
    occurred_at: datetime
    about_time: bool = False
    account: str
    child_words: str = ""
    parents_contacted: bool
    parents_why_not: str = ""
    told_in_person: str = ""
    told_at: str = ""
    original_notes: str = ""
    categories: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class LinkedPupil(Record, table="linked_pupils"):
    """Another child who took part in an incident, and the part they had in it."""

    incident: str
    pupil: str
    part: str


@dataclass(frozen=True, kw_only=True)
class Alert(Record, table="alerts"):
    """A notice owed to one person about an incident, or about an action beneath it."""

    person: str
    incident: str
    action: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading(Record, table="readings"):
    """A person marked an alert as read."""

    alert: str
    person: str
    incident: str


@dataclass(frozen=True, kw_only=True)
class Action(Record, table="actions"):
    """Something done, said or decided about an incident; it may ask a person for something."""

    incident: str
    kind: str
    account: str
    asked_of: str = ""
    due_on: date | None = None
    with_whom: str = ""
    how: str = ""
    agreed: str = ""


@dataclass(frozen=True, kw_only=True)
class Completion(Record, table="completions"):
    """What an action asked for has been done."""

    action: str
    incident: str


@dataclass(frozen=True, kw_only=True)
class Escalation(Record, table="escalations"):
    """What waited too long for a person, an alert or an action asked of them, is told to others."""

    incident: str
    person: str
    alert: str = ""
    action: str = ""
    told: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Attachment(Record, table="attachments"):
    """A file that belongs to an incident or to an action; `digest` is its name in the vault.

    `allowed_because` is why a lead keeps a photograph of an injury, which nobody should take.
    """

    incident: str
    action: str = ""
    name: str
    media_type: str
    size: int
    digest: str
    allowed_because: str = ""


@dataclass(frozen=True, kw_only=True)
class BodyMap(Record, table="body_maps"):
    """Where a child was hurt, as somebody saw it; its marks are records of their own.

    `edition` and `build` say on which outlines the marks were set. `changed` says what is different
    since the map before it.
    """

    incident: str
    action: str = ""
    edition: str
    build: str
    seen_by: str
    present: str = ""
    seen_at: datetime
    about_time: bool = False
    advice_sought: bool
    advice: str
    changed: str = ""


@dataclass(frozen=True, kw_only=True)
class BodyMark(Record, table="body_marks"):
    """One numbered mark. Its place, and the extent of what was drawn, are in hundred-thousandths
    of the view's width and height; sizes in millimetres, 0 where not measured. What can be yes or
    no is empty where nobody said. `drawing` has the strokes."""

    body_map: str
    incident: str
    number: int
    view: str
    region: str
    x: int
    y: int
    drawn_x: int = 0
    drawn_y: int = 0
    drawn_width: int = 0
    drawn_height: int = 0
    kind: str
    described: str = ""
    length_mm: int = 0
    breadth_mm: int = 0
    shape: str = ""
    colour: str = ""
    skin_broken: str = ""
    swollen: str = ""
    surface: tuple[str, ...] = ()
    cleanness: str = ""
    painful: str = ""
    warm: str = ""
    stiff: str = ""
    basis: str = ""
    child_words: str = ""
    parent_words: str = ""
    first_aid: str = ""
    drawing: str = ""


@dataclass(frozen=True, kw_only=True)
class Mail(Record, table="mails"):
    """A mail that is owed: its words are made from `purpose` when it is sent."""

    person: str
    purpose: str
    author: str = ""
    category: str = ""


@dataclass(frozen=True, kw_only=True)
class Delivery(Record, table="deliveries"):
    """One try to send a mail, and whether the mail server took it."""

    mail: str
    sent: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Opening(Record, table="openings"):
    """A person read something: an incident, a file, a chronology."""

    what: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class Export(Record, table="exports"):
    """A report was made of the record: for whom, why, and with what it was told to hold.

    `number` is in the file's name, `sha256` tells whether a file is the one that was made.
    """

    number: int
    what: str
    pupil: str
    media_type: str
    recipient: str
    purpose: str
    chosen: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, kw_only=True)
class PaperForm(Record, table="paper_forms"):
    """Blank forms were printed: so many copies, with running numbers of which this is the first."""

    number: int
    copies: int


@dataclass(frozen=True, kw_only=True)
class PaperSource(Record, table="paper_sources"):
    """An incident was written on paper by somebody else than who entered it. `number` is the
    form's, 0 for paper without one; `author` is the id of a member of staff, or empty."""

    incident: str
    number: int = 0
    author: str = ""
    name: str
    post: str
    written_on: date
    original: str


@dataclass(frozen=True, kw_only=True)
class ConferenceReport(Record, table="conference_reports"):
    """What the school told a conference about a pupil, beside its `ConferenceStatement`s.

    `stood` is what the record said at that time, as JSON, so that the same report can be made
    again. It rests on the incidents `rests_on`: whoever may not see one of them does not see it.
    """

    pupil: str
    conference: str
    held_on: date | None = None
    names_used: str = ""
    carers: str
    professionals: str = ""
    why: str
    shared_with_parents: bool
    parents_on: date | None = None
    parents_why_not: str = ""
    shared_with_child: bool
    child_on: date | None = None
    child_why_not: str = ""
    rests_on: tuple[str, ...]
    stood: str


@dataclass(frozen=True, kw_only=True)
class ConferenceStatement(Record, table="conference_statements"):
    """One thing that the school says in a section of a report: what kind of thing, from whom."""

    report: str
    section: str
    kind: str = ""
    source: str = ""
    dated: date | None = None
    account: str


@dataclass(frozen=True, kw_only=True)
class AccessProposal(Record, table="access_proposals"):
    """Somebody with full access wants an account to have these details; a second has to agree."""

    person: str
    name: str
    email: str
    role: str
    post: str = ""
    class_name: str = ""


@dataclass(frozen=True, kw_only=True)
class StatusChange(Record, table="status_changes"):
    """How far a concern is, from now on. `told_reporter` is what the person who raised it reads."""

    incident: str
    status: str
    outcome: str = ""
    told_reporter: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision(Record, table="decisions"):
    """What was decided about a concern, or decided against, and why."""

    incident: str
    options: str
    decided: str
    to_whom: str = ""
    threshold: str = ""
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReferralAnswer(Record, table="referral_answers"):
    """What came back from whom something was referred to."""

    decision: str
    incident: str
    account: str


@dataclass(frozen=True, kw_only=True)
class Correction(Record, table="corrections"):
    """A later word about an incident that was not right as it was written. The incident stays."""

    incident: str
    kind: str
    account: str
    pupil: str = ""
    duplicate_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Significance(Record, table="significances"):
    """An incident counts as a significant event from now on, or, if `ended`, no longer."""

    incident: str
    meaning: str = ""
    decided: str = ""
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanDetails(Record, table="plans_details"):
    """A plan or flag of a pupil as it stands from now on."""

    plan: str
    pupil: str
    kind: str
    since: date
    until: date | None = None
    review_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StandingNote(Record, table="standing_notes"):
    """What every lead should know of a pupil before anything else; the newest one counts."""

    pupil: str
    account: str


@dataclass(frozen=True, kw_only=True)
class Charge(Record, table="charges"):
    """A lead is in charge of a pupil from now on; nobody, where `person` is empty."""

    pupil: str
    person: str


@dataclass(frozen=True, kw_only=True)
class SetAside(Record, table="set_asides"):
    """A lead has looked at why a pupil was pointed out, and says why nothing follows.

    `seen` are the incidents behind it at that time: with a new one it is pointed out again.
    """

    pupil: str
    rule: str
    reason: str
    seen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AdultConcern(Record, table="adult_concerns"):
    """A concern about an adult who works at the school: of an account, or of a name that was typed.

    No incident: it has no number, and is found by nothing that finds incidents.
    """

    adult: str = ""
    adult_name: str = ""
    level: str
    occurred_at: datetime
    place: str
    account: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AdultAction(Record, table="adult_actions"):
    """What was done about a concern about an adult, and why. `adult` is an account that it turned
    out to be about."""

    concern: str
    kind: str
    reason: str
    adult: str = ""


@dataclass(frozen=True, kw_only=True)
class CollectorDetails(Record, table="collectors_details"):
    """An adult who may collect a pupil, as known from now on; `ended` takes them off the list."""

    collector: str
    pupil: str
    name: str
    relation: str = ""
    phone: str = ""
    note: str = ""
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class WalkHomeDetails(Record, table="walks_home_details"):
    """A pupil may go home alone, on whose word, and how that was given; or, if `ended`, no more."""

    permission: str
    pupil: str
    since: date
    until: date | None = None
    given_by: str
    how: str
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class ProhibitionDetails(Record, table="prohibitions_details"):
    """An adult must not collect a pupil, as a court has ordered; `account` is what it says."""

    prohibition: str
    pupil: str
    name: str
    until: date | None = None
    account: str
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class RegisterEntry(Record, table="register_entries"):
    """The marks of some pupils in one session of a day, side by side: what was marked together.

    A later entry says anew only of those pupils whom it names, so that two people who put right
    two children at once do not undo each other.
    """

    day: date
    session: str
    pupils: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HandOver(Record, table="hand_overs"):
    """How a pupil went home, and with whom. `reason` is why a lead allowed what the list does
    not."""

    pupil: str
    day: date
    how: str
    collector: str = ""
    name: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CollectionTry(Record, table="collection_tries"):
    """Somebody was rung because a pupil had not been collected, and answered or not."""

    pupil: str
    day: date
    collector: str
    answered: bool = False


@dataclass(frozen=True, kw_only=True)
class Release(Record, table="releases"):
    """What governors see of a period, for good.

    `form` is the released form as canonical JSON and `certificate` that of its audit;
    `fingerprint` is the SHA-256 over both.
    """

    name: str
    begins: date
    ends: date
    form: str
    certificate: str
    fingerprint: str

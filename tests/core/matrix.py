"""Who may do what, as the policy says it, and a school in which every case of it occurs.

Nothing here is taken from `core.permissions`: two tables that were written apart have to agree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from core import (
    access,
    action_forms,
    actions,
    adult_files,
    adults,
    alerts,
    attachments,
    body_history,
    body_maps,
    categories,
    charges,
    chronology,
    clock,
    collection,
    concerns,
    corrections,
    dashboard,
    decisions,
    diligence,
    exact,
    filters,
    forms,
    handover,
    hometime,
    incidents,
    linked,
    mails,
    measures,
    mendings,
    outing_plans,
    outings,
    paper_sources,
    patterns,
    people,
    periods,
    plans,
    pupils,
    receipts,
    received,
    recipients,
    register_marks,
    registers,
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
from core.errors import Refused
from core.inspection import Inspected
from core.missing import (
    accounts,
    ends,
    entries,
    facts,
    investigation,
    joined,
    known,
    logs,
    state,
    steps,
)
from core.permissions import NotAllowed, NotThere, Verb
from core.person import SYSTEM, Person, Role
from core.records import (
    AccessRequest,
    Action,
    Alert,
    Attachment,
    BodyMap,
    BodyMark,
    Charge,
    Completion,
    ConferenceReport,
    Correction,
    Decision,
    Export,
    Incident,
    LinkedPupil,
    MissingChild,
    MissingClosing,
    MissingLog,
    OutingAdult,
    OutingDetails,
    PaperSource,
    PersonDetails,
    PlanDetails,
    ProhibitionDetails,
    PupilDetails,
    Reading,
    ReceivedFile,
    ReceivedPart,
    Relation,
    RiskAssessment,
    SearchNote,
    SearchRole,
    Significance,
    StandingNote,
    StatusChange,
    TransferChase,
    TransferDetails,
    TransferFile,
)
from core.reports import (
    arriving,
    authority,
    blank,
    conference,
    confidential,
    exports,
    ofsted,
    transfer,
    trends,
    whole,
)
from core.reports.arriving import Arrived
from core.reports.chronology import Form as Report
from core.reports.conference_form import Form as Conference
from core.reports.confidential import Form as Copy
from core.reports.ofsted import Form as Pack
from core.reports.trends import Form as Trends
from core.reports.whole import Child, Whole
from core.store import Record, Store, new_id
from core.subject_access import answer, asking, looks, others
from tests.core.school import BORN, WRITTEN, a_concern, details, person_of, stopped

# A star means: in a session in which the Authenticator's code was given.
# “involved” is: added it, was alerted to it, or has an action on it, also after reading it.
# A former chair stood down; a new chair was alerted while still a teacher.
TABLE = """
                  staff    staff*   lead     lead*  head     head*  governor* chair former new office*
add incidents     yes      yes      yes      yes    yes      yes    -         -     -      -   -
add actions       involved involved involved all    involved all    -         -     -      -   -
lead categories   -        -        -        yes    -        yes    -         -     -      -   -
see incidents     involved involved involved all    involved all    -         chair -      -   -
linked names      author   author   author   all    author   all    -         -     -      -   -
chronologies      -        -        -        all    -        all    -         -     -      -   -
find pupils       yes      yes      yes      yes    yes      yes    -         -     -      -   yes
keep lists        -        -        -        yes    -        yes    -         -     -      -   yes
give access       -        -        -        yes    -        yes    -         -     -      -   -
unsent mail       -        -        -        yes    -        yes    -         -     -      -   -
settings          -        -        -        yes    -        yes    -         -     -      -   -
see mendings      -        -        -        yes    -        yes    -         -     -      -   -
keep photographs  -        -        -        yes    -        yes    -         -     -      -   -
follow up         -        -        -        all    -        all    -         -     -      -   -
exports           -        -        -        all    -        all    -         -     -      -   -
inspection pack   -        -        -        all    -        all    -         -     -      -   -
confidential copy -        -        -        -      -      yes    -         -     -      -   -
print forms       yes      yes      yes      yes    yes      yes    -         -     -      -   yes
enter forms       -        -        -        yes    -        yes    -         -     -      -   -
dashboard         -        -        -        all    -        all    -         -     -      -   -
raise about adult yes      yes      yes      yes    yes      yes    -         -     -      -   -
see about adults  -        -        -        yes    -        yes    -         yes   -      yes -
keep registers    yes      yes      yes      yes    yes      yes    -         -     -      -   yes
unaccounted for   -        -        -        yes    -        yes    -         -     -      -   yes
hand over         all      all      all      all    all      all    -         -     -      -   all
override          -        -        -        all    -        all    -         -     -      -   -
keep collection   -        -        -        all    -        all    -         -     -      -   all
see orders        -        -        -        all    -        all    -         -     -      -   -
keep outings      involved involved involved all    involved all    -         -     -      -   all
approve outings   -        -        -        -      -        all    -         -     -      -   -
keep searches     involved involved involved all    involved all    -         -     -      -   involved
lead searches     -        -        -        all    -        all    -         -     -      -   -
end searches      -        -        -        all    -        all    -         -     -      -   -
make releases     -        -        -        yes    -        yes    -         -     -      -   -
transfers         -        -        -        all    -        all    -         -     -      -   -
trends            -        -        -        yes    -        yes    yes       yes   yes    yes -
"""  # noqa: E501 - a table is read as one

A_DAY = date(2026, 9, 7)  # of school

ROLES = {"chair": Role.GOVERNOR, "former": Role.GOVERNOR, "new": Role.GOVERNOR}

COLUMNS = TABLE.splitlines()[1].split()


def _rows() -> Iterator[tuple[str, dict[str, str]]]:
    for line in TABLE.splitlines()[2:]:
        yield line[:18].strip(), dict(zip(COLUMNS, line[18:].split(), strict=True))


ROWS = dict(_rows())


@dataclass(frozen=True)
class Tie:
    """What somebody has to do with an incident. `conflict` is one of interest."""

    name: str
    author: bool = False
    alerted: bool = False
    read: bool = False
    actor: bool = False
    asked: bool = False
    done: bool = False
    conflict: str = ""

    @property
    def involved(self) -> bool:
        return self.author or self.alerted or self.actor or self.asked


TIES = (
    Tie("none"),
    Tie("author", author=True),
    Tie("alerted", alerted=True),
    Tie("alerted and read", alerted=True, read=True),
    Tie("actor", actor=True),
    Tie("asked", asked=True),
    Tie("asked and done", asked=True, done=True),
    Tie("author and alerted", author=True, alerted=True),
    Tie("relative of the pupil", conflict="pupil"),
    Tie("alerted, relative of the pupil", alerted=True, conflict="pupil"),
    Tie("author, relative of the linked pupil", author=True, conflict="linked"),
    Tie("asked, relative of the linked pupil", asked=True, actor=True, conflict="linked"),
    Tie("alerted, named", alerted=True, read=True, conflict="named"),
    Tie("author, named", author=True, conflict="named"),
    Tie("alerted, once a relative", alerted=True, conflict="once"),
)


@dataclass(frozen=True)
class Viewer:
    """Somebody of one column of the table, whose account is open or closed."""

    column: str
    person: Person

    def __str__(self) -> str:
        return f"{self.column}, {'open' if self.person.active else 'closed'}"

    def may(self, row: str) -> bool:
        """Whether the table lets them do it at all."""
        return self.person.active and ROWS[row][self.column] != "-"

    def reaches(self, row: str, tie: Tie) -> bool:
        """Whether the table lets them do it with an incident to which they have this tie."""
        if not self.person.active or tie.conflict in ("pupil", "linked", "named"):
            return False
        return {
            "all": True,
            "involved": tie.involved,
            "chair": tie.alerted,
            "author": tie.author,
            "-": False,
        }[ROWS[row][self.column]]


@dataclass(frozen=True)
class Place:
    """One incident of the school, and what lies beneath it."""

    id: str
    number: int
    pupil: str
    linked: str
    file: str
    request: str
    account: str
    log: str
    led: str

    @property
    def outing(self) -> str:
        """An outing that is somebody's in the same way as the incident."""
        return f"outing {self.id}"

    @property
    def assessment(self) -> str:
        """The risk assessment of it."""
        return f"risks {self.id}"


@dataclass(frozen=True)
class World:
    """For every viewer one incident of each tie."""

    store: Store
    viewers: tuple[Viewer, ...]
    places: Mapping[tuple[Viewer, Tie], Place]

    def of(self, *, active: bool | None = None, columns: Collection[str] = COLUMNS) -> list[Viewer]:
        """Some of the viewers."""
        return [
            viewer
            for viewer in self.viewers
            if viewer.column in columns and active in (None, viewer.person.active)
        ]


# Enough for what takes long: a tie of each scope, and a conflict of each kind.
SOME = tuple(tie for tie in TIES if tie.name in (
    "none", "author", "alerted", "author and alerted", "author, relative of the linked pupil",
    "alerted, relative of the pupil", "author, named",
))  # fmt: skip

# What is kept about a pupil and not about an incident: another conflict makes no difference.
OF_THE_PUPIL = tuple(tie for tie in SOME if tie.conflict in ("", "pupil"))

# How an outing is somebody's; a conflict makes no difference to who counts children.
OF_OUTINGS = tuple(tie for tie in TIES if tie.name in ("none", "author", "alerted", "asked"))

# Building it.


def a_world(store: Store) -> World:
    """Writes records of every case, past all rules: what is tested is who reads them."""
    writer, other = details("Mr Writer"), details("Ms Other")
    lead = details("Mrs Lead", Role.LEAD)
    kept = dict(map(_viewer, _cases()))
    store.append(writer, other, lead, *kept.values(), by=SYSTEM)
    built = _Built(store, person_of(writer), person_of(other), person_of(lead))
    for viewer in kept:
        for tie in TIES:
            built.add(viewer, tie)
    for author, records in built.records.items():
        store.append(*records, by=Person(id=author, name="", email="", role=Role.STAFF))
    store.append(*_later(kept), by=SYSTEM)
    return World(store, tuple(kept), built.places)


def _cases() -> Iterator[tuple[str, bool]]:
    for active in (True, False):
        for column in COLUMNS:
            yield column, active


def _viewer(case: tuple[str, bool]) -> tuple[Viewer, PersonDetails]:
    column, active = case
    name = column.rstrip("*")
    was = details(f"{column} {active}", ROLES.get(name) or Role(name),
                  is_chair=name in ("chair", "former"))  # fmt: skip
    now = replace(person_of(was), active=active, code_given=column.endswith("*"),
                  is_chair=name in ("chair", "new"))  # fmt: skip
    recorded = replace(was, role=Role.STAFF) if name == "new" else was
    return Viewer(column, now), recorded


def _later(kept: Mapping[Viewer, PersonDetails]) -> Iterator[PersonDetails]:
    """What the accounts became after everything had been written."""
    for viewer, was in kept.items():
        now = viewer.person
        yield replace(was, id=new_id(), role=now.role, is_chair=now.is_chair, active=now.active)


@dataclass
class _Built:
    store: Store
    writer: Person
    other: Person
    lead: Person
    places: dict[tuple[Viewer, Tie], Place] = field(default_factory=dict)
    records: dict[str, list[Record]] = field(default_factory=dict)

    def by(self, person: Person, *records: Record) -> None:
        self.records.setdefault(person.id, []).extend(records)

    def add(self, viewer: Viewer, tie: Tie) -> None:
        me = viewer.person
        incident = Incident(
            number=self.store.next_number(),
            pupil=new_id(),
            occurred_at=clock.now(),
            account=f"{viewer}: {tie.name}",
            parents_contacted=True,
            categories=("injury",),
            named=(me.id,) if tie.conflict == "named" else (),
        )
        linked, file = new_id(), self._file(incident)
        request, log, led = new_id() if tie.asked else "", new_id(), new_id()
        place = Place(incident.id, incident.number, incident.pupil, linked, file.id, request,
                      incident.account, log, led)  # fmt: skip
        self.places[viewer, tie] = place
        self.by(me if tie.author else self.writer, incident, file, *_map(incident),
                LinkedPupil(incident=incident.id, pupil=linked, part="witness"))  # fmt: skip
        self.by(self.writer, _child(incident.pupil, f"Test Pupil {incident.number}"),
                _child(linked, "Linked Child"), *_kept(place.pupil, self.lead),
                *self._moves(place.pupil), *self._company(place, me, tie),
                *_relations(place, me, tie))  # fmt: skip
        self._ties(place, me, tie)
        self._search(place, me, tie)
        if tie in OF_OUTINGS:
            self._outing(place, me, tie)

    def _outing(self, place: Place, me: Person, tie: Tie) -> None:
        """Planned, led or gone on by whoever has that tie to the incident."""
        leader = me.id if tie.asked else self.other.id
        plan = OutingDetails(outing=place.outing, day=A_DAY, leaves_at="09:00", back_at="10:00",
                             place="Farm", leader=leader)  # fmt: skip
        self.by(me if tie.author else self.writer, plan)
        content = b"%PDF-1.7 one and the same"
        self.by(self.writer, RiskAssessment(
            id=place.assessment, outing=place.outing, name="risks.pdf", size=len(content),
            media_type="application/pdf", digest=self.store.vault.put(content)))  # fmt: skip
        if tie.alerted:
            self.by(self.writer, OutingAdult(outing=place.outing, adult=me.id, person=me.id))

    def _file(self, incident: Incident) -> Attachment:
        content = b"%PDF-1.7 one and the same"
        return Attachment(
            incident=incident.id,
            name="note.pdf",
            media_type="application/pdf",
            size=len(content),
            digest=self.store.vault.put(content),
        )

    def _moves(self, pupil: str) -> Iterator[Record]:
        """A transfer that was called off, with a file that holds no entry, and one that came. All
        have the pupil's own id."""
        yield TransferDetails(transfer=pupil, number=1, pupil=pupil, school="St Mary’s",
                              contact="Mrs Lane", leaving_on=A_DAY, reason="Moves",
                              ended=True)  # fmt: skip
        yield TransferFile(transfer=pupil, rests_on=(), manifest="0")
        yield TransferChase(transfer=pupil, whom="Mrs Lane", how="letter", chased_on=A_DAY)
        yield ReceivedFile(
            id=pupil, pupil=pupil, school="St Luke’s", number=1, made="", manifest=""
        )
        yield ReceivedPart(id=pupil, received=pupil, path="files/0001.txt", name="Note.txt",
                           media_type="text/plain", size=4, sha256="",
                           digest=self.store.vault.put(b"Note"))  # fmt: skip

    def _company(self, place: Place, me: Person, tie: Tie) -> Iterator[Record]:
        """Every incident has somebody else who was alerted and who acts on it."""
        yield Alert(person=self.other.id, incident=place.id)
        yield StatusChange(incident=place.id, status="looked_at")
        yield Decision(incident=place.id, options="", decided="nothing", reason="Explained")
        yield Correction(incident=place.id, kind="clarification", account="On the left")
        yield Significance(incident=place.id, meaning="It was the first time")
        yield Action(incident=place.id, kind="note", account="Somebody else’s")
        yield PaperSource(incident=place.id, name="Mr Supply", post="Supply teacher",
                          written_on=BORN, original="Cabinet")  # fmt: skip
        if tie.asked:
            yield Action(id=place.request, incident=place.id, kind="note", account="Please",
                         asked_of=me.id, due_on=date(2020, 1, 7))  # fmt: skip
        if tie.done:
            yield Completion(action=place.request, incident=place.id)

    def _search(self, place: Place, me: Person, tie: Tie) -> None:
        """A log that is closed, about the same child, in which the same people took part; and one
        that the viewer leads, which is typed up from paper."""
        told = (me.id,) if tie.alerted else ()
        log = MissingLog(id=place.log, began_at=clock.now(), limit_minutes=10, told=told)
        self.by(me if tie.author else self.writer, log)
        self.by(self.writer, MissingChild(log=place.log, pupil=place.pupil),
                SearchRole(log=place.log, role="lead", person=self.other.id),
                MissingClosing(log=place.log, outcome="found"))  # fmt: skip
        self.by(self.writer,
                MissingLog(id=place.led, on_paper=True, began_at=clock.now(), limit_minutes=10),
                MissingChild(log=place.led, pupil=place.pupil),
                SearchRole(log=place.led, role="lead", person=me.id))  # fmt: skip
        if tie.asked:
            self.by(self.writer, SearchRole(log=place.log, role="search", person=me.id))
        if tie.actor:
            self.by(me, SearchNote(log=place.log, occurred_at=clock.now(), account="Mine"))

    def _ties(self, place: Place, me: Person, tie: Tie) -> None:
        if tie.alerted:
            alert = Alert(person=me.id, incident=place.id)
            self.by(self.writer, alert)
            if tie.read:
                self.by(me, Reading(alert=alert.id, person=me.id, incident=place.id))
        if tie.actor:
            self.by(me, Action(incident=place.id, kind="note", account="Mine"))


def _map(incident: Incident) -> list[Record]:
    drawn = BodyMap(incident=incident.id, edition="2026", build="older", seen_by="Mr Writer",
                    seen_at=incident.occurred_at, advice_sought=False, advice="No")  # fmt: skip
    mark = BodyMark(body_map=drawn.id, incident=incident.id, number=1, view="back",
                    region="left-forearm", x=1, y=1, kind="bruise")  # fmt: skip
    return [drawn, mark]


def _kept(pupil: str, lead: Person) -> list[Record]:
    """A plan about which the incident is the only thing written, a note, who is in charge, and an
    order."""
    plan = PlanDetails(plan=new_id(), pupil=pupil, kind="early_help", since=date(2020, 1, 1))
    made = Export(number=1, what="chronology", pupil=pupil, media_type="pdf",
                  recipient="The court", purpose="A hearing", chosen=(), sha256="0")  # fmt: skip
    order = ProhibitionDetails(prohibition=new_id(), pupil=pupil, name="Mr Far", account="Not he",
                               until=date(2020, 1, 1))  # fmt: skip
    told = ConferenceReport(pupil=pupil, conference="Review", carers="Her mother", why="Hunger",
                            shared_with_parents=True, shared_with_child=True, rests_on=(),
                            stood="{}")  # fmt: skip
    asked = AccessRequest(id=f"request {pupil}", pupil=pupil, received_on=date(2020, 1, 1),
                          asked_by="Her mother", relation="mother")  # fmt: skip
    return [plan, StandingNote(pupil=pupil, account="Ring first"),
            Charge(pupil=pupil, person=lead.id), made, order, told, asked]  # fmt: skip


def _child(id_: str, name: str) -> PupilDetails:
    return PupilDetails(pupil=id_, name=name, born_on=BORN, class_name="1 Ash")


def _relations(place: Place, me: Person, tie: Tie) -> Iterator[Relation]:
    if tie.conflict in ("pupil", "once"):
        yield Relation(person=me.id, pupil=place.pupil)
    if tie.conflict == "linked":
        yield Relation(person=me.id, pupil=place.linked)
    if tie.conflict == "once":
        yield Relation(person=me.id, pupil=place.pupil, ended=True)


# Asking it.

Asked = Callable[[World, Viewer], set[str]]
Expected = Callable[[Viewer, Tie], bool]


@dataclass(frozen=True)
class Ask:
    """One public function, the row of the table that rules it, and for which ties it answers."""

    name: str
    row: str
    answered: Asked
    also: Callable[[Tie], bool] = lambda tie: True
    ties: tuple[Tie, ...] = TIES
    plain: bool = False

    def expected(self, viewer: Viewer) -> set[str]:
        """The ties for which the table says that it answers; for a plain one, all or none."""
        if self.plain:
            return {tie.name for tie in TIES[:1] if viewer.may(self.row)}
        ties = (tie for tie in self.ties if viewer.reaches(self.row, tie) and self.also(tie))
        return {tie.name for tie in ties}


def lets(call: Callable[[], Any]) -> bool:
    """Whether something is answered. A complaint about what was filled in is an answer."""
    try:
        return call() is not False
    except (NotAllowed, NotThere):
        return False
    except Refused:
        return True


def _each(name: str, row: str, call: Callable[[Store, Place, Person], Any],
          ties: tuple[Tie, ...] = TIES) -> Ask:  # fmt: skip
    """An ask that is put for one incident at a time; `call` returns whether anything is shown."""

    def answered(world: World, viewer: Viewer) -> set[str]:
        return {
            tie.name
            for tie in ties
            if lets(partial(call, world.store, world.places[viewer, tie], viewer.person))
        }

    return Ask(name, row, answered, ties=ties)


def _list(name: str, row: str, call: Callable[..., Iterable[Any]], what: str,
          also: Callable[[Tie], bool]) -> Ask:  # fmt: skip
    """An ask that answers with a list of incidents, whose ids are in the attribute `what`."""

    def answered(world: World, viewer: Viewer) -> set[str]:
        ids = {getattr(each, what) for each in call(world.store, by=viewer.person)}
        return {tie.name for tie in TIES if world.places[viewer, tie].id in ids}

    return Ask(name, row, answered, also)


def _plain(name: str, row: str, call: Callable[[Store, Place, Person], Any]) -> Ask:
    """An ask that is open to somebody or not, whatever the incident."""

    def answered(world: World, viewer: Viewer) -> set[str]:
        place = world.places[viewer, TIES[0]]
        can = lets(partial(call, world.store, place, viewer.person))
        return {tie.name for tie in TIES[:1] if can}

    return Ask(name, row, answered, plain=True)


def _unaccounted(store: Store, by: Person) -> Any:
    # Before a register has closed: later it lists classes, which is another row of the table.
    with stopped(datetime.combine(A_DAY, time(7), UTC)):
        return unaccounted.now(store, by=by)


def _opened(store: Store, place: Place, by: Person) -> bool:
    return incidents.open(store, place.id, by=by).incident.account == place.account


def _full_name(store: Store, place: Place, by: Person) -> bool:
    (linked,) = incidents.open(store, place.id, by=by).linked
    assert linked.name in ("Linked Child", "L. C.")
    return linked.name == "Linked Child"


def _in_chronology(pupil: str, store: Store, place: Place, by: Person) -> bool:
    found = chronology.of(store, getattr(place, pupil), by=by)
    return [entry.incident.id for entry in found.entries] == [place.id]


def _counted(store: Store, place: Place, by: Person) -> bool:
    """Whether the incident is counted to a child who is found by name."""
    found = search.found(store, f"Test Pupil {place.number}", by=by).students
    return place.pupil in {each.id for each in found if each.incidents}


def _on_desk(store: Store, place: Place, by: Person) -> bool:
    groups = dashboard.now(store, by=by)
    return place.number in {notice.number for group in groups for notice in group.notices}


def _pack(store: Store, by: Person) -> set[str]:
    """The numbers of the concerns in a pack that was made today."""
    today = clock.now().date()
    asked = Pack(media_type="", since=today - timedelta(days=1), until=today + timedelta(days=1))
    concerns_, *_ = ofsted.of(store, asked, clock.now(), by=by).tables
    return {row[0] for row in concerns_.rows}


def _in_pack(world: World, viewer: Viewer) -> set[str]:
    try:
        numbers = _pack(world.store, viewer.person)
    except NotAllowed:
        return set()
    return {tie.name for tie in TIES if str(world.places[viewer, tie].number) in numbers}


def _told_what_is_known(store: Store, place: Place, by: Person) -> bool:
    return any(told for _, told in known.of(store, place.led, by=by))


def _request(store: Store, place: Place, by: Person) -> asking.Request:
    """The request about a pupil, as whoever may see it reads it."""
    reader = replace(by, id="", role=Role.LEAD, active=True, code_given=True)
    return asking.find(store, f"request {place.pupil}", by=reader)


def _in_answer(store: Store, place: Place, by: Person) -> bool:
    seen = looks.of(store, _request(store, place, by), by=by)
    return f"incident {place.id}" in {each.piece.key for each in seen}


def _lead_category(store: Store, place: Place, by: Person) -> bool:
    return not forms.problems(store, a_concern(place.pupil, categories=("early_help",)), by=by)


PHOTOGRAPH = Inspected("arm.jpg", "image/jpeg", b"", shows_injury=True, allowed_because="Asked for")

PAPER = paper_sources.Form(name="Mr Supply", post="Supply teacher", written_on=BORN)

_NOBODY = people.Details(name="", email="")

CAME = Arrived(
    Whole(
        format="", number=1, school="", author="", made="", made_at=clock.now(), to_school="",
        contact="", leaving_on=A_DAY, reason="", in_charge="", note=(), plans=(), household=(),
        orders=(), reports=(), entries=(), files=(), earlier=(),
        child=Child("Somebody else", "", date(2000, 1, 1), "", "", None),
    ), "", {}, {},
)  # fmt: skip


def _whole(store: Store, place: Place, by: Person) -> bool:
    moving = transfers.of(store, place.pupil, by=by)
    return whole.of(store, moving, clock.now(), by=by).rests_on == (place.id,)


MOVES = transfers.Form(school="St Mary’s", contact="Mrs Lane")  # and neither why nor when

ASKS = (
    _each("incidents.find", "see incidents",
          lambda s, p, by: incidents.find(s, p.number, by=by) == p.id),
    _list("alerts.unread", "see incidents", alerts.unread, "incident",
          lambda tie: tie.alerted and not tie.read),
    _list("alerts.read", "see incidents", alerts.read, "incident", lambda tie: tie.read),
    _list("incidents.mine", "see incidents", incidents.mine, "id", lambda tie: tie.author),
    _list("requests.asked", "see incidents", requests.asked, "incident",
          lambda tie: tie.asked and not tie.done),
    _list("requests.overdue", "see incidents", requests.overdue, "incident",
          lambda tie: tie.asked and not tie.done),
    _each("alerts.readers", "see incidents",
          lambda s, p, by: bool(alerts.readers(s, p.id, by=by))),
    _each("actions.beneath", "see incidents",
          lambda s, p, by: bool(actions.beneath(s, p.id, by=by))),
    _each("attachments.beneath", "see incidents",
          lambda s, p, by: bool(attachments.beneath(s, p.id, by=by))),
    _each("body_maps.beneath", "see incidents",
          lambda s, p, by: bool(body_maps.beneath(s, p.id, by=by))),
    _each("body_maps.about", "chronologies",
          lambda s, p, by: bool(body_maps.about(s, p.pupil, by=by))),
    _plain("body maps together at all", "chronologies",
           lambda s, p, by: body_history.of(s, p.pupil, by=by)),
    _each("body_history.of", "chronologies",
          lambda s, p, by: bool(body_history.of(s, p.pupil, by=by).sightings)),
    _each("attachments.open", "see incidents",
          lambda s, p, by: attachments.open(s, p.file, by=by).content.startswith(b"%PDF")),
    _each("incidents.open", "see incidents", _opened),
    _each("linked names", "linked names", _full_name, SOME),
    _each("action_forms.body", "add actions",
          lambda s, p, by: action_forms.body(s, actions.Form(incident=p.id), by=by).has_map),
    _each("actions.told", "add actions",
          lambda s, p, by: actions.told(s, actions.Form(incident=p.id), by=by) is not None),
    _plain("a chronology at all", "chronologies",
           lambda s, p, by: chronology.of(s, p.pupil, by=by)),
    _each("actions.about", "chronologies",
          lambda s, p, by: bool(actions.about(s, p.pupil, by=by))),
    _each("chronology.of", "chronologies", partial(_in_chronology, "pupil")),
    _plain("filters.of", "chronologies", lambda s, p, by: filters.of(s, by=by)),
    _plain("filters.one", "chronologies", lambda s, p, by: filters.one(s, "", by=by)),
    _plain("filters.save", "chronologies",
           lambda s, p, by: filters.save(s, "", chronology.Wanted(), by=by)),
    _plain("filters.remove", "chronologies", lambda s, p, by: filters.remove(s, "", by=by)),
    _plain("filters.remarks", "chronologies",
           lambda s, p, by: filters.remarks(s, chronology.Wanted(), by=by)),
    _each("search.found", "chronologies",
          lambda s, p, by: p.number in {
              each.number for each in search.found(s, p.account, by=by).places}),
    _each("search.found by name", "chronologies", _counted, SOME),
    _each("chronology.of the linked pupil", "chronologies", partial(_in_chronology, "linked"),
          SOME),
    _plain("incidents.told", "add incidents",
           lambda s, p, by: incidents.told(s, forms.Form(pupil=p.pupil), by=by)),
    _plain("incidents.add", "add incidents",
           lambda s, p, by: incidents.add(s, forms.Form(), by=by)),
    _plain("people.colleagues", "add incidents", lambda s, p, by: people.colleagues(s, by=by)),
    _plain("recipients.owed", "add actions", lambda s, p, by: recipients.owed(s, [p.pupil], by=by)),
    _plain("categories.offered", "lead categories",
           lambda s, p, by: "early_help" in {c.key for c in categories.offered(by=by)}),
    _plain("forms.problems", "lead categories", _lead_category),
    _each("body_maps.regions", "dashboard",
          lambda s, p, by: p.id in {each[1] for each in body_maps.regions(s, by=by)}),
    _each("dashboard.now", "dashboard", _on_desk, SOME),
    _plain("measures.of", "dashboard", lambda s, p, by: measures.of(s, 12, by=by)),
    _plain("patterns.pointed", "dashboard", lambda s, p, by: patterns.pointed(s, by=by)),
    _plain("patterns.waits", "dashboard", lambda s, p, by: patterns.waits(s, by=by)),
    _each("plans.of", "follow up", lambda s, p, by: bool(plans.of(s, p.pupil, by=by)),
          OF_THE_PUPIL),
    _each("plans.note_of", "follow up",
          lambda s, p, by: plans.note_of(s, p.pupil, by=by) is not None, OF_THE_PUPIL),
    _each("charges.of", "follow up",
          lambda s, p, by: charges.of(s, p.pupil, by=by) is not None, OF_THE_PUPIL),
    _each("charges.candidates", "follow up",
          lambda s, p, by: bool(charges.candidates(s, p.pupil, by=by)), OF_THE_PUPIL),
    _each("collection.of", "keep collection",
          lambda s, p, by: bool(collection.of(s, p.pupil, by=by).orders), OF_THE_PUPIL),
    _each("collection.allow", "keep collection",
          lambda s, p, by: collection.allow(s, p.pupil, collection.CollectorForm(), by=by),
          OF_THE_PUPIL),
    _each("collection.let_walk", "keep collection",
          lambda s, p, by: collection.let_walk(s, p.pupil, collection.WalkForm(), by=by),
          OF_THE_PUPIL),
    _each("collection.forbid", "keep collection",
          lambda s, p, by: collection.forbid(s, p.pupil, collection.OrderForm(), by=by),
          OF_THE_PUPIL),
    _each("what an order says", "see orders",
          lambda s, p, by: any(o.account for o in collection.of(s, p.pupil, by=by).orders),
          OF_THE_PUPIL),
    _each("collection.ending", "see orders",
          lambda s, p, by: p.pupil in {
              e.pupil for e in collection.ending(s, date(2020, 1, 2), by=by)
          }, OF_THE_PUPIL),
    _each("concerns.of", "follow up",
          lambda s, p, by: concerns.of(s, p.id, Verb.FOLLOW_UP, by=by).pupil == p.pupil),
    _each("decisions.about", "follow up",
          lambda s, p, by: bool(decisions.about(s, p.pupil, by=by))),
    _each("attachments.about", "chronologies",
          lambda s, p, by: bool(attachments.about(s, p.pupil, by=by))),
    _each("decisions.beneath", "follow up",
          lambda s, p, by: bool(decisions.beneath(s, p.id, by=by))),
    _each("significance.of", "follow up",
          lambda s, p, by: significance.of(s, p.id, by=by) is not None),
    _each("significance.about", "follow up",
          lambda s, p, by: bool(significance.about(s, p.pupil, by=by))),
    _each("statuses.history", "see incidents",
          lambda s, p, by: bool(statuses.history(s, p.id, by=by))),
    _each("corrections.beneath", "see incidents",
          lambda s, p, by: bool(corrections.beneath(s, p.id, by=by))),
    _each("corrections.about", "chronologies",
          lambda s, p, by: bool(corrections.about(s, p.pupil, by=by))),
    _each("alerts.about", "chronologies",
          lambda s, p, by: bool(alerts.about(s, p.pupil, by=by))),
    _each("linked.about", "chronologies",
          lambda s, p, by: bool(linked.about(s, p.pupil, by=by))),
    _each("exports.about", "exports",
          lambda s, p, by: bool(exports.about(s, p.pupil, by=by)), OF_THE_PUPIL),
    _each("exports.make", "exports",
          lambda s, p, by: exports.make(s, Report(pupil=p.pupil, media_type=""), "", by=by),
          OF_THE_PUPIL),
    _plain("adults.choices", "raise about adult", lambda s, p, by: adults.choices(s, by=by)),
    _plain("adults.problems", "raise about adult",
           lambda s, p, by: adults.problems(s, adults.Form(), by=by)),
    _plain("adults.add", "raise about adult", lambda s, p, by: adults.add(s, adults.Form(), by=by)),
    _plain("adults.told", "raise about adult",
           lambda s, p, by: adults.told(s, adults.Form(), by=by)),
    _plain("adults.received", "raise about adult", lambda s, p, by: adults.received(s, by=by)),
    _plain("adult_files.linkable", "see about adults",
           lambda s, p, by: adult_files.linkable(s, by=by)),
    _plain("adult_files.seen", "see about adults", lambda s, p, by: adult_files.seen(s, by=by)),
    _plain("hometime.of_class", "hand over",
           lambda s, p, by: hometime.of_class(s, "1 Ash", A_DAY, by=by)),
    _each("handover.hand_to", "hand over",
          lambda s, p, by: handover.hand_to(s, p.pupil, "", A_DAY, by=by), OF_THE_PUPIL),
    _each("handover.let_go", "hand over",
          lambda s, p, by: handover.let_go(s, p.pupil, "alone", A_DAY, by=by), OF_THE_PUPIL),
    _each("handover.override", "override",
          lambda s, p, by: handover.override(s, p.pupil, "", "", A_DAY, by=by), OF_THE_PUPIL),
    _plain("registers.of", "keep registers",
           lambda s, p, by: registers.of(s, "1 Ash", A_DAY, "morning", by=by)),
    _plain("registers.mark", "keep registers",
           lambda s, p, by: registers.mark(s, A_DAY, "morning", {}, by=by)),
    _plain("registers.newest_day", "keep registers",
           lambda s, p, by: registers.newest_day(s, by=by)),
    _plain("registers.session_now", "keep registers",
           lambda s, p, by: registers.session_now(s, by=by)),
    _plain("register_marks.here_on", "keep registers",
           lambda s, p, by: register_marks.here_on(s, A_DAY, by=by)),
    _plain("unaccounted.now", "unaccounted for",
           lambda s, p, by: _unaccounted(s, by)),
    _plain("outings.listed", "keep outings", lambda s, p, by: outings.listed(s, by=by)),
    _plain("outings.staff", "keep outings", lambda s, p, by: outings.staff(s, by=by)),
    _plain("outing_plans.plan", "keep outings",
           lambda s, p, by: outing_plans.plan(s, outing_plans.Form(), by=by)),
    _each("outings.open", "keep outings",
          lambda s, p, by: outings.open(s, p.outing, by=by).outing.place == "Farm", OF_OUTINGS),
    _each("risk_assessments.open", "keep outings",
          lambda s, p, by: risk_assessments.open(s, p.assessment, by=by).content[:4] == b"%PDF",
          OF_OUTINGS),
    _each("risk_assessments.decide", "approve outings",
          lambda s, p, by: risk_assessments.decide(s, p.outing, "", approved=True, by=by),
          OF_OUTINGS),
    _each("logs.of", "keep searches",
          lambda s, p, by: logs.of(s, p.log, by=by).id == p.log, OF_THE_PUPIL),
    _each("state.of", "keep searches",
          lambda s, p, by: bool(state.of(s, p.log, by=by).children), OF_THE_PUPIL),
    _each("entries.of", "keep searches",
          lambda s, p, by: bool(entries.of(s, p.log, by=by)), OF_THE_PUPIL),
    _each("facts.note", "keep searches",
          lambda s, p, by: facts.note(s, p.log, "", by=by), OF_THE_PUPIL),
    _each("steps.press", "keep searches",
          lambda s, p, by: steps.press(s, p.log, "step", "police", "done", by=by), OF_THE_PUPIL),
    _each("known.is_told", "lead searches",
          lambda s, p, by: known.is_told(state.of(s, p.led, by=by), by=by), OF_THE_PUPIL),
    _each("known.of", "lead searches", _told_what_is_known, OF_THE_PUPIL),
    _each("accounts.standing", "end searches",
          lambda s, p, by: bool(accounts.standing(s, p.log, by=by)), OF_THE_PUPIL),
    _each("investigation.of", "end searches",
          lambda s, p, by: investigation.of(s, p.log, by=by) is None, OF_THE_PUPIL),
    _each("authority.made", "end searches",
          lambda s, p, by: not authority.made(s, p.log, by=by), OF_THE_PUPIL),
    _each("ends.waiting", "end searches",
          lambda s, p, by: p.log in {each.log for each in ends.waiting(s, by=by)}, OF_THE_PUPIL),
    _each("joined.of", "keep searches",
          lambda s, p, by: not joined.of(s, p.log, by=by), OF_THE_PUPIL),
    _plain("accounts.asked", "keep searches",
           lambda s, p, by: accounts.asked(s, by=by) is not None),
    _plain("logs.from_paper", "keep searches",
           lambda s, p, by: logs.from_paper(s, None, off_site=False, by=by)),
    _plain("logs.alarms", "keep searches", lambda s, p, by: logs.alarms(s, by=by) is not None),
    _each("paper_sources.of", "see incidents",
          lambda s, p, by: paper_sources.of(s, p.id, by=by) is not None),
    _each("paper_sources.about", "chronologies",
          lambda s, p, by: p.id in paper_sources.about(s, p.pupil, by=by)),
    _plain("paper_sources.problems", "enter forms",
           lambda s, p, by: "paper" not in paper_sources.problems(s, PAPER, incident="", by=by)),
    _plain("paper_sources.preview", "enter forms",
           lambda s, p, by: bool(paper_sources.preview(s, PAPER, by=by))),
    _plain("blank.make", "print forms", lambda s, p, by: blank.make(s, 0, "", by=by)),
    Ask("ofsted.of", "inspection pack", _in_pack),
    _plain("a pack at all", "inspection pack", lambda s, p, by: _pack(s, by) is not None),
    _plain("ofsted.make", "inspection pack",
           lambda s, p, by: ofsted.make(s, Pack(media_type=""), "", by=by)),
    _plain("ofsted.made", "inspection pack", lambda s, p, by: ofsted.made(s, by=by) is not None),
    _each("conference.earlier", "exports",
          lambda s, p, by: bool(conference.earlier(s, p.pupil, by=by)), OF_THE_PUPIL),
    _each("conference.make", "exports",
          lambda s, p, by: conference.make(s, Conference(pupil=p.pupil), "", by=by),
          OF_THE_PUPIL),
    _plain("transfers at all", "transfers", lambda s, p, by: transfers.every(s, by=by)),
    _each("transfers.every", "transfers",
          lambda s, p, by: p.pupil in {t.pupil for t in transfers.every(s, by=by)}, OF_THE_PUPIL),
    _each("transfers.of", "transfers",
          lambda s, p, by: transfers.of(s, p.pupil, by=by).pupil == p.pupil, OF_THE_PUPIL),
    _each("what a transfer lacks", "transfers",
          lambda s, p, by: transfers.of(s, p.pupil, by=by).untold == 1),
    _each("transfers.record", "transfers",
          lambda s, p, by: transfers.record(s, replace(MOVES, pupil=p.pupil), by=by),
          OF_THE_PUPIL),
    _each("transfers.call_off", "transfers",
          lambda s, p, by: transfers.call_off(s, p.pupil, "", by=by), OF_THE_PUPIL),
    _each("receipts.chases", "transfers",
          lambda s, p, by: bool(receipts.chases(s, p.pupil, by=by)), OF_THE_PUPIL),
    _each("receipts.chase", "transfers",
          lambda s, p, by: receipts.chase(s, receipts.ChaseForm(transfer=p.pupil), by=by),
          OF_THE_PUPIL),
    _each("receipts.sign", "transfers",
          lambda s, p, by: receipts.sign(s, p.pupil, None, "", by=by), OF_THE_PUPIL),
    _each("transfer.make", "transfers",
          lambda s, p, by: transfer.make(s, p.pupil, "", by=by), OF_THE_PUPIL),
    _each("whole.of", "transfers", _whole, SOME),
    _plain("arriving.look", "transfers", lambda s, p, by: arriving.look(s, b"", "1", by=by)),
    _each("arriving.take", "transfers",
          lambda s, p, by: arriving.take(s, CAME, p.pupil, by=by), OF_THE_PUPIL),
    _plain("received.is_known", "transfers",
           lambda s, p, by: received.is_known(s, "", by=by) is not None),
    _each("received.end", "transfers",
          lambda s, p, by: received.end(s, p.pupil, "", by=by), OF_THE_PUPIL),
    _each("received.about", "chronologies",
          lambda s, p, by: bool(received.about(s, p.pupil, by=by)), OF_THE_PUPIL),
    _each("received.of", "chronologies",
          lambda s, p, by: received.of(s, p.pupil, by=by).pupil == p.pupil, OF_THE_PUPIL),
    _each("received.parts", "chronologies",
          lambda s, p, by: bool(received.parts(s, p.pupil, by=by)), OF_THE_PUPIL),
    _each("received.open", "chronologies",
          lambda s, p, by: received.open(s, p.pupil, by=by).content == b"Note", OF_THE_PUPIL),
    _each("asking.about", "exports",
          lambda s, p, by: bool(asking.about(s, p.pupil, by=by)), OF_THE_PUPIL),
    _each("asking.find", "exports",
          lambda s, p, by: asking.find(s, f"request {p.pupil}", by=by).pupil == p.pupil,
          OF_THE_PUPIL),
    _each("asking.add", "exports",
          lambda s, p, by: asking.add(s, asking.Form(pupil=p.pupil), by=by), OF_THE_PUPIL),
    _each("asking.take", "exports",
          lambda s, p, by: asking.take(
              s, asking.StepForm(request=f"request {p.pupil}"), by=by), OF_THE_PUPIL),
    _each("asking.subject", "exports",
          lambda s, p, by: asking.subject(s, p.pupil, by=by), OF_THE_PUPIL),
    _each("others.of", "exports",
          lambda s, p, by: others.of(s, _request(s, p, by), by=by), OF_THE_PUPIL),
    _each("others.has_namesake", "exports",
          lambda s, p, by: others.has_namesake(s, _request(s, p, by), by=by) in (True, False),
          OF_THE_PUPIL),
    _each("looks.of", "exports", _in_answer, SOME),
    _each("answer.make", "exports",
          lambda s, p, by: answer.make(
              s, answer.Form(request=f"request {p.pupil}", media_type=""), "", by=by),
          OF_THE_PUPIL),
    _plain("attachments.problems", "keep photographs",
           lambda s, p, by: not attachments.problems([PHOTOGRAPH], by=by)),
    _plain("pupils.of", "find pupils", lambda s, p, by: pupils.of(s, p.pupil, by=by)),
    _plain("pupils.everyone", "find pupils", lambda s, p, by: pupils.everyone(s, by=by)),
    _plain("pupils.find", "find pupils", lambda s, p, by: pupils.find(s, "test", by=by)),
    _plain("pupils.classes", "find pupils", lambda s, p, by: pupils.classes(s, by=by)),
    _plain("pupils.in_class", "find pupils", lambda s, p, by: pupils.in_class(s, "1 Ash", by=by)),
    _plain("pupils.ever", "keep lists", lambda s, p, by: pupils.ever(s, by=by)),
    _plain("pupils.add", "keep lists", lambda s, p, by: pupils.add(s, [], by=by)),
    _plain("pupils.amend", "keep lists", lambda s, p, by: pupils.amend(s, {}, by=by)),
    _plain("people.everyone", "keep lists", lambda s, p, by: people.everyone(s, by=by)),
    _plain("people.relatives", "keep lists", lambda s, p, by: people.relatives(s, p.pupil, by=by)),
    _plain("people.add", "keep lists", lambda s, p, by: people.add(s, _NOBODY, by=by)),
    _plain("access.waiting", "give access", lambda s, p, by: access.waiting(s, by=by)),
    _plain("access.propose", "give access",
           lambda s, p, by: access.propose(s, None, _NOBODY, by=by)),
    _plain("mails.waiting_long", "unsent mail", lambda s, p, by: mails.waiting_long(s, by=by) + 1),
    _plain("releases.open_periods", "make releases",
           lambda s, p, by: releases.open_periods(s, by=by)),
    _plain("exact.tables", "make releases",
           lambda s, p, by: exact.tables(s, periods.every(WRITTEN)[0], by=by)),
    _plain("diligence.of", "make releases",
           lambda s, p, by: diligence.of(s, periods.every(WRITTEN)[0], by=by)),
    _plain("diligence.measures", "make releases",
           lambda s, p, by: diligence.measures(s, periods.every(WRITTEN)[0], by=by)),
    _plain("releases.waits", "make releases",
           lambda s, p, by: releases.waits(s, by=by)),
    _plain("releases.over", "make releases", lambda s, p, by: releases.over(s, by=by)),
    _plain("trends.make", "make releases",
           lambda s, p, by: trends.make(s, Trends(media_type=""), "", by=by)),
    _plain("trends.made", "make releases", lambda s, p, by: trends.made(s, by=by)),
    _plain("confidential.offered", "confidential copy",
           lambda s, p, by: confidential.offered(s, by=by)),
    _plain("confidential.of", "confidential copy",
           lambda s, p, by: confidential.of(
               s, periods.every(WRITTEN)[0], Copy(), 1, clock.now(), by=by)),
    _plain("confidential.make", "confidential copy",
           lambda s, p, by: confidential.make(s, Copy(), "", by=by)),
    _plain("confidential.made", "confidential copy",
           lambda s, p, by: confidential.made(s, by=by)),
    _plain("training.record", "keep lists",
           lambda s, p, by: training.record(s, training.Form(), by=by)),
    _plain("training.problems", "keep lists",
           lambda s, p, by: training.problems(s, training.Form(), by=by)),
    _plain("training.done", "keep lists", lambda s, p, by: training.done(s, by=by)),
    _plain("training.due", "keep lists", lambda s, p, by: training.due(s, by=by)),
    _plain("training.counted", "keep lists",
           lambda s, p, by: training.counted(s, A_DAY, clock.now(), by=by)),
    _plain("releases.made", "trends", lambda s, p, by: releases.made(s, by=by)),
    _plain("settings.choose", "settings", lambda s, p, by: settings.choose(s, by=by)),
    _plain("mendings.standing", "see mendings", lambda s, p, by: mendings.standing(s, by=by)),
    _plain("terms.choose", "settings", lambda s, p, by: terms.choose(s, [], by=by)),
)  # fmt: skip


def differences(
    world: World, *, viewers: Iterable[Viewer] | None = None, asks: Iterable[Ask] = ASKS
) -> Iterator[str]:
    """Where what is answered is not what the table says; a sentence each, found one at a time."""
    viewers = list(world.viewers if viewers is None else viewers)
    for ask in asks:
        for viewer in viewers:
            answered, expected = ask.answered(world, viewer), ask.expected(viewer)
            if answered != expected:
                yield (
                    f"{ask.name} for {viewer}: "
                    f"too much {answered - expected or ''}, too little {expected - answered or ''}"
                )


def first_difference(
    world: World, *, viewers: Iterable[Viewer] | None = None, asks: Iterable[Ask] = ASKS
) -> str | None:
    """The first difference between what is answered and the table, None if there is none."""
    return next(differences(world, viewers=viewers, asks=asks), None)

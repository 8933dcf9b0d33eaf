"""The vocabulary: every kind of fact that the store keeps.

Each is stored in a table of the same columns (`data/schema`). Nothing here is ever changed or
removed: the newest `PersonDetails` of a person tells how things stand, and the older ones tell
how they stood.
"""

from __future__ import annotations

from core.records.about_adults import AdultAction, AdultConcern
from core.records.concerns import (
    Action,
    Attachment,
    Completion,
    Incident,
    LinkedPupil,
    PaperForm,
    PaperSource,
)
from core.records.day import (
    CollectionTry,
    CollectorDetails,
    HandOver,
    ProhibitionDetails,
    RegisterEntry,
    WalkHomeDetails,
)
from core.records.following import (
    Charge,
    Correction,
    Decision,
    PlanDetails,
    ReferralAnswer,
    SetAside,
    Significance,
    StandingNote,
    StatusChange,
)
from core.records.injuries import BodyMap, BodyMark
from core.records.notices import Alert, Delivery, Escalation, Mail, Reading
from core.records.outgoing import (
    AccessLook,
    AccessRequest,
    AccessStep,
    ConferenceReport,
    ConferenceStatement,
    Export,
    Release,
)
from core.records.school import (
    AccessProposal,
    AccountEvent,
    Opening,
    PersonDetails,
    PupilDetails,
    Relation,
    Setting,
)

__all__ = [
    "AccessLook",
    "AccessProposal",
    "AccessRequest",
    "AccessStep",
    "AccountEvent",
    "Action",
    "AdultAction",
    "AdultConcern",
    "Alert",
    "Attachment",
    "BodyMap",
    "BodyMark",
    "Charge",
    "CollectionTry",
    "CollectorDetails",
    "Completion",
    "ConferenceReport",
    "ConferenceStatement",
    "Correction",
    "Decision",
    "Delivery",
    "Escalation",
    "Export",
    "HandOver",
    "Incident",
    "LinkedPupil",
    "Mail",
    "Opening",
    "PaperForm",
    "PaperSource",
    "PersonDetails",
    "PlanDetails",
    "ProhibitionDetails",
    "PupilDetails",
    "Reading",
    "ReferralAnswer",
    "RegisterEntry",
    "Relation",
    "Release",
    "SetAside",
    "Setting",
    "Significance",
    "StandingNote",
    "StatusChange",
    "WalkHomeDetails",
]

"""Who is told of what, and by which mail."""

from __future__ import annotations

from dataclasses import dataclass

from core.store import Code, Record


@dataclass(frozen=True, kw_only=True)
class Alert(Record, table="alerts"):
    """A notice owed to one person about an incident, or about an action beneath it."""

    person: Code
    incident: Code
    action: Code = ""


@dataclass(frozen=True, kw_only=True)
class Reading(Record, table="readings"):
    """A person marked an alert as read."""

    alert: Code
    person: Code
    incident: Code


@dataclass(frozen=True, kw_only=True)
class Escalation(Record, table="escalations"):
    """What waited too long for a person, an alert or an action asked of them, is told to others."""

    incident: Code
    person: Code
    alert: Code = ""
    action: Code = ""
    told: tuple[Code, ...]


@dataclass(frozen=True, kw_only=True)
class Mail(Record, table="mails"):
    """A mail that is owed: its words are made from `purpose` when it is sent."""

    person: Code
    purpose: Code
    author: Code = ""
    category: Code = ""


@dataclass(frozen=True, kw_only=True)
class Delivery(Record, table="deliveries"):
    """One try to send a mail, and whether the mail server took it."""

    mail: Code
    sent: bool
    reason: Code = ""

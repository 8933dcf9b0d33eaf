"""Who is told of what, and by which mail."""

from __future__ import annotations

from dataclasses import dataclass

from core.store import Record


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
class Escalation(Record, table="escalations"):
    """What waited too long for a person, an alert or an action asked of them, is told to others."""

    incident: str
    person: str
    alert: str = ""
    action: str = ""
    told: tuple[str, ...]


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

"""What every report has: whose it is, who made it, when, for whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import moments, settings
from core.person import Person
from core.store import Store


@dataclass(frozen=True)
class Said:
    """Something that is told, with what it is; `quoted` for a child's own words."""

    label: str
    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Letterhead:
    """What stands on every page. `head` is the newest hash of the ledger, to prove it later."""

    school: str
    exported_by: str
    exported_at: str
    recipient: str
    purpose: str
    head: str


def letterhead(
    store: Store, recipient: str, purpose: str, at: datetime, *, by: Person
) -> Letterhead:
    """The letterhead of a report that is made now."""
    school, head = settings.school(store), store.head
    return Letterhead(
        school=school.name or "School",
        exported_by=f"{by.name}, {by.post}" if by.post else by.name,
        exported_at=moments.full(at, school.zone),
        recipient=recipient,
        purpose=purpose,
        head=head.hash if head else "",
    )


def told(pairs: dict[str, str]) -> tuple[Said, ...]:
    """What there is to tell of these, by their labels; nothing for what is empty."""
    return tuple(Said(label, text) for label, text in pairs.items() if text)

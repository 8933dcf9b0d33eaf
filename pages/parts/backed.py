"""When the last backup was that was found whole."""

from __future__ import annotations

from core import backups, moments
from core.backups import Standing
from core.settings import School
from pages.parts import words
from pages.parts.session import Here


def line(here: Here, school: School) -> None:
    """Both places, with how they stand."""
    stood = backups.standing(here.store, by=here.me)
    first = moments.short(stood.first, school.zone) if stood.first else "none yet"
    second = moments.short(stood.second, school.zone) if stood.second else "none yet"
    words.line(f"Last good backup: {first}. In the second place: {_second(stood, second)}.")


def _second(stood: Standing, when: str) -> str:
    return when if stood.has_second else "none is set (BACKUP_SECOND)"

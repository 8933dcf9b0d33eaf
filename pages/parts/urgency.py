"""How urgent a concern is, said so that it stays true after the child has gone home."""

from __future__ import annotations

from datetime import datetime

from core import clock, moments
from core.settings import School
from pages.parts import words


def mark(school: School, recorded_at: datetime | None = None) -> words.Badge:
    """For a concern that was recorded then, or is about to be."""
    now = clock.now()
    days = {moment.astimezone(school.zone).date() for moment in (now, recorded_at or now)}
    if len(days) == 1 and moments.until(school.goes_home_at, school.zone):
        return words.Badge(f"Urgent: before home time, {school.home_time}", "red", "urgent")
    return words.Badge("Urgent", "red", "urgent")

"""A transfer as several screens show it: where it stands, and its three clocks."""

from __future__ import annotations

from datetime import date

from core import moments
from core.transfers import Transfer
from pages.parts import words


def said(transfer: Transfer) -> str:
    """Who moves, and to where."""
    return f"{transfer.pupil_name}, {transfer.class_name}, to {transfer.school}"


def badges(transfer: Transfer, today: date) -> list[words.Badge]:
    """Whether the file is there, on its way, or late."""
    if transfer.ended:
        return [words.Badge("Called off")]
    if transfer.received_on:
        return [words.Badge("Receipt is here", "green", "check")]
    sent = words.Badge("Sent, no receipt yet", "violet", "hourglass")
    waits = [sent] if transfer.made_at else [words.Badge("Not sent yet", "orange", "clock")]
    return waits + [words.Badge("Overdue", "red", "alert")] * transfer.is_late(today)


def clocks(transfer: Transfer) -> words.Facts:
    """By when the file has to be there, as each way of counting has it."""
    due = transfer.due
    ways = {"calendar": due.calendar, "working": due.working, "school": due.school}
    facts = [words.Fact("Last day here", moments.day(transfer.leaving_on))]
    facts += [
        words.Fact(f"5 {kind} days", day(when), "This one counts" if when == due.earliest else None)
        for kind, when in ways.items()
    ]
    return words.Facts(facts, across=True)


def asked(transfer: Transfer) -> list[words.Line]:
    """How often the other school was asked for the receipt."""
    if not transfer.chased_on or not transfer.is_open:
        return []
    often = "once" if transfer.chased == 1 else f"{transfer.chased} times"
    return [words.Line(f"Asked for the receipt {often}, last on {day(transfer.chased_on)}.")]


def day(when: date) -> str:
    """“Mon 30 Nov 2026”."""
    return f"{moments.weekday(when)} {when.year}"

"""Disclosure control: numbers about children of which nobody can work one child out.

Exact tables go in; what comes out may be shown to anybody, with the certificate of its audit.
Nothing here knows the record, or a screen.
"""

from core.disclosure.audit import Finding, Verdict, audit
from core.disclosure.cells import Cell, Entry, Fact, Kind, Span, Tables
from core.disclosure.measures import middle, middle_band, share, share_band
from core.disclosure.released import Released, as_plain, from_plain
from core.disclosure.releasing import Certificate, release
from core.disclosure.rounding import RULES, Number, Rules

__all__ = [
    "RULES",
    "Cell",
    "Certificate",
    "Entry",
    "Fact",
    "Finding",
    "Kind",
    "Number",
    "Released",
    "Rules",
    "Span",
    "Tables",
    "Verdict",
    "as_plain",
    "audit",
    "from_plain",
    "middle",
    "middle_band",
    "release",
    "share",
    "share_band",
]

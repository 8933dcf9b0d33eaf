"""For which reasons something may be withheld from whoever asks for their record.

The letter stands in the bar, the name and the law in the list at the end. The exemptions are those
of the Data Protection Act 2018.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """A reason: the letter in its bar, what it is called, and where the law says it."""

    letter: str
    name: str
    law: str


THIRD_PARTY = "third_party"

CODES: Mapping[str, Code] = {
    THIRD_PARTY: Code("T", "About another person", "Schedule 2, paragraph 16"),
    "harm": Code("H", "Likely to cause serious harm to somebody’s health",
                 "Schedule 3, paragraphs 5, 11 and 19"),
    "abuse": Code("A", "About child abuse, and not in the child’s best interests",
                  "Schedule 3, paragraph 21"),
    "confidence": Code("C", "Given in confidence by an adviser or informant",
                       "Schedule 2, paragraph 16(3)"),
    "privilege": Code("P", "Legal advice, or made for legal proceedings",
                      "Schedule 2, paragraph 19"),
    "crime": Code("X", "Would hinder the prevention or detection of crime",
                  "Schedule 2, paragraph 2"),
    "court": Code("J", "Given to a court, or forbidden by another law",
                  "Schedule 3, paragraphs 3, 9 and 18; Schedule 4"),
    "not_about": Code("N", "Not about the person whose record it is",
                      "UK GDPR, Article 15(1)"),
}  # fmt: skip

"""Passphrases that one person reads to another over the telephone.

Six groups of five digits: there is nothing to spell, every keyboard has them, and with a hundred
random bits they do not depend on how slowly a program tries them out.
"""

from __future__ import annotations

import secrets

GROUPS, DIGITS = 6, 5


def new() -> str:
    """A new one, such as `04821-99310-57264-11873-60425-33906`."""
    return "-".join(f"{secrets.randbelow(10**DIGITS):0{DIGITS}}" for _ in range(GROUPS))


def spelt(typed: str) -> str:
    """What somebody typed in its only spelling: spaces and hyphens make no difference."""
    digits = "".join(filter(str.isdecimal, typed))
    plain = "".join(str(int(digit)) for digit in digits)
    return "-".join(plain[start : start + DIGITS] for start in range(0, len(plain), DIGITS))

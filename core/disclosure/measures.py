"""How a school worked: shares and medians, over enough to tell of nobody, and rounded."""

from __future__ import annotations

from datetime import timedelta

from core.disclosure.rounding import RULES, Rules, rounded


def share(part: int, of: int, rules: Rules = RULES) -> int | None:
    """A percentage to the nearest 5, from rounded numbers; None where there is too little."""
    if of < rules.enough or part < rules.least:
        return None
    about = 100 * rounded(part, rules.base) / rounded(of, rules.base)
    return min(rounded(round(about), rules.base), 100)


def middle(half: timedelta | None, of: int, rules: Rules = RULES) -> int | None:
    """The time within which half of so many waited no longer, in whole hours; None where there are
    too few, or too many of them wait still."""
    return round(half / timedelta(hours=1)) if half is not None and of >= rules.enough else None

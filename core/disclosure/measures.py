"""How a school worked: shares and medians, over enough to tell of nobody, and rounded."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from core.disclosure.rounding import RULES, Rules, rounded


def share(part: int, of: int, rules: Rules = RULES) -> int | None:
    """A percentage to the nearest 5, from rounded numbers; None where there is too little."""
    if of < rules.enough or part < rules.least:
        return None
    about = 100 * rounded(part, rules.base) / rounded(of, rules.base)
    return min(rounded(round(about), rules.base), 100)


def middle(values: Sequence[float], rules: Rules = RULES) -> int | None:
    """The median in whole units; None where there is too little."""
    return round(median(values)) if len(values) >= rules.enough else None

"""How a school worked: shares and medians, over enough to tell of nobody, and rounded."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from core.disclosure.rounding import RULES, Rules, rounded

MANY = 405  # of which a share can be: what is left open by more lies within what this leaves open


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


def share_band(about: int) -> tuple[float, float]:
    """The least and the greatest percentage that a share can be of which `share` says so much.

    It is wider than the rounding of the percentage, because both of its numbers were rounded too.
    It knows no more than a reader does: the figure and the rules.
    """
    return _share_bands()[about]


def middle_band(hours: int) -> tuple[float, float]:
    """The least and the greatest hours that a time can be of which `middle` says so many. Less than
    half an hour is said as one hour, so that one is within its band."""
    return max(0.0, hours - 0.5), max(hours, 1) + 0.5


@cache
def _share_bands() -> dict[int, tuple[float, float]]:
    """By each figure that `share` can give. A small share of very many can be next to nothing."""
    found = {0: (0.0, 0.0)}
    for of in range(RULES.enough, MANY, RULES.base):
        for part in range(RULES.least, of + 1, RULES.base):
            about = share(part, of) or 0
            low, high = found.get(about, (100.0, 0.0))
            least, most = _between(part, of)
            found[about] = min(low, least), max(high, most)
    return found


def _between(part: int, of: int) -> tuple[float, float]:
    """The percentages of numbers that are rounded to these two."""
    half = RULES.base // 2
    least = 100 * max(part - half, RULES.least) / (of + half)
    return least, min(100.0, 100 * (part + half) / max(of - half, RULES.enough))

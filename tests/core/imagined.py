"""Schools of 40 to 2,000 pupils, made up from a seed: most are ordinary, and some are nasty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from core import disclosure
from core.disclosure import Entry, Fact, Kind, Released, Rules, Span, Tables
from core.disclosure.cells import PHASES
from tests.core import attacker

COMMON = "attendance behaviour bullying emotional family home injury medical online care other"
KINDS = (
    *(Kind(key, total_only=key == "other") for key in COMMON.split()),
    Kind("safeguarding", lead_only=True),
    Kind("in_need", lead_only=True, plans=True),
    Kind("early_help", lead_only=True, plans=True),
)
HALVES = (
    Span(date(2025, 9, 1), date(2025, 10, 24)), Span(date(2025, 10, 25), date(2025, 12, 19)),
    Span(date(2025, 12, 20), date(2026, 2, 13)), Span(date(2026, 2, 14), date(2026, 3, 27)),
    Span(date(2026, 3, 28), date(2026, 5, 22)), Span(date(2026, 5, 23), date(2026, 7, 21)),
)  # fmt: skip
TERMS = tuple(Span(a.begins, b.ends) for a, b in zip(HALVES[::2], HALVES[1::2], strict=True))
YEAR = Span(TERMS[0].begins, TERMS[-1].ends)
NASTY = ("one child", "one class", "one category", "empty terms", "one family", "ordinary")
SCHEDULES = ((YEAR,), (*TERMS, YEAR), (*HALVES, *TERMS, YEAR), (*HALVES[:2], TERMS[0], YEAR))


def a_year(seed: int) -> Tables:
    """Everything exact about a year of a school."""
    rng = Random(seed)  # noqa: S311 - the same school for the same seed
    nasty = NASTY[seed % len(NASTY)]
    size = round(40 * 50 ** rng.random()) if seed % 7 else 40
    pupils = [(f"p{n}", f"f{0 if nasty == 'one family' and n % 2 else n * 2 // 3}",
               "key_stage_2" if nasty == "one class" else PHASES[n % 7 // 2 % 3])
              for n in range(size)]  # fmt: skip
    facts = [_fact(rng, n, pupils, nasty) for n in range(round(size * rng.uniform(0.3, 3)))]
    roll = {phase: sum(each[2] == phase for each in pupils) for phase in PHASES}
    return Tables(YEAR, TERMS, KINDS, roll, tuple(facts))


def _fact(rng: Random, n: int, pupils: Sequence[tuple[str, str, str]], nasty: str) -> Fact:
    pupil, family, phase = pupils[min(int(rng.expovariate(4 / len(pupils))), len(pupils) - 1)]
    keys = [kind.key for kind in KINDS]
    some = rng.choices(keys, [1 / (1 + at) for at in range(len(keys))], k=rng.choice((1, 1, 2)))
    first, last = (TERMS[1] if nasty == "empty terms" else YEAR), timedelta(days=1)
    day = first.begins + timedelta(days=rng.randrange((first.ends - first.begins + last).days))
    if nasty == "one child" and rng.random() < 0.7:
        pupil, family, phase = pupils[0]
        some = keys[:1]
    if nasty == "one category":
        some = keys[:1]
    return Fact(Entry(pupil, family, f"i{n}"), day, phase, tuple(some))


def during(year: Tables, span: Span) -> Tables:
    """The same school within a part of the year."""
    return replace(year, span=span, terms=year.terms if span == year.span else ())


def households(seed: int) -> list[tuple[attacker.Child, ...]]:
    """What the parents know who have most written of their children: of at most four of these."""
    families: dict[str, dict[str, list[Fact]]] = {}
    for fact in a_year(seed).facts:
        families.setdefault(fact.entry.family, {}).setdefault(fact.entry.pupil, []).append(fact)
    ordered = sorted(families.values(), key=lambda own: -sum(map(len, own.values())))
    return [tuple(map(_known, list(own.values())[:4])) for own in ordered]


def _known(facts: Sequence[Fact]) -> attacker.Child:
    written = tuple((fact.day.isoformat(), fact.categories) for fact in facts)
    return attacker.Child(facts[0].phase, written)


@cache
def published(seed: int, rules: Rules = disclosure.RULES) -> tuple[Released, ...]:
    """Every release of a year, each audited together with those before it."""
    year, done = a_year(seed), list[Released]()
    for span in SCHEDULES[seed % len(SCHEDULES)]:
        done.append(disclosure.release(during(year, span), done, rules)[0])
    return tuple(done)


def in_any_order(seed: int) -> tuple[Released, ...]:
    """Some halves, terms and the year, released in an order that nobody had in mind."""
    rng, year, done = Random(seed), a_year(seed), list[Released]()  # noqa: S311 - as above
    spans = rng.sample([*HALVES, *TERMS, YEAR], rng.randint(2, 10))
    for span in spans:
        done.append(disclosure.release(during(year, span), done)[0])
    return tuple(done)

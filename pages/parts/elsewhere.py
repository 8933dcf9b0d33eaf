"""Another school's record, drawn as ours is, and never among ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core import wrong_clock
from core.reports import whole
from core.reports.entries import Row
from core.reports.paper import Said
from core.reports.whole import Told, Whole
from pages.parts import words


def about(told: Whole) -> None:
    """Who the child is there, and what one should know first."""
    words.facts([words.Fact(each.label, each.text) for each in told.facts()], across=True)
    for head, said in (
        ("Know this first", told.note),
        ("Plans and flags", whole.plans_told(told)),
        ("Must not collect", told.orders),
        ("Other children of the household there", told.household),
        ("Reports to conferences", told.reports),
    ):
        if said:
            words.block([words.Heading(head, level=3), _facts(said)])


def entries(some: Iterable[Told]) -> None:
    """Their entries, each beside its day. They lead nowhere: there is nothing more of them here."""
    words.cards([_dated(each.row) for each in some], key="elsewhere")


def _dated(row: Row) -> words.Dated:
    day, _, time = row.happened.partition(", ")
    flags = [words.Badge(flag, "violet", "flag") for flag in row.flags]
    late = [words.Badge(f"Written down {row.late}", "gray", "late")] * bool(row.late)
    blocks: list[words.Block] = [
        words.Line(f"#{row.number} {row.title}", strong=True, aside=f"from {row.source}",
                   badges=flags + late),
        *[words.Line(f"Recorded {row.recorded}", note=True)] * (wrong_clock.NOTE in row.recorded),
        *_said(row.event),
    ]  # fmt: skip
    blocks += [words.Heading("What it meant for the child", level=3)] * bool(row.significance)
    blocks += _said(row.significance)
    blocks += [words.Beneath(_said([each])) for each in row.actions]
    blocks += [words.Facts([words.Fact("What came of it", row.outcome)])] * bool(row.outcome)
    blocks += [words.Line("Body map: see the PDF.", note=True)] * bool(row.maps)
    return words.Dated(day, time, [], blocks)


def _said(said: Sequence[Said]) -> list[words.Block]:
    blocks: list[words.Block] = []
    for each in said:
        if each.quoted:
            blocks.append(words.Quote(each.text))
        elif each.label:
            blocks += [words.Line(each.label, note=True), words.Account(each.text)]
        else:
            blocks.append(words.Account(each.text))
    return blocks


def _facts(said: Sequence[Said]) -> words.Facts:
    return words.Facts([words.Fact(each.label, each.text) for each in said])

"""Measures, and prints the table: `python -m tests.bench [--strict]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.bench import (
    adding,
    body_map,
    crowd,
    first_page,
    keeping,
    lists,
    packs,
    reports,
    reruns,
    school,
    sqlite,
    trends,
)
from tests.bench.figure import Figure, table
from tests.bench.server import EMPTY, PLAIN, served, serving

A_MILLION = 31  # years of a school, until it has so many records


def figures(*, million: bool) -> Iterator[Figure]:
    """All of them; what is measured side by side runs side by side."""
    twenty, one, none = (school.made(years) for years in (20, 1, 0))
    with ExitStack() as stack:
        app = stack.enter_context(served(twenty))
        yield from keeping.started(app.server)
        with served(one) as younger, served(none, EMPTY) as empty:
            yield from reruns.measure(app, younger, empty)
        if million:
            with served(school.made(A_MILLION)) as whole:
                yield from reruns.grown(whole, app)
        yield from crowd.measure(app)
        yield from keeping.held(app.server)
        folder = stack.enter_context(TemporaryDirectory())
        plain = stack.enter_context(serving(PLAIN, folder=Path(folder)))
        yield from first_page.measure(app, plain)
        yield from body_map.touched(app)
    yield from keeping.verified(twenty)
    yield from trends.measure()
    yield from sqlite.measure(twenty)
    yield from adding.measure(twenty)
    yield from body_map.kept(twenty)
    yield from reports.measure(twenty)
    yield from packs.measure(twenty)
    yield from lists.measure(twenty)


@click.command()
@click.option("--strict", is_flag=True, help="Exit with 1 if a figure is not what was asked for.")
@click.option("--million", is_flag=True, help="With a school of a million records as well.")
def main(strict: bool, million: bool) -> None:
    """Measures how long things take, on a school of twenty years, beside yardsticks of the same
    run. The first time it makes that school, which takes some minutes."""
    measured: list[Figure] = []
    for line in table(_noted(figures(million=million), measured)):
        click.echo(line)
    if strict and not all(figure.is_met for figure in measured):
        sys.exit(1)


def _noted(figures: Iterable[Figure], measured: list[Figure]) -> Iterator[Figure]:
    for figure in figures:
        measured.append(figure)
        yield figure


if __name__ == "__main__":
    main()

"""Attacks every promise and publishes the figures: `python -m tests.prove [--full] [NAME …]`."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence

import click

from core import clock
from tests import day, prove
from tests.prove import published
from tests.prove.promise import Promise

Attack = Callable[..., Promise]


def attacks(names: Sequence[str] = ()) -> Iterator[tuple[str, Attack]]:
    """Every module of this package that has `proved`, or only those that are named."""
    for found in pkgutil.iter_modules(prove.__path__):
        if not found.name.startswith("_") and (not names or found.name in names):
            module = importlib.import_module(f"{prove.__name__}.{found.name}")
            if attack := getattr(module, "proved", None):
                yield found.name, attack


@click.command()
@click.option("--full", is_flag=True, envvar="FULL", help="The sizes for a night.")
@click.argument("names", nargs=-1)
def main(full: bool, names: tuple[str, ...]) -> None:
    """Attacks every promise, or the NAMED ones only, and then writes no page.

    Exits with 1 if one was not kept or could not be shown.
    """
    day.begin()
    # Attacks make thousands of lines, and who needs one listens for it.
    logging.getLogger().addHandler(logging.NullHandler())
    promises: list[Promise] = []
    failures: list[str] = []
    for name, attack in attacks(names):
        _attacked(name, attack, promises, failures, full=full)
    if not names:
        text = published.page(
            promises, failures, full=full, on=(clock.now() - clock.ahead()).date()
        )
        published.PLACE.write_text(text, encoding="utf-8")
    if failures or not all(promise.kept for promise in promises):
        sys.exit(1)


def _attacked(
    name: str, attack: Attack, promises: list[Promise], failures: list[str], *, full: bool
) -> None:
    begun = time.monotonic()
    click.echo(f"{name} …")
    try:
        promise = attack(full=full)
    except Exception as error:  # noqa: BLE001 - the other promises are attacked all the same
        traceback.print_exc()
        failures.append(f"`tests/prove/{name}.py` ended with {type(error).__name__}.")
        return
    promises.append(promise)
    kept = "kept" if promise.kept else "NOT KEPT"
    took = f"({time.monotonic() - begun:.0f} s)"
    click.echo(f"  {promise.number}. {promise.words}: {kept} {took}\n     {promise.figure}")


if __name__ == "__main__":
    main()

"""The commands that put a school into a record, and those that help where a page cannot."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

import click
import pyotp

from core import (
    clock,
    columns,
    example,
    imports,
    mails,
    people,
    rehearsals,
    resets,
    school_days,
    spreadsheets,
    term_dates,
)
from core import terms as school_terms
from core.errors import Refused
from core.example import Account
from core.imports import Change, Plan
from core.person import OPERATOR
from core.store import Store, start
from core.store import key as keys

DATA = click.argument("data", type=click.Path(file_okay=False, path_type=Path))
NOTHING_TAKEN = "Nothing was taken over: mend the lines that are named, and import the file again."
LIST = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.command()
@DATA
@click.option("--seed", default=1, show_default=True, help="Another number, another school.")
@click.option("--json", "as_json", is_flag=True, help="Print the accounts as JSON.")
def demo(data: Path, seed: int, as_json: bool) -> None:
    """Makes a demonstration school in DATA, which must be new or empty, and prints its accounts."""
    with closing(start.begin(data, takes_any_key=True, is_new=True)) as store:
        rehearsals.take_clock(store)
        staff = example.enter(store, seed=seed)
        opening = example.open_accounts(store, staff)
        with click.progressbar(
            opening,
            len(staff),
            "Opening accounts",
            hidden=as_json or not sys.stderr.isatty(),
            file=sys.stderr,
        ) as bar:
            accounts = list(bar)
    click.echo(_as_json(accounts) if as_json else _as_text(accounts))


@click.command()
@DATA
@LIST
def import_pupils(data: Path, file: Path) -> None:
    """Takes over the students of a CSV file. A line that cannot be taken is named and left out."""
    _take_over(data, file, "pupils", imports.plan_pupils, imports.take_pupils)


@click.command()
@DATA
@LIST
def import_staff(data: Path, file: Path) -> None:
    """Takes over the staff of a CSV file. A line that cannot be taken is named and left out."""
    _take_over(data, file, "staff", imports.plan_staff, imports.take_staff)


@click.command()
@DATA
@LIST
def terms(data: Path, file: Path) -> None:
    """Takes over the school's terms from a JSON file like data/terms.json. The app is stopped.

    Terms that are known, and over before the first of the file begins, stay as they are.
    """
    with _existing(data) as store:
        found = term_dates.read(term_dates.content(file))
        school_terms.carry_in(store, found)
        known = school_days.calendar(store).known_until
    click.echo(f"Terms taken over: {len(found)}. {known}")


@click.command()
@DATA
def send_mail(data: Path) -> None:
    """Tries the mail that is owed now, while the app is stopped; running, it does so by itself."""
    with _existing(data) as store:
        click.echo(f"{mails.deliver_due(store)} mails were sent")


@click.command()
@DATA
@click.argument("email")
def reset_link(data: Path, email: str) -> None:
    """Prints a link for a new password, where nobody at school can make one. The app is stopped."""
    with _existing(data) as store:
        person = people.by_email(store, email)
        if person is None or not person.active:
            raise Refused("Nobody with an open account has this address.")
        click.echo(resets.link(resets.rescue(store, person)))


@click.command()
@click.argument("secret")
def code(secret: str) -> None:
    """Prints the code of this moment for an Authenticator's key, to try the demonstration with."""
    click.echo(pyotp.TOTP(secret).at(clock.now()))


ALL = (demo, import_pupils, import_staff, terms, send_mail, reset_link, code)


@contextmanager
def _existing(data: Path) -> Iterator[Store]:
    if not Store.is_in(data):
        raise Refused(f"There is no record in {data}.")
    with closing(Store.open(data, keys.read(keys.location(data)))) as store:
        yield store


def _take_over(
    data: Path,
    file: Path,
    kind: Literal["pupils", "staff"],
    planned: Callable[..., Plan[Any]],
    taken: Callable[..., int],
) -> None:
    with _existing(data) as store:
        sheet = spreadsheets.read(file.read_bytes())
        found = columns.match(sheet.headings, columns.known(kind))
        plan = planned(store, sheet, found, by=OPERATOR)
        number = taken(store, plan, by=OPERATOR)
    for line in plan.of(Change.REFUSED):
        click.echo(f"line {line.number}: {line.complaint}", err=True)
    if not number and not plan.of(Change.SAME):
        raise Refused(NOTHING_TAKEN)
    click.echo(f"{number} of {len(plan.lines)} lines were taken over")


def _as_json(accounts: Sequence[Account]) -> str:
    return json.dumps({"accounts": [vars(account) for account in accounts]}, ensure_ascii=False)


def _as_text(accounts: Sequence[Account]) -> str:
    lines = [f"{a.role:9} {a.email:30} {a.totp_secret or '–':34} {a.name}" for a in accounts]
    heading = f"{'role':9} {'email':30} {'key of the Authenticator':34} name"
    return "\n".join(
        [
            "",
            heading,
            *lines,
            "",
            f"Everybody’s password is {example.PASSWORD}",
            "The code of an Authenticator: python -m core code KEY",
            "",
        ]
    )

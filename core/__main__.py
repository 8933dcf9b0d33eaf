"""The commands: `python -m core COMMAND`.

Each answers 0 when it is done, 1 when the record is not whole, 2 when it was asked for something
that cannot be; the last two with one plain sentence.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from core import records, school_commands
from core.errors import Refused
from core.store import Store, backup, keyring, lock, rebuilding, room, snapshot
from core.store import key as keys
from core.store.faults import DiskFull, NoRoom, ReadOnly, Unsound
from core.store.progress import Step
from core.store.proof import Proof

__all__ = ["records", "run"]  # the kinds of records have to be known before any is read

DATA = click.argument("data", type=click.Path(file_okay=False, path_type=Path))
FILE = click.argument("file", type=click.Path(path_type=Path))


UNFINISHED = (
    "What was added last is not finished: it is being added at this moment, or the machine stopped "
    "in the midst of it. Nobody was told that it is kept, and the next start finishes it."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Looks after a school's record, which lies in the folder DATA.

    The key is read from RECORD_KEY_FILE, or from the user's configuration folder.
    """
    logging.basicConfig(format="%(message)s")


@commands.command()
@DATA
@click.option("--head", "noted", default="", help="A head from an export, or from a weekly mail.")
def verify(data: Path, noted: str) -> None:
    """Reads the whole record, in both copies, and names the first that does not fit.

    With a HEAD that was noted earlier: also whether all that it stood for is still there. May be
    run while the app is running. Changes nothing: the next start mends what can be mended.
    """
    proof_ = proved(data, keys.read(keys.location(data)), noted.strip().lower())
    click.echo(f"intact: {told(proof_)}{', with the head that was noted' if noted else ''}")
    if proof_.unfinished:
        click.echo(UNFINISHED)


@commands.command()
@DATA
def rebuild(data: Path) -> None:
    """Makes the database anew from the journal; the old one is kept beside it."""
    key = keys.read(keys.location(data))
    with lock.held(data):  # a start clears up what it takes for the rest of a rebuilding
        click.echo(f"rebuilt: {told(rebuilding.rebuild(data, key, progress=shown))}")


@commands.command(name="backup")
@DATA
@FILE
def back_up(data: Path, file: Path) -> None:
    """Writes an encrypted backup to FILE, restores it once to be sure, and only then keeps it.

    May be run while the app is running. A FILE of that name is replaced.
    """
    key = keys.read(keys.location(data))
    click.echo(f"backed up: {told(backup.take(data, key, file, progress=shown))}")


@commands.command()
@FILE
@DATA
def restore(file: Path, data: Path) -> None:
    """Makes the folder DATA, which must be empty or new, from the backup FILE."""
    key = keys.read(keyring.location(data, restoring=True))
    click.echo(f"restored: {told(backup.restore(file, data, key, progress=shown))}")


@commands.command()
@DATA
def recovery_sheet(data: Path) -> None:
    """Prints the key, to be locked away on paper. Whoever has it can open the record."""
    click.echo(keys.sheet(keys.read(keys.location(data))))


for command in school_commands.ALL:
    commands.add_command(command)


def proved(data: Path, key: bytes, noted: str = "") -> Proof:
    """The proof of a record, whether the app is running or not. Raises `Refused`."""
    if not Store.is_in(data):
        raise Refused(f"There is no record in {data}.")
    return snapshot.verify(data, key, noted=noted, progress=shown)


def told(proof_: Proof) -> str:
    """A proof as a person reads it."""
    return f"{proof_.count} records, head {proof_.head}"


@contextmanager
def shown(what: str, of: int) -> Iterator[Step]:
    """A progress bar for whoever sits before a terminal; nothing in a log."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=of, label=what, file=sys.stderr, hidden=hidden) as bar:
        yield bar.update


def run(arguments: Sequence[str] | None = None) -> int:
    """Carries out one command and returns its exit code; nobody is ever shown a traceback."""
    try:
        commands.main(arguments, prog_name="python -m core", standalone_mode=False)
    except click.exceptions.Abort:
        return _said("Stopped.", 130)
    except click.ClickException as wrong:
        return _said(wrong.format_message(), 2)
    except Unsound as found:
        return _said(str(found), 1)
    except DiskFull:  # what a form is told would be no help here
        return _said(str(NoRoom()), 2)
    except Refused as refusal:
        return _said(str(refusal), 2)
    except OSError as error:
        if room.is_shut(error) and error.filename:
            return _said(str(ReadOnly(Path(error.filename).parent)), 2)
        return _said(f"{error.strerror}: {error.filename}.", 2)
    except Exception as mistake:  # noqa: BLE001 - whatever it is, a traceback helps nobody here
        return _said(f"The program made a mistake ({type(mistake).__name__}): report it.", 2)
    return 0


def _said(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


if __name__ == "__main__":
    sys.exit(run())

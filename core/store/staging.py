"""A folder inside the data folder, in which a backup is unpacked before it becomes the record.

`restoring` may hold anything, and is thrown away. Once its record was proved it is called
`restored-` and the salt of its backup, and from then on it only has to be moved out: a restore that
is cut there is finished by the next start, or by the same restore again.
"""

from __future__ import annotations

import errno
import re
import shutil
from pathlib import Path

from core.errors import Refused
from core.store import disk

STAGE = "restoring"
PROVED = re.compile(r"restored-[0-9a-f]{32}")
JOURNAL, DATABASE = "journal.jsonl", "record.duckdb"

BESIDE = (
    "In {folder} a restore was cut, and there is another record now. Move the folder {stage} away "
    "if that record is the right one."
)


def fresh(folder: Path) -> Path:
    """An empty stage; what a restore that was cut has left in it is gone."""
    stage = folder / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    return disk.folder(stage)


def prove(stage: Path, salt: bytes) -> None:
    """Says that what is on the stage was proved, and which backup it came from."""
    stage.rename(stage.with_name(f"restored-{salt.hex()}"))
    disk.sync(stage.parent)


def is_proved(folder: Path, salt: bytes) -> bool:
    """Whether this backup was brought here, and the end was cut."""
    return (folder / f"restored-{salt.hex()}").is_dir()


def is_cut(folder: Path) -> bool:
    """Whether a record was brought here that only has to be moved out."""
    return bool(_stages(folder))


def settle(folder: Path) -> None:
    """Moves out what was proved, for whoever has the folder's lock: the database last but one, and
    then the journal. So a folder in between is no record yet, or one whose journal can be made.

    Raises `Refused` where there is another record.
    """
    for stage in _stages(folder):
        try:
            for part in sorted(stage.iterdir(), key=_order):
                _move(part, folder / part.name)
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                raise
            raise Refused(BESIDE.format(folder=folder, stage=stage.name)) from None
        stage.rmdir()
        disk.sync(folder)


def _stages(folder: Path) -> list[Path]:
    return [path for path in folder.glob("restored-*") if PROVED.fullmatch(path.name)]


def _order(part: Path) -> tuple[bool, bool, str]:
    return part.name == JOURNAL, part.name.startswith(DATABASE), part.name


def _move(part: Path, to: Path) -> None:
    if part.name == JOURNAL and to.exists() and not (part.parent / DATABASE).exists():
        part.unlink()  # somebody opened the record in between, which made the journal from it
    elif part.is_dir():
        part.rename(to)
    else:
        disk.move(part, to)

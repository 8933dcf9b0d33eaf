"""Promise 5: what was changed is noticed, named, and made good where the other copy has it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.prove import harm
from tests.prove.promise import Promise


def proved(*, full: bool) -> Promise:
    """By flipped bits, edited rows, shortened and exchanged files; and many starts without."""
    with TemporaryDirectory() as folder:
        whole = harm.a_whole_record(Path(folder))
        flipped, edited = harm.flips(whole, 300), harm.edits(whole, 300, mended=1 if full else 10)
        shortened, swapped = harm.cuts(whole, 60), harm.swaps(whole)
        started = harm.starts(Path(folder) / "started", 1_000 if full else 100)
    together = flipped + edited + shortened + swapped + started
    return Promise(
        number=5,
        words="What was changed is noticed",
        figure=f"{flipped.tried} flipped bits, {edited.tried} rows edited with the key, "
        f"{shortened.tried} shortened and {swapped.tried} rolled back, exchanged or deleted files, "
        f"{started.tried} starts without any harm: {together}; what a start mended was told by "
        "`verify` before, which changed not a byte",
        kept=together.is_clean,
    )

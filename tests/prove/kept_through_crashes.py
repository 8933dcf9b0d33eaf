"""Promise 4: what was acknowledged is kept."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.prove import faulty, full_disks, kills, power_cuts
from tests.prove.found import Found
from tests.prove.promise import Promise


def proved(*, full: bool) -> Promise:
    """By killing, by cutting the power, by full disks, and by calls that fail."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "cuts").mkdir()
        killed = kills.attacked(place / "killed", 500 if full else 60)
        cut = power_cuts.attacked(place / "cuts", 2_000 if full else 150)
        filled = full_disks.attacked(place / "filled", 600 if full else 60)
        failed = faulty.attacked(place / "failed")
    together: Found = killed + cut + filled + failed
    return Promise(
        number=4,
        words="What was acknowledged is kept",
        figure=f"{killed.tried} times killed while saving, {cut.tried} power cuts, "
        f"{filled.tried} full disks, {failed.tried} calls that fail, each once: {together}",
        kept=together.is_clean,
    )

"""Promise 6: every alert arrives."""

from __future__ import annotations

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.prove import post
from tests.prove.promise import Promise


def proved(*, full: bool) -> Promise:
    """500 alerts in eight hours of a mail server that misbehaves in every way."""
    warnings.filterwarnings("ignore", "Requiring AUTH")
    with TemporaryDirectory() as folder:
        posted = post.attacked(Path(folder), 125, 96)
    return Promise(
        number=6,
        words="Every alert arrives",
        figure=f"{posted.owed} alerts through eight hours and {len(post.WAYS) - 1} faults of the "
        f"mail server, in {posted.tries:,} tries: {posted.arrived} arrived, {posted.doubled} "
        f"doubled where the line was not dropped, {posted.told_more} told more than who and "
        f"category, {posted.passwords_given} passwords or letters to a server with no proof of "
        "who it is",
        kept=posted.is_clean,
    )

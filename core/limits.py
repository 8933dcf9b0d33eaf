"""How many wrong tries are free, and how long the next one waits after them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """How many wrong tries are free, and how the wait grows after them, in seconds."""

    free: int
    first: float
    longest: float

    def wait(self, wrong: int) -> float:
        """How long the next try has to wait after the last one."""
        over = wrong - self.free
        return min(self.first * 2 ** min(over, 10), self.longest) if over >= 0 else 0


@dataclass(frozen=True)
class Guesses:
    """What is being guessed, and how far. A limit that is None is not counted."""

    purpose: str
    pair: Limit
    address: Limit | None = None
    account: Limit | None = None


PASSWORD = Guesses("password", Limit(3, 1, 60), address=Limit(10, 6, 60), account=Limit(20, 1, 10))
# Whoever can try these is signed in: one count, whatever the address, is enough.
CODE = Guesses("code", Limit(3, 1, 60))
OLD_PASSWORD = Guesses("old password", Limit(3, 1, 60))
RESET = Guesses("reset", Limit(3, 60, 300), address=Limit(30, 6, 60), account=Limit(20, 10, 60))

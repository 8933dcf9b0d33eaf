"""The codes of an Authenticator (TOTP, RFC 6238): six digits that change every 30 seconds."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from hmac import compare_digest

import pyotp

from core import clock

SECONDS = 30
DRIFT = 1  # the clock of a phone may be half a minute off


def new_secret() -> str:
    """A new key of 160 random bits, in the letters that Authenticator apps take."""
    return pyotp.random_base32()


@dataclass(frozen=True)
class Enrolment:
    """What a new Authenticator is given: the key in letters, and the address for the QR code."""

    secret: str
    email: str

    @property
    def uri(self) -> str:
        """What the QR code says."""
        totp = pyotp.TOTP(self.secret)
        return totp.provisioning_uri(name=self.email, issuer_name="Bigger Picture")


def newest() -> int:
    """The last of the 30 seconds whose code could be right now."""
    return int(clock.now().timestamp()) // SECONDS + DRIFT


def step(secret: str, code: str, *, after: int = 0) -> int | None:
    """Which 30 seconds since 1970 a right code belongs to; None for a wrong one.

    A code from a step that is not later than `after` has been used, and is wrong. Spaces make no
    difference. Every comparison is made, in the same time.
    """
    digits = "".join(unicodedata.normalize("NFKC", code).split()).encode()
    now, totp = int(clock.now().timestamp()) // SECONDS, pyotp.TOTP(secret)
    steps = range(now - DRIFT, now + DRIFT + 1)
    right = [each for each in steps if compare_digest(totp.generate_otp(each).encode(), digits)]
    return next((each for each in right if each > after), None)

"""What is asked of a new password: the school's policy."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from core import people
from core.library import Validator

LONGEST = 72  # bytes; bcrypt would leave the rest out

RULES: Mapping[str, Callable[[str], bool]] = {
    "at least 8 characters": lambda password: len(password) >= 8,
    "a lower-case letter": lambda password: any(map(str.islower, password)),
    "an upper-case letter": lambda password: any(map(str.isupper, password)),
    "a digit": lambda password: any(map(str.isdecimal, password)),
    "a symbol, such as £ or !": lambda password: any(map(_is_symbol, password)),
    "no space at either end": lambda password: password == password.strip(),
    f"at most {LONGEST} bytes": lambda password: len(password.encode()) <= LONGEST,
}


class Policy(Validator):  # type: ignore[misc]
    """The school's policy in the library's form.

    Its own rules refuse more than 20 characters, `£`, spaces, and addresses with an apostrophe.
    """

    def problems(self, password: str) -> list[str]:
        """What a password still needs, in the words of `RULES`; empty if it will do."""
        return [need for need, holds in RULES.items() if not holds(spelt(password))]

    def validate_password(self, password: str) -> bool:
        """Whether a password will do."""
        return not self.problems(password)

    def diagnose_password(self, password: str) -> str:
        """One sentence about what a password still needs; empty if it will do."""
        needs = self.problems(password)
        return f"The new password needs {_listed(needs)}." if needs else ""

    def validate_email(self, email: str) -> bool:
        """Whether an account can have this address."""
        return people.ADDRESS.fullmatch(email) is not None


def spelt(password: str) -> str:
    """One spelling of é, whatever the keyboard."""
    return unicodedata.normalize("NFC", password)


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _listed(needs: list[str]) -> str:
    *most, last = needs
    return f"{', '.join(most)} and {last}" if most else last

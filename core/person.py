"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account is for."""

    STAFF = "staff"
    LEAD = "lead"
    HEAD = "head"
    GOVERNOR = "governor"
    OFFICE = "office"


@dataclass(frozen=True, kw_only=True)
class Person:
    """An account as it stands now, in a session in which the code was given or not."""

    id: str
    name: str
    email: str
    role: Role
    post: str = ""
    class_name: str = ""
    is_chair: bool = False
    active: bool = True
    code_given: bool = False

    @property
    def full_access(self) -> bool:
        """A lead or the head, in a session in which the Authenticator's code was given."""
        return self.active and self.code_given and self.role in (Role.LEAD, Role.HEAD)


@dataclass(frozen=True)
class Machine:
    """The app itself, for records that nobody typed."""

    id: str = "system"


SYSTEM = Machine()

# Whoever has the machine and the key may look after the lists, and sees no concern.
OPERATOR = Person(id="operator", name="The command line", email="", role=Role.OFFICE)

"""Ten codes on paper, for the day on which the phone with the Authenticator is lost.

80 random bits each, so an unsalted hash is enough; shown once, and each works once (ASVS 6.5.2).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from hmac import compare_digest

from core.person import SYSTEM
from core.records import AccountEvent
from core.store import Store

HOW_MANY = 10
BYTES = 10

LOOKALIKES = str.maketrans("018", "OIB")  # the alphabet of base 32 has none of the three


def renew(store: Store, person_id: str) -> tuple[str, ...]:
    """Ten new codes such as `ABCD-EFGH-IJKL-MNOP`; those from before stop working."""
    codes = tuple(_new() for _ in range(HOW_MANY))
    rows = {f"hash{number}": _hashed(code) for number, code in enumerate(codes)}
    with store.desk.alone():
        wipe(store, person_id)
        values = ", ".join(f"($person, ${name})" for name in rows)
        store.desk.change(f"INSERT INTO recovery_codes VALUES {values}", person=person_id, **rows)
    return codes


def use(store: Store, person_id: str, code: str) -> bool:
    """Whether it is one of the person's codes; if so, it is used up and that is recorded.

    Spaces, hyphens and small letters make no difference.
    """
    tried = _hashed(code)
    with store.desk.alone():
        kept = _kept(store, person_id)
        right = [each for each in kept if compare_digest(each, tried)]
        if right:
            sql = "DELETE FROM recovery_codes WHERE person = $person AND hash = $hash"
            store.desk.change(sql, person=person_id, hash=tried)
    if right:
        store.append(AccountEvent(person=person_id, event="recovery_code_used"), by=SYSTEM)
    return bool(right)


def left(store: Store, person_id: str) -> int:
    """How many codes the person has not used yet."""
    return len(_kept(store, person_id))


def wipe(store: Store, person_id: str) -> None:
    """Takes all codes away."""
    store.desk.change("DELETE FROM recovery_codes WHERE person = $person", person=person_id)


@dataclass(frozen=True)
class _Hash:
    hash: str


def _kept(store: Store, person_id: str) -> list[str]:
    sql = "SELECT hash FROM recovery_codes WHERE person = $person"
    return [row.hash for row in store.desk.ask(_Hash, sql, person=person_id)]


def _new() -> str:
    letters = base64.b32encode(secrets.token_bytes(BYTES)).decode()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _hashed(code: str) -> str:
    letters = "".join(filter(str.isalnum, code)).upper().translate(LOOKALIKES)
    return hashlib.sha256(letters.encode()).hexdigest()

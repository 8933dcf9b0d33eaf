"""What is still open of the searches that are over: accounts, the investigation, the report."""

from __future__ import annotations

from dataclasses import dataclass

from core.missing import logs
from core.permissions import Verb, demand
from core.person import Person
from core.store import Store


@dataclass(frozen=True)
class End:
    """A log, and what is still owed of it."""

    log: str
    accounts: int
    uninvestigated: bool
    unreported: bool

    @property
    def said(self) -> str:
        """In words: “2 accounts not written, report to the local authority owed”."""
        accounts = "1 account" if self.accounts == 1 else f"{self.accounts} accounts"
        parts = (
            ("report to the local authority owed", self.unreported),
            ("not investigated yet", self.uninvestigated),
            (f"{accounts} not written", self.accounts),
        )
        said = ", ".join(what for what, is_open in parts if is_open)
        return said[:1].upper() + said[1:]


def waiting(store: Store, *, by: Person) -> list[End]:
    """The searches of which something is owed, the newest first, as far as `by` may read them.
    Raises `NotAllowed`."""
    demand(by, Verb.INVESTIGATE)
    seen = {log.id for log in logs.every(store, by=by)}
    return [each for each in store.kept(_ends) if each.log in seen]


def _ends(store: Store) -> tuple[End, ...]:
    sql = """SELECT log, accounts, uninvestigated, unreported FROM search_ends
             WHERE accounts > 0 OR uninvestigated OR unreported ORDER BY seq DESC"""
    return tuple(store.ask(End, sql))

"""The receipt for a file that went to another school, and the asking for it until it comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core import moments, settings, transfers
from core.forms import Incomplete
from core.permissions import Verb, children
from core.person import Person
from core.records import TransferChase, TransferReceipt
from core.store import Store

HOW: Mapping[str, str] = {
    "telephone": "By telephone",
    "email": "By e-mail",
    "letter": "By letter",
    "person": "In person",
}


@dataclass(kw_only=True)
class ChaseForm:
    """What is filled in when the other school was asked for the receipt."""

    transfer: str
    whom: str = ""
    how: str = ""
    chased_on: date | None = None
    said: str = ""


@dataclass(frozen=True)
class Chase:
    """That the other school was asked for the receipt."""

    whom: str
    how: str
    chased_on: date
    said: str
    author: str


def chase(store: Store, form: ChaseForm, *, by: Person) -> None:
    """Records that the other school was asked for the receipt. Raises `NotThere`, `Incomplete`."""
    transfers.of(store, form.transfer, by=by)
    wrong: dict[str, str] = {}
    if not form.whom.strip():
        wrong["whom"] = "Please say whom you asked."
    if form.how not in HOW:
        wrong["how"] = "Please choose how you asked."
    if form.chased_on is None or form.chased_on > _today(store):
        wrong["chased_on"] = "Please say on which day you asked: today, or one that has been."
    if form.chased_on is None or wrong:
        raise Incomplete(wrong)
    asked = TransferChase(transfer=form.transfer, whom=form.whom.strip(), how=form.how,
                          chased_on=form.chased_on, said=form.said.strip())  # fmt: skip
    store.append(asked, by=by)


def chases(store: Store, transfer: str, *, by: Person) -> list[Chase]:
    """How often the other school was asked, the newest first; none if `by` may not see it."""
    sql = f"""SELECT c.whom, c.how, c.chased_on, c.said, coalesce(w.name, '') AS author
              FROM transfer_chases c JOIN transfers_now t ON t.id = c.transfer
              JOIN pupils p ON p.id = t.pupil LEFT JOIN people w ON w.id = c.recorded_by
              WHERE c.transfer = $transfer AND {children(by, Verb.TRANSFER)} ORDER BY c.seq DESC"""
    return store.ask(Chase, sql, transfer=transfer, me=by.id)


def sign(
    store: Store, transfer: str, received_on: date | None, signed_by: str, *, by: Person
) -> None:
    """Records that the other school has the file. Raises `NotThere`, `Incomplete`."""
    found = transfers.of(store, transfer, by=by)
    wrong: dict[str, str] = {}
    if found.made_at is None:
        wrong["receipt"] = "No file was made for this transfer yet."
    if received_on is None or received_on > _today(store):
        wrong["received_on"] = "Please say on which day they had it: today, or one that has been."
    if not signed_by.strip():
        wrong["signed_by"] = "Please say who signed for it: name and post."
    if received_on is None or wrong:
        raise Incomplete(wrong)
    signed = TransferReceipt(transfer=transfer, received_on=received_on,
                             signed_by=signed_by.strip())  # fmt: skip
    store.append(signed, by=by)


def _today(store: Store) -> date:
    return moments.today(settings.school(store).zone)

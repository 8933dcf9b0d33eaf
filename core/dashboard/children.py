"""Children whom nobody has accounted for, and what runs out about a child: plans, orders, files."""

from __future__ import annotations

from collections.abc import Iterable

from core import collection, moments, plans, transfers, unaccounted
from core.dashboard.asking import SOON, Asked, Notice


def not_accounted(asked: Asked) -> Iterable[Notice]:
    """Children who are neither in school nor known to be elsewhere."""
    for each in unaccounted.now(asked.store, by=asked.by):
        yield Notice(0, each.pupil, each.said)


def _reviews(asked: Asked) -> Iterable[Notice]:
    for plan in plans.current(asked.store, asked.today, by=asked.by):
        if plan.review_on and plan.review_on <= asked.today + SOON:
            on = moments.weekday(plan.review_on)
            said = f"{plans.KINDS[plan.kind]}: {plan.pupil_name}, {plan.class_name}. Review {on}"
            yield Notice(0, plan.pupil, said)
        elif plan.until and plan.until <= asked.today + SOON:
            on = moments.weekday(plan.until)
            said = f"{plans.KINDS[plan.kind]}: {plan.pupil_name}, {plan.class_name}. Ends {on}"
            yield Notice(0, plan.pupil, said)


def reviews_and_orders(asked: Asked) -> Iterable[Notice]:
    """Plans to be reviewed or ending within two weeks, and court orders that run out."""
    yield from _reviews(asked)
    for order in collection.ending(asked.store, asked.today + SOON, by=asked.by):
        runs = "Ran out" if order.until < asked.today else "Runs out"
        on = moments.weekday(order.until)
        said = f"Court order about collecting: {order.pupil_name}, {order.class_name}. {runs} {on}"
        yield Notice(0, order.pupil, said)


def transfers_due(asked: Asked) -> Iterable[Notice]:
    """Files that another school has to have soon, or had to, until it has signed for them."""
    for each in transfers.waiting(asked.store, asked.today + SOON, by=asked.by):
        by = f"due {moments.weekday(each.due.earliest)}"
        done = "Sent, no receipt yet" if each.made_at else "Not sent yet"
        said = f"{each.pupil_name}, {each.class_name}, to {each.school}. {done}, {by}"
        yield Notice(0, each.pupil, said, transfer=each.id)

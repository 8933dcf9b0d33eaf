"""How we are doing: how long concerns wait, whether they are closed, and what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from core import categories, measures, moments
from core.measures import BANDS, PERIODS, Measures, Wait
from pages.parts import charts, session, words

USUAL = 12  # weeks
NOT_YET = "Not yet"  # what waits still, beside the bands


def page() -> None:
    here = session.here()
    st.title("How we are doing", anchor=False)
    weeks = st.segmented_control("In the last", list(PERIODS), default=USUAL, key="weeks",
                                 format_func=lambda each: PERIODS[each], required=True)  # fmt: skip
    found = measures.of(here.store, weeks or USUAL, by=here.me)
    about(found)
    if found.concerns:
        left, right = st.columns(2, gap="large")
        with left:
            st.header("First reading", anchor=False)
            waits("Marked as read by a lead or head", "not read yet", found.read, key="read")
        with right:
            st.header("First action", anchor=False)
            waits("An action or a decision", "without an action", found.acted, key="acted")
    left, right = st.columns(2, gap="large")
    with left:
        by_week(found)
        late(found)
    with right:
        by_category(found)
    how(found)


def about(found: Measures) -> None:
    """What the figures stand on."""
    begun = f"Since Monday {moments.day(found.since)}"
    words.line(f"{begun}: {counted(found.concerns) if found.concerns else 'no concern'}.")


def how(found: Measures) -> None:
    """How it is counted, for whoever is asked about a figure."""
    own = [f"{counted(found.own)} by a lead or head: the team knew at once, so no first reading "
           "is counted."] * bool(found.own)  # fmt: skip
    st.header("How this is counted", anchor=False)
    words.block(words.Line(each, note=True) for each in [
        "In hours of the clock, nights and weekends included, from when a concern was recorded.",
        "What still waits counts as the longest wait, and is never left out.",
        *own,
        "Weeks begin on Monday. A concern that was taken up again counts as open.",
        "Positive events and what was entered in error are left out.",
    ])  # fmt: skip


def waits(what: str, missing: str, wait: Wait, *, key: str) -> None:
    """How long concerns waited for one thing: the finding first, then all of them in a chart."""
    if not wait.concerns:
        words.line("No concern waited for this.")
        return
    waiting = words.Badge(f"{wait.waiting} {missing}", "orange", "hourglass")
    words.block([
        words.Line(f"Half within {said(wait.half)}", strong=True,
                   badges=[waiting] * bool(wait.waiting)),
        words.Line(f"9 in 10 within {said(wait.most)}"),
        words.Line(f"{what}. {stands_on(wait)}", note=True),
    ])  # fmt: skip
    counts = [*zip(BANDS.values(), wait.bands, strict=True), (NOT_YET, wait.waiting)]
    charts.bars(counts, what, waiting=NOT_YET, key=f"{key}_chart")
    in_numbers(what, ["Waited", "Concerns"], [(name, str(number)) for name, number in counts])


def said(length: timedelta | None) -> str:
    return moments.length(length) if length is not None else "no time yet: too many still wait"


def stands_on(wait: Wait) -> str:
    few = ", too few to be a pattern" if wait.is_on_few else ""
    return f"Of {counted(wait.concerns)}{few}, by the clock."


def by_week(found: Measures) -> None:
    st.header("Opened and closed", anchor=False)
    words.block([
        words.Line(f"{found.open_now} open now", strong=True),
        words.Line(f"{found.concerns} opened and {found.closed} closed in this period."),
    ])  # fmt: skip
    begins = [week.begins for week in found.weeks]
    opened, closed = ([w.opened for w in found.weeks], [w.closed for w in found.weeks])
    charts.weeks(
        begins,
        opened,
        closed,
        "Opened and closed by week",
        names=("Opened", "Closed"),
        key="weeks_chart",
    )
    rows = [(moments.day(w.begins), str(w.opened), str(w.closed)) for w in found.weeks]
    in_numbers("Opened and closed by week", ["Week from Monday", "Opened", "Closed"], rows)


def by_category(found: Measures) -> None:
    st.header("By category", anchor=False)
    if not found.categories:
        words.line("No concern, no category.")
        return
    counts = [(categories.names([key]), number) for key, number in found.categories]
    words.line("A concern of two categories counts in both.", note=True)
    charts.bars(counts, "Concerns by category", key="categories_chart")
    rows = [(name, str(number)) for name, number in counts]
    in_numbers("Concerns by category", ["Category", "Concerns"], rows)


def late(found: Measures) -> None:
    st.header("Written down late", anchor=False)
    words.block([
        words.Line(f"{found.late} of {counted(found.concerns)}", strong=True),
        words.Line("More than a day after it happened.", note=True),
    ])  # fmt: skip


def in_numbers(title: str, head: list[str], rows: Sequence[Sequence[str]]) -> None:
    """The same once more for whoever cannot see a chart, or wants to copy it."""
    with st.expander("In numbers"):
        words.table(title, head, rows)


def counted(number: int) -> str:
    return "1 concern" if number == 1 else f"{number} concerns"


page()

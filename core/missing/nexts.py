"""The one thing to do now: what a person under stress reads first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from core import moments
from core.missing import steps
from core.missing.roles import LEAD
from core.missing.shape import State, Zone
from core.missing.steps import PARENTS, POLICE


@dataclass(frozen=True)
class Next:
    """What to do, and why. `press` is what its button presses, “step police done”, or empty where
    there is nothing to press; `button` is what stands on it."""

    do: str
    why: str = ""
    press: str = ""
    button: str = ""
    is_urgent: bool = False


DONE = Next("Stop the search.", "The child is found: tell everybody, the parents and the police.")
PAPER = Next("Typed up from paper.", "Set the time on the paper, then tap what was done then.")


def of(now: State) -> Next:
    """The first of these that is not done: 999 where there is a danger, what is overdue, somebody
    who leads, who it is, the search, the calls."""
    if now.all_found:
        return DONE
    if now.log.on_paper:
        return PAPER
    return (
        _danger(now) or _overdue(now) or _lead(now) or _who(now) or _search(now) or _call(now)
        or _go_on(now)
    )  # fmt: skip


def _danger(now: State) -> Next | None:
    if not now.dangers or POLICE in now.steps:
        return None
    return Next("Ring 999 now.", "There is a reason not to wait.", *_POLICE, is_urgent=True)


def _overdue(now: State) -> Next | None:
    for step, do, press in ((POLICE, "Ring the police.", _POLICE),
                            (PARENTS, "Ring the parents.", _PARENTS)):  # fmt: skip
        late = now.overdue(step)
        if late is not None:
            ago = "just now" if late < timedelta(minutes=1) else f"{moments.length(late)} ago"
            why = f"The limit of {_minutes(now)} passed {ago}."
            return Next(do, why, *press, is_urgent=True)
    return None


def _lead(now: State) -> Next | None:
    if LEAD in now.roles:
        return None
    return Next("Somebody leads.", "The head, a deputy, or you until they come.",
                f"role {LEAD} take", "I lead")  # fmt: skip


def _who(now: State) -> Next | None:
    if now.children or "looks" in now.facts:
        return None
    return Next(
        "Say who is missing.",
        "Who, where last seen, and what they wear.",
        "form child -",
        "Say who it is",
    )


def _search(now: State) -> Next | None:
    zone = next((each for each in now.zones if _is_open(each)), None)
    if zone is None:
        return None
    inside = zone.name in now.log.inside
    where = "Search inside." if inside else "Search outside."
    return Next(where, "Take a place below, and say when it is cleared.")


def _call(now: State) -> Next | None:
    if PARENTS not in now.steps:
        return Next("Ring the parents.", "Has the child gone home?", *_PARENTS)
    if POLICE not in now.steps:
        return Next("Ring the police.", "Every place is cleared, and the child is not there.",
                    *_POLICE)  # fmt: skip
    return None


def _go_on(now: State) -> Next:
    if now.reasons_owed:
        return Next("Say why the call was late.", "It will be asked later.",
                    f"form {now.reasons_owed[0]} -", "Write down why")  # fmt: skip
    key = next((key for key in ("waits", "movements", "area") if key not in now.steps), "")
    if key:
        return Next(f"{steps.STEPS[key]}.", "", f"step {key} done", "Done")
    return Next("Search again, further out.", "Follow what the police say.")


def _is_open(zone: Zone) -> bool:
    return zone.started is None and zone.cleared is None


def _minutes(now: State) -> str:
    return moments.length(timedelta(minutes=now.log.limit_minutes))


_POLICE = (f"step {POLICE} done", "Ring 999, then tap here")
_PARENTS = (f"step {PARENTS} done", "Ring the parents, then tap here")

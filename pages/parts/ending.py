"""A child is found: when and where, how they are, and how the log ends."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from core import body_maps, map_forms, settings
from core.missing import facts, finding
from core.missing.shape import State
from core.store import new_id
from pages.parts import body_map, drawn, fields, pickers, session, words
from pages.parts.session import Here, keyed


def found(here: Here, now: State) -> None:
    """The child is found: when, where, by whom."""
    missing = [c for c in now.children if c.id not in {each.pupil for each in now.found}]
    form = finding.Form(pupil=missing[0].id if len(missing) == 1 else "")
    with st.form("search_found", width=fields.WIDTH):
        if len(missing) > 1:
            form.pupil = pickers.student(
                "Which child?", missing, chosen="", key=keyed("found_pupil")
            )
            fields.problem("pupil")
        form.place = st.text_input("Where was the child found?", key=keyed("found_place"))
        fields.problem("place")
        form.found_by = st.text_input("By whom?", here.me.name, key=keyed("found_by"))
        fields.problem("found_by")
        form.found_at = fields.moment(here, "found", "When?")
        fields.problem("found_at")
        if st.form_submit_button("Found: stop the search", type="primary"):
            fields.attempt(
                lambda: finding.found(here.store, now.log.id, form, by=here.me), then="after"
            )


def after(here: Here, now: State) -> None:
    """How the child is, who was told, and the child's own account."""
    with st.form("search_after", width=fields.WIDTH):
        typed = {what: st.text_area(label, now.facts.get(what, ""), height=80,
                                    key=f"draft_{now.log.id}__{what}")
                 for what, label in facts.AFTERWARDS.items()}  # fmt: skip
        words.line("Ask nothing that suggests an answer. Write the words as they were said.",
                   note=True)  # fmt: skip
        if st.form_submit_button("Record", type="primary"):
            changed = {what: t for what, t in typed.items() if t != now.facts.get(what, "")}
            fields.attempt(lambda: facts.tell(here.store, now.log.id, by=here.me, **changed))


@dataclass
class Hurt:
    """The body map of a child who was found, as it is filled in."""

    id: str = field(default_factory=new_id)
    body_map: map_forms.Form | None = None


def hurt(here: Here, now: State) -> None:
    """Where the child is hurt, if anywhere: what was recorded, and what is recorded next."""
    earlier = body_maps.of_search(here.store, now.log.id, by=here.me)
    drawn.maps(earlier, settings.school(here.store))
    child = next(iter(now.children), None)
    if child is None:
        words.line("Say who the child is first: the outlines fit their age.")
        return
    holder: Hurt = session.recall("search_hurt") or Hurt()
    holder.body_map = holder.body_map or map_forms.opened(child.born_on, by=here.me)
    session.remember("search_hurt", holder)
    body_map.draw(here, holder, child, session.recall("search_wrong", {}))
    if (form := holder.body_map) and st.button("Record the body map", type="primary"):
        fields.attempt(lambda: finding.hurt(here.store, now.log.id, form, by=here.me),
                leave=("search_hurt",))  # fmt: skip


def close(here: Here, now: State) -> None:
    """How it ended; and why steps are open, if any are."""
    with st.form("search_close", width=fields.WIDTH):
        outcomes = {key: name for key, name in finding.OUTCOMES.items()
                    if now.all_found == (key == "found")}  # fmt: skip
        outcome = st.radio("How did it end?", list(outcomes), key=keyed("close_outcome"),
                           format_func=lambda key: outcomes[key])  # fmt: skip
        fields.problem("outcome", "late")
        if now.open_steps:
            words.block([words.Line("Open:", strong=True), *map(words.Line, now.open_steps)])
        reason = st.text_area(
            "Why, if steps are open or no child was found?", key=keyed("close_reason")
        )
        fields.problem("reason")
        if st.form_submit_button("Close it for good", type="primary"):
            fields.attempt(lambda: finding.close(here.store, now.log.id, outcome or "", reason,
                                          by=here.me))  # fmt: skip


def again(here: Here, now: State) -> None:
    """It was another child: the search goes on."""
    words.line("The search goes on, and everybody is told.")
    if st.button("Search on", type="primary"):
        fields.attempt(
            lambda: finding.mistaken(here.store, now.log.id, now.found[-1].pupil, by=here.me)
        )

"""The investigation after a search, and the report to the local authority."""

from __future__ import annotations

import streamlit as st

from core import drafts, moments, settings
from core.errors import Refused
from core.forms import Incomplete
from core.missing import investigation
from core.permissions import Verb
from core.reports import authority
from pages.parts import exporting, session, words
from pages.parts.session import Here

QUESTIONS = {
    "findings": "What was found?",
    "causes": "How could it happen?",
    "changes": "What changes?",
    "risks": "How was the risk assessment revised?",
}


def investigation_of(here: Here, log: str) -> None:
    """The investigation as it stands, and the form to write it or to write it anew."""
    st.header("The internal investigation", anchor=False)
    found = investigation.of(here.store, log, by=here.me)
    if found is None:
        _investigate(here, log, investigation.Form(), 0)
        return
    zone = settings.school(here.store).zone
    facts = [words.Fact(label, getattr(found, name)) for name, label in QUESTIONS.items()]
    if found.changes_by:
        facts.insert(3, words.Fact("By when?", moments.day(found.changes_by)))
    when = f"By {found.author}, {moments.full(found.recorded_at, zone)}"
    words.block([words.Line(when, note=True), words.Facts(facts)])
    with st.expander("Write it anew"):
        words.line("What stands here stays in the record, beneath the new one.", note=True)
        before = investigation.Form(findings=found.findings, causes=found.causes,
                                    changes=found.changes, changes_by=found.changes_by,
                                    risks=found.risks)  # fmt: skip
        _investigate(here, log, before, found.versions)


def _investigate(here: Here, log: str, form: investigation.Form, nth: int) -> None:
    draft = f"inquiry_{log}_{nth}"
    kept = next((d.fields for d in drafts.of(here.store, draft, by=here.me)), {})
    for name, label in QUESTIONS.items():
        typed = st.text_area(label, kept.get(name, getattr(form, name)), height=120,
                             key=f"draft_{draft}__{name}")  # fmt: skip
        setattr(form, name, typed)
        _problem(name)
        if name == "changes":
            form.changes_by = st.date_input("By when?", form.changes_by, format="DD/MM/YYYY",
                                            key=f"by_{draft}", width=180)  # fmt: skip
            _problem("changes_by")
    if st.button("Record the investigation", type="primary"):
        try:
            investigation.record(here.store, log, form, by=here.me)
        except Incomplete as incomplete:
            session.remember("inquiry_wrong", incomplete.problems)
        except Refused as refusal:
            session.remember("inquiry_wrong", {"risks": str(refusal)})
        else:
            session.forget("inquiry_wrong")
            drafts.wipe(here.store, draft, by=here.me)
        st.rerun()


def _problem(name: str) -> None:
    wrong = session.recall("inquiry_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")


def report_of(here: Here, log: str) -> None:
    """What is owed to the local authority, and what it was told."""
    st.header("The local authority", anchor=False)
    if log in authority.owed(here.store, by=here.me):
        words.badge("The police were called: a report is owed.", "orange", "alert")
    zone = settings.school(here.store).zone
    for each in authority.made(here.store, log, by=here.me):
        when = f"Reported {moments.full(each.recorded_at, zone)} by {each.author}"
        facts = [words.Fact("Advice", each.advice), words.Fact("Decision", each.decision),
                 words.Fact("Why", each.reason)]  # fmt: skip
        words.block([words.Line(when, strong=True), words.Facts(facts)])
    form = authority.Form(log=log)
    form.recipient = st.text_input("For whom?", key="export_recipient",
                                   placeholder="Name, post and organisation")  # fmt: skip
    exporting.problem("recipient")
    form.advice = st.text_area("What did the authority advise?", key=f"advice_{log}", height=80,
                               placeholder="For example: whether Ofsted must be told")  # fmt: skip
    exporting.problem("advice")
    form.decision = st.text_area("What did the school decide?", key=f"decision_{log}", height=80)
    exporting.problem("decision")
    form.reason = st.text_area("Why?", key=f"reason_{log}", height=80)
    exporting.problem("reason")
    exporting.problem("investigation")
    code = exporting.again()
    exporting.problem("export")
    if st.button("Make the report", type="primary"):
        exporting.make(
            here,
            lambda stage: authority.make(here.store, form, code, by=here.me, stage=stage),
            Verb.INVESTIGATE,
        )

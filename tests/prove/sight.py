"""Nobody reads what they may not: every decision, two worlds that look the same, and mutants."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.permissions import Verb
from core.store import Store
from tests.core import answers, matrix, oracle, prose
from tests.core.oracle import Sketch, events, sketches
from tests.core.school import KEY, everybody_leaves
from tests.prove import decisions
from tests.prove.promise import Promise

ROOT = Path(__file__).parents[2]
EXAMPLES = {False: 60, True: 1500}


def decided() -> list[str]:
    """Which decisions are not what the policy says."""
    with record() as store:
        return list(decisions.wrong(store, decisions.everyone(store, prose.BONDS)))


def answered() -> list[str]:
    """Which public functions do not answer as the table of the policy says."""
    with record() as store:
        return list(matrix.differences(matrix.a_world(store)))


def asked() -> int:
    """How many answers those are: of each function, for each kind of account, open and closed."""
    each = sum(1 if ask.plain else len(ask.ties) for ask in matrix.ASKS)
    return each * len(matrix.COLUMNS) * 2


@dataclass
class Apart:
    """What differed in worlds that differ only in what is hidden, and how much was compared."""

    differences: list[str]
    worlds: int = 0
    compared: int = 0


def apart(examples: int) -> Apart:
    """Looks at so many pairs of worlds."""
    found = Apart([])

    with record() as store:

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(sketch=sketches(), data=st.data())
        def look(sketch: Sketch, data: st.DataObject) -> None:
            school = oracle.real(store, sketch)
            me = data.draw(st.integers(0, len(sketch.people) - 1))
            new = data.draw(events(len(sketch.people)))
            found.differences += answers.told_apart(school, sketch, me, new)
            found.worlds += 1
            found.compared += len(answers.everything(school, [*sketch.events, new], me))
            everybody_leaves(store)

        look()
    return found


def mutants() -> tuple[int, int]:
    """How many mutants of the policy and its queries there are, and how many were not noticed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "mutants.xml"
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "tests/core/test_policy_mutants.py",
             "-n", "2", "--dist", "load", f"--junitxml={report}"],
            cwd=ROOT, stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        cases = ElementTree.parse(report).iter("testcase")  # noqa: S314 - pytest has written it
        noticed = [len(case) == 0 for case in cases if "unnoticed" in case.get("name", "")]
    return len(noticed), noticed.count(False)


def record() -> closing[Store]:
    """A new record that is left behind in the system's temporary folder."""
    return closing(Store.open(Path(tempfile.mkdtemp(prefix="sight-")) / "school", KEY))


def proved(*, full: bool) -> Promise:
    """Promise 1."""
    wrong = [*decided(), *answered()]
    worlds = apart(EXAMPLES[full])
    many, alive = mutants()
    decided_ = decisions.count(prose.BONDS)
    figure = (
        f"{decided_} decisions ({len(prose.ACCOUNTS)} kinds of account, {len(prose.BONDS)} ties, "
        f"{len(Verb)} verbs) and {asked()} answers of {len(matrix.ASKS)} functions: {len(wrong)} "
        f"wrong; {worlds.worlds} pairs of worlds with {worlds.compared} answers: "
        f"{len(worlds.differences)} told apart; {many} mutants: {alive} not noticed"
    )
    for each in (*wrong, *worlds.differences):
        print(f"     {each}")
    kept = not wrong and not worlds.differences and many >= 40 and not alive
    return Promise(1, "Nobody reads what they may not", figure, kept=kept)

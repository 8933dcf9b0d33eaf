"""Every place in the sources that could say which of two is the newer, in a normal spelling."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PYTHON = [path for folder in ("core", "pages") for path in sorted(ROOT.glob(f"{folder}/**/*.py"))
          if "demonstration" not in path.parts]  # which makes its moments up  # fmt: skip
SQL = sorted(ROOT.glob("data/views/*.sql"))

# A moment or a day by its name, as the columns and fields of the record are called.
MOMENT = re.compile(r"\b(\w+_at|\w+_on|since|until|at|moments?|day)\b")
# What two are ordered by without a look at any clock: the order of writing, or a name.
SEQ = re.compile(r"^(min\()?([a-z_]+\.)?(seq|number)\)?( DESC)?$")
NAMES = re.compile(r"^([a-z]+\.)?(name|id|person|active|is_new)( DESC)?$")

_ENDS = re.compile(r"\b(LIMIT|ROWS|QUALIFY|UNION|FILTER)\b|;|\n\s*\n")
_CALL = re.compile(r"\b(min|max|arg_min|arg_max|min_by|max_by|first|last|first_value|last_value|"
                   r"lead|lag)\(", re.I)  # fmt: skip
_COMPARED = re.compile(
    r"\b([a-z_]+\.)?recorded_at\s*(<=|>=|<|>|NOT BETWEEN|BETWEEN)\s*\S+|"
    r"(<|>|<=|>=)\s*([a-z_]+\.)?recorded_at\b"
)


class Place(NamedTuple):
    """Where something is ordered or compared, and how, without line breaks."""

    file: str
    how: str


def places() -> Iterator[Place]:
    """All of them that do not go by the order of writing."""
    for path in SQL:
        text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
        yield from _in_sql(_name(path), text)
    for path in PYTHON:
        yield from in_python(_name(path), path.read_text(encoding="utf-8"))


def in_python(file: str, source: str) -> Iterator[Place]:
    """Those in the code of a module, and in the questions that it asks."""
    tree = ast.parse(source)
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
             for part in ast.walk(node)} - {id(n) for n in ast.walk(tree)
                                            if isinstance(n, ast.JoinedStr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from _in_sql(file, "".join(_literal(part) for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in parts:
                yield from _in_sql(file, node.value)
        elif isinstance(node, ast.Call) and _called(node) in ("sorted", "min", "max", "sort"):
            said = ast.unparse(node)
            if MOMENT.search(said):
                yield Place(file, said)
        elif isinstance(node, ast.Compare) and "recorded_at" in ast.unparse(node):
            if isinstance(node.ops[0], ast.In | ast.NotIn):
                continue
            yield Place(file, ast.unparse(node))


def _in_sql(file: str, text: str) -> Iterator[Place]:
    for found in re.finditer(r"ORDER BY\s", text):
        keys = _upto_the_end(text[found.end() :])
        *names, last = keys.split(", ")
        if not (all(map(NAMES.match, names)) and (SEQ.match(last) or NAMES.match(last))):
            yield Place(file, f"ORDER BY {keys}")
    for found in _CALL.finditer(text) if _is_sql(text) else ():
        given = _upto_the_end(text[found.end() :])
        if not SEQ.match(given.rsplit(", ", 1)[-1]):
            yield Place(file, f"{found.group(1).lower()}({given})")
    for found in _COMPARED.finditer(text) if _is_sql(text) else ():
        yield Place(file, found.group())
    for found in re.finditer(r"\bASOF\b.*?\bON\b(.*?)\n", text, re.S):
        if not re.search(r"\bseq < \w+\.seq", found.group(1)):
            yield Place(file, f"ASOF ON {_one_line(found.group(1))}")


def _upto_the_end(text: str) -> str:
    """As far as brackets are open, or the clause ends."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return _one_line(text[:at])
        if depth == 0 and _ENDS.match(text, at):
            return _one_line(text[:at])
    return _one_line(text)


def _is_sql(text: str) -> bool:
    return bool(re.search(r"\b(FROM|SELECT|WHERE|GROUP BY|AS|AND)\b", text))


def _literal(part: ast.expr) -> str:
    return (
        str(part.value) if isinstance(part, ast.Constant) else "{" + ast.unparse(part)[1:-1] + "}"
    )


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()

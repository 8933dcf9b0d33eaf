"""The rules of the house, held by reading its code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = sorted((ROOT / "core").rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))
PRODUCT = [ROOT / "app.py", *PAGES, *CORE]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# Which layer a file belongs to, the outermost first; imports point to the right only.
LAYERS = ("app", "pages", "pages.parts", "core.web", "core", "core.store")

# What every layer stands on.
GROUND = {"core", "core.errors", "core.clock", "core.machine"}

# The core's own subjects, from which readers are made; a subject knows no reader.
READERS = {
    "attendance",
    "body_history",
    "chronology",
    "dashboard",
    "diligence",
    "exact",
    "filters",
    "leaves",
    "measures",
    "patterns",
    "releases",
    "reports",
    "search",
    "subject_access",
}

# Sinks that read Markdown or HTML, or hand content out by an address that anybody may ask for.
MARKDOWN = {
    "write", "markdown", "caption", "title", "header", "subheader", "error", "info", "success",
    "warning", "toast", "metric", "badge", "button", "form_submit_button", "checkbox", "toggle",
    "radio", "expander", "tabs", "table", "image", "status", "html", "link_button", "popover",
    "text_input", "text_area", "selectbox", "multiselect", "pills", "segmented_control",
    "date_input", "time_input", "file_uploader", "slider", "number_input", "progress",
    "select_slider",
}  # fmt: skip
NEVER = {"write", "html", "image", "download_button", "table", "pdf", "json", "exception"}


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def first(module: str) -> str:
    """The module or package of the core that it belongs to."""
    return module.removeprefix("core.").split(".")[0]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def layer(module: str) -> int:
    fits = (n for n, each in enumerate(LAYERS) if module == each or module.startswith(f"{each}."))
    return max(fits, default=-1)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[str]:
    known = {name(each) for each in PRODUCT}
    return {module for module in imported(path) if module in known}


def called(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_imports_point_one_way(path: Path) -> None:
    outward = {m for m in ours(path) - GROUND if layer(m) < layer(name(path))}
    assert not outward


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_imports_no_page(path: Path) -> None:
    pages = {m for m in ours(path) if m.startswith("pages.") and not m.startswith("pages.parts")}
    assert not pages


def test_nothing_but_the_frame_lies_directly_in_pages() -> None:
    scripts = {path.name for path in (ROOT / "pages").glob("*.py")}
    assert scripts <= {"frame.py", "__init__.py"}


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_only_the_store_knows_duckdb(path: Path) -> None:
    if not name(path).startswith("core.store"):
        assert not {m for m in imported(path) if m.split(".")[0] in ("duckdb", "_duckdb")}


@pytest.mark.parametrize("path", [p for p in CORE if "web" not in p.parts], ids=name)
def test_the_core_knows_no_screen(path: Path) -> None:
    assert not {m for m in imported(path) if m.split(".")[0] in ("streamlit", "starlette")}


@pytest.mark.parametrize("path", CORE, ids=name)
def test_no_subject_knows_a_reader(path: Path) -> None:
    subject = name(path)
    if first(subject) not in READERS | {"web", "example"}:  # a school that is made up has it all
        assert not {m for m in ours(path) if first(m) in READERS}


# Everything in Python that says what time it is on the machine.
WALL_CLOCK = re.compile(
    r"\b(datetime|dt)\.(now|utcnow|today)\(|\bdate\.today\(|\btime\.(time|time_ns|localtime|gmtime|"
    r"ctime|strftime)\(|\.totp\.now\(|TOTP\([^)]*\)\.now\(|\bfromtimestamp\(time"
)
READS_IT = ("core/clock.py", "tests/day.py", "tests/faketime.py", "tests/test_architecture.py")


@pytest.mark.parametrize("path", [*PRODUCT, *TESTS], ids=name)
def test_one_clock_is_read_that_a_test_can_set(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() not in READS_IT:
        assert not WALL_CLOCK.search(path.read_text(encoding="utf-8"))


def desk_tables() -> set[str]:
    schema = "".join(f.read_text() for f in (ROOT / "data" / "schema" / "desk").glob("*.sql"))
    return {"tally", *re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", schema)}


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_nothing_is_updated_or_deleted_outside_the_desk(path: Path) -> None:
    change = re.compile(r"\b(?:UPDATE|DELETE\s+FROM|TRUNCATE|DROP\s+TABLE)\s+(\{?\w+)")
    texts = " ".join(
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    assert set(change.findall(texts)) - {"SET"} <= desk_tables()


def test_no_schema_updates_or_deletes_the_record() -> None:
    for file in (ROOT / "data" / "schema" / "record").glob("*.sql"):
        assert not re.search(r"\b(UPDATE|DELETE|DROP|TRUNCATE)\b", file.read_text(), re.I), file


def test_the_session_state_is_known_in_one_file() -> None:
    knowing = {
        name(path)
        for path in PAGES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("session_state", "user", "context")
        and isinstance(node.value, ast.Name) and node.value.id == "st"
    }  # fmt: skip
    assert knowing == {"pages.parts.session"}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_hold_no_rule_and_no_query(path: Path) -> None:
    words = {
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not {text for text in words if re.search(r"\bSELECT\b.*\bFROM\b", text, re.S)}
    assert "store.ask" not in path.read_text() and "store.append" not in path.read_text()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_what_people_typed_meets_no_sink_that_reads_markdown(path: Path) -> None:
    """A label may hold fixed words, numbers (`#{…number}`), counts and dates; nothing else."""
    found = []
    for attr, call in called(path):
        is_st = isinstance(call.func, ast.Attribute) and (
            isinstance(call.func.value, ast.Name) and call.func.value.id != "words"
        )
        if is_st and attr in MARKDOWN and call.args:
            found += [f"{attr}: {ast.unparse(call.args[0])}" for _ in [0] if spoken(call.args[0])]
    assert not found


def spoken(label: ast.expr) -> bool:
    """Whether a label is made from anything but fixed words and what is surely a number."""
    if isinstance(label, ast.Constant):
        return False
    if isinstance(label, ast.JoinedStr):
        parts = [part.value for part in label.values if isinstance(part, ast.FormattedValue)]
        return any(spoken(part) for part in parts)
    if isinstance(label, ast.IfExp):
        return spoken(label.body) or spoken(label.orelse)
    return ast.unparse(label) not in FIXED


# Expressions that are numbers, or fixed words chosen by the page itself.
FIXED = {
    "number", "incident.number", "request.number", "line.number", "opened.incident.number",
    "total - shown", "len(lines) - shown", "ready", "label", "title", "month",
    "nth", "len(doubtful)",
}  # fmt: skip


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_page_uses_a_sink_that_hands_content_to_strangers(path: Path) -> None:
    used = {
        attr
        for attr, call in called(path)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "st"
    }
    assert not used & NEVER
    assert "unsafe_allow" not in path.read_text() and "bind=" not in path.read_text()


@pytest.mark.parametrize("path", [*PAGES, *CORE], ids=name)
def test_nothing_is_cached_for_everybody(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "cache_data" not in text and "cache_resource" not in text


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_the_app_starts_no_program_and_evaluates_no_text(path: Path) -> None:
    never = {"subprocess", "pickle", "marshal", "shelve", "ctypes", "code", "runpy"}
    # The trial of a backup takes memory and time that belong to people at work.
    never -= {"subprocess"} if name(path) == "core.backups" else set()
    assert not {module.split(".")[0] for module in imported(path)} & never
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert not {f.id for f in calls if isinstance(f, ast.Name)} & {"eval", "exec", "compile"}
    assert not {f.attr for f in calls if isinstance(f, ast.Attribute)} & {"system", "popen"}
    patterns = [call.args[0] for _, call in called(path) if ast.unparse(call.func).startswith("re.")
                and call.args]  # fmt: skip
    assert not {part for pattern in patterns for part in named_in(pattern)} - {"spelling"}


def named_in(pattern: ast.expr) -> set[str]:
    """What a pattern is put together of that is not a constant of its module."""
    if not isinstance(pattern, ast.JoinedStr | ast.BinOp):
        return set()
    parts = {node.id for node in ast.walk(pattern) if isinstance(node, ast.Name)}
    return {each for each in parts if not each.isupper()}


# Who makes, moves or replaces files by themselves, and why nothing of another's can be lost there.
MAKERS = {
    "core.store.disk",  # for everybody else: whole or not at all, and never over another
    "core.store.lock",  # a file with nothing in it
    "core.store.journal",  # adds to its end
    "core.store.key",  # takes the mark off its own key
    "core.store.staging",  # folders, for whoever holds the lock
    "core.store.rebuilding",  # its own file, once the other was set aside
    "core.store.tally",  # into its own file, while the desk is open
    "core.store.snapshot",  # into a passing folder of its own
}


@pytest.mark.parametrize("path", CORE, ids=name)
def test_files_are_made_by_what_never_replaces_anothers(path: Path) -> None:
    """Whoever looks whether a file is there and then writes it may overwrite what came meanwhile:
    `disk.new` and `disk.move` do not."""
    makes = {"write_bytes", "write_text", "touch", "rename", "hardlink_to", "symlink_to",
             "copyfile", "copy2", "copytree", "truncate"}  # fmt: skip
    used = {attr for attr, _ in called(path)} & makes
    modes = {
        each.value
        for attr, call in called(path)
        for each in (*call.args, *(keyword.value for keyword in call.keywords))
        if attr == "open" and isinstance(each, ast.Constant)
    }
    if name(path) not in MAKERS:
        assert not used and not modes & {"w", "wb", "x", "xb", "a", "ab", "r+", "r+b", "w+b"}


# What the core asks about accounts before anybody is signed in, what is not a record, what it does
# by itself, and when the clock was wrong, which tells nothing of anybody.
BEFORE_ANYBODY = {
    "people", "settings", "sessions", "sign_in", "passwords", "authenticators", "resets",
    "throttle", "founding", "mails", "example", "drafts", "presence", "recovery_codes",
    "escalation", "witness", "backups", "example_outings", "rehearsals", "terms", "school_days",
    "uptime", "wrong_clock", "key_care",
}  # fmt: skip


@pytest.mark.parametrize("path", [p for p in CORE if p.parent == ROOT / "core"], ids=name)
def test_every_public_function_that_reads_the_record_takes_who_asks(path: Path) -> None:
    if path.stem in BEFORE_ANYBODY:
        return
    for function in functions(path):
        arguments = [a.arg for a in (*function.args.args, *function.args.kwonlyargs)]
        if arguments[:1] == ["store"] and not function.name.startswith("_"):
            assert "by" in arguments or "incident" in arguments, function.name


@pytest.mark.parametrize("path", CORE, ids=name)
def test_public_functions_of_the_core_say_what_they_promise(path: Path) -> None:
    top = [node for node in tree(path).body if isinstance(node, ast.FunctionDef)]
    silent = {f.name for f in top if not f.name.startswith("_") and not ast.get_docstring(f)}
    assert not silent


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_functions_stay_short(path: Path) -> None:
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(path) if f.end_lineno}
    assert not {each: length for each, length in long.items() if length > 40}


def test_the_front_door_and_the_frame_stay_small() -> None:
    for path in (ROOT / "app.py", ROOT / "pages" / "frame.py"):
        assert len(path.read_text().splitlines()) <= 60

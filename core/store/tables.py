"""The first copy: the ledger and one typed table a kind of record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import count, groupby
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

from core.store.database import Ask, Database
from core.store.entry import Entry
from core.store.faults import Damaged
from core.store.ledger import Line
from core.store.record import KINDS, Values, canonical, columns

STAMP = ("seq", "recorded_at", "recorded_by")
KINDS_AT_ONCE = 10  # a question for more than forty was refused for want of memory (measured)
PAGE = 20_000  # ledger lines in one question; bounds the memory, however long the record is
END = 1 << 62
WITHIN = "WHERE seq > $begin AND seq <= $end"
# What stands in a column for a field that the canonical form leaves out; others are NULL then.
EMPTY: dict[str, Any] = {"VARCHAR": "", "VARCHAR[]": [], "BOOLEAN": False, "BIGINT": 0}
# The same in SQL.
NOTHING = {"VARCHAR": "''", "VARCHAR[]": "[]", "BOOLEAN": "FALSE", "BIGINT": "0"}


class Row(NamedTuple):
    """What the typed tables hold at one place of the ledger, as far as there is anything.

    The ledger line is spelt by the engine, and its last fields are as long as they always are: to
    make a `Line` of each of 670,000, and to spell it again, takes two seconds (measured).
    """

    spelt: str | None  # the line in canonical JSON
    seq: int  # the line's; by the row's own account, where it has no line
    kind: str | None  # the table that the row is in
    fits: bool | None  # whether its stamp and its id are those of the line
    text: bytes | None  # the record in canonical JSON

    @property
    def line(self) -> Line:
        """The ledger line, where there is one."""
        return Line._make(orjson.loads(self.spelt or "[]"))

    @property
    def salt(self) -> str:
        """32 hexadecimal digits."""
        return (self.spelt or "")[-235:-203]

    @property
    def digest(self) -> str:
        """64 hexadecimal digits, as the two that follow."""
        return (self.spelt or "")[-200:-136]

    @property
    def prev(self) -> str:
        """The hash of the line before."""
        return (self.spelt or "")[-133:-69]

    @property
    def hash(self) -> str:
        """The line's own."""
        return (self.spelt or "")[-66:-2]


class Tables:
    """The tables of a database. Rows go in and come out as JSON, which the engine reads itself.

    One statement a table: the cost is per statement, not per row (measured).
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self) -> Line | None:
        """The newest line of the ledger."""
        return self._line("ORDER BY seq DESC LIMIT 1")

    def line(self, seq: int) -> Line | None:
        """The line of this sequence number."""
        return self._line(f"WHERE seq = {seq}")

    def appends(self, *, after: int) -> int:
        """How often somebody added something behind a sequence number: what has one time and one
        author was stored together."""
        sql = """SELECT count(*) FROM (
                     SELECT DISTINCT recorded_at, recorded_by FROM ledger WHERE seq > $after)"""
        return int(self._database.rows(sql, {"after": after})[0][0])

    def insert(self, pairs: Iterable[tuple[Line, Values]]) -> None:
        """Stores ledger lines and their records together or not at all.

        Raises `AlreadyRecorded` or `NotKept`.
        """
        rows: dict[str, list[Values]] = defaultdict(list)
        for line, values in pairs:
            stamp = dict(zip(STAMP, line, strict=False))
            rows[line.kind].append({**self._empty(line.kind), **stamp, **values})
            rows["ledger"].append(line._asdict())
        with self._database.writing() as cursor:
            for table, some in rows.items():
                names = ", ".join(self._types[table])
                cursor.execute(
                    f"INSERT INTO {table} ({names}) SELECT {names} FROM (SELECT unnest("
                    "from_json_strict($rows, $shape), max_depth := 2))",
                    {"rows": orjson.dumps(some).decode(), "shape": self._shape(table)},
                )

    def pages(self, *, after: int = 0, upto: int = END) -> Iterator[list[Row]]:
        """The ledger behind a sequence number with the rows that belong to it, oldest first.

        A row that no line of the ledger tells of comes with an empty line.
        """
        newest = self.newest()
        last = min(upto, newest.seq if newest else 0)
        begin = after or -END
        for end in count(after + PAGE, PAGE):
            yield self._page(begin, end if end < last else upto)
            begin = end
            if end >= last:
                return

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        """The record in the form of the journal. What has one time and one author was stored
        together. Raises `Damaged` if a row is missing."""
        rows = (row for page in self.pages(after=after) for row in page)
        lines = ((row.line, row.text) for row in rows)
        for _, together in groupby(lines, key=lambda each: each[0][1:3]):
            company = list(together)
            for line, text in company:
                if text is None:
                    raise Damaged(f"record {line.seq} ({line.kind}): it is missing.")
                yield Entry.of(line, text, company[-1][0].seq)

    def _page(self, begin: int, end: int) -> list[Row]:
        within = {"begin": begin, "end": end}
        return self._database.together(lambda ask: self._joined(ask, within))

    def _joined(self, ask: Ask, within: Values) -> list[Row]:
        """The lines with their rows; both may lack the other, where somebody was at the file."""
        lines: dict[int, str] = dict(ask(self._lines, within)[1])
        kinds = [kind for (kind,) in ask(self._filled_kinds, within)[1]]
        some = (kinds[at : at + KINDS_AT_ONCE] for at in range(0, len(kinds), KINDS_AT_ONCE))
        rows = [row for each in some for row in ask(self._rows(each), within)[1]]
        alone = lines.keys() - {seq for seq, *_ in rows}
        found = [*rows, *((seq, None, None, None) for seq in alone)]
        return [_row(lines.get(row[0]), row) for row in sorted(found, key=itemgetter(0))]

    def _line(self, which: str) -> Line | None:
        spelt = self._spelt("ledger", Line._fields)
        rows = self._database.rows(f"SELECT {spelt} FROM ledger {which}")
        return Line._make(rows[0]) if rows else None

    @cached_property
    def _lines(self) -> str:
        """Asks for the lines of a page as they are hashed, by sequence number."""
        # Ids, hashes and times need no escapes; where somebody changed that, nothing fits any more.
        texts = [self._text("ledger", name) for name in Line._fields[1:]]
        between = """ || '","' || """
        spelt = f"""'[' || seq || ',"' || {between.join(texts)} || '"]'"""
        return f"SELECT seq, {spelt} FROM ledger {WITHIN}"

    @cached_property
    def _filled_kinds(self) -> str:
        """Asks which tables have anything within a page: most have not."""
        return " UNION ALL ".join(
            f"SELECT '{kind}' WHERE EXISTS (SELECT 1 FROM {kind} {WITHIN})" for kind in KINDS
        )

    def _rows(self, kinds: Iterable[str]) -> str:
        """Asks for the records of some kinds, and whether each stands beside its line."""
        rows = " UNION ALL ".join(
            f"SELECT {', '.join(STAMP)}, '{kind}' AS kind, id, "
            f"{self._told(kind)} AS told FROM {kind} {WITHIN}"
            for kind in kinds
        )
        fits = " AND ".join(f"l.{name} = r.{name}" for name in (*STAMP, "kind", "id"))
        return (
            f"SELECT r.seq, r.kind, {fits}, r.told "
            f"FROM ({rows}) r LEFT JOIN (FROM ledger {WITHIN}) l ON l.seq = r.seq"
        )

    @cached_property
    def _types(self) -> dict[str, dict[str, str]]:
        """The type of every column in which a record is stored."""
        sql = "SELECT table_name, column_name, data_type FROM duckdb_columns()"
        found = {(table, column): type_ for table, column, type_ in self._database.rows(sql)}
        wanted = {kind: (*STAMP, *columns(kind)) for kind in KINDS} | {"ledger": Line._fields}
        return {
            table: {name: found[table, name] for name in names} for table, names in wanted.items()
        }

    def _empty(self, table: str) -> Values:
        types = self._types[table]
        return {name: EMPTY.get(type_) for name, type_ in types.items()}

    def _shape(self, table: str) -> str:
        return orjson.dumps([self._types[table]]).decode()

    def _spelt(self, table: str, names: Iterable[str]) -> str:
        return ", ".join(f"{self._text(table, name)} AS {name}" for name in names)

    def _told(self, table: str) -> str:
        """A record in canonical JSON, by the engine: names in order, and a patch has no nulls.

        It spells every character as `canonical` does, but for some control characters. Measured:
        a third of the time that it takes in Python.
        """
        fields = ", ".join(
            f"{name} := {self._filled(table, name)}" for name in sorted(columns(table))
        )
        return f"json_merge_patch('{{}}', to_json(struct_pack({fields})))"

    def _filled(self, table: str, name: str) -> str:
        """A column in the spelling that is hashed; NULL if it is empty."""
        nothing = NOTHING.get(self._types[table][name])
        text = self._text(table, name)
        return f"nullif({text}, {nothing})" if nothing else text

    def _text(self, table: str, name: str) -> str:
        """A column in the spelling that is hashed."""
        if self._types[table][name] == "TIMESTAMP":
            return f"strftime({name}, '%Y-%m-%dT%H:%M:%S.%f+00:00')"
        return name + ("::VARCHAR" if self._types[table][name] == "DATE" else "")


def _row(spelt: str | None, found: tuple[Any, ...]) -> Row:
    *row, told = found
    text = None if told is None else told.encode()
    if text and b"\\u00" in text:  # the engine writes a control character as \u001B, not \u001b
        text = canonical(orjson.loads(text))
    return Row._make((spelt, *row, text))

"""Going through a record, piece by piece: what is taken out of each, and by which code.

It can be left and gone on with on another day: each piece that was gone through is recorded. What
was decided about one holds as long as its texts are what they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from core import once
from core.errors import Refused
from core.person import Person
from core.records import AccessLook
from core.store import Store, new_id
from core.subject_access import asking, finding, others, pieces, spelling
from core.subject_access.asking import Request
from core.subject_access.codes import CODES, THIRD_PARTY
from core.subject_access.others import Others
from core.subject_access.pieces import Piece

NEW, CHANGED, DONE = "new", "changed", "done"

DECIDED = """
    SELECT id, request, piece, fingerprint, whole, removed FROM access_looks_now
    WHERE request = $id
"""

_PLACE = re.compile(r"(\d+):(\d+)-(\d+) (\w+)")


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a text of a piece that is taken out, or, if `lifted`, that was proposed and stays.
    `doubtful` where it may be a plain word, or the child's own name."""

    line: int
    begin: int
    end: int
    code: str = THIRD_PARTY
    lifted: bool = False
    doubtful: bool = False

    @property
    def place(self) -> str:
        """Where it is, which is its name on a page too."""
        return f"{self.line}:{self.begin}-{self.end}"


@dataclass(kw_only=True)
class Look:
    """What is filled in about a piece. `whole` is the code by which all of it is withheld."""

    id: str = field(default_factory=new_id)
    request: str
    piece: Piece
    marks: list[Mark]
    whole: str = ""


@dataclass(frozen=True)
class Seen:
    """A piece and how far it is: new, changed since somebody went through it, or done."""

    piece: Piece
    look: AccessLook | None

    @property
    def state(self) -> str:
        """How far it is."""
        if self.look is None:
            return NEW
        return DONE if self.look.fingerprint == self.piece.fingerprint else CHANGED


@dataclass(frozen=True)
class Run:
    """Some words of a text that stay, or, with a code, a place at which there were others."""

    text: str
    code: str = ""


def of(store: Store, request: Request, *, by: Person) -> list[Seen]:
    """The whole record that a request is about, as far as `by` may see it. Raises `NotThere`."""
    request = asking.find(store, request.id, by=by)
    decided = {each.piece: each for each in store.ask(AccessLook, DECIDED, id=request.id)}
    return [Seen(p, decided.get(p.key)) for p in pieces.of(store, request.pupil, by=by)]


def open(store: Store, request: Request, key: str, *, by: Person) -> Look:
    """A piece to be gone through: with what was decided, or with what is proposed."""
    seen = next((each for each in of(store, request, by=by) if each.piece.key == key), None)
    if seen is None:
        raise Refused("There is no such entry: go back to the list.")
    proposed = _proposed(others.of(store, request, by=by), seen.piece)
    if seen.look is None or seen.state != DONE:
        return Look(request=request.id, piece=seen.piece, marks=sorted(proposed))
    removed = [*_marks(seen.look)]
    kept = [replace(m, lifted=True) for m in proposed if not any(_meet(m, r) for r in removed)]
    return Look(request=request.id, piece=seen.piece, marks=sorted([*removed, *kept]),
                whole=seen.look.whole)  # fmt: skip


def turn(look: Look, place: str) -> None:
    """Lifts what is taken out at a place, or takes it out after all."""
    look.marks = [replace(m, lifted=not m.lifted) if m.place == place else m for m in look.marks]


def lift_doubtful(look: Look) -> None:
    """Leaves everything that may be a plain word."""
    look.marks = [replace(m, lifted=m.lifted or m.doubtful) for m in look.marks]


def take_out(look: Look, passage: str, code: str) -> int:
    """Takes a passage out wherever it stands in the piece, in any spelling, and says how often.
    Raises `Refused` where it stands nowhere."""
    if code not in CODES:
        raise Refused("Please choose the reason.")
    found = [
        Mark(n, hit.begin, spelling.closed(line.text, hit.end), code)
        for n, line in enumerate(look.piece.lines)
        for hit in finding.same(line.text, passage)
    ]
    if not found:
        raise Refused("This does not stand in the entry: copy it from there.")
    apart = [m for m in look.marks if not any(_covers(each, m) for each in found)]
    look.marks = sorted([*apart, *found])
    return len(found)


def save(store: Store, look: Look, *, by: Person) -> None:
    """Records what was decided about a piece. Raises `NotThere`, and `Refused` if the piece was
    added to meanwhile or the request is closed."""
    with store.alone():
        request = asking.find(store, look.request, by=by)
        if request.is_closed:
            raise Refused("This request is closed: nothing more can be decided.")
        now = {seen.piece.key: seen.piece for seen in of(store, request, by=by)}
        if now.get(look.piece.key) != look.piece:
            raise Refused("The entry was added to meanwhile: open it again.")
        once.append(store, _recorded(look), by=by)


def runs(piece: Piece, marks: Sequence[Mark]) -> tuple[tuple[Run, ...], ...]:
    """The texts of a piece without what is taken out: those words are not in the answer."""
    return tuple(
        tuple(_runs(line.text, [m for m in marks if m.line == n and not m.lifted]))
        for n, line in enumerate(piece.lines)
    )


def removed(look: AccessLook) -> list[Mark]:
    """The places that are taken out, as they were recorded."""
    return sorted(_marks(look))


def _runs(text: str, marks: Sequence[Mark]) -> Iterator[Run]:
    """Two places that meet, or that only a space parts, are one bar for each code."""
    at, code = 0, ""
    for mark in sorted(marks):
        between = text[at : mark.begin]
        if between.strip() or (between and not code):
            yield Run(between)
            code = ""
        if mark.code != code:
            yield Run("", mark.code)
            code = mark.code
        at = max(at, spelling.closed(text, mark.end))
    if text[at:]:
        yield Run(text[at:])


def _proposed(who: Others, piece: Piece) -> list[Mark]:
    return [
        Mark(n, hit.begin, spelling.closed(line.text, hit.end), doubtful=hit.doubtful)
        for n, (line, hits) in enumerate(zip(piece.lines, who.proposed(piece), strict=True))
        for hit in hits
    ]


def _recorded(look: Look) -> AccessLook:
    if look.whole and look.whole not in CODES:
        raise Refused("Please choose the reason.")
    return AccessLook(
        id=look.id,
        request=look.request,
        piece=look.piece.key,
        fingerprint=look.piece.fingerprint,
        whole=look.whole,
        removed=tuple(f"{m.place} {m.code}" for m in _fitting(look) if not m.lifted),
    )


def _fitting(look: Look) -> Iterable[Mark]:
    """The browser says what was marked, so it may say anything."""
    lines = look.piece.lines
    return (
        m
        for m in sorted(look.marks)
        if m.code in CODES and m.line < len(lines) and m.begin < m.end <= len(lines[m.line].text)
    )


def _marks(look: AccessLook) -> Iterator[Mark]:
    for each in look.removed:
        if found := _PLACE.fullmatch(each):
            line, begin, end, code = found.groups()
            yield Mark(int(line), int(begin), int(end), code)


def _meet(one: Mark, other: Mark) -> bool:
    return one.line == other.line and one.begin < other.end and other.begin < one.end


def _covers(one: Mark, other: Mark) -> bool:
    return one.line == other.line and one.begin <= other.begin and other.end <= one.end

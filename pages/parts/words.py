"""What people typed, shown exactly as they typed it.

Nothing here reads Markdown or HTML: names, accounts and a child's own words go to the page as
text alone, so that they can call no stranger's server and lose no character on the way.
A block is one piece of text with its manner; `block` draws several of them as one element,
which is cheaper than an element each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

import orjson
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts import components, session

Tone = Literal["red", "orange", "green", "violet", "gray", "blue"]
Level = Literal[1, 2, 3]
Icon = Literal[
    "alert", "arrow", "check", "clock", "flag", "hourglass", "law", "late", "lock", "plan", "urgent"
]
State = Literal["read", "unread"]
Width = Literal["stretch", "content"]


@dataclass(frozen=True)
class Badge:
    """A few words on a coloured ground. Colour never speaks alone, so the words say it too."""

    text: str
    tone: Tone = "gray"
    icon: Icon | None = None


@dataclass(frozen=True)
class Heading:
    text: str
    note: str | None = None
    level: Level = 2
    badges: Sequence[Badge] = ()


@dataclass(frozen=True)
class Line:
    """One line; `aside` and `badges` follow its text on the same line. One that `begins` something
    stands apart from what is above it, as a strong one does."""

    text: str
    strong: bool = False
    note: bool = False
    aside: str | None = None
    badges: Sequence[Badge] = ()
    begins: bool = False


@dataclass(frozen=True)
class Account:
    text: str


@dataclass(frozen=True)
class Quote:
    text: str


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    note: str | None = None


@dataclass(frozen=True)
class Facts:
    """Labels with their values, one beneath the other, or side by side where there is room."""

    facts: Sequence[Fact]
    across: bool = False
    large: bool = False


@dataclass(frozen=True)
class Reader:
    name: str
    when: str
    state: State


@dataclass(frozen=True)
class Readers:
    readers: Sequence[Reader]


@dataclass(frozen=True)
class Recipient:
    name: str
    post: str


@dataclass(frozen=True)
class Recipients:
    """Who is always told: each with a lock, because they cannot be taken off."""

    recipients: Sequence[Recipient]


@dataclass(frozen=True)
class Picture:
    """A drawing of ours as SVG, such as a body map, and what it shows in words."""

    svg: str
    said: str


@dataclass(frozen=True)
class Pictures:
    """Pictures side by side, as large as there is room, or `small`."""

    pictures: Sequence[Picture]
    small: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table: what it is about, and what stands beneath each of the other heads."""

    about: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Table:
    """Numbers in lines and columns. `title` tells a screen reader what they are numbers of."""

    title: str
    head: Row
    rows: Sequence[Row]


@dataclass(frozen=True)
class Beneath:
    """Blocks set in beneath what they belong to, such as an action under its incident."""

    blocks: Sequence[Block]


@dataclass(frozen=True)
class Way:
    """A button. `opens` is where it leads, such as the number of an incident: never anybody's
    words. `pressed` is for one of several of which one holds."""

    opens: str
    button: str
    first: bool = False
    pressed: bool | None = None


@dataclass(frozen=True)
class Card:
    """Blocks in a frame, with the ways on beside them."""

    ways: Sequence[Way]
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Slim:
    """A card that is one line of a long list, such as a register, where there is room. The ways of
    a `tight` one stand beside its words on a phone too."""

    ways: Sequence[Way]
    blocks: Sequence[Block]
    tight: bool = False


@dataclass(frozen=True)
class Choices:
    """Things that may hold, each ticked with a tap."""

    ways: Sequence[Way]


@dataclass(frozen=True)
class Alarm:
    """The one thing to do now, and why, with its button as wide as there is room."""

    text: str
    why: str
    tone: Tone
    icon: Icon
    ways: Sequence[Way]


@dataclass(frozen=True)
class Dated:
    """Blocks beside the day and the time to which they belong, as in a diary."""

    day: str
    time: str
    ways: Sequence[Way]
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Ready:
    """A card that was spelt before, for one that is drawn over and over."""

    ways: Sequence[Way]
    spelt: orjson.Fragment


@dataclass(frozen=True)
class Item:
    """One row of a listing, with the ways on in its last column."""

    ways: Sequence[Way]
    cells: Sequence[str]


@dataclass(frozen=True)
class Listing:
    """Words in rows and columns, which on a phone stand one beneath the other."""

    heads: Sequence[str]
    rows: Sequence[Item]


@dataclass(frozen=True)
class Place:
    """Words in a text that are a button: pressed where they are taken out, with the letter of the
    reason; `doubtful` where they may mean something else."""

    text: str
    opens: str
    pressed: bool
    letter: str
    doubtful: bool = False


@dataclass(frozen=True)
class Marked:
    """A text of which some places can be pressed."""

    runs: Sequence[str | Place]
    manner: Literal["label", "text", "quote"] = "text"

    @property
    def ways(self) -> Sequence[Way]:
        """Where its places lead."""
        return [Way(run.opens, run.letter) for run in self.runs if isinstance(run, Place)]


Block = (
    Heading | Line | Account | Quote | Facts | Readers | Recipients | Badge | Pictures | Beneath
    | Table
)  # fmt: skip


def apart(text: str) -> str:
    """What somebody typed, within a sentence of ours: it cannot turn the rest of the line round."""
    return f"\u2068{text}\u2069"


def block(blocks: Iterable[Block], *, width: Width = "stretch") -> None:
    spelt = _spelt(blocks)
    components.draw("words", data=spelt, key=_key(spelt), isolated=False, width=width)


def heading(text: str, *, note: str | None = None, level: Level = 2) -> None:
    block([Heading(text, note, level)])


def line(text: str, *, strong: bool = False, note: bool = False) -> None:
    block([Line(text, strong, note)])


def lines(*given: str | Line) -> None:
    block(Line(each) if isinstance(each, str) else each for each in given)


def account(text: str) -> None:
    block([Account(text)])


def quote(text: str) -> None:
    block([Quote(text)])


def facts(pairs: Iterable[Fact | tuple[str, str]], *, across: bool = False) -> None:
    block([Facts([each if isinstance(each, Fact) else Fact(*each) for each in pairs], across)])


def readers(rows: Iterable[Reader | tuple[str, str, State]]) -> None:
    block([Readers([each if isinstance(each, Reader) else Reader(*each) for each in rows])])


def recipients(rows: Iterable[Recipient | tuple[str, str]]) -> None:
    block([Recipients([r if isinstance(r, Recipient) else Recipient(*r) for r in rows])])


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines_ = [Row(about, cells) for about, *cells in rows]
    block([Table(title, Row(head[0], head[1:]), lines_)])


def badge(text: str, tone: Tone = "gray", icon: Icon | None = None) -> None:
    block([Badge(text, tone, icon)], width="content")


def cards(given: Sequence[Card | Dated | Ready | Heading], *, key: str) -> str | None:
    """Draw a list of cards, and say which way was taken, if one was.

    All of them are one element. As a container, words and a button of Streamlit's each, thirty
    alerts took the server 21 ms a run, and now take 8 (measured).
    """
    return _taken(given, [each for each in given if not isinstance(each, Heading)], key)


def listing(given: Listing, *, key: str) -> str | None:
    """Draw a listing, and say which way was taken, if one was."""
    return _taken([given], given.rows, key)


def marked(given: Sequence[Marked], *, key: str) -> str | None:
    """Draw texts of which some places can be pressed, and say which one was, if one was."""
    return _taken(given, given, key)


def _taken(
    given: Iterable[object], lines: Iterable[Card | Dated | Ready | Item | Marked], key: str
) -> str | None:
    opened = components.draw(
        "words", data=_spelt(given), key=key, isolated=False, on_open_change=_nothing
    ).open
    # The browser says what was opened, so it may say anything.
    ways = (way.opens for line in lines for way in line.ways)
    return next((way for way in ways if way == opened), None)


@dataclass(frozen=True)
class Tap:
    """A way that was taken in a long list. `id` is the tap's own."""

    id: str
    opens: str


def taps(given: Sequence[Slim | Alarm | Choices | Block], *, key: str) -> list[Tap]:
    """Draw a long list as one element, and say what was tapped in it since `taken` was called.

    None is lost, however fast they follow each other.
    """
    told = components.draw(
        "words", data=_spelt(given), key=key, isolated=False, on_taps_change=_nothing
    ).taps
    able = (each for each in given if isinstance(each, (Slim, Alarm, Choices)))
    ways = {way.opens for each in able for way in each.ways}
    made = [Tap(str(each.get("id")), str(each.get("opens"))) for each in told or ()]
    done = session.recall("taps_taken", frozenset())
    return [tap for tap in made if tap.opens in ways and tap.id not in done]


def taken(some: Sequence[Tap]) -> None:
    """What was tapped has been carried out."""
    done = session.recall("taps_taken", frozenset())
    session.remember("taps_taken", done | {tap.id for tap in some})


def _nothing() -> None:
    """Streamlit hands on only those events for which there is a callback."""


def ready(card: Card | Dated) -> Ready:
    return Ready(tuple(card.ways), orjson.Fragment(_json(card)))


def _spelt(given: Iterable[object]) -> str:
    # In one string, because Streamlit spells lists of Python twice a run, and slowly: of a leaf of
    # fifty entries that was a sixth of the time (measured).
    return _json([*given]).decode()


def _json(given: object) -> bytes:
    return orjson.dumps(given, default=_plain, option=orjson.OPT_PASSTHROUGH_DATACLASS)


def _plain(given: object) -> object:
    if isinstance(given, Ready):
        return given.spelt
    return {"kind": type(given).__name__.lower(), **vars(given)}


def _key(spelt: str) -> str:
    # By content, so that a card keeps its element when others come and go around it; numbered,
    # because two cards may say the same and Streamlit refuses the same key twice in a run.
    digest = hashlib.sha256(spelt.encode()).hexdigest()[:32]
    context = get_script_run_ctx()
    taken = context.shared.widget_user_keys_this_run if context else ()
    keys = (f"words-{digest}-{nth}" for nth in count())
    return next(key for key in keys if key not in taken)

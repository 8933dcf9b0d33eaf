"""How it comes to the page, and back: what was opened, and what was tapped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

import orjson
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts import components, session
from pages.parts.words.blocks import (
    Account,
    Badge,
    Block,
    Fact,
    Facts,
    Heading,
    Icon,
    Level,
    Line,
    Quote,
    Reader,
    Readers,
    Recipient,
    Recipients,
    Row,
    State,
    Table,
    Tone,
)
from pages.parts.words.lists import (
    Alarm,
    Card,
    Choices,
    Dated,
    Item,
    Listing,
    Marked,
    Ready,
    Slim,
    Way,
    Ways,
)

Width = Literal["stretch", "content"]


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


def table(
    title: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, wide: bool = False
) -> None:
    lines_ = [Row(about, cells) for about, *cells in rows]
    block([Table(title, Row(head[0], head[1:]), lines_, wide)])


def badge(text: str, tone: Tone = "gray", icon: Icon | None = None) -> None:
    block([Badge(text, tone, icon)], width="content")


def cards(given: Sequence[Card | Dated | Ready | Heading | Line], *, key: str) -> str | None:
    """Draw a list of cards, and say which way was taken, if one was.

    All of them are one element. As a container, words and a button of Streamlit's each, thirty
    alerts took the server 21 ms a run, and now take 8 (measured).
    """
    return _taken(given, [each for each in given if not isinstance(each, (Heading, Line))], key)


def listing(given: Listing, *, key: str) -> str | None:
    """Draw a listing, and say which way was taken, if one was."""
    return _taken([given], given.rows, key)


def ways(offered: Mapping[str, str], *, key: str) -> str | None:
    """Draw a row of buttons, each by where it leads and what it says, and say which was pressed.

    One element, where a button of Streamlit's each took the server half a millisecond (measured).
    """
    given = Ways([Way(opens, button) for opens, button in offered.items()])
    return _taken([given], [given], key)


def marked(given: Sequence[Marked], *, key: str) -> str | None:
    """Draw texts of which some places can be pressed, and say which one was, if one was."""
    return _taken(given, given, key)


def _taken(
    given: Iterable[object], lines: Iterable[Card | Dated | Ready | Ways | Item | Marked], key: str
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
    session.hold("taps_taken", done | {tap.id for tap in some})


def _nothing() -> None:
    """Streamlit hands on only those events for which there is a callback."""


def ready(card: Card | Dated) -> Ready:
    return Ready(tuple(card.ways), orjson.Fragment(_json(card)))


def _spelt(given: Iterable[object]) -> bytes:
    # As bytes, which Streamlit hands on as they are. It spells lists of Python twice a run, and
    # slowly: of a leaf of fifty entries that was a sixth of the time (measured).
    return _json([*given])


def _json(given: object) -> bytes:
    return orjson.dumps(given, default=_plain, option=orjson.OPT_PASSTHROUGH_DATACLASS)


def _plain(given: object) -> object:
    if isinstance(given, Ready):
        return given.spelt
    return {"kind": type(given).__name__.lower(), **vars(given)}


def _key(spelt: bytes) -> str:
    # By content, so that a card keeps its element when others come and go around it; numbered,
    # because two cards may say the same and Streamlit refuses the same key twice in a run.
    digest = hashlib.sha256(spelt).hexdigest()[:32]
    context = get_script_run_ctx()
    taken = context.shared.widget_user_keys_this_run if context else ()
    keys = (f"words-{digest}-{nth}" for nth in count())
    return next(key for key in keys if key not in taken)

"""What a text may hold, said once for every field of every record.

A field of text is declared as one of the kinds below, and the store settles each by its kind
whatever form, file or command it came from. What was stored before is never settled again: its
digest stands over what it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from core.errors import Refused

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")

OneLine: TypeAlias = str  # a name, a place, an address: one clean line of at most 200 letters
Remark: TypeAlias = str  # a sentence or two in a field of one line: the same, up to 2,000 letters
LongText: TypeAlias = str  # words that stay as they were typed
Code: TypeAlias = str  # what the program wrote: a choice, a digest, JSON, a text said again
Key: TypeAlias = str  # the id of a record, which may come from a form

NAME, REMARK = 200, 2_000  # letters
LONGEST = 250_000  # letters of one long text, and of all that is typed into one form
TOO_MUCH = "This is too much text for one form: send a part of it, and add the rest after."
NO_KEY = "This form cannot be sent: open it anew, and copy your words into it."
NO_LETTERS = "{} has no letters that can be seen: please write it again."

_JOINERS = "\u200c\u200d"  # what Persian and Indic names, and pictures of people, are joined with
# Letters that are drawn as nothing, though they are neither spaces nor marks of format.
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"

# The ledger's lines are spelt without escapes, so that an id must need none.
_KEY = re.compile(r"[ !#-\[\]-~]{1,100}")

# How a field is called in a sentence, where “The” and its name would not do.
_CALLED = {
    "adult_name": "The name",
    "allowed_because": "The reason",
    "asked_by": "The name of who asks",
    "changed": "What has changed",
    "child_why_not": "The reason",
    "class_name": "The class",
    "given_by": "The name of who gave the permission",
    "how": "What is said of how",
    "inside": "A place to search",
    "known_as": "The other name",
    "late_because": "The reason",
    "names_used": "What is said of other names",
    "original": "What is said of the original",
    "original_notes": "What is said of the notes",
    "outside": "A place to search",
    "parents_why_not": "The reason",
    "phone": "The telephone number",
    "present": "What is said of who was there",
    "said": "What they said",
    "school": "The name of the school",
    "signed_by": "The name of who signed",
    "to_whom": "What is said of to whom",
    "told_at": "The time",
    "told_in_person": "What is said of who was told",
    "upn": "The unique pupil number",
    "whom": "The name of who was asked",
    "why": "The reason",
    "with_whom": "What is said of with whom",
}  # fmt: skip


def mended(text: str) -> str:
    """The text with U+FFFD for each half of a character, which browsers let through and nothing
    can store. Two halves that belong together are one character again."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def tidy(text: str) -> str:
    """The text as one line: NFC, single spaces, and nothing that is not seen but the joiners within
    a word. What turns the direction of writing goes, since “exe.txt” can be shown as “txt.exe”.
    Tidying twice changes nothing."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    seen = "".join(" " if char.isspace() else char for char in mended(text) if not _unseen(char))
    words = (word.strip(_JOINERS) for word in unicodedata.normalize("NFC", seen).split())
    return unicodedata.normalize("NFC", " ".join(filter(None, words)))


def _unseen(char: str) -> bool:
    if char.isspace() or char in _JOINERS:
        return False
    return char in _FILLERS or unicodedata.category(char) in ("Cc", "Cf")


def called(field: str) -> str:
    """What a field is called at the beginning of a sentence."""
    return _CALLED.get(field) or f"The {field.replace('_', ' ')}"


def line(text: str, field: str, most: int = NAME) -> str:
    """The text of a field as one line. Raises `Refused` if that is longer than `most` letters, or
    if nothing of it could be seen."""
    if len(text) > 20 * most or len(tidied := tidy(text)) > most:
        raise Refused(f"{called(field)} is too long: at most {most:,} letters.")
    if text.strip() and not tidied:
        raise Refused(NO_LETTERS.format(called(field)))
    return tidied


def fault(text: str, field: str) -> str:
    """Why a text is no line that can be kept, in a sentence; empty if it is one."""
    try:
        line(text, field)
    except Refused as refusal:
        return str(refusal)
    return ""


def words(text: str, field: str) -> str:
    """The words of a field as they were typed. Raises `Refused` above `LONGEST` letters."""
    if len(text) > LONGEST:
        raise Refused(f"{called(field)} is too long: at most {LONGEST:,} letters.")
    return mended(text)


def code(text: str, _field: str) -> str:
    """What the program wrote, as it is."""
    return mended(text)


def is_key(text: str) -> bool:
    """Whether a text can be the id of a record: up to 100 plain letters, digits and signs."""
    return _KEY.fullmatch(text) is not None


def key(text: str, _field: str) -> str:
    """An id as it is. Raises `Refused` if it can be none."""
    if not is_key(text):
        raise Refused(NO_KEY)
    return text


KINDS: Mapping[str, Callable[[str, str], str]] = {
    "OneLine": line,
    "Remark": partial(line, most=REMARK),
    "LongText": words,
    "Code": code,
    "Key": key,
}


def settled(kind: str, field: str, value: Any) -> Any:
    """A value of a field as it is stored, by how the field is declared: `OneLine`,
    `tuple[Code, ...]` and so on. What is no text is as it was. Raises `Refused`."""
    settle = KINDS.get(kind.removeprefix("tuple[").removesuffix(", ...]"))
    if settle is None:
        return value
    if isinstance(value, str):
        return settle(value, field)
    return tuple(settle(each, field) for each in value)


def fitted(record: type[DataclassInstance], form: D) -> D:
    """What is filled in as the record of it will say it, for whoever has to compare before it is
    stored. Raises `Refused`."""
    return replace(form, **{name: settled(kind, name, value)
                            for name, kind, value in _texts(record, form)})  # fmt: skip


def faults(record: type[DataclassInstance], form: DataclassInstance) -> dict[str, str]:
    """Why the store would refuse what is filled in, a sentence by field."""
    wrong: dict[str, str] = {}
    for name, kind, value in _texts(record, form):
        try:
            settled(kind, name, value)
        except Refused as refusal:
            wrong[name] = str(refusal)
    return wrong


def _texts(
    record: type[DataclassInstance], form: DataclassInstance
) -> Iterator[tuple[str, str, Any]]:
    """The texts in a form that a record has, too: name, declaration and what is filled in."""
    for field in fields(record):
        value = getattr(form, field.name, "")
        if isinstance(value, str) and value:
            yield field.name, str(field.type), value


def letters(thing: object) -> int:
    """How many letters stand in a form, in all its fields together."""
    if isinstance(thing, str):
        return len(thing)
    if isinstance(thing, Mapping):
        return sum(map(letters, thing.values()))
    if isinstance(thing, list | tuple):
        return sum(map(letters, thing))
    if is_dataclass(thing) and not isinstance(thing, type):
        return sum(map(letters, vars(thing).values()))
    return 0


def too_much(form: object, field: str) -> dict[str, str]:
    """The sentence for this field if a form holds more than is kept of it until it is sent."""
    return {field: TOO_MUCH} if letters(form) > LONGEST else {}

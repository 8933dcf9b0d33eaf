"""PDF: read to the last object, so that nothing in it can run, open by itself or hide a file.

Refused are scripts, programs to launch, hidden files, XFA forms, media players and whatever a
viewer would do unasked beyond turning to a page. Links that a reader has to click stay.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import settings

from core.errors import Refused

LOCKED = "This PDF is locked with a password: print it to a new PDF and add that one."
BROKEN = "This PDF is damaged: open it, print it to a new PDF and add that one."
ACTIVE = (
    "This PDF holds a program, a hidden file or an interactive form: "
    "print it to a new PDF and add that one."
)

# How the parts of a ZIP begin, and how other archives do that programs look for anywhere in a file:
# between the objects of a PDF, where no viewer looks, a whole one could lie. By chance the three
# parts of a ZIP all stand in less than one of a million PDFs of 20 MB.
_ZIP = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06")
_OTHER_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")

# What may happen when a page is shown, with nobody asking for it.
_QUIET = {"/GoTo", "/Named", "/Hide", "/SetOCGState", "/ResetForm", "/Trans"}
_FORBIDDEN_KEYS = {
    "/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent",
    "/RichMediaSettings",
}  # fmt: skip
_FORBIDDEN_TYPES = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/EmbeddedFile",
    "/RichMedia", "/RichMediaExecute", "/Rendition", "/Movie", "/Sound", "/3D",
}  # fmt: skip
_LONGEST_CHAIN = 50
# Warnings of qpdf that ordinary files give: a blank page without resources, and what pypdf leaves
# out when it appends. Neither hides anything.
_HARMLESS = ("; repairing", "a common error handled correctly")

# An object stream that is packed 1000 : 1 costs a gigabyte when it is read. Ordinary ones are far
# below 1 MB. These limits hold for the whole process, and qpdf wants them set once, at the start.
settings.set_qpdf_limits(flate_max_memory=8 * 1024 * 1024, parser_max_nesting=100)


def check(content: bytes) -> None:
    """Raises `Refused` unless `content` is a whole, open and passive PDF.

    One that is an archive as well is no passive one. Whatever qpdf would have to repair is refused
    as damaged, for two reasons: an object that it cannot read is simply missing from the walk while
    another viewer may still find it, and a file with two meanings is a way to hide one of them.
    """
    if _is_archive(content):
        raise Refused(ACTIVE)
    try:
        with pikepdf.open(
            io.BytesIO(content), attempt_recovery=False, inherit_page_attributes=False
        ) as pdf:
            _check(pdf, content)
    except pikepdf.PasswordError as error:
        raise Refused(LOCKED) from error
    except Refused:
        raise
    except Exception as error:  # a hostile file can make a parser fail in any way it likes
        raise Refused(BROKEN) from error


def _is_archive(content: bytes) -> bool:
    """Whether a program that unpacks would find something in these bytes."""
    return all(part in content for part in _ZIP) or any(sign in content for sign in _OTHER_ARCHIVES)


def _check(pdf: pikepdf.Pdf, content: bytes) -> None:
    if pdf.is_encrypted:
        raise Refused(LOCKED)
    for dictionary in _dictionaries(pdf):
        _check_dictionary(dictionary)
    if not all(any(sign in line for sign in _HARMLESS) for line in pdf.get_warnings()):
        raise Refused(BROKEN)
    if content[content.rfind(b"%%EOF") :].strip(b"\0\t\n\f\r ") != b"%%EOF" or not len(pdf.pages):
        raise Refused(BROKEN)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, also those that no page refers to."""
    for whole in (pdf.trailer, *pdf.objects):
        waiting: list[object] = [whole]
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, pikepdf.Array):
                waiting.extend(part for part in thing if _is_direct(part))
            elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
                yield thing
                waiting.extend(part for part in thing.values() if _is_direct(part))


def _is_direct(part: object) -> bool:
    """Whether `part` is written inside another object; the others come up by themselves."""
    return isinstance(part, pikepdf.Object) and not part.is_indirect


def _check_dictionary(dictionary: pikepdf.Object) -> None:
    if _FORBIDDEN_KEYS & set(dictionary.keys()):
        raise Refused(ACTIVE)
    if any(_named(dictionary, key) in _FORBIDDEN_TYPES for key in ("/S", "/Type", "/Subtype")):
        raise Refused(ACTIVE)
    _check_unasked(dictionary.get("/OpenAction"))
    events = dictionary.get("/AA")
    if isinstance(events, pikepdf.Dictionary):
        for action in events.values():
            _check_unasked(action)


def _named(dictionary: pikepdf.Object, key: str) -> str:
    value = dictionary.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _check_unasked(start: object) -> None:
    """`start` and what follows it may only turn to a page, show or hide. Places are no actions."""
    waiting = [start]
    for _ in range(_LONGEST_CHAIN):
        if not waiting:
            return
        action = waiting.pop()
        if isinstance(action, pikepdf.Dictionary):
            if "/S" in action and _named(action, "/S") not in _QUIET:
                raise Refused(ACTIVE)
            follower = action.get("/Next")
            waiting.extend(follower if isinstance(follower, pikepdf.Array) else [follower])
    raise Refused(ACTIVE)

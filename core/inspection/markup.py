"""The XML inside Office files: what it would fetch, start or unlock when the file is opened."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from core.errors import Refused

FETCHING = (
    "This document fetches something from another place when it is opened: "
    "save it as PDF and add that."
)
ACTIVE = "This document holds a macro or a program: save it as PDF and add that."
LOCKED = "This document is locked with a password: save it without one and add that."
UNUSUAL = "This document is built in an unusual way: save it as PDF and add that."

# Kinds of relation (the last word of their type) that bring in code or another file.
_ACTIVE_RELATIONS = {
    "vbaproject", "wordvbadata", "control", "activexcontrolbinary", "oleobject", "xlmacrosheet",
    "xlintlmacrosheet", "dialogsheet",
}  # fmt: skip
_FETCHING_RELATIONS = {
    "attachedtemplate", "externallink", "externallinkpath", "afchunk", "subdocument", "frame",
}  # fmt: skip
_ACTIVE_TYPES = re.compile(r"macro|vba|activex|oleobject|addin", re.I)
_SCHEME = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.I)
_OWN_DISK = re.compile(r"file:///[^/\\%]", re.I)
_OUTSIDE = re.compile(r"\s*(?!data:)(?:[a-z][a-z0-9+.-]*:|[/\\]|\.\.[/\\])", re.I)
_DDE = re.compile(r"(?:^|\s)DDE(?:AUTO)?\s", re.I)
_ODF_ACTIVE = {"event-listener", "script", "object-ole", "plugin", "applet"}
_ODF_FETCHING = {"dde-source", "dde-connection-decl", "dde-link"}


class Part:
    """One XML part of a package, read once from its beginning to its end."""

    def __init__(self, name: str, *, odf: bool) -> None:
        self.content_types: set[str] = set()
        self._instructions: list[str] = []
        self._in_instruction = False
        self._check: Callable[[str, dict[str, str]], None]
        if odf:
            self._check = self._check_odf
        elif name.endswith(".rels"):
            self._check = self._check_relation
        elif name.endswith(".svg"):
            self._check = self._check_drawing
        else:
            self._check = self._check_ooxml

    def read(self, content: bytes) -> Part:
        """Raises `Refused` for what the part would do, `expat.ExpatError` if it is not XML."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.Parse(content, True)
        if _DDE.search("".join(self._instructions)):
            raise Refused(ACTIVE)
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        named = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self._check(name.rpartition(" ")[2], named)

    def _end(self, name: str) -> None:
        if self._in_instruction and name.endswith("instrText"):
            self._in_instruction = False

    def _characters(self, text: str) -> None:
        if self._in_instruction:
            self._instructions.append(text)

    def _doctype(self, *_: object) -> None:
        # No Office program writes one, and it is where entities that explode are declared.
        raise Refused(UNUSUAL)

    def _check_relation(self, _: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        target = attributes.get("Target", "")
        if kind in _ACTIVE_RELATIONS:
            raise Refused(ACTIVE)
        outside = attributes.get("TargetMode", "").lower() == "external" or _SCHEME.match(target)
        # A link waits for a click, and a template on the author's own disk is ordinary.
        harmless = kind == "hyperlink" or (kind == "attachedtemplate" and _OWN_DISK.match(target))
        if (outside or kind in _FETCHING_RELATIONS) and not harmless:
            raise Refused(FETCHING)

    def _check_ooxml(self, name: str, attributes: dict[str, str]) -> None:
        if name == "instrText":
            self._in_instruction = True
        elif name == "fldSimple":
            self._instructions.append(f" {attributes.get('instr', '')} ")
        elif name == "ddeLink":
            raise Refused(ACTIVE)
        elif name in {"Override", "Default"}:
            self.content_types.add(attributes.get("ContentType", ""))
            if _ACTIVE_TYPES.search(attributes.get("ContentType", "")):
                raise Refused(ACTIVE)

    def _check_drawing(self, name: str, attributes: dict[str, str]) -> None:
        if name == "script" or any(key.lower().startswith("on") for key in attributes):
            raise Refused(ACTIVE)
        self._check_reference(name, attributes)

    def _check_odf(self, name: str, attributes: dict[str, str]) -> None:
        if name == "encryption-data":
            raise Refused(LOCKED)
        if name in _ODF_ACTIVE:
            raise Refused(ACTIVE)
        if name in _ODF_FETCHING:
            raise Refused(FETCHING)
        self._check_reference(name, attributes)

    def _check_reference(self, name: str, attributes: dict[str, str]) -> None:
        target = attributes.get("href", "")
        if name == "a" or not _OUTSIDE.match(target):
            return
        # Where a document's style sheet once lay is noted, and only looked at when asked.
        if name != "template" or target.lower().startswith(("http", "ftp", "//", "\\")):
            raise Refused(FETCHING)

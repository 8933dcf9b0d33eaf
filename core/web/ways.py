"""Which addresses there are, and what each asks of whoever comes. What is not here is not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from core.web import runtime


class Way(Enum):
    """What an address asks for."""

    NOWHERE = auto()  # there is no such address
    STATIC = auto()  # nothing: a file that is the same for everybody
    DOOR = auto()  # nothing, but it may know who is signed in
    STEP = auto()  # a session, also one in which something has to be done before the app opens
    PAGE = auto()  # a session; without one the browser is sent to sign in
    CALL = auto()  # a session; without one a refusal that scripts understand
    UPLOAD = auto()  # a session, and the tab in the address must be one of its own
    MEDIA = auto()  # a session, and one of its tabs must show the file


# Not here, although Streamlit has them: metrics, the agent's, the script's health, `/app/static`,
# its own signing in, components of the old kind.
WAYS: Sequence[tuple[str, Way]] = (
    ("/assets/.+", Way.STATIC),
    ("/health", Way.STATIC),
    ("/(sign-in|sign-out|forgotten|reset|set-up)", Way.DOOR),
    ("/(code|change-password|authenticator|first-steps)", Way.STEP),
    ("/session/[a-z]+", Way.CALL),
    ("/(files|received-files|risk-assessments)/[0-9a-f]{32}", Way.PAGE),
    ("/exports/[0-9a-f]{64}", Way.DOOR),  # a stranger is told the same as somebody else's session
    ("/_stcore/(health|host-config)", Way.CALL),
    ("/_stcore/bidi-components/.+", Way.CALL),
    ("/_stcore/upload_file/(?P<tab>[^/]+)/[^/]+", Way.UPLOAD),
    (r"/media/(?P<file>[0-9a-f]+)(\.[a-z0-9]+)?", Way.MEDIA),
    ("/([a-z]+(-[a-z]+)*)?", Way.PAGE),
)

SOCKET = "/_stcore/stream"
DRAFT = "/session/draft"

_static = runtime.static_files()
_patterns = [(re.compile(pattern), way) for pattern, way in WAYS]


def of(path: str) -> Way:
    """What an address asks for."""
    if path in _static:
        return Way.STATIC
    fits = (way for pattern, way in _patterns if pattern.fullmatch(path))
    return next(fits, Way.NOWHERE)


def named_in(path: str) -> str:
    """The tab that an upload's address names, or the file that an address under `/media` names."""
    found = next(match for pattern, _ in _patterns if (match := pattern.fullmatch(path)))
    return next(iter(found.groupdict().values()))

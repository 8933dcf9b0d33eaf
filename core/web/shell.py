"""The page in which Streamlit draws: its own index.html, with our name and our script in it."""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from core import sessions
from core.web import runtime

ICON = '<link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />'
NO_SCRIPT = "<noscript><p>Please allow JavaScript for this page, then load it again.</p></noscript>"

# Streamlit names itself, and tells machines about an agent's way in that is closed here.
CHANGES = (
    (r"<!--.*?-->", ""),
    (r'<html lang="en">', '<html lang="en-GB">'),
    (r"<title>.*?</title>", "<title>Bigger Picture</title>"),
    (r'<link rel="shortcut icon"[^>]*>', ICON),
    (r'<link rel="service-desc"[^>]*>', ""),
    (r"<noscript>.*?</noscript>", NO_SCRIPT),
)


def _changed(page: str) -> str:
    for pattern, instead in CHANGES:
        page = re.sub(pattern, instead, page, flags=re.DOTALL)
    return page.strip()


_page = _changed(runtime.index())


async def draw(request: Request) -> Response:
    """Answers with the page, for the session that asks."""
    # An ordinary script at the end of the page, so that it is at work before anything is drawn.
    # It needs a name for the session, which opens nothing: a part of the hash of its token.
    script = (
        f'<script src="/assets/guard.js" data-idle-seconds="{sessions.idle_seconds():g}" '
        f'data-session="{name_of(request.state.session.id)}"></script>'
    )
    policy = {"Content-Security-Policy": POLICY}
    return HTMLResponse(_page.replace("</body>", f"{script}</body>"), headers=policy)


def name_of(session_id: str) -> str:
    """What a page calls its session."""
    return session_id[:16]


def _allowed_scripts() -> str:
    """The hashes of the inline scripts that come with Streamlit: one, in 1.67."""
    scripts = re.findall(r"<script>(.*?)</script>", _page, flags=re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


# Streamlit sets styles by script, hence 'unsafe-inline' for them and for nothing else.
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {_allowed_scripts()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

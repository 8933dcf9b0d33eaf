"""What every answer says to the browser, whoever made it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.web import addresses, ways
from core.web.ways import Way

# For everything that says nothing else; only the page in which Streamlit draws does.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # With no-referrer Chromium sends `Origin: null` from our own forms (measured).
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}

A_YEAR = 365 * 24 * 60 * 60


class Headers:
    """Completes the headers of every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, and the answer back with its headers complete."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(MutableHeaders(scope=message), ways.of(scope["path"]))
            await send(message)

        await self._app(scope, receive, complete if scope["type"] == "http" else send)


def _complete(headers: MutableHeaders, way: Way) -> None:
    headers.update(ALWAYS)
    headers.setdefault("Content-Security-Policy", POLICY)
    if way is not Way.STATIC:
        headers["Cache-Control"] = "no-store"
    for name in [name for name in headers if name.startswith("access-control-")]:
        del headers[name]  # Streamlit lets every port of this machine read
    if addresses.behind_tls():
        headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
        _secure_cookies(headers)


def _secure_cookies(headers: MutableHeaders) -> None:
    """Streamlit marks its own cookie so only if it holds the certificate itself."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", cookie if "; Secure" in cookie else f"{cookie}; Secure")

"""The addresses that are ours, in front of Streamlit's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from core import outlines
from core.web import (
    enrolling,
    files,
    first_steps,
    new_passwords,
    pulse,
    set_up,
    shell,
    signing_in,
)
from core.web.screens import answering

BOTH = ["GET", "POST"]

STATIC = Path(__file__).parent / "static"


async def health(_: Request) -> Response:
    """For whoever watches the server: it answers."""
    return PlainTextResponse("ok")


class Assets(StaticFiles):
    """Our own files. A browser asks each time whether they have changed, since their names stay."""

    def file_response(self, *given: Any, **more: Any) -> Response:
        """A file, or that it has not changed."""
        response = super().file_response(*given, **more)
        response.headers["Cache-Control"] = "no-cache"
        return response


ROUTES: list[BaseRoute] = [
    Route("/sign-in", answering(signing_in.door), methods=BOTH),
    Route("/code", answering(signing_in.code), methods=BOTH),
    Route("/sign-out", answering(signing_in.out), methods=["POST"]),
    Route("/authenticator", answering(enrolling.door), methods=BOTH),
    Route("/forgotten", answering(new_passwords.forgotten), methods=BOTH),
    Route("/reset", answering(new_passwords.reset), methods=BOTH),
    Route("/change-password", answering(new_passwords.change), methods=BOTH),
    Route("/set-up", answering(set_up.door), methods=BOTH),
    Route("/first-steps", answering(first_steps.door), methods=BOTH),
    Route("/session/alive", pulse.alive),
    Route("/session/activity", pulse.activity, methods=["POST"]),
    Route("/session/draft", pulse.draft, methods=["POST"]),
    Route("/session/unlock", pulse.from_own_page(answering(pulse.unlock)), methods=["POST"]),
    Route("/files/{id}", answering(files.hand_out)),
    Route("/risk-assessments/{id}", answering(files.hand_out_assessment)),
    Route("/received-files/{id}", answering(files.hand_out_received)),
    Route("/exports/{token}", answering(files.hand_out_export)),
    Route("/health", health),
    Mount("/assets/outlines", Assets(directory=outlines.FOLDER)),
    Mount("/assets", Assets(directory=STATIC)),
    Route("/", shell.draw),
    Route("/{page}", shell.draw),
]

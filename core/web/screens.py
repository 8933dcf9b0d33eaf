"""Drawing the pages outside Streamlit, and the addresses that answer with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import jinja2
from anyio import CapacityLimiter, to_thread
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from core import settings
from core.store import texts
from core.web import school

LONGEST = 1_000  # letters of a field; more than any field of these pages has a use for
MOST = 20  # fields

Form = Mapping[str, str]

# Passwords take a third of a second each, by design. Whoever is guessing shall keep only these
# threads busy, and not those of the people at work.
_threads = CapacityLimiter(4)

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)


def answering(answer: Callable[[Request, Form], Response]) -> Callable[..., Awaitable[Response]]:
    """An address whose answer is made beside the event loop, from the form that was sent."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=MOST) as sent:
            form = dict(islice(_typed(sent), MOST))
        return await to_thread.run_sync(answer, request, form, limiter=_threads)

    return endpoint


def _typed(sent: FormData) -> Iterator[tuple[str, str]]:
    """What was typed, each field no longer than it can mean anything and as it can be stored."""
    for name, value in sent.items():
        if isinstance(value, str):
            yield name, texts.mended(value[:LONGEST])


def draw(
    template: str,
    title: str,
    *,
    errors: Mapping[str, str] | None = None,
    values: Form | None = None,
    **more: Any,
) -> Response:
    """A page. `errors` and `values` are by the names of fields; see `templates/base.html`."""
    page = _templates.get_template(f"{template}.html").render(
        title=title,
        school=settings.school(school.store()).name,
        disk=school.store().room.trouble,
        errors=errors or {},
        values=values or {},
        **more,
    )
    return HTMLResponse(page, 422 if errors else 200)


def tell(title: str, sentence: str, link_to: str, link_text: str, *, status: int = 200) -> Response:
    """A page with one thing to know, and one way on.

    Asks nothing of the store, which may be what failed.
    """
    page = _templates.get_template("message.html").render(
        title=title, errors={}, sentence=sentence, link_to=link_to, link_text=link_text
    )
    return HTMLResponse(page, status)


def address(request: Request) -> str:
    """The network address of the browser, for slowing down whoever is guessing."""
    return request.client.host if request.client else ""

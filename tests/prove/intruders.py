"""Nobody gets in: every address asked for by a stranger, and every socket that a thief might ask.

Each attack says in what way it got through; a promise that is kept has nothing to say.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from core.web import sockets
from pages.parts.menu import PLACES
from tests.prove.promise import Promise
from tests.prove.trying import each
from tests.web.conftest import TEACHERS, Served, serving
from tests.web.visits import PATIENCE, Browser, Tab

ROOT = Path(__file__).parents[2]
THIEF = TEACHERS[1]

# ---- every address --------------------------------------------------------------------------

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")

# What a stranger may be answered: the way in, what is the same for everybody, and that it lives.
OPEN = re.compile(r"/(sign-in|sign-out|forgotten|reset|set-up|health|assets/.+|static/.+)")

# What stands in for the parts of a route that are not fixed.
ANY = {"id": "0" * 32, "token": "0" * 64, "page": "frame", "path": "a/b.js", "file_id": "00.png"}

# Ways round: other spellings, files of ours, and what other servers have.
OTHERS = (
    "//alerts", "/%2falerts", "/alerts/", "/Alerts", "/alerts;x", "/alerts%00", "/./alerts",
    "/sign-in/../alerts", "/assets/../alerts", "/assets/%2e%2e/alerts", "/static/../index.html",
    "/static/%2e%2e/index.html", "/static/..%2f..%2fapp.py", "/assets/..%2f..%2fguard.py",
    "/index.html", "/app.py", "/pages/frame.py", "/frame.py", "/.streamlit/config.toml",
    "/.streamlit/secrets.toml", "/data/live/record.duckdb", "/data/live/journal.jsonl",
    "/.git/config", "/docs", "/openapi.json", "/metrics", "/debug", "/server-status", "/admin",
    "/auth/login", "/oauth2callback", "/_stcore/agent/mcp", "/_stcore/metrics",
    "/sign-in/alerts", "/reset/alerts", "/health/alerts", "/exports/" + "f" * 64,
)  # fmt: skip


def addresses(served: Served) -> list[str]:
    """Every route that the running server has, every page, every file of a page, and more."""
    routes = [_filled(path) for path in served.inside("routes")]
    pages = [f"/{place.path}" for place in PLACES]
    files = [f"/{path.relative_to(ROOT / 'pages').with_suffix('')}"
             for path in (ROOT / "pages").rglob("*.py")]  # fmt: skip
    return [*dict.fromkeys([*routes, *pages, *files, *OTHERS])]


def _filled(path: str) -> str:
    return re.sub(r"{(\w+)(:\w+)?}", lambda part: ANY.get(part[1], "0"), path)


def open_to_strangers(served: Served, asked: Iterable[str]) -> Iterator[str]:
    """What a stranger is answered that is neither the way in nor the same for everybody."""
    strangers = (served.browser(), _with_made_up_cookie(served))
    for address in asked:
        for stranger, method in product(strangers, METHODS):
            answer = stranger.http.request(method, address)
            if not _is_harmless(answer):
                yield f"{method} {address} answers {answer.status_code} to a stranger"


def _is_harmless(answer: httpx.Response) -> bool:
    leads_in = answer.headers.get("location", "").startswith("/sign-in") and not answer.content
    return (
        answer.status_code >= 400
        or (answer.status_code == 303 and leads_in)
        or bool(OPEN.fullmatch(answer.request.url.path))
    )


def _with_made_up_cookie(served: Served) -> Browser:
    browser = served.browser()
    browser.come_back_with("0" * 43)
    return browser


# ---- every socket ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Siege:
    """The running app, and whom to attack."""

    served: Served

    def victim(self, *, full_access: bool = False) -> Browser:
        """Somebody at work, in a session of their own."""
        if not full_access:
            return self.served.signed_in(TEACHERS[0])
        lead = self.served.browser()
        lead.come_back_with(self.served.inside("full_access"))
        return lead

    def thief(self) -> Browser:
        """Somebody with an account who wants more."""
        return self.served.signed_in(THIEF)


Attack = Callable[[Siege], Iterator[str]]

HELEN, TEACHER = '"person": "Mrs Helen Whitlock"', '"person": "Teacher 2"'


def no_cookie(siege: Siege) -> Iterator[str]:
    stranger = siege.served.browser()
    yield from _opened(stranger, "no cookie")
    for name, value in (("session", "0" * 43), ("session", ""), ("__Host-session", "0" * 43)):
        yield from _opened(stranger, "a made-up cookie", Cookie=f"{name}={value}")


def spoofed_identity(siege: Siege) -> Iterator[str]:
    victim, thief = siege.victim(full_access=True), siege.thief()
    for name in ("X-Bigger-Picture-Session", "x-bigger-picture-session", "X_Bigger_Picture_Session",
                 "X-Bigger-Picture-User", "X-Forwarded-User", "X-Streamlit-User"):  # fmt: skip
        spoofed = {name: victim.session_id}
        yield from _opened(siege.served.browser(), f"{name} alone", **spoofed)
        with thief.tab(**spoofed) as tab:
            if HELEN in (page := tab.run("alerts")) or TEACHER not in page:
                yield f"{name} makes somebody else of a thief"


def stolen_tab_alive(siege: Siege) -> Iterator[str]:
    victim = siege.victim(full_access=True)
    with victim.tab() as tab:
        tab.run()
        yield from _gone_on_with(siege, tab)
        if HELEN not in tab.run():
            yield "a thief can stop somebody's page"


def stolen_tab_parked(siege: Siege) -> Iterator[str]:
    victim = siege.victim(full_access=True)
    with victim.tab() as tab:
        tab.run()
    yield from _gone_on_with(siege, tab)
    other = siege.victim(full_access=True)
    with other.tab(going_on=tab.id) as elsewhere:
        elsewhere.run()
        if elsewhere.id == tab.id:
            yield "another session of the same person goes on with a tab"


def _gone_on_with(siege: Siege, tab: Tab) -> Iterator[str]:
    if siege.served.browser().status_of_socket(going_on=tab.id) != 403:
        yield "a stranger goes on with somebody's tab"
    with siege.thief().tab(going_on=tab.id) as stolen:
        page = stolen.run()
        if stolen.id == tab.id or HELEN in page or TEACHER not in page:
            yield "a thief goes on with somebody's tab"


def foreign_origin(siege: Siege) -> Iterator[str]:
    victim, address = siege.victim(), siege.served.address.removeprefix("http://")
    for origin in ("http://evil.example", "null", f"https://{address}", f"http://evil.{address}",
                   f"http://{address}.evil.example", f"http://{address}@evil.example",
                   f"http://{address}/", "file://"):  # fmt: skip
        yield from _opened(victim, f"from {origin}", origin=origin)


def other_port(siege: Siege) -> Iterator[str]:
    victim, port = siege.victim(), siege.served.address.rpartition(":")[2]
    for origin in ("http://localhost:1", "http://localhost", "http://localhost:8501",
                   f"http://127.0.0.1:{port}", f"http://[::1]:{port}"):  # fmt: skip
        yield from _opened(victim, f"from {origin}", origin=origin)


def no_origin(siege: Siege) -> Iterator[str]:
    yield from _opened(siege.victim(), "without an origin", origin=None)


def _opened(browser: Browser, how: str, **asked: Any) -> Iterator[str]:
    if browser.status_of_socket(**asked) != 403:
        yield f"a socket is opened {how}"


def after_sign_out(siege: Siege) -> Iterator[str]:
    victim = siege.victim()
    yield from _ended(victim, "after signing out", victim.sign_out)


def after_closing(siege: Siege) -> Iterator[str]:
    victim = siege.served.signed_in(TEACHERS[2])
    close = partial(siege.served.inside, "close_account", TEACHERS[2])
    yield from _ended(victim, "after the account is closed", close)


def after_time_out(siege: Siege) -> Iterator[str]:
    victim = siege.victim(full_access=True)
    leave = partial(siege.served.inside, "leave_alone", victim.session_id)
    yield from _ended(victim, "after the time is out", leave)


def _ended(victim: Browser, when: str, end: Callable[[], object]) -> Iterator[str]:
    cookie = victim.http.cookies["session"]
    with victim.tab() as one, victim.tab() as other:
        one.run(), other.run()
        end()
        for tab in (one, other):
            if tab.closed_with() not in (sockets.OVER, sockets.COME_AGAIN):
                yield f"a tab stays open {when}"
            yield from _still_answers(tab, when)
    victim.come_back_with(cookie)
    yield from _opened(victim, when)
    yield from _opened(victim, f"{when}, going on with a tab", going_on=one.id)
    if victim.http.get("/session/alive").status_code != 401:
        yield f"the cookie works {when}"


def _still_answers(tab: Tab, when: str) -> Iterator[str]:
    try:
        tab.run()
    except ConnectionClosed:
        return
    yield f"a tab still answers {when}"


FRAMES: Sequence[str | bytes] = (
    "text", "", b"", b"\xff\xff no message", b"\x00" * 10_000, b"\x0a" + b"\xff" * 9 + b"\x01",
    b"\x7a\x04abcd", bytes(range(256)),
)  # fmt: skip


TOO_LARGE = 33 * 1024 * 1024  # bytes; server.maxMessageSize is 32 MB


def malformed_frame(siege: Siege) -> Iterator[str]:
    thief = siege.thief()
    for frame in FRAMES:
        with thief.tab() as tab:
            tab.socket.send(frame)
            if TEACHER not in tab.run("alerts"):
                yield f"a frame of {frame[:8]!r} changes what is drawn"
    with thief.tab() as tab, suppress(ConnectionClosed):
        tab.socket.send(bytes(TOO_LARGE))
        tab.run()
        yield f"a frame of {TOO_LARGE} bytes is taken"


def cache_command(siege: Siege) -> Iterator[str]:
    before, thief = siege.served.inside("treasure"), siege.thief()
    for said in ("clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime",
                 "debug_disconnect_websocket"):  # fmt: skip
        with thief.tab() as tab:
            tab.say(**{said: True})
            if "git_info_changed" in tab.run():
                yield f"{said} is answered"
    if siege.served.inside("treasure") != before:
        yield "a visitor clears what is cached for all"


FLOOD, MOST = 200, 8  # sockets that come at once, and those that one session may have


def flood(siege: Siege) -> Iterator[str]:
    with siege.victim(full_access=True).tab() as tab, ThreadPoolExecutor(1) as beside:
        strangers = beside.submit(flooded, siege.served.address)
        while not strangers.done():
            if HELEN not in tab.run("alerts"):
                yield "somebody at work is not answered"
        if strangers.result() != Counter({403: FLOOD}):
            yield f"strangers in a flood were answered {dict(strangers.result())}"
    greedy = siege.victim(full_access=True)
    answers = flooded(siege.served.address, **greedy.cookie)
    if answers[101] > MOST or answers.total() != FLOOD:
        yield f"one session has {answers[101]} sockets"


def flooded(address: str, **headers: str) -> Counter[int]:
    """What so many sockets, asked for at once and kept open together, are answered."""
    return asyncio.run(_flooded(address, headers))


async def _flooded(address: str, headers: dict[str, str]) -> Counter[int]:
    everybody = asyncio.Barrier(FLOOD)

    async def ask() -> int:
        try:
            async with connect(
                f"{address.replace('http', 'ws')}/_stcore/stream",
                additional_headers={"Origin": address, **headers},
                subprotocols=[Subprotocol("streamlit")], proxy=None, open_timeout=PATIENCE,
            ):  # fmt: skip
                await everybody.wait()
                return 101
        except InvalidStatus as refused:
            await everybody.wait()
            return refused.response.status_code

    return Counter(await asyncio.gather(*(ask() for _ in range(FLOOD))))


ATTACKS: Mapping[str, Attack] = {
    attack.__name__.replace("_", " "): attack
    for attack in (no_cookie, spoofed_identity, stolen_tab_alive, stolen_tab_parked,
                   foreign_origin, other_port, no_origin, after_sign_out, after_closing,
                   after_time_out, malformed_frame, cache_command, flood)
}  # fmt: skip

# ---- whether people at work notice ----------------------------------------------------------

PEOPLE, SECONDS, SLOWER = 8, 8, 1.2


@dataclass(frozen=True)
class Noticed:
    """How long it takes until 95 % of reruns are there, in seconds."""

    calm: float
    flooded: float
    reruns: int

    @property
    def slower(self) -> float:
        return self.flooded / self.calm


def noticed(siege: Siege, rounds: int) -> Noticed:
    """Eight people work in turns without and with a flood of strangers, from another process."""
    calm: list[float] = []
    flooded_: list[float] = []
    with ExitStack() as stack:
        emails = [TEACHERS[0], TEACHERS[1], TEACHERS[3]] * 3
        tabs = [stack.enter_context(siege.served.signed_in(each).tab()) for each in emails[:PEOPLE]]
        # Strangers come from another machine; on this one they wait until nobody needs it.
        alone = ProcessPoolExecutor(1, get_context("spawn"), os.nice, (19,))
        others = stack.enter_context(alone)
        others.submit(flooded, siege.served.address).result()
        for tab in tabs:
            tab.run("alerts")
        for _ in each(range(rounds), rounds, "floods"):
            calm += _worked(tabs)
            coming = others.submit(flooded, siege.served.address)
            flooded_ += _worked(tabs)
            coming.result()
    return Noticed(_slow(calm), _slow(flooded_), len(calm) + len(flooded_))


def _worked(tabs: Sequence[Tab]) -> list[float]:
    """How long each rerun took, of people who think in between."""
    took: list[float] = []
    until = time.perf_counter() + SECONDS

    def work(tab: Tab) -> None:
        while time.perf_counter() < until:
            begun = time.perf_counter()
            tab.run("alerts")
            took.append(time.perf_counter() - begun)
            time.sleep(0.5)

    people = [threading.Thread(target=work, args=(tab,)) for tab in tabs]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return took


def _slow(took: Sequence[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


def proved(*, full: bool) -> Promise:
    """Promise 2."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as served:
        siege, asked = Siege(served), addresses(served)
        through = [*open_to_strangers(served, each(asked, len(asked), "addresses"))]
        for attack in each(ATTACKS.values(), len(ATTACKS), "sockets"):
            through += attack(siege)
        work = noticed(siege, rounds=12 if full else 4)
    figure = (
        f"{len(asked)} addresses by {len(METHODS)} methods for a stranger, with no and with a "
        f"made-up cookie, and {len(ATTACKS)} attacks on sockets: {len(through)} got through; "
        f"95 % of {work.reruns} reruns took {work.calm * 1000:.0f} ms, and "
        f"{work.flooded * 1000:.0f} ms during floods of {FLOOD} sockets"
    )
    kept = not through and work.slower <= SLOWER
    return Promise(2, "Nobody gets in", figure, kept=kept)

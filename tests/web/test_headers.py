"""What every answer says to the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from core.web import headers, runtime
from tests.web.conftest import TEACHERS, Served, serving
from tests.web.visits import PASSWORD, Browser

EVERYWHERE = [
    "/",
    "/alerts",
    "/sign-in",
    "/forgotten",
    "/reset",
    "/set-up",
    "/code",
    "/authenticator",
    "/change-password",
    "/session/alive",
    "/health",
    "/assets/guard.js",
    "/assets/none.js",
    f"/files/{'0' * 32}",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/bidi-components/bigger-picture.bar/index.js",
    "/media/00.png",
    "/nowhere/at/all",
    *sorted(runtime.static_files())[:3],
]


@pytest.fixture(scope="module")
def teacher(served: Served) -> Browser:
    return served.signed_in(TEACHERS[0])


@pytest.mark.parametrize("address", EVERYWHERE)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_every_answer_has_its_headers(
    served: Served, teacher: Browser, address: str, method: str
) -> None:
    for anybody in (served.browser(), teacher):
        answer = anybody.http.request(method, address, headers=anybody.from_page)
        for name, value in headers.ALWAYS.items():
            assert answer.headers[name] == value
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_nothing_but_static_files_is_stored_by_a_browser(teacher: Browser, address: str) -> None:
    kept = teacher.http.get(address, headers=teacher.from_page).headers.get("cache-control")
    is_static = address.startswith(("/assets/", "/static/", "/health"))
    assert is_static or kept == "no-store"


def test_a_refusal_has_the_headers_too(served: Served) -> None:
    answer = served.browser().http.post("/sign-in", headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("address", ["/", "/sign-in"])
def test_scripts_come_from_here_and_the_one_inline_script_is_known_by_its_hash(
    teacher: Browser, served: Served, address: str
) -> None:
    browser = teacher if address == "/" else served.browser()
    answer = browser.http.get(address)
    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
    )
    inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", answer.text)
    hashes = [source for source in policy["script-src"].split() if source.startswith("'sha256-")]
    assert len(inline) == len(hashes) == (1 if address == "/" else 0)
    assert "unsafe" not in policy["script-src"] and "http" not in policy["script-src"]
    assert policy["connect-src"] == "'self'" and policy["form-action"] == "'self'"


def test_the_page_names_no_other_product_and_no_way_in_for_machines(teacher: Browser) -> None:
    page = teacher.http.get("/").text
    assert "<title>Bigger Picture</title>" in page
    assert not re.search(r"Streamlit|agent|github|_stcore", re.sub(r'"\./static/.*?"', "", page))


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("tls")
    with serving(folder, ADDRESS="https://app.school.example") as running:
        yield running


def through_proxy(served: Served, origin: str = "https://app.school.example") -> httpx.Client:
    sent = {"Origin": origin, "Host": "app.school.example"}
    return httpx.Client(base_url=served.address, headers=sent, trust_env=False)


def test_behind_tls_the_cookie_is_bound_to_the_host_and_browsers_stay_with_https(
    behind_tls: Served,
) -> None:
    form = {"email": TEACHERS[0], "password": PASSWORD}
    answer = through_proxy(behind_tls).post("/sign-in", data=form)
    cookie = answer.headers["set-cookie"]
    assert re.fullmatch(
        r"__Host-session=[\w-]{43}; HttpOnly; Path=/; SameSite=strict; Secure", cookie
    )
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_behind_tls_streamlits_own_cookie_is_secure(behind_tls: Served) -> None:
    client = through_proxy(behind_tls)
    form = {"email": TEACHERS[0], "password": PASSWORD}
    cookie = client.post("/sign-in", data=form).headers["set-cookie"].split(";")[0]
    answer = client.get("/_stcore/health", headers={"Cookie": cookie})
    assert answer.status_code == 200
    assert "_streamlit_xsrf" in answer.headers["set-cookie"]
    assert answer.headers["set-cookie"].count("Secure") == 1


def test_behind_tls_a_page_without_it_is_another_origin(behind_tls: Served) -> None:
    client = through_proxy(behind_tls, origin="http://app.school.example")
    assert client.post("/sign-in", data={}).status_code == 403


def test_without_tls_nothing_claims_it(served: Served) -> None:
    forged = served.browser().http.get("/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert "strict-transport-security" not in forged.headers

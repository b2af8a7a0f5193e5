"""What every response carries, and which origins may ask."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.api.serving import FLOW, Talk, assert_problem, open_app

pytestmark = pytest.mark.anyio
LISTED = "https://practice.example"


@pytest.fixture(scope="module")
async def http(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    async with open_app(tmp_path_factory.mktemp("data"), origins=LISTED) as client:
        yield client


@pytest.fixture(scope="module")
async def behind_tls(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    folder = tmp_path_factory.mktemp("data")
    async with open_app(folder, public_url="https://words.example", exit_url="https://a.example/b") as client:
        yield client


PATHS = ["/v1/flows", "/v1/nowhere", "/v1/conversations/x", "/healthz", "/openapi.json", "/nowhere"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_response_carries_the_walls(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "require-trusted-types-for 'script'; trusted-types iw" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/v1/flows"])
async def test_only_flows_may_be_kept_by_a_cache(http: httpx.AsyncClient, path: str) -> None:
    assert (await http.get(path)).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/static/words.css?v=1", "public, max-age=31536000, immutable"),
        ("/static/words.css", "no-cache"),
        ("/static/none.css?v=1", "no-store"),
        ("/static/../main.py?v=1", "no-store"),
    ],
)
async def test_a_file_is_kept_for_good_where_its_address_changes_with_it(
    http: httpx.AsyncClient, path: str, caching: str
) -> None:
    assert (await http.get(path)).headers["cache-control"] == caching


async def test_files_are_pressed_small_and_what_holds_words_is_not(http: httpx.AsyncClient) -> None:
    sent = {"Accept-Encoding": "gzip"}
    packed = await http.get("/static/words.css?v=1", headers=sent)
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    plain = await http.get("/static/words.css?v=1", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == packed.text
    for path in ("/", "/help", "/v1/flows", "/openapi.json", "/c/cnv_unknown"):
        assert "content-encoding" not in (await http.get(path, headers=sent)).headers, path


async def test_robots_are_told_to_keep_out_of_the_api(http: httpx.AsyncClient) -> None:
    assert (await http.get("/v1/flows")).headers["x-robots-tag"] == "noindex"


async def test_each_request_has_an_id_of_its_own_that_no_caller_chooses(http: httpx.AsyncClient) -> None:
    sent = {"X-Request-Id": "ZEBRA-7391"}
    ids = {(await http.get("/healthz", headers=sent)).headers["x-request-id"] for _ in range(2)}
    assert len(ids) == 2
    assert "ZEBRA-7391" not in ids


async def test_behind_tls_browsers_are_told_to_stay_there(behind_tls: httpx.AsyncClient) -> None:
    headers = (await behind_tls.get("/healthz")).headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "form-action 'self' https://a.example;" in headers["content-security-policy"]


async def test_a_listed_origin_may_read_and_brings_no_cookie(http: httpx.AsyncClient) -> None:
    headers = (await http.get("/v1/flows", headers={"Origin": LISTED})).headers
    assert headers["access-control-allow-origin"] == LISTED
    assert "access-control-allow-credentials" not in headers
    assert "ETag" in headers["access-control-expose-headers"]
    assert headers["vary"] == "Origin"


async def test_a_listed_origin_may_ask_beforehand(http: httpx.AsyncClient) -> None:
    asked = {
        "Origin": LISTED,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, idempotency-key",
    }
    response = await http.request("OPTIONS", "/v1/conversations/x/answers", headers=asked)
    assert response.status_code == 204
    assert "Idempotency-Key" in response.headers["access-control-allow-headers"]
    assert "PUT" in response.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", LISTED + ":8443", LISTED + ".evil.example"]
)
async def test_another_origin_may_not_ask_at_all(http: httpx.AsyncClient, origin: str) -> None:
    asked = {"Origin": origin}
    response = await http.post("/v1/conversations", json={"flow": FLOW}, headers=asked)
    assert_problem(response, 403, "origin-not-allowed")
    assert "access-control-allow-origin" not in response.headers
    before = {**asked, "Access-Control-Request-Method": "POST"}
    assert_problem(await http.request("OPTIONS", "/v1/flows", headers=before), 403, "origin-not-allowed")


async def test_without_an_origin_the_response_still_varies_by_it(http: httpx.AsyncClient) -> None:
    headers = (await http.get("/v1/flows")).headers
    assert headers["vary"] == "Origin"
    assert "access-control-allow-origin" not in headers


async def test_our_own_origin_may_ask(http: httpx.AsyncClient, behind_tls: httpx.AsyncClient) -> None:
    own = {"Origin": "http://127.0.0.1:8000"}
    assert (await http.get("/v1/flows", headers=own)).status_code == 200
    assert (await behind_tls.get("/v1/flows", headers={"Origin": "https://words.example"})).status_code == 200
    assert_problem(await behind_tls.get("/v1/flows", headers=own), 403, "origin-not-allowed")


async def test_problems_can_be_read_by_a_listed_origin(http: httpx.AsyncClient) -> None:
    response = await http.get("/v1/conversations/x", headers={"Origin": LISTED})
    assert_problem(response, 401, "missing-token")
    assert response.headers["access-control-allow-origin"] == LISTED


async def test_the_printed_note_asks_for_nothing_from_elsewhere(http: httpx.AsyncClient) -> None:
    page = await (await Talk.begin(http)).ask("GET", "/note.html")
    assert "://" not in page.text
    assert "<script" not in page.text


async def test_no_ready_made_documentation_page_is_served(http: httpx.AsyncClient) -> None:
    for path in ("/docs", "/redoc"):
        assert (await http.get(path)).status_code == 404

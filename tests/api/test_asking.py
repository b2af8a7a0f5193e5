"""How every client may ask: HEAD, conditions, languages, other origins, and the same thing twice."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.api.serving import Talk, assert_problem, open_app
from tests.contract.test_openapi import OPENAPI

pytestmark = pytest.mark.anyio
LISTED = "https://practice.example"
REPEATABLE = [
    told["operationId"]
    for methods in OPENAPI["paths"].values()
    for told in methods.values()
    if any(each["name"] == "Idempotency-Key" for each in told.get("parameters", ()))
]
DONE_TWICE = {"leave", "erase", "revoke_share", "resume", "open_share"}
"""Without a key: a second `leave`, `erase` or `revoke_share` finds nothing, and it is done. A code opens for
ten minutes. Opening a link is the therapist's, and counts."""


@pytest.fixture(scope="module")
async def http(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    async with open_app(tmp_path_factory.mktemp("data"), origins=LISTED) as client:
        yield client


async def answered(http: httpx.AsyncClient) -> Talk:
    talk = await Talk.begin(http)
    await talk.answer(text="I don't feel heard by her.")
    return talk


PAGES = [
    "/",
    "/talk/connection",
    "/help",
    "/resume",
    "/privacy",
    "/developers",
    "/developers/api",
    "/authors",
]
FILES = ["/openapi.json", "/healthz", "/readyz", "/static/words.css", "/v1/flows", "/v1/flows/connection"]
HELD = ["", "/note", "/note.html", "/note.pdf", "/note.txt", "/note.md", "/shares", "/export"]


@pytest.mark.parametrize("path", [*PAGES, *FILES])
async def test_head_is_answered_like_get_and_without_a_body(http: httpx.AsyncClient, path: str) -> None:
    got, asked = await http.get(path), await http.head(path)
    assert (asked.status_code, asked.content) == (got.status_code, b"") == (200, b"")
    assert asked.headers["content-type"] == got.headers["content-type"]
    assert asked.headers.get("etag") == got.headers.get("etag")


@pytest.mark.parametrize("path", HELD)
async def test_head_of_a_conversation_is_answered_like_get(http: httpx.AsyncClient, path: str) -> None:
    talk = await answered(http)
    got = await talk.ask("GET", path)
    bearer = {"Authorization": f"Bearer {talk.token}"}
    asked = await http.head(f"/v1/conversations/{talk.id}{path}", headers=bearer)
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers.get("etag") == got.headers.get("etag")
    assert asked.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("path", ["/nowhere", "/v1/conversations/x", "/c/cnv_unknown"])
async def test_a_refused_head_has_the_status_of_get(http: httpx.AsyncClient, path: str) -> None:
    got, asked = await http.get(path), await http.head(path)
    assert (asked.status_code, asked.content) == (got.status_code, b"")


async def test_what_is_only_for_get_says_that_head_goes_too(http: httpx.AsyncClient) -> None:
    assert (await http.post("/v1/flows")).headers["allow"] == "GET, HEAD"


async def test_what_is_refused_says_everything_that_may_be_done_there(http: httpx.AsyncClient) -> None:
    refused = await http.put("/v1/conversations/x")
    assert_problem(refused, 405, None)
    assert refused.headers["allow"] == "GET, HEAD, PATCH, DELETE"
    assert (await http.post("/v1/conversations/x/note")).headers["allow"] == "GET, HEAD, PATCH"


@pytest.mark.parametrize("path", ["", "/note", "/note.html", "/note.pdf", "/note.txt", "/note.md"])
async def test_what_is_known_already_is_not_sent_again(http: httpx.AsyncClient, path: str) -> None:
    talk = await answered(http)
    tag = (await talk.ask("GET", path)).headers["etag"]
    again = await talk.ask("GET", path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    await talk.answer(skipped=True)
    assert (await talk.ask("GET", path, headers={"If-None-Match": tag})).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/answers", {"question_id": "opening", "skipped": True}),
        ("PUT", "/answers/opening", {"text": "other words"}),
        ("POST", "/back", {}),
        ("PATCH", "", {"country": "IE"}),
        ("PATCH", "/note", {"edits": []}),
    ],
    ids=["answer", "change", "back", "settings", "note"],
)
async def test_a_change_under_an_old_tag_is_a_failed_precondition_with_the_turn(
    http: httpx.AsyncClient, method: str, path: str, body: dict[str, object]
) -> None:
    talk = await answered(http)
    response = await talk.ask(method, path, json=body, headers={"If-Match": '"1"'})
    assert assert_problem(response, 412, "stale-version")["turn"] == talk.turn
    assert response.headers["etag"] == f'"{talk.version}"'


@pytest.mark.parametrize("asked", ["en", "en-GB", "de", "de;q=0.9, en;q=0.1", "", "*", "x" * 2000])
async def test_a_problem_says_in_which_language_it_is(http: httpx.AsyncClient, asked: str) -> None:
    response = await http.get("/v1/flows/none", headers={"Accept-Language": asked})
    assert_problem(response, 404, "flow-not-found")
    assert response.headers["content-language"] == "en"
    assert {each.strip() for each in response.headers["vary"].split(",")} == {"Accept-Language", "Origin"}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
async def test_a_browser_elsewhere_may_ask_beforehand_for_every_method(
    http: httpx.AsyncClient, method: str
) -> None:
    asked = {"Origin": LISTED, "Access-Control-Request-Method": method}
    answered = await http.request("OPTIONS", "/v1/conversations/x", headers=asked)
    assert (answered.status_code, answered.headers["access-control-allow-origin"]) == (204, LISTED)
    assert method in answered.headers["access-control-allow-methods"]
    for name in ("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"):
        assert name in answered.headers["access-control-allow-headers"]
    assert "Origin" in answered.headers["vary"]


async def test_a_browser_elsewhere_may_read_what_a_client_needs(http: httpx.AsyncClient) -> None:
    shown = (await http.get("/v1/flows/none", headers={"Origin": LISTED})).headers
    for name in ("ETag", "Location", "Retry-After", "X-PDF-Standard", "X-Request-Id"):
        assert name in shown["access-control-expose-headers"]


def test_whatever_changes_something_takes_a_key_or_needs_none() -> None:
    changing = {
        told["operationId"]
        for methods in OPENAPI["paths"].values()
        for method, told in methods.items()
        if method != "get"
    }
    assert changing - set(REPEATABLE) == DONE_TWICE


async def test_a_link_asked_for_twice_is_one_link(http: httpx.AsyncClient) -> None:
    talk = await answered(http)
    body = {"length": "letter", "tone": "plain", "pin": True}
    key = {"Idempotency-Key": "once"}
    first = await talk.ask("POST", "/shares", json=body, headers=key)
    second = await talk.ask("POST", "/shares", json=body, headers=key)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert len((await talk.ask("GET", "/shares")).json()["shares"]) == 1
    other = await talk.ask("POST", "/shares", json=body, headers={"Idempotency-Key": "twice"})
    assert other.json()["url"] != first.json()["url"]
    assert other.json()["pin"] != first.json()["pin"]


async def test_a_key_does_not_stand_for_two_links(http: httpx.AsyncClient) -> None:
    talk, key = await answered(http), {"Idempotency-Key": "once"}
    await talk.ask("POST", "/shares", json={"length": "letter", "tone": "plain"}, headers=key)
    other = await talk.ask("POST", "/shares", json={"length": "opener", "tone": "plain"}, headers=key)
    assert_problem(other, 422, "repeat-differs")


async def test_the_key_of_somebody_else_makes_another_link_and_another_code(http: httpx.AsyncClient) -> None:
    one, other = await answered(http), await answered(http)
    key, body = {"Idempotency-Key": "once"}, {"length": "letter", "tone": "plain"}
    links = [await each.ask("POST", "/shares", json=body, headers=key) for each in (one, other)]
    codes = [await each.ask("POST", "/resume-code", headers=key) for each in (one, other)]
    assert links[0].json()["url"] != links[1].json()["url"]
    assert codes[0].json()["code"] != codes[1].json()["code"]


async def test_a_code_asked_for_twice_is_one_code_that_opens(http: httpx.AsyncClient) -> None:
    talk, key = await answered(http), {"Idempotency-Key": "once"}
    codes = [(await talk.ask("POST", "/resume-code", headers=key)).json()["code"] for _ in range(2)]
    assert codes[0] == codes[1]
    resumed = await http.post("/v1/resume", json={"code": codes[0]})
    assert resumed.json()["turn"] == talk.turn


@pytest.mark.parametrize("path", ["/leave", ""])
async def test_leaving_or_erasing_twice_finds_that_it_is_done(http: httpx.AsyncClient, path: str) -> None:
    talk = await answered(http)
    method = "POST" if path else "DELETE"
    assert (await talk.ask(method, path)).status_code == 204
    assert_problem(await talk.ask(method, path), 404, "conversation-not-found")

"""Every door by which an error leaves returns the one shape, and repeats nothing of the request."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app
from tests.api.serving import FLOW, Talk, assert_problem, served, settings_in

pytestmark = pytest.mark.anyio
MARKER = "ZEBRA-7391"
JSON = {"Content-Type": "application/json"}


async def _fails() -> None:
    raise RuntimeError(MARKER)


@pytest.fixture(scope="module")
async def http(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    app: FastAPI = create_app(settings_in(tmp_path_factory.mktemp("data")))
    app.add_api_route("/v1/fails", _fails)
    async with served(app) as client:
        yield client


async def test_an_unknown_address_is_a_problem(http: httpx.AsyncClient) -> None:
    response = await http.get(f"/v1/{MARKER}?{MARKER}={MARKER}")
    assert_problem(response, 404, None)
    assert MARKER not in response.text


async def test_a_wrong_method_is_a_problem_that_names_the_right_ones(http: httpx.AsyncClient) -> None:
    response = await http.put("/v1/flows")
    assert_problem(response, 405, None)
    assert response.headers["allow"] == "GET, HEAD"


async def test_a_bug_says_nothing_but_its_request_id(http: httpx.AsyncClient) -> None:
    response = await http.get("/v1/fails")
    body = assert_problem(response, 500, "unexpected")
    assert body["instance"] == f"urn:uuid:{response.headers['x-request-id']}"
    assert MARKER not in response.text


async def test_a_missing_token_is_asked_for(talk: Talk) -> None:
    response = await talk.http.get(f"/v1/conversations/{talk.id}")
    assert_problem(response, 401, "missing-token")
    assert response.headers["www-authenticate"] == "Bearer"


async def test_a_cookie_opens_nothing(talk: Talk) -> None:
    headers = {"Cookie": f"iw={talk.token}; __Secure-iw={talk.token}"}
    response = await talk.http.get(f"/v1/conversations/{talk.id}", headers=headers)
    assert_problem(response, 401, "missing-token")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b'{"flow": "ZEBRA-7391', id="cut short"),
        pytest.param(b'{"flow": NaN}', id="no number"),
        pytest.param(b'{"flow": 1e400}', id="beyond all numbers"),
        pytest.param(b'{"flow": "\\ud800 ZEBRA-7391"}', id="a lone surrogate"),
        pytest.param(b'{"flow": "\xff ZEBRA-7391"}', id="no UTF-8"),
        pytest.param(b"[" * 50_000, id="too deep"),
        pytest.param(b'{"flow":' * 10_000, id="objects too deep"),
        pytest.param(b'["ZEBRA-7391"]', id="a list"),
        pytest.param(b'"ZEBRA-7391"', id="a text"),
        pytest.param(b'{"flow": "connection", "ZEBRA-7391": 1}', id="an unknown field"),
        pytest.param(b'{"flow": ["ZEBRA-7391"]}', id="a list for a text"),
        pytest.param(b'{"flow": "connection", "country": "ZEBRA-7391"}', id="no country"),
        pytest.param(b'{"flow": "connection", "language": "ZEBRA-7391!"}', id="no language"),
    ],
)
async def test_a_body_that_cannot_be_read_is_a_problem_without_a_word_of_it(
    http: httpx.AsyncClient, body: bytes
) -> None:
    response = await http.post("/v1/conversations", content=body, headers=JSON)
    problem = assert_problem(response, 422, "invalid-request")
    assert problem["errors"]
    assert "ZEBRA" not in response.text


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
async def test_a_body_of_another_kind_is_not_read(http: httpx.AsyncClient, kind: str) -> None:
    response = await http.post(
        "/v1/conversations", content=b'{"flow": "connection"}', headers={"Content-Type": kind}
    )
    assert_problem(response, 422, "invalid-request")


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"question_id": "opening", "skipped": True}, "/version"),
        ({"version": 1, "skipped": True}, "/question_id"),
        ({"version": "1", "question_id": "opening", "skipped": True}, "/version"),
        ({"version": 0, "question_id": "opening", "skipped": True}, "/version"),
        ({"version": 1, "question_id": "opening"}, ""),
        ({"version": 1, "question_id": "opening", "value": "a", "values": ["a"]}, ""),
        ({"version": 1, "question_id": "opening", "text": "a", "skipped": True}, ""),
        ({"version": 1, "question_id": "opening", "values": ["a", 2]}, "/values/1"),
        ({"version": 1, "question_id": "opening", "text": 1}, "/text"),
    ],
)
async def test_a_fault_is_pointed_at_by_our_own_name(
    talk: Talk, given: dict[str, object], pointer: str
) -> None:
    problem = assert_problem(await talk.ask("POST", "/answers", json=given), 422, "invalid-request")
    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("path", "pointer"),
    [("/note?length=novel", "query/length"), ("/note?tone=ZEBRA-7391", "query/tone")],
)
async def test_a_fault_in_the_address_is_pointed_at_too(talk: Talk, path: str, pointer: str) -> None:
    response = await talk.ask("GET", path)
    assert assert_problem(response, 422, "invalid-request")["errors"][0]["pointer"] == pointer
    assert MARKER not in response.text


@pytest.mark.parametrize("tag", ["1", "*", '"ZEBRA-7391"', 'W/"1"'])
async def test_a_tag_that_is_no_version_is_a_problem(talk: Talk, tag: str) -> None:
    response = await talk.ask("POST", "/back", headers={"If-Match": tag})
    assert_problem(response, 422, "invalid-request")
    assert MARKER not in response.text


async def test_a_body_above_the_cap_is_refused_by_its_declared_length(talk: Talk) -> None:
    response = await talk.answer(text="a" * 128 * 1024)
    assert_problem(response, 413, "too-large")


async def test_a_body_above_the_cap_is_refused_while_it_streams(talk: Talk) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 16 * 1024
            yield b"a" * 16 * 1024

    response = await talk.ask("POST", "/answers", content=endless(), headers=JSON)
    assert_problem(response, 413, "too-large")
    assert sent <= 10 * 16 * 1024


async def test_a_text_just_below_the_cap_is_read(talk: Talk) -> None:
    response = await talk.answer(text="a " * 60 * 1024)
    assert response.status_code == 200


async def test_a_slash_at_the_end_is_another_address(http: httpx.AsyncClient) -> None:
    assert_problem(await http.get("/v1/flows/"), 404, None)


async def test_control_characters_are_replaced_once_and_all_else_is_kept(talk: Talk) -> None:
    typed = "a\r\nb\rc\td\x00e\x1bf\x7fg\x85h\u200di\u202ej\ufeffk\u2028l e\u0301 \U0001f642"
    await talk.answer(text=typed)
    held = (await talk.ask("GET", "/export")).json()["answers"][0]["text"]
    kept = "a\nb\nc\td\ufffde\ufffdf\ufffdg\ufffdh\u200di\u202ej\ufeffk\u2028l e\u0301 \U0001f642"
    assert held == kept


async def test_a_conversation_in_another_format_of_address_is_the_same_404(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http, FLOW)
    headers = {"Authorization": f"Bearer {talk.token}"}
    for path in ("/v1/conversations/%00", "/v1/conversations/" + "a" * 5000, "/v1/conversations/%ff"):
        assert_problem(await http.get(path, headers=headers), 404, "conversation-not-found")

"""Each success and each problem that the OpenAPI promises is produced, and fits its schema."""

import contextlib
import re
import sqlite3
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest

from app.main import create_app
from app.settings import Settings
from app.storage.share_seals import read_key, token_of
from app.web.examples import BY_OPERATION, EXPORT
from app.web.problems import CATALOGUE
from tests.api.serving import FLOW, Talk, assert_problem, create_app_in, plain_answer, served

pytestmark = pytest.mark.anyio
OPENAPI: dict[str, Any] = create_app(Settings()).openapi()
EVIL = {"Origin": "https://evil.example"}
Seen = tuple[str, int, str | None]

HELD: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    "look": ("GET", "", None),
    "answer": ("POST", "/answers", {"version": 1, "question_id": "opening", "text": "words"}),
    "change": ("PUT", "/answers/opening", {"version": 1, "text": "other words"}),
    "go_back": ("POST", "/back", {"version": 1}),
    "set_up": ("PATCH", "", {"version": 1, "keep_for": 3}),
    "export": ("GET", "/export", None),
    "show_note": ("GET", "/note", None),
    "show_note_as_page": ("GET", "/note.html", None),
    "show_note_as_pdf": ("GET", "/note.pdf", None),
    "show_note_as_text": ("GET", "/note.txt", None),
    "show_note_as_markdown": ("GET", "/note.md", None),
    "edit_note": ("PATCH", "/note", {"version": 1, "edits": []}),
    "make_share": ("POST", "/shares", {"length": "letter", "tone": "plain", "pin": True}),
    "list_shares": ("GET", "/shares", None),
    "revoke_share": ("DELETE", f"/shares/shr_{'A' * 22}", None),
    "make_resume_code": ("POST", "/resume-code", None),
    "leave": ("POST", "/leave", None),
    "erase": ("DELETE", "", None),
}
OPEN: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    "list_flows": ("GET", "/v1/flows", None),
    "show_flow": ("GET", f"/v1/flows/{FLOW}", None),
    "begin": ("POST", "/v1/conversations", {"flow": FLOW}),
    "resume": ("POST", "/v1/resume", {"code": "AAAA"}),
    "import": ("POST", "/v1/import", EXPORT),
}
LINK = f"/n/shr_{'A' * 22}"
MOVES = [name for name, example in BY_OPERATION.items() if example.matched]
TAGGED = [name for name, example in BY_OPERATION.items() if 304 in example.success]


def promised() -> set[Seen]:
    """Every operation, status and slug of the document."""
    found: set[Seen] = set()
    for name, example in BY_OPERATION.items():
        found |= {(name, status, None) for status in example.success}
        found |= {(name, CATALOGUE[slug].status, slug) for slug in example.problems}
        found |= {(name, 412, "stale-version")} if example.matched else set()
    return found


def operation_of(request: httpx.Request) -> dict[str, Any] | None:
    found = []
    for template, methods in OPENAPI["paths"].items():
        pattern = re.sub(r"\{question_id\}", ".+", template)
        pattern = re.sub(r"\{\w+\}", "[^/]+", pattern)
        if re.fullmatch(pattern, request.url.path) and request.method.lower() in methods:
            found.append(methods[request.method.lower()])
    return found[0] if found else None


def assert_as_shown(slug: str, body: dict[str, Any]) -> None:
    """A problem looks like its example; what the framework refuses has none."""
    name = f"{slug}-412" if body["status"] == 412 else slug
    shown = OPENAPI["components"]["examples"].get(name, {"value": body})["value"]
    assert (body.keys(), body["title"], body["status"]) == (shown.keys(), shown["title"], shown["status"])


class Recorder:
    """Notes what was produced, and holds each response against its schema."""

    def __init__(self) -> None:
        self.seen: set[Seen] = set()

    async def note(self, response: httpx.Response) -> None:
        operation = operation_of(response.request)
        if operation is None:
            return
        await response.aread()
        documented = operation["responses"].get(str(response.status_code))
        slug = None
        if documented is not None and "content" in documented:
            kind = response.headers["content-type"].split(";")[0]
            body = response.json() if kind.endswith("json") else response.text
            schema = documented["content"][kind]["schema"]
            whole = {**schema, "components": OPENAPI["components"]}
            jsonschema_rs.Draft202012Validator(whole).validate(body)
            if kind == "application/problem+json":
                slug = str(body["type"]).removeprefix("/developers#")
                assert_as_shown(slug, body)
        self.seen.add((operation["operationId"], response.status_code, slug))


@pytest.fixture
async def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
async def http(tmp_path: Path, recorder: Recorder) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app_in(tmp_path)
    async with served(app) as client:
        client.event_hooks["response"].append(recorder.note)
        yield client


async def send(talk: Talk, name: str, **changes: Any) -> httpx.Response:
    return await talk.ask(*HELD[name][:2], **{"json": HELD[name][2], **changes})


async def ended(http: httpx.AsyncClient) -> Talk:
    """A conversation with one answer behind it."""
    talk = await Talk.begin(http)
    await talk.answer(**plain_answer(talk.question, "words"))
    return talk


async def refuse_strangers(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    for method, path, body in OPEN.values():
        await http.request(method, path, json=body, headers=EVIL)
    for name, (method, path, body) in HELD.items():
        await send(talk, name, headers=EVIL)
        await http.request(method, f"/v1/conversations/{talk.id}{path}", json=body)
        await send(talk, name, headers={"Authorization": "Bearer none"})


async def refuse_what_cannot_be_read(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    wrong = {"content": b"{", "headers": {"Content-Type": "application/json"}, "json": None}
    for bad in (wrong, {**wrong, "content": b" " * 1030 * 1024}):
        for name in ("begin", "resume", "import"):
            await http.request(*OPEN[name][:2], content=bad["content"], headers=bad["headers"])
        for name in (*MOVES, "make_share"):
            await send(talk, name, **bad)
        link = {**bad["headers"], "Authorization": "Bearer iws_none"}
        await http.post(LINK, content=bad["content"], headers=link)
    for name in HELD:
        if name.startswith("show_note"):
            await send(talk, name, params={"tone": "none"})


async def refuse_stale_and_differing(http: httpx.AsyncClient) -> None:
    for name in MOVES:
        talk = await ended(http)
        await send(talk, name)
        await send(talk, name, headers={"If-Match": '"1"'})
        key = {"Idempotency-Key": "one"}
        await talk.ask("PATCH", json={"version": 2, "keep_for": 5}, headers=key)
        body = {**(HELD[name][2] or {}), "version": talk.version}
        await send(talk, name, json=body, headers=key)
    talk = await ended(http)
    for days in (1, 7):
        body = {"length": "letter", "tone": "plain", "expires_in": days}
        await send(talk, "make_share", json=body, headers={"Idempotency-Key": "one"})


async def refuse_what_is_not_there(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await http.get("/v1/flows/none")
    await http.post("/v1/conversations", json={"flow": "none"})
    await http.post("/v1/resume", json={"code": "AAAA-AAAA-AAAA-AAAA"})
    await http.post("/v1/import", json={**EXPORT, "flow": "none"})
    await send(talk, "change", json={"version": 1, "skipped": True})
    await send(talk, "edit_note", json={"version": 1, "edits": [{"id": "none", "keep": True}]})
    await send(talk, "revoke_share")
    record = await Talk.begin(http, "felt_wrong")
    await send(record, "make_share")
    await send(talk, "go_back")
    await send(talk, "answer", json={"version": 1, "question_id": "none", "skipped": True})
    await talk.finish()
    await send(talk, "answer", json={"version": talk.version, "question_id": "none", "skipped": True})


async def refuse_what_is_damaged(http: httpx.AsyncClient, database: Path) -> None:
    talk = await Talk.begin(http)
    with contextlib.closing(sqlite3.connect(database)) as db:
        db.execute("UPDATE access SET wrapped = zeroblob(61) WHERE conversation_id = ?", (talk.id,))
        db.commit()
    for name in HELD:
        if name != "erase":
            await send(talk, name)


async def succeed(http: httpx.AsyncClient) -> None:
    for method, path, body in OPEN.values():
        response = await http.request(method, path, json=body)
        if "etag" in response.headers and method == "GET":
            await http.request(method, path, headers={"If-None-Match": response.headers["etag"]})
    talk = await ended(http)
    for name, given in {
        "answer": {"question_id": talk.question["id"], "skipped": True},
        "change": {"text": "other words"},
        "go_back": {},
        "set_up": {"country": "IE"},
        "edit_note": {"edits": []},
    }.items():
        path = "/answers/" + (await talk.ask("GET")).json()["answers"][0]["question_id"]
        method = HELD[name][0]
        where = path if name == "change" else HELD[name][1]
        await talk.ask(method, where, json={"version": talk.version, **given})
    for name in HELD:
        if name in TAGGED or name in ("export", "make_resume_code"):
            response = await send(talk, name)
            await send(talk, name, headers={"If-None-Match": response.headers.get("etag", "")})
    code = (await send(talk, "make_resume_code")).json()["code"]
    await send(talk, "leave")
    resumed = await http.post("/v1/resume", json={"code": code})
    await send(Talk(http, resumed.json()), "erase")
    await http.get("/healthz")
    await http.get("/readyz")


async def open_links(http: httpx.AsyncClient) -> None:
    """A link is made, asks for its numbers, opens and ends; and more are tried than may be."""
    talk = await ended(http)
    made = (await send(talk, "make_share")).json()
    address, _, key = made["url"].partition("#")
    token = {"Authorization": f"Bearer {token_of(read_key(key))}"}
    for body in ({}, {"pin": made["pin"]}):
        await http.post(address, json=body, headers=token)
    await send(talk, "list_shares")
    await talk.ask("DELETE", f"/shares/{made['id']}")
    await http.post(address, json={})
    for _ in range(61):
        await http.post(address, json={}, headers=token)


async def erase_while_somebody_reads(http: httpx.AsyncClient, database: Path) -> None:
    talk = await ended(http)
    with contextlib.closing(sqlite3.connect(database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM conversation").fetchone()
        await send(talk, "erase")


async def test_all_that_is_promised_is_produced(
    http: httpx.AsyncClient, recorder: Recorder, tmp_path: Path
) -> None:
    database = tmp_path / "into-words.db"
    await refuse_strangers(http)
    await refuse_what_cannot_be_read(http)
    await refuse_stale_and_differing(http)
    await refuse_what_is_not_there(http)
    await refuse_what_is_damaged(http, database)
    await succeed(http)
    await open_links(http)
    await erase_while_somebody_reads(http, database)
    for _ in range(61):
        await http.post("/v1/resume", json={"code": "AAAA-AAAA-AAAA-AAAA"})
    made_elsewhere = {(name, 429, "too-many-requests") for name in ("begin", "import")}
    made_elsewhere |= {("is_ready", 503, "storage-unavailable")}
    assert promised() - recorder.seen - made_elsewhere == set()


async def test_too_many_creations_fit_their_schema_too(tmp_path: Path, recorder: Recorder) -> None:
    async with served(create_app_in(tmp_path, create_limit="1/minute")) as http:
        http.event_hooks["response"].append(recorder.note)
        for _ in range(2):
            key = {"Idempotency-Key": str(uuid.uuid4())}
            await http.post("/v1/conversations", json={"flow": FLOW}, headers=key)
        await http.post("/v1/import", json=EXPORT)
    assert {(name, 429, "too-many-requests") for name in ("begin", "import")} <= recorder.seen


async def test_without_its_store_everything_says_when_to_try_again(
    tmp_path: Path, recorder: Recorder
) -> None:
    app = create_app_in(tmp_path)
    async with served(app) as http:
        talk = await Talk.begin(http)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as http:
        http.event_hooks["response"].append(recorder.note)
        talk.http = http
        responses = [await send(talk, name) for name in HELD]
        responses.append(await http.post("/v1/conversations", json={"flow": FLOW}))
        responses.append(await http.get("/readyz"))
    for response in responses:
        assert_problem(response, 503, "storage-unavailable")
        assert response.headers["retry-after"] == "2"
    assert ("is_ready", 503, "storage-unavailable") in recorder.seen

"""The file of a conversation and the talk after it, on pages: no script, no word on a cover."""

import json
from typing import Any

import httpx
import pytest

from tests.api.paging import OURS, Page, Visitor

pytestmark = pytest.mark.anyio
WORDS = "i dont feel a connection"
ASK = "let me finish first"


async def asked_for(http: httpx.AsyncClient) -> Visitor:
    """Somebody with a note that asks for something."""
    visitor = await Visitor.begin(http, "soon")
    await visitor.send(await visitor.see(), text=WORDS)
    await visitor.send(await visitor.see(), text=ASK)
    return visitor


async def file_of(visitor: Visitor) -> bytes:
    response = await visitor.ask("GET", "/export")
    assert response.headers["content-disposition"] == 'attachment; filename="notes.json"'
    return response.content


async def sent(http: httpx.AsyncClient, content: bytes, **more: Any) -> httpx.Response:
    """The form of the page, with this file."""
    page = Page(await http.get("/resume"))
    form = next(form for form in page.forms if form.action == "/resume/file")
    files = {"file": ("notes.json", content, "application/json")}
    return await http.post(form.action, data=form.fields, files=files, headers=OURS, **more)


async def test_the_file_opens_a_new_conversation_behind_a_cover(http: httpx.AsyncClient) -> None:
    visitor = await asked_for(http)
    note = (await visitor.see("/note")).text
    response = await sent(http, await file_of(visitor))
    assert response.status_code == 303, response.text
    back = Visitor.given(http, response)
    assert back.id != visitor.id
    cover = await back.follow(response)
    assert "Your conversation is open" in cover.headings
    assert "made from your file" in cover.text
    assert WORDS not in cover.text
    assert "questions have changed" not in cover.text
    assert f"you could {ASK}" in (await back.see("/note")).text
    assert (await visitor.see("/note")).text == note


async def test_a_file_of_other_questions_says_so(http: httpx.AsyncClient) -> None:
    visitor = await asked_for(http)
    file = json.loads(await file_of(visitor))
    file["conversation"]["revision"] = "sha256:" + "0" * 64
    response = await sent(http, json.dumps(file).encode())
    cover = await Visitor.given(http, response).follow(response)
    assert "The questions have changed since you saved it." in cover.text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ZEBRA-7391",
        b"[" * 60_000,
        b'{"format": 1, "flow": "ZEBRA-7391", "conversation": {}}',
        b"\xff" * 50,
    ],
    ids=["none", "no file of ours", "too deep", "no conversation", "no text"],
)
async def test_what_is_no_file_of_ours_says_what_to_do_and_repeats_nothing(
    http: httpx.AsyncClient, content: bytes
) -> None:
    page = Page(await sent(http, content))
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.links["Go to the file"] == "#file"
    assert "ZEBRA" not in page.html


async def test_a_file_that_is_too_large_is_not_read(http: httpx.AsyncClient) -> None:
    assert (await sent(http, b" " * 2_000_000)).status_code == 413


async def test_a_form_that_sends_no_parts_is_refused(http: httpx.AsyncClient) -> None:
    response = await http.post(
        "/resume/file", content=b"nothing", headers={**OURS, "Content-Type": "multipart/form-data"}
    )
    assert response.status_code == 422


async def test_another_site_cannot_open_a_file_here(http: httpx.AsyncClient) -> None:
    files = {"file": ("notes.json", b"{}", "application/json")}
    response = await http.post("/resume/file", files=files, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


async def test_the_note_leads_on_to_a_talk_after_the_talk(http: httpx.AsyncClient) -> None:
    visitor = await asked_for(http)
    page = await visitor.see("/note")
    form = next(form for form in page.forms if form.action == f"/c/{visitor.id}/next/after")
    response = await visitor.ask("POST", "/next/after", data=form.fields)
    assert response.status_code == 303, response.text
    assert Page(await visitor.ask("GET", "/note")).status == 200
    after = Visitor.given(http, response)
    cover = await after.follow(response)
    assert "What you asked for last time is in it." in cover.text
    assert ASK not in cover.text
    assert f"Last time you asked for this: “{ASK}”" in (await after.see()).text
    again = await visitor.ask("POST", "/next/after", data=form.fields)
    assert again.headers["location"] == response.headers["location"]


async def test_a_file_leads_on_too(http: httpx.AsyncClient) -> None:
    response = await sent(http, await file_of(await asked_for(http)))
    back = Visitor.given(http, response)
    cover = await back.follow(response)
    form = next(form for form in cover.forms if form.action.endswith("/next/after"))
    moved = await back.ask("POST", "/next/after", data=form.fields)
    after = Visitor.given(http, moved)
    assert ASK in (await after.see()).text


@pytest.mark.parametrize("flow", ["felt_wrong", "ending"])
async def test_nothing_leads_back_to_them_from_a_record_or_an_end(http: httpx.AsyncClient, flow: str) -> None:
    visitor = await Visitor.begin(http, flow)
    page = await visitor.see()
    given = {"text": WORDS} if flow == "felt_wrong" else {"values": "ending"}
    await visitor.send(page, **given)
    assert "/next/" not in (await visitor.see("/note")).html


async def test_a_flow_that_is_not_there_leads_nowhere(http: httpx.AsyncClient) -> None:
    visitor = await asked_for(http)
    response = await visitor.ask("POST", "/next/none", data={"key": ""})
    assert response.status_code == 404


async def test_the_same_page_opens_another_file_and_one_that_has_gone_on(http: httpx.AsyncClient) -> None:
    page = Page(await http.get("/resume"))
    fields = next(form for form in page.forms if form.action == "/resume/file").fields
    content = await file_of(await asked_for(http))
    opened = []
    for sent_now in (content, content, content + b" "):
        files = {"file": ("notes.json", sent_now, "application/json")}
        response = await http.post("/resume/file", data=fields, files=files, headers=OURS)
        opened.append(Visitor.given(http, response).id)
    assert opened[0] == opened[1] != opened[2]

"""The ways out and back in, help without the database, and the pages about the house."""

import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from app.flows.library import Library, read_folder
from app.web.problems import CATALOGUE
from tests.api.paging import OURS, Page, Visitor
from tests.api.serving import FLOWS, create_app_in, served

pytestmark = pytest.mark.anyio
WORDS = "i dont feel a connection"


async def with_words(http: httpx.AsyncClient) -> Visitor:
    visitor = await Visitor.begin(http)
    await visitor.send(await visitor.see(), text=WORDS)
    return visitor


async def test_leave_opens_the_plain_site_and_takes_the_key_back(http: httpx.AsyncClient) -> None:
    visitor = await with_words(http)
    response = await visitor.ask("POST", "/leave")
    assert (response.status_code, response.headers["location"]) == (303, "https://www.wikipedia.org/")
    assert response.headers["clear-site-data"] == '"cache", "storage"'
    assert "Max-Age=0" in response.headers["set-cookie"]
    assert f"Path=/c/{visitor.id};" in response.headers["set-cookie"]
    assert (await visitor.ask("GET")).status_code == 404


async def test_leave_works_where_nothing_is_open(http: httpx.AsyncClient) -> None:
    response = await http.post("/c/cnv_unknown/leave", headers=OURS)
    assert response.status_code == 303


async def test_a_code_is_shown_once_and_opens_the_conversation_behind_a_cover(
    http: httpx.AsyncClient,
) -> None:
    visitor = await with_words(http)
    page = Page(await visitor.ask("POST", "/resume-code"))
    code = page.html.partition('class="code">')[2].partition("<")[0]
    assert len(code.replace("-", "")) == 16
    assert code not in (await visitor.see("/resume-code")).text
    assert "Your code opens it again." in (await visitor.see()).text
    await visitor.ask("POST", "/leave")
    response = await http.post("/resume", data={"code": code.lower()}, headers=OURS)
    assert response.headers["location"] == f"/c/{visitor.id}/opened"
    back = Visitor.given(http, response)
    cover = await back.see("/opened")
    assert "Your conversation is open" in cover.text
    assert WORDS not in cover.text
    assert WORDS in (await back.see()).text


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA", "not a code"])
async def test_a_code_that_opens_nothing_says_what_to_check(http: httpx.AsyncClient, code: str) -> None:
    page = Page(await http.post("/resume", data={"code": code}, headers=OURS))
    assert page.status == 404
    assert page.title.startswith("Error: ")
    assert page.links["Go to the code"] == "#code"


async def test_deleting_is_asked_as_two_answers_of_equal_weight(http: httpx.AsyncClient) -> None:
    page = await (await with_words(http)).see("/delete")
    choices = page.html.partition('<div class="choices')[2].partition("</div>")[0]
    assert re.findall(r">([^<]+)</(?:button|a)>", choices) == ["Delete everything", "Keep it, go back"]
    assert 'class="go"' not in page.html


async def test_deleting_is_asked_for_once_and_then_everything_is_gone(http: httpx.AsyncClient) -> None:
    visitor = await with_words(http)
    asked = await visitor.see("/delete")
    assert "This erases every answer" in asked.text
    response = await visitor.ask("POST", "/delete")
    assert "It is erased" in response.text
    assert response.headers["clear-site-data"] == '"cache", "storage"'
    assert (await visitor.ask("GET")).status_code == 404


async def test_the_page_of_help_is_there_for_each_country_and_for_none(http: httpx.AsyncClient) -> None:
    nowhere, britain = Page(await http.get("/help")), Page(await http.get("/help?country=gb"))
    assert "findahelpline.com" in nowhere.text
    assert "findahelpline.com" in britain.text
    assert 'href="tel:999"' in britain.html
    assert {"under_18", "worried_about_someone", "device"} <= set(britain.ids)
    assert (await http.get("/help?country=%00zebra")).text == nowhere.html


async def test_the_country_is_kept_with_the_conversation(http: httpx.AsyncClient) -> None:
    visitor = await with_words(http)
    page = await visitor.post("/help", {"country": "IE"})
    assert "Numbers for Ireland" in page.text
    assert (await visitor.see()).links["Get help now"] == f"/c/{visitor.id}/help?country=IE"
    assert page.links["Back to where you were"] == f"/c/{visitor.id}#turn"


async def test_the_country_is_taken_back_and_an_unknown_one_changes_nothing(http: httpx.AsyncClient) -> None:
    visitor = await with_words(http)
    await visitor.post("/help", {"country": "IE"})
    await visitor.post("/help", {"country": "ZZ"})
    assert (await visitor.see()).links["Get help now"] == f"/c/{visitor.id}/help?country=IE"
    await visitor.post("/help", {"country": ""})
    assert (await visitor.see()).links["Get help now"] == f"/c/{visitor.id}/help"


async def test_help_and_what_was_typed_outlast_the_database(tmp_path: Path) -> None:
    app = create_app_in(tmp_path)
    async with served(app) as http:
        visitor = await Visitor.begin(http)
        first = await visitor.see()
        await app.state.house.service.pinned.store.close()
        assert (await visitor.see("/help?country=GB")).status == 200
        assert (await visitor.see("/delete")).status == 200
        unsaved = await visitor.send(first, text=WORDS)
        assert (unsaved.status, unsaved.response.headers["retry-after"]) == (503, "2")
        assert unsaved.question.fields["text"] == WORDS
        assert unsaved.question.fields["key"] == first.question.fields["key"]
        assert "findahelpline.com" in unsaved.text
        left = await visitor.ask("POST", "/leave")
        assert left.status_code == 303


async def test_every_problem_has_its_own_sentences(http: httpx.AsyncClient) -> None:
    source = (Path(__file__).parents[2] / "app/templates/problem.html").read_text("utf-8")
    drawn_elsewhere = {"conversation-not-found", "missing-token"}
    assert [slug for slug in CATALOGUE if f'"{slug}"' not in source and slug not in drawn_elsewhere] == []


async def test_the_twelve_lines_for_authors_are_a_flow_that_passes_the_check(http: httpx.AsyncClient) -> None:
    html = unescape((await http.get("/authors")).text)
    flow, note = (part.partition("</code>")[0] for part in html.split("<code>format: 1")[1:])
    assert len(flow.splitlines()) == 12
    texts = read_folder(FLOWS)
    made = {"say_thanks/flow.yaml": f"format: 1{flow}\n", "say_thanks/note.yaml": f"format: 1{note}\n"}
    library = Library({**texts, **made})
    assert library.flow("say_thanks") is not None
    assert [found for found in library.diagnostics if found.place.file in made] == []


async def test_the_developers_page_has_each_operation_and_each_problem(http: httpx.AsyncClient) -> None:
    page = Page(await http.get("/developers"))
    described = (await http.get("/openapi.json")).json()
    operations = {o["operationId"] for path in described["paths"].values() for o in path.values()}
    assert operations <= set(page.ids)
    assert set(CATALOGUE) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))

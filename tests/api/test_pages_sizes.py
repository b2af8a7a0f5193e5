"""The size of the text without a script: in the address outside, in the one cookie within, nowhere else."""

import httpx
import pytest

from tests.api.paging import OURS, Page, Visitor

pytestmark = pytest.mark.anyio
USUAL = '<html lang="en" dir="ltr" data-exit='
LARGE = '<html lang="en" dir="ltr" class="large" data-exit='


@pytest.mark.parametrize(
    "path", ["/", "/talk/connection", "/help", "/help?country=GB", "/privacy", "/nowhere"]
)
async def test_a_page_outside_takes_its_size_from_the_address(http: httpx.AsyncClient, path: str) -> None:
    assert USUAL in (await http.get(path)).text
    response = await http.get(path + ("&" if "?" in path else "?") + "text=large")
    assert LARGE in response.text
    assert "set-cookie" not in response.headers


async def test_outside_every_link_of_ours_carries_the_size_on(http: httpx.AsyncClient) -> None:
    page = Page(await http.get("/?text=largest"))
    leaving = {"Leave", "Go to the list"}
    ours = {words: href for words, href in page.links.items() if words.strip() not in leaving}
    assert {href for href in ours.values() if not href.endswith("?text=largest")} == set()


async def test_the_size_goes_into_the_conversation_that_begins(http: httpx.AsyncClient) -> None:
    door = Page(await http.get("/talk/connection?text=large"))
    assert door.forms[-1].action == "/talk/connection?text=large"
    response = await http.post(door.forms[-1].action, data=door.forms[-1].fields, headers=OURS)
    visitor = Visitor.given(http, response)
    assert visitor.cookie[1].endswith(".large")
    assert LARGE in (await visitor.see()).html
    assert LARGE in (await visitor.see("/help")).html
    assert LARGE in (await visitor.see("/note")).html


async def test_a_chosen_size_stands_in_the_conversations_own_cookie_beside_its_other_mark(
    http: httpx.AsyncClient,
) -> None:
    visitor = await Visitor.begin(http)
    token = visitor.cookie[1]
    for asked, kept in [("largest", f"{token}.largest"), ("large", f"{token}.large"), ("usual", token)]:
        response = await visitor.ask("GET", f"/note?text={asked}")
        (cookie,) = response.headers.get_list("set-cookie")
        assert cookie.startswith(f"iw={kept}; ")
        for part in (f"Path=/c/{visitor.id}", "HttpOnly", "SameSite=strict"):
            assert part in cookie
    visitor.cookie = ("iw", f"{token}.large")
    (cookie,) = (await visitor.ask("POST", "/later")).headers.get_list("set-cookie")
    assert cookie.startswith(f"iw={token}.quiet.large; ")


async def test_what_is_no_size_changes_nothing_and_is_not_repeated(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    response = await visitor.ask("GET", '/note?text=huge"onload')
    assert USUAL in response.text
    assert "huge" not in response.text
    assert "set-cookie" not in response.headers


async def test_another_size_keeps_what_is_typed_and_takes_no_answer(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.see()
    assert page.sizes == [("do", "usual"), ("do", "large"), ("do", "largest")]
    larger = await visitor.send(page, text="it feels flat", do="large")
    assert LARGE in larger.html
    assert larger.question.fields["text"] == "it feels flat"
    assert larger.question.fields["version"] == page.question.fields["version"]


async def test_another_size_keeps_the_country_and_the_length(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    note = await visitor.see("/note?length=message&tone=soft&text=large")
    assert note.sizes[:2] == [("length", "message"), ("tone", "soft")]
    for path in ("/help?country=GB", "/help?country=GB&text=large"):
        assert Page(await http.get(path)).sizes[0] == ("country", "GB")


async def test_a_page_that_is_shown_once_offers_no_other_size(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    made = Page(await visitor.ask("POST", "/resume-code"))
    assert made.sizes == []


async def test_without_its_cookie_no_conversation_is_handed_one(http: httpx.AsyncClient) -> None:
    response = await http.get("/c/cnv_unknown?text=large")
    assert response.status_code == 404
    assert "set-cookie" not in response.headers

"""The way in: doors, the page before it begins, the cookie, and what is closed."""

import uuid
from pathlib import Path

import httpx
import pytest

from tests.api.paging import OURS, Page, Visitor
from tests.api.serving import open_app

pytestmark = pytest.mark.anyio


async def test_the_first_page_has_a_door_for_each_flow_on_offer_and_one_to_help(
    http: httpx.AsyncClient,
) -> None:
    page = Page(await http.get("/"))
    offered = {f"/talk/{flow['id']}" for flow in (await http.get("/v1/flows")).json()["flows"]}
    assert {href for href in page.links.values() if href.startswith("/talk/")} == offered
    assert page.links["I’m not safe"] == "/help"
    assert page.title == "Notes"


async def test_what_is_offered_quietly_stands_below_the_list(http: httpx.AsyncClient) -> None:
    page = Page(await http.get("/"))
    below = page.html.partition("</ul>")[2]
    assert "/talk/felt_wrong" in below
    assert "/talk/ending" in below
    assert "/talk/connection" not in below


async def test_the_page_before_it_begins_has_five_lines_and_a_random_key(http: httpx.AsyncClient) -> None:
    page = Page(await http.get("/talk/connection"))
    assert page.html.count("<li>") == 5
    assert uuid.UUID(page.forms[-1].fields["key"]).version == 4
    assert "“Leave” erases it too" in page.text


async def test_a_flow_that_is_not_on_offer_is_a_page_with_a_way_on(http: httpx.AsyncClient) -> None:
    page = Page(await http.get("/talk/nothing"))
    assert page.status == 404
    assert "This is not on offer" in page.text
    assert page.links["To the first page"] == "/"


async def test_the_cookie_goes_to_one_conversation_alone_and_ends_with_the_browser(
    http: httpx.AsyncClient,
) -> None:
    key = {"key": str(uuid.uuid4())}
    response = await http.post("/talk/connection", data=key, headers=OURS)
    http.cookies.clear()
    cookie = response.headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert parts == {"httponly", "samesite=strict", f"path={response.headers['location'].lower()}"}
    assert cookie.startswith("iw=ct_") or cookie.startswith("iw=")


async def test_behind_tls_the_cookie_is_one_that_only_tls_can_set(tmp_path: Path) -> None:
    async with open_app(tmp_path, public_url="https://words.example") as http:
        response = await http.post("/talk/connection", data={"key": str(uuid.uuid4())}, headers=OURS)
    assert response.headers["set-cookie"].startswith("__Secure-iw=")
    assert "; Secure" in response.headers["set-cookie"]


async def test_pressing_begin_twice_begins_one_conversation(http: httpx.AsyncClient) -> None:
    key = {"key": str(uuid.uuid4())}
    once = await http.post("/talk/connection", data=key, headers=OURS)
    again = await http.post("/talk/connection", data=key, headers=OURS)
    http.cookies.clear()
    assert once.headers["location"] == again.headers["location"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Sec-Fetch-Site": "same-origin"}, 303, id="our own page"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, 403, id="a sister origin"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="another site"),
        pytest.param({"Sec-Fetch-Site": "none"}, 403, id="no page at all"),
        pytest.param({"Origin": "http://127.0.0.1:8000"}, 303, id="an older browser on our page"),
        pytest.param({"Origin": "http://127.0.0.1:9000"}, 403, id="an older browser on another port"),
        pytest.param({"Origin": "null"}, 403, id="an origin that hides"),
        pytest.param({}, 403, id="neither header"),
    ],
)
async def test_a_post_is_taken_from_our_own_pages_only(
    http: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    response = await http.post("/talk/connection", data={"key": str(uuid.uuid4())}, headers=headers)
    http.cookies.clear()
    assert response.status_code == status


async def test_a_page_takes_the_token_of_the_header_before_that_of_the_cookie(
    http: httpx.AsyncClient,
) -> None:
    visitor = await Visitor.begin(http)
    by_header = {"Authorization": f"Bearer {visitor.cookie[1]}"}
    assert (await http.get(f"/c/{visitor.id}", headers=by_header)).status_code == 200
    wrong = await visitor.ask("GET", headers={"Authorization": "Bearer ct_wrong"})
    assert wrong.status_code == 404


async def test_a_conversation_without_its_cookie_is_closed_like_one_that_never_was(
    http: httpx.AsyncClient,
) -> None:
    visitor = await Visitor.begin(http)
    without = Page(await http.get(f"/c/{visitor.id}"))
    unknown = Page(await http.get("/c/cnv_unknown", headers={"Cookie": "=".join(visitor.cookie)}))
    assert without.status == unknown.status == 404
    assert "This conversation is closed here" in without.text
    assert without.links["Open it on this device"] == f"/c/{visitor.id}"
    assert without.html.replace(visitor.id, "X") == unknown.html.replace("cnv_unknown", "X")


async def test_a_page_that_is_not_there_and_a_method_it_does_not_know_are_pages_too(
    http: httpx.AsyncClient,
) -> None:
    missing, refused = Page(await http.get("/nowhere")), await http.post("/privacy", headers=OURS)
    assert missing.status == 404
    assert "There is no page here" in missing.text
    assert refused.status_code == 405
    assert refused.headers["allow"]


PAGES = ["/", "/talk/connection", "/resume", "/privacy", "/authors", "/developers", "/help"]


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_answers_head_as_it_answers_get(http: httpx.AsyncClient, path: str) -> None:
    head, got = await http.head(path), await http.get(path)
    assert head.status_code == 200
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_loads_scripts_of_ours_alone_and_nothing_from_another_host(
    http: httpx.AsyncClient, path: str
) -> None:
    html = (await http.get(path)).text
    assert html.count("<script") == html.count('<script type="module" src="/static/') >= 1
    assert " style=" not in html
    assert 'src="http' not in html
    assert html.count('<link rel="stylesheet" href="/static/') == 3

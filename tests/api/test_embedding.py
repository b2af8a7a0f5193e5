"""What a host's page gets from us: the script, the frame with its walls, the look, the snippet."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from app.web import headers
from tests.api.paging import OURS, Visitor
from tests.api.serving import FLOW, Talk, open_app

pytestmark = pytest.mark.anyio
LISTED = "https://practice.example"


@pytest.fixture(scope="module")
async def http(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    async with open_app(tmp_path_factory.mktemp("data"), origins=LISTED) as client:
        yield client


def directives(response: httpx.Response) -> dict[str, str]:
    policy = response.headers["content-security-policy"]
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


async def test_the_script_may_be_loaded_by_any_page(http: httpx.AsyncClient) -> None:
    response = await http.get("/widget.js")
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["x-content-type-options"] == "nosniff"
    again = await http.get("/widget.js", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_only_the_frame_may_be_framed_and_only_by_the_listed(http: httpx.AsyncClient) -> None:
    response = await http.get(f"/embed/{FLOW}")
    assert directives(response)["frame-ancestors"] == f"'self' {LISTED}"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["x-robots-tag"] == "noindex"
    assert f'data-hosts="{LISTED}"' in response.text
    for path in ("/", f"/talk/{FLOW}", "/help", "/c/cnv_unknown", "/developers", "/embed/nowhere", "/resume"):
        assert directives(await http.get(path))["frame-ancestors"] == "'none'", path


async def test_where_no_origin_is_listed_no_other_site_may_frame(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    async with open_app(tmp_path_factory.mktemp("data")) as client:
        assert directives(await client.get(f"/embed/{FLOW}"))["frame-ancestors"] == "'self'"


async def test_scripts_run_from_our_own_files_alone_and_make_html_in_one_place(
    http: httpx.AsyncClient,
) -> None:
    for path in ("/", f"/embed/{FLOW}", "/c/cnv_unknown", "/nowhere"):
        rules = directives(await http.get(path))
        assert rules["script-src"] == rules["connect-src"] == rules["style-src"] == "'self'"
        assert rules["require-trusted-types-for"] == "'script'"
        assert rules["trusted-types"] == "iw"
        assert rules["frame-src"] == "'none'"


async def test_a_page_has_neither_inline_script_nor_inline_style(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    for page in (
        await http.get(f"/embed/{FLOW}"),
        await http.get("/developers/embed"),
        await visitor.ask("GET"),
    ):
        assert " style=" not in page.text
        assert "<style" not in page.text.replace("&lt;style", "")
        assert " on" + "click" not in page.text
        assert page.text.count("<script") == page.text.count('<script type="module" src="/static/') >= 1


async def test_the_look_is_clamped_and_repeats_nothing_it_cannot_read(http: httpx.AsyncClient) -> None:
    asked = {"accent": "#ff0", "radius": "999px", "scale": "}body{display:none}"}
    page = await http.get(f"/embed/{FLOW}", params=asked)
    (address,) = [part for part in unescape(page.text).split('"') if part.startswith("/embed/theme.css")]
    sheet = await http.get(address)
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert "--radius:24px" in sheet.text
    assert "#ffff00" not in sheet.text.partition("@media")[0]
    assert "display" not in sheet.text


async def test_a_language_that_is_not_offered_gives_the_first(http: httpx.AsyncClient) -> None:
    page = await http.get(f"/embed/{FLOW}", params={"lang": "tlh"})
    assert 'name="language" value="en"' in page.text


async def test_a_page_takes_the_token_of_the_header_before_that_of_the_cookie(
    http: httpx.AsyncClient,
) -> None:
    mine, other = await Talk.begin(http), await Talk.begin(http)
    cookie = {"Cookie": f"iw={other.token}"}
    bearer = {"Authorization": f"Bearer {mine.token}"}
    assert (await http.get(f"/c/{mine.id}", headers=cookie)).status_code == 404
    assert (await http.get(f"/c/{mine.id}", headers=cookie | bearer)).status_code == 200
    assert (await http.get(f"/c/{other.id}", headers=cookie | bearer)).status_code == 404


@pytest.mark.parametrize("way", ["leave", "delete"])
async def test_leaving_and_deleting_take_the_token_of_the_header(http: httpx.AsyncClient, way: str) -> None:
    talk = await Talk.begin(http)
    bearer = {"Authorization": f"Bearer {talk.token}"}
    assert (await http.post(f"/c/{talk.id}/{way}", headers=bearer)).status_code in (200, 303)
    assert (await http.get(f"/c/{talk.id}", headers=bearer)).status_code == 404


async def test_refusing_a_code_is_kept_in_the_conversations_own_cookie_alone(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    response = await visitor.ask("POST", "/later")
    assert response.status_code == 303
    (cookie,) = response.headers.get_list("set-cookie")
    assert cookie.startswith("iw=ct_")
    assert ".quiet; " in cookie
    assert f"Path=/c/{visitor.id}" in cookie
    assert "HttpOnly" in cookie
    quiet = {"Cookie": cookie.partition(";")[0]}
    assert (await http.get(f"/c/{visitor.id}", headers=quiet)).status_code == 200
    assert (await http.post(f"/c/{visitor.id}/leave", headers=quiet | OURS)).status_code == 303
    assert (await http.get(f"/c/{visitor.id}", headers=quiet)).status_code == 404


async def test_a_turn_holds_people_to_turn_to_in_case_it_cannot_be_sent(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    for page in (
        await visitor.ask("GET"),
        await visitor.ask("GET", "/note"),
        await http.get(f"/embed/{FLOW}"),
    ):
        kept = page.text.partition('<template id="not-sent">')[2].partition("</template>")[0]
        assert "Not sent" in kept
        assert 'class="way"' in kept


async def test_the_snippet_is_written_as_it_was_asked_for(http: httpx.AsyncClient) -> None:
    asked = {"flow": FLOW, "mode": "bubble", "label": 'Say "it" <now>', "accent": "#0a7", "radius": "99"}
    response = await http.get("/developers/embed", params=asked)
    shown = unescape(response.text.partition('aria-label="The element"><code>')[2].partition("</code>")[0])
    assert shown.splitlines() == [
        '<script type="module" src="http://127.0.0.1:8000/widget.js"></script>',
        "<style>into-words { --iw-accent: #00aa77; --iw-radius: 24px }</style>",
        f'<into-words flow="{FLOW}" mode="bubble" label="Say &quot;it&quot; &lt;now&gt;">',
        f'  <a href="http://127.0.0.1:8000/talk/{FLOW}">Say &quot;it&quot; &lt;now&gt;</a>',
        "</into-words>",
    ]
    assert f'src="/embed/{FLOW}?accent=%2300aa77&amp;radius=24"' in response.text
    assert directives(response)["frame-src"] == "'self'"


async def test_every_event_is_told_of_and_what_a_frame_that_does_not_come_means(
    http: httpx.AsyncClient,
) -> None:
    loader = (Path(headers.__file__).parents[1] / "static" / "widget.js").read_text("utf-8")
    passed_on = re.findall(r'"(\w+)"', loader.partition("new Set([")[2].partition("]")[0])
    events = {*passed_on, *re.findall(r'#tell\("(\w+)"', loader)}
    assert len(events) == 8
    page = re.sub(r"<[^>]+>", "", (await http.get("/developers/embed")).text)
    assert [name for name in events if not re.search(rf"\b{name}\b", page)] == []
    assert re.search(r"unreachable: no frame .* INTO_WORDS_ORIGINS", page)
    assert "started comes after “Before you begin”" in page


@pytest.mark.parametrize("path", ["/developers", "/developers/api", "/developers/embed"])
async def test_lines_to_copy_name_the_address_at_which_the_page_was_read(
    tmp_path_factory: pytest.TempPathFactory, http: httpx.AsyncClient, path: str
) -> None:
    read = {"Host": "words.localhost:9123"}
    page = await http.get(path, headers=read)
    assert "http://words.localhost:9123/" in page.text
    assert ":8000" not in page.text
    async with open_app(tmp_path_factory.mktemp("data"), public_url="https://words.example") as client:
        page = await client.get(path, headers=read)
    assert "https://words.example/" in page.text
    assert "9123" not in page.text


async def test_a_page_is_smaller_than_sixty_kilobytes(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    await visitor.send(await visitor.see(), text="i dont feel a connection")
    for path in ("", "/note", "/review", "/help?country=US"):
        assert len((await visitor.ask("GET", path)).content) < 60_000, path
    for path in ("/", f"/talk/{FLOW}", f"/embed/{FLOW}", "/developers/embed", "/help?country=GB"):
        assert len((await http.get(path)).content) < 60_000, path

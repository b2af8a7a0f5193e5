"""Traps that were found by running browsers: each would fail silently, and each is held open here."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import Site, chromium
from tests.browser.hosting import Hosting
from tests.browser.test_frame_pages import press_shift
from tests.browser.test_widget import LABEL
from tests.browser.walking import MOMENT, Walk
from tests.browser.walking_framed import FramedWalk, is_ready

SECRET = "secret"
TALL = re.compile(r"^3\d{3}(\.\d+)?px$")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser as it comes."""
    found = browser.new_context(viewport={"width": 900, "height": 800}, reduced_motion="reduce")
    found.set_default_timeout(5000)
    yield found
    found.close()


# The frame on a host's page


def test_keys_that_are_typed_before_the_frame_has_loaded_go_no_further_than_the_launcher(
    page: Page, site: Site, hosting: Hosting
) -> None:
    """Focus given to a frame that has not loaded leaves the keyboard with the host's page."""
    held: list[Route] = []
    page.route("**/embed/connection*", lambda route: held.append(route))
    page.goto(hosting.page("bubble", site.port))
    page.get_by_role("button", name=LABEL).focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert page.evaluate("document.activeElement.id") == "w"
    assert page.evaluate("roots[0].activeElement.tagName") == "BUTTON"
    for route in held:
        route.continue_()
    is_ready(page)
    frame = page.frame_locator("into-words iframe")
    expect(frame.get_by_role("heading", name="Before you begin")).to_be_focused()
    frame.get_by_role("button", name="Begin", exact=True).click()
    expect(frame.locator("#turn")).to_be_focused()
    frame.locator("#a").focus()
    page.evaluate("heard.length = 0")
    page.keyboard.type(SECRET)
    expect(frame.locator("#a")).to_have_value(SECRET)
    assert [each for each in page.evaluate("heard") if each.startswith("key")] == []


def test_a_frame_takes_no_focus_from_who_went_elsewhere_while_it_loaded(
    page: Page, site: Site, hosting: Hosting
) -> None:
    held: list[Route] = []
    page.route("**/embed/connection*", lambda route: held.append(route))
    page.goto(hosting.page("bubble", site.port))
    page.get_by_role("button", name=LABEL).click()
    page.get_by_label("Search").focus()
    page.wait_for_timeout(100)
    held[0].continue_()
    is_ready(page)
    expect(page.get_by_label("Search")).to_be_focused()


def test_the_height_of_the_frame_follows_its_page_down_as_well(
    page: Page, site: Site, hosting: Hosting
) -> None:
    """`documentElement` never shrinks below its frame; `body` does."""
    walk = FramedWalk(page, hosting.page("inline", site.port))
    frame = page.locator("into-words iframe")
    before = frame.bounding_box()
    walk.page.evaluate("document.querySelector('main').style.height = '3000px'")
    expect(frame).to_have_css("height", TALL)
    walk.page.evaluate("document.querySelector('main').style.height = ''")
    assert before
    expect(frame).to_have_css("height", f"{before['height']:g}px")
    walk.page.evaluate("document.querySelector('main').style.height = '90000px'")
    expect(frame).to_have_css("height", "20000px")


def test_storage_that_throws_stops_nothing(page: Page, site: Site, hosting: Hosting) -> None:
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(error.message))
    walk = FramedWalk(page, hosting.page("inline", site.port))
    walk.begin()
    walk.type(MOMENT)
    walk.tap(walk.page.get_by_role("link", name="Delete everything"))
    walk.press("Delete everything")
    expect(walk.page.get_by_role("heading", name="It is erased")).to_be_visible()
    assert thrown == []


def test_the_frame_asks_in_our_own_name_not_in_the_hosts(page: Page, site: Site, hosting: Hosting) -> None:
    origins: list[str | None] = []
    page.on(
        "request",
        lambda r: origins.append(r.header_value("origin")) if r.method == "POST" else None,
    )
    walk = FramedWalk(page, hosting.page("inline", site.port))
    walk.begin()
    walk.type(MOMENT)
    assert set(origins) == {f"http://localhost:{site.port}"}


@pytest.mark.parametrize("how", ["button", "shift"])
def test_leaving_in_a_frame_leaves_the_hosts_page_and_back_shows_no_word(
    page: Page, site: Site, hosting: Hosting, how: str
) -> None:
    page.goto(site.neutral + "before")
    walk = FramedWalk(page, hosting.page("inline", site.port))
    walk.begin()
    walk.type(MOMENT)
    headers: list[dict[str, str]] = []
    page.on("request", lambda r: headers.append(r.all_headers()) if r.url.endswith("/leave") else None)
    if how == "button":
        walk.tap(walk.page.get_by_role("button", name="Leave"))
    else:
        walk.page.locator("#turn").focus()
        press_shift(page, 3)
    page.wait_for_url(site.neutral)
    assert [sent["authorization"][:10] for sent in headers] == ["Bearer ct_"]
    page.go_back(wait_until="commit")
    page.wait_for_timeout(200)
    assert page.url.endswith("/before"), "leaving takes the host's place in the history"
    page.go_forward(wait_until="commit")
    assert MOMENT not in "".join(frame.content() for frame in page.frames)


# Our own pages


def begun(page: Page, site: Site) -> Walk:
    walk = Walk(page, site.address)
    walk.begin()
    page.locator("#a").fill(MOMENT)
    walk.press("Continue")
    expect(page.locator("blockquote")).to_contain_text(MOMENT)
    return walk


@pytest.mark.parametrize("scripted", [True, False], ids=["with the module", "without scripts"])
def test_the_policy_lets_leave_go_on_to_the_neutral_site(
    browser: Browser, site: Site, scripted: bool
) -> None:
    """Chromium holds `form-action` against the redirect after a post as well."""
    context = browser.new_context(java_script_enabled=scripted)
    page = context.new_page()
    walk = begun(page, site)
    if scripted:
        page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('.bar form'))")
    else:
        page.get_by_role("button", name="Leave").click()
    page.wait_for_url(site.neutral)
    assert walk.address not in page.url
    context.close()


def test_this_browser_keeps_pages_for_the_way_back(page: Page, site: Site) -> None:
    """Playwright switches that cache off; what follows would then pass whatever we do."""
    page.goto(site.neutral)
    page.evaluate("window.mark = 'as it was left'")
    page.goto(site.neutral + "next")
    page.go_back(wait_until="commit")
    assert page.evaluate("window.mark") == "as it was left"


def test_a_page_that_comes_back_from_the_cache_is_asked_for_again(page: Page, site: Site) -> None:
    """`no-store` does not keep a page out of the back/forward cache, only one whose script has fetched."""
    begun(page, site)
    address = page.url
    page.goto(site.address + "/privacy")
    page.goto(address)
    page.goto(site.neutral)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.go_back(wait_until="commit")
    expect(page.locator("blockquote")).to_contain_text(MOMENT)
    page.wait_for_timeout(200)
    assert address.partition("#")[0] in [url.partition("#")[0] for url in asked]


def test_the_page_that_the_key_came_with_holds_no_word_when_it_comes_back(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    walk = Walk(page, site.address)
    walk.begin()
    first = page.content()
    walk.type(MOMENT)
    walk.press("Skip this")
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url(site.neutral)
    for _ in range(3):
        page.go_back(wait_until="commit")
        page.wait_for_timeout(80)
        assert MOMENT not in page.content()
    assert MOMENT not in first
    context.close()


def test_our_own_forms_name_our_origin(page: Page, site: Site) -> None:
    """Under `no-referrer` they would say `Origin: null`, and be refused."""
    page.goto(site.address + "/talk/connection")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Begin").click()
    assert sent.value.header_value("origin") == site.address
    assert sent.value.header_value("sec-fetch-site") == "same-origin"


def test_a_post_from_a_sister_origin_brings_the_cookie_and_is_refused(
    page: Page, site: Site, hosting: Hosting
) -> None:
    """For `SameSite=Strict` another port is the same site."""
    walk = begun(page, site)
    before = page.request.get(page.url).text().count(MOMENT)
    to = quote(f"{site.address}/c/{walk.id}/delete", safe="")
    page.goto(f"{hosting.origin('another site')}/sister?words={site.address}&to={to}")
    with page.expect_request("**/delete") as sent:
        page.get_by_role("button", name="Send").click()
    assert "iw=ct_" in (sent.value.all_headers().get("cookie") or ""), "no cookie came: nothing is tested"
    expect(page.get_by_role("heading", name="Not taken")).to_be_visible()
    walk.within("")
    expect(page.locator("blockquote")).to_contain_text(MOMENT)
    assert before


def test_what_was_said_is_a_plain_list_and_nothing_in_it_is_live(page: Page, site: Site) -> None:
    """A live transcript is read out whole, again and again."""
    begun(page, site)
    assert page.locator("[role=log], [aria-live]").count() == 0
    assert page.locator("main [role=status], main [role=alert]").count() == 0


def test_nothing_is_read_aloud_unasked(page: Page, site: Site) -> None:
    """Voices that are not local send the text away."""
    page.add_init_script("window.spoke = 0; speechSynthesis.speak = () => { spoke += 1 }")
    begun(page, site)
    assert page.evaluate("spoke") == 0


def test_a_conversation_asks_nobody_but_us(page: Page, site: Site, context: BrowserContext) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    walk = Walk(page, site.address)
    walk.begin()
    page.wait_for_load_state("networkidle")
    before = len(asked)
    walk.answer()
    of_answer = [url for url in asked[before:] if "/static/" not in url]
    assert len(of_answer) == 2, "an answer is a post and the page after it"
    for _ in range(3):
        walk.answer()
    page.get_by_role("link", name="Stop here").click()
    expect(page.locator(".letter")).to_be_visible()
    assert {url for url in asked if not url.startswith(site.address + "/")} == set()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_a_restored_tab_brings_its_cookie_back_and_finds_nothing_after_leaving(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    """Browsers that restore their last session restore its cookies."""
    folder = tmp_path / "profile"
    first = browser.browser_type.launch_persistent_context(folder, executable_path=chromium())
    page = first.new_page()
    begun(page, site)
    address = page.url.partition("#")[0]
    cookies = first.cookies()
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url(site.neutral)
    assert first.cookies() == []
    first.close()
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert MOMENT.encode() not in held
    assert cookies[0]["value"].encode() not in held
    second = browser.new_context()
    second.add_cookies([{"name": c["name"], "value": c["value"], "url": address} for c in cookies])
    restored = second.new_page()
    restored.goto(address)
    expect(restored.get_by_role("heading", name="This conversation is closed here")).to_be_visible()
    second.close()

"""A note given by a link, in a browser: with our script, without any, on paper, and what travels."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser.conftest import Site
from tests.browser.test_accessible import LOOKS, assert_fits, violations_on
from tests.browser.walking import Walk

CANARY = "looked up at the clock"  # of the moment that every walk tells
MakeLink = Callable[..., str]


@pytest.fixture(scope="module")
def make_link(browser: Browser, site: Site) -> Iterator[MakeLink]:
    """Makes links to the note of one conversation, on a phone without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    context.set_default_timeout(5000)
    walk = Walk(context.new_page(), site.address)
    walk.begin()
    walk.finish()

    def make(pin: bool = False) -> str:
        walk.within("/note")
        if not walk.page.locator('input[name="days"][value="1"]').is_visible():
            walk.page.locator("#link").click()
        walk.page.locator('input[name="days"][value="1"]').check()
        walk.page.locator('input[name="pin"]').set_checked(pin)
        walk.press("Make the link")
        made = walk.page.locator("#url").input_value()
        numbers = walk.page.locator(".code").inner_text() if pin else ""
        walk.within("/note")
        while walk.page.get_by_role("button", name=re.compile("End it")).count() > 8:
            walk.page.get_by_role("button", name=re.compile("End it")).first.click()
        return f"{made} {numbers}".strip()

    yield make
    context.close()


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """The therapist's browser, with scripts, as it comes."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(5000)
    yield context
    context.close()


def test_the_browser_opens_the_note_and_sends_neither_key_nor_words(
    reader: BrowserContext, make_link: MakeLink, site: Site
) -> None:
    url = make_link()
    key = url.partition("#")[2]
    page, sent = reader.new_page(), list[Request]()
    page.on("request", lambda request: sent.append(request))
    faults = list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(url)
    expect(page).to_have_title("Notes")
    expect(page.locator("body")).not_to_contain_text(CANARY)
    expect(page.get_by_label("The link")).to_be_hidden()
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#letter")).to_contain_text(CANARY)
    expect(page.get_by_role("heading", name="Your client made you a note")).to_be_focused()
    expect(page.get_by_text("Say it back")).to_be_visible()
    expect(page.get_by_text("It asks for no talk")).to_be_hidden()
    expect(page.locator("#until")).to_have_text(re.compile(r"\d+ \w+ 20\d\d"))
    assert faults == []
    assert {request.url.split("/")[2] for request in sent} == {site.address.split("/")[2]}
    for request in sent:
        told = f"{request.url.partition('#')[0]} {request.all_headers()} {request.post_data}"
        assert key not in told
        assert CANARY not in told
    opened = next(request for request in sent if request.method == "POST").response()
    assert opened
    assert CANARY.encode() not in opened.body()


def test_the_note_can_be_saved_as_text_without_asking_the_server(
    reader: BrowserContext, make_link: MakeLink
) -> None:
    page = reader.new_page()
    page.goto(make_link())
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#letter")).to_contain_text(CANARY)
    with page.expect_download() as waiting:
        page.get_by_text("Save the note as text").click()
    assert waiting.value.suggested_filename == "notes.txt"
    assert CANARY in Path(waiting.value.path()).read_text("utf-8")


def test_numbers_are_asked_for_once_the_link_was_right(reader: BrowserContext, make_link: MakeLink) -> None:
    url, numbers = make_link(pin=True).split(" ")
    page = reader.new_page()
    page.goto(url)
    expect(page.get_by_label("The six numbers")).to_be_hidden()
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("alert")).to_contain_text("It opens with six numbers")
    expect(page.get_by_label("The six numbers")).to_be_focused()
    page.get_by_label("The six numbers").fill("12")
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("alert")).to_contain_text("It opens with six numbers")
    page.get_by_label("The six numbers").fill(f"{numbers[:3]} {numbers[3:]}")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#letter")).to_contain_text(CANARY)


def test_a_wrong_key_shows_one_sentence_and_a_reload_starts_from_the_cover(
    reader: BrowserContext, make_link: MakeLink
) -> None:
    url = make_link()
    page = reader.new_page()
    page.goto(url[:-43] + "A" * 43)
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing opens with this link")
    page.goto(url)  # the same page with another key: the browser alone would not load it anew
    expect(page.get_by_role("alert")).to_have_text("")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#letter")).to_contain_text(CANARY)
    page.reload()
    expect(page.locator("body")).not_to_contain_text(CANARY)


def test_going_away_and_back_shows_the_cover(reader: BrowserContext, make_link: MakeLink, site: Site) -> None:
    page = reader.new_page()
    page.goto(make_link())
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#letter")).to_contain_text(CANARY)
    page.goto(site.neutral)
    page.go_back(wait_until="commit")
    expect(page.get_by_role("button", name="Show it")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(CANARY)


def test_a_click_out_of_the_note_tells_no_other_site_where_it_came_from(
    reader: BrowserContext, make_link: MakeLink, site: Site
) -> None:
    page = reader.new_page()
    page.goto(make_link())
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#letter")).to_contain_text(CANARY)
    before = len(site.referers)
    page.get_by_role("link", name="Leave").click()
    expect(page).to_have_title("Plain")
    assert site.referers[before:] == [None]


def test_without_scripts_the_pasted_link_opens_the_note(page: Page, make_link: MakeLink) -> None:
    url, numbers = make_link(pin=True).split(" ")
    page.goto(url)
    expect(page.locator("body")).not_to_contain_text(CANARY)
    page.get_by_role("button", name="Show it").click()
    expect(page.locator(".problem")).to_contain_text("Part of the link is missing")
    page.get_by_label("The link").fill(url)
    page.get_by_role("button", name="Show it").click()
    page.get_by_label("The six numbers").fill("000000" if numbers != "000000" else "111111")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator(".problem")).to_contain_text("These are not the numbers")
    page.get_by_label("The six numbers").fill(numbers)
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#letter")).to_contain_text(CANARY)
    expect(page.get_by_text("Say it back")).to_be_visible()


def test_a_link_that_was_ended_opens_nothing(walk: Walk, page: Page) -> None:
    walk.begin()
    walk.type("i dont feel a connection")
    walk.within("/note")
    page.locator("#link").click()
    walk.press("Make the link")
    url = page.locator("#url").input_value()
    page.get_by_role("link", name="Back to the note").click()
    page.get_by_role("button", name=re.compile("End it")).click()
    expect(page.get_by_role("button", name=re.compile("End it"))).to_have_count(0)
    page.goto(url)
    page.get_by_label("The link").fill(url)
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("heading", name="Nothing opens with this link")).to_be_visible()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab in which axe may run."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("state", ["cover", "numbers", "opened", "by hand", "made"])
def test_the_pages_of_a_link_are_accessible_and_fit_a_narrow_phone(
    tab: Page, make_link: MakeLink, site: Site, state: str
) -> None:
    if state == "made":
        walk = Walk(tab, site.address)
        walk.begin()
        walk.type("i dont feel a connection")
        walk.within("/note")
        tab.locator("#link").click()
        tab.locator('input[name="pin"]').check()
        walk.press("Make the link")
        tab.locator("main summary").click()
    else:
        url, _, _numbers = make_link(pin=state == "numbers").partition(" ")
        tab.goto(url if state != "by hand" else url.partition("#")[0])
    if state == "by hand":
        tab.get_by_label("The link").fill(url)
    if state in ("numbers", "opened", "by hand"):
        tab.get_by_role("button", name="Show it").click()
        expect(tab.locator("#said:not(:empty), .letter p").first).to_be_attached()
    if state in ("opened", "by hand"):
        expect(tab.locator("#letter")).to_contain_text(CANARY)
    for scheme, forced in LOOKS:
        tab.emulate_media(color_scheme=scheme, forced_colors=forced)
        for width in (320, 1280):
            tab.set_viewport_size({"width": width, "height": 740})
            assert violations_on(tab) == [], (scheme, forced, width)
    assert_fits(tab)


@pytest.mark.parametrize("by_script", [True, False], ids=["opened by the script", "opened by the form"])
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_on_paper_it_is_one_sheet_the_note_and_behind_it_the_guide(
    browser: Browser, make_link: MakeLink, size: str, by_script: bool
) -> None:
    context = browser.new_context(java_script_enabled=by_script)
    page, url = context.new_page(), make_link()
    page.goto(url)
    if not by_script:
        page.get_by_label("The link").fill(url)
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#letter")).to_contain_text(CANARY)
    page.emulate_media(media="print")
    assert page.get_by_text("Say it back").is_visible()
    assert not page.get_by_role("button", name="Show it").is_visible()
    assert not page.get_by_text("stays in this browser’s history").first.is_visible()
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format=size))) == 2
    context.close()

"""Our module on our own pages: the turn is swapped, no word is lost, help stands beside "not sent"."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from tests.browser.conftest import Site
from tests.browser.hosting import Wire
from tests.browser.keys import FOCUSED, tab_to_answer
from tests.browser.walking import MOMENT, Walk

WORDS = "i dont feel a connection"
COUNTS_FOCUS = """window.moves = 0;
addEventListener('focusin', (event) => { if (event.target.id == 'turn') window.moves += 1 })"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with scripts."""
    found = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    found.set_default_timeout(5000)
    yield found
    found.close()


@pytest.fixture
def walk(page: Page, site: Site) -> Walk:
    found = Walk(page, site.address)
    found.begin()
    page.wait_for_load_state()  # our module is there
    return found


def test_the_main_flow_is_walked_by_keyboard_with_one_move_of_the_focus_for_each_answer(
    page: Page, site: Site
) -> None:
    page.add_init_script(COUNTS_FOCUS)
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    walk = Walk(page, site.address)
    walk.begin()
    page.wait_for_load_state()
    loads.clear()
    answers = 0
    while not page.url.endswith("/review"):
        moves = page.evaluate("window.moves")
        answer_by_keyboard(walk)
        answers += 1
        if page.url.endswith("/review"):
            break
        assert page.evaluate(FOCUSED, "#turn")
        assert page.evaluate("window.moves") == moves + 1
        assert page.title().startswith("Step ")
    assert answers > 8
    assert [url for url in loads if not url.endswith("/review")] == []


def answer_by_keyboard(walk: Walk) -> None:
    page = walk.page
    key = page.locator('[name="key"]').first.input_value()
    tab_to_answer(walk)
    page.keyboard.press("Enter")
    expect(page.locator(f'main [name="key"][value="{key}"]')).to_have_count(0)


def test_the_status_line_stands_empty_and_then_says_saved(walk: Walk) -> None:
    status = walk.page.get_by_role("status")
    expect(status).to_be_attached()
    expect(status).to_have_text("")
    there = status.element_handle()
    walk.type(WORDS)
    expect(status).to_have_text("Saved")
    assert there
    assert there.evaluate("e => e.isConnected"), "a line that is put in with its text is not announced"


def test_what_answers_nothing_keeps_its_words_and_says_why(walk: Walk) -> None:
    walk.press_on("Continue")
    expect(walk.page.get_by_role("alert")).to_contain_text("A few words are enough")
    assert walk.page.title().startswith("Error: ")
    walk.type(WORDS)
    walk.press_on("Back")
    expect(walk.page.locator("#a")).to_have_value(WORDS)


def test_offline_the_words_stay_help_is_beside_them_and_one_answer_is_kept(
    walk: Walk, context: BrowserContext
) -> None:
    page, keys = walk.page, list[str]()
    page.on("request", lambda request: keys.append(key_of(request)) if request.method == "POST" else None)
    context.set_offline(True)
    page.locator("#a").fill(WORDS)
    walk.press("Continue")
    expect_unsent(page, WORDS)
    expect(page.get_by_role("status")).to_have_text("You are offline")
    context.set_offline(False)
    walk.press_on("Try again")
    expect(page.locator("blockquote")).to_contain_text(WORDS)
    assert len(keys) == 2
    assert keys[0] == keys[1] != ""
    page.get_by_role("link", name="Stop here").click()
    expect(page.locator(".letter")).to_be_visible()


def key_of(request: Request) -> str:
    return (request.post_data or "").partition("key=")[2].partition("&")[0]


def expect_unsent(page: Page, words: str) -> None:
    """The words stand in the box, and people to turn to beside "not sent", within three seconds."""
    box = page.get_by_role("alert")
    expect(box.get_by_role("link").first).to_be_visible(timeout=3000)
    expect(box).to_contain_text("Not sent")
    expect(page.locator("#a")).to_have_value(words)


def test_with_the_server_gone_plain_words_of_danger_meet_help_at_once(page: Page, site: Site) -> None:
    wire, danger = Wire(site.port), "i want to kill myself"
    walk = Walk(page, wire.address)
    walk.begin()
    wire.cut()
    page.locator("#a").fill(danger)
    walk.press("Continue")
    expect_unsent(page, danger)
    page.get_by_role("alert").evaluate("box => box.remove()")
    page.get_by_role("link", name="Get help now").click()
    expect_unsent(page, danger)


@pytest.mark.parametrize("status", [500, 502, 503, 429, 413])
def test_a_refusal_keeps_the_words_and_shows_people_to_turn_to(walk: Walk, status: int) -> None:
    walk.page.route("**/c/*", lambda route: refuse(route, status))
    walk.page.locator("#a").fill(WORDS)
    walk.press("Continue")
    expect_unsent(walk.page, WORDS)
    walk.page.unroute("**/c/*")
    walk.press_on("Try again")
    expect(walk.page.locator("blockquote")).to_contain_text(WORDS)


def refuse(route: Route, status: int) -> None:
    if route.request.method == "POST":
        route.fulfill(status=status, body="<main><p>Nothing</p></main>", content_type="text/html")
    else:
        route.continue_()


def test_a_server_that_does_not_answer_is_told_of_and_help_stands_there_in_time(walk: Walk) -> None:
    held: list[Route] = []
    walk.page.route("**/c/*", lambda route: held.append(route))
    walk.page.locator("#a").fill(WORDS)
    began = time.monotonic()
    walk.press("Continue")
    expect(walk.page.get_by_role("status")).to_have_text("Still sending…")
    assert time.monotonic() - began >= 0.9
    expect_unsent(walk.page, WORDS)
    assert time.monotonic() - began < 4
    held[0].continue_()
    expect(walk.page.locator("blockquote")).to_contain_text(WORDS)
    expect(walk.page.get_by_role("alert")).to_have_count(0)


def test_a_second_press_while_it_is_sent_sends_nothing(walk: Walk) -> None:
    held: list[Route] = []
    walk.page.route("**/c/*", lambda route: held.append(route))
    walk.page.locator("#a").fill(WORDS)
    walk.press("Continue")
    walk.press("Continue")
    walk.page.wait_for_timeout(100)
    assert len(held) == 1
    held[0].continue_()


def test_only_the_modules_one_policy_can_make_html(walk: Walk) -> None:
    threw = walk.page.evaluate(
        """() => {
            const throws = (work) => { try { work(); return false } catch { return true } };
            const policy = (name) => throws(() => trustedTypes.createPolicy(name, {}));
            return [policy("iw"), policy("another"), throws(() => { document.body.innerHTML = "<p>x" })];
        }"""
    )
    assert threw == [True, True, True]


# A code at the third answer


def test_a_code_is_offered_at_the_third_answer_and_never_again_once_refused(walk: Walk) -> None:
    page = walk.page
    offer = page.get_by_role("region", name="Carry on later")
    for _ in range(3):
        expect(offer).to_have_count(0)
        walk.answer()
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="Not now").click()
    expect(offer).to_have_count(0)
    walk.answer()
    expect(offer).to_have_count(0)
    walk.within("/note")
    walk.within("")
    expect(page.locator("#turn")).to_be_visible()
    expect(offer).to_have_count(0)


def test_once_a_code_is_made_none_is_offered(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    walk = Walk(context.new_page(), site.address)
    walk.begin()
    for _ in range(3):
        walk.answer()
    offer = walk.page.get_by_role("region", name="Carry on later")
    offer.get_by_role("button", name="Make a code").click()
    code = walk.page.locator(".code").inner_text()
    walk.page.get_by_role("link", name="Back to where you were").click()
    expect(offer).to_have_count(0)
    walk.open("/resume")
    walk.page.get_by_label("Your code").fill(code)
    walk.press("Open it")
    walk.page.get_by_role("link", name="Continue").click()
    expect(offer).to_have_count(0)
    context.close()


# Quick exit


def press_shift(page: Page, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("how", ["button", "shift"])
def test_leaving_locks_empties_and_shows_no_word_behind_back(
    walk: Walk, page: Page, site: Site, how: str
) -> None:
    walk.type(MOMENT)
    address = page.url
    assert MOMENT in page.content()
    if how == "button":
        page.get_by_role("button", name="Leave").click()
    else:
        page.locator("#turn").focus()
        press_shift(page, 1)
        expect(page.get_by_role("status")).to_contain_text("two more times")
        press_shift(page, 2)
    page.wait_for_url(site.neutral)
    page.go_back(wait_until="commit")
    page.wait_for_timeout(150)
    assert "/c/" not in page.url, "leaving takes the place of the conversation in the history"
    assert MOMENT not in page.content()
    page.goto(address)
    expect(page.get_by_role("heading", name="This conversation is closed here")).to_be_visible()


def test_leaving_empties_the_page_before_the_server_has_answered(walk: Walk, site: Site) -> None:
    walk.type(MOMENT)
    held: list[Route] = []
    walk.page.route("**/leave", lambda route: held.append(route))
    walk.page.get_by_role("button", name="Leave").click()
    expect(walk.page.locator("body")).to_be_empty()
    assert MOMENT not in walk.page.content()
    walk.page.wait_for_url(site.neutral)  # a server that is slow holds nobody back
    assert held


def test_shift_in_a_text_or_with_another_key_leaves_nothing(walk: Walk) -> None:
    page = walk.page
    page.locator("#a").focus()
    press_shift(page, 4)
    page.locator("#turn").focus()
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("status")).to_have_text("")
    expect(page.locator("#a")).to_be_visible()

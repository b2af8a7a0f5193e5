"""The whole way with scripts switched off, as on an old phone or behind a strict blocker."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.walking import MOMENT, Walk


def test_the_main_flow_goes_from_the_door_to_the_note_and_out_again(walk: Walk, page: Page) -> None:
    walk.begin()
    walk.press("Continue")  # nothing typed
    expect(page.get_by_role("alert")).to_contain_text("A few words are enough")
    walk.type("i dont feel a connection")
    expect(page.locator("blockquote")).to_contain_text("“i dont feel a connection”")
    walk.press("Back")
    expect(page.locator("#a")).to_have_value("i dont feel a connection")
    walk.press("Continue")
    walk.press("Skip this")
    walk.finish()
    page.get_by_role("link", name="Change What to ask for").click()
    page.locator("#a").fill("tell me when you lose the thread")
    walk.press("Change it")
    expect(page.locator("main")).to_contain_text("tell me when you lose the thread")
    page.get_by_role("link", name="See the note").click()
    expect(page.locator(".letter")).to_contain_text("tell me when you lose the thread")
    expect(page.locator(".letter ins").first).to_have_text("you")
    page.get_by_label("I’m nervous to say it.").check()
    walk.press("Add these")
    expect(page.locator(".letter")).to_contain_text("I’m nervous to say it.")
    page.get_by_text("Change the note").click()
    walk.press("Leave out line 1")
    expect(page.locator(".letter")).not_to_contain_text("Dear Dr Lee,")


def test_a_code_carries_a_conversation_to_another_browser(walk: Walk, page: Page) -> None:
    walk.begin()
    walk.type(MOMENT)
    page.get_by_role("link", name="Carry on later").click()
    walk.press("Make a code")
    code = page.locator(".code").inner_text()
    walk.press("Leave now, keep it")
    walk.open("/resume")
    page.get_by_label("Your code").fill(code.lower().replace("-", " "))
    walk.press("Open it")
    expect(page.get_by_role("heading", name="Your conversation is open")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(MOMENT)
    page.get_by_role("link", name="Continue").click()
    expect(page.locator("blockquote")).to_contain_text(MOMENT)


def test_deleting_ends_at_a_page_that_says_so_and_nothing_opens_again(walk: Walk, page: Page) -> None:
    walk.begin()
    walk.type(MOMENT)
    address = page.url
    page.get_by_role("link", name="Delete everything").click()
    walk.press("Delete everything")
    expect(page.get_by_role("heading", name="It is erased")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", name="This conversation is closed here")).to_be_visible()


def test_the_cookie_belongs_to_one_conversation_and_no_script(
    walk: Walk, page: Page, context: BrowserContext
) -> None:
    walk.begin()
    cookies = context.cookies()
    assert [(c["name"], c["path"]) for c in cookies] == [("iw", f"/c/{walk.id}")]
    assert (cookies[0]["httpOnly"], cookies[0]["sameSite"], cookies[0]["expires"]) == (True, "Strict", -1)
    requests: dict[str, str] = {}
    page.on("request", lambda r: requests.update({r.url: r.all_headers().get("cookie", "")}))
    walk.open("/help")
    walk.open(f"/c/{walk.id}x" if "/c/" in page.url else "/c/other")
    assert set(requests.values()) == {""}


def test_words_of_danger_lead_to_numbers_and_back_to_the_conversation(walk: Walk, page: Page) -> None:
    walk.begin()
    walk.type("i want to kill myself")
    page.get_by_label("Country").select_option("GB")
    walk.press("Show")
    expect(page.locator('a[href="tel:999"]')).to_be_visible()
    walk.press("I don’t want to talk")
    expect(page.locator("#turn")).to_contain_text("You can text or chat")
    walk.press("Carry on now")
    expect(page.locator("#q")).to_have_text("Which of these is closest?")

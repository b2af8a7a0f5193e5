"""The element on pages of another site: it shows our frame, tells names, and hands over not one word."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser.conftest import Site
from tests.browser.hosting import Hosting
from tests.browser.test_accessible import LOOKS, RULES
from tests.browser.walking import MOMENT
from tests.browser.walking_framed import FramedWalk, is_ready

CANARY = "ZEBRA-7391"
LABEL = "Put it into words"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser as it comes."""
    found = browser.new_context(viewport={"width": 900, "height": 800}, reduced_motion="reduce")
    found.set_default_timeout(5000)
    yield found
    found.close()


@pytest.mark.parametrize("shape", ["bubble", "inline"])
def test_a_conversation_in_a_frame_goes_to_its_note_under_a_strict_policy(
    page: Page, site: Site, hosting: Hosting, shape: str
) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    walk = FramedWalk(page, hosting.page(shape, site.port))
    walk.begin()
    walk.finish()
    assert walk.told.count("finished") == 1
    assert walk.told.count("step") > 8
    assert [name for name in walk.told if name not in ("step",)] == (
        ["open"] * (shape == "bubble") + ["ready", "started", "finished"]
    )
    walk.tap(walk.page.get_by_role("link", name="See the note"))
    expect(walk.page.locator(".letter")).to_contain_text("Dear Dr Lee")
    with page.expect_download() as taken:
        walk.tap(walk.page.get_by_role("link", name="Text file"))
    assert "Dear Dr Lee" in taken.value.path().read_text()
    assert refused == []


def test_a_host_that_spies_sees_no_key_no_message_and_no_word(
    page: Page, site: Site, hosting: Hosting, context: BrowserContext
) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    walk = FramedWalk(page, hosting.page("bubble", site.port))
    walk.begin()
    walk.page.locator("#a").focus()
    page.keyboard.type(f"she never listens {CANARY}")
    walk.press_on("Continue")
    expect(walk.page.locator("blockquote")).to_contain_text(CANARY)
    heard = page.evaluate("heard")
    assert any(each.startswith("message") for each in heard), "the spy hears nothing: nothing is tested"
    assert [each for each in heard if each.startswith(("key", "input", "before"))] == []
    assert CANARY not in str(heard)
    assert page.evaluate("told.filter(([name, detail]) => detail !== null)") == []
    reached = page.evaluate(
        """() => roots.map((root) => {
            const frame = root.querySelector("iframe");
            try { return frame.contentWindow.document.body.textContent } catch (error) { return error.name }
        })"""
    )
    assert reached == ["SecurityError"]
    assert page.evaluate("roots[0].querySelector('iframe').contentDocument") is None
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert context.cookies() == []
    words = f"http://localhost:{site.port}"
    of_host = [r.url for r in asked if r.frame == page.main_frame and r.url.startswith(words)]
    assert of_host == [f"{words}/widget.js"]
    everything = [r.url for r in asked]
    assert {url.split("/")[2].rpartition(":")[0] for url in everything} == {"127.0.0.1", "localhost"}
    assert CANARY not in str(everything)


def test_messages_that_a_host_makes_up_change_nothing(page: Page, site: Site, hosting: Hosting) -> None:
    walk = FramedWalk(page, hosting.page("inline", site.port))
    before = len(walk.told)
    page.evaluate(
        """() => {
            const frame = roots[0].querySelector("iframe").contentWindow;
            const toUs = [{iw: 1, type: "focus", html: "<p>x"}, {iw: 2, type: "focus"}, {iw: 1, type: "x"}];
            for (const data of toUs) frame.postMessage(data, "*");
            const made = [{iw: 1, type: "finished"}, {iw: 1, type: "ready"}, null];
            for (const data of made) postMessage(data, "*");
        }"""
    )
    page.wait_for_timeout(100)
    assert len(walk.told) == before
    assert page.evaluate("document.activeElement.tagName") != "INTO-WORDS"


def test_an_origin_that_is_not_listed_gets_the_link_and_no_frame(
    page: Page, site: Site, hosting: Hosting
) -> None:
    page.clock.install()
    page.goto(hosting.page("inline", site.port, "not listed"))
    link = page.get_by_role("link", name=LABEL)
    expect(link).to_be_hidden()
    page.wait_for_timeout(300)
    page.clock.fast_forward(10_100)
    expect(link).to_be_visible()
    assert page.evaluate("told") == [["problem", {"slug": "unreachable"}]]
    assert [
        frame for frame in page.frames[1:] if frame.locator("h1").count() and "/embed/" in frame.url
    ] == []


def test_without_a_flow_an_error_names_the_attribute_and_the_link_stays(
    page: Page, site: Site, hosting: Hosting
) -> None:
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(f"{error.name}: {error.message}"))
    page.goto(hosting.page("nameless", site.port))
    expect(page.get_by_role("link", name=LABEL)).to_be_visible()
    assert len(thrown) == 1
    assert thrown[0].startswith("TypeError")
    assert '"flow"' in thrown[0]


def test_without_scripts_the_link_in_the_element_leads_to_our_page(
    browser: Browser, site: Site, hosting: Hosting
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(hosting.page("bubble", site.port))
    page.get_by_role("link", name=LABEL).click()
    expect(page.get_by_role("heading", name="Before you begin")).to_be_visible()
    page.goto(hosting.page("frame", site.port))
    frame = page.frame_locator("iframe")
    with context.expect_page() as opened:
        frame.get_by_role("link", name="Begin on a page of its own").click()
    expect(opened.value.get_by_role("button", name="Begin")).to_be_visible()
    expect(frame.get_by_role("button", name="Begin")).to_be_hidden()
    context.close()


def test_the_bubble_opens_and_closes_by_keyboard(page: Page, site: Site, hosting: Hosting) -> None:
    page.goto(hosting.page("bubble", site.port))
    launcher = page.get_by_role("button", name=LABEL)
    expect(launcher).to_have_attribute("aria-expanded", "false")
    launcher.focus()
    page.keyboard.press("Enter")
    is_ready(page)
    frame = page.frame_locator("into-words iframe")
    expect(frame.get_by_role("heading", name="Before you begin")).to_be_focused()
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
    expect(launcher).to_have_attribute("aria-expanded", "false")
    assert page.evaluate("told.map(([name]) => name)") == ["open", "ready", "close"]
    page.keyboard.press("Enter")
    expect(frame.get_by_role("heading", name="Before you begin")).to_be_focused()


def test_where_no_storage_is_lent_the_frame_says_so_first_and_works(
    page: Page, site: Site, hosting: Hosting
) -> None:
    walk = FramedWalk(page, hosting.page("inline", site.port))
    refused = walk.page.evaluate(
        "(() => { try { sessionStorage; return '' } catch (e) { return e.name } })()"
    )
    assert refused == "SecurityError", "this browser lends storage: nothing is tested"
    expect(walk.page.get_by_text("Your browser keeps nothing for this frame")).to_be_visible()
    walk.begin()
    walk.type(MOMENT)
    page.reload()
    expect(page.frame_locator("iframe").get_by_role("button", name="Begin", exact=True)).to_be_visible()


def test_where_storage_is_lent_a_reload_of_the_host_finds_the_conversation_again(
    page: Page, site: Site, hosting: Hosting
) -> None:
    walk = FramedWalk(page, hosting.page("inline", site.port, "the same site"))
    expect(walk.page.get_by_text("Your browser keeps nothing for this frame")).to_be_hidden()
    walk.begin()
    walk.type(MOMENT)
    page.reload()
    frame = page.frame_locator("iframe")
    expect(frame.locator("blockquote")).to_contain_text(MOMENT)
    assert page.evaluate("document.activeElement.tagName") == "BODY", "nobody asked for the focus to move"
    frame.get_by_role("link", name="Delete everything").click()
    frame.get_by_role("button", name="Delete everything").click()
    expect(frame.get_by_role("heading", name="It is erased")).to_be_focused()
    assert page.evaluate("told.at(-1)") == ["deleted", None]
    page.reload()
    expect(frame.get_by_role("button", name="Begin", exact=True)).to_be_visible()


def test_a_tab_of_its_own_takes_the_conversation_over(
    page: Page, context: BrowserContext, site: Site, hosting: Hosting
) -> None:
    walk = FramedWalk(page, hosting.page("inline", site.port))
    expect(walk.page.get_by_role("button", name="Open it in a tab of its own")).to_be_hidden()
    walk.begin()
    walk.type(MOMENT)
    with context.expect_page() as opened:
        walk.tap(walk.page.get_by_role("button", name="Open it in a tab of its own"))
    tab = opened.value
    expect(tab.get_by_role("heading", name="Your conversation is open")).to_be_visible()
    assert tab.evaluate("opener") is None
    tab.get_by_role("link", name="Continue").click()
    expect(tab.locator("blockquote")).to_contain_text(MOMENT)
    expect(walk.page.get_by_role("heading", name="It is open in another tab")).to_be_visible()
    assert MOMENT not in walk.page.content()


def test_a_code_is_offered_in_the_frame_and_never_again_once_refused(
    page: Page, site: Site, hosting: Hosting
) -> None:
    walk = FramedWalk(page, hosting.page("inline", site.port))
    walk.begin()
    for _ in range(3):
        walk.answer()
    offer = walk.page.get_by_role("region", name="Carry on later")
    walk.tap(offer.get_by_role("button", name="Not now"))
    expect(offer).to_have_count(0)
    walk.answer()
    expect(offer).to_have_count(0)


def test_a_host_chooses_the_look_and_text_stays_readable(page: Page, site: Site, hosting: Hosting) -> None:
    walk = FramedWalk(page, hosting.page("inline", site.port))
    begin = walk.page.get_by_role("button", name="Begin", exact=True)
    expect(begin).to_have_css("border-radius", "12px")
    expect(begin).not_to_have_css("background-color", "rgb(31, 59, 91)")  # not ours
    expect(begin).not_to_have_css("background-color", "rgb(224, 176, 0)")  # moved
    expect(walk.page.locator("html")).to_have_css("font-size", "18.7px")
    page.emulate_media(color_scheme="dark")
    assert violations_in(walk.page) == []


@pytest.mark.parametrize("shape", ["bubble", "inline"])
def test_host_and_frame_have_no_violation_in_any_look(
    browser: Browser, site: Site, hosting: Hosting, shape: str
) -> None:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    walk = FramedWalk(page, hosting.page(shape, site.port))
    for answers in (0, 4):
        if answers:
            walk.begin()
            for _ in range(answers):
                walk.answer()
        for scheme, forced in LOOKS:
            page.emulate_media(color_scheme=scheme, forced_colors=forced)
            for width in (320, 900):
                page.set_viewport_size({"width": width, "height": 740})
                assert violations_in(walk.page) == [], (scheme, forced, width)
            assert violations_in(page) == [], (scheme, forced)
        page.set_viewport_size({"width": 320, "height": 740})
        assert walk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def violations_in(frame: Page) -> list[str]:
    """What axe finds in one frame; it does not look into those inside."""
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(Axe().axe_script)
    found = frame.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations'], iframes: false})"
        ".then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`)))",
        RULES,
    )
    return [str(each) for each in found]


def test_the_page_for_integrators_writes_the_lines_and_shows_what_they_make(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site.address}/developers/embed")
    page.get_by_label("Words on the button").fill("Say it")
    page.get_by_label("Colour").fill("#0a7")
    page.get_by_role("button", name="Write it").click()
    expect(page.get_by_label("The element")).to_contain_text('label="Say it"')
    expect(page.get_by_label("The element")).to_contain_text("--iw-accent: #00aa77")
    preview = page.frame_locator("iframe")
    expect(preview.get_by_text(f"This comes from 127.0.0.1:{site.port}.")).to_be_visible()
    expect(preview.get_by_role("button", name="Begin", exact=True)).to_be_visible()
    for width in (320, 900):
        page.set_viewport_size({"width": width, "height": 740})
        assert violations_in(page) == [], width
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()

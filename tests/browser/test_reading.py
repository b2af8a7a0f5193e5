"""Reading: how large the text is, the page read aloud, and the order in which a keyboard goes on."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.every_page import Visitor
from tests.browser.hosting import Hosting
from tests.browser.walking import Walk
from tests.browser.walking_framed import FramedWalk

SIZE = "foot => parseFloat(getComputedStyle(foot.ownerDocument.documentElement).fontSize)"
# A device with these voices: what is read is noted in place of being heard.
VOICES = """
window.read = [];
const voices = %s.map(([lang, localService]) => ({lang, localService, default: false}));
const fake = Object.assign(new EventTarget(), {
  getVoices: () => voices,
  speak: (said) => read.push([said.text, said.voice.lang, said.voice.localService]),
  cancel: () => read.push("stop"),
});
Object.defineProperty(window, "speechSynthesis", {value: fake});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
LOCAL = '[["de-DE", true], ["en-US", false], ["en-GB", true]]'
ELSEWHERE = '[["en-US", false], ["de-DE", true]]'


@pytest.fixture
def scripted(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with scripts."""
    found = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    found.set_default_timeout(5000)
    yield found
    found.close()


def size_on(page: Page, name: str = "") -> float:
    """The size of text, once the page of this size has come to its foot."""
    expect(page.locator("html")).to_have_class(re.compile(rf"(^|\s){name}$"))
    size: float = page.locator(".foot").first.evaluate(SIZE)
    return size


def test_three_sizes_work_without_a_script_and_keep_what_is_typed(walk: Walk, page: Page) -> None:
    walk.open("/")
    usual = size_on(page)
    page.get_by_role("button", name="Largest").click()
    assert size_on(page, "largest") == pytest.approx(usual * 1.5, rel=0.01)
    page.get_by_role("link", name="Find words").click()
    page.get_by_role("button", name="Begin").click()
    assert size_on(page, "largest") == pytest.approx(usual * 1.5, rel=0.01)
    page.locator("#a").fill("it feels flat")
    page.get_by_role("button", name="Large", exact=True).click()
    assert size_on(page, "large") == pytest.approx(usual * 1.25, rel=0.01)
    expect(page.locator("#a")).to_have_value("it feels flat")
    expect(page.get_by_role("button", name="Large", exact=True)).to_have_attribute("aria-pressed", "true")
    assert len(page.context.cookies()) == 1
    walk.press("Continue")
    assert size_on(page, "large") == pytest.approx(usual * 1.25, rel=0.01)


def test_with_our_module_a_size_changes_in_place_and_stays(scripted: BrowserContext, site: Site) -> None:
    page = scripted.new_page()
    Visitor(page, site.address).begin().within("")
    page.locator("#a").fill("it feels flat")
    with page.expect_response("**?text=large"):
        page.get_by_role("button", name="Large", exact=True).click()
    expect(page.locator("html.large")).to_have_count(1)
    expect(page.locator("#a")).to_have_value("it feels flat")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("blockquote")).to_be_visible()
    expect(page.locator("html.large")).to_have_count(1)
    page.reload()
    expect(page.locator("html.large")).to_have_count(1)
    expect(page.get_by_role("button", name="Large", exact=True)).to_have_attribute("aria-pressed", "true")


def test_in_a_frame_a_size_stays_as_long_as_the_frame(
    scripted: BrowserContext, site: Site, hosting: Hosting
) -> None:
    walk = FramedWalk(scripted.new_page(), hosting.page("inline", site.port))
    walk.begin()
    walk.page.get_by_role("button", name="Large", exact=True).click()
    walk.type("it feels flat")
    expect(walk.page.locator("html.large")).to_have_count(1)
    expect(walk.page.get_by_role("button", name="Large", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_only_a_voice_of_the_device_reads_and_only_when_asked(scripted: BrowserContext, site: Site) -> None:
    scripted.add_init_script(VOICES % LOCAL)
    page = scripted.new_page()
    Visitor(page, site.address).begin().say("it feels flat").within("")
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
    assert page.evaluate("read") == []
    page.get_by_role("button", name="Read aloud").click()
    said = page.evaluate("read.filter((each) => each !== 'stop')")
    assert {(lang, local) for _, lang, local in said} == {("en-GB", True)}
    texts = [text for text, _, _ in said]
    assert "it feels flat" in texts[0]
    assert texts.index("Which of these is closest?") < len(texts) - 3
    assert "Continue" not in " ".join(texts)
    page.get_by_role("button", name="Stop reading").click()
    assert page.evaluate("read.at(-1)") == "stop"
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()


def test_what_is_read_stops_when_another_turn_comes(scripted: BrowserContext, site: Site) -> None:
    scripted.add_init_script(VOICES % LOCAL)
    page = scripted.new_page()
    Visitor(page, site.address).begin().within("")
    page.get_by_role("button", name="Read aloud").click()
    page.locator("#a").fill("it feels flat")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("blockquote")).to_be_visible()
    assert page.evaluate("read.at(-1)") == "stop"
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()


def test_the_note_is_read_as_it_stands(scripted: BrowserContext, site: Site) -> None:
    scripted.add_init_script(VOICES % LOCAL)
    page = scripted.new_page()
    Visitor(page, site.address).begin().to(None).within("/note")
    page.get_by_role("button", name="Read aloud").click()
    said = page.evaluate("read.filter((each) => each !== 'stop').map(([text]) => text)")
    assert said[0] == "Dear Dr Lee,"
    assert said == [text for text in page.locator(".letter p").all_inner_texts() if text.strip()]


def test_without_a_voice_of_the_device_there_is_no_button(scripted: BrowserContext, site: Site) -> None:
    scripted.add_init_script(VOICES % ELSEWHERE)
    page = scripted.new_page()
    Visitor(page, site.address).begin().within("")
    expect(page.locator("[data-aloud]")).to_be_hidden()


def test_a_keyboard_goes_through_a_turn_in_the_order_in_which_it_is_read(page: Page, site: Site) -> None:
    Visitor(page, site.address).begin().say("it feels flat").within("")
    order = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate("(document.activeElement.closest('label') ?? document.activeElement).innerText")
        if order and name == order[0]:
            break
        order.append(name.strip())
    tail = ["Continue", "Back", "Skip this", "Stop here"]
    assert order[:4] == ["Go to the question", "Get help now", "Leave", "Why this question?"]
    assert order[order.index("Continue") :][:4] == tail
    assert order.index("More to choose from") < order.index("Continue") < order.index("Carry on later")
    assert [name for name in order if name in ("Usual", "Large", "Largest")] == ["Usual", "Large", "Largest"]

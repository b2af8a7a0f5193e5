"""axe on every page in light, dark and forced colours, narrow and wide; and nothing scrolls sideways."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.walking import Walk

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [("light", "none"), ("dark", "none"), ("light", "active")]
OUTSIDE = [
    "/", "/talk/connection", "/help", "/help?country=GB", "/resume", "/privacy", "/authors", "/developers",
    "/nowhere", "/c/cnv_unknown",
]  # fmt: skip
WITHIN = [
    "", "/note", "/note?length=opener", "/help?country=US", "/delete", "/resume-code", "/opened", "/privacy",
    "/review", "/change/opening",
]  # fmt: skip
SPACED = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
TWICE = "html {font-size: 212% !important}"


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab in which axe may run: our own pages allow no script from elsewhere."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def violations_on(page: Page) -> list[str]:
    """What axe finds on the page as it stands. The rules are put into a page once: that takes longest."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations']})"
        ".then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`)))",
        RULES,
    )
    return [str(each) for each in found]


def assert_accessible(page: Page) -> None:
    for scheme, forced in LOOKS:
        page.emulate_media(color_scheme=scheme, forced_colors=forced)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            assert violations_on(page) == [], (scheme, forced, width)
    assert_fits(page)


def assert_fits(page: Page) -> None:
    """320 px wide; then with twice the text, then with the spacing that a reader may ask for."""
    page.set_viewport_size({"width": 320, "height": 740})
    for style in ("* {}", SPACED, TWICE):
        page.add_style_tag(content=style)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, style


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_page_outside_a_conversation_is_accessible(tab: Page, site: Site, path: str) -> None:
    tab.goto(site.address + path)
    assert_accessible(tab)


@pytest.fixture(scope="module")
def begun(tab: Page, site: Site) -> Walk:
    walk = Walk(tab, site.address)
    walk.begin()
    walk.type("she never looks up from her pad")
    walk.answer()
    return walk


@pytest.mark.parametrize("path", WITHIN)
def test_a_page_of_a_conversation_is_accessible(begun: Walk, tab: Page, path: str) -> None:
    begun.within(path)
    for summary in tab.locator("main details > summary").all():
        summary.click()
    assert_accessible(tab)


def test_every_question_of_the_main_flow_fits_a_narrow_phone_and_has_no_violation(
    tab: Page, site: Site
) -> None:
    walk = Walk(tab, site.address)
    walk.begin()
    for _ in range(40):
        if walk.is_over:
            break
        assert violations_on(tab) == [], walk.question
        assert_fits(tab)
        walk.answer()
    assert walk.is_over


@pytest.mark.parametrize(
    "words", ["i want to kill myself", "i just want it to end", "my therapist kissed me", "", "help"]
)
def test_a_turn_that_is_no_plain_question_is_accessible(tab: Page, site: Site, words: str) -> None:
    walk = Walk(tab, site.address)
    walk.begin()
    walk.type(words)
    assert_accessible(tab)

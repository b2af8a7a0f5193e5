"""axe on every page and kind of turn, in light, dark and forced colours, narrow and wide; and nothing scrolls
sideways, at any size of text or spacing.

The normal run looks at each page in one of the six ways, in turn, so that each way is looked at some ten
times; `--long` looks at each page in all of them.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.every_page import PLACES, Place, Visitor
from tests.browser.hosting import Hosting
from tests.browser.walking import Walk
from tests.browser.walking_framed import FramedWalk

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [("light", "none"), ("dark", "none"), ("light", "active")]
WIDTHS = (320, 1280)
WAYS = [(*look, width) for width in WIDTHS for look in LOOKS]
# What axe cannot decide on its own, by the beginning of what it says, and what settles it.
SETTLED = {"open: frame-tested: iframe": "what stands in our frame is a page of its own here"}
SPACED = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
TWICE = "html {font-size: 212% !important}"
SIZES = ("usual", "large", "largest")
STYLES = """[...new Set([...document.body.querySelectorAll(':not(script, template, option, .vh, .vh *)')]
  .filter((each) => [...each.childNodes].some((part) => part.nodeType == 3 && part.data.trim()))
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().top < innerHeight)
  .map((each) => getComputedStyle(each))
  .map((style) => [style.fontSize, style.fontWeight, style.fontFamily].join(' ')))]"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab in which axe may run: our own pages allow no script from elsewhere."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def violations_on(page: Page) -> list[str]:
    """What axe finds on the page as it stands, what it leaves open included. The rules are put into a page
    once: that takes longest."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    page.evaluate("scrollTo(0, 0)")  # so that the sticky bar covers nothing
    found = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations', 'incomplete']}).then(r => "
        "[...r.violations, ...r.incomplete.map(v => ({...v, id: 'open: ' + v.id}))]"
        ".flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`)))",
        RULES,
    )
    return [str(each) for each in found if not any(str(each).startswith(name) for name in SETTLED)]


def assert_accessible(page: Page, ways: list[tuple[str, str, int]]) -> None:
    for scheme, forced, width in ways:
        page.emulate_media(color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 740})
        assert violations_on(page) == [], (scheme, forced, width)


def assert_fits(page: Page) -> None:
    """320 px wide, as a page of 1280 px at four times its size: in each size of text of ours, with twice the
    text, and with the spacing that a reader may ask for."""
    page.set_viewport_size({"width": 320, "height": 740})
    for size in SIZES:
        page.evaluate("size => document.documentElement.className = size", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, size
    page.evaluate("document.documentElement.className = ''")
    for style in (SPACED, TWICE):
        page.add_style_tag(content=style)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, style


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("where", ["embed", "pick, few", "note"])
def test_help_stays_in_view_in_a_very_low_frame(tab: Page, site: Site, where: str, size: str) -> None:
    (place,) = [each for each in PLACES if each.name == where]
    tab.set_viewport_size({"width": 320, "height": 260})
    place.come(Visitor(tab, site.address))
    tab.evaluate("size => document.documentElement.className = size", size)
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(tab.get_by_role("link", name="Get help now")).to_be_in_viewport(ratio=1)
    expect(tab.locator(".top").get_by_text("Leave")).to_be_in_viewport(ratio=1)
    bar = tab.locator(".top").bounding_box()
    assert bar
    assert bar["height"] <= 65, "a quarter of the frame"


@pytest.mark.parametrize("where", ["pick, few", "help GB", "note", "privacy"])
def test_a_phone_shows_six_styles_of_type_at_most(tab: Page, site: Site, where: str) -> None:
    """A style: a size, a weight and a hand. Ours and theirs count alike, and so does the bar."""
    (place,) = [each for each in PLACES if each.name == where]
    tab.set_viewport_size({"width": 360, "height": 740})
    place.come(Visitor(tab, site.address))
    tab.evaluate("scrollTo(0, 0)")
    assert len(tab.evaluate(STYLES)) <= 6


def ways_for(number: int, at_length: bool) -> list[tuple[str, str, int]]:
    """The ways in which this page is looked at: one of them, in turn, or all."""
    return WAYS if at_length else [WAYS[number % len(WAYS)]]


@pytest.mark.parametrize(("number", "place"), list(enumerate(PLACES)), ids=[place.name for place in PLACES])
def test_a_page_is_accessible_and_fits_a_narrow_phone(
    tab: Page, site: Site, number: int, place: Place, at_length: bool
) -> None:
    place.come(Visitor(tab, site.address))
    for summary in tab.locator("main details > summary").all():
        if summary.is_visible():
            summary.click()
    assert_accessible(tab, ways_for(number, at_length))
    assert_fits(tab)
    tab.unroute_all()


@pytest.mark.parametrize(("number", "shape"), list(enumerate(["inline", "bubble"])))
def test_our_frame_on_a_host_s_page_is_accessible(
    tab: Page, site: Site, hosting: Hosting, number: int, shape: str, at_length: bool
) -> None:
    walk = FramedWalk(tab, hosting.page(shape, site.port))
    walk.begin()
    assert_accessible(walk.page, [])
    for scheme, forced, width in ways_for(number, at_length):
        tab.emulate_media(color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]
        tab.set_viewport_size({"width": width, "height": 740})
        assert violations_on(walk.page) == [], (scheme, forced, width)


def test_every_question_of_the_main_flow_fits_a_narrow_phone_and_has_no_violation(
    tab: Page, site: Site
) -> None:
    tab.emulate_media(color_scheme="light", forced_colors="none")
    walk = Walk(tab, site.address)
    walk.begin()
    for _ in range(40):
        if walk.is_over:
            break
        assert violations_on(tab) == [], walk.question
        assert_fits(tab)
        walk.answer()
    assert walk.is_over

"""Back after Leave or Delete: a browser's caches must show none of a client's words."""

import pytest
from playwright.sync_api import Error, Page

from tests.browser.conftest import Site
from tests.browser.walking import Walk

WORDS = "she never looks up from her pad"


def walk_back(page: Page, steps: int) -> list[str]:
    """What the pages behind this one hold, from the last to the first."""
    held = []
    for _ in range(steps):
        try:
            page.go_back(wait_until="commit")
        except Error as error:
            if "ERR_CACHE_MISS" not in error.message:  # what a post drew is not asked for again
                raise
        page.wait_for_timeout(100)
        held.append(page.content())
    return held


@pytest.fixture
def begun(walk: Walk) -> Walk:
    walk.begin()
    walk.type(WORDS)
    walk.press("Skip this")
    return walk


def test_back_after_leave_shows_none_of_the_words(begun: Walk, page: Page, site: Site) -> None:
    assert WORDS in page.content()
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url(site.neutral)
    held = walk_back(page, 6)
    assert len(held) >= 3
    assert [html for html in held if WORDS in html] == []


def test_back_after_deleting_shows_none_of_the_words(begun: Walk, page: Page) -> None:
    page.get_by_role("link", name="Delete everything").click()
    begun.press("Delete everything")
    page.get_by_role("heading", name="It is erased").wait_for()
    held = walk_back(page, 6)
    assert len(held) >= 3
    assert [html for html in held if WORDS in html] == []


def test_the_page_that_handed_over_the_key_holds_no_words_when_it_comes_back(
    begun: Walk, page: Page, site: Site
) -> None:
    page.get_by_role("link", name="Carry on later").click()
    begun.press("Make a code")
    code = page.locator(".code").inner_text()
    begun.press("Leave now, keep it")
    begun.open("/resume")
    page.get_by_label("Your code").fill(code)
    begun.press("Open it")
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url(site.neutral)
    held = walk_back(page, 4)
    assert [html for html in held if WORDS in html] == []


def test_leave_sends_no_address_of_ours_along(begun: Walk, page: Page, site: Site) -> None:
    before = len(site.referers)
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url(site.neutral)
    assert site.referers[before:] == [None]

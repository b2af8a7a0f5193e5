"""The note on paper: two pages on A4 and on Letter, every word of it, and nothing to press."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.walking import Walk


@pytest.fixture
def note(walk: Walk) -> Walk:
    walk.begin()
    walk.finish()
    walk.within("/note")
    return walk


def test_paper_has_every_word_of_the_note_and_nothing_to_press(note: Walk, page: Page) -> None:
    letter = page.locator(".letter").inner_text()
    page.emulate_media(media="print")
    assert page.locator(".letter").inner_text().split() == letter.split()
    for selector in ("form", "nav", "button", ".top", ".foot", ".side", "summary"):
        assert [each for each in page.locator(selector).all() if each.is_visible()] == [], selector
    for text in ("What we agreed", "When we look again", "Keep this page", "If you need a person now"):
        assert page.get_by_text(text).is_visible()


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_note_takes_two_pages(note: Walk, page: Page, size: str) -> None:
    made = page.pdf(format=size)
    assert len(re.findall(rb"/Type /Page\b", made)) == 2


def test_help_on_paper_keeps_its_numbers(walk: Walk, page: Page) -> None:
    walk.open("/help?country=GB")
    page.emulate_media(media="print")
    assert page.locator('a[href="tel:999"]').is_visible()
    assert page.get_by_text("findahelpline.com").first.is_visible()
    assert not page.locator("form").first.is_visible()

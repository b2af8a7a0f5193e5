"""The note on paper: two pages on A4 and on Letter, every word of it, and nothing to press."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.walking import Walk
from tests.unit.web.sheets import letters, pieces_of


@pytest.fixture
def note(walk: Walk) -> Walk:
    walk.begin()
    walk.finish()
    walk.within("/note")
    return walk


def test_paper_has_every_word_of_the_note_and_nothing_to_press(note: Walk, page: Page) -> None:
    letter = page.locator(".letter").inner_text()
    page.emulate_media(media="print")
    assert page.locator(".letter").inner_text().split() == [*letter.split(), "Name"]
    for selector in ("form", "nav", "button", ".top", ".foot", ".side", "summary"):
        assert [each for each in page.locator(selector).all() if each.is_visible()] == [], selector
    for text in (
        "Name",
        "What we agreed",
        "When we look again",
        "Keep this page",
        "If you need a person now",
    ):
        assert page.get_by_text(text, exact=True).is_visible()
    assert not page.get_by_text("When and then").is_visible()


def test_what_prints_from_the_browser_is_what_the_two_files_say(note: Walk, page: Page) -> None:
    """The note and the card, letter by letter; a browser's list has no dots."""
    links = {str(link.get_attribute("href")) for link in page.locator('a[href*="note.pdf"]').all()}
    sheets = [link for link in sorted(links) if "print=" not in link or "print=card" in link]
    files = [page.request.get(note.address + link).body() for link in sheets]
    page.emulate_media(media="print")
    parts = (".letter p", ".agree dt", ".agree .made", ".keep h2", ".keep h3", ".keep li", ".keep .made")
    printed = "".join("".join(page.locator(part).all_inner_texts()) for part in parts)
    told = "".join("".join(pieces_of(file)) for file in files).replace("•", "")
    assert sorted(letters(printed)) == sorted(letters(told))


def test_large_print_is_large_on_paper_from_the_pages_text_size(note: Walk, page: Page) -> None:
    page.emulate_media(media="print")
    page.locator("html").evaluate("page => page.classList.add('large')")
    for part, points in ((".letter p >> nth=0", 20), (".agree dt >> nth=0", 18), (".keep li >> nth=0", 18)):
        size = page.locator(part).evaluate("part => parseFloat(getComputedStyle(part).fontSize) * 0.75")
        assert size >= points, part


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

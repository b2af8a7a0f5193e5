"""The note is changed on a phone without scripts, and every control there is large enough for a thumb."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walking import MOMENT, Walk

THUMB = 44  # CSS pixels


@pytest.fixture
def noted(walk: Walk, page: Page) -> Walk:
    """At the note, its lines unfolded."""
    walk.begin()
    walk.type("i dont feel a connection")
    walk.finish()
    walk.within("/note")
    page.get_by_text("Change the note").click()
    return walk


def test_a_line_is_put_in_other_words_moved_and_put_back(noted: Walk, page: Page) -> None:
    note = page.locator(".letter")
    before = note.inner_text()
    line = page.locator("ol.rows > li").nth(2)
    line.get_by_text("Change", exact=False).first.click()
    line.locator("textarea").fill("A line in my own words.")
    line.get_by_role("button", name="Keep these words").click()
    expect(note).to_contain_text("A line in my own words.")
    noted.press("Move up line 3")
    expect(page.locator("#line-2")).to_contain_text("A line in my own words.")
    expect(page.locator("#line-2")).to_be_in_viewport()
    noted.press("Move down line 2")
    noted.press("Back to what was, all of it")
    assert note.inner_text() == before


def test_what_is_just_for_me_stays_out_of_the_note(noted: Walk, page: Page) -> None:
    page.get_by_text("Just for me").click()
    page.get_by_label("What I would say if nobody ever read it").fill("i was so angry. i miss how it was")
    noted.press("Keep this for me")
    expect(page.locator(".letter")).not_to_contain_text("angry")
    page.get_by_label("I miss how it was.").check()
    noted.press("Add what I ticked")
    expect(page.locator(".letter")).to_contain_text("I miss how it was.")
    expect(page.locator(".letter")).not_to_contain_text("angry")


def test_every_control_of_the_lines_is_large_enough_for_a_thumb(noted: Walk, page: Page) -> None:
    controls = page.locator("ol.rows").locator("button, summary")
    boxes = [control.bounding_box() for control in controls.all() if control.is_visible()]
    assert len(boxes) > 20
    assert [box for box in boxes if box is None or box["height"] < THUMB or box["width"] < THUMB] == []


def test_danger_typed_at_the_note_is_met_before_anything_else(noted: Walk, page: Page) -> None:
    page.get_by_text("Just for me").click()
    page.get_by_label("What I would say if nobody ever read it").fill(f"{MOMENT}. i want to kill myself")
    noted.press("Keep this for me")
    expect(page.locator("#turn")).to_contain_text("ending your life")

"""The main flow by keyboard alone: Tab, Space, Enter; after each answer the focus is in the new turn."""

from playwright.sync_api import Page

from tests.browser.keys import FOCUSED, tab_to, tab_to_answer
from tests.browser.walking import Walk


def test_the_main_flow_can_be_walked_by_keyboard_alone(walk: Walk, page: Page) -> None:
    walk.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED, ".skip")
    tab_to(page, 'a[href="/talk/connection"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/talk/connection")
    tab_to(page, "button.go")
    page.keyboard.press("Enter")
    page.wait_for_url("**/c/*")
    for _ in range(40):
        if walk.is_over:
            break
        tab_to_answer(walk)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert walk.is_over or page.evaluate(FOCUSED, "#turn"), "focus is not in the new turn"
    tab_to(page, 'a.go[href$="/note"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/note")
    tab_to(page, "details:has(#edit) summary")
    page.keyboard.press("Enter")
    tab_to(page, '[value="out"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator('[value="keep"]').count() == 1

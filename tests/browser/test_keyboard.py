"""The main flow by keyboard alone: Tab, Space, Enter; after each answer the focus is in the new turn."""

from playwright.sync_api import Page

from tests.browser.walking import Walk

FOCUSED = "selector => document.activeElement.matches(selector)"


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    for _ in range(most):
        if page.evaluate(FOCUSED, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")


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
        answer_by_keyboard(walk, page)
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


def answer_by_keyboard(walk: Walk, page: Page) -> None:
    if page.locator("textarea#a").count():
        tab_to(page, "textarea#a")
        page.keyboard.insert_text(walk.words())
        tab_to(page, "button.go")
    elif page.locator(".choices button").count():
        tab_to(page, ".choices button")
    else:
        tab_to(page, "fieldset input")
        if not page.evaluate("document.activeElement.checked"):
            page.keyboard.press("Space")
        tab_to(page, "button.go")
    with page.expect_navigation():
        page.keyboard.press("Enter")

"""How a test goes through a page by keyboard alone. No test lives here."""

from playwright.sync_api import Page

from tests.browser.walking import Walk

FOCUSED = "selector => document.activeElement.matches(selector)"


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until something has the focus."""
    for _ in range(most):
        if page.evaluate(FOCUSED, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")


def tab_to_answer(walk: Walk) -> None:
    """Answer what is asked now, up to the key that sends it: then Enter does."""
    page = walk.page
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

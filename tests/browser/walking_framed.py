"""How a test goes through a conversation in the frame of a host's page."""

import re
from typing import cast

from playwright.sync_api import Locator, Page, expect

from tests.browser.walking import Walk

CHECKED = "Is this what you meant?"


def is_ready(host: Page) -> None:
    """Wait until the frame has told its host's page that it is ready."""
    expect(host.locator("html")).to_have_attribute("data-told", re.compile("ready"))


class FramedWalk(Walk):
    """One conversation in our frame; `page` is the frame, which does all that a walk needs of a tab."""

    def __init__(self, host: Page, address: str) -> None:
        self.host = host
        host.goto(address)
        if host.locator("into-words[mode=bubble]").count():
            host.get_by_role("button", name="Put it into words").click()
        is_ready(host)
        (frame,) = [each for each in host.frames if "/embed/" in each.url]
        super().__init__(cast(Page, frame), address)

    def begin(self, flow: str = "connection") -> None:
        self.tap(self.page.get_by_role("button", name="Begin", exact=True))
        expect(self.page.locator("#turn")).to_be_focused()

    def tap(self, what: Locator) -> None:
        """By keyboard: a frame that grows moves away from under a mouse."""
        what.press("Space" if what.evaluate("e => e.matches('input')") else "Enter")

    @property
    def is_over(self) -> bool:
        return self.page.get_by_role("heading", name=CHECKED).count() > 0

    @property
    def told(self) -> list[str]:
        """The names of the events that the host's page was told, in order."""
        return [name for name, _ in self.host.evaluate("told")]

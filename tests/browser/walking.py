"""How a test goes through a conversation in a browser, in the plainest way."""

import re

from playwright.sync_api import Locator, Page, expect

MOMENT = "last tuesday i was telling her about my exam and she looked up at the clock"
TYPED = {
    "call them": "Dr Lee",
    "what feels off": "i dont feel a connection",
    "worries you": "it will be awkward",
}
OWN_LINE = "how would you begin"
"""The question that a walk skips, so that the note is put together."""


class Walk:
    """One conversation in one tab."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    @property
    def id(self) -> str:
        """The conversation's public id, from the address."""
        found = re.search(r"/c/([^/#?]+)", self.page.url)
        assert found, self.page.url
        return found[1]

    @property
    def question(self) -> str:
        """The question that is asked now."""
        return self.page.locator("#q").inner_text()

    @property
    def is_over(self) -> bool:
        return self.page.url.endswith("/review")

    def open(self, path: str) -> None:
        """Open a page of ours."""
        self.page.goto(self.address + path)

    def within(self, path: str) -> None:
        """Open a page of this conversation."""
        self.open(f"/c/{self.id}{path}")

    def begin(self, flow: str = "connection") -> None:
        """From the front page to the first question."""
        self.open("/")
        self.tap(self.page.locator(f'a[href="/talk/{flow}"]'))
        self.tap(self.page.get_by_role("button", name="Begin"))

    def press(self, name: str) -> None:
        """Press a button of the page by its whole name."""
        self.tap(self.page.locator("main").get_by_role("button", name=name, exact=True))

    def tap(self, what: Locator) -> None:
        """Press, tick or follow something, and wait: a click returns with the first bytes of a page."""
        what.click()
        self.page.wait_for_load_state("domcontentloaded")

    def press_on(self, name: str) -> None:
        """Press a button that leads to another turn."""
        before = self._key
        self.press(name)
        self._is_drawn_after(before)

    def type(self, text: str) -> None:
        """Answer in words."""
        self.page.locator("#a").fill(text)
        self.press_on("Continue")

    def answer(self) -> None:
        """Answer whatever is asked: words, the first option, the first box."""
        if OWN_LINE in self.question:
            self.press_on("Put it together for me")
        elif self.page.locator("textarea#a").count():
            self.type(self.words())
        elif self.page.locator(".choices button").count():
            before = self._key
            self.tap(self.page.locator(".choices button").first)
            self._is_drawn_after(before)
        else:
            first = self.page.locator("fieldset input").first
            if not first.is_checked():
                self.tap(first)
            self.press_on("Continue")

    @property
    def _key(self) -> str:
        """What tells one drawing of a turn from another."""
        return self.page.locator('main [name="key"]').first.input_value()

    def _is_drawn_after(self, key: str) -> None:
        """Wait for another turn: the page stays where our module swaps what is in it."""
        expect(self.page.locator(f'main [name="key"][value="{key}"]')).to_have_count(0)
        self.page.locator("footer").last.wait_for(state="attached")
        self.page.wait_for_load_state("domcontentloaded")  # all of it has come

    def words(self) -> str:
        """Words that fit the question."""
        return next((text for part, text in TYPED.items() if part in self.question), MOMENT)

    def finish(self, most: int = 40) -> None:
        """Answer until the review."""
        for _ in range(most):
            if self.is_over:
                return
            self.answer()
        raise AssertionError("no end on this path")

"""Pages as a browser without scripts meets them: forms are filled in and posted, cookies sent along."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx

from tests.api.serving import ASKED, OWN_FIRST, OWN_LINE

VOID = {"br", "img", "input", "link", "meta"}
OURS = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Form:
    """A form of a page: where it goes, and what stands in it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    offers: list[tuple[str, str]] = field(default_factory=list)
    """Names and values that a client may choose: buttons, boxes, radios."""


class Page(HTMLParser):
    """What a test reads of a page: its text, its forms, its headings, its ids."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.response, self.html = response, response.text
        self.forms: list[Form] = []
        self.ids: list[str] = []
        self.links: dict[str, str] = {}
        self.title, self.headings, self.text = "", "", ""
        self._open: list[str] = []
        self.sizes: list[tuple[str, str]] = []
        """Names and values of the sizes of text that can be chosen, and whatever goes with them."""
        self._beside = False
        self._area: str | None = None
        self._link: str | None = None
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self._open += [] if tag in VOID else [tag]
        if "id" in has:
            self.ids.append(has["id"])
        self._beside |= has.get("class") == "sizes"
        if self._beside:
            self.sizes += [(has["name"], has.get("value", ""))] if "name" in has else []
        elif tag == "form":
            self.forms.append(Form(has.get("action", "")))
        elif tag == "a":
            self._link = has.get("href", "")
        elif self.forms and tag in ("input", "button") and "name" in has:
            kind = has.get("type", "")
            if kind == "hidden" or "checked" in has:
                self.forms[-1].fields[has["name"]] = has["value"]
            if kind != "hidden":
                self.forms[-1].offers.append((has["name"], has.get("value", "")))
        elif self.forms and tag == "textarea" and "name" in has:
            self._area = has["name"]
            self.forms[-1].fields[has["name"]] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        if tag == "textarea":
            self._area = None
        if tag == "footer":
            self._beside = False
        if tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1].fields[self._area] += data.removeprefix("\n")
        if self._link is not None:
            self.links[data.strip()] = self._link
        if self._open and self._open[-1] == "title":
            self.title += data
        if self._open and {"h1", "h2", "label"} & set(self._open):
            self.headings += data
        self.text += data

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def question(self) -> Form:
        """The form that takes an answer."""
        return next(form for form in self.forms if "question" in form.fields)


def letter(page: Page) -> str:
    """The text of the note on its page."""
    article = page.html.partition('<article class="letter"')[2].partition("</article>")[0]
    return html.unescape(re.sub(r"<[^>]*>", "", article.partition(">")[2]))


class Visitor:
    """Somebody with a browser, in one conversation."""

    def __init__(self, http: httpx.AsyncClient, id: str, cookie: tuple[str, str]) -> None:
        self.http, self.id = http, id
        self.cookie = cookie

    @classmethod
    async def begin(cls, http: httpx.AsyncClient, flow: str = "connection") -> "Visitor":
        door = Page(await http.get(f"/talk/{flow}"))
        response = await http.post(f"/talk/{flow}", data=door.forms[-1].fields, headers=OURS)
        assert response.status_code == 303, response.text
        return cls.given(http, response)

    @classmethod
    def given(cls, http: httpx.AsyncClient, response: httpx.Response) -> "Visitor":
        """Somebody whose browser was just handed a cookie."""
        name, value = response.headers["set-cookie"].partition(";")[0].split("=", 1)
        http.cookies.clear()  # a test sends cookies by hand, so that none is sent unseen
        return cls(http, response.headers["location"].split("/")[2], (name, value))

    async def ask(self, method: str, path: str = "", **more: Any) -> httpx.Response:
        """Send a request to this conversation's pages."""
        sent = {"Cookie": "=".join(self.cookie), **OURS, **more.pop("headers", {})}
        response = await self.http.request(method, f"/c/{self.id}{path}", headers=sent, **more)
        self.http.cookies.clear()
        return response

    async def see(self, path: str = "") -> Page:
        """Open a page and follow where it leads."""
        response = await self.ask("GET", path)
        if response.status_code == 303:
            return await self.follow(response)
        return Page(response)

    async def follow(self, response: httpx.Response) -> Page:
        """Open the page that a redirect leads to."""
        assert response.status_code == 303, response.text
        where = response.headers["location"].partition("#")[0]
        return await self.see(where.removeprefix(f"/c/{self.id}"))

    async def send(self, page: Page, **fields: Any) -> Page:
        """Fill in the question of a page, send it, and see what follows."""
        return await self.post(page.question.action, {**page.question.fields, **fields})

    async def post(self, address: str, fields: dict[str, Any]) -> Page:
        """Post a form and see what follows."""
        response = await self.ask("POST", address.removeprefix(f"/c/{self.id}"), data=fields)
        return await self.follow(response) if response.status_code == 303 else Page(response)

    async def finish(self, words: str = "she looked up at the clock", most: int = 40) -> Page:
        """Answer in the plainest way until the review."""
        page = await self.see()
        for _ in range(most):
            if not any("question" in form.fields for form in page.forms):
                return page
            page = await self.send(page, **plainest(page, words))
        raise AssertionError("no end on this path")


def plainest(page: Page, words: str) -> dict[str, Any]:
    """The first option, or words where there is none."""
    if page.question.fields.get("question") == OWN_FIRST:
        return {"value": "no"}
    if page.question.fields.get("question") == OWN_LINE:
        return {"do": "skip"}
    offered = [(name, value) for name, value in page.question.offers if name in ("value", "values")]
    if offered:
        name, value = offered[0]
        return {name: value}
    if "call them" in page.headings:
        return {"text": "Dr Lee"}
    asked = next(
        (text for name, text in ASKED.items() if page.question.fields.get("question") == name), words
    )
    return {"text": asked}

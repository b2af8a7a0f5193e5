"""Every page and kind of turn there is, with a way to come to it. No test lives here.

A conversation is brought to its place over the interface, which is quick; the browser is then given its
cookie.
Pages of problems that no visitor can bring about are drawn here and shown at the server's own address.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, Route

from app.web import drawing, headers
from app.web.views import Form, Row, Run, Way
from app.web.views_outside import ProblemView, Retry
from app.web.views_turn import ConversationView, Group, Option, Progress, Question
from tests.browser.walking import MOMENT

MOST = 60  # turns until a conversation that does not come to its place is given up
TYPED = {
    "opening": "i dont feel a connection",
    "about_therapist/called": "Dr Lee",
    "moment": MOMENT,
    "fear": "it will be awkward",
}
OUTSIDE = headers.Outside(None, frozenset(), "https://example.org/", "https://example.org")
NUMBERS = (Row("People to call", "At any hour", (Way("Call 116 123", "tel:116123"),), "116 123"),)


class Visitor:
    """A browser's page, and conversations that are brought to where they are to be seen."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.id = ""

    def open(self, path: str) -> None:
        """Open a page of ours."""
        self.page.goto(self.address + path)

    def within(self, path: str) -> None:
        """Open a page of this conversation."""
        self.open(f"/c/{self.id}{path}")

    def begin(self, flow: str = "connection") -> "Visitor":
        """A new conversation, which this browser may open."""
        told = self._told("/v1/conversations", {"flow": flow})
        self.id, self._token, self._turn = told["id"], told["token"], told["turn"]
        cookie = {"name": "iw", "value": self._token, "domain": "127.0.0.1", "path": f"/c/{self.id}"}
        self.page.context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Strict"}])  # type: ignore[typeddict-item]
        return self

    def say(self, text: str) -> "Visitor":
        """Answer the question that is asked now, in words."""
        return self._answer(text=text)

    def to(self, question: str | None) -> "Visitor":
        """Answer whatever is asked until `question` comes, or until nothing more is asked."""
        for _ in range(MOST):
            asked = self._turn["question"]
            if asked is None or asked["id"] == question:
                assert asked or question is None, f"{question} is never asked"
                return self
            self._answer(**_any_answer(asked))
        raise AssertionError(f"{question} is not reached")

    def press(self, name: str) -> None:
        """Press a button of the page by its whole name."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()

    def link(self, **more: Any) -> tuple[str, str | None]:
        """A link to the note of this conversation, and its six numbers."""
        body = {"length": "letter", "tone": "plain", **more}
        told = self._told(f"/v1/conversations/{self.id}/shares", body)
        return re.sub(r"^https?://[^/]+", self.address, told["url"]), told["pin"]

    def draw(self, slug: str, status: int, retry: Retry | None = None) -> None:
        """The page of a problem, as if the server had answered with it."""
        around = drawing.layout(OUTSIDE, "Problem")
        self.show(slug, drawing.drawn(ProblemView(around, slug, status, retry, NUMBERS)))

    def show(self, name: str, html: str) -> None:
        """A page that was drawn here, with the server's own stylesheets."""
        place = f"{self.address}/drawn/{name}"

        def fulfil(route: Route) -> None:
            route.fulfill(content_type="text/html", body=html)

        self.page.route(place, fulfil)
        self.page.goto(place)

    def _answer(self, **given: Any) -> "Visitor":
        body = {"version": self._turn["version"], "question_id": self._turn["question"]["id"], **given}
        self._turn = self._told(f"/v1/conversations/{self.id}/answers", body)["turn"]
        return self

    def _told(self, path: str, body: Mapping[str, Any]) -> Any:
        headers = {"Idempotency-Key": str(uuid4())}
        if self.id:
            headers["Authorization"] = f"Bearer {self._token}"
        response = self.page.request.post(self.address + path, data=dict(body), headers=headers)
        assert response.ok, response.text()
        return response.json()


def _any_answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Words that fit, the first option, or the first box."""
    if asked["kind"] == "ask":
        return {"text": TYPED.get(asked["id"], "please stay on it a bit longer")}
    if asked["kind"] == "pick":
        return {"values": [asked["options"][0]["value"]]}
    return {"value": asked["options"][0]["value"]}


Way_there = Callable[[Visitor], object]


@dataclass(frozen=True, slots=True)
class Place:
    """A page by its name, and how to come to it."""

    name: str
    come: Way_there


def _page(path: str) -> Way_there:
    return lambda visitor: visitor.open(path)


def _turn(question: str | None = None, *said: str, flow: str = "connection", path: str = "") -> Way_there:
    """A page of a conversation: after words that were said, or where a question is asked."""

    def come(visitor: Visitor) -> None:
        visitor.begin(flow)
        for text in said:
            visitor.say(text)
        if question:
            visitor.to(question)
        visitor.within(path)

    return come


def _at_the_end(path: str, press: str = "", unfold: str = "") -> Way_there:
    """A page of a conversation in which nothing more is asked."""

    def come(visitor: Visitor) -> None:
        visitor.begin().to(None).within(path)
        if unfold:
            visitor.page.locator(unfold).click()
        if press:
            visitor.press(press)

    return come


def _stale(visitor: Visitor) -> None:
    """A form that was sent after the conversation had moved on."""
    visitor.begin().within("")
    visitor.page.locator("#a").fill("it feels flat")
    visitor.say("i dont feel a connection")
    visitor.page.locator("button.go").click()
    visitor.page.get_by_role("alert").wait_for()


def _scale(visitor: Visitor) -> None:
    """A question with numbers; no flow of ours asks one."""
    numbers = Group("", tuple(Option(str(n), str(n)) for n in range(11)), "tile")
    asked = Question(
        id="closeness", kind="scale", prompt=(Run("How close does it feel?", False),),
        hint="Any number is fine.", ends="0: Far. 10: Close.", why="It says where it stands.",
        skip="Skip this", by_press=False, shape="tile", short=False, options=(numbers,), more=(),
        more_open=False, none=None, own_words=False, chosen=frozenset(), text="",
    )  # fmt: skip
    where, path = "Step 2 of about 6", "/c/cnv_x"
    view = ConversationView(
        layout=drawing.layout_within(OUTSIDE, "cnv_x", where, target="turn", name_is_heading=True),
        problem=None, contacts=(), where=where, progress=Progress(2, 6), said=(), says=(), question=asked,
        form=Form(path, 3, str(uuid4()), can_go_back=True, can_skip=True, stop=f"{path}/note"),
        so_far=None, thread=(),
    )  # fmt: skip
    visitor.show("scale", drawing.drawn(view))


def _empty(visitor: Visitor) -> None:
    visitor.begin().within("")
    visitor.press("Continue")
    visitor.page.get_by_role("alert").wait_for()


def _opened(visitor: Visitor) -> None:
    visitor.begin().to(None)
    path, _ = visitor.link()
    visitor.open(path.removeprefix(visitor.address))
    visitor.press("Show it")
    visitor.page.locator("#letter").wait_for()


def _cover(pin: bool) -> Way_there:
    def come(visitor: Visitor) -> None:
        visitor.begin().to(None)
        path, _ = visitor.link(pin=pin)
        visitor.open(path.removeprefix(visitor.address))

    return come


PLACES = (
    Place("doors", _page("/")),
    Place("talk", _page("/talk/connection")),
    Place("help", _page("/help")),
    Place("help GB", _page("/help?country=GB")),
    Place("privacy", _page("/privacy")),
    Place("authors", _page("/authors")),
    Place("developers", _page("/developers")),
    Place("developers api", _page("/developers/api")),
    Place("developers embed", _page("/developers/embed")),
    Place("resume", _page("/resume")),
    Place("embed", _page("/embed/connection")),
    Place("not found", _page("/nowhere")),
    Place("closed", _page("/c/cnv_unknown")),
    Place("too many", lambda visitor: visitor.draw("too-many-requests", 429)),
    Place("failed", lambda visitor: visitor.draw("unexpected", 500)),
    Place("not saved", lambda visitor: visitor.draw("storage-unavailable", 503, Retry("/c/x", (), MOMENT))),
    Place("ask", _turn()),
    Place("ask, empty", _empty),
    Place("ask, stale", _stale),
    Place("pick, few", _turn("concerns")),
    Place("choose", _turn("ask_first", "i don't know if i can trust her")),
    Place("ask, short", _turn("about_therapist/called")),
    Place("pick, long", _turn("moment")),
    Place("pick, helped", _turn("helped")),
    Place("pick, feeling", _turn("feeling")),
    Place("pick, closer", _turn("closer")),
    Place("pick, mattered", _turn("mattered")),
    Place("ask, examples", _turn("ask")),
    Place("confirm", _turn("fear_shared")),
    Place("choose, share", _turn("share_how")),
    Place("scale", _scale),
    Place("check", _turn(None, "i just want it to end")),
    Place("crisis_self", _turn(None, "i want to kill myself")),
    Place("crisis_other", _turn(None, "i am going to kill my brother tonight")),
    Place("danger", _turn(None, "my husband hits me and i am scared to go home")),
    Place("misconduct", _turn(None, "my therapist kissed me")),
    Place("help within", _turn(None, "it feels flat", path="/help?country=US")),
    Place("privacy within", _turn(None, "it feels flat", path="/privacy")),
    Place("delete", _turn(None, "it feels flat", path="/delete")),
    Place("resume code", _turn(None, "it feels flat", path="/resume-code")),
    Place("opened", _turn(None, "it feels flat", path="/opened")),
    Place("change", _turn(None, "it feels flat", path="/change/opening")),
    Place("review, early", _turn("moment", path="/review")),
    Place("note, early", _turn(None, "it feels flat", path="/note")),
    Place("note, nothing", _turn(path="/note")),
    Place("record", _turn(None, "my therapist kissed me", path="/note")),
    Place("review", _at_the_end("/review")),
    Place("note", _at_the_end("/note")),
    Place("note, message", _at_the_end("/note?length=message")),
    Place("note, edit", _at_the_end("/note?edit=lines")),
    Place("code made", _at_the_end("/resume-code", "Make a code")),
    Place("link made", _at_the_end("/note", "Make the link", "#link")),
    Place("erased", _at_the_end("/delete", "Delete everything")),
    Place("cover", _cover(pin=False)),
    Place("cover, numbers", _cover(pin=True)),
    Place("therapist", _opened),
)

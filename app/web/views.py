"""What each page shows: one dataclass for each template, and their shared pieces.

Plain data, made by the modules that know the engine's classes. A template reads the fields that stand
here and nothing else. Turns: `views_turn.py`; the note: `views_notes.py`; the rest: `views_outside.py`.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from app.web.sizes import USUAL, TextSize


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands around every page."""

    title: str
    """The tab's title; neutral, for a phone that is looked at."""

    target: str
    """The id of the element that the skip link leads to."""

    target_label: str
    """The words of the skip link."""

    exit_url: str
    """The neutral site that Leave opens."""

    help: str
    """The address of the page for help, with the country where one is known."""

    conversation: str | None = None
    """The path of the conversation that the page lies in (`/c/{id}`); None outside of one."""

    leaving: str | None = None
    """What Leave will do: "erases", "keeps", or "unknown" where nobody looked; None outside."""

    name_is_heading: bool = False
    """Whether the project's name is the page's first heading, as on a turn."""

    contacts: "tuple[Row, ...]" = ()
    """Whom to turn to where words can't be sent."""

    text: TextSize = USUAL
    """The size of the text."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text by one voice."""

    text: str = field(repr=False)
    """The words."""

    own: bool
    """Whether they are the client's."""

    language: str = ""
    """Their language, where it is another one than the page's."""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """A flow on the front page."""

    flow: str
    """The flow's id."""

    label: str
    """What a client would say of themself."""

    line: str
    """One line beneath."""

    quiet: bool = False
    """Whether it is a plain link below the others."""


@dataclass(frozen=True, slots=True)
class Onward:
    """A conversation that can begin with what was said in this one."""

    action: str
    """Where the form goes."""

    label: str
    """What a client would say of themself."""

    line: str
    """One line beside it."""

    key: str
    """What makes a second press the same."""


@dataclass(frozen=True, slots=True)
class DoorsView:
    """`/`: the doors."""

    template: ClassVar[str] = "doors.html"

    layout: Layout
    """What stands around the page."""

    doors: tuple[Door, ...]
    """The flows on offer, in order."""


@dataclass(frozen=True, slots=True)
class TalkView:
    """`/talk/{flow}`: what this is, before it begins."""

    template: ClassVar[str] = "talk.html"

    layout: Layout
    """What stands around the page."""

    flow: str
    """The flow's id."""

    title: str
    """The flow's title."""

    minutes: int
    """How long it takes, as its author reckons."""

    key: str
    """A random UUID: pressing Begin twice begins once."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands on top of a page when something did not go as meant."""

    title: str
    """What it is, in a sentence."""

    says: str = ""
    """What to do about it, where that is not plain."""

    target: str | None = None
    """The id of the field to go to; None where the words were no mistake."""

    unsent: str | None = field(default=None, repr=False)
    """What the client had typed and is not kept, to copy."""


@dataclass(frozen=True, slots=True)
class Form:
    """Where a form goes, and what its last row offers."""

    action: str
    """The address that takes it."""

    version: int
    """The version of the conversation that it was drawn at."""

    key: str
    """A random UUID: sending it twice counts once."""

    go: str = "Continue"
    """The words of the main button."""

    can_go_back: bool = False
    """Whether there is an earlier answer."""

    can_skip: bool = False
    """Whether the question can be left."""

    stop: str = ""
    """Where the last link leads: the note as it stands, or the review."""

    stop_label: str = "Stop here"
    """The words of that link."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody."""

    label: str
    """The words."""

    href: str | None
    """The link that does it; None where it is only told."""


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody to turn to."""

    name: str
    """Who they are."""

    says: str
    """What they are there for, and when."""

    ways: tuple[Way, ...]
    """How to reach them."""

    plain: str
    """The ways in words, for paper."""


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call or text at once, drawn large."""

    does: str
    """What pressing it does, such as "Call Samaritans"."""

    number: str
    """The number, as people write it."""

    href: str | None
    """The link that dials it; None where it is no number."""


@dataclass(frozen=True, slots=True)
class CountryOption:
    """A country to choose."""

    code: str
    """ISO 3166, two letters."""

    name: str
    """Its name."""

    chosen: bool
    """Whether the page is for it."""

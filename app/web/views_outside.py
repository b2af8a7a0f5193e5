"""What the pages show that need no conversation, or only its key: help, codes, erasing, problems, about."""

from dataclasses import dataclass, field
from typing import ClassVar

from app.web.views import CountryOption, Fault, Layout, Line, Onward, Row


@dataclass(frozen=True, slots=True)
class HelpSection:
    """A part of the page for help, folded."""

    id: str
    """Its id on the page."""

    title: str
    """Its heading."""

    says: tuple[str, ...]
    """Its lines."""

    rows: tuple[Row, ...]
    """Whom to turn to."""

    copy_text: str
    """Words to send to somebody near; empty where there are none."""

    copy_href: str
    """The link that opens them as a text message."""


@dataclass(frozen=True, slots=True)
class HelpView:
    """`/help` and `/c/{id}/help`: get help now."""

    template: ClassVar[str] = "help.html"

    layout: Layout
    """What stands around the page."""

    says: tuple[str, ...]
    """What comes first."""

    lines: tuple[Line, ...]
    """The numbers to begin with."""

    emergency: Line
    """The number for danger to life."""

    directories: tuple[Row, ...]
    """The first list for any country."""

    country: str | None
    """The name of the country that the page is for."""

    known: str
    """The month in which the numbers were last known."""

    countries: tuple[CountryOption, ...]
    """The countries to choose from."""

    country_action: str
    """Where the choice goes."""

    country_method: str
    """`get` outside, `post` in a conversation, which keeps the choice."""

    sections: tuple[HelpSection, ...]
    """The parts: what could be the matter, and what to do then."""


@dataclass(frozen=True, slots=True)
class ResumeView:
    """`/resume`: type a code, or open a file."""

    template: ClassVar[str] = "resume.html"

    layout: Layout
    """What stands around the page."""

    problem: Fault | None
    """Why the last code or file did not open anything; its target is the field."""

    key: str
    """What makes a second sending of the same file the same."""


@dataclass(frozen=True, slots=True)
class OpenedView:
    """`/c/{id}/opened`: the cover of a conversation that was just opened, without a word of the client."""

    template: ClassVar[str] = "opened.html"

    layout: Layout
    """What stands around the page."""

    how: str
    """By what: a "code", a "file", a file whose questions have "changed", or an "earlier" conversation."""

    onward: tuple[Onward, ...]
    """What can begin with what was said in it."""


@dataclass(frozen=True, slots=True)
class ResumeCodeView:
    """`/c/{id}/resume-code`: make a code, and see it once."""

    template: ClassVar[str] = "resume_code.html"

    layout: Layout
    """What stands around the page."""

    code: str | None = field(repr=False)
    """The code, right after it was made."""

    until: str
    """The day until which it works; empty where there is no code."""


@dataclass(frozen=True, slots=True)
class DeleteView:
    """`/c/{id}/delete`: delete everything?"""

    template: ClassVar[str] = "delete.html"

    layout: Layout
    """What stands around the page."""


@dataclass(frozen=True, slots=True)
class ErasedView:
    """After deleting."""

    template: ClassVar[str] = "erased.html"

    layout: Layout
    """What stands around the page."""

    now: bool
    """Whether the last traces are gone too; else they go within a minute."""


@dataclass(frozen=True, slots=True)
class ClosedView:
    """The one answer for a conversation that is not open here, whatever the reason."""

    template: ClassVar[str] = "closed.html"

    layout: Layout
    """What stands around the page."""

    again: str | None
    """The address that was asked for: a link from our own page brings the cookie along."""


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """`/privacy`: what is kept."""

    template: ClassVar[str] = "privacy.html"

    layout: Layout
    """What stands around the page."""


@dataclass(frozen=True, slots=True)
class AuthorsView:
    """`/authors`: how a flow is written."""

    template: ClassVar[str] = "authors.html"

    layout: Layout
    """What stands around the page."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the interface."""

    id: str
    """Its `operationId`."""

    method: str
    """GET, POST and so on."""

    path: str
    """Its path."""

    says: str
    """What it does."""

    curl: str
    """A line that does it."""

    replies: str
    """The statuses it answers with."""


@dataclass(frozen=True, slots=True)
class KindOfProblem:
    """A problem of the catalogue."""

    slug: str
    """Its name, and its anchor on the page."""

    status: int
    """The HTTP status."""

    title: str
    """What it is."""

    detail: str
    """What to do next."""


@dataclass(frozen=True, slots=True)
class DevelopersView:
    """`/developers`: the interface, without a script."""

    template: ClassVar[str] = "developers.html"

    layout: Layout
    """What stands around the page."""

    operations: tuple[Operation, ...]
    """Every operation."""

    turn: str
    """A turn as JSON."""

    problems: tuple[KindOfProblem, ...]
    """Every problem."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A field of a form that is sent once more."""

    name: str
    """Its name."""

    value: str = field(repr=False)
    """What it held."""


@dataclass(frozen=True, slots=True)
class Retry:
    """The same form once more, after nothing could be saved."""

    action: str
    """Where it goes."""

    fields: tuple[Hidden, ...]
    """What it held, beside the words."""

    text: str | None = field(repr=False)
    """The words that were typed; None where the form had no box."""


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What went wrong, by its slug."""

    template: ClassVar[str] = "problem.html"

    layout: Layout
    """What stands around the page."""

    slug: str | None
    """Which problem; None for what the framework refuses."""

    status: int
    """The HTTP status."""

    retry: Retry | None
    """The form once more, where sending it again may help."""

    contacts: tuple[Row, ...]
    """Whom to turn to: who could not send words may need a person."""

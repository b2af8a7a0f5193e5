"""What the pages of a turn show: one question, or a page of help in its place."""

from dataclasses import dataclass, field
from typing import ClassVar

from app.web.views import CountryOption, Fault, Form, Layout, Line, Row, Run, Runs


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that is offered."""

    value: str
    """Its value, for us."""

    label: str
    """Its words, for the client."""


@dataclass(frozen=True, slots=True)
class Group:
    """Options under one heading."""

    label: str
    """The heading; empty where there is none."""

    options: tuple[Option, ...]
    """The options."""

    shape: str
    """`tile` where the labels are short, else `card`."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it is drawn."""

    id: str
    """The answer's key."""

    kind: str
    """`ask`, `choose`, `pick`, `scale` or `confirm`."""

    prompt: Runs = field(repr=False)
    """The question."""

    hint: str | None = field(repr=False)
    """One line beneath it."""

    ends: str | None
    """What the ends of a scale mean."""

    why: str | None
    """Why it is asked."""

    skip: str
    """The words that skip it."""

    by_press: bool
    """Whether each option is a button of its own, so that there is no Continue."""

    shape: str
    """`tile` where the labels seen at once are short, else `card`."""

    short: bool
    """Whether its answer is a few words, such as a name."""

    options: tuple[Group, ...]
    """The options that are seen at once, by group."""

    more: tuple[Group, ...]
    """The others, by group."""

    more_open: bool
    """Whether one of them is chosen already."""

    none: Option | None
    """The option that excludes the others."""

    own_words: bool
    """Whether words may stand beside or in place of options."""

    chosen: frozenset[str]
    """The values that are chosen already."""

    text: str = field(repr=False)
    """The words that stand in the box already."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far along."""

    step: int
    """The part that is asked now, from 1."""

    of: int
    """About how many parts there are."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """The note as it grows."""

    text: str = field(repr=False)
    """The opener as it stands."""

    count: int
    """How many words it has."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One question of the thread with its answer."""

    says: tuple[Runs, ...] = field(repr=False)
    """What was said, the question last."""

    said: tuple[Run, ...] = field(repr=False)
    """What the client answered, line by line; empty where they skipped it."""


@dataclass(frozen=True, slots=True)
class ConversationView:
    """`/c/{id}` and `/c/{id}/change/{question}`: one question."""

    template: ClassVar[str] = "conversation.html"

    layout: Layout
    """What stands around the page."""

    problem: Fault | None
    """What did not go as meant."""

    contacts: tuple[Row, ...]
    """Whom to turn to, where help was asked for in words."""

    where: str
    """How far along, in words."""

    progress: Progress | None
    """The same as a line; None on a change."""

    said: tuple[Run, ...] = field(repr=False)
    """The client's last words, line by line: typed ones are their `own`, so that they stand in quotation
    marks, others are options they chose. Empty where the question itself repeats them."""

    says: tuple[Runs, ...] = field(repr=False)
    """What Into Words says before it asks."""

    question: Question
    """The question."""

    form: Form
    """Where its answer goes."""

    so_far: SoFar | None
    """The note as it grows; None before the second answer."""

    thread: tuple[Earlier, ...]
    """What was said before."""

    offers_code: bool = False
    """Whether a code to carry on later is offered beside the question."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a page of help."""

    text: str
    """The line."""

    message: str | None
    """A link that opens its words as a text message to somebody near; None where it has none."""


@dataclass(frozen=True, slots=True)
class SupportView:
    """`/c/{id}` where a page of help is the turn itself."""

    template: ClassVar[str] = "support.html"

    layout: Layout
    """What stands around the page."""

    problem: Fault | None
    """What did not go as meant."""

    heading: str
    """The first sentence."""

    says: tuple[str, ...]
    """What is said before the numbers."""

    lines: tuple[Line, ...]
    """Two numbers at most."""

    urgent: str
    """What is said about danger to life, before its number; empty where nothing is."""

    emergency: Line
    """The number for danger to life."""

    emergency_first: bool
    """Whether that number comes before the others, as after an overdose."""

    rows: tuple[Row, ...]
    """Those without a number to call, such as a directory."""

    later: tuple[Told, ...]
    """What is said after the numbers."""

    countries: tuple[CountryOption, ...]
    """Countries to choose from, where none is known; else empty."""

    question: Question
    """What makes it hard, or what would help."""

    carry_on: Option | None
    """The option that goes on; None where only a skip does."""

    form: Form
    """Where the answer goes."""

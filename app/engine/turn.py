"""A turn in the contract's shape, and the answer that a client gives to it.

What a client sees next is computed from the flow and the state, never stored. `Turn` has one shape
for the API, pages and the terminal.
"""

from dataclasses import dataclass, field
from typing import Literal

from app.engine.safety import Heard
from app.engine.support import Contact


@dataclass(frozen=True, slots=True)
class Message:
    """Words that a turn shows. `own` marks the client's words in it, as code points from, to. `language`: a
    BCP 47 tag, where an author's words are in another language than the conversation."""

    id: str
    text: str = field(repr=False)
    own: tuple[tuple[int, int], ...] = ()
    speaker: Literal["bot", "client"] = "bot"
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as shown. `more`: after the first few, behind "more"."""

    value: str
    label: str
    group: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Prefill:
    """What stands in the question already: an earlier answer, or what was surely heard."""

    values: tuple[str, ...] = ()
    text: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of a turn. `id` is the answer's key; `own`: the client's words in the prompt."""

    id: str
    kind: Literal["ask", "choose", "pick", "scale", "confirm"]
    saves: str | None
    prompt: str = field(repr=False)
    heading: str = ""
    own: tuple[tuple[int, int], ...] = ()
    hint: str | None = field(default=None, repr=False)
    why: str | None = None
    skip: str = ""
    options: tuple[Choice, ...] = ()
    none: str | None = None
    own_words: bool = False
    low: str | None = None
    high: str | None = None
    max_length: int | None = None
    prefill: Prefill | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Part `step` of about `of`; both from 1."""

    step: int
    of: int


@dataclass(frozen=True, slots=True)
class Support:
    """The way to help. `shown`: a help page is the turn itself, help was asked for, or the client wrote in
    a language that is not understood here."""

    shown: bool
    route: str | None
    contacts: tuple[Contact, ...]
    emergency: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What a client sees next. `question` is None exactly when `finished`."""

    version: int
    messages: tuple[Message, ...]
    question: Asked | None
    progress: Progress
    can_go_back: bool
    can_skip: bool
    finished: bool
    support: Support


@dataclass(frozen=True, slots=True)
class Answer:
    """What a client gives: option values, or words, or both, or nothing (`skipped`).

    `text` has passed the net: only `safety.hear` makes a `Heard`.
    """

    question_id: str
    values: tuple[str, ...] = ()
    text: Heard | None = field(default=None, repr=False)
    skipped: bool = False

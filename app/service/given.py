"""What goes into the service and comes out of it, beside the engine's own classes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.engine import Door, Doubt, Note, Said, Spoke, State, Turn


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who asks: a conversation's public id and its token."""

    id: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Repeat:
    """An Idempotency-Key and the request it stands for: method, route (of a page its path) and body,
    joined by "|"."""

    key: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Given:
    """What a client sent: `value`, `values`, `text` (also beside the first two), or `skipped`."""

    value: str | None = field(default=None, repr=False)
    values: tuple[str, ...] | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note with what its page needs beside it: the same at the length that is said, and the words of
    which the client can say who they mean."""

    note: Note
    opener: Note
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class FlowCard:
    """A flow on offer. `minutes` as its author reckons; `kinds` of questions it asks; `takes`: variables that
    it takes from an earlier conversation."""

    id: str
    title: str
    languages: tuple[str, ...]
    minutes: int
    revision: str
    door: Door | None
    kinds: tuple[str, ...]
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation just begun or picked up. It opens until `expires_at` (UTC)."""

    id: str
    token: str = field(repr=False)
    expires_at: datetime
    turn: Turn


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A conversation that came as a file: the id of its flow, and the state that it claims. It is a
    stranger's until the engine has checked it."""

    flow: str
    claimed: State = field(repr=False)


@dataclass(frozen=True, slots=True)
class CameIn:
    """A conversation that came in from a file. `changed`: its questions are others now; `left_out`: how
    many answers fit none of them."""

    opened: Opened
    changed: bool
    left_out: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A conversation as it stands. `opener` is the note so far; `has_code`: a resume code is out, so
    that leaving does not erase. `reworded`: the client's own wordings, by the id of the note's sentence;
    `unsent`: what they would say if nobody ever read it; `edited`: whether the note is not as composed.
    `leads_on`: the flows that can begin with what was said here."""

    title: str
    turn: Turn
    answers: tuple[Said, ...]
    thread: tuple[Spoke, ...]
    opener: Note
    expires_at: datetime
    country: str | None
    has_code: bool
    reworded: Mapping[str, str] = field(default_factory=dict, repr=False)
    unsent: str | None = field(default=None, repr=False)
    edited: bool = False
    leads_on: tuple[FlowCard, ...] = ()

"""What goes into the service and comes out of it, beside the engine's own classes."""

from dataclasses import dataclass, field
from datetime import datetime

from app.engine import Door, Note, Said, Spoke, Turn


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
class FlowCard:
    """A flow on offer. `minutes` as its author reckons; `kinds` of questions it asks."""

    id: str
    title: str
    languages: tuple[str, ...]
    minutes: int
    revision: str
    door: Door | None
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation just begun or picked up. It opens until `expires_at` (UTC)."""

    id: str
    token: str = field(repr=False)
    expires_at: datetime
    turn: Turn


@dataclass(frozen=True, slots=True)
class Looked:
    """A conversation as it stands. `opener` is the note so far; `has_code`: a resume code is out, so
    that leaving does not erase."""

    title: str
    turn: Turn
    answers: tuple[Said, ...]
    thread: tuple[Spoke, ...]
    opener: Note
    expires_at: datetime
    country: str | None
    has_code: bool

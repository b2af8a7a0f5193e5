"""What goes into the store and what comes out of it. No statement and no key lives here."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation as it is kept.

    `text` is whatever the service wrote. `expires_day` is the last day on which it opens, counted
    from 1 January 1970, UTC. `has_code` is true while an unused resume code exists; without one,
    leaving erases.
    """

    id: str
    version: int
    revision: str
    text: bytes = field(repr=False)
    expires_day: int
    has_code: bool


Code = tuple[str, str, str]
"""What is counted: family, question and answer, each one of the service's own words."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a change leaves behind.

    `text` None: nothing changed, nothing is written. `keep_days` (1 to 90) counts from today;
    None leaves the day of expiry alone. `forget_replies` empties all earlier stored replies in
    the same transaction, because words were changed that they may hold. `counted` goes into the
    tally in the same transaction, where something is written at all.
    """

    text: bytes | None = field(repr=False)
    reply: bytes = field(repr=False)
    keep_days: int | None = None
    forget_replies: bool = False
    counted: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """An idempotency key, and the request it stands for as bytes: `method|route|body`."""

    key: str = field(repr=False)
    fingerprint: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Begun:
    """A new conversation, or with `repeated` the one that the same key began before."""

    id: str
    token: str = field(repr=False)
    reply: bytes = field(repr=False)
    expires_day: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """The reply to give, and the version at which it was made."""

    reply: bytes = field(repr=False)
    version: int
    expires_day: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class Resumed:
    """A conversation picked up by its code: the earlier token is dead, this one lives."""

    id: str
    token: str = field(repr=False)
    row: Row


@dataclass(frozen=True, slots=True)
class Swept:
    """How many a sweep removed. `held`: the clock leapt, so nothing was removed this time."""

    conversations: int = 0
    replies: int = 0
    revisions: int = 0
    shares: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """How often one code was counted in a month ("2026-11")."""

    month: str
    code: Code
    times: int

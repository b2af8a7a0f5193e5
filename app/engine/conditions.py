"""Condition trees and their three values.

A condition is *true*, *false* or *unknown* (`None`): what was skipped, not asked, or is off the path
is unknown, never false. `if` and `when` need true. The words of the language are parsed elsewhere
(`app.flows.parsing`); here is only what they mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Truth = bool | None


@dataclass(frozen=True, slots=True)
class Value:
    """What a variable holds at one place of a conversation.

    `status` says whether its question was answered, skipped, or not reached. `values` are option
    values in the client's order (`own_words` stands for words beside the options), `number` is a
    number variable's value, `text` the client's words, `mentions` what was heard in them:
    concept to "sure" or "possible", best first. `labels` and `words` stand beside `values`: as the
    options read, and as a list in a sentence says them. `answer` is the key of the answer it comes
    from.
    """

    status: Literal["unset", "skipped", "answered"] = "unset"
    values: tuple[str, ...] = ()
    number: int | None = None
    text: str | None = field(default=None, repr=False)
    mentions: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    answer: str | None = None

    @property
    def known(self) -> bool:
        """Whether tests on its content have an answer."""
        return self.status == "answered"


UNSET = Value()


@dataclass(frozen=True, slots=True)
class Answered:
    """`moment is answered`."""

    name: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """`moment is skipped`."""

    name: str


@dataclass(frozen=True, slots=True)
class Is:
    """`share_how is send`, `share_how is one of [send, read_aloud]`."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Includes:
    """`concerns includes cold`, `concerns includes any of [cold, mistrust]`, `… all of […]`."""

    name: str
    values: tuple[str, ...]
    all: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """`opening mentions leaving`: true when surely heard, unknown when possibly."""

    name: str
    values: tuple[str, ...]
    all: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """`tries is 0`, `tries is at least 2`, `count of concerns is at most 3`; bounds included."""

    name: str
    low: int | None
    high: int | None
    count: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """`not …`; keeps unknown."""

    of: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    parts: tuple["Condition", ...]


Condition = Answered | Skipped | Is | Includes | Mentions | Within | Not | And | Or


def holds(condition: Condition | None, values: Mapping[str, Value]) -> Truth:
    """The truth of a condition among these variables; no condition is true.

    >>> holds(Is("share_how", ("send",)), {"share_how": Value("answered", ("send",))})
    True
    >>> holds(Not(Is("share_how", ("send",))), {}) is None
    True
    """
    match condition:
        case None:
            return True
        case Not(of):
            inner = holds(of, values)
            return None if inner is None else not inner
        case And(parts):
            return _all([holds(part, values) for part in parts])
        case Or(parts):
            return _any([holds(part, values) for part in parts])
        case _:
            return _test(condition, values.get(condition.name, UNSET))


def names_in(condition: Condition | None) -> frozenset[str]:
    """The variables that a condition reads."""
    match condition:
        case None:
            return frozenset()
        case Not(of):
            return names_in(of)
        case And(parts) | Or(parts):
            return frozenset().union(*(names_in(part) for part in parts))
        case _:
            return frozenset({condition.name})


def _test(test: Condition, value: Value) -> Truth:
    match test:
        case Answered():
            return value.status == "answered"
        case Skipped():
            return value.status == "skipped"
        case Within(_, low, high, count):
            if not (value.known or value.number is not None):
                return None
            size = len(value.values) if count else value.number or 0
            return (low is None or low <= size) and (high is None or size <= high)
        case _ if not value.known:
            return None
        case Is(_, wanted):
            return any(v in wanted for v in value.values)
        case Includes(_, wanted, every):
            return (all if every else any)(v in value.values for v in wanted)
        case Mentions(_, wanted, every):
            found = [{"sure": True, "possible": None}.get(value.mentions.get(v, ""), False) for v in wanted]
            return _all(found) if every else _any(found)
    raise AssertionError("unreachable")


def _all(truths: list[Truth]) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def _any(truths: list[Truth]) -> Truth:
    if True in truths:
        return True
    return None if None in truths else False

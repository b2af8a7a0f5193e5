"""What stands beside a note to practise with: nothing of it is kept."""

from dataclasses import dataclass, field
from typing import Literal

FaultOfReminder = Literal["", "date", "past", "time"]


@dataclass(frozen=True, slots=True)
class Pair:
    """What may happen, and what one could say."""

    label: str
    """What may happen."""

    says: tuple[str, ...]
    """What one could say."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One thing to practise, folded away."""

    title: str
    """Its heading."""

    says: tuple[str, ...]
    """What to do."""

    lines: tuple[str, ...] = ()
    """Lines to choose from."""

    pairs: tuple[Pair, ...] = ()
    """What somebody may say, each with lines to answer."""

    more: tuple[Pair, ...] = ()
    """Those that are folded away."""

    more_title: str = ""
    """What they are called together."""


@dataclass(frozen=True, slots=True)
class PlanOption:
    """One text for a part of a plan."""

    code: str
    """What stands for it in an address; empty to leave the part out."""

    label: str
    """The text."""

    chosen: bool
    """Whether it is chosen now."""


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """One part of a plan, to choose."""

    name: Literal["when", "then", "plan_b"]
    """What it is called in an address."""

    label: str
    """What it is called on the page."""

    options: tuple[PlanOption, ...]
    """The texts."""

    missing: bool
    """Whether a plan was asked for without it."""


@dataclass(frozen=True, slots=True)
class Planning:
    """When and then: the parts to choose, and the plan that they make."""

    exercise: Exercise
    """Its heading, and what to do."""

    action: str
    """Where it is put together."""

    length: str
    """The length of the note beside it."""

    tone: str
    """Its tone."""

    questions: tuple[PlanQuestion, ...]
    """The parts."""

    text: str
    """The plan in words; empty while it is none."""

    open: bool
    """Whether it is unfolded."""


@dataclass(frozen=True, slots=True)
class Reminding:
    """A reminder to put into a calendar."""

    exercise: Exercise
    """Its heading, and what is said of it."""

    action: str
    """Where the file is made."""

    length: str
    """The length of the note beside it."""

    tone: str
    """Its tone."""

    date: str
    """The day as sent, where the form came back; else empty."""

    time: str
    """The time as sent."""

    fault: FaultOfReminder
    """What it lacks: a day, a day still to come, or a time."""

    sleep_on_it: str
    """The line that stands where the note can be sent."""


@dataclass(frozen=True, slots=True)
class Practising:
    """What stands beside a note. Beside one that leads to no talk only what settles."""

    first: Exercise | None
    """To say the first line."""

    first_line: str = field(repr=False)
    """The first line of the note at the length that is said."""

    replies: Exercise | None
    """What they might say."""

    planning: Planning | None
    """When and then."""

    reminding: Reminding | None
    """A reminder."""

    last: tuple[Exercise, ...]
    """A step to settle, and the last question."""

    lacks: Literal["", "plan", "reminder"] = ""
    """What was asked for and could not be made."""

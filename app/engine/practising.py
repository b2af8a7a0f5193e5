"""What stands beside a note: a first line to say, replies to expect, a plan, a reminder, a step to settle.

Authors' texts alone, and how a plan is put together from the parts that were chosen. Nothing of it is kept
in a conversation (the clinical guide, 1.10).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A titled part of what stands beside a note. `replies`: what somebody may say, each with the lines
    that follow it."""

    title: str
    says: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    replies: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Replies:
    """What they might say: the first `show` at once, the others behind `more`."""

    passage: Passage
    show: int
    more: str


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One of the parts of a plan: what it is called, and its texts by code. A code may stand in an address.
    `none`: what it is called to leave the part out; empty where a plan has to have it."""

    label: str
    options: Mapping[str, str]
    none: str = ""


@dataclass(frozen=True, slots=True)
class Plans:
    """A moment that can be noticed, what follows it, and what if that cannot be said. `sentence` and
    `or_else` have the holes `{when}`, `{then}` and `{plan_b}`."""

    passage: Passage
    when: PlanPart
    then: PlanPart
    plan_b: PlanPart
    sentence: str
    or_else: str

    def said(self, when: str, then: str, plan_b: str = "") -> str:
        """The plan in words, from the codes of its parts; empty where one that it has to have is none of
        ours.

        >>> part = lambda **options: PlanPart("", options)
        >>> plans = Plans(Passage(""), part(a="When x"), part(b="I do y."), part(c="I do z."),
        ...               "{when}, {then}", "Or {plan_b}")
        >>> plans.said("a", "b", "c"), plans.said("a", "?")
        ('When x, I do y. Or I do z.', '')
        """
        if when not in self.when.options or then not in self.then.options:
            return ""
        said = self.sentence.replace("{when}", self.when.options[when])
        said = said.replace("{then}", self.then.options[then])
        if plan_b not in self.plan_b.options:
            return said
        return f"{said} {self.or_else.replace('{plan_b}', self.plan_b.options[plan_b])}"


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is said beside a reminder; `event`: the one thing that a calendar shows of it; `sleep_on_it`: a
    line for where the note can be sent."""

    passage: Passage
    event: str
    sleep_on_it: str


@dataclass(frozen=True, slots=True)
class Practise:
    """What the note page offers after the note. `close` is the last question, its `replies` the labels of
    its options with what is said then, if anything."""

    first_line: Passage
    replies: Replies
    plans: Plans
    reminder: Reminder
    settle: Passage
    close: Passage

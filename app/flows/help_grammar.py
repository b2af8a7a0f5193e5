"""The grammar of the files in `_shared/` about people to turn to, the help page, and what stands beside
a note."""

from typing import Annotated, Literal

from pydantic import Field

from app.flows.grammar import Strict
from app.flows.reading import Word
from app.flows.shared_grammar import Kinds, OneOrMore


class HelpSectionIn(Strict):
    """A part of the help page."""

    title: Word
    say: OneOrMore
    contacts: Kinds = Field(default=[])
    copy_: Word | None = Field(None, alias="copy")


class HelpFile(Strict):
    """`help.yaml`: the texts of the help page."""

    sections: dict[Word, HelpSectionIn]


class Line(Strict):
    """A row of a list of people to turn to. Only rows of grade A, or checked ones, are shown.
    `pair_with`: the same kind of line in the country's other language."""

    name: Word
    cc: Word | None = None
    kind: Word | None = None
    for_: Word | None = Field(None, alias="for")
    call: Word | None = None
    text_chat: Word | None = None
    text_to: Word | None = None
    text_word: Word | None = None
    hours: Word | None = None
    languages: list[Word] = Field(default=[])
    site: Word | None = None
    seen: Word | None = None
    grade: Literal["A", "B", "C"] = "C"
    pair_with: Word | None = None
    note: Word | None = None
    verified_on: Word | None = None
    verified_by: Word | None = None
    source_url: Word | None = None


class HelplinesFile(Strict):
    """`helplines.yaml`: emergency numbers, countries, directories, and the lines."""

    as_known_in: Word
    emergency: dict[Word, Word]
    countries: dict[Word, Word]
    directories: Annotated[list[Line], Field(min_length=1)]
    rows: list[Line]


class RegulatorsFile(Strict):
    """`regulators.yaml`: who a therapist answers to."""

    as_known_in: Word
    before_you_call: list[Word] = Field(default=[])
    anywhere: list[Line]
    rows: list[Line]


class Reply(Strict):
    """What a therapist may say, and lines to go on with."""

    label: Word
    lines: OneOrMore


class Passage(Strict):
    """A titled part of what stands beside the note."""

    title: Word
    say: OneOrMore


class Replies(Passage):
    """Lines for what they might say: the first `show` at once, the others behind `more`."""

    show: int = Field(ge=1)
    more: Word
    options: dict[Word, Reply]


class PlanPart(Strict):
    """What can be chosen for one part of a plan, by code."""

    label: Word
    options: Annotated[dict[Word, Word], Field(min_length=1)]


class PlanB(PlanPart):
    """What to do if it cannot be said; `none`: what it is called to leave that out."""

    none: Word


class Plans(Passage):
    """When and then. `sentence` has the holes `{when}` and `{then}`, `or_else` has `{plan_b}`."""

    when: PlanPart
    then: PlanPart
    plan_b: PlanB
    sentence: Word
    or_else: Word


class Reminder(Passage):
    """A reminder for a calendar; `event` is all that it says there. `sleep_on_it` stands where the note can
    be sent."""

    event: Word
    sleep_on_it: Word


class Settle(Passage):
    """A step to settle."""

    lines: list[Word]


class Close(Strict):
    """The last question; nothing of it is kept."""

    question: Word
    options: dict[Word, Word]
    heavier: Word


class PractiseFile(Strict):
    """`practise.yaml`: what the note page offers after the note."""

    first_line: Passage
    replies: Replies
    plans: Plans
    reminder: Reminder
    settle: Settle
    close: Close

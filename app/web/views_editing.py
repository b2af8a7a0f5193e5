"""What the note page shows for changing the note: its lines, who is meant, and what nobody reads."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LineOfNote:
    """A sentence of the note that can be added."""

    id: str
    """Its id in the note."""

    text: str = field(repr=False)
    """The sentence as it reads."""


@dataclass(frozen=True, slots=True)
class LineToEdit:
    """A sentence that is in the note or was left out, with what can be done to it."""

    number: int
    """Its place in the list, from 1."""

    id: str
    """Its id in the note."""

    text: str = field(repr=False)
    """The sentence as it reads."""

    typed: str = field(repr=False)
    """What stands in the box: the sentence, or what was just typed."""

    out: bool
    """Whether it is left out now."""

    own: bool
    """Whether it is put in other words."""

    up: bool
    """Whether it can move up."""

    down: bool
    """Whether it can move down."""


@dataclass(frozen=True, slots=True)
class WhoIsMeant:
    """Words that stay quoted until the client says who they mean."""

    sentence: str
    """The sentence's id in the note."""

    forms: tuple[str, ...]
    """The words in question, as typed."""

    text: str = field(repr=False)
    """The sentence as it stands."""


@dataclass(frozen=True, slots=True)
class Editing:
    """Everything on the note page that changes the note."""

    lines: tuple[LineToEdit, ...]
    """Its lines, in their order."""

    open: str
    """What is unfolded: `lines`, `unsent`, or nothing."""

    edited: bool
    """Whether there is something to take back."""

    who: tuple[WhoIsMeant, ...]
    """What can be asked about who is meant."""

    offered: tuple[LineOfNote, ...]
    """What can be added."""

    unsent: str = field(repr=False)
    """What the client would say if nobody ever read it."""

    unsent_lines: tuple[LineOfNote, ...]
    """Its sentences that are not in the note."""

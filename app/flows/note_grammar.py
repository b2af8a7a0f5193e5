"""The grammar of `note.yaml`.

Only what can stand where; what names mean is decided in `checking_notes.py`. `schemas.py` draws from it.
"""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from app.engine.flow import Length
from app.flows.grammar import Single, Strict, YesNo, text_or_keys
from app.flows.reading import Word


class Frame(Strict):
    """A sentence in four tones."""

    soft: Word
    plain: Word
    firm: Word
    polite: Word


class Budget(Strict):
    """A section's most words, by length of the note."""

    opener: int | None = Field(None, ge=1)
    message: int | None = Field(None, ge=1)
    letter: int | None = Field(None, ge=1)


Lines = Annotated[Single | Annotated[dict[Word, Word], Tag("<keys>")], Discriminator(text_or_keys)]


Fit = Annotated[Single | Annotated[Frame, Tag("<keys>")], Discriminator(text_or_keys)]


class Section(Strict):
    """One place of a note: a text, or a line for each value of a variable. `fits`: by the shape of a client's
    own words, the text that stands for `text` or for the line of `own_words`, alike in all tones or in four.
    `then`: the lines of every second value. `takes`: own words of these shapes stand in the list. `if_room`:
    where this holds, it waits for room that is left. `unless_said`: it stands in for these sections.
    `spoken`: own words are said to the reader already. `few`: aloud, few."""

    id: Word
    in_: Annotated[list[Length], Field(min_length=1)] | None = Field(None, alias="in")
    when: Word | None = None
    text: Word | None = None
    else_: Word | None = Field(None, alias="else")
    for_each: Word | None = None
    lines: Lines | None = None
    first: int | None = Field(None, ge=1)
    joins: YesNo = "no"
    at_most: Budget | None = None
    offered: YesNo = "no"
    asks: YesNo = "no"
    if_room: Word | None = None
    unless_said: list[Word] = Field([])
    spoken: YesNo = "no"
    few: YesNo = "no"
    fits: dict[Word, Fit] = Field({})
    then: dict[Word, Word] = Field({})
    takes: list[Word] = Field([])


class NoteFile(Strict):
    """`note.yaml`: what the client takes away, section by section. `closes`: no talk follows it."""

    format: int = Field(ge=1, le=1)
    note: Word
    to: Literal["therapist", "self", "other"]
    closes: YesNo = "no"
    frames: dict[Word, Frame] = Field({})
    sections: Annotated[list[Section], Field(min_length=1)]

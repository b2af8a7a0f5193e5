"""What stands on paper: the sheet that is handed over, the one that is kept, the questions alone."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal, get_args

from app.web.views import Row

Print = Literal["plain", "large", "card", "questions"]
PaperSize = Literal["a4", "letter"]
PRINTS: tuple[Print, ...] = get_args(Print)
PAPER_SIZES: tuple[PaperSize, ...] = get_args(PaperSize)


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below a note that is handed over."""

    signs: bool
    """Whether there is room for a name."""

    agrees: bool
    """Whether there is room for what the two of them agree."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The page that the client keeps."""

    card: tuple[str, ...] = field(repr=False)
    """A card to cut out: the first line, what hurts, the ask, each in whole sentences of the opener."""

    contacts: tuple[Row, ...]
    """People to call."""

    emergency: str
    """The number for danger to life."""

    known: str
    """The month in which the numbers were last known."""

    plan: str = ""
    """When and then, in words, where the client put one together; else empty."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """`note.html` and `note.pdf`: one sheet, the same words in both."""

    template: ClassVar[str] = "printed_note.html"

    print: Print
    """Which sheet: the note (`plain`, or `large` at 20 points), the card, or the questions."""

    language: str
    """The language of the note, as BCP 47 has it."""

    paragraphs: tuple[str, ...] = field(repr=False)
    """The note, paragraph by paragraph; for the questions one in each. Empty on the card."""

    foot: Foot
    """What stands below it."""

    kept: Kept
    """What the card's sheet holds."""

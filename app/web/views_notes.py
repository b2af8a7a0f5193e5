"""What the pages about a whole conversation show: its review, its note, and what may be done with it."""

from dataclasses import dataclass, field
from typing import ClassVar

from app.web.views import Fault, Form, Layout, Onward
from app.web.views_editing import Editing
from app.web.views_paper import Foot, Kept
from app.web.views_practise import Practising
from app.web.views_shares import Giving


@dataclass(frozen=True, slots=True)
class SaidRow:
    """An answer in the review."""

    heading: str
    """What was asked, in a word or two."""

    lines: tuple[str, ...] = field(repr=False)
    """The answer, line by line: the labels of chosen options, then the client's words."""

    skipped: bool
    """Whether the question was left."""

    private: bool
    """Whether it stays out of the note."""

    change: str
    """Where it is changed."""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """`/c/{id}/review`: is this what you meant?"""

    template: ClassVar[str] = "review.html"

    layout: Layout
    """What stands around the page."""

    problem: Fault | None
    """What did not go as meant."""

    says: tuple[str, ...] = field(repr=False)
    """What Into Words said last."""

    answers: tuple[SaidRow, ...]
    """The answers that count, in order."""

    reworded: tuple[str, ...] = field(repr=False)
    """Lines of the note that are in other words."""

    unsent: str = field(repr=False)
    """What the client would say if nobody ever read it."""

    aside: tuple[SaidRow, ...]
    """Those that do not count as things stand."""

    finished: bool
    """Whether nothing more is asked."""

    can_go_back: bool
    """Whether there is a last question to go back to."""

    form: Form
    """Where Back goes."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of a few ways to put the note."""

    label: str
    """Its words."""

    href: str
    """The address of the note put so."""

    current: bool
    """Whether it is put so now."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the note."""

    text: str = field(repr=False)
    """The words."""

    changed: bool
    """Whether they are a client's words that were changed."""


@dataclass(frozen=True, slots=True)
class ChangeOfWords:
    """A sentence in which the client's words were changed."""

    sentence: str
    """The sentence's id in the note."""

    was: str = field(repr=False)
    """The words as typed."""

    now: str = field(repr=False)
    """The words as they stand in the note."""

    put_back: bool
    """Whether the client took the change back."""


@dataclass(frozen=True, slots=True)
class Downloads:
    """The note as files."""

    text: str
    """The address of the plain text."""

    markdown: str
    """The address of the Markdown."""

    pdf: str
    """The address of the note as a PDF."""

    large: str
    """The same in large print."""

    card: str
    """The page to keep, as a PDF; empty where there is no card."""

    questions: str
    """The questions alone, as a PDF; empty where no talk follows."""


@dataclass(frozen=True, slots=True)
class NoteView:
    """`/c/{id}/note`: the note, what to do with it, and both printed pages."""

    template: ClassVar[str] = "note.html"

    layout: Layout
    """What stands around the page."""

    problem: Fault | None
    """What did not go as meant."""

    for_self: bool
    """Whether it is the client's own record, not for the therapist."""

    closes: bool
    """Whether no talk follows it: it has one length and one tone, and nothing is practised beside it."""

    lengths: tuple[Tab, ...]
    """To say, message, letter."""

    tones: tuple[Tab, ...]
    """Soft, plain, firm, polite."""

    paragraphs: tuple[tuple[Piece, ...], ...] = field(repr=False)
    """What is in the note."""

    foot: Foot
    """What stands below it on paper."""

    fear_out: bool
    """Whether a private answer was given and stays out."""

    finished: bool
    """Whether nothing more is asked."""

    plain: str = field(repr=False)
    """The note as plain text, to copy."""

    downloads: Downloads
    """The note as files."""

    changed: tuple[ChangeOfWords, ...]
    """What was changed in the client's words."""

    editing: Editing
    """What changes the note."""

    practising: Practising | None
    """What stands beside the note."""

    form: Form
    """Where edits go."""

    kept: Kept
    """The second page on paper."""

    giving: Giving | None
    """The links to this note; None where there are none and none can be made."""

    onward: tuple[Onward, ...]
    """What can begin with what was said here."""

"""What the pages about links show: the section on the note page, the link just made, the therapist's page."""

from dataclasses import dataclass, field
from typing import ClassVar

from app.web.views import Layout


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that still opens, as its maker sees it."""

    until: str
    """The day on which it ends."""

    has_pin: bool
    """Whether it asks for six numbers."""

    revoke: str
    """Where ending it goes."""


@dataclass(frozen=True, slots=True)
class Giving:
    """What the note page offers for giving the note to the therapist."""

    can_make: bool
    """Whether this is a note to the therapist, with a sentence in it."""

    action: str
    """Where making a link goes."""

    length: str
    """The length of the note that is shown."""

    tone: str
    """Its tone."""

    links: tuple[OpenLink, ...]
    """The links that still open."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A link as a code to scan."""

    size: int
    """How many squares wide and high it is, with the empty rim."""

    path: str = field(repr=False)
    """The dark squares, as the path of an SVG."""


@dataclass(frozen=True, slots=True)
class ShareMadeView:
    """After making a link: it is shown this once."""

    template: ClassVar[str] = "share_made.html"

    layout: Layout
    """What stands around the page."""

    url: str = field(repr=False)
    """The link, with its key."""

    qr: QrCode
    """The link as a code to scan."""

    pin: str | None = field(repr=False)
    """The six numbers, where they were asked for."""

    until: str
    """The day on which the link ends."""


@dataclass(frozen=True, slots=True)
class CoverView:
    """`/n/{share}` before it is opened: the same for every link, without a word of the note."""

    template: ClassVar[str] = "cover.html"

    layout: Layout
    """What stands around the page."""

    key: str = field(repr=False)
    """The link's key, sent by somebody whose browser cannot use it; empty before."""

    asks_pin: bool
    """Whether the link was right and asks for its six numbers."""

    wrong: str
    """What was not right: "key", "pin", or nothing."""


@dataclass(frozen=True, slots=True)
class SharedNoteView:
    """`/n/{share}` opened without a script: the note, and how to receive it."""

    template: ClassVar[str] = "shared_note.html"

    layout: Layout
    """What stands around the page."""

    language: str
    """The language of the note."""

    paragraphs: tuple[tuple[str, ...], ...] = field(repr=False)
    """The note, sentence by sentence."""

    closes: bool
    """Whether no talk follows it."""

    signs: bool
    """Whether there is room for a name."""

    until: str
    """The day on which the link ends."""

    key: str = field(repr=False)
    """The link's key, to ask for the note as a file."""

    pin: str = field(repr=False)
    """The six numbers, where it asked for them."""

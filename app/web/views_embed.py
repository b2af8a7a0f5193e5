"""What the pages for a host show: the frame's first page, and the one that writes the snippet."""

from dataclasses import dataclass
from typing import ClassVar

from app.web.views import Layout


@dataclass(frozen=True, slots=True)
class EmbedView:
    """`/embed/{flow}`: what this is, in five lines, in a frame on a host's page."""

    template: ClassVar[str] = "embed.html"

    layout: Layout
    """What stands around the page."""

    flow: str
    """The flow's id."""

    minutes: int
    """How long it takes, as its author reckons."""

    language: str
    """The language that it begins in."""

    hosts: str
    """The origins that may frame it, with blanks between."""

    place: str
    """The host name that it comes from, to tell it from a look-alike."""

    theme: str
    """The address of the stylesheet with the host's look; empty where it asks for none."""

    key: str
    """A random UUID: pressing Begin twice begins once."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """The element as a host writes it, and what stands in the form that made it."""

    flow: str
    """The flow's id."""

    mode: str
    """`inline` or `bubble`."""

    label: str
    """The launcher's words and the frame's title."""

    accent: str
    """A colour as it was asked for; empty for ours."""

    radius: str
    """Corners in px; empty for ours."""

    scale: str
    """How large the text is; empty for ours."""

    text: str
    """The HTML to copy."""

    plain: str
    """The HTML of a frame alone, without a script of ours on the page."""

    preview: str
    """The address of the frame that shows it."""


@dataclass(frozen=True, slots=True)
class SnippetView:
    """`/developers/embed`: writes the snippet, and shows what it makes."""

    template: ClassVar[str] = "developers_embed.html"

    layout: Layout
    """What stands around the page."""

    flows: tuple[tuple[str, str], ...]
    """The flows on offer: id and title."""

    snippet: Snippet
    """What was asked for."""

    origin: str
    """Our own origin."""

    framing: bool
    """Whether any other origin may frame a conversation."""

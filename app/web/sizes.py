"""How large a reader wants the text: asked for in the address, and kept where a page has a place for it.

A conversation keeps it as a mark in the one cookie it has, behind the token; nothing of it is kept on the
server. Outside of a conversation there is no cookie, and the address carries it from page to page.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from fastapi import Request

Size = Literal["usual", "large", "largest"]
SIZES: tuple[Size, ...] = get_args(Size)
QUERY = "text"
# What else may stand in an address of ours and has to stand there still. All of it is codes, no words.
CARRIED = ("country", "length", "tone", "edit")
LONGEST = 50  # characters of such a code


@dataclass(frozen=True, slots=True)
class TextSize:
    """The size of the text on a page."""

    name: Size = "usual"
    """The size it has."""

    carried: tuple[tuple[str, str], ...] = ()
    """What else stands in the page's address, by name."""

    offered: bool = False
    """Whether another can be asked for here: not where the page is shown once, as a code is."""

    def address(self, path: str) -> str:
        """An address of ours outside of a conversation, with the size in it."""
        return path if self.name == "usual" else f"{path}?{QUERY}={self.name}"


USUAL = TextSize()


def asked_for(request: Request) -> Size | None:
    """The size that a request's address names; None where it names none."""
    named = request.query_params.get(QUERY)
    return next((size for size in SIZES if size == named), None)


def marked(held: str, size: Size) -> str:
    """What a conversation's cookie holds, with the mark of this size."""
    rest = [part for part in held.split(".") if part not in SIZES]
    return ".".join([*rest, *([] if size == "usual" else [size])])


def of(request: Request, cookie: str) -> TextSize:
    """The size for the page that answers a request; `cookie` is what the conversation's cookie holds."""
    marks = cookie.split(".")[1:]
    kept = next((size for size in SIZES if size in marks), SIZES[0])
    there = request.query_params
    carried = tuple(
        (name, there[name]) for name in CARRIED if there.get(name) and len(there[name]) <= LONGEST
    )
    return TextSize(asked_for(request) or kept, carried, request.method in ("GET", "HEAD"))

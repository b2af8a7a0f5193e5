"""One answer on its way into a note: its sentences, the room it has, and what an author wrote around it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from app.engine import shape_words as s
from app.engine.flow import Shape
from app.engine.own_words import Piece
from app.engine.provenance import Part
from app.engine.speech import scan

Frame = tuple[list[Part], list[Part]]
"""What an author wrote before and behind the words."""
Framed = Callable[[Shape | None], Frame | None]
"""The frame for words of a shape; of None the one with a colon. None is silence."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer on its way into a note: its words as typed, their key, its sentences, and which of these
    stay out on account of danger. `alone`: its first sentence said that there is nothing ("No, nothing."),
    so no author's frame fits the rest."""

    typed: str
    key: str
    pieces: tuple[Piece, ...]
    out: Collection[int]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What an answer may have in words: `most` for what matters, `usual` with whole neighbours. `whole`: it
    is told in few whole sentences or not at all. `aloud`: it is to be said, so nothing quoted is proposed.
    `framed`: only within a sentence of the author's, not behind a colon. `in_order`: it stands beside
    options and names one more, from its first sentence on. `spoken`: it is said to the reader as it is."""

    most: int | None = None
    usual: int | None = None
    whole: bool = False
    aloud: bool = False
    framed: bool = False
    in_order: bool = False
    spoken: bool = False


def says_nothing(typed: str) -> bool:
    """Whether an answer is a mere "no" or "none", which is none in a note."""
    return typed.strip(" .!,-\n").casefold() in s.SAYS_NOTHING or not any(map(str.isalnum, typed))


def denies(text: str) -> bool:
    """Whether a sentence that says nothing denies ("no"), rather than not know ("idk")."""
    first = scan(text)[0].low
    return first in s.SAYS_NOTHING or (first == "not" and "sure" not in text.casefold())


def text_of(parts: Sequence[Part]) -> str:
    """What parts say together."""
    return "".join(part.text for part in parts)

"""A client's words set into an author's text: by their shape where it is sure, else after a colon or quoted.

Which sentences of an answer are proposed is decided in `choosing.py`, what shape they have in `shapes.py`,
and where they stand in the note in `composing.py`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.engine import shape_words as s
from app.engine.bare_phrases import is_order
from app.engine.choosing import choose
from app.engine.conditions import Value
from app.engine.finite import clause_at
from app.engine.flow import Shape, Template
from app.engine.leading_in import behind_should
from app.engine.own_words import Piece, as_typed, ends_whole, in_lower_case, without_stop
from app.engine.pronouns import low_at
from app.engine.provenance import By, Part, Sentence
from app.engine.shapes import CLAUSES, shape_of
from app.engine.speech import scan

Frame = tuple[list[Part], list[Part]]
"""What an author wrote before and behind the words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A template at its place: the sentences it makes have ids from `id` on; `own` stands for the
    variable `own_words` in a line, `fits` are the templates by shape, `takes` and `asks` as in `Section`."""

    id: str
    template: Template
    by: By
    offered: bool
    own: Value | None = None
    fits: Mapping[Shape, Template] | None = None
    takes: tuple[Shape, ...] = ()
    asks: bool = False


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
    is told in few whole sentences or not at all. `aloud`: it is to be said, so nothing quoted is proposed."""

    most: int | None = None
    usual: int | None = None
    whole: bool = False
    aloud: bool = False


class Placing:
    """Places the answers of one note. `edits` and `back` are the client's: what they keep or leave out, and
    where our changes are taken back; `replies` holds the quotation marks."""

    def __init__(self, edits: Mapping[str, str], back: Collection[str], replies: Mapping[str, str]) -> None:
        self.edits, self.back, self.replies = edits, back, replies

    def sentences(
        self,
        id: str,
        said: Answered,
        offered: bool,
        room: Room,
        framed: Callable[[Shape | None], Frame | None],
    ) -> list[Sentence]:
        """A sentence for each of the answer; the first that is in has the author's frame around it.
        `framed` gives the frame of a shape, of None the one with a colon; None is silence."""
        said, numbers, proposed = _in_marks(said, room, framed)
        ids = [id if n == 0 else f"{id}.{n + 1}" for n in numbers]
        pieces = [as_typed(p) if here in self.back else p for here, p in zip(ids, said.pieces, strict=True)]
        inside = self._inside(ids, said, offered, room, proposed)
        lead = inside[0] if inside else 0
        if pieces and not pieces[lead].quoted:
            pieces[lead] = _without_should(pieces[lead], said.typed, framed)
        shape = _shape([pieces[n] for n in inside or range(len(pieces))], said, framed)
        frame = framed(shape)
        if frame is None or (room.aloud and shape == "quoted" and ids[lead] not in self.back):
            return []  # "I wrote …" is read, not said, unless the client will have it so
        before, after = frame
        phrase = shape is not None and shape not in CLAUSES and shape != "story"
        ends = lead if phrase else (inside or (len(ids) - 1,))[-1]
        out = []
        for n, piece in enumerate(pieces):
            around, behind = before if n == lead else [], after if n == ends else []
            if piece.quoted and _text(behind) == ".":
                behind = []  # what is quoted has a stop of its own
            parts = [*around, *self._own(_fitted(piece, around, behind, said.typed), said), *behind]
            state = "in" if n in inside else "out" if self.edits.get(ids[n]) == "out" else "offered"
            out.append(Sentence(ids[n], tuple(parts), 0, state, ids[n] in self.back))  # type: ignore[arg-type]
        return out

    def _inside(
        self, ids: Sequence[str], said: Answered, offered: bool, room: Room, proposed: set[int] | None
    ) -> list[int]:
        """The sentences that are in: those that matter, within the budget, and those the client keeps."""
        kept = {n for n, here in enumerate(ids) if self.edits.get(here) == "keep"}
        free = [
            n
            for n, e in enumerate(map(self.edits.get, ids))
            if n not in said.out and e not in ("out", "keep")
        ]
        if offered:
            return sorted(kept)
        return sorted(kept | (_chosen(said, free, room) if proposed is None else proposed & set(free)))

    def _own(self, piece: Piece, said: Answered) -> list[Part]:
        if piece.quoted:
            return self.quoted(piece, said.typed, said.key)
        return [Part("own", piece.text(said.typed), answer=said.key, span=piece.span, changes=piece.changes)]

    def quoted(self, piece: Piece, typed: str, key: str, inner: bool = False) -> list[Part]:
        """The words in quotation marks; `inner`: inside a sentence, which has a stop of its own."""
        text = typed[piece.span[0] : piece.span[1]].rstrip(",; ")
        close = self.replies["close_quote"] + ("" if inner or ends_whole(text) else ".")
        return [
            Part("confirmed", self.replies["open_quote"], "replies"),
            Part("own", text, answer=key, span=(piece.span[0], piece.span[0] + len(text))),
            Part("confirmed", close, "replies"),
        ]


def _chosen(said: Answered, free: Sequence[int], room: Room) -> set[int]:
    texts = [piece.text(said.typed) for piece in said.pieces]
    quoted = {n for n, piece in enumerate(said.pieces) if piece.quoted}
    if room.aloud:
        free = [n for n in free if n not in quoted]
    if not free:
        return set()
    return choose(texts, free, room.most, room.usual, quoted, room.whole)


def _in_marks(
    said: Answered, room: Room, framed: Callable[[Shape | None], Frame | None]
) -> tuple[Answered, Sequence[int], set[int] | None]:
    """Quoted sentences that are proposed in a row, in one pair of marks; with the number of each sentence
    among all, and those proposed. None where nothing is quoted, so that there is nothing to settle."""
    numbers = range(len(said.pieces))
    chosen = _chosen(said, [n for n in numbers if n not in said.out], room)
    every = _with_fragments(said, chosen, framed)
    if not any(piece.quoted for piece in every):
        return said, numbers, None
    pieces: list[Piece] = []
    first: list[int] = []
    for n, piece in enumerate(every):
        if piece.quoted and {n - 1, n} <= chosen and pieces[-1].quoted:
            pieces[-1] = Piece((pieces[-1].span[0], piece.span[1]), quoted=True)
        else:
            pieces.append(piece)
            first.append(n)
    out = {at for at, n in enumerate(first) if n in said.out}
    proposed = {at for at, n in enumerate(first) if n in chosen}
    return replace(said, pieces=tuple(pieces), out=out), first, proposed


def _without_should(piece: Piece, typed: str, framed: Callable[[Shape | None], Frame | None]) -> Piece:
    """The sentence without "she should", where the section has a frame of asking for what is behind it."""
    text = piece.text(typed)
    at = behind_should(text)
    words = scan(typed[piece.span[0] : piece.span[1]])
    asking, colon = framed("verb"), framed(None)
    if not at or len(words) < 3 or asking is None or colon is None or _text(asking[0]) == _text(colon[0]):
        return piece
    start = piece.span[0] + words[2].at
    return Piece((start, piece.span[1]), tuple(c for c in piece.changes if c.at >= start))


def _shape(
    pieces: Sequence[Piece], said: Answered, framed: Callable[[Shape | None], Frame | None]
) -> Shape | None:
    """The shape of what is said; a story, where several sentences begin with one that no colon fits."""
    shape = shape_of_all(pieces, said.typed, said.alone)
    colon = framed(None) if shape is None and len(pieces) > 1 else None
    badly = colon is not None and _joins_badly(pieces[0], _text(colon[0]), said.typed)
    return "story" if badly else shape


def _with_fragments(
    said: Answered, chosen: set[int], framed: Callable[[Shape | None], Frame | None]
) -> list[Piece]:
    """The sentences, with those quoted too that no frame fits, and fragments beside quoted ones and all
    between them: half of a list in marks, or one person called "she" and "you" in a breath, does not read."""
    pieces = list(said.pieces)
    lead = min(chosen, default=0)
    shape = _shape([pieces[n] for n in sorted(chosen)], said, framed)
    doubtful = any(pieces[n].quoted for n in chosen)
    frame = framed(shape) if shape in (None, "story") else None
    if chosen and frame is not None and _joins_badly(pieces[lead], _text(frame[0]), said.typed):
        pieces[lead] = as_typed(pieces[lead])
    if not any(pieces[n].quoted for n in chosen):
        return pieces
    marked = {n for n in chosen if pieces[n].quoted or _is_fragment(pieces[n], said.typed, doubtful)}
    for n in chosen:
        if min(marked) <= n <= max(marked):
            pieces[n] = as_typed(pieces[n])
    return pieces


def shape_of_all(pieces: Sequence[Piece], typed: str, alone: bool = False) -> Shape | None:
    """The shape of what is said together: that of its first sentence. What follows stands by itself; so does
    all of it with `alone`, but for a phrase, which is what there is after all ("Not much. The clock.")."""
    if not pieces:
        return None
    text = pieces[0].text(typed)
    if pieces[0].quoted:
        return "quoted"
    first = shape_of(text)
    if alone and first in CLAUSES:
        return "nothing"
    if len(pieces) > 1 and first == "word" and text[:4].lower() == "like":
        return "like"
    if first == "verb" and any(_is_order(piece, typed) for piece in pieces[1:]):
        return "command"
    return "sentences" if len(pieces) > 1 and first in ("past", "present") else first


def _is_order(piece: Piece, typed: str) -> bool:
    """ "Ask one question more." behind "Look up.": "Please look up." leads both."""
    return not piece.quoted and shape_of(piece.text(typed)) in ("verb", "joint", "command")


def _is_fragment(piece: Piece, typed: str, doubtful: bool) -> bool:
    """Whether a sentence is none; one that says "you" is worth it where nobody is "she" beside it."""
    return shape_of(piece.text(typed)) not in CLAUSES and (doubtful or not _is_turned(piece))


def _is_turned(piece: Piece) -> bool:
    return any(change.rule == "address" for change in piece.changes)


def _joins_badly(piece: Piece, ahead: str, typed: str) -> bool:
    """Whether words would not read behind an author's colon: "so that …", a colon of theirs, a capital that
    may be a name's."""
    if piece.quoted or not ahead.rstrip().endswith(":"):
        return False
    inside = in_lower_case(piece, typed).text(typed)
    words = scan(inside)
    if not words:
        return False
    first = words[0]
    at = 1 if first.low in s.UNSURE else 0
    at += low_at(words, at) == "just"
    clause = low_at(words, at) == "that" and clause_at(words, at + 1) is not None
    capital = first.at == 0 and first.text[0].isupper() and first.low not in s.KEEP_CAPITALS
    capital = capital and not inside.isupper()
    page = first.low == "ask" and low_at(words, 1) in ("if", "whether") and low_at(words, 2)[:3] == "you"
    if page or is_order(words):
        return True
    return clause or capital or first.low in s.JOINS_BADLY or any(":" in word.gap for word in words)


def _text(parts: Sequence[Part]) -> str:
    return "".join(part.text for part in parts)


def _fitted(piece: Piece, before: Sequence[Part], after: Sequence[Part], typed: str) -> Piece:
    """The words as they read between these parts: capital and full stop follow what stands around."""
    if piece.quoted:
        return piece
    ahead = _text(before).rstrip()
    if ahead and not ends_whole(ahead):
        piece = in_lower_case(piece, typed)
    if after and not after[0].text[:1].isspace():
        piece = without_stop(piece, typed)
    return piece


def fitting(line: Line, shape: Shape | None) -> Template:
    """The template for words of this shape: its own, that of any sentence, or the one with a colon."""
    fits = line.fits or {}
    if shape is not None and shape in fits:
        return fits[shape]
    if shape in ("past", "present", "future") and "sentences" in fits:
        return fits["sentences"]
    return line.template


def says_nothing(typed: str) -> bool:
    """Whether an answer is a mere "no" or "none", which is none in a note."""
    return typed.strip(" .!,-\n").casefold() in s.SAYS_NOTHING or not any(map(str.isalnum, typed))


def denies(text: str) -> bool:
    """Whether a sentence that says nothing denies ("no"), rather than not know ("idk")."""
    first = scan(text)[0].low
    return first in s.SAYS_NOTHING or (first == "not" and "sure" not in text.casefold())

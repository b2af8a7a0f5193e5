"""A client's words set into an author's text: by their shape where it is sure, else after a colon or quoted.

Which sentences of an answer are proposed is decided in `choosing.py`, what shape they have in `shapes.py`,
and where they stand in the note in `composing.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.engine.answered import Answered, Framed, Room, text_of
from app.engine.conditions import Value
from app.engine.flow import Shape, Template
from app.engine.marking import in_marks, propose, shape_said, without_should
from app.engine.own_words import Piece, as_typed, ends_whole, in_lower_case, without_stop
from app.engine.provenance import By, Part, Sentence
from app.engine.shapes import CLAUSES


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


class Placing:
    """Places the answers of one note. The client's are `edits` (kept or left out), `back` (our changes taken
    back) and `reworded` (other words); `replies` holds the quotation marks."""

    def __init__(
        self,
        edits: Mapping[str, str],
        back: Collection[str],
        reworded: Collection[str],
        replies: Mapping[str, str],
    ) -> None:
        self.edits, self.back, self.replies = edits, back, replies
        self.touched = {*edits, *back, *reworded}
        self.kept = {id for id, edit in edits.items() if edit == "keep"}

    def sentences(
        self,
        id: str,
        said: Answered,
        offered: bool,
        room: Room,
        framed: Framed,
    ) -> list[Sentence]:
        """A sentence for each of the answer; the first that is in has the author's frame around it.
        `framed` gives the frame of a shape, of None the one with a colon; None is silence."""
        each = [id if n == 0 else f"{id}.{n + 1}" for n in range(len(said.pieces))]
        edited = {n for n, here in enumerate(each) if here in self.touched}
        said, numbers, proposed = in_marks(said, room, framed, edited)
        ids = [id if n == 0 else f"{id}.{n + 1}" for n in numbers]
        pieces = [as_typed(p) if here in self.back else p for here, p in zip(ids, said.pieces, strict=True)]
        inside = self._inside(ids, said, offered, room, proposed)
        lead = inside[0] if inside else 0
        if pieces and not pieces[lead].quoted:
            pieces[lead] = without_should(pieces[lead], said.typed, framed)
        shape = shape_said([pieces[n] for n in inside or range(len(pieces))], said, framed, room.aloud)
        frame = framed(shape)
        if frame is None:
            return []
        before, after = frame
        if _is_only_read(shape, before, room) and not {*ids} & {*self.back, *self.kept}:
            inside = []
        phrase = shape is not None and shape not in CLAUSES and shape != "story"
        ends = lead if phrase else (inside or (len(ids) - 1,))[-1]
        out = []
        for n, piece in enumerate(pieces):
            around, behind = before if n == lead else [], after if n == ends else []
            if piece.quoted and text_of(behind) == ".":
                behind = []  # what is quoted has a stop of its own
            if piece.quoted and n != lead:
                around = [Part("confirmed", self.replies["also_wrote"] + " ", "replies")]
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
        return sorted(kept | (propose(said, free, room) if proposed is None else proposed & set(free)))

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


def _is_only_read(shape: Shape | None, before: Sequence[Part], room: Room) -> bool:
    """Whether nobody would say it: "I wrote …", or "How it felt: …"."""
    return (room.aloud and shape == "quoted") or (room.framed and text_of(before).rstrip().endswith(":"))


def _fitted(piece: Piece, before: Sequence[Part], after: Sequence[Part], typed: str) -> Piece:
    """The words as they read between these parts: capital and full stop follow what stands around."""
    if piece.quoted:
        return piece
    ahead = text_of(before).rstrip()
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

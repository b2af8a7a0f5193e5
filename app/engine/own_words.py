"""A client's words on their way into a note: whole sentences, each with the changes made to it.

Where someone other than the therapist could be meant, or the client took our changes back, the words
stand in quotation marks exactly as typed. Which sentences fit is decided in `note.py`.
"""

from dataclasses import dataclass, field, replace

from app.engine.addressing import Addressed, Edit, sentences, to_you


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of an answer: its span in what was typed, the changes in it, and whether it has to
    stand in quotation marks."""

    span: tuple[int, int]
    changes: tuple[Edit, ...] = field(default=(), repr=False)
    quoted: bool = False

    def text(self, typed: str) -> str:
        """The sentence with its changes made."""
        start, end = self.span
        out, at = "", start
        for change in self.changes:
            out += typed[at : change.at] + change.now
            at = change.at + len(change.was)
        return out + typed[at:end]

    def words(self, typed: str) -> int:
        """Its length in words."""
        return len(typed[self.span[0] : self.span[1]].split())


def addressed_pieces(typed: str, pronoun: str | None, names: tuple[str, ...]) -> tuple[Piece, ...]:
    """The sentences of an answer with "she" turned to "you" where only the therapist can be meant."""
    spoken = to_you(typed, pronoun, names)
    spans = [span for span in sentences(typed) if typed[span[0] : span[1]].strip()]
    if spoken.doubtful:
        return tuple(Piece(span, (), quoted=True) for span in spans)
    pieces = [Piece(span, _within(spoken, span, last=span is spans[-1])) for span in spans]
    return (*pieces[:1], *(_with_capital(piece, typed) for piece in pieces[1:]))


def _within(spoken: Addressed, span: tuple[int, int], last: bool) -> tuple[Edit, ...]:
    start, end = span
    return tuple(c for c in spoken.changes if start <= c.at < end or (last and c.at >= end and not c.was))


def _with_capital(piece: Piece, typed: str) -> Piece:
    """The sentence with a capital where it begins, unless it begins with a sign or inside quotation marks."""
    start = piece.span[0]
    letter, changes = typed[start : start + 1], piece.changes
    if changes and changes[0].at == start:
        first = replace(changes[0], now=changes[0].now[:1].upper() + changes[0].now[1:])
        return replace(piece, changes=(first, *changes[1:]))
    if letter.islower() and len(letter.upper()) == 1:
        return replace(piece, changes=(Edit("capital", start, letter, letter.upper()), *changes))
    return piece


def after_colon(piece: Piece) -> Piece:
    """The same words where a colon stands before them: no capital is added, and "You" is "you"."""
    start = piece.span[0]
    changes = []
    for change in piece.changes:
        if change.rule == "capital" and change.at <= start:
            continue
        if change.rule == "address" and change.at == start and change.now[:1].isupper():
            change = replace(change, now=change.now[0].lower() + change.now[1:])
        changes.append(change)
    return replace(piece, changes=tuple(changes))


def as_typed(piece: Piece) -> Piece:
    """The words exactly as typed, to be quoted."""
    return Piece(piece.span, (), quoted=True)


def ends_whole(text: str) -> bool:
    """Whether a text ends like a sentence, also inside closing quotation marks."""
    bare = text.rstrip().rstrip("\"'”’)»]")
    return bare.endswith((".", "!", "?", "…"))


def in_one_pair_of_marks(pieces: tuple[Piece, ...], typed: str, budget: int | None) -> tuple[Piece, ...]:
    """Quoted sentences stand in one pair of marks as far as the budget goes; the rest are offered."""
    spent, n = pieces[0].words(typed), 1
    while n < len(pieces) and (budget is None or spent + pieces[n].words(typed) <= budget):
        spent, n = spent + pieces[n].words(typed), n + 1
    return (Piece((pieces[0].span[0], pieces[n - 1].span[1]), quoted=True), *pieces[n:])

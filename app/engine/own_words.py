"""A client's words on their way into a note: whole sentences, each with the changes made to it.

A sentence in which someone other than the therapist could be meant, or in which the client took our changes
back, stands in quotation marks exactly as typed. Where an answer is divided stands in `dividing.py`, where
its sentences go in `placing.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.engine import shape_words as s
from app.engine.addressing import Addressed, Edit, as_sentence, sentences, to_you
from app.engine.apart import turned_apart
from app.engine.bare_phrases import is_order
from app.engine.dividing import divided
from app.engine.english import CONJUNCTIONS
from app.engine.finite import asks
from app.engine.leading_in import behind_lead_in
from app.engine.pronouns import form_at
from app.engine.shapes import is_known_first
from app.engine.speech import scan
from app.engine.staying import ALL_YOURS

_TOLD = frozenset(("what", "how", "who", "why", "where"))
SPOKEN = 60  # words that can be said in one go, so that a run-on need not be divided
OPENING = 4  # words that may stand before "you" where a sentence begins with it


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


def addressed_pieces(
    typed: str, pronoun: str | None, names: tuple[str, ...], sure: bool = False
) -> tuple[Piece, ...]:
    """The sentences of an answer with "she" turned to "you" where only the therapist can be meant; with
    `sure` everywhere, since the client said so. Where somebody else could be meant, each is weighed alone."""
    spans = list(divided(typed, names))
    begins = spans[0][0] if spans else 0
    if spans:
        spans[0] = (behind_lead_in(typed, *spans[0], pronoun), spans[0][1])
    spoken = to_you(typed, pronoun, names, sure)
    each = turned_apart(typed, spans, pronoun, names) if spoken.doubtful else _each_within(spoken, spans)
    return _pieces(typed, spans, begins, each)


def spoken_pieces(typed: str, pronoun: str | None) -> tuple[Piece, ...]:
    """The sentences of words that a client would say to the therapist, with their surface evened; none where
    they are said of them, as in "She should know …".

    >>> [piece.text("ann, you rush me") for piece in spoken_pieces("ann, you rush me", "she")]
    ['Ann, you rush me.']
    >>> spoken_pieces("she rushes me", "she")
    ()
    """
    words = [word for word in scan(typed) if not word.quoted]
    forms = [form_at(words, i) for i in range(len(words))]
    of_them = any(form is not None and pronoun in (None, form[0]) for form in forms)
    if of_them and not any(word.low in ALL_YOURS for word in words):
        return ()
    spans = sentences(typed) if len(words) <= SPOKEN else list(divided(typed, ()))
    begins = spans[0][0] if spans else 0
    if spans:
        spans[0] = (behind_lead_in(typed, *spans[0], None), spans[0][1])
    return _pieces(typed, spans, begins, _each_within(as_sentence(typed), spans))


def _each_within(spoken: Addressed, spans: list[tuple[int, int]]) -> list[tuple[Edit, ...] | None]:
    return [_within(spoken, span, last=span is spans[-1]) for span in spans]


def _pieces(
    typed: str, spans: list[tuple[int, int]], begins: int, each: Sequence[tuple[Edit, ...] | None]
) -> tuple[Piece, ...]:
    """The sentences with their changes, capitals and stops; None stands in quotation marks."""
    pieces = []
    for span, changes in zip(spans, each, strict=True):
        if changes is None:
            start = begins if span is spans[0] else span[0]
            pieces.append(Piece((start, span[1]), quoted=True))
            continue
        piece = Piece(span, _with_days(changes, typed, span))
        if span is spans[0] and span[0] > begins:
            piece = replace(piece, changes=tuple(c for c in piece.changes if c.rule != "full_stop"))
        piece = _with_capital(piece, typed) if typed[: span[0]].strip() else piece
        listed = pieces and "\n" in typed[pieces[-1].span[1] : span[0]]
        pieces.append(_with_stop(piece, typed, bool(listed)))
    return tuple(pieces)


def _within(spoken: Addressed, span: tuple[int, int], last: bool) -> tuple[Edit, ...]:
    start, end = span
    return tuple(c for c in spoken.changes if start <= c.at < end or (last and c.at >= end and not c.was))


def _with_days(changes: tuple[Edit, ...], typed: str, span: tuple[int, int]) -> tuple[Edit, ...]:
    """The changes, and capitals for days and months: "last tuesday"."""
    taken = {change.at for change in changes}
    more = [
        Edit("capital", span[0] + word.at, word.text[0], word.text[0].upper())
        for word in scan(typed[span[0] : span[1]])
        if word.text in s.WEEKDAYS | s.MONTHS and not word.quoted and span[0] + word.at not in taken
    ]
    return tuple(sorted((*changes, *more), key=lambda change: change.at))


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


def _with_stop(piece: Piece, typed: str, listed: bool = False) -> Piece:
    """The sentence with a full stop where a line ends without one, or a question mark where it asks; "who
    has read it" asks nothing in a line of a list."""
    start, end = piece.span
    ended = any(change.rule == "full_stop" for change in piece.changes) or ends_whole(typed[start:end])
    ended = ended or (typed[end - 1] == ":" and bool(typed[end:].strip()))  # a list follows
    if ended or not any(mark.isalnum() for mark in typed[start:end]):
        return piece
    at = end - 1 if typed[end - 1] in ",;" else end
    words = scan(piece.text(typed))
    thanks = any(word.low in ("thank", "thanks", "sorry") for word in words[4:])
    belongs = listed and words[:1] and words[0].low in ("who", "which", "where") and typed[start].islower()
    last = max((n + 1 for n, word in enumerate(words) if word.low == "but"), default=0)
    mark = "?" if (asks(words) or asks(words, last)) and not (thanks or belongs) else "."
    stop = Edit("full_stop", at, typed[at:end], mark)
    return replace(piece, changes=(*(c for c in piece.changes if c.at < at), stop))


def without_stop(piece: Piece, typed: str) -> Piece:
    """The same words where an author's own stop follows: no full stop is added, and a typed one goes."""
    end = piece.span[1]
    changes = tuple(change for change in piece.changes if change.rule != "full_stop")
    if typed[end - 1] in ".,;" and not typed[:end].endswith(".."):
        changes = (*changes, Edit("full_stop", end - 1, typed[end - 1], ""))
    return replace(piece, changes=changes)


def in_lower_case(piece: Piece, typed: str) -> Piece:
    """The same words inside a sentence or behind a colon: no capital is added, and a typed one goes too, but
    for "I", names and capitals only."""
    piece = replace(piece, changes=tuple(_lowered(piece, typed)))
    start = piece.span[0]
    words = scan(piece.text(typed))
    first = words[0].text if words and words[0].at == 0 else ""
    shouted = first.isupper() and len(first) > 1
    if not first[:1].isupper() or first == "I" or first[:2] in ("I'", "I’") or shouted:
        return piece
    known = is_known_first(words) or is_order(words) or words[0].low.endswith("ing")
    if words[0].low in ("im", "ive", "id", "ill") or not known:
        return piece
    if any(change.at == start for change in piece.changes) or len(first[0].lower()) != 1:
        return piece
    lower = Edit("capital", start, first[0], first[0].lower())
    return replace(piece, changes=(lower, *piece.changes))


def _lowered(piece: Piece, typed: str) -> Iterator[Edit]:
    start = piece.span[0]
    for change in piece.changes:
        lone = change.now == "I" and not typed[start + 1 : start + 2].isalnum()
        named = change.rule == "capital" and scan(typed[start : start + 12])[:1]
        day = bool(named) and named[0].low in s.WEEKDAYS | s.MONTHS  # type: ignore[index]
        if change.rule == "capital" and change.at <= start and not lone and not day:
            continue
        shouted = len(change.now) > 1 and change.now.isupper()
        if change.rule == "address" and change.at == start and change.now[:1].isupper() and not shouted:
            change = replace(change, now=change.now[0].lower() + change.now[1:])
        yield change


def is_of_somebody(piece: Piece, typed: str, asked: bool = False) -> bool:
    """Whether "you" came into a sentence where no clause begins with it ("near your sofa"), or once more in
    what was said or asked ("you asked what you were like"). "You let me draw" tells of the therapist,
    whoever else was named elsewhere. What is `asked` of the therapist says "you" anywhere, but for "let me
    read her poem", where all that was turned is somebody's."""
    turned = [change for change in piece.changes if change.rule == "address"]
    if not turned:
        return False
    if asked:
        return all(change.now.lower().startswith("your") for change in turned)
    ahead = typed[piece.span[0] : turned[0].at].lower().split()
    begins = len(ahead) <= OPENING or ahead[-1] in CONJUNCTIONS - _TOLD
    told = any(set(typed[piece.span[0] : c.at].lower().split()[-2:]) & _TOLD for c in turned[1:])
    return not begins or told or turned[0].now.lower().startswith("your")


def as_typed(piece: Piece) -> Piece:
    """The words exactly as typed, to be quoted."""
    return Piece(piece.span, (), quoted=True)


def ends_whole(text: str) -> bool:
    """Whether a text ends like a sentence, also inside closing quotation marks."""
    bare = text.rstrip().rstrip("\"'”’)»]")
    return bare.endswith((".", "!", "?", "…"))

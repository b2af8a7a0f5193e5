"""Which sentences of an answer stand in quotation marks, and what shape is said with the others.

Quoted is where somebody else could be meant, what fits behind no colon, and what does not read beside a
quotation. Where an answer is divided and addressed stands in `own_words.py`, frames in `placing.py`.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from app.engine import shape_words as s
from app.engine.answered import Answered, Framed, Room, text_of
from app.engine.bare_phrases import is_order, is_to_page
from app.engine.choosing import choose, in_order, without_asides
from app.engine.dividing import BULLET
from app.engine.english import ADVERBS
from app.engine.finite import clause_at, tense_of
from app.engine.flow import Shape
from app.engine.leading_in import behind_should
from app.engine.own_words import Piece, as_typed, in_lower_case
from app.engine.pronouns import form_at, low_at
from app.engine.shapes import CLAUSES, shape_of
from app.engine.speech import scan

_OPENING = frozenset("\"“'‘«")
_DEMANDS = frozenset(("should", "must", "shouldn't", "shouldnt"))
BRIEF = 2  # words at most of what completes the sentence before it: "Always."
FRAGMENT = 6  # words at most of what is no sentence


def propose(said: Answered, free: Sequence[int], room: Room) -> set[int]:
    """The sentences at `free` that are proposed within the room."""
    texts = [piece.text(said.typed) for piece in said.pieces]
    quoted = {n for n, piece in enumerate(said.pieces) if piece.quoted}
    if room.aloud:
        free = [n for n in free if n not in quoted]
    if not free:
        return set()
    if room.spoken:
        return in_order(texts, free, room.most)
    if room.in_order:
        return in_order(texts, without_asides(texts, free, quoted), room.most)
    return choose(texts, free, room.most, room.usual, quoted, room.whole)


def in_marks(
    said: Answered, room: Room, framed: Framed, edited: Collection[int] = ()
) -> tuple[Answered, Sequence[int], set[int] | None]:
    """Quoted sentences that are proposed in a row, in one pair of marks; with the number of each sentence
    among all, and those proposed. None where nothing is quoted, so that there is nothing to settle. What
    the client has `edited` stays by itself."""
    numbers = range(len(said.pieces))
    chosen = propose(said, [n for n in numbers if n not in said.out], room)
    every = _with_fragments(said, chosen, framed)
    if not any(piece.quoted for piece in every):
        return said, numbers, None
    pieces: list[Piece] = []
    first: list[int] = []
    for n, piece in enumerate(every):
        if piece.quoted and {n - 1, n} <= chosen and pieces[-1].quoted and n not in edited:
            pieces[-1] = Piece((pieces[-1].span[0], piece.span[1]), quoted=True)
        else:
            pieces.append(piece)
            first.append(n)
    pieces = [_with_its_list(piece, said.typed) for piece in pieces]
    out = {at for at, n in enumerate(first) if n in said.out}
    proposed = {at for at, n in enumerate(first) if n in chosen}
    return replace(said, pieces=tuple(pieces), out=out), first, proposed


def _with_its_list(piece: Piece, typed: str) -> Piece:
    """Lines of a list, quoted as such: from the sign of the first."""
    start, end = piece.span
    line = typed.rfind("\n", 0, start) + 1
    listed = piece.quoted and "\n" in typed[start:end] and BULLET.fullmatch(typed, line, start)
    return Piece((line, end), quoted=True) if listed else piece


def shape_said(pieces: Sequence[Piece], said: Answered, framed: Framed, aloud: bool = False) -> Shape | None:
    """The shape of what is said; a story, where several sentences begin with one that no colon fits, or
    where it is said `aloud`: nobody says "What I remember:"."""
    shape = shape_of_all(pieces, said.typed, said.alone)
    if shape == "thing" and len(pieces) > 1 and _is_fragment(pieces[1], said.typed, True):
        return None  # "Time zone. The bell.": a list, of which no frame says "one thing"
    if shape == "like" and _is_likened(pieces[0], said.typed, framed):
        return "that"
    if shape == "that" and _is_that_wished(pieces[0], said.typed, framed):
        return "thing"
    colon = framed(None) if shape is None and len(pieces) > 1 else None
    badly = colon is not None and _joins_badly(pieces[0], text_of(colon[0]), said.typed)
    if shape is None and pieces and _asks(framed) and _is_demanded(pieces[0], said.typed):
        return "sentences"
    if shape is None and len(pieces) == 1 and _is_bare_question(pieces[0], said.typed, framed):
        return "question"
    told = aloud and shape is None and bool(pieces) and pieces[0].words(said.typed) > FRAGMENT
    return "story" if badly or (told and framed("story") is not None) else shape


def _is_likened(piece: Piece, typed: str, framed: Framed) -> bool:
    """ "Like a boy sent to the front": whoever feels so is one, so it is "I felt", not "it felt"."""
    told, colon = framed("like"), framed(None)
    words = scan(piece.text(typed))
    apart = told is not None and colon is not None and text_of(told[0]) != text_of(colon[0])
    return apart and low_at(words, 1) in ("a", "an", "the", "my")


def _is_bare_question(piece: Piece, typed: str, framed: Framed) -> bool:
    """ "Perhaps: could we walk?": a question where the section lets one stand by itself."""
    bare = framed("question")
    asked = not piece.quoted and piece.text(typed).rstrip().endswith("?")
    return asked and bare is not None and not text_of(bare[0])


def _is_demanded(piece: Piece, typed: str) -> bool:
    """ "You should keep the day": what is asked for, in words to the therapist already."""
    words = scan(piece.text(typed))
    return not piece.quoted and low_at(words, 0) == "you" and low_at(words, 1) in _DEMANDS


def without_should(piece: Piece, typed: str, framed: Framed) -> Piece:
    """The sentence without "she should", where the section has a frame of asking for what is behind it."""
    text = piece.text(typed)
    before = behind_should(text)
    if not before or not _asks(framed):
        return piece
    words = scan(typed[piece.span[0] : piece.span[1]])
    start = piece.span[0] + words[len(words) - len(scan(text)) + before].at
    return Piece((start, piece.span[1]), tuple(c for c in piece.changes if c.at >= start))


def _asks(framed: Framed) -> bool:
    """Whether the section asks for something, in a frame for a bare verb."""
    asking, colon = framed("verb"), framed(None)
    return asking is not None and colon is not None and text_of(asking[0]) != text_of(colon[0])


def _is_wished_as_fact(piece: Piece, typed: str, framed: Framed) -> bool:
    """ "She asks me first", where something is asked for: "You ask me first" would say that it is so."""
    if piece.quoted or not _asks(framed):
        return False
    words = scan(piece.text(typed))
    acts = low_at(words, 0) == "you" and tense_of(low_at(words, 1)) == "present"
    wished = acts and low_at(words, 1) not in _DEMANDS and not behind_should(piece.text(typed))
    return wished or _is_that_wished(piece, typed, framed) is None


def _is_that_wished(piece: Piece, typed: str, framed: Framed) -> bool | None:
    """Whether "that she ask me first" wishes, as its bare verb tells; "that she asked" tells what is so. None
    where "that she asks", "that they ask" or "that she put" may be either."""
    now, words = scan(piece.text(typed)), scan(typed[slice(*piece.span)])
    told, wished = framed("that"), framed("thing")
    alike = told is None or wished is None or text_of(told[0]) == text_of(wished[0])
    if alike or not _asks(framed) or [low_at(now, 0), low_at(now, 1)] != ["that", "you"]:
        return False
    at = 3 if low_at(now, 2) in ADVERBS else 2
    verb, more = low_at(now, at), len(words) - len(now)  # "my therapist asks" is longer than "you ask"
    spelled, tense = low_at(words, at + more), tense_of(verb)
    if tense == "past" or verb.endswith(("n't", "nt")):
        return False
    bare = tense == "present" and spelled == verb and low_at(words, 1) not in ("they", "u", "you")
    return True if bare or verb in ("should", "would", "could", "might") else None


def _with_fragments(said: Answered, chosen: set[int], framed: Framed) -> list[Piece]:
    """The sentences, with those quoted too that no frame fits, and fragments beside quoted ones and all
    between them: half of a list in marks does not read, nor an answer in which one is "she" and "you"."""
    pieces = list(said.pieces)
    lead = min(chosen, default=0)
    shape = shape_said([pieces[n] for n in sorted(chosen)], said, framed)
    doubtful = any(pieces[n].quoted for n in chosen)
    frame = framed(shape)
    if chosen and frame is not None and _joins_badly(pieces[lead], text_of(frame[0]), said.typed):
        pieces[lead] = as_typed(pieces[lead])
    if chosen and _is_wished_as_fact(pieces[lead], said.typed, framed):
        pieces[lead] = as_typed(pieces[lead])
    if not any(pieces[n].quoted for n in chosen):
        return pieces
    marked = {n for n in chosen if pieces[n].quoted or _is_fragment(pieces[n], said.typed, doubtful)}
    ends = {n for n in marked if not pieces[n].quoted and pieces[n].words(said.typed) <= BRIEF}
    marked -= {n for n in ends if n - 1 in chosen - marked}
    marked |= {n for n in chosen if n - 1 in marked and _goes_on(pieces[n].text(said.typed))}
    both = any(map(_is_turned, (pieces[n] for n in chosen)))
    both = both and any(pieces[n].quoted and _names_them(pieces[n], said.typed) for n in chosen)
    for n in chosen:
        if both or min(marked) <= n <= max(marked):
            pieces[n] = as_typed(pieces[n])
    return pieces


def _names_them(piece: Piece, typed: str) -> bool:
    """Whether somebody is "she", "he" or "they" in a sentence as typed, be it the therapist or not."""
    words = scan(piece.text(typed))
    return any(form_at(words, i) is not None and not words[i].quoted for i in range(len(words)))


def _goes_on(text: str) -> bool:
    """Whether a sentence is one with the one before: what was said in it, or its other half."""
    return text[:1] in _OPENING or text[:3].lower() == "or "


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
    brief = piece.words(typed) <= FRAGMENT or not doubtful
    return brief and shape_of(piece.text(typed)) not in CLAUSES and (doubtful or not _is_turned(piece))


def _is_turned(piece: Piece) -> bool:
    return any(change.rule == "address" for change in piece.changes)


def _joins_badly(piece: Piece, ahead: str, typed: str) -> bool:
    """Whether words would not read behind an author's colon: "so that …", a question, a colon of theirs, a
    capital that may be a name's."""
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
    demanded = first.low == "you" and low_at(words, 1) in _DEMANDS
    if demanded or is_to_page(words) or is_order(words) or inside.rstrip().endswith("?"):
        return True
    return clause or capital or first.low in s.JOINS_BADLY or ":" in inside

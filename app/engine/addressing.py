"""A client's words about their therapist, turned into words to the therapist: "she" to "you", undoably.

Here the changes are told, applied and taken back. What makes them lies beside: `doubt.py` weighs whether
somebody else could be meant, `turning.py` chooses the changes, on `pronouns.py`, `verbs.py`, `people.py` and
`speech.py`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from app.engine import people
from app.engine.doubt import SomebodyElse, weigh, without_rivals
from app.engine.finite import asks
from app.engine.mentions import find_mentions
from app.engine.person_words import THERAPISTS
from app.engine.pronouns import form_at, low_at
from app.engine.readings import Reading, read
from app.engine.speech import Word, scan, sentences
from app.engine.turning import Turning

__all__ = ["Addressed", "Edit", "as_sentence", "infer_pronoun", "sentences", "to_you", "undo"]

_LONE_I = frozenset("i i'm i've i'd i'll i'd've i'm'a".split())
_ENDED = re.compile(r"[.!?…。؟][\"”»'’)\]]*$")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change in a client's words.

    `rule` is `address`, `agreement`, `capital` or `full_stop` (a question mark, where the words ask); `at`
    counts code points of the text as typed; `was` stood there (may be "") and `now` stands in its place.
    """

    rule: str
    at: int
    was: str = field(repr=False)
    now: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Addressed:
    """Words to the therapist and every change that made them.

    `doubtful`: somebody else could be meant; then `text` is exactly as typed, `changes` is empty, and the
    words belong in quotation marks. `in_doubt` are then the spans (code points) of the pronouns of which only
    the client can say whom they mean; it is empty where that question would not help, as where the words say
    "you" already.
    """

    text: str = field(repr=False)
    changes: tuple[Edit, ...] = field(repr=False)
    doubtful: bool
    in_doubt: tuple[tuple[int, int], ...] = ()


def to_you(text: str, pronoun: str | None, names: tuple[str, ...] = (), sure: bool = False) -> Addressed:
    """Turn what is said of the therapist into what is said to them (the clinical guide, 6.4).

    `pronoun` is `she`, `he`, `they` or None (not known: only a text that names the therapist is changed);
    `names` are what the client calls the therapist. Quoted speech stays as it is. `sure`: the client has
    said that every form of the pronoun here means the therapist; then nothing is doubtful (an unknown
    pronoun is the only one in the text; where there are two, `sure` tells nothing).

    >>> to_you("she looks at the clock", "she").text
    'You look at the clock.'
    >>> to_you("my mum rang and she left", "she").in_doubt
    ((16, 19),)
    """
    words = scan(text)
    if sure and pronoun is None:
        pronoun = _only_pronoun(words)
    reading = read(text, words, find_mentions(words, names, text), pronoun)
    sure = sure and pronoun is not None
    if sure:
        reading = without_rivals(reading)
    elif (places := weigh(reading)) is not None:
        return _left(reading, places)
    try:
        return _applied(text, changes_in(reading, sure))
    except SomebodyElse:
        return _left(reading, frozenset(reading.forms))


def changes_in(reading: Reading, sure: bool = False) -> tuple[Edit, ...]:
    """Every change of a text that was weighed already, those of the surface too. Raises SomebodyElse where
    two readings are left and the client is not `sure`."""
    text = reading.text
    turns = sorted(Turning(reading, sure).turns(), key=lambda turn: turn[1])
    inside = {turn[1] for before, turn in pairwise(turns) if before[2] > turn[1]}
    if inside and not sure:
        raise SomebodyElse
    kept = [turn for turn in turns if turn[1] not in inside]
    return _with_surface(
        text, reading.words, [Edit(rule, at, text[at:end], now) for rule, at, end, now in kept]
    )


def _left(reading: Reading, places: frozenset[int]) -> Addressed:
    """The text as typed, with the spans of the forms in doubt."""
    spans = tuple((reading.words[i].at, reading.words[i].end) for i in sorted(places))
    return Addressed(reading.text, (), True, spans)


def _only_pronoun(words: list[Word]) -> str | None:
    used = {form[0] for i in range(len(words)) if (form := form_at(words, i))}
    single = used - {"they"} or used
    return single.pop() if len(single) == 1 else None


def as_sentence(text: str) -> Addressed:
    """Only the surface: a first capital, a lone i to I, a full stop where none stands.

    >>> as_sentence("i'm not sure i can").text
    "I'm not sure I can."
    """
    return _applied(text, _with_surface(text, scan(text), []))


def undo(text: str, changes: tuple[Edit, ...]) -> str:
    """The words as they were typed, from the changed text and its changes in their order.

    >>> undo("You smile.", to_you("she smiles", "she").changes)
    'she smiles'
    """
    parts: list[str] = []
    here, typed = 0, 0
    for edit in changes:
        kept = edit.at - typed
        parts += text[here : here + kept], edit.was
        here += kept + len(edit.now)
        typed = edit.at + len(edit.was)
    return "".join((*parts, text[here:]))


def infer_pronoun(texts: Iterable[str]) -> str | None:
    """The therapist's pronoun from clauses about them, or from the only pronoun used; None if not clear.

    >>> infer_pronoun(["my therapist said she was away"])
    'she'
    """
    scanned = [(text, scan(text)) for text in texts]
    votes = {vote for _, words in scanned if (vote := _vote(words))}
    if votes:
        return votes.pop() if len(votes) == 1 else None
    used = {form[0] for _, words in scanned for i in range(len(words)) if (form := form_at(words, i))}
    single = used - {"they"}
    if len(single) != 1:
        return None
    pronoun = single.pop()
    doubtful = any(_is_another(words, i, pronoun) for _, words in scanned for i in range(len(words)))
    return None if doubtful else pronoun


def _is_another(words: list[Word], i: int, pronoun: str) -> bool:
    """Somebody whose pronoun this may be: "my sister", "my old dog"; but no "lady counsellor"."""
    who = people.other_person(words, i)
    named = who == pronoun or (who == "any" and words[i].text.islower())
    return named and THERAPISTS.keys().isdisjoint((low_at(words, i), low_at(words, i + 1)))


def _vote(words: list[Word]) -> str | None:
    """The pronoun that follows a mention of the therapist in one sentence, nobody else between."""
    for mention in find_mentions(words, (), ""):
        before = form_at(words, mention.first - 2) if mention.first > 1 else None
        if before and low_at(words, mention.first - 1) in {"is", "was"}:
            return before[0]
        for i in range(mention.last + 1, min(len(words), mention.last + 60)):
            if words[i].starts or people.other_person(words, i):
                break
            found = form_at(words, i)
            if found and found[0] != "they":
                return found[0]
            if found and not any(people.plural_at(words, k) for k in range(mention.last + 1, i)):
                return "they"
    return None


def _with_surface(text: str, words: list[Word], edits: list[Edit]) -> tuple[Edit, ...]:
    found = {edit.at: edit for edit in edits}
    for word in words:
        if word.text[0] == "i" and word.low in _LONE_I and not word.quoted and _stands_alone(text, word):
            found.setdefault(word.at, Edit("capital", word.at, "i", "I"))
    first = next((at for at, mark in enumerate(text) if mark.isalnum()), None)
    if first is not None:
        if words and words[0].at == first and not words[0].quoted:
            _add_capital(words[0], found)
        _add_end(text, words, found)
    return tuple(found[at] for at in sorted(found))


def _stands_alone(text: str, word: Word) -> bool:
    before, after, then = (
        text[max(0, word.at - 1) : word.at],
        text[word.end : word.end + 1],
        text[word.end + 1 :][:1],
    )
    beside = before in {"/", "@", "-", "_", ".", "("} or before.isalnum()
    return (
        not beside
        and after not in {"/", "@", "-", "_", ")"}
        and not (after == "." and then.isalnum())
        and not after.isalnum()
    )


def _add_capital(word: Word, found: dict[int, Edit]) -> None:
    mark = word.text[0]
    if word.at in found:
        edit = found[word.at]
        found[word.at] = Edit(edit.rule, edit.at, edit.was, edit.now[:1].upper() + edit.now[1:])
    elif mark.islower() and len(mark.upper()) == 1 and word.text == word.text.lower():
        found[word.at] = Edit("capital", word.at, mark, mark.upper())


def _add_end(text: str, words: list[Word], found: dict[int, Edit]) -> None:
    """A full stop where the text ends in no mark, or a question mark if it asks ("can you wait")."""
    end = len(text.rstrip())
    if not _ENDED.search(text, max(0, end - 40), end):
        at = end - 1 if text[end - 1] in ",;" else end
        last = next((n for n in range(len(words) - 1, -1, -1) if words[n].starts), 0)
        inverted = words != [] and words[last].at in found and found[words[last].at].rule == "agreement"
        thanks = any(word.low in ("thank", "thanks", "sorry") for word in words[last + 4 :])
        asked = (inverted or asks(words, last)) and not thanks
        found[at] = Edit("full_stop", at, text[at:end], "?" if asked else ".")


def _applied(text: str, changes: tuple[Edit, ...]) -> Addressed:
    parts: list[str] = []
    typed = 0
    for edit in changes:
        parts += text[typed : edit.at], edit.now
        typed = edit.at + len(edit.was)
    return Addressed("".join((*parts, text[typed:])), changes, False)

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
from app.engine.doubt import SomebodyElse, could_be_another, is_doubtful, read
from app.engine.pronouns import form_at, low_at
from app.engine.speech import Word, scan, sentences
from app.engine.turning import Turning

__all__ = ["Addressed", "Edit", "as_sentence", "infer_pronoun", "sentences", "to_you", "undo"]

_LONE_I = frozenset("i i'm i've i'd i'll i'd've i'm'a".split())
_ASKING = frozenset("can could would will may might".split())
_WHAT = frozenset("what how why who when where which".split())
_IS = frozenset("do does did is are was were should have has".split())
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
    words belong in quotation marks.
    """

    text: str = field(repr=False)
    changes: tuple[Edit, ...] = field(repr=False)
    doubtful: bool


def to_you(text: str, pronoun: str | None, names: tuple[str, ...] = ()) -> Addressed:
    """Turn what is said of the therapist into what is said to them (the clinical guide, 6.4).

    `pronoun` is `she`, `he`, `they` or None (not known: only a text that names the therapist is changed);
    `names` are what the client calls the therapist. Quoted speech stays as it is.

    >>> to_you("she looks at the clock", "she").text
    'You look at the clock.'
    """
    words = scan(text)
    reading = read(text, words, people.find_mentions(words, names, text), pronoun)
    if is_doubtful(reading):
        return Addressed(text, (), True)
    try:
        turns = sorted(Turning(reading).turns(), key=lambda turn: turn[1])
    except SomebodyElse:
        return Addressed(text, (), True)
    if any(before[2] > after[1] for before, after in pairwise(turns)):
        return Addressed(text, (), True)
    return _with_surface(text, words, [Edit(rule, at, text[at:end], now) for rule, at, end, now in turns])


def as_sentence(text: str) -> Addressed:
    """Only the surface: a first capital, a lone i to I, a full stop where none stands.

    >>> as_sentence("i'm not sure i can").text
    "I'm not sure I can."
    """
    return _with_surface(text, scan(text), [])


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
    doubtful = any(could_be_another(read(text, words, [], pronoun)) for text, words in scanned)
    return None if doubtful else pronoun


def _vote(words: list[Word]) -> str | None:
    """The pronoun that follows a mention of the therapist in one sentence, nobody else between."""
    for mention in people.find_mentions(words, (), ""):
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


def _with_surface(text: str, words: list[Word], edits: list[Edit]) -> Addressed:
    found = {edit.at: edit for edit in edits}
    for word in words:
        if word.text[0] == "i" and word.low in _LONE_I and not word.quoted and _stands_alone(text, word):
            found.setdefault(word.at, Edit("capital", word.at, "i", "I"))
    first = next((at for at, mark in enumerate(text) if mark.isalnum()), None)
    if first is not None:
        if words and words[0].at == first and not words[0].quoted:
            _add_capital(words[0], found)
        _add_end(text, words, found)
    changes = tuple(found[at] for at in sorted(found))
    return Addressed(_applied(text, changes), changes, False)


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
        asks = _asks(low_at(words, last), low_at(words, last + 1))
        found[at] = Edit("full_stop", at, text[at:end], "?" if asks else ".")


def _asks(first: str, second: str) -> bool:
    """ "Can you …", "what do …": whether these first words of a sentence ask."""
    asked = second in {"you", "u", "we", "i", "she", "he", "they"}
    return (first in _ASKING and asked) or (first in _WHAT and second in _ASKING | _IS)


def _applied(text: str, changes: tuple[Edit, ...]) -> str:
    parts: list[str] = []
    typed = 0
    for edit in changes:
        parts += text[typed : edit.at], edit.now
        typed = edit.at + len(edit.was)
    return "".join((*parts, text[typed:]))

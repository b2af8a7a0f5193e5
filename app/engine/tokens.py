"""Text to words with places: one reading of what was typed, for lexicons, commands and the net alike.

Spelling is evened out on a copy, and each word remembers where it stands in what was typed. What words
mean is no matter here; tables of spelling live in spelling.py.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.engine.spelling import ENDINGS, EXPANSIONS, STEMS, WHOLE

_PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]|\n")
_REPEATED = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxz])\1")
_SHORT_WITH_E = re.compile(r"[^aeiou][aeiouy][^aeiouwxy]")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u2032\u0060\u00b4"), "'")
_MARKS_KEPT = 8
_HARD = frozenset(".?!;\n")
_SOFT = frozenset(',:()"\u201c\u201d\u2013\u2014\u2026[]/*')
_OPENERS = frozenset(["but", "because", "although", "though", "however", "except", "whereas"])
_OPENERS_BEFORE_SUBJECT = frozenset(["and", "while", "yet"])
_SUBJECTS = frozenset(["i", "he", "she", "they", "we", "it", "you"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed, as words. All tuples are parallel, one entry for each word.

    `words` are evened out (`can't` is `can`, `not`, both with the same place), `stems` without their
    endings, `spans` code points [from, to) in `text`, `clause_of` and `sentence_of` numbers from 0.

    >>> reading = read("I CAN\u2019T tell her, but she's kind")
    >>> reading.words
    ('i', 'can', 'not', 'tell', 'her', 'but', 'she', 'is', 'kind')
    >>> reading.typed(1, 4), reading.clause_of
    ('CAN\u2019T tell', (0, 0, 0, 0, 0, 1, 1, 1, 1))
    """

    text: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    stems: tuple[str, ...] = field(repr=False)
    spans: tuple[tuple[int, int], ...] = field(repr=False)
    clause_of: tuple[int, ...] = field(repr=False)
    sentence_of: tuple[int, ...] = field(repr=False)

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.words)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The code points [from, to) in the typed text of the words from `first` up to, not with, `last`."""
        return self.spans[first][0], self.spans[last - 1][1]

    def typed(self, first: int, last: int) -> str:
        """Those words as they were typed, with all that stands between them."""
        start, end = self.span(first, last)
        return self.text[start:end]

    def clause(self, position: int) -> tuple[int, int]:
        """The words [first, last) of the clause in which the word at `position` stands."""
        return _run(self.clause_of, position)

    def sentence(self, position: int) -> tuple[int, int]:
        """The words [first, last) of the sentence in which the word at `position` stands."""
        return _run(self.sentence_of, position)


def _run(numbers: tuple[int, ...], position: int) -> tuple[int, int]:
    first = last = position
    while first and numbers[first - 1] == numbers[position]:
        first -= 1
    while last < len(numbers) and numbers[last] == numbers[position]:
        last += 1
    return first, last


def normalise(text: str) -> tuple[str, list[int]]:
    """The text evened out (NFKC, lower case, straight apostrophes, nothing of no width), and where each of
    its characters came from; one entry more points behind the end.

    >>> normalise("\uff2fK\u200b\u2026")
    ('ok...', [0, 1, 3, 3, 3, 4])
    """
    if text.isascii():
        return text.replace("`", "'").lower(), list(range(len(text) + 1))
    copy: list[str] = []
    places: list[int] = []
    known: dict[str, str] = {}
    at = 0
    marks = frozenset(character for character in set(text) if unicodedata.combining(character))
    for piece in _with_marks(text, marks) if marks else text:
        evened = known.get(piece)
        if evened is None:
            evened = known[piece] = _evened(piece)
        copy.append(evened)
        places.extend((at,) if len(evened) == 1 else [at] * len(evened))
        at += len(piece)
    places.append(len(text))
    return "".join(copy), places


def _with_marks(text: str, marks: frozenset[str]) -> Iterator[str]:
    """Each character with the combining marks behind it."""
    at = 0
    while at < len(text):
        start = at
        at += 1
        while at < len(text) and text[at] in marks:
            at += 1
        yield text[start:at]


def _evened(piece: str) -> str:
    # A pile of marks on one letter would take quadratic time to put in order.
    evened = unicodedata.normalize("NFKC", piece[:_MARKS_KEPT]).lower()
    return "".join(
        character
        for character in evened
        if unicodedata.category(character) != "Cf" and not "\u0300" <= character <= "\u036f"
    ).translate(_APOSTROPHES)


def expand(typed: str) -> tuple[str, ...]:
    """The words that one typed word stands for.

    >>> expand("dont"), expand("she'll"), expand("therapist's"), expand("sooooo")
    (('do', 'not'), ('she', 'will'), ('therapist', "'s"), ('so',))
    """
    word = _REPEATED.sub(r"\1\1", typed)
    if word in EXPANSIONS:
        return EXPANSIONS[word]
    if "'" in word:
        for ending, meaning in ENDINGS:
            if word.endswith(ending) and len(word) > len(ending):
                return (*expand(word[: -len(ending)]), meaning)
        return tuple(part for part in word.split("'") if part)
    return (word,)


def stem(word: str) -> str:
    """The word without its ending and with doubled consonants once; equal for all forms of one word, and
    never equal for two short words (*note* is not *not*, *here* not *her*).

    >>> stem("hoping"), stem("hope"), stem("worries"), stem("dying"), stem("changing"), stem("changes")
    ('hope', 'hope', 'wory', 'die', 'chang', 'chang')
    """
    if word in STEMS:
        return STEMS[word]
    if len(word) < 4 or word in WHOLE:
        return word
    root, verbal = word, False
    if word.endswith(("ies", "ied")) and len(word) > 4:
        root = word[:-3] + "y"
    elif word.endswith("ing") and len(word) > 5:
        root, verbal = word[:-3], True
    elif word.endswith("ed") and len(word) > 4:
        root, verbal = word[:-2], True
    elif word.endswith(("sses", "ches", "shes", "xes", "zes")) and len(word) > 4:
        root = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        root = word[:-1]
    if verbal and len(root) == 3 and _SHORT_WITH_E.fullmatch(root):
        return root + "e"
    root = _DOUBLED.sub(r"\1", root)
    return root[:-1] if root.endswith("e") and len(root) > 4 else root


def read(text: str) -> Reading:
    """Read a text: words, stems, places, clauses, sentences. Any text is legal; the time is linear.

    >>> read("he nods... and I stop. ok \U0001f642").sentence_of
    (0, 0, 0, 0, 0, 1, 1)
    """
    copy, places = normalise(text)
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    clause_of: list[int] = []
    sentence_of: list[int] = []
    clause, sentence, mark = 0, 0, ""
    expanded: dict[str, tuple[str, ...]] = {"&": ("and",)}
    pieces = [(found.group(), found.start(), found.end()) for found in _PIECE.finditer(copy)]
    for number, (piece, start, end) in enumerate(pieces):
        if not _is_word(piece):
            mark = _mark(copy, piece, start, mark)
            continue
        following = pieces[number + 1][0] if number + 1 < len(pieces) else ""
        if words and (mark or _opens(piece, following)):
            clause += 1
            sentence += mark == "hard"
        mark = ""
        place = (places[start], max(places[end], places[end - 1] + 1))
        if piece not in expanded:
            expanded[piece] = expand(piece)
        for word in expanded[piece]:
            words.append(word)
            spans.append(place)
            clause_of.append(clause)
            sentence_of.append(sentence)
    return Reading(text, tuple(words), _stems(words), tuple(spans), tuple(clause_of), tuple(sentence_of))


def _stems(words: list[str]) -> tuple[str, ...]:
    known = {word: stem(word) for word in set(words)}
    return tuple(map(known.__getitem__, words))


def _is_word(piece: str) -> bool:
    return piece[0].isalnum() or piece == "&" or unicodedata.category(piece[0]) == "So"


def _mark(copy: str, piece: str, start: int, before: str) -> str:
    """What a sign between two words does to clauses: several dots are a pause, one ends the sentence."""
    if piece == "-":
        around = copy[max(start - 1, 0) : start + 2]
        return before or ("soft" if around != around.strip() or "--" in around else "")
    if piece == "." and ".." in copy[max(start - 1, 0) : start + 2]:
        return before or "soft"
    if piece in ".:," and copy[max(start - 1, 0) : start].isdigit() and copy[start + 1 : start + 2].isdigit():
        return before
    if piece in _HARD:
        return "hard"
    return before or ("soft" if piece in _SOFT else "")


def _opens(piece: str, following: str) -> bool:
    if piece in _OPENERS:
        return bool(following)
    return piece in _OPENERS_BEFORE_SUBJECT and next(iter(expand(following or piece)), "") in _SUBJECTS

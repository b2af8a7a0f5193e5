"""Text to words with places: one reading of what was typed, for lexicons, commands and the net alike.

Spelling is evened out on a copy, and each word remembers where it stands in what was typed. What words
mean is no matter here; tables of spelling live in spelling.py.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate, chain, repeat

from app.engine.spelling import ENDINGS, EXPANSIONS, STEMS, WHOLE

_PICTURE = "\u00a9"
_WORD = re.compile(rf"([^\W_]+(?:'[^\W_]+)*|[&{_PICTURE}])")
_SIGN = re.compile(r"[^\w\s]|\n")
_REPEATED = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxz])\1")
_SHORT_WITH_E = re.compile(r"[^aeiou][aeiouy][^aeiouwxy]")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u2032\u0060\u00b4"), "'")
_MARKS_KEPT = 8
_LONGER = 2
_HARD = frozenset(".?!;\n")
_SOFT = frozenset(',:()"\u201c\u201d\u2013\u2014\u2026[]/*')
_OPENERS = frozenset(["but", "because", "although", "though", "however", "except", "whereas"])
_OPENERS_BEFORE_SUBJECT = frozenset(["and", "while", "yet"])
_ALL_OPENERS = _OPENERS | _OPENERS_BEFORE_SUBJECT
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


def normalise(text: str) -> tuple[str, Sequence[int]]:
    """The text evened out (NFKC, lower case, straight apostrophes, nothing of no width), and where each of
    its characters came from; one entry more points behind the end. A text of little but signs that stand for
    several letters keeps them: nothing typed becomes much longer.

    >>> normalise("\uff2fK\u200b\u2026")
    ('ok...', [0, 1, 3, 3, 3, 4])
    """
    if text.isascii():
        return text.replace("`", "'").lower(), range(len(text) + 1)
    kinds = set(text)
    marks = frozenset(character for character in kinds if unicodedata.combining(character))
    pieces = _with_marks(text, marks) if marks else text
    evened = _evened(set(pieces) if marks else kinds)
    if not marks and all(len(even) == 1 for even in evened.values()):
        return text.translate({ord(piece): even for piece, even in evened.items()}), range(len(text) + 1)
    if sum(map(len, map(evened.__getitem__, pieces))) > _LONGER * len(text):
        evened = {piece: even if len(even) <= len(piece) else piece for piece, even in evened.items()}
    parts = list(map(evened.__getitem__, pieces))
    starts = accumulate(map(len, pieces), initial=0)
    places = list(chain.from_iterable(map(repeat, starts, map(len, parts))))
    return "".join(parts), [*places, len(text)]


def _with_marks(text: str, marks: frozenset[str]) -> list[str]:
    """Each character with the combining marks behind it; marks behind the end of a line stand alone."""
    starts = [at for at, sign in enumerate(text) if sign not in marks or not at or text[at - 1] == "\n"]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _evened(pieces: set[str]) -> dict[str, str]:
    """Each piece evened out. All at once and a line each, since one by one would take ten times as long."""
    lines = [piece for piece in pieces if piece != "\n"]
    # A pile of marks on one letter would take quadratic time to put in order.
    evened = unicodedata.normalize("NFKC", "\n".join(line[:_MARKS_KEPT] for line in lines)).lower()
    dropped = {
        ord(character): ""
        for character in set(evened)
        if unicodedata.category(character) == "Cf" or "\u0300" <= character <= "\u036f"
    }
    return {"\n": "\n", **dict(zip(lines, evened.translate(_APOSTROPHES | dropped).split("\n"), strict=True))}


def expand(typed: str) -> tuple[str, ...]:
    """The words that one typed word stands for.

    >>> expand("dont"), expand("she'll"), expand("therapist's"), expand("sooooo")
    (('do', 'not'), ('she', 'will'), ('therapist', "'s"), ('so',))
    """
    return _expanded(_REPEATED.sub(r"\1\1", typed))


def _expanded(word: str) -> tuple[str, ...]:
    if word in EXPANSIONS:
        return EXPANSIONS[word]
    if "'" in word:
        for ending, meaning in ENDINGS:
            if word.endswith(ending) and len(word) > len(ending):
                return (*_expanded(word[: -len(ending)]), meaning)
        return tuple(part for part in word.split("'") if part)
    return (word,)


def _expand_all(typed: set[str]) -> dict[str, tuple[str, ...]]:
    """What each word stands for. A line each, since one search is faster than one for each word."""
    evened = _REPEATED.sub(r"\1\1", "\n".join(typed)).split("\n")
    return {
        word: ("and",) if word == "&" else _expanded(even) for word, even in zip(typed, evened, strict=False)
    }


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
    pieces = _WORD.split(copy if copy.isascii() else _with_one_picture(copy))
    # Words and what stands between them by turns; so one pass finds them and their places.
    ends = list(accumulate(map(len, pieces)))
    found = list(zip(ends[0::2], ends[1::2], strict=False))
    typed = pieces[1::2] if copy.isascii() else [copy[start:end] for start, end in found]
    between = pieces[0::2]
    expanded = _expand_all(set(typed))
    pauses = _pauses(copy, found, between)
    opening = set(pauses)
    if not _ALL_OPENERS.isdisjoint(expanded):
        opening.update(_opening(typed, between, expanded))
    clauses = _numbers(opening, len(typed))
    sentences = _numbers({at for at, pause in pauses.items() if pause == "hard"}, len(typed))
    if not isinstance(places, range):
        found = [(places[start], max(places[end], places[end - 1] + 1)) for start, end in found]
    meant = list(map(expanded.__getitem__, typed))
    words = tuple(chain.from_iterable(meant))
    if len(words) > len(typed):
        of_word = list(chain.from_iterable(map(repeat, range(len(typed)), map(len, meant))))
        found = list(map(found.__getitem__, of_word))
        clauses = list(map(clauses.__getitem__, of_word))
        sentences = list(map(sentences.__getitem__, of_word))
    return Reading(text, words, _stems(words), tuple(found), tuple(clauses), tuple(sentences))


def _with_one_picture(copy: str) -> str:
    """With one picture for all of them (emoji and the like), so that one expression finds them all."""
    pictures = (character for character in set(copy) if unicodedata.category(character) == "So")
    return copy.translate(dict.fromkeys(map(ord, pictures), _PICTURE))


def _numbers(opening: Set[int], size: int) -> list[int]:
    """For each word how many, up to it and with it, open something."""
    flags = bytearray(size)
    for at in opening:
        flags[at] = 1
    return list(accumulate(flags))


def _pauses(copy: str, found: list[tuple[int, int]], between: list[str]) -> dict[int, str]:
    """The words before which a sign ends a clause (`soft`) or also the sentence (`hard`)."""
    pauses: dict[int, str] = {}
    known: dict[str, str] = {}
    for at in [at for at, gap in enumerate(between[1:-1], 1) if gap and gap != " "]:
        around = copy[found[at - 1][1] - 1 : found[at][0] + 1]
        if around not in known:
            known[around] = _pause(around)
        if known[around]:
            pauses[at] = known[around]
    return pauses


def _pause(around: str) -> str:
    """What all signs between two words do, given with the character on either side."""
    mark = ""
    for sign in _SIGN.finditer(around, 1, len(around) - 1):
        mark = _mark(around, sign.group(), sign.start(), mark)
        if mark == "hard":
            break
    return mark


def _opening(typed: list[str], between: list[str], expanded: Mapping[str, tuple[str, ...]]) -> Iterator[int]:
    """The words that open a clause by what they say: *but*, and *and* before a subject."""
    for at in [at for at, word in enumerate(typed) if word in _ALL_OPENERS and at]:
        is_last = at + 1 == len(typed)
        sign = _SIGN.search(between[at + 1])
        if typed[at] in _OPENERS:
            if sign or not is_last:
                yield at
        elif not sign and not is_last and expanded[typed[at + 1]][0] in _SUBJECTS:
            yield at


def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    known = {word: stem(word) for word in set(words)}
    return tuple(map(known.__getitem__, words))


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

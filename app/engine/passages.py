"""What stands in the passages of a text, for the learned half of the safety net: their cues.

A cue is a word, as typed and without its ending (`killed`, `kill`), two words side by side (`my will`), a
class of words (`@PAPERS`), a class denied (`not:@ALIVE`) or said of somebody (`i:@GONE`), or a word or class
in the sentences around (`near:@FICTION`), which mostly speaks against. A cue counts once, however often it
is said. What cues are worth, and when a sum is enough, stands in sensing.py.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from operator import ne

from app.engine.tokens import Reading, read

THEY, THEIRS, THERAPIST, NUMBER = "<t>", "<ts>", "<T>", "#"
NEAR = "near:"
_SPOKEN = dict.fromkeys(("he", "she", "they", "him", "them"), THEY) | dict.fromkeys(
    ("his", "their", "her"), THEIRS
)
_NEGATIONS = frozenset(
    ("not", "never", "no", "nothing", "nobody", "none", "hardly", "without", "nor", "neither", "barely")
)
_SUBJECTS = {"i": "i", "we": "i", "he": "t", "she": "t", "they": "t", "you": "o", "it": "o", "there": "o"}
_SHORTEST, _LONGEST, _STRETCH, _STEP = 4, 45, 40, 25
_AROUND = 4


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Words that mean much the same here: by first stem (or `=word`), the sayings and their classes."""

    sayings: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = field(default_factory=dict)
    therapists: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, a piece of a long one or some tiny ones, the words [first, last): its cues, and what it
    is to those around it. `said`: the same number for passages that say the same."""

    first: int
    last: int
    cues: frozenset[str]
    near: frozenset[str]
    said: int


@dataclass(frozen=True, slots=True)
class Window:
    """Passages [first, last) that are judged together, and around them [start, first) and [last, stop)."""

    first: int
    last: int
    start: int
    stop: int


def compile_classes(classes: Mapping[str, tuple[str, ...]], therapists: str) -> WordClasses:
    """Word classes from their sayings; the class named `therapists` also makes words one.

    >>> compile_classes({"PAPERS": ("will", "bank account")}, "T").sayings["bank"]
    ((('bank', 'acount'), ('PAPERS',)),)
    """
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for name, sayings in classes.items():
        for saying in sayings:
            stems = (saying,) if saying.startswith("=") else read(saying).stems
            if stems and name not in found.setdefault(stems[0], {}).get(stems, ()):
                found[stems[0]][stems] = (*found[stems[0]].get(stems, ()), name)
    words = [stem for saying in classes.get(therapists, ()) for stem in read(saying).stems[:1]]
    return WordClasses({first: tuple(each.items()) for first, each in found.items()}, frozenset(words))


def passages_of(reading: Reading, classes: WordClasses, known: Set[str] | None = None) -> list[Passage]:
    """The sentences of a text with their cues, those in `known` alone where it is given: long ones in
    overlapping pieces, tiny ones joined. What says the same is worked out once."""
    words, stems, clause_of = reading.words, reading.stems, reading.clause_of
    found = _classes(reading, classes)
    spoken_as = {
        word: THERAPIST
        if stem in classes.therapists
        else _SPOKEN.get(word, NUMBER if word[0].isdigit() else stem)
        for word, stem in dict(zip(words, stems, strict=True)).items()
    }
    spoken = list(map(spoken_as.__getitem__, words))
    opens = bytes((1, *map(ne, clause_of[1:], clause_of)))
    made: dict[object, tuple[frozenset[str], frozenset[str], int]] = {}
    passages = []
    for first, last in _places(reading):
        here = slice(first, last)
        key = words[here], tuple(found[here]), opens[first + 1 : last]
        if key not in made:
            cues, near = _cues(words[here], stems[here], spoken[here], found[here], opens[here])
            if known is not None:
                cues, near = cues.intersection(known), near.intersection(known)
            made[key] = frozenset(cues), frozenset(near), len(made)
        passages.append(Passage(first, last, *made[key]))
    return passages


def windows(passages: Sequence[Passage]) -> Iterator[Window]:
    """Each sentence, each pair of neighbours, then the whole text: narrow ones before wide ones."""
    count = len(passages)
    for at in range(count):
        yield Window(at, at + 1, max(at - _AROUND, 0), min(at + 1 + _AROUND, count))
    for at in range(1, count):
        before, here = passages[at - 1], passages[at]
        if before.last == here.first and here.last - before.first <= _LONGEST:
            yield Window(at - 1, at + 1, max(at - 1 - _AROUND, 0), min(at + 1 + _AROUND, count))
    if count > 1:
        yield Window(0, count, 0, count)


def cues_of(passages: Sequence[Passage], window: Window) -> frozenset[str]:
    """All cues that count in a window."""
    within = passages[window.first : window.last]
    around = (*passages[window.start : window.first], *passages[window.last : window.stop])
    return frozenset().union(*(each.cues for each in within), *(each.near for each in around))


def _places(reading: Reading) -> Iterator[tuple[int, int]]:
    number, size = reading.sentence_of, len(reading)
    first = 0
    for last in [at for at in range(1, size + 1) if at == size or number[at] != number[at - 1]]:
        if last < size and last - first < _SHORTEST:
            continue
        while last - first > _LONGEST:
            yield first, first + _STRETCH
            first += _STEP
        yield first, last
        first = last


def _classes(reading: Reading, classes: WordClasses) -> list[tuple[str, ...]]:
    """The classes of the sayings that begin at each word: once for each distinct word, and again at each
    place only for words that may begin a longer saying."""
    stems, words = reading.stems, reading.words
    sayings = {
        word: (*classes.sayings.get(stem, ()), *classes.sayings.get("=" + word, ()))
        for word, stem in dict(zip(words, stems, strict=True)).items()
    }
    alone = {
        word: tuple(name for saying, names in each if len(saying) == 1 for name in names)
        for word, each in sayings.items()
    }
    found = [alone[word] for word in words]
    longer = {
        (word, saying[1]): [(other, names) for other, names in each if other[1:2] == saying[1:2]]
        for word, each in sayings.items()
        for saying, _ in each
        if len(saying) > 1
    }
    begins = zip(words, stems[1:], strict=False) if longer else ()
    for at in [at for at, pair in enumerate(begins) if pair in longer]:
        for saying, names in longer[words[at], stems[at + 1]]:
            if stems[at : at + len(saying)] == saying:
                found[at] += names
    return found


def _cues(
    words: Sequence[str],
    stems: Sequence[str],
    spoken: Sequence[str],
    found: Sequence[tuple[str, ...]],
    opens: bytes,
) -> tuple[set[str], set[str]]:
    """The cues of a passage, and what it is to those around it."""
    cues = {*stems, *words, *_pairs(words), *_pairs(spoken)}
    near = set(stems)
    negated, subject = False, ""
    for word, as_spoken, names, is_opening in zip(words, spoken, found, opens, strict=True):
        if is_opening:
            negated, subject = False, ""
        if not subject:
            subject = _SUBJECTS.get(word) or ("t" if as_spoken == THERAPIST else "")
        negated = negated or word in _NEGATIONS
        for name in names:
            named = "@" + name
            near.add(named)
            if negated:
                cues.add("not:" + named)
            if subject:
                cues.add(f"{subject}:{named}")
    cues.update(name for name in near if name[0] == "@")
    return cues, set(map(NEAR.__add__, near))


def _pairs(words: Sequence[str]) -> Iterator[str]:
    return map(" ".join, pairwise(words))

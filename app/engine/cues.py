"""A reading into cues: the small pieces of what was said that points are given to, each with its words.

Cues are words without their endings, classes of words, neighbouring pairs, the same denied or wished for,
and a few frames. What a clause does to a cue (its factor) is worked out here; what a cue is worth stands in
the table of points.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import or_

from app.engine.clauses import ClauseMarks
from app.engine.spelling import PAST
from app.engine.tokens import Reading, read, stem

PLAIN = 10
"""The factor, in tenths, of a clause with nothing special about it."""
_BEFORE_BUT, _SET_ASIDE, _AFTER_BUT, _ADDED, _OTHER, _FORMER, _WISH = 6, 6, 13, 8, 6, 6, 12
_FACTORS = (_BEFORE_BUT, _SET_ASIDE, _AFTER_BUT, _ADDED, _OTHER, _FORMER, _WISH)
_FIRST_THIRD, _LAST_THIRD = 12, 8
_SHORT = 6

THEY, THERAPIST, NUMBER = "<t>", "<T>", "#"
_THEY = frozenset(("he", "she", "they", "him", "her", "them", "his", "their", "hers", "theirs"))
_QUOTES = frozenset('"\u201c\u201d\u00ab\u00bb')
_SUBJECTS = frozenset(("i", "we", THEY))


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found: its best factor in tenths, and its words [first, last) there."""

    factor: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Words that mean much the same here. `names` gives the classes of a word without its ending, or of
    two such words with a blank between them. `therapists`: words for the one who is spoken of."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    therapists: frozenset[str] = frozenset()


def compile_classes(classes: Mapping[str, tuple[str, ...]], therapists: tuple[str, ...]) -> WordClasses:
    """Word classes from sayings of one or two words; longer ones are left out.

    >>> compile_classes({"FORGET": ("forget", "slips away")}, ()).names
    {'forget': ('FORGET',), 'slip away': ('FORGET',)}
    """
    names: dict[str, tuple[str, ...]] = {}
    for name, sayings in classes.items():
        for saying in sayings:
            stems = read(saying).stems
            if len(stems) in (1, 2) and name not in names.get(key := " ".join(stems), ()):
                names[key] = (*names.get(key, ()), name)
    return WordClasses(names, frozenset(stem(word) for word in therapists))


def find_cues(reading: Reading, marks: ClauseMarks, classes: WordClasses) -> dict[str, Cue]:
    """The cues of a text by name, each once, where its factor is greatest."""
    cues: dict[str, Cue] = {}
    factors = _factors(reading, marks)
    words = list(_spoken(reading, classes))
    clause_of, names = reading.clause_of, classes.names

    def add(name: str, at: int, last: int) -> None:
        known = cues.get(name)
        if known is None or known.factor < factors[at]:
            cues[name] = Cue(factors[at], at, last)

    for at, word in enumerate(words):
        kept = [word]
        kept += ["@" + name for name in names.get(word, ())]
        end = at + 1
        if end < len(words) and clause_of[end] == clause_of[at]:
            pair = f"{word} {words[end]}"
            add(pair, at, end + 1)
            for name in names.get(f"{reading.stems[at]} {reading.stems[end]}", ()):
                kept.append("@" + name)
            if word in _SUBJECTS and _is_past(reading.words[end]):
                add(f"{word} <past>", at, end + 1)
        for cue in kept:
            add(cue, at, end)
            if marks.negated[at]:
                add("not:" + cue, at, end)
            if marks.wished[at]:
                add("want:" + cue, at, end)
    for frame in _frames(reading):
        cues[frame] = Cue(PLAIN, 0, 0)
    return cues


def _spoken(reading: Reading, classes: WordClasses) -> Iterator[str]:
    for word, root in zip(reading.words, reading.stems, strict=True):
        if word in _THEY:
            yield THEY
        elif root in classes.therapists:
            yield THERAPIST
        else:
            yield NUMBER if word[0].isdigit() else root


def _factors(reading: Reading, marks: ClauseMarks) -> list[int]:
    """What the clause of each word multiplies its points by, in tenths, rounded down at each step."""
    lifted = {clause for clause, after in zip(reading.clause_of, marks.after_but, strict=True) if after}
    size = len(reading)
    known: dict[tuple[int, tuple[bool, ...]], int] = {}
    factors: list[int] = []
    lifts = map(or_, marks.after_but, marks.instead)
    flags = zip(
        marks.ruled_out, lifts, marks.added, marks.of_another, marks.former, marks.wished, strict=True
    )
    for at, (clause, holds) in enumerate(zip(reading.clause_of, flags, strict=True)):
        key = place_factor(at, size), (clause + 1 in lifted, *holds)
        if key not in known:
            known[key] = _multiplied(*key)
        factors.append(known[key])
    return factors


def _multiplied(factor: int, holds: tuple[bool, ...]) -> int:
    for does, tenths in zip(holds, _FACTORS, strict=True):
        factor = factor * tenths // PLAIN if does else factor
    return factor


def place_factor(at: int, size: int) -> int:
    """What comes first counts a little more, what comes last a little less: people begin with what they most
    want changed, and end on thanks or a second matter."""
    if 3 * at < size:
        return _FIRST_THIRD
    return PLAIN if 3 * at < 2 * size else _LAST_THIRD


def _is_past(word: str) -> bool:
    return word in PAST or (word.endswith("ed") and len(word) > 4)


def _frames(reading: Reading) -> Iterator[str]:
    if not _QUOTES.isdisjoint(reading.text):
        yield "^quote"
    if "?" in reading.text:
        yield "^question"
    if len(reading) <= _SHORT:
        yield "^short"

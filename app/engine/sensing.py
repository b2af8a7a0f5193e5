"""The learned half of the safety net: points for what stands together in a sentence.

People write examples and classes of words; a script proposes whole-number points from them; a clinician
strikes and signs (decision 1). Here the points are added up, for each sentence and each pair of
neighbouring sentences, never over the whole text: there one line drowns. A sum over its route's threshold
asks that route's one question. It never opens a page, and it takes nothing back that a family has heard.

A cue is a word without its ending (`kill`), two neighbours (`my will`), a class of words (`@PAPERS`), a class
denied (`not:@ALIVE`) or said of somebody (`i:@GONE`), or a word or class in the sentences around
(`near:@FICTION`), which mostly speaks against. How points come about stands in
scripts/propose_safety.py.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat

from app.engine.nets import ROUTES, Route
from app.engine.tokens import Reading, read

THEY, THEIRS, THERAPIST, NUMBER = "<t>", "<ts>", "<T>", "#"
_THEY = frozenset(("he", "she", "they", "him", "them"))
_THEIRS = frozenset(("his", "their", "her"))
_NEGATIONS = frozenset(
    ("not", "never", "no", "nothing", "nobody", "none", "hardly", "without", "nor", "neither", "barely")
)
_SUBJECTS = {"i": "i", "we": "i", "he": "t", "she": "t", "they": "t", "you": "o", "it": "o", "there": "o"}
_LONGEST, _STRETCH, _STEP = 45, 40, 25
_AROUND = 4
_DIGEST_CHARACTERS = 16
_TENTHS = 10
_REASONS = 5
_BASE = 2**24

Points = tuple[int, int, int, int]
"""Points for each of ROUTES, in their order; those against are below zero."""


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Words that mean much the same here: by first stem (or `=word`), the sayings and their classes."""

    sayings: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = field(default_factory=dict)
    therapists: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sense:
    """A compiled table: points of a cue, each route's threshold, and the question of a route; `questions`
    holds the classes that choose another one."""

    classes: WordClasses
    points: Mapping[str, Points] = field(repr=False)
    thresholds: Points
    questions: Mapping[Route, str]
    instead: Mapping[Route, Mapping[str, frozenset[str]]]
    sums: Mapping[str, int] = field(repr=False)
    """The points of a cue for all routes in one number, so that one addition adds them all."""


@dataclass(frozen=True, slots=True)
class Sensed:
    """A stretch of words [first, last) whose points for a route reach its threshold. `over`: by how much,
    in tenths. `because`: the cues that count most, best first, with their points."""

    route: Route
    question: str
    first: int
    last: int
    over: int
    because: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One sentence, or a part of a long one, with the cues in it, and what it is to those around it."""

    first: int
    last: int
    cues: frozenset[str]
    near: frozenset[str]


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


def compile_sense(
    classes: WordClasses,
    points: Mapping[str, Points],
    thresholds: Points,
    questions: Mapping[Route, str],
    instead: Mapping[Route, Mapping[str, frozenset[str]]],
) -> Sense:
    """A table, ready to hear with."""
    sums = {cue: sum(worth * _BASE**at for at, worth in enumerate(row)) for cue, row in points.items()}
    return Sense(classes, points, thresholds, questions, instead, sums)


def _apart(total: int) -> list[int]:
    """The sums for each route in one number.

    >>> _apart(-3 + 5 * _BASE - 7 * _BASE**3)
    [-3, 5, 0, -7]
    """
    found = []
    for _ in ROUTES:
        points = (total + _BASE // 2) % _BASE - _BASE // 2
        found.append(points)
        total = (total - points) // _BASE
    return found


def stretches(reading: Reading, classes: WordClasses) -> list[Stretch]:
    """The sentences of a text, long ones in overlapping parts, each with its cues."""
    found = _classes(reading, classes)
    return [_stretch(reading, classes, found, first, last) for first, last in _parts(reading)]


def heard_parts(parts: list[Stretch]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Each sentence and each pair of neighbours, as words [first, last) and all cues that count there."""
    for at, part in enumerate(parts):
        yield part.first, part.last, part.cues | _near(parts, at, at)
        if at and parts[at - 1].last == part.first and part.last - parts[at - 1].first <= _LONGEST:
            cues = parts[at - 1].cues | part.cues | _near(parts, at - 1, at)
            yield parts[at - 1].first, part.last, cues


def sense(table: Sense, reading: Reading) -> Sensed | None:
    """What the table hears most clearly in a text, if anything."""
    best: tuple[int, int, int, int, frozenset[str]] | None = None
    known, worth = table.points, table.sums.get
    for first, last, cues in heard_parts(stretches(reading, table.classes)):
        root = len(cues) ** 0.5 or 1.0
        points = _apart(sum(map(worth, cues, repeat(0))))
        for route, threshold in enumerate(table.thresholds):
            over = int(_TENTHS * points[route] / root) - threshold
            if over >= 0 and (best is None or over > best[0]):
                best = over, route, first, last, cues
    if best is None:
        return None
    over, route, first, last, cues = best
    counts = sorted((-known[cue][route], cue) for cue in cues if cue in known)
    because = tuple((cue, -points) for points, cue in counts[:_REASONS] if points < 0)
    name = ROUTES[route]
    return Sensed(name, _question(table, name, cues), first, last, over, because)


def digest_of(words: tuple[str, ...]) -> str:
    """Of the words alone, so that words explained once are never asked about again."""
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_CHARACTERS]


def _question(table: Sense, route: Route, cues: frozenset[str]) -> str:
    for question, classes in table.instead.get(route, {}).items():
        if any("@" + name in cues for name in classes):
            return question
    return table.questions[route]


def _parts(reading: Reading) -> Iterator[tuple[int, int]]:
    sentence_of = reading.sentence_of
    first = 0
    for last in range(1, len(reading) + 1):
        if last < len(reading) and sentence_of[last] == sentence_of[first]:
            continue
        while last - first > _LONGEST:
            yield first, first + _STRETCH
            first += _STEP
        yield first, last
        first = last


def _classes(reading: Reading, classes: WordClasses) -> list[tuple[str, ...]]:
    """The classes of the sayings that begin at each word."""
    stems, words, sayings = reading.stems, reading.words, classes.sayings
    alone: dict[str, tuple[str, ...] | None] = {}
    found: list[tuple[str, ...]] = []
    for at, word in enumerate(words):
        if word not in alone:
            each = (*sayings.get(stems[at], ()), *sayings.get("=" + word, ()))
            longer = any(len(saying) > 1 for saying, _ in each)
            alone[word] = None if longer else tuple(name for _, names in each for name in names)
        known = alone[word]
        if known is None:
            each = (*sayings.get(stems[at], ()), *sayings.get("=" + word, ()))
            known = tuple(
                name
                for saying, names in each
                if len(saying) == 1 or stems[at : at + len(saying)] == saying
                for name in names
            )
        found.append(known)
    return found


def _stretch(
    reading: Reading, classes: WordClasses, found: list[tuple[str, ...]], first: int, last: int
) -> Stretch:
    words, stems, clause_of = reading.words, reading.stems, reading.clause_of
    cues: set[str] = set()
    names: set[str] = set()
    before, clause, negated, subject = "", -1, False, ""
    for at in range(first, last):
        word = words[at]
        if clause_of[at] != clause:
            clause, negated, subject = clause_of[at], False, ""
        if not subject:
            subject = _SUBJECTS.get(word) or ("t" if stems[at] in classes.therapists else "")
        negated = negated or word in _NEGATIONS
        spoken = _spoken(word, stems[at], classes)
        cues.add(spoken)
        if before:
            cues.add(f"{before} {spoken}")
        before = spoken
        for name in found[at]:
            names.add(name)
            if negated:
                cues.add("not:@" + name)
            if subject:
                cues.add(f"{subject}:@{name}")
    cues.update("@" + name for name in names)
    around = {"near:@" + name for name in names} | {"near:" + stem for stem in stems[first:last]}
    return Stretch(first, last, frozenset(cues), frozenset(around))


def _spoken(word: str, stem: str, classes: WordClasses) -> str:
    if word in _THEY:
        return THEY
    if word in _THEIRS:
        return THEIRS
    if stem in classes.therapists:
        return THERAPIST
    return NUMBER if word[0].isdigit() else stem


def _near(parts: list[Stretch], first: int, last: int) -> frozenset[str]:
    """What the sentences around those from `first` to `last` hold."""
    around = parts[max(first - _AROUND, 0) : first] + parts[last + 1 : last + 1 + _AROUND]
    return frozenset().union(*(part.near for part in around))

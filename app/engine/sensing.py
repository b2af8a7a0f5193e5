"""The learned half of the safety net: points for what stands together in a text.

People write examples and classes of words; a script proposes whole-number points from them; a clinician
strikes and signs (decision 1). Here the points are added up for each sentence with the sentences around it,
for each pair of neighbouring sentences and for the whole text, so that neither one line drowns in a long
story nor a story told in small pieces goes unheard. A sum over its route's threshold asks that route's one
question. It never opens a page, and it takes nothing back that a family has heard.

A cue is a word, as typed and without its ending (`killed`, `kill`), two words side by side (`my will`), a
class of words (`@PAPERS`), a class denied (`not:@ALIVE`) or said of somebody (`i:@GONE`), or a word or class
in the sentences around (`near:@FICTION`), which mostly speaks against. A cue counts once, however often it
is said. How points come about stands in scripts/propose_safety.py.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise, repeat

from app.engine.nets import ROUTES, Route
from app.engine.tokens import Reading, read

THEY, THEIRS, THERAPIST, NUMBER = "<t>", "<ts>", "<T>", "#"
_SPOKEN = dict.fromkeys(("he", "she", "they", "him", "them"), THEY) | dict.fromkeys(
    ("his", "their", "her"), THEIRS
)
_NEGATIONS = frozenset(
    ("not", "never", "no", "nothing", "nobody", "none", "hardly", "without", "nor", "neither", "barely")
)
_SUBJECTS = {"i": "i", "we": "i", "he": "t", "she": "t", "they": "t", "you": "o", "it": "o", "there": "o"}
_SHORTEST, _LONGEST, _STRETCH, _STEP = 4, 45, 40, 25
_AROUND = 4
_DIGEST_CHARACTERS = 16
_TENTHS = 10
_REASONS = 5
LEAST_RARITY = 150
"""A text whose squares of rarity come to less is judged as if they came to this: one word alone is weak
evidence."""
COMMON = 5
"""How rare a cue is held to be that a person set."""
_BITS = 24
_MASK = 2**_BITS - 1
_HALF = 2 ** (_BITS - 1)
_LIFT = sum(_HALF << _BITS * at for at in range(len(ROUTES)))
NEAR = "near:"

Points = tuple[int, int, int, int]
"""Points for each of ROUTES, in their order; those against are below zero."""


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Words that mean much the same here: by first stem (or `=word`), the sayings and their classes."""

    sayings: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = field(default_factory=dict)
    therapists: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sense:
    """A compiled table: points of a cue, each route's threshold, and the question of a route; `instead`
    holds the classes that choose another one."""

    classes: WordClasses
    points: Mapping[str, Points] = field(repr=False)
    thresholds: Points
    questions: Mapping[Route, str]
    instead: Mapping[Route, Mapping[str, frozenset[str]]]
    sums: Mapping[str, int] = field(repr=False)
    """The points of a cue for all routes in one number, and above them the square of how rare it is, so
    that one addition adds them all."""


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
    """One sentence, a part of a long one or some tiny ones: its cues, and what it is to those around it."""

    first: int
    last: int
    cues: frozenset[str]
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Window:
    """Stretches [first, last) that are judged together, and those around them, [start, first) and
    [last, stop)."""

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


def compile_sense(
    classes: WordClasses,
    points: Mapping[str, Points],
    rarity: Mapping[str, int],
    thresholds: Points,
    questions: Mapping[Route, str],
    instead: Mapping[Route, Mapping[str, frozenset[str]]],
) -> Sense:
    """A table, ready to hear with. `rarity`: of each cue, from 1 for those in every text to about 10."""
    sums = {
        cue: sum(
            (worth << _BITS * at for at, worth in enumerate(row)),
            rarity.get(cue, COMMON) ** 2 << _BITS * len(ROUTES),
        )
        for cue, row in points.items()
    }
    return Sense(classes, points, thresholds, questions, instead, sums)


def _judged(total: int) -> Points:
    """What such sums come to, for each route: tenths of points over the root of the squares of rarity, so
    that a text's length hardly counts and what is rare counts most.

    >>> _judged(-30 + (50 << 24) - (70 << 72) + (400 << 96))
    (-15, 25, 0, -35)
    """
    lifted = total + _LIFT
    share = _TENTHS / max(lifted >> 4 * _BITS, LEAST_RARITY) ** 0.5
    return (
        int(((lifted & _MASK) - _HALF) * share),
        int(((lifted >> _BITS & _MASK) - _HALF) * share),
        int(((lifted >> 2 * _BITS & _MASK) - _HALF) * share),
        int(((lifted >> 3 * _BITS & _MASK) - _HALF) * share),
    )


def stretches(reading: Reading, classes: WordClasses) -> list[Stretch]:
    """The sentences of a text with their cues: long ones in overlapping parts, tiny ones joined."""
    found = _classes(reading, classes)
    spoken = [
        THERAPIST if stem in classes.therapists else _SPOKEN.get(word, NUMBER if word[0].isdigit() else stem)
        for word, stem in zip(reading.words, reading.stems, strict=True)
    ]
    return [_stretch(reading, found, spoken, first, last) for first, last in _parts(reading)]


def windows(parts: list[Stretch]) -> Iterator[Window]:
    """Each sentence, each pair of neighbours, then the whole text: narrow ones before wide ones."""
    count = len(parts)
    for at in range(count):
        yield Window(at, at + 1, max(at - _AROUND, 0), min(at + 1 + _AROUND, count))
    for at in range(1, count):
        if parts[at - 1].last == parts[at].first and parts[at].last - parts[at - 1].first <= _LONGEST:
            yield Window(at - 1, at + 1, max(at - 1 - _AROUND, 0), min(at + 1 + _AROUND, count))
    if count > 1:
        yield Window(0, count, 0, count)


def cues_of(parts: list[Stretch], window: Window) -> Set[str]:
    """All cues that count in a window."""
    within, before, after = parts[window.first : window.last], window.start, window.stop
    around = parts[before : window.first] + parts[window.last : after]
    return frozenset().union(*(part.cues for part in within), *(part.near for part in around))


def sense(
    table: Sense, reading: Reading, is_taken_back: Callable[[Route, int, int], bool] | None = None
) -> Sensed | None:
    """What the table hears most clearly in a text, if anything: the route with the most points over its
    threshold, in the narrowest window that reaches it. `is_taken_back`: whether a stretch does not count."""
    parts = stretches(reading, table.classes)
    best: tuple[int, int] | None = None
    narrowest: dict[int, Window] = {}
    for window in windows(parts):
        points = _judged(sum(map(table.sums.get, cues_of(parts, window), repeat(0))))
        for route, threshold in enumerate(table.thresholds):
            over = points[route] - threshold
            here = parts[window.first].first, parts[window.last - 1].last
            if over >= 0 and not (is_taken_back and is_taken_back(ROUTES[route], *here)):
                narrowest.setdefault(route, window)
                if best is None or over > best[0]:
                    best = over, route
    if best is None:
        return None
    over, route = best
    window, name = narrowest[route], ROUTES[route]
    cues = cues_of(parts, window)
    worth = sorted((-table.points[cue][route], cue) for cue in cues if cue in table.points)
    because = tuple((cue, -points) for points, cue in worth[:_REASONS] if points < 0)
    first, last = parts[window.first].first, parts[window.last - 1].last
    return Sensed(name, _question(table, name, cues), first, last, over, because)


def digest_of(words: tuple[str, ...]) -> str:
    """Of the words alone, so that words explained once are never asked about again."""
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_CHARACTERS]


def _question(table: Sense, route: Route, cues: Set[str]) -> str:
    for question, classes in table.instead.get(route, {}).items():
        if any("@" + name in cues for name in classes):
            return question
    return table.questions[route]


def _parts(reading: Reading) -> Iterator[tuple[int, int]]:
    sentence_of = reading.sentence_of
    first = 0
    for last in range(1, len(reading) + 1):
        if last < len(reading) and (sentence_of[last] == sentence_of[last - 1] or last - first < _SHORTEST):
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
    for at, begins in enumerate(zip(words, stems[1:], strict=False) if longer else ()):
        for saying, names in longer.get(begins, ()):
            if stems[at : at + len(saying)] == saying:
                found[at] += names
    return found


def _stretch(
    reading: Reading,
    found: list[tuple[str, ...]],
    spoken: list[str],
    first: int,
    last: int,
) -> Stretch:
    stems = reading.stems[first:last]
    words, clause_of = reading.words, reading.clause_of
    cues = {*stems, *words[first:last], *_pairs(words[first:last]), *_pairs(spoken[first:last])}
    near = set(stems)
    clause, negated, subject = -1, False, ""
    for at in range(first, last):
        word = words[at]
        if clause_of[at] != clause:
            clause, negated, subject = clause_of[at], False, ""
        if not subject:
            subject = _SUBJECTS.get(word) or ("t" if spoken[at] == THERAPIST else "")
        negated = negated or word in _NEGATIONS
        for name in found[at]:
            named = "@" + name
            near.add(named)
            if negated:
                cues.add("not:" + named)
            if subject:
                cues.add(f"{subject}:{named}")
    cues.update(name for name in near if name[0] == "@")
    return Stretch(first, last, frozenset(cues), frozenset(map(NEAR.__add__, near)))


def _pairs(words: Sequence[str]) -> Iterator[str]:
    return map(" ".join, pairwise(words))

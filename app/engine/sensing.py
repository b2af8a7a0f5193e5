"""The learned half of the safety net: points for what stands together in a text.

People write examples and classes of words; a script proposes whole-number points from them; a clinician
strikes and signs (decision 1). Here the points are added up for each sentence with the sentences around it,
for each pair of neighbouring sentences and for the whole text, so that neither one line drowns in a long
story nor a story told in small pieces goes unheard. A sum over its route's threshold asks that route's one
question. It never opens a page, and it takes nothing back that a family has heard.

What a cue is stands in passages.py, how points come about in scripts/propose_safety.py.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from app.engine.nets import ROUTES, Route
from app.engine.passages import Passage, Window, WordClasses, cues_of, passages_of, windows
from app.engine.tokens import Reading

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

Points = tuple[int, int, int, int]
"""Points for each of ROUTES, in their order; those against are below zero."""


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
    known: frozenset[str] = field(repr=False)
    """The cues that say anything here; most of a text's do not."""


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
    names = {"@" + name for row in instead.values() for names in row.values() for name in names}
    sums = dict.fromkeys(names, 0) | sums
    return Sense(classes, points, thresholds, questions, instead, sums, frozenset(sums))


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


def sense(
    table: Sense, reading: Reading, is_taken_back: Callable[[Route, int, int], bool] | None = None
) -> Sensed | None:
    """What the table hears most clearly in a text, if anything: the route with the most points over its
    threshold, in the narrowest window that reaches it. `is_taken_back`: whether a stretch does not count."""
    passages = passages_of(reading, table.classes, table.known)
    best: tuple[int, int] | None = None
    narrowest: dict[int, Window] = {}
    for window, route, over in _reaching(table, passages):
        here = passages[window.first].first, passages[window.last - 1].last
        if not (is_taken_back and is_taken_back(ROUTES[route], *here)):
            narrowest.setdefault(route, window)
            if best is None or over > best[0]:
                best = over, route
    if best is None:
        return None
    over, route = best
    window, name = narrowest[route], ROUTES[route]
    cues = cues_of(passages, window)
    worth = sorted((-table.points[cue][route], cue) for cue in cues if cue in table.points)
    because = tuple((cue, -points) for points, cue in worth[:_REASONS] if points < 0)
    first, last = passages[window.first].first, passages[window.last - 1].last
    return Sensed(name, _question(table, name, cues), first, last, over, because)


def _reaching(table: Sense, passages: Sequence[Passage]) -> Iterator[tuple[Window, int, int]]:
    """The windows that reach the threshold of a route, by its number, and by how much. Windows that say the
    same are added up once."""
    said = [passage.said for passage in passages]
    known: dict[tuple[int, int, tuple[int, ...]], list[tuple[int, int]]] = {}
    for window in windows(passages):
        start = window.start
        key = window.first - start, window.last - start, tuple(said[start : window.stop])
        if (over := known.get(key)) is None:
            points = _judged(sum(map(table.sums.__getitem__, cues_of(passages, window))))
            lead = map(int.__sub__, points, table.thresholds)
            over = known[key] = [(route, more) for route, more in enumerate(lead) if more >= 0]
        for route, more in over:
            yield window, route, more


def digest_of(words: tuple[str, ...]) -> str:
    """Of the words alone, so that words explained once are never asked about again."""
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_CHARACTERS]


def _question(table: Sense, route: Route, cues: Set[str]) -> str:
    for question, classes in table.instead.get(route, {}).items():
        if any("@" + name in cues for name in classes):
            return question
    return table.questions[route]

"""Finding compiled phrases in a reading: a walk over sets of places, forwards only, so linear in the text.

How phrases are written and laid into the tree stands in phrases.py; which of them count, elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from app.engine.tokens import Reading

FILLER = "filler"
"""The class whose words are stepped over between the words of a phrase."""

_GAP_WORDS = 3
_FILLERS_IN_A_ROW = 2
_BEFORE_A_CLAUSE = frozenset(("and", "but", "because", "so", "or", "that", "though", "although"))

Tag = TypeVar("Tag")
Part = tuple[str, str]
"""What a part of a phrase asks for: a kind (`stem`, `word`, `slot`, `gap`, `begins`, `ends`) and a name."""


@dataclass(frozen=True, slots=True)
class Match(Generic[Tag]):
    """A phrase found: the tag it was compiled with, and its words [first, last)."""

    tag: Tag
    first: int
    last: int


@dataclass(slots=True)
class Place(Generic[Tag]):
    """A place in the tree: where each next part leads, and whose phrases end here. Changed only while
    phrases are compiled."""

    steps: dict[Part, "Place[Tag]"] = field(default_factory=dict)
    slots: list[tuple[str, "Place[Tag]"]] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SayingClass:
    """A class of sayings: its tree, and the parts one of which must come first (None: no such list)."""

    tree: Place[None]
    first: frozenset[Part] | None
    empty: bool


class Phrases(Generic[Tag]):
    """Compiled phrases, never changed after they are made. Made by `compile_phrases`."""

    __slots__ = ("_classes", "_tree")

    def __init__(self, tree: Place[Tag], classes: Mapping[str, SayingClass]) -> None:
        self._tree = tree
        self._classes = classes

    def find(self, reading: Reading) -> list[Match[Tag]]:
        """All phrases in a text, each at its longest, in order of their first word."""
        walk = _Walk(reading, self._classes)
        found: list[Match[Tag]] = []
        for first in range(len(reading)):
            longest: dict[int, tuple[Tag, int]] = {}
            for tags, last in walk.ends(self._tree, first):
                for tag in tags:
                    if last > first and last > longest.get(id(tag), (tag, 0))[1]:
                        longest[id(tag)] = (tag, last)
            found.extend(Match(tag, first, last) for tag, last in longest.values())
        return found


class _Walk:
    """One text being matched; remembers where each class ends from each word."""

    __slots__ = ("classes", "fillers", "known", "reading", "size")

    def __init__(self, reading: Reading, classes: Mapping[str, SayingClass]) -> None:
        self.reading = reading
        self.classes = classes
        self.size = len(reading)
        self.known: dict[tuple[str, int], tuple[int, ...]] = {}
        self.fillers: list[int] = [0] * (self.size + 1)
        if FILLER in classes:
            for at in range(self.size):
                self.fillers[at] = max(self.class_ends(FILLER, at), default=at) - at

    def ends(self, tree: Place[Tag], first: int) -> Iterator[tuple[list[Tag], int]]:
        """The tags whose phrase begins at this word, each with the word behind its last one."""
        waiting: list[tuple[Place[Tag], int]] = [(tree, first)]
        seen: set[tuple[int, int]] = set()
        while waiting:
            place, at = waiting.pop()
            if (id(place), at) in seen:
                continue
            seen.add((id(place), at))
            if place.tags:
                yield place.tags, at
            if place.steps:
                self._step(place, at, first, waiting)

    def _step(self, place: Place[Tag], at: int, first: int, waiting: list[tuple[Place[Tag], int]]) -> None:
        reading, steps = self.reading, place.steps
        for position in self._positions(at, first):
            if (after := steps.get(("stem", reading.stems[position]))) is not None:
                waiting.append((after, position + 1))
            if (after := steps.get(("word", reading.words[position]))) is not None:
                waiting.append((after, position + 1))
            for name, after in place.slots:
                waiting.extend((after, end) for end in self.class_ends(name, position))
        if (after := steps.get(("gap", ""))) is not None:
            stop = min(at + _GAP_WORDS, self.size)
            clause = reading.clause_of[max(at - 1, first)]
            waiting.append((after, at))
            for position in range(at, stop):
                if reading.clause_of[position] != clause:
                    break
                waiting.append((after, position + 1))
        if (after := steps.get(("begins", ""))) is not None and self._begins(at):
            waiting.append((after, at))
        if (after := steps.get(("ends", ""))) is not None and self._ends(at):
            waiting.append((after, at))

    def _positions(self, at: int, first: int) -> Iterator[int]:
        """Where the next word may stand: here, or behind fillers of the same clause."""
        reading = self.reading
        if at < self.size and reading.sentence_of[at] == reading.sentence_of[first]:
            yield at
            if at > first:
                clause = reading.clause_of[at - 1]
                for _ in range(_FILLERS_IN_A_ROW):
                    if not self.fillers[at]:
                        return
                    at += self.fillers[at]
                    if at >= self.size or reading.clause_of[at] != clause:
                        return
                    yield at

    def _begins(self, at: int) -> bool:
        clause_of = self.reading.clause_of
        if at >= self.size:
            return False
        while at and clause_of[at - 1] == clause_of[at]:
            if not self.fillers[at - 1] and self.reading.words[at - 1] not in _BEFORE_A_CLAUSE:
                return False
            at -= 1
        return True

    def _ends(self, at: int) -> bool:
        clause_of = self.reading.clause_of
        while at < self.size and clause_of[at] == clause_of[at - 1]:
            if not self.fillers[at]:
                return False
            at += self.fillers[at]
        return True

    def class_ends(self, name: str, at: int) -> tuple[int, ...]:
        """The words behind each saying of the class that begins at this word."""
        known = self.known.get((name, at))
        if known is not None:
            return known
        sayings = self.classes[name]
        reading = self.reading
        possible = sayings.first is None or (
            ("stem", reading.stems[at]) in sayings.first or ("word", reading.words[at]) in sayings.first
        )
        found = tuple(sorted({end for _, end in self.ends(sayings.tree, at)})) if possible else ()
        self.known[name, at] = found
        return found

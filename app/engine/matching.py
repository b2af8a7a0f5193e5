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

GAP, BEGINS, ENDS = "\u2026", "^", "$"
"""Steps that ask for no word. The others are a stem (`phon`) or, with `=` before it, a word (`=phone`)."""


@dataclass(frozen=True, slots=True)
class Match(Generic[Tag]):
    """A phrase found: the tag it was compiled with, and its words [first, last)."""

    tag: Tag
    first: int
    last: int


@dataclass(slots=True, eq=False)
class Place(Generic[Tag]):
    """A place in the tree: where each next step or class leads, and whose phrases end here. Changed only
    while phrases are compiled."""

    steps: dict[str, "Place[Tag]"] = field(default_factory=dict)
    slots: dict[str, "Place[Tag]"] = field(default_factory=dict)
    tags: list[Tag] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SayingClass:
    """A class of sayings: its tree, the steps one of which must come first (None: no such list), and
    whether it may stand for nothing."""

    tree: Place[None]
    first: frozenset[str] | None
    empty: bool


class Phrases(Generic[Tag]):
    """Compiled phrases, never changed after they are made. Made by `compile_phrases`."""

    __slots__ = ("_anywhere", "_classes", "_first", "_tree")

    def __init__(self, tree: Place[Tag], classes: Mapping[str, SayingClass]) -> None:
        self._tree = tree
        self._classes = classes
        self._anywhere = frozenset(name for name, sayings in classes.items() if sayings.first is None)
        first: dict[str, set[str]] = {}
        for name, sayings in classes.items():
            for step in sayings.first or ():
                first.setdefault(step, set()).add(name)
        self._first = {step: frozenset(names) for step, names in first.items()}

    def find(self, reading: Reading) -> list[Match[Tag]]:
        """All phrases in a text, each at its longest, in order of their first word."""
        none: frozenset[str] = frozenset()
        starting = [
            self._first.get(stem, none) | self._first.get("=" + word, none) | self._anywhere
            for stem, word in zip(reading.stems, reading.words, strict=True)
        ]
        walk = _Walk(reading, self._classes, starting)
        found: list[Match[Tag]] = []
        for first in range(len(reading)):
            ends = walk.ends(self._tree, first)
            if ends:
                longest: dict[int, tuple[Tag, int]] = {}
                for tags, last in ends:
                    for tag in tags:
                        if last > first and last > longest.get(id(tag), (tag, 0))[1]:
                            longest[id(tag)] = (tag, last)
                found.extend(Match(tag, first, last) for tag, last in longest.values())
        return found


class _Walk:
    """One text being matched; remembers where each class ends from each word."""

    __slots__ = ("classes", "exact", "fillers", "following", "known", "reading", "size", "starting")

    def __init__(
        self, reading: Reading, classes: Mapping[str, SayingClass], starting: list[frozenset[str]]
    ) -> None:
        self.reading = reading
        self.classes = classes
        self.starting = starting
        self.size = len(reading)
        self.exact = ["=" + word for word in reading.words]
        self.known: dict[tuple[str, int], tuple[int, ...]] = {}
        self.fillers = [0] * (self.size + 1)
        self.following: list[tuple[int, ...]] = [(at,) for at in range(self.size)] + [()]
        for at in range(self.size):
            if FILLER in starting[at]:
                self.fillers[at] = max(self.class_ends(FILLER, at), default=at) - at
        self.following = [()] + [self._positions(at) for at in range(1, self.size + 1)]

    def _positions(self, at: int) -> tuple[int, ...]:
        """Where the word after the one before `at` may stand: here, or behind fillers of the same clause."""
        reading = self.reading
        if at >= self.size or reading.sentence_of[at] != reading.sentence_of[at - 1]:
            return ()
        positions = [at]
        for _ in range(_FILLERS_IN_A_ROW):
            if not self.fillers[at]:
                break
            at += self.fillers[at]
            if at >= self.size or reading.clause_of[at] != reading.clause_of[positions[0] - 1]:
                break
            positions.append(at)
        return tuple(positions)

    def ends(self, tree: Place[Tag], first: int) -> list[tuple[list[Tag], int]]:
        """The tags whose phrase begins at this word, each with the word behind its last one."""
        found: list[tuple[list[Tag], int]] = []
        waiting: list[tuple[Place[Tag], int]] = [(tree, first)]
        seen: set[tuple[int, int]] = set()
        stems, exact, following = self.reading.stems, self.exact, self.following
        while waiting:
            place, at = waiting.pop()
            if (id(place), at) in seen:
                continue
            seen.add((id(place), at))
            if place.tags:
                found.append((place.tags, at))
            steps, slots = place.steps, place.slots
            for position in following[at] if at > first else (first,):
                if steps:
                    if (after := steps.get(stems[position])) is not None:
                        waiting.append((after, position + 1))
                    if (after := steps.get(exact[position])) is not None:
                        waiting.append((after, position + 1))
                if slots:
                    for name in slots.keys() & self.starting[position]:
                        after = slots[name]
                        waiting.extend((after, end) for end in self.class_ends(name, position))
            if GAP in steps:
                waiting.extend((steps[GAP], position) for position in self._gap(at, first))
            if BEGINS in steps and self._begins(at):
                waiting.append((steps[BEGINS], at))
            if ENDS in steps and self._ends(at):
                waiting.append((steps[ENDS], at))
        return found

    def _gap(self, at: int, first: int) -> Iterator[int]:
        """Where a phrase may go on behind up to three words of the same clause."""
        clause_of = self.reading.clause_of
        yield at
        for position in range(at, min(at + _GAP_WORDS, self.size)):
            if clause_of[position] != clause_of[max(at - 1, first)]:
                return
            yield position + 1

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
        """The words behind each saying of a class that may begin at this word."""
        known = self.known.get((name, at))
        if known is None:
            known = tuple(sorted({end for _, end in self.ends(self.classes[name].tree, at)}))
            self.known[name, at] = known
        return known

"""Finding compiled phrases in a reading: a walk over sets of places, forwards only, so linear in the text.

How phrases are written and laid into the tree stands in phrases.py; which of them count, elsewhere.
"""

from collections.abc import Container, Iterator, Mapping
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
_WITHOUT_A_WORD = frozenset((GAP, BEGINS, ENDS))


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
    ahead: Container[str] | None = None
    """The steps one of which must come next; None where a phrase ends, or may go on without a word."""
    opens: bool = False
    """Whether at the beginning of a clause any word may come next."""


@dataclass(frozen=True, slots=True)
class SayingClass:
    """A class of sayings: its tree, and whether it may stand for nothing. `single`: the words that are a
    saying alone, `longer`: those that may begin one of several words. `begins`: at the beginning of a
    clause any word may come first."""

    tree: Place[None]
    empty: bool
    single: frozenset[str]
    longer: frozenset[str]
    begins: bool


class Phrases(Generic[Tag]):
    """Compiled phrases, never changed after they are made. Made by `compile_phrases`."""

    __slots__ = ("_at_beginnings", "_classes", "_first", "_tree")

    def __init__(self, tree: Place[Tag], classes: Mapping[str, SayingClass]) -> None:
        self._tree = tree
        self._classes = classes
        self._at_beginnings = tuple(name for name, sayings in classes.items() if sayings.begins)
        first: dict[str, list[str]] = {}
        for name, sayings in classes.items():
            look_ahead(sayings.tree, classes)
            for step in sayings.single | sayings.longer:
                first.setdefault(step, []).append(name)
        look_ahead(tree, classes)
        self._first = {step: tuple(names) for step, names in first.items()}

    def find(self, reading: Reading) -> list[Match[Tag]]:
        """All phrases in a text, each at its longest, in order of their first word."""
        walk = _Walk(reading, self._classes, self._starting(reading), self._at_beginnings)
        found: list[Match[Tag]] = []
        for first, begun in enumerate(walk.begun(self._tree)):
            if begun and (ends := walk.ends(begun, first)):
                longest: dict[int, tuple[Tag, int]] = {}
                for tags, last in ends:
                    for tag in tags:
                        if last > first and last > longest.get(id(tag), (tag, 0))[1]:
                            longest[id(tag)] = (tag, last)
                found.extend(Match(tag, first, last) for tag, last in longest.values())
        return found

    def _starting(self, reading: Reading) -> list[tuple[str, ...]]:
        """The classes that may begin at each word, in their order."""
        none: tuple[str, ...] = ()
        known: dict[str, tuple[str, ...]] = {}
        for stem, word in zip(reading.stems, reading.words, strict=True):
            if word not in known:
                by_stem, by_word = self._first.get(stem, none), self._first.get("=" + word, none)
                known[word] = (*by_stem, *(name for name in by_word if name not in by_stem))
        return list(map(known.__getitem__, reading.words))


def look_ahead(tree: Place[Tag], classes: Mapping[str, SayingClass]) -> None:
    """Note at each place of a tree what must come next, so that a walk can stop one word earlier."""
    waiting = [tree]
    while waiting:
        place = waiting.pop()
        waiting.extend(place.steps.values())
        waiting.extend(place.slots.values())
        place.ahead = None if place.tags else _ahead(place, classes)
        place.opens = any(classes[name].begins for name in place.slots)


def _ahead(place: Place[Tag], classes: Mapping[str, SayingClass]) -> Container[str] | None:
    if not _WITHOUT_A_WORD.isdisjoint(place.steps):
        return None
    if not place.slots:
        return place.steps
    first = [each for name in place.slots for each in (classes[name].single, classes[name].longer) if each]
    return first[0] if len(first) == 1 and not place.steps else frozenset(place.steps).union(*first)


class _Walk:
    """One text being matched; remembers where each class ends from each word."""

    __slots__ = (
        "beginnings", "classes", "endings", "exact", "fillers", "following", "known", "reading", "size",
        "starting",
    )  # fmt: skip

    def __init__(
        self,
        reading: Reading,
        classes: Mapping[str, SayingClass],
        starting: list[tuple[str, ...]],
        at_beginnings: tuple[str, ...],
    ) -> None:
        self.reading = reading
        self.classes = classes
        self.starting = starting
        self.size = len(reading)
        self.exact = ["=" + word for word in reading.words]
        self.known: dict[tuple[str, int], tuple[int, ...]] = {}
        sentence_of = reading.sentence_of
        self.following: list[tuple[int, ...]] = [
            (at,) if at and sentence_of[at] == sentence_of[at - 1] else () for at in range(self.size)
        ]
        self.following.append(())
        self.fillers = [0] * (self.size + 1)
        self.beginnings: set[int] = set()
        filling = [at for at in range(self.size) if FILLER in starting[at]]
        for at in filling:
            self.fillers[at] = max(self.class_ends(FILLER, at), default=at) - at
        for at in filling:
            self.following[at] = self._positions(at)
        self.beginnings = self._beginnings()
        self.endings = self._endings()
        if at_beginnings:
            for at in self.beginnings:
                more = starting[at]
                starting[at] = (*more, *(name for name in at_beginnings if name not in more))

    def _positions(self, at: int) -> tuple[int, ...]:
        """Where the word after the one before `at` may stand: here, or behind fillers of the same clause."""
        reading = self.reading
        if not self.following[at] or not self.fillers[at]:
            return self.following[at]
        positions = [at]
        for _ in range(_FILLERS_IN_A_ROW):
            if not self.fillers[at]:
                break
            at += self.fillers[at]
            if at >= self.size or reading.clause_of[at] != reading.clause_of[positions[0] - 1]:
                break
            positions.append(at)
        return tuple(positions)

    def _beginnings(self) -> set[int]:
        """The words before which nothing but fillers and words like *and* stands in their clause."""
        words, clause_of = self.reading.words, self.reading.clause_of
        found: set[int] = set()
        for at in range(self.size):
            opens = not at or clause_of[at - 1] != clause_of[at]
            if opens or (at - 1 in found and (self.fillers[at - 1] or words[at - 1] in _BEFORE_A_CLAUSE)):
                found.add(at)
        return found

    def _endings(self) -> set[int]:
        """The words, and the place behind the last one, before which a clause may count as over."""
        clause_of = self.reading.clause_of
        found = {self.size}
        for at in range(self.size - 1, 0, -1):
            over = clause_of[at] != clause_of[at - 1]
            if over or (self.fillers[at] and at + self.fillers[at] in found):
                found.add(at)
        return found

    def begun(self, tree: Place[Tag]) -> Iterator[list[tuple[Place[Tag], int]]]:
        """For each word, where in the tree the phrases stand that it begins, and behind which word. Two
        words seen side by side before are not looked up again."""
        words, following = self.reading.words, self.following
        known: dict[tuple[str, str, bool], list[tuple[Place[Tag], int]]] = {}
        longer: dict[tuple[str, bool], bool] = {}
        for at, word in enumerate(words):
            after, opens = following[at + 1], at in self.beginnings
            if (word, opens) not in longer:
                longer[word, opens] = self._begins_longer(tree, at)
            if len(after) > 1 or longer[word, opens]:
                yield self._ahead_of(tree, at, at)
                continue
            seen = word, words[after[0]] if after else "", opens
            if seen not in known:
                known[seen] = [(place, end - at) for place, end in self._ahead_of(tree, at, at)]
            yield [(place, at + length) for place, length in known[seen]]

    def _begins_longer(self, tree: Place[Tag], at: int) -> bool:
        stem, exact = self.reading.stems[at], self.exact[at]
        longer = (self.classes[name].longer for name in self.starting[at] if name in tree.slots)
        return any(stem in each or exact in each for each in longer)

    def _ahead_of(self, place: Place[Tag], at: int, first: int) -> list[tuple[Place[Tag], int]]:
        """Where a phrase that has come to a place before the word `at` goes on, and behind which word,
        without the ways that the next word closes."""
        steps, slots = place.steps, place.slots
        ways: list[tuple[Place[Tag], int]] = []
        for position in self.following[at] if at > first else (first,):
            if (after := steps.get(self.reading.stems[position])) is not None:
                ways.append((after, position + 1))
            if (after := steps.get(self.exact[position])) is not None:
                ways.append((after, position + 1))
            if slots:
                for name in self.starting[position]:
                    if (after := slots.get(name)) is not None:
                        ways += [(after, end) for end in self.class_ends(name, position)]
        if GAP in steps:
            ways += [(steps[GAP], position) for position in self._gap(at, first)]
        if BEGINS in steps and at in self.beginnings:
            ways.append((steps[BEGINS], at))
        if ENDS in steps and at in self.endings:
            ways.append((steps[ENDS], at))
        return [way for way in ways if way[0].ahead is None or self._goes_on(way[0], way[1], first)]

    def ends(self, waiting: list[tuple[Place[Tag], int]], first: int) -> list[tuple[list[Tag], int]]:
        """The tags whose phrase begins at this word, each with the word behind its last one. `waiting`:
        where it stands already."""
        found: list[tuple[list[Tag], int]] = []
        seen: set[tuple[int, int]] = set()
        while waiting:
            place, at = waiting.pop()
            if (id(place), at) in seen:
                continue
            seen.add((id(place), at))
            if place.tags:
                found.append((place.tags, at))
            if place.steps or place.slots:
                waiting.extend(self._ahead_of(place, at, first))
        return found

    def _goes_on(self, place: Place[Tag], at: int, first: int) -> bool:
        """Whether one of the steps ahead comes next, or a class that may stand for nothing here."""
        ahead = place.ahead or ()
        for after in self.following[at] if at > first else (first,):
            if self.reading.stems[after] in ahead or self.exact[after] in ahead:
                return True
        return place.opens and at in self.beginnings

    def _gap(self, at: int, first: int) -> Iterator[int]:
        """Where a phrase may go on behind up to three words of the same clause."""
        clause_of = self.reading.clause_of
        yield at
        for position in range(at, min(at + _GAP_WORDS, self.size)):
            if clause_of[position] != clause_of[max(at - 1, first)]:
                return
            yield position + 1

    def class_ends(self, name: str, at: int) -> tuple[int, ...]:
        """The words behind each saying of a class that may begin at this word."""
        sayings, stem, word = self.classes[name], self.reading.stems[at], self.exact[at]
        if not (
            stem in sayings.longer or word in sayings.longer or (sayings.begins and at in self.beginnings)
        ):
            return (at + 1,) if stem in sayings.single or word in sayings.single else ()
        known = self.known.get((name, at))
        if known is None:
            known = tuple(sorted({end for _, end in self.ends([(sayings.tree, at)], at)}))
            self.known[name, at] = known
        return known

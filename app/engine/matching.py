"""Finding compiled phrases in a reading: one walk over the tree of phrases for all words of a text at once.

Words are bits: a whole number says of every word of the text at once whether a phrase has come there. So a
place in the tree costs a few whole-number operations, however often its words are typed, and no place is
visited twice: a text cannot make the walk longer than the tree. How phrases are written and laid into the
tree stands in phrases.py; which of them count, elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from operator import eq, itemgetter, ne
from typing import Any, Generic, NamedTuple, TypeVar

from app.engine.stretches import Stretches, add, bits_at, bits_of, longest, onto, places_of
from app.engine.tokens import Reading

FILLER = "filler"
"""The class whose words are stepped over between the words of a phrase."""

_GAP_WORDS = 3
_BEFORE_A_CLAUSE = frozenset(("and", "but", "because", "so", "or", "that", "though", "although"))
_FEW_STEPS = 24

Tag = TypeVar("Tag")

GAP, BEGINS, ENDS = "\u2026", "^", "$"
"""Steps that ask for no word. The others are a stem (`phon`) or, with `=` before it, a word (`=phone`)."""


class Match(NamedTuple, Generic[Tag]):
    """A phrase found: the tag it was compiled with, and its words [first, last)."""

    tag: Tag
    first: int
    last: int


@dataclass(slots=True, eq=False)
class Place:
    """A place in the tree: where each next step, class or sign leads, and the numbers of the tags whose
    phrases end here. Changed only while phrases are compiled."""

    steps: dict[str, "Place"] = field(default_factory=dict)
    slots: dict[str, "Place"] = field(default_factory=dict)
    signs: dict[str, "Place"] = field(default_factory=dict)
    tags: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SayingClass:
    """A class of sayings: its tree, and whether it may stand for nothing."""

    tree: Place
    empty: bool


# Some texts hold thousands of matches; this is twice as fast as Match(...).
_match: Callable[[tuple[Any, int, int]], Match[Any]] = partial(tuple.__new__, Match)
_first: Callable[[Match[Any]], int] = itemgetter(1)


class Phrases(Generic[Tag]):
    """Compiled phrases, never changed after they are made. Made by `compile_phrases`."""

    __slots__ = ("_classes", "_steps", "_tags", "_tree")

    def __init__(self, tree: Place, tags: Iterable[Tag], classes: Mapping[str, SayingClass]) -> None:
        self._tree = tree
        self._tags = tuple(tags)
        self._classes = classes
        self._steps = frozenset(_steps_in_order([tree, *(each.tree for each in classes.values())], classes))

    def find(self, reading: Reading) -> list[Match[Tag]]:
        """All phrases in a text, each at its longest, in order of their first word."""
        return matches_of(self.begun(reading))

    def begun(self, reading: Reading) -> Iterator[tuple[Tag, Stretches]]:
        """The same as bits: each tag with, by how many words its longest phrase has, where it begins."""
        ended: dict[int, Stretches] = {}
        for place, stretches in _Walk(reading, self._classes, self._steps).ends(self._tree):
            for tag in place.tags:
                add(ended.setdefault(tag, {}), stretches)
        for tag, stretches in ended.items():
            yield self._tags[tag], {length: begun for length, begun in longest(stretches) if length and begun}


def matches_of(begun: Iterable[tuple[Tag, Stretches]]) -> list[Match[Tag]]:
    """What is given as bits as matches, in order of their first word."""
    found: list[Match[Tag]] = []
    for tag, stretches in begun:
        for length, firsts in ((length, places_of(bits)) for length, bits in stretches.items()):
            lasts = [first + length for first in firsts]
            found += map(_match, zip(repeat(tag), firsts, lasts))
    return sorted(found, key=_first)


def _steps_in_order(waiting: list[Place], classes: Mapping[str, SayingClass]) -> Iterator[str]:
    """All steps, put in order: what is found comes in the same order, whoever wrote a phrase first."""
    order = {name: number for number, name in enumerate(classes)}
    while waiting:
        place = waiting.pop()
        place.steps = dict(sorted(place.steps.items(), key=lambda step: step[0].startswith("=")))
        place.slots = dict(sorted(place.slots.items(), key=lambda slot: order[slot[0]]))
        yield from place.steps
        for ways in (place.steps, place.slots, place.signs):
            waiting.extend(ways.values())


class _Walk:
    """One text being matched; remembers where the sayings of each class end."""

    __slots__ = (
        "all", "beginnings", "classes", "endings", "following", "known", "skipping", "skips", "together",
        "words",
    )  # fmt: skip

    def __init__(self, reading: Reading, classes: Mapping[str, SayingClass], steps: frozenset[str]) -> None:
        size = len(reading)
        self.classes = classes
        self.all = (1 << size) - 1
        self.words = _words(reading, steps)
        # Whether a word stands in the clause, and in the sentence, of the one before it.
        self.together = bits_of(map(eq, reading.clause_of[1:], reading.clause_of)) << 1
        self.following = bits_of(map(eq, reading.sentence_of[1:], reading.sentence_of)) << 1
        self.skips: Stretches = {}
        self.skipping = self.beginnings = self.endings = 0
        self.known: dict[str, Stretches] = {}
        # Inside a filler no other is stepped over, and no clause begins or ends there.
        fillers = dict(longest(self.class_ends(FILLER))) if FILLER in classes else {}
        self.known = {FILLER: self.known.get(FILLER, {})}
        self.skips = self._skips(fillers)
        for begun in self.skips.values():
            self.skipping |= begun
        self.beginnings = self._beginnings(reading, fillers)
        self.endings = self._endings(reading, fillers)

    def _skips(self, fillers: Stretches) -> Stretches:
        """The words from which up to two fillers of one clause may be stepped over, by how many words."""
        skips: Stretches = {}
        for length, begun in fillers.items():
            once = begun & self._in_one_clause(length)
            if once:
                add(skips, {length: once})
            for more, again in fillers.items():
                if twice := once & again >> length & self._in_one_clause(length + more):
                    add(skips, {length + more: twice})
        return skips

    def _in_one_clause(self, words: int) -> int:
        """The words that stand in one clause with the one before them and with so many behind them."""
        bits = self.together
        for further in range(1, words + 1):
            bits &= self.together >> further
        return bits

    def _beginnings(self, reading: Reading, fillers: Stretches) -> int:
        """The words before which nothing but fillers and words like *and* stands in their clause."""
        begins = self.all & ~self.together
        passed = bits_of(map(_BEFORE_A_CLAUSE.__contains__, reading.words))
        for begun in fillers.values():
            passed |= begun
        behind = passed << 1 & self.all
        # Each run of words behind such ones is reached from its first word on: adding carries a bit along.
        reached = begins << 1 & behind
        return begins | reached | (behind + reached ^ behind) & behind

    def _endings(self, reading: Reading, fillers: Stretches) -> int:
        """The words, and the place behind the last one, before which a clause may count as over."""
        over = bytearray((0, *map(ne, reading.clause_of[1:], reading.clause_of), 1))
        lengths = {at: length for length, begun in fillers.items() for at in places_of(begun)}
        for at in sorted(lengths, reverse=True):
            if at and over[at + lengths[at]]:
                over[at] = 1
        return bits_of(over)

    def class_ends(self, name: str) -> Stretches:
        """The sayings of a class, wherever they stand."""
        if name not in self.known:
            self.known[name] = {}
            for _, stretches in self.ends(self.classes[name].tree):
                add(self.known[name], stretches)
        return self.known[name]

    def ends(self, tree: Place) -> Iterator[tuple[Place, Stretches]]:
        """Each place that is come to in a tree where a phrase ends, with all stretches that lead there."""
        waiting: list[tuple[Place, Stretches]] = [(tree, {0: self.all})]
        words = self.words
        while waiting:
            place, here = waiting.pop()
            if place.tags:
                yield place, here
            steps, slots = place.steps, place.slots
            if steps or slots:
                ahead = self._ahead(here)
                behind = [(length + 1, ends << 1) for length, ends in ahead.items()]
                for step in steps if len(steps) < _FEW_STEPS else filter(steps.__contains__, words):
                    if said := words.get(step):
                        met: Stretches = {}
                        for length, ends in behind:
                            if both := ends & said:
                                met[length] = both
                        if met:
                            waiting.append((steps[step], met))
                for name in slots:
                    if (sayings := self.class_ends(name)) and (ways := onto(ahead, sayings)):
                        waiting.append((slots[name], ways))
            if place.signs:
                waiting.extend(self._by_sign(place, here))

    def _ahead(self, here: Stretches) -> Stretches:
        """With the fillers stepped over behind which, or the sentence in which, the next word may stand."""
        ahead: Stretches = {}
        for length, ends in here.items():
            if not length:
                ahead[0] = ends
                continue
            if next_here := ends & self.following:
                ahead[length] = ahead.get(length, 0) | next_here
            if ends & self.skipping:
                for more, begun in self.skips.items():
                    if both := ends & begun:
                        ahead[length + more] = ahead.get(length + more, 0) | both << more
        return ahead

    def _by_sign(self, place: Place, here: Stretches) -> Iterator[tuple[Place, Stretches]]:
        """Where a phrase goes on without a word."""
        for sign, after in place.signs.items():
            ways: Stretches = {}
            for length, ends in here.items():
                if sign == GAP:
                    add(ways, self._gap(length, ends))
                else:
                    ways[length] = ends & (self.beginnings if sign == BEGINS else self.endings)
            yield after, {length: ends for length, ends in ways.items() if ends}

    def _gap(self, length: int, ends: int) -> Stretches:
        """With up to three more words of the same clause; where no word was before, of that of the first."""
        ways = {length: ends}
        same = self.together if length else self.all
        for more in range(1, _GAP_WORDS + 1):
            ends = (ends & same) << 1
            ways[length + more] = ends
            same = self.together
        return ways


def _words(reading: Reading, steps: frozenset[str]) -> dict[str, int]:
    """The words behind each word and stem that is a step of some phrase."""
    meant: dict[str, list[str]] = {}
    for word, stem in dict(zip(reading.words, reading.stems, strict=True)).items():
        exact = "=" + word
        if stem in steps:
            meant[word] = [stem, exact] if exact in steps else [stem]
        elif exact in steps:
            meant[word] = [exact]
    places: dict[str, list[int]] = {word: [] for word in meant}
    for at, word in enumerate(reading.words, 1):
        if word in places:
            places[word].append(at)
    found: dict[str, int] = {}
    for word, known in meant.items():
        ends = bits_at(places[word], len(reading) + 1)
        for step in known:
            found[step] = found.get(step, 0) | ends
    return found

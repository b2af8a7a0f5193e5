"""A note that is too long for its kind: what is offered instead of said, a little at a time. Where there is
room, a long answer has more of it.

Nothing is cut: one of many lines that were tapped goes first, then a sentence of a long answer, but not its
kernel, then the answers beside what matters most, then the last tapped lines, then what is left of long
answers, and what is asked for last of all; what a client keeps stays (the clinical guide, 6.1).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from app.engine.flow import Length
from app.engine.provenance import Sentence

MOST: Mapping[Length, int] = {"opener": 60, "message": 130, "letter": 350}
"""Words of a note by its length."""
SHORT = 12  # words of an answer that is left out as a whole only for what is asked
KERNEL = 0.75  # of its usual words an answer keeps until the answers beside it have given way
FAR = 1.5  # so many times its usual words make an answer far too long
WIDER = 2  # so many times its usual words may an answer have where there is room


def words_in(sentences: Iterable[Sentence]) -> int:
    """How many words are said."""
    return sum(len(s.text.split()) for s in sentences if s.state == "in")


class Tightening:
    """What is offered for the sake of length: by line another budget in words, or the whole line. `usual`
    is what each section may have, so that all give way alike; those that are `lasting` give way last."""

    def __init__(
        self, edits: Mapping[str, str], usual: Mapping[str, int], lasting: Collection[str] = ()
    ) -> None:
        self.edits, self.usual, self.lasting = edits, usual, lasting
        self.budgets: dict[str, int] = {}
        self.aside: set[str] = set()

    def widen(self, sentences: list[Sentence], most: int) -> bool:
        """Give what the note has to spare to answers that have more to say: to what is asked first, then to
        the longest; False where none has."""
        room = most - words_in(sentences)
        said = _own_words(s for s in sentences if s.state == "in")
        asked = {_line(s) for s in sentences if s.asks}
        more = _own_words(s for s in sentences if s.state == "offered").keys() - self.aside
        least = {id: min(sizes) for id, sizes in _offered(sentences).items()}
        for id in sorted(more, key=lambda id: (id not in asked, -said.get(id, 0), id)):
            usual = self.usual.get(id.partition(".")[0])
            if usual is not None and least[id] <= room:
                self.budgets[id] = min(WIDER * usual, max(usual, said.get(id, 0)) + room)
                room -= max(0, self.budgets[id] - said.get(id, 0))
        return bool(self.budgets)

    def tighten(self, sentences: list[Sentence]) -> bool:
        """One step tighter; False where there is none left."""
        free = [s for s in sentences if s.state == "in" and self.edits.get(s.id) != "keep"]
        told, asked = _own_words(s for s in free if not s.asks), _own_words(s for s in free if s.asks)
        asked |= {id: told.pop(id) for id in self.lasting if id in told}
        lines = Counter(_line(s) for s in free)
        more = {_line(s) for s in sentences if s.state == "offered"}
        chosen = _lines(free)
        many = max(chosen, key=len, default=[])
        if len(many) > 1:
            self.aside.add(many[-1])
            return True
        longer = {id: size for id, size in told.items() if lines[id] > 1}
        if self._shrink(longer, KERNEL):
            return True
        if len(chosen) > 1:
            self.aside.add(chosen[-1][-1])
            return True
        most = max(map(self.usual_of, told), default=0)
        beside = {id: size for id, size in told.items() if SHORT < self.usual_of(id) < most}
        if self._leave(beside, more, 0):
            return True
        if chosen:
            self.aside.add(chosen[-1][-1])
            return True
        if self._shrink(longer):
            return True
        small = {id: size for id, size in told.items() if asked and id.partition(".")[0] in self.usual}
        left = self._leave(told, more) or self._leave(small, more, 0)
        others = {id: size for id, size in asked.items() if id not in self.lasting}
        return left or self._shrink(asked) or self._leave(others, more, 0) or self._leave(asked, more)

    def _shrink(self, sizes: Mapping[str, int], above: float = 0) -> bool:
        """One sentence less in the answer that has most of what it may have, and more than `above` of it."""
        shrinking = {
            id: size
            for id, size in sizes.items()
            if self.budgets.get(id, size) >= size > SHORT and self._share(id, size) > above
        }
        if not shrinking:
            return False
        id = max(shrinking, key=lambda id: self._share(id, shrinking[id]))
        self.budgets[id] = shrinking[id] - 1
        return True

    def _leave(self, sizes: Mapping[str, int], more: Collection[str], least: int = SHORT) -> bool:
        """One answer less: one far too long first, then one beside options, then the one that may have least.
        Where it is a long sentence that can be given up for shorter ones, these come instead."""
        long = {id: size for id, size in sizes.items() if size > least}
        if not long:
            return False
        far = {id for id in long if self._share(id, long[id]) > FAR}
        id = max(long, key=lambda id: (id in far, "." in id, -self.usual_of(id), long[id]))
        instead = id in more and (len(long) == 1 or self._share(id, long[id]) > 1)
        if not (instead and self._shrink({id: long[id]})):
            self.aside.add(id)
        return True

    def _share(self, id: str, size: int) -> float:
        return size / self.usual_of(id)

    def usual_of(self, id: str) -> int:
        """How many words an answer may have: the more, the more it matters."""
        return self.usual.get(id.partition(".")[0], SHORT)


def without_echoes(
    sentences: Iterable[Sentence], edits: Mapping[str, str], lasting: Collection[str] = ()
) -> list[Sentence]:
    """The sentences, with one that repeats another answer word for word offered, not said; what is asked for
    stays where it is asked, but not against one that is `lasting`. One that leads others of its answer behind
    an author's frame stays."""
    out = list(sentences)
    lines = Counter(_line(s) for s in out if s.state == "in")
    said: dict[str, int] = {}
    for n, sentence in enumerate(out):
        own = sentence.own.casefold().strip(" .,!?")
        alone = lines[_line(sentence)] == 1 and not any(part.by == "chosen" for part in sentence.parts)
        bare = all(part.by == "own" for part in sentence.parts)
        if sentence.state != "in" or not own or not (alone or bare):
            continue
        first = said.setdefault(own, n)
        gives_way = first if sentence.asks and _line(out[first]) not in lasting else n
        if _line(out[first]) != _line(sentence) and edits.get(out[gives_way].id) != "keep":
            out[gives_way] = replace(out[gives_way], state="offered")
            said[own] = first + n - gives_way
    return out


def _line(sentence: Sentence) -> str:
    """The id of the first sentence of the same answer."""
    first, _, number = sentence.id.rpartition(".")
    return first if number.isdigit() else sentence.id


def _offered(sentences: Iterable[Sentence]) -> dict[str, list[int]]:
    """The words of each sentence that is offered, by the line it belongs to."""
    sizes: dict[str, list[int]] = {}
    for sentence in sentences:
        if sentence.state == "offered":
            sizes.setdefault(_line(sentence), []).append(len(sentence.text.split()))
    return sizes


def _own_words(sentences: Iterable[Sentence]) -> dict[str, int]:
    """The client's words in each answer's sentences, by the id of the first."""
    sizes: dict[str, int] = {}
    for sentence in sentences:
        sizes[_line(sentence)] = sizes.get(_line(sentence), 0) + len(sentence.own.split())
    return {id: size for id, size in sizes.items() if size}


def _lines(sentences: Iterable[Sentence]) -> list[list[str]]:
    """The lines of options, section by section, without what is asked."""
    lines: dict[str, list[str]] = {}
    for sentence in sentences:
        if "." in sentence.id and not sentence.asks and not sentence.own:
            lines.setdefault(sentence.id.partition(".")[0], []).append(sentence.id)
    return list(lines.values())

"""What the words around a hit of the safety net do to it: take it back, lower it to a question, or nothing.

Routers are asked in their file's order, and the first that applies decides. Only a bounded stretch of words
around a hit is looked at, and all marks in it at once, as bits: so a text of one endless clause still takes
linear time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import ne

from app.engine.matching import Match
from app.engine.nets import POINTS, Certainty, FamilyRule, Router, RouterMark, RouterPart
from app.engine.stretches import Stretches, add, between, bits_of, covered, part_of, touching
from app.engine.tokens import Reading

_REACH = 60
"""Words on either side of a hit within which a router's marks are looked for."""

_REACHING: tuple[RouterPart, ...] = ("touching", "before", "after", "near")


@dataclass(frozen=True, slots=True)
class RouterMarks:
    """The marks of a text, by router and list: as bits, by how many words they have, where they begin.
    `reaching`: where those begin that make a router apply (a router without any has no marks here). Also as
    bits the words that begin a clause or a sentence, with the place behind the last word. `known`: what was
    worked out before, since many families hear the same words."""

    begun: Mapping[tuple[str, RouterPart], Stretches]
    reaching: Mapping[str, int]
    clauses: int
    sentences: int
    known: dict[tuple[str, int, int], bool] = field(default_factory=dict)

    def within(self, router: str, part: RouterPart, first: int, last: int) -> Stretches:
        """The marks that lie in the words [first, last)."""
        marks = self.begun.get((router, part), {})
        return {length: part_of(begun, first, last - length + 1) for length, begun in marks.items()}

    def may_apply(self, router: str, first: int, last: int) -> bool:
        """Whether any mark begins in the words [first, last) that makes the router apply."""
        return part_of(self.reaching.get(router, 0), first, last) != 0


def router_marks(reading: Reading, marks: Iterable[tuple[RouterMark, Stretches]]) -> RouterMarks:
    """Sort the marks of a text."""
    begun: dict[tuple[str, RouterPart], Stretches] = defaultdict(dict)
    reaching: dict[str, int] = defaultdict(int)
    for mark, stretches in marks:
        add(begun[mark.router, mark.part], stretches)
        if mark.part in _REACHING:
            for bits in stretches.values():
                reaching[mark.router] |= bits
    return RouterMarks(begun, reaching, _breaks(reading.clause_of), _breaks(reading.sentence_of))


def _breaks(numbers: tuple[int, ...]) -> int:
    """Where another number begins, as bits, and behind the last one."""
    return bits_of((1, *map(ne, numbers[1:], numbers), 1)[: len(numbers) + 1])


def routed(
    routers: tuple[Router, ...], hit: Match[FamilyRule], marks: RouterMarks
) -> tuple[Certainty, str | None] | None:
    """What is left of a hit: its certainty and its question, or None if it says nothing here."""
    family = hit.tag
    for router in routers:
        if router.name not in marks.reaching:
            continue
        if family.route not in router.routes or router.name in family.skip or not _is_for(router, family):
            continue
        where = router.name, hit.first, hit.last
        if where not in marks.known:
            marks.known[where] = _applies(router, hit, marks)
        if marks.known[where]:
            if router.effect == "none":
                return None
            return "unclear", family.question or router.question
    return family.certainty, family.question if family.certainty == "unclear" else None


def _is_for(router: Router, family: FamilyRule) -> bool:
    """Whether a router may touch a family at all."""
    return family.family in router.only if router.only or family.family == POINTS else True


def _applies(router: Router, hit: Match[FamilyRule], marks: RouterMarks) -> bool:
    clause = _around(hit, marks.clauses)
    around = max(hit.first - _REACH, 0), hit.last + _REACH
    scope = {"clause": clause, "sentence": _around(hit, marks.sentences), "around": around}[router.scope]
    near = scope if router.scope == "around" else clause
    if not marks.may_apply(router.name, *scope) or any(marks.within(router.name, "unless", *near).values()):
        return False
    no_marks = covered(marks.within(router.name, "but_not", *scope))
    counted = sum(
        (begun & ~touching(no_marks, length)).bit_count()
        for length, begun in _reaching(router.name, hit, marks, scope)
    )
    return counted % 2 == 1 if router.even_cancels else counted > 0


def _reaching(
    router: str, hit: Match[FamilyRule], marks: RouterMarks, scope: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Where in the scope the marks begin that stand where they must, by how many words they have. A mark
    may share words with the hit: *I don't think **I** …*."""
    first, last, size = hit.first - scope[0], hit.last - scope[0], scope[1] - scope[0]
    stops = 0
    for begun in marks.within(router, "stop", *scope).values():
        stops |= begun
    after = (stops & between(0, first + 1)).bit_length() - 1
    behind = stops >> last
    until = last + (behind & -behind).bit_length() - 1 if behind else size
    for part in _REACHING:
        for length, begun in marks.within(router, part, *scope).items():
            low, high = {
                "touching": (first - length + 1, last),
                "before": (after - length + 1, min(first, last - length)),
                "after": (max(first + 1, last - length + 1), until - length + 1),
                "near": (0, size),
            }[part]
            yield length, begun & between(low, high)


def _around(hit: Match[FamilyRule], breaks: int) -> tuple[int, int]:
    """The clause or sentence of a hit, as far as routers look."""
    first, last = max(hit.first - _REACH, 0), hit.last + _REACH
    if before := part_of(breaks, first, hit.first + 1):
        first += before.bit_length() - 1
    if behind := part_of(breaks, hit.last, last):
        last = hit.last + (behind & -behind).bit_length() - 1
    return first, last

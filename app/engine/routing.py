"""What the words around a hit of the safety net do to it: take it back, lower it to a question, or nothing.

Routers are asked in their file's order, and the first that applies decides. Only a bounded stretch of words
around a hit is looked at, so that a text of one endless clause still takes linear time.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.engine.matching import Match
from app.engine.nets import POINTS, Certainty, FamilyRule, Router, RouterMark, RouterPart
from app.engine.stretches import bits_at, bits_of
from app.engine.tokens import Reading

_REACH = 60
"""Words on either side of a hit within which a router's marks are looked for."""

_REACHING = frozenset(("touching", "before", "after", "near"))

Mark = Match[RouterMark]


@dataclass(frozen=True, slots=True)
class RouterMarks:
    """The marks of a text, by router and list, then by the word with which they begin. As bits: those words
    (`begun`), those of marks that make a router apply (`reaching`; a router without any has no marks here),
    and the words that begin a clause or a sentence, with the place behind the last word. `known`: what was
    worked out before, since many families hear the same words."""

    found: Mapping[tuple[str, RouterPart], Mapping[int, list[Mark]]]
    begun: Mapping[tuple[str, RouterPart], int]
    reaching: Mapping[str, int]
    clauses: int
    sentences: int
    known: dict[tuple[str, int, int], bool] = field(default_factory=dict)

    def within(self, router: str, part: RouterPart, first: int, last: int) -> Iterator[Mark]:
        """The marks that lie in the words [first, last)."""
        begun = _part_of(self.begun.get((router, part), 0), first, last)
        while begun:
            ahead = (begun & -begun).bit_length() - 1
            begun &= begun - 1
            for mark in self.found[router, part][first + ahead]:
                if mark.last <= last:
                    yield mark

    def may_apply(self, router: str, first: int, last: int) -> bool:
        """Whether any mark begins in the words [first, last) that makes the router apply."""
        return _part_of(self.reaching.get(router, 0), first, last) != 0


def _part_of(bits: int, first: int, last: int) -> int:
    return bits >> first & (1 << last - first) - 1


def router_marks(reading: Reading, marks: list[Mark]) -> RouterMarks:
    """Sort the marks of a text."""
    able = {mark.tag.router for mark in marks if mark.tag.part in _REACHING}
    found: dict[tuple[str, RouterPart], dict[int, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        if mark.tag.router in able:
            found[mark.tag.router, mark.tag.part][mark.first].append(mark)
    begun = {key: bits_at(list(by_word), len(reading)) for key, by_word in found.items()}
    reaching: dict[str, int] = defaultdict(int)
    for (router, part), bits in begun.items():
        reaching[router] |= bits if part in _REACHING else 0
    return RouterMarks(found, begun, reaching, _breaks(reading.clause_of), _breaks(reading.sentence_of))


def _breaks(numbers: tuple[int, ...]) -> int:
    """Where another number begins, as bits, and behind the last one."""
    return bits_of((1, *map(int.__ne__, numbers[1:], numbers), 1)[: len(numbers) + 1])


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
    if not marks.may_apply(router.name, *scope) or any(marks.within(router.name, "unless", *near)):
        return False
    no_marks = {
        at for mark in marks.within(router.name, "but_not", *scope) for at in range(mark.first, mark.last)
    }
    counted = (
        True
        for mark in _reaching(router.name, hit, marks, scope)
        if no_marks.isdisjoint(range(mark.first, mark.last))
    )
    return sum(counted) % 2 == 1 if router.even_cancels else any(counted)


def _reaching(
    router: str, hit: Match[FamilyRule], marks: RouterMarks, scope: tuple[int, int]
) -> Iterator[Mark]:
    """The marks that stand where they must. A mark may share words with the hit: *I don't think **I** …*."""
    stops = [mark.first for mark in marks.within(router, "stop", *scope)]
    after = max((stop for stop in stops if stop <= hit.first), default=-1)
    until = min((stop for stop in stops if stop >= hit.last), default=scope[1])
    for mark in marks.within(router, "touching", *scope):
        if mark.first < hit.last and hit.first < mark.last:
            yield mark
    for mark in marks.within(router, "before", *scope):
        if mark.first < hit.first and after < mark.last < hit.last:
            yield mark
    for mark in marks.within(router, "after", *scope):
        if mark.last > hit.last and hit.first < mark.first <= until:
            yield mark
    yield from marks.within(router, "near", *scope)


def _around(hit: Match[FamilyRule], breaks: int) -> tuple[int, int]:
    """The clause or sentence of a hit, as far as routers look."""
    first, last = max(hit.first - _REACH, 0), hit.last + _REACH
    if before := _part_of(breaks, first, hit.first + 1):
        first += before.bit_length() - 1
    if behind := _part_of(breaks, hit.last, last):
        last = hit.last + (behind & -behind).bit_length() - 1
    return first, last

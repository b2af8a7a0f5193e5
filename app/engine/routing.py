"""What the words around a hit of the safety net do to it: take it back, lower it to a question, or nothing.

Routers are asked in their file's order, and the first that applies decides. Only a bounded stretch of words
around a hit is looked at, so that a text of one endless clause still takes linear time.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from app.engine.matching import Match
from app.engine.nets import Certainty, FamilyRule, Router, RouterMark, RouterPart
from app.engine.tokens import Reading

_REACH = 60
"""Words on either side of a hit within which a router's marks are looked for."""

Mark = Match[RouterMark]


@dataclass(frozen=True, slots=True)
class RouterMarks:
    """All marks of routers in a text, by router and list, then by the word with which they
    begin; and the words [first, last) of the clause and the sentence of each word."""

    found: Mapping[tuple[str, RouterPart], Mapping[int, list[Mark]]]
    clauses: list[tuple[int, int]]
    sentences: list[tuple[int, int]]

    def within(self, router: str, part: RouterPart, first: int, last: int) -> Iterator[Mark]:
        """The marks that lie in the words [first, last)."""
        by_word = self.found.get((router, part))
        if not by_word:
            return
        words = (
            range(first, last)
            if last - first < len(by_word)
            else [at for at in by_word if first <= at < last]
        )
        for at in words:
            for mark in by_word.get(at, ()):
                if mark.last <= last:
                    yield mark


def router_marks(reading: Reading, marks: list[Mark]) -> RouterMarks:
    """Sort the marks of a text."""
    found: dict[tuple[str, RouterPart], dict[int, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        found[mark.tag.router, mark.tag.part][mark.first].append(mark)
    return RouterMarks(found, _runs(reading.clause_of), _runs(reading.sentence_of))


def _runs(numbers: tuple[int, ...]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for _, equal in groupby(numbers):
        size = len(list(equal))
        runs += [(len(runs), len(runs) + size)] * size
    return runs


def routed(
    routers: tuple[Router, ...], hit: Match[FamilyRule], marks: RouterMarks
) -> tuple[Certainty, str | None] | None:
    """What is left of a hit: its certainty and its question, or None if it says nothing here."""
    family = hit.tag
    for router in routers:
        if family.route not in router.routes or router.name in family.skip:
            continue
        if _applies(router, hit, marks):
            if router.effect == "none":
                return None
            return "unclear", family.question or router.question
    return family.certainty, family.question if family.certainty == "unclear" else None


def _applies(router: Router, hit: Match[FamilyRule], marks: RouterMarks) -> bool:
    clause = _around(hit, marks.clauses)
    if any(marks.within(router.name, "unless", *clause)):
        return False
    scope = _around(hit, marks.sentences) if router.in_sentence else clause
    no_marks = {
        at for mark in marks.within(router.name, "but_not", *scope) for at in range(mark.first, mark.last)
    }
    count = sum(
        no_marks.isdisjoint(range(mark.first, mark.last))
        for mark in _reaching(router.name, hit, marks, scope)
    )
    return count % 2 == 1 if router.even_cancels else count > 0


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


def _around(hit: Match[FamilyRule], runs: list[tuple[int, int]]) -> tuple[int, int]:
    """The clause or sentence of a hit, as far as routers look."""
    first, last = runs[hit.first][0], runs[hit.last - 1][1]
    return max(first, hit.first - _REACH), min(last, hit.last + _REACH)

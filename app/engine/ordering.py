"""The order of a note's sentences, as the client arranged them.

An order is kept as ids in a row, and outlives whatever composition does: sentences that it knows stand as
it says, and one that it does not know (another length, a new answer) stands behind the sentence that it was
composed behind. Moves of sentences and their paragraphs live here, their words do not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.engine.provenance import Sentence


def in_order(sentences: Sequence[Sentence], order: Sequence[str]) -> list[Sentence]:
    """The sentences as arranged. One that was moved joins the paragraph it comes to."""
    if not order:
        return list(sentences)
    by_id = {sentence.id: sentence for sentence in sentences}
    place = {sentence.id: n for n, sentence in enumerate(sentences)}
    ids = woven([s.id for s in sentences], [id for id in order if id in by_id])
    stay = _longest_rising([place[id] for id in ids])
    out: list[Sentence] = []
    for n, id in enumerate(ids):
        sentence = by_id[id]
        if n not in stay:
            before = out[-1].paragraph if out else 0
            behind = next((by_id[ids[k]].paragraph for k in range(n + 1, len(ids)) if k in stay), None)
            at = max(sentence.paragraph, before)
            sentence = replace(sentence, paragraph=at if behind is None else min(at, behind))
        out.append(sentence)
    return out


def moved(sentences: Sequence[Sentence], id: str, place: int, order: Sequence[str]) -> tuple[str, ...]:
    """The order once the sentence stands at a place among those that are printed, counted from 1; beyond
    the last it is the last. `sentences` stand as they are arranged now."""
    rest = [each for each in woven([s.id for s in sentences], order) if each != id]
    printed = [s.id for s in sentences if s.state == "in" and s.id != id]
    if not printed:
        return tuple(order)
    at = rest.index(printed[0]) if place <= 1 else rest.index(printed[min(place - 1, len(printed)) - 1]) + 1
    return (*rest[:at], id, *rest[at:])


def woven(ids: Iterable[str], order: Sequence[str]) -> list[str]:
    """The ids of `order` in its order, and each other one of `ids` behind the one that it stood behind.

    >>> woven(["a", "b", "new", "c"], ["c", "b", "a"])
    ['c', 'b', 'new', 'a']
    """
    out, known, last = list(order), set(order), None
    for id in ids:
        if id not in known:
            out.insert(0 if last is None else out.index(last) + 1, id)
            known.add(id)
        last = id
    return out


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """The indexes of a longest rising run of numbers, gaps allowed: what was not moved."""
    best: list[tuple[int, ...]] = []
    for n, number in enumerate(numbers):
        runs = [best[k] for k in range(n) if numbers[k] < number]
        best.append((*_longest(runs), n))
    return frozenset(_longest(best))


def _longest(runs: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return max(runs, key=len) if runs else ()

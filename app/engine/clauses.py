"""What a clause does to the sayings in it: whom it speaks of, what it denies, rules out, hedges or lifts.

The words that do so are classes of the lexicon, so that each language brings its own. Where clauses begin
and end is found in tokens.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.engine.matching import Match, Phrases
from app.engine.phrases import Rule
from app.engine.tokens import Reading

MARKS = (
    "negation",
    "no_negation",
    "negation_ends",
    "others",
    "subjects",
    "hedge",
    "ruled_out",
    "instead",
    "lift",
    "also",
    "former",
    "wish",
)
"""The classes with a meaning of their own:

`negation` opens a scope to the end of the clause, a second one closes it, `negation_ends` closes it too, and
what touches `no_negation` (*not only*) opens none; `others` at the beginning of a clause are people whose
doings are no concern here, until one of `subjects`; `hedge` makes unsure; `ruled_out` at the beginning of a
clause drops it if the next begins with `instead`; a clause that begins with `lift` (*but*) counts more,
with `also` (*and*, *plus*) less;
`former` in a clause: it speaks of a therapist of before; `wish` in a clause: it says what is wanted.
"""


@dataclass(frozen=True, slots=True)
class ClauseMarks:
    """What holds for a saying that begins with a word; all tuples have an entry for each word.

    `negated`: an odd number of negations before it in its clause. `of_another`: the clause is about somebody
    who is neither client nor therapist. `hedged`: it says *maybe*, *I guess*. `ruled_out`, `instead`: it is
    the X, the Y of *it's not X, it's Y*. `after_but`, `added`: it begins with *but*, with *and* or *plus*.
    `former`: it names a therapist of before. `wished`: it says what is wanted.
    """

    negated: tuple[bool, ...]
    of_another: tuple[bool, ...]
    hedged: tuple[bool, ...]
    ruled_out: tuple[bool, ...]
    instead: tuple[bool, ...]
    after_but: tuple[bool, ...]
    added: tuple[bool, ...]
    former: tuple[bool, ...]
    wished: tuple[bool, ...]


def clause_rules(classes: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Rule, str, Mapping[str, str]]]:
    """A phrase for each class that marks clauses, as far as the lexicon has them."""
    return ((Rule(f"{{{name}}}", name), name, {}) for name in MARKS if name in classes)


def mark_clauses(marks: Phrases[str], reading: Reading) -> ClauseMarks:
    """Find the marks of a text and say, word by word, what they do."""
    found: dict[str, list[Match[str]]] = {name: [] for name in MARKS}
    for mark in marks.find(reading):
        found[mark.tag].append(mark)
    clause_of = reading.clause_of
    opened = {name: _opened(found[name], clause_of) for name in ("ruled_out", "instead", "lift", "also")}
    hedged, former, wished = (
        {clause_of[mark.first] for mark in found[name]} for name in ("hedge", "former", "wish")
    )
    dropped = {clause for clause in opened["ruled_out"] if clause + 1 in opened["instead"]}
    return ClauseMarks(
        negated=_negated(found, clause_of),
        of_another=_of_another(found, clause_of),
        hedged=tuple(clause in hedged for clause in clause_of),
        ruled_out=tuple(clause in dropped for clause in clause_of),
        instead=tuple(clause - 1 in dropped for clause in clause_of),
        after_but=tuple(clause in opened["lift"] for clause in clause_of),
        added=tuple(clause in opened["also"] for clause in clause_of),
        former=tuple(clause in former for clause in clause_of),
        wished=tuple(clause in wished for clause in clause_of),
    )


def _opened(marks: list[Match[str]], clause_of: tuple[int, ...]) -> set[int]:
    """The clauses that begin with one of these marks."""
    return {
        clause_of[mark.first]
        for mark in marks
        if mark.first == 0 or clause_of[mark.first - 1] != clause_of[mark.first]
    }


def _negated(found: Mapping[str, list[Match[str]]], clause_of: tuple[int, ...]) -> tuple[bool, ...]:
    harmless = {at for mark in found["no_negation"] for at in range(mark.first, mark.last)}
    turns = {mark.last for mark in found["negation"] if harmless.isdisjoint(range(mark.first, mark.last))}
    ends = {mark.first for mark in found["negation_ends"]}
    negated: list[bool] = []
    now = False
    for at, clause in enumerate(clause_of):
        if at in ends or (at and clause_of[at - 1] != clause):
            now = False
        if at in turns and at and clause_of[at - 1] == clause:
            now = not now
        negated.append(now)
    return tuple(negated)


def _of_another(found: Mapping[str, list[Match[str]]], clause_of: tuple[int, ...]) -> tuple[bool, ...]:
    """Somebody else counts from the beginning of a clause, or behind its first word (*when my husband*)."""
    others = {mark.first: mark.last for mark in found["others"]}
    subjects = {mark.first for mark in found["subjects"]}
    spoken_of: list[bool] = []
    since, into = -1, 0
    for at, clause in enumerate(clause_of):
        into = into + 1 if at and clause_of[at - 1] == clause else 0
        if into == 0 or (at in subjects and at >= since):
            since = -1
        if at in others and into <= 1:
            since = others[at]
        spoken_of.append(since != -1 and at >= since)
    return tuple(spoken_of)

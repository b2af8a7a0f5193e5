"""Words to concerns and feelings: which concepts are heard in a text, how surely, and in which words.

Ranking and certainty live here. Where a lexicon has a table of points, points decide and its sayings are
cues among others; where it has none, its sayings alone do. A result is an offer to the client, never a
finding about them: it prefills a question or orders some cards, with the words that led to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from app.engine.clauses import clause_rules, mark_clauses
from app.engine.cues import Cue
from app.engine.matching import Phrases
from app.engine.phrases import compile_phrases
from app.engine.points import (
    EVERYWHERE,
    MOST_REASONS,
    SAID,
    TELLING_POINTS,
    PointsSource,
    Table,
    Worth,
    add_up,
    all_cues,
    compile_table,
    worths,
)
from app.engine.sayings import (
    SAID_BY,
    ConceptSource,
    Example,
    Hit,
    Kind,
    Saying,
    Sayings,
    compile_sayings,
    find_sayings,
)
from app.engine.tokens import Reading, read

__all__ = ["ConceptSource", "Example", "Lexicon", "Reason", "Understood", "compile_lexicon", "understand"]

Status = Literal["sure", "possible"]

SURE_FROM = 5
"""Points by which the first concept must lead to be sure; all else is possible. In a text of more than
`SURE_FROM * WORDS_A_POINT` words it must lead by a point for each `WORDS_A_POINT` words, since stray cues
add up. Set on authors' examples so that four in five of those called sure are right."""
WORDS_A_POINT = 5

SURE_POINTS, SURE_LEAD_TENTHS = 40, 4
"""With a table: the points from which the first concept is sure, and the part of them, in tenths, by which
it must lead. Set by leaving out one hand of the examples in turn, so that nine in ten are right."""
POSSIBLE_POINTS, MOST_POSSIBLE = 6, 3
"""With a table: the points from which a concept is possible, and how many are reported."""

_MOST = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a concept was understood: the client's words and their span (code points of what was typed), the
    kind of rule, whether the words were said not to be so, the rule's place, the points it gave."""

    words: str = field(repr=False)
    span: tuple[int, int]
    kind: Kind
    negated: bool
    rule: str
    points: int


@dataclass(frozen=True, slots=True)
class Understood:
    """A concept heard in a text. `runner_up` is the best other one and its points, if there is any. `rest`:
    the points of the small words that are not among the reasons."""

    concept: str
    status: Status
    points: int
    because: tuple[Reason, ...]
    runner_up: tuple[str, int] | None = None
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts of one file and language, compiled. Made by `compile_lexicon`, never changed."""

    concepts: tuple[str, ...]
    general: frozenset[str]
    alone: frozenset[str]
    _cues: Phrases[Saying] = field(repr=False)
    _marks: Phrases[str] = field(repr=False)
    _table: Table | None = field(repr=False, default=None)

    @property
    def has_points(self) -> bool:
        """Whether points decide, and not sayings alone."""
        return self._table is not None


def compile_lexicon(
    concepts: Mapping[str, ConceptSource],
    classes: Mapping[str, tuple[str, ...]],
    points: PointsSource | None = None,
) -> Lexicon:
    """Compile a lexicon, with its points if there are any. Raises PhraseError at the first phrase that makes
    no sense, KeyError for points of an unknown concept.

    >>> from app.engine.phrases import Rule
    >>> talks_over = ConceptSource(any=(Rule("talks over me", "x.yaml:3:9"),))
    >>> lexicon = compile_lexicon({"unheard": talks_over}, {})
    >>> [(found.concept, found.status, found.points) for found in understand(lexicon, "She talked over me!")]
    [('unheard', 'sure', 5)]
    """
    return Lexicon(
        tuple(concepts),
        frozenset(name for name, source in concepts.items() if source.general),
        frozenset(name for name, source in concepts.items() if source.alone),
        compile_sayings(concepts, classes),
        compile_phrases(clause_rules(classes), classes),
        compile_table(tuple(concepts), points) if points else None,
    )


def understand(lexicon: Lexicon, text: str | Reading) -> tuple[Understood, ...]:
    """The concepts in a text, best first, at most five; empty where nothing was understood.

    Give the reading of a `Heard`: a client's text passes the net before it is understood. Plain text is for
    examples and authors' tools.
    """
    reading = text if isinstance(text, Reading) else read(text)
    marks = mark_clauses(lexicon._marks, reading)
    said = find_sayings(lexicon._cues, reading, marks)
    if lexicon._table is None:
        return _rank(lexicon, reading, _without_company(lexicon, said.counted))
    cues = all_cues(lexicon._table.classes, reading, marks, said)
    found = _rank_by_points(lexicon._table, reading, said, cues)
    if found and found[0].status == "sure" and found[0].concept in lexicon.alone:
        return found[:1]
    return found


def cues_of(lexicon: Lexicon, text: str) -> Mapping[str, Cue]:
    """The cues of a text by name, for those who propose points. Raises ValueError for a lexicon without a
    table."""
    if lexicon._table is None:
        raise ValueError("this lexicon has no points")
    reading = read(text)
    marks = mark_clauses(lexicon._marks, reading)
    return all_cues(lexicon._table.classes, reading, marks, find_sayings(lexicon._cues, reading, marks))


def _without_company(lexicon: Lexicon, by_concept: Mapping[str, list[Hit]]) -> dict[str, list[Hit]]:
    """A concept that is reported alone gives way to what others say, but not to mere hints."""
    others = {name: hits for name, hits in by_concept.items() if name not in lexicon.alone}
    alone = {name: hits for name, hits in by_concept.items() if name in lexicon.alone}
    if _says_something(alone) and not _says_something(others):
        return alone
    return others or alone


def _says_something(by_concept: Mapping[str, list[Hit]]) -> bool:
    return any(hit.match.tag.kind != "weak" for hits in by_concept.values() for hit in hits)


def _rank(lexicon: Lexicon, reading: Reading, by_concept: Mapping[str, list[Hit]]) -> tuple[Understood, ...]:
    points = {name: sum(hit.points for hit in hits) for name, hits in by_concept.items()}
    order = sorted(
        by_concept,
        key=lambda name: (
            -points[name],
            name in lexicon.general,
            -max(hit.match.first for hit in by_concept[name]),
            lexicon.concepts.index(name),
        ),
    )
    found = []
    for name in order[:_MOST]:
        hits = sorted(by_concept[name], key=lambda hit: (-hit.points, hit.match.first))
        others = [other for other in order if other != name]
        runner_up = (others[0], points[others[0]]) if others else None
        lead = points[name] - (runner_up[1] if runner_up else 0)
        sure = lead >= max(SURE_FROM, len(reading) // WORDS_A_POINT) and not all(hit.hedged for hit in hits)
        because = tuple(_reason(reading, hit) for hit in hits)
        found.append(Understood(name, "sure" if sure else "possible", points[name], because, runner_up))
    return tuple(found)


def _reason(reading: Reading, hit: Hit) -> Reason:
    first, last, cue = hit.match.first, hit.match.last, hit.match.tag
    return Reason(
        reading.typed(first, last), reading.span(first, last), cue.kind, hit.negated, cue.rule, hit.points
    )


def _rank_by_points(
    table: Table, reading: Reading, said: Sayings, cues: Mapping[str, Cue]
) -> tuple[Understood, ...]:
    totals = add_up(table, cues)
    order = sorted(range(len(totals)), key=lambda place: (-totals[place], place))
    ranked = [(table.names[place], totals[place]) for place in order]
    found: list[Understood] = []
    for name, points in ranked[:MOST_POSSIBLE]:
        given = worths(table, cues, name)
        if points < POSSIBLE_POINTS or all(worth.cue == EVERYWHERE for worth in given):
            continue
        other = next((each for each in ranked if each[0] != name), ("", 0))
        because = _told(table, reading, name, said.counted.get(name, []), given)
        sure = _is_sure(points, points - other[1], said.counted.get(name, []))
        shown = sum(reason.points for reason in because)
        found.append(
            Understood(
                name,
                "sure" if sure else "possible",
                points,
                because,
                other if other[1] else None,
                points - shown,
            )
        )
    return tuple(found)


def _is_sure(points: int, lead: int, hits: list[Hit]) -> bool:
    """Only where an author's saying counts too, and not all of them are hedged: a client denying something
    uses its words."""
    leads = points >= SURE_POINTS and lead * 10 >= points * SURE_LEAD_TENTHS
    return leads and any(not hit.hedged for hit in hits)


def _told(
    table: Table, reading: Reading, name: str, hits: list[Hit], given: list[Worth]
) -> tuple[Reason, ...]:
    """The reasons in the client's words, each words once, in the order in which they are told."""
    told: dict[tuple[int, int], Reason] = {}
    for worth in given:
        if worth.cue.startswith(SAID):
            for hit in hits if worth.cue[1] != "?" else ():
                share = worth.points * hit.points // sum(each.points for each in hits)
                _tell(told, _reason(reading, hit), share)
        elif worth.last:
            words, span = reading.typed(worth.first, worth.last), reading.span(worth.first, worth.last)
            kind: Kind = "class" if "@" in worth.cue else "word"
            reason = Reason(words, span, kind, worth.cue.startswith("not:"), table.place(worth.cue, name), 0)
            _tell(told, reason, worth.points)
    telling = [each for each in told.values() if each.kind in SAID_BY or each.points >= TELLING_POINTS]
    return tuple((telling or list(told.values()))[:MOST_REASONS])


def _tell(told: dict[tuple[int, int], Reason], reason: Reason, points: int) -> None:
    known = told.get(reason.span)
    told[reason.span] = replace(known or reason, points=(known.points if known else 0) + points)

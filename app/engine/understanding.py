"""Words to concerns and feelings: which sayings of a lexicon stand in a text, and which of them count.

The rules of counting live here (who is spoken of, negation, contrast, hedges, ranking in whole numbers); the
sayings themselves stand in `_shared/*.en.yaml`. A result is an offer to the client, never a finding about
them: it prefills a question or orders some cards, with the words that led to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.engine.clauses import ClauseMarks, clause_rules, mark_clauses
from app.engine.matching import Match, Phrases
from app.engine.phrases import Rule, compile_phrases
from app.engine.tokens import Reading, read

Kind = Literal["any", "denied", "weak", "not"]
Status = Literal["sure", "possible"]

SURE_FROM = 5
"""Points by which the first concept must lead to be sure; all else is possible. In a text of more than
`SURE_FROM * WORDS_A_POINT` words it must lead by a point for each `WORDS_A_POINT` words, since stray cues
add up. Set on authors' examples so that four in five of those called sure are right."""
WORDS_A_POINT = 5

_MOST = 5
_PHRASE, _MOST_FOR_LENGTH, _WEAK = 3, 3, 1
_AFTER_CONTRAST, _AFTER_BUT = 4, 2


@dataclass(frozen=True, slots=True)
class Example:
    """A saying that a concept must (`yes`) or must not (`no`) be understood in, and its place."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ConceptSource:
    """A concept as its author wrote it: `any` (said to be so), `denied` (said not to be so), `weak`, `not_`
    (takes a hit back). `general`: gives way to another concept with as many points. `alone`: reported only
    where nothing else was understood."""

    any: tuple[Rule, ...] = ()
    denied: tuple[Rule, ...] = ()
    weak: tuple[Rule, ...] = ()
    not_: tuple[Rule, ...] = ()
    general: bool = False
    alone: bool = False
    yes: tuple[Example, ...] = ()
    no: tuple[Example, ...] = ()


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
    """A concept heard in a text. `runner_up` is the best other one and its points, if there is any."""

    concept: str
    status: Status
    points: int
    because: tuple[Reason, ...]
    runner_up: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class _Cue:
    """A compiled rule of a concept. Points stand with the cue, so that signed points can join the rules."""

    concept: str
    kind: Kind
    rule: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts of one file and language, compiled. Made by `compile_lexicon`, never changed."""

    concepts: tuple[str, ...]
    general: frozenset[str]
    alone: frozenset[str]
    _cues: Phrases[_Cue] = field(repr=False)
    _marks: Phrases[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A cue that counts, with its points."""

    match: Match[_Cue]
    points: int
    negated: bool
    hedged: bool


def compile_lexicon(concepts: Mapping[str, ConceptSource], classes: Mapping[str, tuple[str, ...]]) -> Lexicon:
    """Compile a lexicon. Raises PhraseError at the first phrase that makes no sense.

    >>> talks_over = ConceptSource(any=(Rule("talks over me", "x.yaml:3:9"),))
    >>> lexicon = compile_lexicon({"unheard": talks_over}, {})
    >>> [(found.concept, found.status, found.points) for found in understand(lexicon, "She talked over me!")]
    [('unheard', 'sure', 5)]
    """
    rules: list[tuple[Rule, _Cue, Mapping[str, str]]] = []
    kinds: tuple[Kind, ...] = ("any", "denied", "weak", "not")
    for name, source in concepts.items():
        for kind, written in zip(kinds, (source.any, source.denied, source.weak, source.not_), strict=True):
            rules += [(rule, _Cue(name, kind, rule.place), {}) for rule in written]
    return Lexicon(
        tuple(concepts),
        frozenset(name for name, source in concepts.items() if source.general),
        frozenset(name for name, source in concepts.items() if source.alone),
        compile_phrases(rules, classes),
        compile_phrases(clause_rules(classes), classes),
    )


def understand(lexicon: Lexicon, text: str | Reading) -> tuple[Understood, ...]:
    """The concepts in a text, best first, at most five; empty where nothing was understood.

    Give the reading of a `Heard`: a client's text passes the net before it is understood. Plain text is for
    examples and authors' tools.
    """
    reading = text if isinstance(text, Reading) else read(text)
    marks = mark_clauses(lexicon._marks, reading)
    hits = [hit for match in _not_taken_back(lexicon._cues.find(reading)) if (hit := _count(match, marks))]
    by_concept: dict[str, list[_Hit]] = {}
    for hit in _longest_first(hits):
        by_concept.setdefault(hit.match.tag.concept, []).append(hit)
    return _rank(lexicon, reading, _without_company(lexicon, by_concept))


def _not_taken_back(matches: list[Match[_Cue]]) -> list[Match[_Cue]]:
    """The matches without those that touch a `not` of their own concept."""
    taken_back = {
        (match.tag.concept, at)
        for match in matches
        if match.tag.kind == "not"
        for at in range(match.first, match.last)
    }
    return [
        match
        for match in matches
        if match.tag.kind != "not"
        and not any((match.tag.concept, at) in taken_back for at in range(match.first, match.last))
    ]


def _count(match: Match[_Cue], marks: ClauseMarks) -> _Hit | None:
    """The points of one match where it stands, or None if it says nothing there."""
    at, kind = match.first, match.tag.kind
    negated = marks.negated[at]
    if marks.of_another[at] or marks.ruled_out[at] or negated != (kind == "denied"):
        return None
    points = _WEAK if kind == "weak" else _PHRASE + min(match.last - at - 1, _MOST_FOR_LENGTH)
    if marks.instead[at]:
        points += _AFTER_CONTRAST
    elif marks.after_but[at]:
        points += _AFTER_BUT
    return _Hit(match, points, negated, marks.hedged[at])


def _longest_first(hits: list[_Hit]) -> list[_Hit]:
    """The hits that stand once longer phrases have used up their words; a rule counts once."""
    kept: dict[int, list[Match[_Cue]]] = {}
    standing: list[_Hit] = []
    counted: set[_Cue] = set()
    longest = max((hit.match.last - hit.match.first for hit in hits), default=0)
    for hit in sorted(hits, key=lambda hit: (hit.match.first - hit.match.last, -hit.points, hit.match.first)):
        match = hit.match
        if match.tag in counted:
            continue
        near = range(match.last - longest, match.first + 1)
        if not any(_uses_up(other, match) for start in near for other in kept.get(start, ())):
            standing.append(hit)
            counted.add(match.tag)
            kept.setdefault(match.first, []).append(match)
    return standing


def _uses_up(other: Match[_Cue], match: Match[_Cue]) -> bool:
    """Whether a longer phrase, or an equal one of the same concept, has these words already."""
    if not (other.first <= match.first and match.last <= other.last):
        return False
    longer = match.last - match.first < other.last - other.first
    return longer or other.tag.concept == match.tag.concept


def _without_company(lexicon: Lexicon, by_concept: dict[str, list[_Hit]]) -> dict[str, list[_Hit]]:
    """A concept that is reported alone gives way to what others say, but not to mere hints."""
    others = {name: hits for name, hits in by_concept.items() if name not in lexicon.alone}
    alone = {name: hits for name, hits in by_concept.items() if name in lexicon.alone}
    if _says_something(alone) and not _says_something(others):
        return alone
    return others or alone


def _says_something(by_concept: Mapping[str, list[_Hit]]) -> bool:
    return any(hit.match.tag.kind != "weak" for hits in by_concept.values() for hit in hits)


def _rank(lexicon: Lexicon, reading: Reading, by_concept: Mapping[str, list[_Hit]]) -> tuple[Understood, ...]:
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


def _reason(reading: Reading, hit: _Hit) -> Reason:
    first, last, cue = hit.match.first, hit.match.last, hit.match.tag
    return Reason(
        reading.typed(first, last), reading.span(first, last), cue.kind, hit.negated, cue.rule, hit.points
    )

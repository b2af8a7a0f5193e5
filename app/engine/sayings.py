"""An author's sayings in a text, and which of them count: taken back, denied, of another person, used up.

Points of single sayings are worked out here; how concepts are ranked stands in understanding.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.engine.clauses import ClauseMarks
from app.engine.matching import Match, Phrases
from app.engine.phrases import Rule, compile_phrases
from app.engine.tokens import Reading

Kind = Literal["any", "denied", "weak", "not", "class", "word"]
"""How it was said: by a saying of one of four kinds, a class of words, or a word."""

SAID_BY: tuple[Kind, ...] = ("any", "denied", "weak")
"""The kinds that are a concept's own sayings: such words name it."""

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
class Saying:
    """A compiled saying of a concept. `rule` is its place."""

    concept: str
    kind: Kind
    rule: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A saying that counts, with its points."""

    match: Match[Saying]
    points: int
    negated: bool
    hedged: bool


@dataclass(frozen=True, slots=True)
class Sayings:
    """What the sayings of a lexicon found: those that count, by concept, the longest first; and every
    concept one of whose sayings stands there at all, with its first words [first, last)."""

    counted: Mapping[str, list[Hit]] = field(repr=False)
    anyhow: Mapping[str, tuple[int, int]] = field(repr=False)
    strength: Mapping[str, int] = field(repr=False)


def compile_sayings(
    concepts: Mapping[str, ConceptSource], classes: Mapping[str, tuple[str, ...]]
) -> Phrases[Saying]:
    """All sayings of all concepts. Raises PhraseError at the first that makes no sense."""
    rules: list[tuple[Rule, Saying, Mapping[str, str]]] = []
    kinds: tuple[Kind, ...] = ("any", "denied", "weak", "not")
    for name, source in concepts.items():
        for kind, written in zip(kinds, (source.any, source.denied, source.weak, source.not_), strict=True):
            rules += [(rule, Saying(name, kind, rule.place), {}) for rule in written]
    return compile_phrases(rules, classes)


def find_sayings(phrases: Phrases[Saying], reading: Reading, marks: ClauseMarks) -> Sayings:
    """The sayings of a text. `strength` of a concept counts what stands there whatever its clause says, in
    thirds of a saying: 3 for each, 1 for a hint."""
    matches = phrases.find(reading)
    anyhow: dict[str, tuple[int, int]] = {}
    strength: dict[str, int] = {}
    for match in matches:
        concept = match.tag.concept
        if match.tag.kind != "not":
            anyhow.setdefault(concept, (match.first, match.last))
            strength[concept] = strength.get(concept, 0) + (1 if match.tag.kind == "weak" else 3)
    hits = [hit for match in _not_taken_back(matches) if (hit := _count(match, marks))]
    counted: dict[str, list[Hit]] = {}
    for hit in _longest_first(hits):
        counted.setdefault(hit.match.tag.concept, []).append(hit)
    return Sayings(counted, anyhow, strength)


def _not_taken_back(matches: list[Match[Saying]]) -> list[Match[Saying]]:
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


def _count(match: Match[Saying], marks: ClauseMarks) -> Hit | None:
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
    return Hit(match, points, negated, marks.hedged[at])


def _longest_first(hits: list[Hit]) -> list[Hit]:
    """The hits that stand once longer phrases have used up their words; a rule counts once."""
    kept: dict[int, list[Match[Saying]]] = {}
    standing: list[Hit] = []
    counted: set[Saying] = set()
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


def _uses_up(other: Match[Saying], match: Match[Saying]) -> bool:
    """Whether a longer phrase, or an equal one of the same concept, has these words already."""
    if not (other.first <= match.first and match.last <= other.last):
        return False
    longer = match.last - match.first < other.last - other.first
    return longer or other.tag.concept == match.tag.concept

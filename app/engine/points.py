"""What cues are worth: a table of whole points, and the sum of a text's cues for each concept.

Points are proposed by a script from authors' examples and overruled by people; here they are only added.
The words that led to a concept come out in the order in which they are told: an author's sayings first, then
classes of words, then single words; small words that no reader would take for a reason come last.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.engine.clauses import ClauseMarks
from app.engine.cues import PLAIN, Cue, WordClasses, find_cues, place_factor
from app.engine.sayings import Sayings
from app.engine.tokens import Reading

MOST_POINTS = 12
"""The most that one cue can be worth."""
MOST_REASONS, TELLING_POINTS = 5, 3
"""How many reasons are told, and the points from which words are one; the rest is told as a sum."""
EVERYWHERE = "^"
"""The cue of every text: how often a concern is what people come with."""
SAID, STANDS = "/", "/?"
"""The cues of a concept's sayings: `/unheard` for those that count, `/?unheard` for all that stand there,
whatever their clause says. Their factor is how much was said."""

_MOST_SAID, _MOST_STANDS, _SAID_THIRDS = 9, 12, 3


@dataclass(frozen=True, slots=True)
class PointsSource:
    """Points as their file gives them: by cue and concept, with the line of each in `file` by the two of them
    (`unheard @FORGET`), and the word classes that cues speak of."""

    points: Mapping[str, Mapping[str, int]]
    classes: WordClasses
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """Points by cue and concept, compiled. `names`: the concepts in their order."""

    names: tuple[str, ...]
    source: PointsSource = field(repr=False)
    points: Mapping[str, tuple[tuple[int, int], ...]] = field(repr=False)

    @property
    def classes(self) -> WordClasses:
        """The word classes that cues speak of."""
        return self.source.classes

    def place(self, cue: str, concept: str) -> str:
        """Where the points of a cue for a concept are written, as "file:line", or the file alone where people
        set them."""
        line = self.source.lines.get(f"{concept} {cue}")
        return f"{self.source.file}:{line}" if line else self.source.file


@dataclass(frozen=True, slots=True)
class Worth:
    """What one cue gave to one concept, in points, and its words [first, last)."""

    cue: str
    points: int
    first: int
    last: int


def compile_table(names: tuple[str, ...], source: PointsSource) -> Table:
    """A table from points by cue and concept. Raises KeyError for a concept that is none of `names`."""
    at = {name: number for number, name in enumerate(names)}
    rows = {c: tuple((at[name], worth) for name, worth in row.items()) for c, row in source.points.items()}
    return Table(names, source, rows)


def all_cues(classes: WordClasses, reading: Reading, marks: ClauseMarks, said: Sayings) -> dict[str, Cue]:
    """Every cue of a text: its words and what its sayings say."""
    cues, size = find_cues(reading, marks, classes), len(reading)
    if size:
        cues[EVERYWHERE] = Cue(PLAIN, 0, 0)
    for name, hits in said.counted.items():
        total, match = min(sum(hit.points for hit in hits), _MOST_SAID), hits[0].match
        factor = total * place_factor(match.first, size) // _SAID_THIRDS
        cues[SAID + name] = Cue(factor, match.first, match.last)
    for name, (first, last) in said.anyhow.items():
        strength = min(said.strength[name], _MOST_STANDS)
        cues[STANDS + name] = Cue(strength * place_factor(first, size) // _SAID_THIRDS, first, last)
    return cues


def add_up(table: Table, cues: Mapping[str, Cue]) -> list[int]:
    """The points of each concept, in the table's order: each cue at its factor, added, then in tenths."""
    totals = [0] * len(table.names)
    rows = table.points
    for name, cue in cues.items():
        for place, worth in rows.get(name, ()):
            totals[place] += worth * cue.factor
    return [total // PLAIN for total in totals]


def worths(table: Table, cues: Mapping[str, Cue], concept: str) -> list[Worth]:
    """What each cue gave to a concept, in the order in which it is told. Cues without words of their own
    come last, with an empty place."""
    at = table.names.index(concept)
    found = []
    for name, cue in cues.items():
        for place, worth in table.points.get(name, ()):
            if place == at and worth * cue.factor:
                found.append(Worth(name, worth * cue.factor // PLAIN, cue.first, cue.last))
    return sorted(found, key=lambda each: (_turn(each), -each.points, each.first, each.cue))


def _turn(worth: Worth) -> int:
    """Sayings, then classes, then words, then pairs; frames and cues of every text at the end."""
    if worth.last == 0:
        return 4
    if worth.cue.startswith(SAID):
        return 0
    if "@" in worth.cue:
        return 1
    return 3 if " " in worth.cue else 2

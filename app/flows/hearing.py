"""The files of the net's learned half, and of plain danger in other languages, into what hears them.

`safety.words.en.yaml` holds classes of words, `safety.points.en.yaml` the points that a script proposed,
`safety.points.en.signed.yaml` what people decided: thresholds, questions, points struck or set; it always
wins. `safety.plain.yaml` holds sayings in other languages. What is done with all of it is no matter here.
"""

from collections.abc import Mapping

from app.engine.nets import ROUTES, Route
from app.engine.passages import compile_classes
from app.engine.phrases import Rule
from app.engine.plain import Plain, PlainSource, compile_plain
from app.engine.sensing import Points, Sense, compile_sense
from app.flows.diagnostics import Diagnostics, Place
from app.flows.reading import Word
from app.flows.shared_grammar import PlainLanguage, SafetyPointsFile, SafetySignedFile

THERAPISTS = "THERAPIST"
"""The class whose words all count as one."""


def build_sense(
    words: Mapping[Word, list[Word]], proposed: SafetyPointsFile, signed: SafetySignedFile, found: Diagnostics
) -> Sense:
    """The learned half. IW204 for points and thresholds that are no whole numbers."""
    table, rarity = parse_points(proposed, found)
    for cue in signed.strike:
        table.pop(str(cue), None)
    for cue, row in signed.set.items():
        table[str(cue)] = [_whole(row[route], found) if route in row else 0 for route in ROUTES]
    classes = {str(name): tuple(map(str, sayings)) for name, sayings in words.items()}
    thresholds = [_whole(getattr(signed.thresholds, route), found) for route in ROUTES]
    return compile_sense(
        compile_classes(classes, THERAPISTS),
        {cue: _points(row) for cue, row in table.items()},
        rarity,
        _points(thresholds),
        {route: str(getattr(signed.questions, route)) for route in ROUTES},
        {
            route: {str(name): frozenset(map(str, each)) for name, each in row.items()}
            for route, row in signed.instead.items()
        },
    )


def parse_points(file: SafetyPointsFile, found: Diagnostics) -> tuple[dict[str, list[int]], dict[str, int]]:
    """Points and rarity of each cue, from lines like `my will: 40 0 0 -3 6`; IW204 for what says else."""
    table: dict[str, list[int]] = {}
    rarity: dict[str, int] = {}
    for number, line in enumerate(file.points.split("\n"), file.points.place.line + 1):
        cue, _, worth = line.rpartition(": ")
        try:
            *points, rarity[cue] = map(int, worth.split(" "))
            table[cue] = list(_points(points))
        except ValueError:
            out = "Write a cue, a colon, its points for the four routes, and how rare it is."
            found.add("IW204", Place(file.points.place.file, number), out, word=f'"{line[:20]}"')
    return table, rarity


def build_plain(languages: Mapping[Word, PlainLanguage]) -> Plain:
    """The plain sayings of all languages."""
    return compile_plain({str(name): _language(language) for name, language in languages.items()})


def _language(language: PlainLanguage) -> PlainSource:
    sayings: dict[Route, tuple[Rule, ...]] = {
        "crisis_self": _rules(language.crisis_self),
        "danger": _rules(language.danger),
    }
    negation, not_after = tuple(map(str, language.negation)), tuple(map(str, language.not_after))
    return PlainSource(sayings, negation, not_after, language.unspaced == "yes")


def _rules(sayings: list[Word]) -> tuple[Rule, ...]:
    return tuple(Rule(str(saying), str(saying.place)) for saying in sayings)


def _whole(word: Word, found: Diagnostics) -> int:
    if not word.removeprefix("-").isdecimal():
        found.add("IW204", word.place, "A whole number belongs here.", word=f'"{word}"')
        return 0
    return int(word)


def _points(row: list[int]) -> Points:
    first, second, third, fourth = row
    return first, second, third, fourth

"""The points of a list's words: what a script proposed, what people signed, and the classes of words.

Three files of `_shared/`: `classes.en.yaml`, `points.en.yaml` (proposed, by concern, the greatest first) and
`points.en.signed.yaml` (by people, and always right). Without points a lexicon's sayings decide alone. What
points do is no matter here.
"""

from collections.abc import Mapping

from app.engine.cues import compile_classes
from app.engine.points import MOST_POINTS, PointsSource
from app.flows.diagnostics import Diagnostics, Place, did_you_mean
from app.flows.lexicons import Pointing
from app.flows.reading import Word
from app.flows.shared_grammar import ClassesFile, LexiconFile, PointsFile, SignedFile
from app.flows.sharing import FOLDER, fit_shared

LISTENED = "concerns"
"""The list whose words have points."""
CLASSES, PROPOSED, SIGNED = "classes.en.yaml", "points.en.yaml", "points.en.signed.yaml"
THERAPIST = "therapist"

Points = dict[str, dict[str, int]]
Lines = dict[str, int]


def read_pointing(
    file: LexiconFile, values: tuple[str, ...], texts: Mapping[str, str], found: Diagnostics
) -> Pointing | None:
    """The points of the list in `file`, or None where there are none or their files are at fault."""
    if f"{FOLDER}/{PROPOSED}" not in texts:
        return None
    before = found.errors
    classes = fit_shared(ClassesFile, CLASSES, texts, found)
    proposed = fit_shared(PointsFile, PROPOSED, texts, found)
    signed = fit_shared(SignedFile, SIGNED, texts, found)
    if not (classes and proposed and signed) or found.errors > before:
        return None
    points, lines = parse_points(proposed, values, found)
    _overrule(points, signed, values, found)
    named = {str(name): tuple(map(str, words)) for name, words in classes.classes.items()}
    therapists = tuple(str(w) for w in file.classes.get(Word(THERAPIST), ()) if w.isalpha())
    source = PointsSource(points, compile_classes(named, therapists), f"{FOLDER}/{PROPOSED}", lines)
    return Pointing(classes.marks, source) if found.errors == before else None


def parse_points(file: PointsFile, values: tuple[str, ...], found: Diagnostics) -> tuple[Points, Lines]:
    """Points by cue and concept from lines like `10: not:@LISTEN, @FORGET` below each concern, and the line
    of each; IW204 and IW303 for what says something else."""
    points: Points = {}
    lines: Lines = {}
    for name, text in file.points.items():
        if name not in values:
            found.add("IW303", name.place, did_you_mean(name, values) or None, value=name, name=LISTENED)
        concern = str(name)
        for number, line in enumerate(text.split("\n"), text.place.line + 1):
            worth, _, cues = line.partition(": ")
            if not (worth.isdecimal() and 0 < int(worth) <= MOST_POINTS and cues):
                out = "Write 1 to 12 points, a colon, then cues with commas between them."
                found.add("IW204", Place(text.place.file, number), out, word=f'"{line[:20]}"')
                continue
            for cue in cues.split(", "):
                points.setdefault(cue, {})[concern] = int(worth)
                lines[f"{concern} {cue}"] = number
    return points, lines


def _overrule(points: Points, signed: SignedFile, values: tuple[str, ...], found: Diagnostics) -> None:
    for cue in signed.strike:
        points.pop(str(cue), None)
    for cue, row in signed.set.items():
        for name in row:
            if name not in values:
                found.add("IW303", name.place, did_you_mean(name, values) or None, value=name, name=LISTENED)
        points[str(cue)] = {str(name): worth for name, worth in row.items() if worth}

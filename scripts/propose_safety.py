"""Proposes the points of the safety net's learned half from authors' examples; a person reads and signs them.

    python scripts/propose_safety.py [--without NAME] > conversation_flows/_shared/safety.points.en.yaml

Multinomial logistic regression over the cues of sensing.py, fitted with follow-the-regularised-leader in a
fixed order: no chance, the same bytes twice. A text of a route has one telling sentence or pair of sentences,
and nobody marks which: after the first rounds only the ones with the highest points count as examples.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from app.engine.nets import ROUTES
from app.engine.sensing import WordClasses, compile_classes, heard_parts, stretches
from app.engine.tokens import read

SHARED = Path(__file__).parents[1] / "conversation_flows" / "_shared"
LABELS = (*ROUTES, "none")
NONE = len(LABELS) - 1
ROUNDS, SPREAD_ROUNDS = 8, 3
ALPHA, BETA, L1, L2 = 1.0, 1.0, 0.01, 0.5
NONE_WEIGHT, SECOND_WEIGHT = 0.3, 0.5
SCALE, LEAST, MOST, RARITY = 8, 6, 40, 4.0
CUES_A_LINE = 12
Part = tuple[int, ...]


@dataclass
class Example:
    """A text as its parts, each the numbers of its cues and the root of how many there are."""

    label: int
    parts: list[tuple[Part, float]]


def classes_of(folder: Path) -> WordClasses:
    """The classes of words, as a person wrote them."""
    loaded = YAML(typ="safe", pure=True).load((folder / "safety.words.en.yaml").read_text(encoding="utf-8"))
    return compile_classes({name: tuple(map(str, words)) for name, words in loaded.items()}, "THERAPIST")


def texts_of(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Texts and labels; those about concerns are `none`."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield record["text"], record.get("label", "none")


class Fit:
    """Weights for each cue and label, fitted example by example."""

    def __init__(self, cues: list[str], rarity: list[float]) -> None:
        self.cues = cues
        self.rarity = [*rarity, 1.0]
        size = len(cues)
        self.pull = [[0.0] * len(LABELS) for _ in range(size + 1)]
        self.seen = [[0.0] * len(LABELS) for _ in range(size + 1)]
        self.weights = [[0.0] * len(LABELS) for _ in range(size + 1)]
        self.bias = size

    def scores(self, part: Part, root: float) -> list[float]:
        weights = self.weights
        sums = [sum(column) / root for column in zip(*(weights[cue] for cue in part), strict=True)]
        return [a + b for a, b in zip(sums or [0.0] * len(LABELS), weights[self.bias], strict=True)]

    def learn(self, part: Part, root: float, label: int, weight: float) -> None:
        scores = self.scores(part, root)
        top = max(scores)
        shares = [math.exp(score - top) for score in scores]
        total = sum(shares)
        for at, share in enumerate(shares):
            slope = weight * (share / total - (at == label))
            if abs(slope) > 1e-3:
                self._move(at, slope / root, part)
                self._move(at, slope, (self.bias,))

    def _move(self, at: int, slope: float, part: Part) -> None:
        for cue in part:
            pull, seen, weights = self.pull[cue], self.seen[cue], self.weights[cue]
            rarity = self.rarity[cue]
            here = slope * rarity
            before = seen[at]
            seen[at] = after = before + here * here
            root = math.sqrt(after)
            pull[at] += here - (root - math.sqrt(before)) / ALPHA * weights[at] / rarity
            force = pull[at]
            if -L1 <= force <= L1 and cue != self.bias:
                weights[at] = 0.0
            else:
                kept = force - math.copysign(L1, force) if cue != self.bias else force
                weights[at] = -kept / ((BETA + root) / ALPHA + L2) * rarity


def examples_of(
    texts: Iterable[tuple[str, str]], classes: WordClasses
) -> tuple[list[Example], list[str], list[float]]:
    """All texts as numbers of cues that stand in two texts or more, the cues, and how rare each is."""
    heard = [
        (LABELS.index(label), [cues for _, _, cues in heard_parts(stretches(read(text), classes))])
        for text, label in texts
    ]
    counts = Counter(cue for _, parts in heard for cue in frozenset().union(*parts))
    cues = sorted(cue for cue, count in counts.items() if count > (2 if " " in cue else 1))
    number = {cue: at for at, cue in enumerate(cues)}
    examples = [
        Example(label, [
            (tuple(sorted(number[cue] for cue in part if cue in number)), math.sqrt(len(part)) or 1.0)
            for part in parts
        ])
        for label, parts in heard if parts
    ]  # fmt: skip
    rarity = [(math.log((1 + len(heard)) / (1 + counts[cue])) + 1) / RARITY for cue in cues]
    return examples, cues, rarity


def fitted(examples: list[Example], cues: list[str], rarity: list[float]) -> Fit:
    """The weights after all rounds."""
    fit = Fit(cues, rarity)
    order = list(range(len(examples)))
    seed = 1
    for turn in range(ROUNDS):
        for at in range(len(order) - 1, 0, -1):
            seed = (seed * 1103515245 + 12345) % 2**31
            other = seed % (at + 1)
            order[at], order[other] = order[other], order[at]
        for at in order:
            example = examples[at]
            for (part, root), weight in _telling(fit, example, turn):
                fit.learn(part, root, example.label, weight)
    return fit


def _telling(fit: Fit, example: Example, turn: int) -> list[tuple[tuple[Part, float], float]]:
    parts = example.parts
    if example.label == NONE:
        return [(part, NONE_WEIGHT) for part in parts]
    if turn < SPREAD_ROUNDS:
        return [(part, 1 / len(parts)) for part in parts]
    ranked = sorted(parts, key=lambda part: -_lead(fit, part, example.label))
    chosen = [(ranked[0], 1.0)]
    if len(ranked) > 1 and _lead(fit, ranked[1], example.label) > 0:
        chosen.append((ranked[1], SECOND_WEIGHT))
    return chosen


def _lead(fit: Fit, part: tuple[Part, float], label: int) -> float:
    scores = fit.scores(*part)
    return scores[label] - scores[NONE]


def points_of(fit: Fit) -> dict[str, list[int]]:
    """Whole numbers for each cue: how much more it speaks for a route than for none."""
    table = {}
    for cue, weights in zip(fit.cues, fit.weights, strict=False):
        points = [max(-MOST, min(MOST, round(SCALE * (weight - weights[NONE])))) for weight in weights[:NONE]]
        if any(abs(worth) >= LEAST for worth in points):
            table[cue] = [worth if abs(worth) >= LEAST else 0 for worth in points]
    return table


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--without", default="")
    wanted = parser.parse_args()
    files = sorted((SHARED / "examples").glob("*.jsonl"))
    files = [file for file in files if file.stem != wanted.without]
    table = points_of(fitted(*examples_of(texts_of(files), classes_of(SHARED))))
    sys.stdout.write("".join(written(table)))


def written(table: dict[str, list[int]]) -> Iterator[str]:
    """The file: for each route the points, greatest first, then the cues that are worth them."""
    yield "# Proposed by scripts/propose_safety.py from the authors' examples. Do not edit: what people\n"
    yield "# decide stands in safety.points.en.signed.yaml. Points, a colon, then the cues worth them.\n"
    yield "points:\n"
    for at, route in enumerate(ROUTES):
        yield f"  {route}: |-\n"
        by_worth: dict[int, list[str]] = {}
        for cue in sorted(table):
            if table[cue][at]:
                by_worth.setdefault(table[cue][at], []).append(cue)
        for worth in sorted(by_worth, reverse=True):
            cues = by_worth[worth]
            for first in range(0, len(cues), CUES_A_LINE):
                yield f"    {worth}: {', '.join(cues[first : first + CUES_A_LINE])}\n"


if __name__ == "__main__":
    main()

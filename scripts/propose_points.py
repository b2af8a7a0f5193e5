#!/usr/bin/env python3
"""Proposes points for cues from authors' examples. For development only: it needs numpy and scipy.

    python scripts/propose_points.py [--shared FOLDER] [--cross] [--dry]

Reads `classes.en.yaml`, `concerns.en.yaml` and `examples/concerns*.jsonl` (one file for each hand) and writes
`points.en.yaml`. The same files give the same bytes. Prints every cue that came, went or moved by three or
more. `--cross` leaves out each hand in turn and prints how the others' points do on it; nothing is written.

Two tables are added: what a text's cues say for a concern against all others (one logistic regression a
concern, weights at zero or above), and half of what is rarer elsewhere than here (complement counts). The
first is sharp, the second steady for cues of few examples.
"""

import argparse
import json
import math
import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
import scipy.sparse as sparse

from app.engine.points import MOST_POINTS
from app.engine.understanding import Lexicon, cues_of
from app.flows.diagnostics import Diagnostics
from app.flows.pointing import PROPOSED, parse_points
from app.flows.shared_grammar import PointsFile
from app.flows.sharing import FOLDER, fit_shared
from app.flows.sources import read_lists

SHARED = Path(__file__).parents[1] / "conversation_flows" / FOLDER
LEAST_EXAMPLES = 2
STEPS, STEP = 300, 8.0
THIN, WEIGHT = 5e-6, 2e-5
STEADY, SMOOTH = 0.5, 0.3
SECOND = 0.4
TOP = 10
MOVED = 3
WIDTH = 110
HEAD = (
    "# Proposed by scripts/propose_points.py from the authors' examples. Do not edit: what people decide\n"
    "# stands in points.en.signed.yaml. Points from 12 to 1, a colon, then the cues that are worth them.\n"
)

Cues = dict[str, float]
Example = tuple[list[str], Cues]
Rows = dict[str, dict[str, int]]


def lexicon_in(shared: Path) -> Lexicon:
    """The lexicon of concerns with its classes, and no points yet."""
    texts = {
        f"{FOLDER}/{path.name}": path.read_text(encoding="utf-8") for path in sorted(shared.glob("*.yaml"))
    }
    texts[f"{FOLDER}/{PROPOSED}"] = "points: {}\n"
    texts[f"{FOLDER}/points.en.signed.yaml"] = "strike: []\n"
    found = Diagnostics()
    lists = read_lists(texts, found)
    if "concerns" not in lists:
        sys.exit("\n".join(map(str, found)))
    return lists["concerns"].lexicon


def examples_in(shared: Path, lexicon: Lexicon) -> dict[str, list[Example]]:
    """The examples by hand, each as its concern and its cues with their factors."""
    hands: dict[str, list[Example]] = {}
    for path in sorted((shared / "examples").glob("concerns*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        hands[path.stem] = [
            (row["labels"], {name: cue.factor / 10 for name, cue in cues_of(lexicon, row["text"]).items()})
            for row in rows
        ]
    return hands


def propose(examples: list[Example], names: tuple[str, ...]) -> Rows:
    """Whole points by cue and concept, cues in order."""
    count: dict[str, int] = {}
    for _, cues in examples:
        for cue in cues:
            count[cue] = count.get(cue, 0) + 1
    known = sorted(cue for cue, n in count.items() if n >= LEAST_EXAMPLES)
    rarity = np.array([math.log((1 + len(examples)) / (1 + count[cue])) + 1 for cue in known])
    told = _matrix(examples, known, rarity)
    first = np.array([[float(labels[0] == name) for name in names] for labels, _ in examples])
    also = np.array([[float(name in labels[1:]) for name in names] for labels, _ in examples])
    sharp, steady = _sharp(told, first + SECOND * also), _steady(told, first)
    worth = sharp / (told @ sharp).std() + STEADY * np.maximum(steady, 0) / (told @ steady).std()
    worth *= rarity[:, None]
    points = np.minimum(np.rint(worth * TOP / np.percentile(worth[worth > 0], 99)), MOST_POINTS).astype(int)
    rows: Rows = {}
    for cue, row in zip(known, points.tolist(), strict=True):
        if any(row):
            rows[cue] = {name: worth for name, worth in zip(names, row, strict=True) if worth}
    return rows


def _matrix(examples: list[Example], known: list[str], rarity: np.ndarray) -> sparse.csr_matrix:
    """An example a row, each scaled to length 1."""
    place = {cue: number for number, cue in enumerate(known)}
    ends, places, values = [0], [], []
    for _, cues in examples:
        found = sorted((place[cue], factor) for cue, factor in cues.items() if cue in place)
        row = np.array([factor * rarity[at] for at, factor in found])
        values.append(row / (np.sqrt(row @ row) or 1.0))
        places += [at for at, _ in found]
        ends.append(len(places))
    return sparse.csr_matrix((np.concatenate(values), places, ends), shape=(len(examples), len(known)))


def _sharp(told: sparse.csr_matrix, wanted: np.ndarray) -> np.ndarray:
    """One logistic regression a concern, weights at zero or above, with accelerated steps."""
    weights = ahead = np.zeros((told.shape[1], wanted.shape[1]))
    bias = bias_ahead = np.zeros(wanted.shape[1])
    across, pace = told.T.tocsr(), 1.0
    for _ in range(STEPS):
        wrong = (1 / (1 + np.exp(-(told @ ahead + bias_ahead))) - wanted) / len(wanted)
        new = np.maximum(ahead - STEP * (across @ wrong + WEIGHT * ahead) - STEP * THIN, 0)
        new_bias = bias_ahead - STEP * wrong.sum(0)
        quicker = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        ahead = new + (pace - 1) / quicker * (new - weights)
        bias_ahead = new_bias + (pace - 1) / quicker * (new_bias - bias)
        weights, bias, pace = new, new_bias, quicker
    return weights


def _steady(told: sparse.csr_matrix, wanted: np.ndarray) -> np.ndarray:
    """How rare each cue is in all other concerns, against the mean."""
    here = (told.T @ wanted).T
    elsewhere = here.sum(0)[None] - here + SMOOTH
    rare = -np.log(elsewhere / elsewhere.sum(1, keepdims=True))
    return (rare - rare.mean(0, keepdims=True)).T


def written(rows: Rows, names: tuple[str, ...]) -> str:
    """The file of points: below each concern its cues, the greatest first, as many in a line as fit."""
    lines = [HEAD + "points:"]
    for name in names:
        lines.append(f"  {name}: |-")
        for worth in range(MOST_POINTS, 0, -1):
            cues = [cue for cue, row in rows.items() if row.get(name) == worth]
            lines += _lines(worth, cues)
    return "\n".join(lines) + "\n"


def _lines(worth: int, cues: list[str]) -> list[str]:
    lines: list[str] = []
    for cue in cues:
        if lines and len(lines[-1]) + len(cue) < WIDTH:
            lines[-1] += f", {cue}"
        else:
            lines.append(f"    {worth}: {cue}")
    return lines


def read_points(target: Path, names: tuple[str, ...]) -> Rows:
    """The points that are there now; none where there is no file."""
    texts = {f"{FOLDER}/{PROPOSED}": target.read_text(encoding="utf-8")} if target.exists() else {}
    file = fit_shared(PointsFile, PROPOSED, texts, Diagnostics())
    return parse_points(file, names, Diagnostics())[0] if file else {}


def changes(before: Rows, after: Rows) -> list[str]:
    """Every cue that came, went or moved by three or more."""
    said = []
    for cue in sorted({*before, *after}):
        old, new = before.get(cue), after.get(cue)
        if old is None or new is None:
            said.append(f"{'came' if old is None else 'went'}  {cue}: {new or old}")
            continue
        moved = {n: (old.get(n, 0), new.get(n, 0)) for n in sorted({*old, *new})}
        far = [f"{n} {a} -> {b}" for n, (a, b) in moved.items() if abs(a - b) >= MOVED]
        said += [f"moved {cue}: {', '.join(far)}"] if far else []
    return said


def cross(hands: dict[str, list[Example]], names: tuple[str, ...]) -> None:
    """Leaves out each hand in turn and prints how often the others' points name its concern."""
    for left_out, tested in hands.items():
        rows = propose([each for hand, own in hands.items() if hand != left_out for each in own], names)
        places = []
        for labels, cues in tested:
            totals = [0.0] * len(names)
            for cue, factor in cues.items():
                for name, worth in rows.get(cue, {}).items():
                    totals[names.index(name)] += worth * factor
            order = sorted(range(len(names)), key=lambda at: (-totals[at], at))
            places.append([names[at] for at in order].index(labels[0]))
        first, three = (sum(place < n for place in places) / len(places) for n in (1, 3))
        print(f"{left_out}: first {first:.3f}, in three {three:.3f}, of {len(places)}")  # noqa: T201


def main() -> None:
    """Proposes, compares, writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--cross", action="store_true", help="leave out each hand in turn; write nothing")
    parser.add_argument("--dry", action="store_true", help="print the changes; write nothing")
    asked = parser.parse_args()
    lexicon = lexicon_in(asked.shared)
    hands = examples_in(asked.shared, lexicon)
    if asked.cross:
        cross(hands, lexicon.concepts)
        return
    rows = propose([each for own in hands.values() for each in own], lexicon.concepts)
    target = asked.shared / PROPOSED
    before = read_points(target, lexicon.concepts)
    for line in changes(before, rows):
        print(line)  # noqa: T201
    print(f"{len(rows)} cues, {sum(map(len, rows.values()))} points")  # noqa: T201
    if not asked.dry:
        target.write_text(written(rows, lexicon.concepts), encoding="utf-8")


if __name__ == "__main__":
    main()

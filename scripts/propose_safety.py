"""Proposes the points of the safety net's learned half from authors' examples; a person reads and signs them.

    python scripts/propose_safety.py [--without NAME ...] > conversation_flows/_shared/safety.points.en.yaml

Multinomial logistic regression (scikit-learn) over the cues of sensing.py, in a fixed order and without
chance: the same bytes twice. A text of a route counts as a whole, and with the one sentence or pair of
sentences that tells it. Nobody marks which: each round takes the one with the highest points so far.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from app.engine.nets import ROUTES
from app.engine.passages import WordClasses, compile_classes, cues_of, passages_of, windows
from app.engine.sensing import LEAST_RARITY
from app.engine.tokens import read

SHARED = Path(__file__).parents[1] / "conversation_flows" / "_shared"
LABELS = (*ROUTES, "none")
NONE = len(LABELS) - 1
LEAST_TEXTS = 5
ROUNDS, STEPS, LOOSENESS = 3, 200, 10.0
NONE_WEIGHT = 0.5
SCALE, LEAST = 4, 10
Cues = Set[str]
Floats = NDArray[np.float64]


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


class Examples:
    """Texts as bags of cues: each as a whole, and each window of it with the text it belongs to."""

    def __init__(self, texts: Iterable[tuple[str, str]], classes: WordClasses) -> None:
        self.wholes: list[Cues] = []
        self.windows: list[Cues] = []
        labels, owners = [], []
        for text, label in texts:
            parts = passages_of(read(text), classes)
            bags = [cues_of(parts, window) for window in windows(parts)]
            if bags:
                self.wholes.append(bags[-1])
                self.windows += bags[:-1]
                owners += [len(labels)] * (len(bags) - 1)
                labels.append(LABELS.index(label))
        self.labels = np.array(labels)
        self.owners = np.array(owners, int)
        heard = [set(whole) for whole in self.wholes]
        for owner, bag in zip(owners, self.windows, strict=True):
            heard[owner].update(bag)
        self.texts_with = Counter(cue for cues in heard for cue in cues)


def fitted(examples: Examples, cues: list[str]) -> Floats:
    """What each cue is worth for each label, one row for each cue, after all rounds."""
    rarity = rarity_of(examples, cues)
    wholes, parts = (_matrix(bags, cues, rarity) for bags in (examples.wholes, examples.windows))
    labels = examples.labels[examples.owners]
    harmless = labels == NONE
    weights = np.where(harmless, NONE_WEIGHT, 1 / np.bincount(examples.owners)[examples.owners])
    model = LogisticRegression(C=LOOSENESS, max_iter=STEPS)
    for _ in range(ROUNDS):
        counted = weights > 0
        model.fit(
            vstack([wholes, parts[counted]]),
            np.concatenate([examples.labels, labels[counted]]),
            np.concatenate([np.ones(len(examples.labels)), weights[counted]]),
        )
        chances = model.predict_log_proba(parts)
        lead = chances[np.arange(len(labels)), labels] - chances[:, NONE]
        most = np.full(len(examples.labels), -np.inf)
        np.maximum.at(most, examples.owners, lead)
        weights = np.where(harmless, NONE_WEIGHT, np.where(lead >= most[examples.owners], 1.0, 0.0))
    worth: Floats = (model.coef_ * rarity).T
    return worth


def points_of(cues: list[str], worth: Floats) -> dict[str, list[int]]:
    """Whole numbers for each cue: how much more it speaks for a route than for none; without those that
    hardly count."""
    rounded = np.rint(SCALE * (worth[:, :NONE] - worth[:, NONE:])).astype(int)
    return {cue: row.tolist() for cue, row in zip(cues, rounded, strict=True) if abs(row).max() >= LEAST}


def rarity_of(examples: Examples, cues: list[str]) -> Floats:
    """Rare cues tell more: one and the logarithm of one in how many texts has it, in whole numbers."""
    texts = 1 + len(examples.wholes)
    return np.array([round(math.log(texts / (1 + examples.texts_with[cue])) + 1) for cue in cues], float)


def _matrix(bags: list[Cues], cues: list[str], rarity: Floats) -> csr_matrix:
    """One row for each bag: rarity over the root of the squares of rarity."""
    number = {cue: at for at, cue in enumerate(cues)}
    starts, columns, values = [0], [], []
    for bag in bags:
        known = sorted(number[cue] for cue in bag if cue in number)
        worth = rarity[np.array(known, int)]
        columns += known
        values += (worth / math.sqrt(max(worth @ worth, LEAST_RARITY))).tolist()
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(bags), len(cues)))


def proposed(examples: Examples) -> tuple[dict[str, list[int]], dict[str, int]]:
    """Points and rarity of each cue; fitted twice, the second time with the cues that counted at first."""
    cues = sorted(cue for cue, texts in examples.texts_with.items() if texts >= LEAST_TEXTS)
    cues = list(points_of(cues, fitted(examples, cues)))
    table = points_of(cues, fitted(examples, cues))
    return table, dict(zip(cues, map(int, rarity_of(examples, cues)), strict=True))


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--without", nargs="*", default=[])
    wanted = parser.parse_args()
    files = sorted((SHARED / "examples").glob("*.jsonl"))
    texts = texts_of(file for file in files if file.stem not in wanted.without)
    sys.stdout.write("".join(written(*proposed(Examples(texts, classes_of(SHARED))))))


def written(table: dict[str, list[int]], rarity: dict[str, int]) -> Iterator[str]:
    """The file: a line for each cue, in the order of a dictionary."""
    yield "# Proposed by scripts/propose_safety.py from the authors' examples. Do not edit: what people\n"
    yield "# decide stands in safety.points.en.signed.yaml. For each cue its points for crisis_self,\n"
    yield "# crisis_other, danger and misconduct, and how rare it is, from 1 (in every text) to about 10.\n"
    yield "points: |-\n"
    for cue, row in sorted(table.items()):
        yield f"  {cue}: {' '.join(map(str, row))} {rarity[cue]}\n"


if __name__ == "__main__":
    main()

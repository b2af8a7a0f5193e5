"""The script of baselines: both means are heard on the same texts as ours, and the lead is the difference."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "baselines.py"
CONCERNS = {
    "cold": ["a cold voice like a robot", "so cold, a robot with a voice", "the robot voice, cold again"],
    "pace": ["too fast, I was rushed", "rushed and much too fast", "it is too fast and rushed"],
}
SAFETY = {
    "crisis_self": ["I want to kill myself tonight", "tonight I will kill myself", "I may kill myself"],
    "none": ["the bus came late tonight", "I may take the bus", "the rain and the bus"],
}
HARD = "that play made me want to kill myself laughing"


def write(folder: Path, openings: bool) -> None:
    folder.mkdir()
    sets: dict[str, list[dict[str, Any]]] = {
        "concerns": [{"text": text, "labels": [name]} for name, texts in CONCERNS.items() for text in texts],
        "safety": [
            {"text": text, "label": name, "note": ""} for name, texts in SAFETY.items() for text in texts
        ],
    }
    sets["safety"].append({"text": HARD, "label": "none", "note": "idiom: laughing"})
    if openings:
        sets["openings"] = [{"text": "a cold robot", "labels": ["cold"], "safety": "none", "note": ""}]
    for name, rows in sets.items():
        numbered = [{"id": f"{name}{n}", **row} for n, row in enumerate(rows)]
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, numbered)), encoding="utf-8")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[float]]:
    """Each row of the table: words, trained, ours, the lead over each, how many texts."""
    here = tmp_path_factory.mktemp("sets")
    write(here / "train", openings=True)
    write(here / "test", openings=False)
    command = [sys.executable, str(SCRIPT), str(here / "train"), str(here / "test")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [re.split(r"\s{2,}", line) for line in told.replace("of ", " ").splitlines()[1:]]
    return {row[0]: [float(cell) for cell in row[1:]] for row in rows}


def test_words_and_training_hear_what_they_were_told(table: dict[str, list[float]]) -> None:
    assert table["concerns: primary first"][:2] == [1.0, 1.0]
    assert table["crisis_self caught"][:2] == [1.0, 1.0]


def test_words_stop_a_saying_and_ours_leads_by_the_difference(table: dict[str, list[float]]) -> None:
    words, _, ours, lead, *_ = table["hard negatives stopped"]
    assert words == 1.0
    assert lead == pytest.approx(100 * (words - ours))


def test_rows_without_texts_are_left_out(table: dict[str, list[float]]) -> None:
    assert not [name for name in table if name.startswith(("openings", "danger"))]
    assert table["concern texts stopped"][-1] == 6

"""The script that proposes points: the same examples give the same bytes, and every change is told."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.lexicon_files import SHARED

SCRIPT = Path(__file__).parents[2] / "scripts" / "propose_points.py"
SAYINGS = {
    "cold": ["she reads from a leaflet", "the leaflet again", "he is a fridge", "a fridge with a leaflet"],
    "unheard": ["she forgot my name", "my name was wrong", "he watched the clock", "the clock and my name"],
}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    for path in SHARED.glob("*.yaml"):
        if path.name != "points.en.yaml":
            shutil.copy(path, tmp_path)
    (tmp_path / "examples").mkdir()
    write(tmp_path, SAYINGS)
    return tmp_path


def write(shared: Path, sayings: dict[str, list[str]]) -> None:
    rows = [{"text": text, "labels": [name]} for name, texts in sayings.items() for text in texts]
    (shared / "examples" / "concerns.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def propose(shared: Path, *options: str) -> str:
    command = [sys.executable, str(SCRIPT), "--shared", str(shared), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_same_examples_give_the_same_bytes(shared: Path) -> None:
    propose(shared)
    once = (shared / "points.en.yaml").read_bytes()
    told = propose(shared)
    assert (shared / "points.en.yaml").read_bytes() == once
    assert b"leaflet" in once
    assert len(told.splitlines()) == 1


def test_what_came_and_went_is_told(shared: Path) -> None:
    assert "came  leaflet" in propose(shared)
    write(shared, {**SAYINGS, "cold": [text.replace("leaflet", "script") for text in SAYINGS["cold"]]})
    told = propose(shared, "--dry")
    assert "went  leaflet" in told
    assert "came  script" in told
    assert b"leaflet" in (shared / "points.en.yaml").read_bytes()


def test_what_people_signed_is_never_written(shared: Path) -> None:
    before = (shared / "points.en.signed.yaml").read_bytes()
    propose(shared)
    assert (shared / "points.en.signed.yaml").read_bytes() == before

"""Conformance: tiny flows, each with transcripts, each named for the one thing it shows.

A control, B asking, C options, E interruptions, F back and edit, I note.
"""

from pathlib import Path

import pytest

from app.flows.testing import run
from app.flows.transcripts import parse
from tests.flows.world import CASES, case

FILES = sorted(CASES.glob("*/tests/*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_a_case_goes_as_its_transcript_says(file: Path) -> None:
    transcript = parse(file.name, file.read_text("utf-8"))

    assert run(case(file.parts[-3]), transcript) == []


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_every_case_has_a_group_and_a_transcript(folder: Path) -> None:
    assert folder.name[:2] in ("A_", "B_", "C_", "E_", "F_", "I_")
    assert list((folder / "tests").glob("*.txt"))

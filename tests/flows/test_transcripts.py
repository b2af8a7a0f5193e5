"""The shipped flows go as the transcripts beside them say; each file is a test."""

from pathlib import Path

import pytest

from app.flows.testing import run
from app.flows.transcripts import parse
from tests.flows.world import FLOWS, shipped, shipped_flows

FILES = sorted(FLOWS.glob("*/tests/*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_a_shipped_flow_goes_as_its_transcript_says(file: Path) -> None:
    flow = shipped().flow(file.parts[-3])
    assert flow is not None
    transcript = parse(file.relative_to(FLOWS).as_posix(), file.read_text("utf-8"))

    assert transcript.shows, "the first line says what it shows"
    assert list(map(str, run(flow, transcript))) == []


def test_every_flow_on_offer_has_a_transcript() -> None:
    assert {flow.id for flow in shipped_flows()} == {file.parts[-3] for file in FILES}

"""A flow that takes what an earlier conversation brings can be begun; one without a note is called."""

from collections.abc import Mapping

from app.flows.library import Library


def test_a_flow_with_a_note_that_takes_something_is_on_offer(whole: Mapping[str, str]) -> None:
    steps = whole["tiny/flow.yaml"].replace("steps:\n", "takes: [opening, pronoun]\nsteps:\n", 1)
    library = Library({**whole, "tiny/flow.yaml": steps})

    assert list(library.diagnostics) == []
    assert [(flow.id, flow.takes) for flow in library.flows()] == [("tiny", ("opening", "pronoun"))]


def test_a_flow_that_takes_something_and_has_no_note_is_called_alone(whole: Mapping[str, str]) -> None:
    library = Library(whole)

    assert "takes:" in whole["naming/flow.yaml"]
    assert library.flow("naming") is None

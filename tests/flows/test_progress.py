"""How far along a conversation is told to be: it never goes back by itself, and never past its end."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import advance, begin
from tests.flows.walking import all_flows, answer_from

MOST = 60  # answers until a walk is given up
SAID = ("it feels flat", "i want it to end", "she kissed me", "")


def said(chance: Random) -> str:
    """Words that are no wish to go back."""
    return chance.choice(SAID)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.randoms(use_true_random=False), st.integers(0, 10_000), st.booleans())
def test_the_way_told_never_goes_back_by_itself(chance: Random, number: int, shipped: bool) -> None:
    flows = all_flows()
    flow = flows[number % 6] if shipped else flows[number % len(flows)]
    moved, told = begin(flow), 1
    for _ in range(MOST):
        progress = moved.turn.progress
        assert told <= progress.step <= progress.of
        told = progress.step
        if moved.turn.question is None:
            break
        moved = advance(flow, moved.state, answer_from(chance, flow, moved.turn.question, said))

"""What holds whatever is edited in a note, in any order, in every flow."""

import json
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import compose, current, edit_note, from_text, replay, to_text
from app.engine.state import UNSENT
from tests.flows.walking import all_flows, assert_whole, edited_from, every_note, place_from

CHANCES = st.randoms(use_true_random=False)
LONG = settings.get_current_profile_name() == "long"
quickly = settings(max_examples=600 if LONG else 40, deadline=None, derandomize=True, database=None)
FLOWS = [flow for flow in all_flows() if flow.note]


@quickly
@given(CHANCES, st.integers(0, 10_000), st.integers(1, 12))
def test_any_edits_leave_every_word_with_its_owner(chance: Random, number: int, edits: int) -> None:
    flow = FLOWS[number % len(FLOWS)]
    state = place_from(chance, flow, most=12).state
    for _ in range(edits):
        moved = edited_from(chance, flow, state)
        state = from_text(to_text(moved.state))
        assert moved.turn == current(flow, state)

    for note in every_note(flow, state):
        assert_whole(note, flow)


@quickly
@given(CHANCES, st.integers(0, 10_000), st.integers(1, 12))
def test_everything_back_is_the_note_as_composed_byte_for_byte(
    chance: Random, number: int, edits: int
) -> None:
    flow = FLOWS[number % len(FLOWS)]
    bare = edit_note(flow, place_from(chance, flow, most=12).state, afresh=True).state
    before = [json.dumps(note.as_json()) for note in every_note(flow, bare)]
    path = replay(flow, bare).counted
    state = bare
    for _ in range(edits):
        after = edited_from(chance, flow, state).state
        same = after.entries.get(UNSENT) == bare.entries.get(UNSENT)
        state = after if same and replay(flow, after).counted == path else state

    back = edit_note(flow, state, afresh=True).state
    assert [json.dumps(note.as_json()) for note in every_note(flow, back)] == before
    assert compose(flow, back) == compose(flow, bare)

"""A conversation that goes out as a file comes back as it was, in every flow, wherever it stands."""

import json
from dataclasses import replace
from random import Random

import pytest

from app.engine import (
    Answer,
    Flow,
    State,
    advance,
    begin,
    begin_after,
    carried_in,
    carried_out,
    current,
    go_back,
    hear,
)
from app.flows.testing import with_words
from app.web.bodies import ConversationIn, clean
from tests.flows.walking import (
    DANGERS,
    all_flows,
    assert_whole,
    every_note,
    move_from,
    place_from,
    text_from,
    waits,
    walk,
)
from tests.flows.world import shipped_flows

WALKS = [(flow, seed) for flow in all_flows() if flow.note for seed in range(3)]


def named(id: str) -> Flow:
    """A shipped flow."""
    return next(flow for flow in shipped_flows() if flow.id == id)


def through_a_file(flow: Flow, state: State) -> State:
    """The state after it was written to a file and read from it as from a stranger's."""
    text = json.dumps(carried_out(state), ensure_ascii=False)
    claimed = ConversationIn.model_validate(json.loads(text)).claimed()
    carried = carried_in(flow, claimed)
    assert (carried.changed, carried.left_out) == (False, 0)
    return carried.state


def without_rules(state: State) -> State:
    """The state but for what a file leaves out: the version, and by which rule lost words were heard."""
    entries = {
        key: replace(e, findings=tuple(replace(f, rule="") for f in e.findings))
        for key, e in state.entries.items()
    }
    return replace(state, version=1, entries=entries)


def no_halves(chance: Random) -> str:
    """Something that somebody may type and a file can hold."""
    text = clean(text_from(chance))
    return "half" if "\ud83d" in text else text


@pytest.mark.parametrize(("flow", "seed"), WALKS, ids=lambda each: getattr(each, "id", str(each)))
def test_every_place_of_a_walk_comes_back_with_its_notes(flow: Flow, seed: int) -> None:
    for n, moved in enumerate(walk(Random(f"{flow.id}{seed}"), flow, 14, no_halves)):  # noqa: S311
        back = through_a_file(flow, moved.state)
        assert without_rules(back) == without_rules(moved.state)
        assert waits(current(flow, back)) == waits(moved.turn if n == 0 else current(flow, moved.state))
        if n % 5 == 4:
            assert every_note(flow, back) == every_note(flow, moved.state)


@pytest.mark.parametrize("seed", range(12))
def test_a_conversation_that_brought_words_along_comes_back_too(seed: int) -> None:
    chance = Random(seed)  # noqa: S311  a walk is no secret
    after = named("after")
    for before in shipped_flows():
        earlier = place_from(chance, before, 20).state
        moved = begin_after(after, before, earlier)
        for _ in range(8):
            assert without_rules(through_a_file(after, moved.state)) == without_rules(moved.state)
            for note in every_note(after, moved.state):
                assert_whole(note, after)
            if moved.turn.question is None:
                break
            moved = move_from(chance, after, moved, no_halves) or moved


def test_what_is_private_and_what_was_not_said_is_not_brought_along() -> None:
    after = named("after")
    connection = named("connection")
    moved = begin_after(
        replace(after, takes=("fear",), variables=connection.variables), connection, told("fear")
    )
    assert moved.state.entries == {}
    assert begin_after(after, connection, State(connection.revision)).state.entries == {}


def told(name: str) -> State:
    connection = named("connection")
    moved = begin(connection)
    while moved.turn.question is not None:
        asked = moved.turn.question
        words = hear(connection.shared.net, "she may laugh") if asked.saves == name else None
        moved = advance(connection, moved.state, Answer(asked.id, text=words, skipped=words is None))
    return moved.state


@pytest.mark.parametrize(("danger", "words"), DANGERS.items())
def test_danger_that_is_brought_along_opens_its_page_first_and_only_once(danger: str, words: str) -> None:
    after = named("after")
    moved = with_words(after, begin(after), {"ask": words})
    asked = moved.turn.question
    assert asked is not None
    assert (asked.id, moved.turn.messages[0].id) == (f"safety/{danger}", f"safety/{danger}.1")
    stays = next(o.value for o in asked.options if o.value in ("now", "carry_on"))
    moved = advance(after, moved.state, Answer(asked.id, (stays,)))
    assert moved.turn.question is not None
    assert moved.turn.question.id == "reached"
    assert words not in "".join(message.text for message in moved.turn.messages)
    there = begin_after(after, after, moved.state)
    assert there.turn.question is not None
    assert there.turn.question.id == "reached"


def test_back_at_the_page_takes_the_words_out_again() -> None:
    after = named("after")
    moved = with_words(after, begin(after), {"ask": "I want to kill myself"})
    assert moved.turn.can_go_back
    back = go_back(after, moved.state)
    assert back.turn.question is not None
    assert back.turn.question.id == "reached"
    assert not any("kill" in message.text for message in back.turn.messages)

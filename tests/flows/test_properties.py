"""What holds for every flow, whatever is typed: over the shipped flows and those of the cases."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.engine import (
    Answer,
    ConversationOver,
    EngineError,
    Flow,
    Moved,
    NotAnOption,
    NothingToGoBackTo,
    NotTheQuestion,
    UnknownAnswer,
    advance,
    answers_given,
    begin,
    change,
    compose,
    current,
    earlier_question,
    from_text,
    go_back,
    hear,
    replay,
    thread,
    to_text,
)
from app.engine.checks import GRANTED
from tests.flows.walking import (
    ODD,
    all_flows,
    answer_from,
    answer_of,
    assert_whole,
    every_note,
    place_from,
    places,
    text_from,
    waits,
    walk,
)

CHANCES = st.randoms(use_true_random=False)
FLOWS = st.integers(0, 10_000)
ANY_TEXT = st.one_of(st.text(st.characters(), max_size=300), st.sampled_from(ODD))
LONG = settings.get_current_profile_name() == "long"
quickly = settings(max_examples=1000 if LONG else 35, deadline=None, derandomize=True, database=None)


def flow_of(number: int) -> Flow:
    """Every second time a shipped flow."""
    flows = all_flows()
    return flows[number // 2 % 2] if number % 2 else flows[number % len(flows)]


@quickly
@given(CHANCES, FLOWS, ANY_TEXT)
def test_no_text_makes_a_conversation_raise(chance: Random, number: int, text: str) -> None:
    flow = flow_of(number)
    moved = place_from(chance, flow)
    heard = hear(flow.shared.net, text)

    if moved.turn.question:
        after = advance(flow, moved.state, Answer(moved.turn.question.id, text=heard))
        assert (after.state == moved.state) == (after.repeated is not None)
    for key in replay(flow, moved.state).counted[-2:]:
        change(flow, moved.state, Answer(key, text=heard))


ILLEGAL: tuple[tuple[str, Callable[[Flow, Moved], object], type[EngineError]], ...] = (
    ("another question", lambda f, m: advance(f, m.state, Answer("no_such", skipped=True)), NotTheQuestion),
    (
        "an option that is not offered",
        lambda f, m: advance(f, m.state, Answer(m.turn.question.id if m.turn.question else "", ("xx",))),
        NotAnOption,
    ),
    ("a change of what was not answered", lambda f, m: change(f, m.state, Answer("xx")), UnknownAnswer),
    ("a look at what was not answered", lambda f, m: earlier_question(f, m.state, "xx"), UnknownAnswer),
)


@pytest.mark.parametrize(("move", "error"), [row[1:] for row in ILLEGAL], ids=[row[0] for row in ILLEGAL])
@quickly
@given(chance=CHANCES, number=FLOWS)
def test_an_illegal_move_raises_and_changes_nothing(
    move: Callable[[Flow, Moved], object], error: type[EngineError], chance: Random, number: int
) -> None:
    flow = flow_of(number)
    moved = place_from(chance, flow)
    before = to_text(moved.state)

    if error in (NotTheQuestion, NotAnOption) and moved.turn.question is None:
        error = ConversationOver
    with pytest.raises(error):
        move(flow, moved)

    assert to_text(moved.state) == before
    assert current(flow, moved.state) == as_it_stands(moved)


def as_it_stands(moved: Moved) -> object:
    """The turn as it stands, without the line that was said once."""
    turn = moved.turn
    stays = turn.support.route is not None or any(m.id == "only_english" for m in turn.messages)
    shown = turn.support.shown and stays
    kept = tuple(m for m in turn.messages if m.id != "again" or m.speaker == "client")
    return replace(turn, messages=kept, support=replace(turn.support, shown=shown))


@pytest.mark.parametrize("flow", all_flows()[:2], ids=lambda flow: flow.id)
def test_back_at_the_first_question_is_refused(flow: Flow) -> None:
    with pytest.raises(NothingToGoBackTo):
        go_back(flow, begin(flow).state)


@quickly
@given(CHANCES, FLOWS)
def test_a_state_comes_back_from_its_text_and_gives_the_same_turn(chance: Random, number: int) -> None:
    flow = flow_of(number)
    moved = place_from(chance, flow)
    again = from_text(to_text(moved.state))

    assert again == moved.state
    assert list(again.entries) == list(moved.state.entries)
    assert current(flow, again) == as_it_stands(moved)
    assert every_note(flow, again) == every_note(flow, moved.state)


@quickly
@given(CHANCES, FLOWS)
def test_the_same_moves_give_the_same_turns(chance: Random, number: int) -> None:
    flow, seed = flow_of(number), chance.randint(0, 2**32)

    first = [moved.turn for moved in walk(Random(seed), flow, 15)]  # noqa: S311
    second = [moved.turn for moved in walk(Random(seed), flow, 15)]  # noqa: S311

    assert first == second


@quickly
@given(CHANCES, FLOWS)
def test_an_edit_and_its_return_restore_turn_and_note(chance: Random, number: int) -> None:
    flow = flow_of(number)
    moved = place_from(chance, flow)
    counted = replay(flow, moved.state).counted
    assume(counted)
    key = chance.choice(counted)
    old = moved.state.entries[key]
    original = answer_of(flow, moved.state, key)
    found = original.text.findings if original.text else ()
    assume(len(old.findings) == len(found) or not original.text)  # none from words typed at a check
    asked = earlier_question(flow, moved.state, key)
    edited = change(flow, moved.state, answer_from(chance, flow, asked, text_from))
    assume(key in replay(flow, edited.state).counted)  # a page of help may stand there first
    assume(edited.state.entries[key].given != old.given)  # what was said and answers nothing stays heard
    assume(edited.state.meanings == moved.state.meanings)  # a wish to write goes with the words it was for

    restored = change(flow, edited.state, original)

    assert restored.state.entries[key] == old
    assert waits(restored.turn) == waits(current(flow, moved.state))
    assert every_note(flow, restored.state) == every_note(flow, moved.state)


@quickly
@given(CHANCES, FLOWS)
def test_back_undoes_exactly_one_answer(chance: Random, number: int) -> None:
    flow = flow_of(number)
    moved = place_from(chance, flow)
    before = replay(flow, moved.state)
    assume(moved.turn.can_go_back)

    after = go_back(flow, moved.state)

    checked = before.check.entry if before.check else None
    undone = checked or before.counted[-1]
    assert replay(flow, after.state).counted == (before.counted if checked else before.counted[:-1])
    assert after.turn.question is not None
    assert after.turn.question.id == undone
    assert after.state.entries == {
        key: replace(entry, undone=True) if key == undone else entry
        for key, entry in moved.state.entries.items()
    }


@quickly
@given(CHANCES, FLOWS)
def test_back_and_the_same_answer_lead_to_the_same_place(chance: Random, number: int) -> None:
    flow = flow_of(number)
    moved = place_from(chance, flow)
    now = replay(flow, moved.state)
    assume(now.counted and now.check is None and now.ended != "safe_exit")
    assume(GRANTED not in moved.state.meanings)  # who takes back what it was asked for is asked anew
    key = now.counted[-1]
    original = answer_of(flow, moved.state, key)
    found = original.text.findings if original.text else ()
    assume(len(moved.state.entries[key].findings) == len(found) or not original.text)

    again = advance(flow, go_back(flow, moved.state).state, original)

    assert waits(again.turn) == waits(current(flow, moved.state))
    assert every_note(flow, again.state) == every_note(flow, moved.state)


@quickly
@given(CHANCES, FLOWS)
def test_help_skip_and_back_are_there_wherever_a_conversation_waits(chance: Random, number: int) -> None:
    flow = flow_of(number)
    moved = place_from(chance, flow)
    assume(moved.turn.question)
    assert moved.turn.question is not None
    id = moved.turn.question.id

    def typed(text: str) -> Moved:
        return advance(flow, moved.state, Answer(id, text=hear(flow.shared.net, text)))

    assert moved.turn.can_skip
    assert moved.turn.support.contacts
    assert typed("help").turn.support.shown
    for command in ("help", "why", "repeat", "stop", "delete", "pause", "change"):
        assert typed(command).state == moved.state, command
        assert typed(command).turn.question == moved.turn.question, command
    assert typed("skip").state.version == moved.state.version + 1
    assert typed("skip").turn == advance(flow, moved.state, Answer(id, skipped=True)).turn
    if moved.turn.can_go_back:
        assert typed("back").turn == go_back(flow, moved.state).turn
    else:
        assert typed("back").state == moved.state
        with pytest.raises(NothingToGoBackTo):
            go_back(flow, moved.state)


@quickly
@given(CHANCES, FLOWS, ANY_TEXT)
@example(Random(1), 1, "{{7*7}} {moment|quote} {frame.lead}")  # noqa: S311
def test_every_note_is_whole_and_passes_its_proof(chance: Random, number: int, text: str) -> None:
    flow = flow_of(number)
    moved = place_from(chance, flow)
    if moved.turn.question:
        answer = Answer(moved.turn.question.id, text=hear(flow.shared.net, text))
        moved = advance(flow, moved.state, answer)
    for note in every_note(flow, moved.state):
        assert_whole(note, flow)


@quickly
@given(CHANCES, FLOWS)
def test_words_are_shown_as_they_were_typed(chance: Random, number: int) -> None:
    flow = flow_of(number)
    moved = place_from(chance, flow)
    texts = {key: e.given.text for key, e in moved.state.entries.items() if e.given and e.given.text}

    for spoke in thread(flow, moved.state):
        for message in (spoke.answer, *spoke.messages, spoke.prompt):
            for start, end in message.own if message else ():
                assert message is not None
                assert message.text[start:end] in texts.values()
    for note in every_note(flow, moved.state):
        assert dict(note.answers).items() <= texts.items()
    for said in answers_given(flow, moved.state):
        assert said.text is None or said.text == texts[said.question_id]


def test_a_composed_note_is_the_same_twice() -> None:
    flow = all_flows()[0]
    for place in places(0):
        assert compose(flow, place.state) == compose(flow, place.state)

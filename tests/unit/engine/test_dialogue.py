"""How a conversation moves, where a transcript cannot say it."""

import pytest

from app.engine import (
    Answer,
    ConversationOver,
    FlowNeverWaits,
    NotAnOption,
    NotTheQuestion,
    UnknownAnswer,
    advance,
    answers_given,
    change,
    earlier_question,
    go_back,
    replay,
)
from app.engine.flow import Branch, Say, Spoken
from tests.flows.world import Talk, case, made, typed

LISTENING = made(
    """
parts: [opening, feeling]
vars:
  opening: {type: text}
  concerns: {type: many, of: concerns}
  feeling: {type: many, of: feelings}
steps:
  opening:
    ask: What feels off?
    hint: A few words are enough.
    saves: opening
    understand: concerns
    skip: No words yet
  concerns:
    pick: Which is closest?
    saves: concerns
    heard_in: opening
    show: 2
    none: unclear
  feeling:
    pick: How was it?
    saves: feeling
    options: {hurt: Hurt, sad: Sad}
  ask:
    ask: What could help?
    examples: concerns
    hint: Something small.
  done:
    end: note
""",
    """
to: therapist
sections:
  - {id: lead, text: A first line.}
""",
)


def test_a_conversation_begins_at_version_one_and_rises_by_one() -> None:
    talk = Talk(LISTENING)
    versions = [talk.state.version]
    for move in (lambda: talk.type("he talks over me"), lambda: talk.pick("pace"), talk.skip):
        move()
        versions.append(talk.state.version)

    assert versions == [1, 2, 3, 4]


def test_what_answers_nothing_leaves_state_and_version() -> None:
    before = Talk(LISTENING)
    after = Talk(LISTENING).type("")

    assert (after.state, after.moved.repeated) == (before.state, "empty")
    assert after.moved.turn.messages[-1].text == "There is nothing there yet."


def test_what_was_surely_heard_stands_first_and_is_ticked() -> None:
    question = Talk(LISTENING).type("It goes much too fast").moved.turn.question

    assert question is not None
    assert question.prefill is not None
    assert question.prefill.values == ("pace",)
    assert [(o.value, o.more) for o in question.options] == [
        ("pace", False),
        ("unheard", False),
        ("no_connection", True),
        ("leaving", True),
        ("unclear", False),
    ]


def test_where_nothing_was_heard_the_usual_ones_stand_first() -> None:
    question = Talk(LISTENING).skip().moved.turn.question

    assert question is not None
    assert question.prefill is None
    assert [o.value for o in question.options if not o.more] == ["pace", "unheard", "unclear"]


def test_a_question_carries_its_hint_its_skip_and_examples() -> None:
    talk = Talk(LISTENING)
    first = talk.moved.turn.question
    last = talk.skip().pick("unheard").skip().moved.turn.question

    assert first is not None
    assert (first.hint, first.skip) == ("A few words are enough.", "No words yet")
    assert last is not None
    assert last.hint == (
        "Something small. For example: “Could I finish first?” “Could you tell me what you heard?”"
    )


def test_progress_counts_parts_and_never_falls() -> None:
    talk = Talk(LISTENING)
    steps = [talk.moved.turn.progress.step]
    while talk.asks:
        talk.skip()
        steps.append(talk.moved.turn.progress.step)

    assert steps == [1, 1, 2, 2, 2]
    assert talk.moved.turn.progress.of == 2


def test_back_prefills_what_was_taken_back() -> None:
    talk = Talk(LISTENING).type("he talks over me").pick("pace", own="and more")
    question = go_back(LISTENING, talk.state).turn.question

    assert question is not None
    assert question.prefill is not None
    assert (question.prefill.values, question.prefill.text) == (("pace", "own_words"), "and more")


def test_an_earlier_question_comes_with_its_answer() -> None:
    talk = Talk(LISTENING).type("he talks over me").pick("pace")
    asked = earlier_question(LISTENING, talk.state, "opening")

    assert asked.prefill is not None
    assert (asked.id, asked.prefill.text) == ("opening", "he talks over me")


def test_an_edit_names_the_answers_that_no_longer_count() -> None:
    flow = case("F_an_edit_parks_what_is_off_the_path")
    talk = Talk(flow).type("sun").pick("left").type("a cave").type("home")

    moved = change(flow, talk.state, Answer("way", ("right",)))

    assert moved.no_longer_counts == ("deep",)
    assert [(s.question_id, s.counts) for s in answers_given(flow, moved.state)][-1] == ("deep", False)


ILLEGAL = {
    "a value that is not offered": (Answer("feeling", ("furious",)), NotAnOption),
    "own_words without words": (Answer("feeling", ("own_words",)), NotAnOption),
    "another question": (Answer("concerns", skipped=True), NotTheQuestion),
    "no question": (Answer("", skipped=True), NotTheQuestion),
}


@pytest.mark.parametrize(("answer", "error"), ILLEGAL.values(), ids=ILLEGAL.keys())
def test_an_answer_against_the_rules_is_refused(answer: Answer, error: type[Exception]) -> None:
    talk = Talk(LISTENING).skip().skip()

    with pytest.raises(error):
        advance(LISTENING, talk.state, answer)


def test_a_value_where_words_are_asked_is_refused() -> None:
    with pytest.raises(NotAnOption):
        Talk(LISTENING).pick("pace")


def test_two_values_where_one_is_asked_are_refused() -> None:
    flow = case("A_the_first_true_condition_wins")

    with pytest.raises(NotAnOption):
        Talk(flow).pick("left", "right")
    with pytest.raises(NotAnOption):
        Talk(flow).pick("left", own="and right")


def test_an_answer_after_the_end_is_refused() -> None:
    talk = Talk(LISTENING).skip().skip().skip().skip()

    assert talk.moved.turn.finished
    with pytest.raises(ConversationOver):
        talk.skip()


def test_an_answer_off_the_path_cannot_be_changed() -> None:
    flow = case("F_an_edit_parks_what_is_off_the_path")
    talk = Talk(flow).type("sun").pick("left").type("a cave")
    moved = change(flow, talk.state, Answer("way", ("right",)))

    with pytest.raises(UnknownAnswer):
        change(flow, moved.state, typed(flow, "deep", "a hole"))


def test_a_flow_that_only_talks_never_waits() -> None:
    flow = case("A_the_first_step_is_the_start")
    round_and_round = Say("first", Spoken(()), (Branch(None, "first"),))
    endless = type(flow)(
        **{
            **{name: getattr(flow, name) for name in flow.__slots__},
            "steps": {"first": round_and_round},
        }
    )

    with pytest.raises(FlowNeverWaits):
        replay(endless, Talk(flow).state)


def test_help_shows_the_way_without_a_route() -> None:
    turn = Talk(LISTENING).type("help").moved.turn

    assert (turn.support.shown, turn.support.route) == (True, None)
    assert turn.support.contacts


def test_a_check_shows_the_words_it_asks_about() -> None:
    turn = Talk(LISTENING).type("I can't do this anymore").moved.turn

    assert [m.text for m in turn.messages if m.speaker == "client"] == ["I can't do this anymore"]
    assert (turn.support.shown, turn.support.route) == (False, None)


def test_a_page_repeats_no_words_and_knows_the_country() -> None:
    turn = Talk(LISTENING, country="GB").type("I want to kill myself").moved.turn

    assert [m.speaker for m in turn.messages] == ["bot", "bot"]
    assert turn.messages[1].text == "You can call 999."
    assert turn.support.emergency == "999"
    assert [c.name for c in turn.support.contacts][:1] == ["A line"]


def test_who_answers_a_page_by_words_is_asked_again() -> None:
    talk = Talk(LISTENING).type("I want to kill myself").type("thank you")

    assert talk.moved.repeated == "no_match"
    assert talk.asks == "safety/crisis_self"

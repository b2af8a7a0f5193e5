"""A text that is not English: what the client is told beside the next question, and when."""

import pytest

from app.engine import Flow, change, compose, go_back, thread
from tests.flows.world import Talk, made, shipped, typed

SPANISH = "No siento que mi terapeuta me escuche de verdad"
HEBREW = "אני לא מרגישה שהמטפלת שלי באמת מקשיבה"
SWEDISH = "Jag känner inte att min terapeut lyssnar på mig och det är svårt"
DANGER = "Mi terapeuta no me escucha y quiero morir"
FLOW = """vars: {first: {type: text}, second: {type: text}, third: {type: text}}
steps:
  first: {ask: What is first?, saves: first}
  heard: {say: Thanks.}
  second: {ask: What is second?, saves: second}
  third: {ask: What is third?, saves: third}
  done: {end: note}
"""
NOTE = 'to: therapist\nsections:\n  - {id: first, when: first is answered, text: "First: {first|quote}"}\n'


@pytest.fixture(name="talk")
def _talk() -> Talk:
    return Talk(made(FLOW, NOTE))


def shipped_flow() -> Flow:
    """The flow of the front page."""
    flow = shipped().flow("connection")
    assert flow is not None
    return flow


def told(talk: Talk) -> list[str]:
    """The ids of what is said in the turn."""
    return [m.id for m in talk.moved.turn.messages if m.speaker == "bot"]


def test_the_first_such_text_is_answered_in_english_and_in_its_language(talk: Talk) -> None:
    talk.type(SPANISH)
    assert told(talk) == ["only_english", "only_english.es", "heard"]
    assert [m.language for m in talk.moved.turn.messages if m.speaker == "bot"] == [None, "es", None]
    assert talk.asks == "second"


def test_a_language_without_a_line_is_answered_in_english_alone(talk: Talk) -> None:
    assert told(talk.type(SWEDISH)) == ["only_english", "heard"]


def test_it_is_said_once_in_a_conversation(talk: Talk) -> None:
    talk.type(SPANISH)
    assert told(talk.type(HEBREW)) == []
    assert not talk.moved.turn.support.shown


def test_english_and_a_skip_are_answered_by_nothing_more(talk: Talk) -> None:
    assert told(talk.type("I don't feel heard by her at all")) == ["heard"]
    assert told(talk.skip()) == []


def test_the_words_are_kept_as_they_were_typed(talk: Talk) -> None:
    talk.type(HEBREW).skip().skip()
    assert HEBREW in compose(talk.flow, talk.state).text()


def test_people_to_turn_to_are_shown_with_it_for_the_country_that_was_chosen() -> None:
    here = Talk(shipped_flow(), country="GB").type(SPANISH).moved.turn.support
    anywhere = Talk(shipped_flow()).type(SPANISH).moved.turn.support
    assert here.shown
    assert here.route is None
    assert here.emergency == "999"
    assert len(here.contacts) > len(anywhere.contacts) == 1


def test_it_stands_in_the_thread_where_it_was_said(talk: Talk) -> None:
    talk.type(SPANISH).type("In English now")
    spoke = thread(talk.flow, talk.state)
    assert [[m.id for m in each.messages] for each in spoke] == [
        [],
        ["only_english", "only_english.es", "heard"],
    ]


def test_back_and_the_same_words_again_say_it_again_and_once(talk: Talk) -> None:
    talk.type(SPANISH)
    talk.moved = go_back(talk.flow, talk.state)
    assert told(talk) == []
    assert told(talk.type(SPANISH)) == ["only_english", "only_english.es", "heard"]
    assert told(talk.type(SPANISH)) == []


def test_an_edit_into_english_leaves_it_to_the_next_such_text(talk: Talk) -> None:
    talk.type(SPANISH).type(HEBREW)
    talk.moved = change(talk.flow, talk.state, typed(talk.flow, "first", "I do not feel heard by her"))
    assert told(talk) == ["only_english", "only_english.he"]
    assert [m.id for m in thread(talk.flow, talk.state)[1].messages] == ["heard"]


def test_an_edit_of_an_earlier_answer_moves_it_there(talk: Talk) -> None:
    talk.type("I do not feel heard").type(HEBREW)
    talk.moved = change(talk.flow, talk.state, typed(talk.flow, "first", SPANISH))
    assert told(talk) == []
    assert "only_english" in [m.id for m in thread(talk.flow, talk.state)[1].messages]


def test_a_page_of_help_comes_before_it() -> None:
    talk = Talk(shipped_flow()).type(DANGER)
    assert talk.asks == "safety/crisis_self"
    assert "only_english" not in told(talk)

    talk.pick("now")
    assert told(talk)[:2] == ["only_english", "only_english.es"]
    assert "after_help" in told(talk)


def test_an_option_says_nothing_of_a_language() -> None:
    shown = Talk(shipped_flow()).type("I don't feel a connection")
    assert "only_english" not in told(shown.pick("no_connection"))

"""The line with which a client would begin: said as it is, and instead of what the note would put there."""

from dataclasses import replace

import pytest

from app.engine import Length, Note, compose
from tests.unit.engine.test_composition import connection, said, told

MOMENT = "On Monday she hummed through the whole of my list."


def note_of(first_line: str, length: Length = "opener", **answers: str | tuple[str, ...]) -> Note:
    answers = {"moment": MOMENT, "feeling": ("annoyed",), "ask": "stop humming"} | answers
    return compose(connection(), told(first_line=first_line, **answers).state, length)


def test_the_opener_is_the_line_and_what_is_asked_for() -> None:
    text = note_of("i lose my place when you hum").text()

    assert text.strip() == "I lose my place when you hum. It would help if you could stop humming."


@pytest.mark.parametrize(
    "line",
    [
        "could you stop humming?",
        "can u not hum",
        "CAN I READ IN PEACE",
        "I need you to be quiet when I am reading out",
    ],
)
def test_what_is_asked_for_is_not_asked_twice_where_the_line_asks_already(line: str) -> None:
    assert "It would help" not in note_of(line).text()
    assert "It would help" not in note_of(line, "message").text()
    assert any("It would help" in s.text for s in note_of(line).sentences if s.state == "offered")


@pytest.mark.parametrize(
    "line",
    [
        "can i say something about the hum?",
        "I need you to know it hums",
        "please dont be cross",
        "please don't mind me but it hums",
        "I feel like you rush me",
        "It feels like we go in circles",
        "I want to tell you that I feel judged",
        "I'd like to talk about us",
        "I would never say this out loud",
        "Do you remember last week?",
    ],
)
def test_leave_to_speak_is_not_what_is_asked_for(line: str) -> None:
    assert "It would help if you could stop humming." in note_of(line).text()


@pytest.mark.parametrize(
    ("line", "greets"),
    [
        ("Ann, you hum", False),
        ("right Ann you hum", False),
        ("hello, you hum", False),
        ("Good morning ma, you hum", False),
        ("you hum a lot", True),
        ("Sometimes, you hum", True),
        ("When you hum, I stop", True),
    ],
)
def test_nobody_is_greeted_twice(line: str, greets: bool) -> None:
    assert ("Hello Ann," in note_of(line, "message", therapist_called="Ann").text()) is greets


def test_a_long_message_keeps_it_to_the_last() -> None:
    line = "I lose my place when you hum and I do not know how to tell you so I wrote it down here."
    long = {"moment": MOMENT + " You hummed and you looked at the lamp." * 6, "wish": "a room " * 20}

    assert note_of(line, "message", **long).text().startswith("I lose my place")


def test_a_message_begins_with_the_line_and_tells_the_time_behind_it() -> None:
    text = note_of("i lose my place when you hum", "message", concerns=("unheard",)).text()

    assert text.strip().startswith("I lose my place when you hum.")
    assert "On Monday you hummed through the whole of my list." in text
    assert said(note_of("i lose my place", "message", concerns=("unheard",)), "concerns") == ""


def test_a_line_that_could_only_be_quoted_is_not_said_aloud() -> None:
    text = note_of("my gran hums and she does too").text()

    assert "gran" not in text
    assert "On Monday you hummed" in text
    assert "“my gran hums and she does too”" in note_of("my gran hums and she does too", "message").text()


def test_what_only_says_that_it_is_what_they_would_say_goes() -> None:
    assert note_of("I'd just say i lose my place when you hum").text().startswith("I lose my place when")


def test_a_long_line_is_told_from_its_beginning() -> None:
    line = "I lose my place. " + "The list is long and I read it slowly. " * 8 + "You hum."

    assert note_of(line).text().startswith("I lose my place. The list is long")
    assert "You hum." not in note_of(line).text()


def test_names_and_others_in_it_stay_as_they_are_said() -> None:
    line = "Ann, when I talk about my gran I want you to hear her side too"

    assert note_of(line, therapist_called="Ann").text().strip() == f"{line}."


def test_a_line_about_the_therapist_is_turned_to_them() -> None:
    assert note_of("she should know that it is loud").text().startswith("You should know that it is loud.")


def test_the_same_words_wished_for_later_are_said_in_the_line() -> None:
    note = note_of("please hum less", "letter", wish="please hum less")

    assert note.text().startswith("Please hum less.")
    assert note.text().count("lease hum less") == 1


def test_a_run_on_is_not_divided() -> None:
    line = "My ears are good and I heard it all and it would help if you talked to me and not to the nurse"

    assert note_of(line).text().strip() == f"{line}."


def test_words_of_danger_in_it_stay_out() -> None:
    text = note_of("i lose my place. i want to kill myself").text()

    assert "I lose my place." in text
    assert "kill" not in text


@pytest.mark.parametrize("length", ["opener", "message"])
def test_it_stays_where_the_client_takes_our_changes_back(length: Length) -> None:
    state = told(first_line="you hum and i lose my place", moment=MOMENT).state
    name = "first_line" if length == "opener" else "first_line_written"
    note = compose(connection(), replace(state, as_typed=(name,)), length)

    assert "you hum and i lose my place" in note.text()


def test_one_long_sentence_is_said_before_anything_else() -> None:
    line = "You hum " + "and hum " * 26 + "and I lose my place."

    assert note_of(line).text().startswith("You hum and hum")


def test_what_is_to_be_known_first_is_asked_behind_it() -> None:
    text = note_of("You hum.", "message", concerns=("mistrust",), ask_first=("written",)).text()

    assert text.startswith("You hum. Before I say more, can you tell me what you write down")

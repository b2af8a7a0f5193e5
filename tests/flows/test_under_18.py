"""Somebody who says that they are under 18 is offered a line for children first."""

import pytest

from app.engine import Answer, advance, begin, hear
from app.engine.safety import tells_under_18
from tests.flows.world import shipped_flows

CONNECTION = next(flow for flow in shipped_flows() if flow.id == "connection")
TELLS = [
    "im 15 and my mum reads everything",
    "I’m fifteen.",
    "i am only 14",
    "I'm 13 years old and nobody asks me anything",
    "as a 16 year old nobody believes me",
    "my school counsellor told my head of year",
    "i turned 17 alone",
    "I'm in Year 9",
    "im in 10th grade",
]
TELLS_NOT = [
    "I was 15 minutes late and she shut the door",
    "my daughter is 15",
    "I'm 15 weeks pregnant",
    "when I was fifteen",
    "I am a school counsellor myself",
    "I'm 51",
]


@pytest.mark.parametrize("text", TELLS)
def test_a_child_is_heard_as_one(text: str) -> None:
    assert tells_under_18(CONNECTION.shared.net, text)


@pytest.mark.parametrize("text", TELLS_NOT)
def test_others_are_not_taken_for_a_child(text: str) -> None:
    assert not tells_under_18(CONNECTION.shared.net, text)


@pytest.mark.parametrize("words", ["I want to die", "my dad hits me", "he touched my breasts"])
@pytest.mark.parametrize(
    ("country", "line"), [("GB", "Childline"), ("CA", "Kids Help Phone"), ("NZ", "Youthline")]
)
def test_the_line_for_children_stands_first_on_every_page(words: str, country: str, line: str) -> None:
    moved = begin(CONNECTION, country=country)
    for text in ("im 15 and my school counsellor is odd", words):
        assert moved.turn.question
        heard = hear(CONNECTION.shared.net, text)
        moved = advance(CONNECTION, moved.state, Answer(moved.turn.question.id, text=heard))
    assert moved.turn.support.shown
    assert moved.turn.support.contacts[0].name == line
    assert any(c.kind in ("suicide", "talk", "dv", "sexual") for c in moved.turn.support.contacts)


def test_an_adult_is_offered_the_lines_of_the_page() -> None:
    moved = begin(CONNECTION, country="GB")
    assert moved.turn.question
    heard = hear(CONNECTION.shared.net, "I want to die")
    moved = advance(CONNECTION, moved.state, Answer(moved.turn.question.id, text=heard))
    assert {c.kind for c in moved.turn.support.contacts}.isdisjoint({"child", "youth"})

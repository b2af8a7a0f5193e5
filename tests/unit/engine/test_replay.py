"""A walk along the answers: exactly one of waiting, check, end says where it stopped."""

from dataclasses import replace

import pytest

from app.engine import begin, replay
from app.engine.state import Entry, Given
from tests.flows.walking import all_flows, places
from tests.flows.world import Talk, case


@pytest.mark.parametrize("number", [0, 1, 30, 60, 90], ids=lambda n: all_flows()[n].title)
def test_a_walk_stops_for_exactly_one_reason(number: int) -> None:
    flow = all_flows()[number]
    for place in places(number):
        now = replay(flow, place.state)
        assert [now.waiting is not None, now.check is not None, now.ended is not None].count(True) == 1


def test_a_walk_changes_nothing() -> None:
    talk = Talk(case("A_a_call_inside_a_call")).type("Ada")
    before = talk.state

    assert replay(talk.flow, before) == replay(talk.flow, before)
    assert talk.state == before


def test_answers_of_another_flow_are_no_obstacle() -> None:
    flow = case("A_the_first_step_is_the_start")
    strange = Entry(Given(("no", "such", "value")))
    state = replace(begin(flow).state, entries={"gone/deep:3": strange, "second": Entry(Given(text="kept"))})

    assert replay(flow, state).counted == ()
    waiting = replay(flow, state).waiting
    assert waiting is not None
    assert waiting.key == "first"


def test_only_variables_of_the_begun_flow_have_names_outside() -> None:
    flow = case("A_a_call_inside_a_call")
    talk = Talk(flow).type("Ada").pick("yes")

    assert [(e.asked.key, e.asked.saves) for e in replay(flow, talk.state).exchanges] == [
        ("outer/naming/name", "called"),
        ("outer/sure", None),
    ]

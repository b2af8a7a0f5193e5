"""Who is meant where that is not clear: asked once, answered by the client, kept by the words."""

import pytest

from app.engine import (
    State,
    change,
    compose,
    doubts,
)
from app.engine.errors import EditNotTaken
from app.engine.rewording import (
    THERAPIST,
    who_is_meant,
    who_key,
)
from tests.flows.world import (
    Talk,
    typed,
)
from tests.unit.engine.edits import (
    FLOW,
    TOLD,
    assert_verifies,
    edited,
    told,
)


def test_who_is_meant_is_kept_by_the_words() -> None:
    state = edited(told(), "moment", "to_you", True)

    assert who_is_meant(state.meanings, TOLD) == THERAPIST
    assert who_is_meant(state.meanings, f"{TOLD}!") is None
    assert who_key(TOLD) not in edited(state, "moment", "to_you", None).meanings


def test_who_is_meant_is_asked_of_words_of_an_answer_alone() -> None:
    line = next(s for s in compose(FLOW, told()).sentences if not any(p.answer for p in s.parts))

    with pytest.raises(EditNotTaken):
        edited(told(), line.id, "to_you", True)


DOUBTFUL = "my mother rang and she told her to wait"


def doubted() -> State:
    """A moment in which somebody else could be meant."""
    return Talk(FLOW).type(DOUBTFUL).pick("she").type("be on time").state


def test_words_in_which_somebody_else_could_be_meant_are_asked_about_once() -> None:
    state = doubted()
    found = doubts(FLOW, state, compose(FLOW, state))

    assert [(doubt.sentence, doubt.forms) for doubt in found] == [("moment", ("she", "her"))]
    for answer in (True, False):
        after = edited(state, "moment", "to_you", answer)
        assert doubts(FLOW, after, compose(FLOW, after)) == ()
        assert_verifies(after)


def test_she_becomes_you_where_the_client_says_so_and_stays_where_not() -> None:
    state = doubted()
    before = compose(FLOW, state).text()

    assert "you told you to wait" in compose(FLOW, edited(state, "moment", "to_you", True)).text()
    assert compose(FLOW, edited(state, "moment", "to_you", False)).text() == before


def test_other_words_in_the_answer_are_asked_about_anew() -> None:
    state = edited(doubted(), "moment", "to_you", True)
    after = change(FLOW, state, typed(FLOW, "moment", DOUBTFUL + " for an hour")).state

    assert [doubt.sentence for doubt in doubts(FLOW, after, compose(FLOW, after))] == ["moment"]
    assert "she told her" in compose(FLOW, after).text()


def test_words_put_back_as_typed_are_not_asked_about() -> None:
    state = edited(doubted(), "moment", "as_typed", True)

    assert doubts(FLOW, state, compose(FLOW, state)) == ()

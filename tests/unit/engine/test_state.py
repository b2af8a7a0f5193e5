"""A state is its flow's revision and an ordered map of answers, and comes back from its text."""

import json

from app.engine.safety import Finding
from app.engine.state import Entry, Given, Mention, State, from_text, to_text

FULL = State(
    "sha256:1",
    version=7,
    language="en",
    country="GB",
    keep_for=14,
    entries={
        "moment": Entry(
            Given(text="she said “no” \U0001f600\x00\ud83d"),
            (Finding("f", "danger", "unclear", "hurt", None, (1, 4), "abc", "x.yaml:1:1"),),
            (Mention("cold", "sure", (0, 3)),),
        ),
        "concerns:2": Entry(Given(("cold", "own_words"), "and so on"), undone=True),
        "fear": Entry(Given(skipped=True)),
        "ask": Entry(Given(text="idk", nothing=True)),
        "wish": Entry(None),
        "note/moment": Entry(Given(text="You said no."), over="abc"),
    },
    meanings={"safety/hurt|abc": "not_meant"},
    edits={"moment.2": "out"},
    as_typed=("moment",),
    order=("close", "moment"),
)


def test_a_state_comes_back_whole_from_its_text() -> None:
    assert from_text(to_text(FULL)) == FULL
    assert from_text(to_text(State("sha256:2"))) == State("sha256:2")


def test_answers_keep_their_order_through_the_text() -> None:
    assert list(from_text(to_text(FULL)).entries) == [
        "moment", "concerns:2", "fear", "ask", "wish", "note/moment",
    ]  # fmt: skip


def test_the_text_is_json_with_a_format_number() -> None:
    assert json.loads(to_text(FULL))["format"] == 1


def test_words_are_in_no_repr() -> None:
    assert "she said" not in repr(FULL)
    assert "she said" not in repr(FULL.entries["moment"])


def test_an_answer_given_again_keeps_its_place() -> None:
    changed = FULL.with_entry("concerns:2", Entry(Given(("cold",))))

    assert list(changed.entries) == list(FULL.entries)
    assert changed.version == FULL.version
    assert changed.moved().version == FULL.version + 1
    assert FULL.entries["concerns:2"].undone

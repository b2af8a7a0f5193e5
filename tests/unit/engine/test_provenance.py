"""Whose words a note's are: a true note passes, and each lie in its JSON is found."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.engine import compose, verify
from tests.flows.world import Talk, case

FLOW = case("I_words_about_the_therapist_become_words_to_them")


def true_note() -> dict[str, Any]:
    """A note's JSON with a changed sentence of the client's, frames and an own ask."""
    talk = Talk(FLOW).type("She looked at her phone. It hurt").pick("she").type("She could look up")
    read: dict[str, Any] = json.loads(json.dumps(compose(FLOW, talk.state).as_json()))
    return read


def own(note: dict[str, Any]) -> dict[str, Any]:
    """The first part that is the client's."""
    part: dict[str, Any] = next(p for s in note["sentences"] for p in s["parts"] if p["by"] == "own")
    return part


def summed(note: dict[str, Any]) -> None:
    """Make each sentence the sum of its parts again, as a liar would."""
    for sentence in note["sentences"]:
        sentence["text"] = "".join(part["text"] for part in sentence["parts"])


def test_a_true_note_has_nothing_wrong() -> None:
    assert verify(true_note(), FLOW) == []


def more_words(note: dict[str, Any]) -> None:
    own(note)["text"] += " and I hate you"


def other_words(note: dict[str, Any]) -> None:
    own(note)["text"] = "you looked at the wall."


def words_in_a_change(note: dict[str, Any]) -> None:
    part = own(note)
    part["changes"][0]["now"] = "you, who never cared,"
    part["text"] = part["text"].replace("you looked", "you, who never cared, looked", 1)


def words_in_an_end(note: dict[str, Any]) -> None:
    part = own(note)
    at = part["span"][1]
    part["changes"].append({"rule": "full_stop", "at": at, "was": "", "now": ". I hate you."})
    part["text"] += ". I hate you."


def a_capital_that_is_a_word(note: dict[str, Any]) -> None:
    part = own(note)
    part["changes"].insert(0, {"rule": "capital", "at": 0, "was": "She", "now": "Nobody"})
    del part["changes"][1]
    part["text"] = part["text"].replace("you", "Nobody", 1)


def a_word_that_shouts(note: dict[str, Any]) -> None:
    part = own(note)
    at = note["answers"][part["answer"]].index("phone")
    part["changes"].append({"rule": "capital", "at": at, "was": "phone", "now": "PHONE"})
    part["changes"].sort(key=lambda change: change["at"])
    part["text"] = part["text"].replace("phone", "PHONE", 1)


def a_capital_taken_within(note: dict[str, Any]) -> None:
    part = own(note)
    answer = "She said No"
    note["answers"][part["answer"]] = answer
    part |= {"text": "She said no", "span": [0, len(answer)]}
    part["changes"] = [{"rule": "capital", "at": 9, "was": "N", "now": "n"}]


def a_full_stop_taken_within(note: dict[str, Any]) -> None:
    part = own(note)
    answer = "Never. She was late"
    note["answers"][part["answer"]] = answer
    part |= {"text": "Never She was late", "span": [0, len(answer)]}
    part["changes"] = [{"rule": "full_stop", "at": 5, "was": ".", "now": ""}]


def a_question_made_a_statement(note: dict[str, Any]) -> None:
    part = own(note)
    answer = "Was she late?"
    note["answers"][part["answer"]] = answer
    part |= {"text": "Was she late.", "span": [0, len(answer)]}
    part["changes"] = [{"rule": "full_stop", "at": 12, "was": "?", "now": "."}]


def a_rule_of_its_own(note: dict[str, Any]) -> None:
    own(note)["changes"][0]["rule"] = "kindness"


def another_answer(note: dict[str, Any]) -> None:
    own(note)["answer"] = "ask"


def an_answer_that_is_not_there(note: dict[str, Any]) -> None:
    own(note)["answer"] = "nothing_like_it"


def a_span_outside(note: dict[str, Any]) -> None:
    own(note)["span"] = [0, 999]


def an_invented_frame(note: dict[str, Any]) -> None:
    note["sentences"][0]["parts"][0]["text"] = "You are a bad therapist."


def a_frame_of_another_place(note: dict[str, Any]) -> None:
    note["sentences"][0]["parts"][0]["source"] = "case.note.ask.else"


def an_own_word_as_a_frame(note: dict[str, Any]) -> None:
    own(note).update(by="confirmed", source="replies")


@pytest.mark.parametrize(
    "lie",
    [
        more_words,
        other_words,
        words_in_a_change,
        words_in_an_end,
        a_capital_that_is_a_word,
        a_word_that_shouts,
        a_capital_taken_within,
        a_full_stop_taken_within,
        a_question_made_a_statement,
        a_rule_of_its_own,
        another_answer,
        an_answer_that_is_not_there,
        a_span_outside,
        an_invented_frame,
        a_frame_of_another_place,
        an_own_word_as_a_frame,
    ],
    ids=lambda lie: lie.__name__,
)
def test_a_lie_in_a_note_is_found(lie: Callable[[dict[str, Any]], None]) -> None:
    note = true_note()
    lie(note)
    summed(note)

    assert verify(note, FLOW)


@pytest.mark.parametrize(
    ("typed", "text", "change"),
    [
        ("The week off", "the week off", {"rule": "capital", "at": 0, "was": "T", "now": "t"}),
        ("last tuesday", "last Tuesday", {"rule": "capital", "at": 5, "was": "t", "now": "T"}),
        ("Ask me first.", "Ask me first", {"rule": "full_stop", "at": 12, "was": ".", "now": ""}),
        ("ask me,", "ask me", {"rule": "full_stop", "at": 6, "was": ",", "now": ""}),
        ("can we", "can we?", {"rule": "full_stop", "at": 6, "was": "", "now": "?"}),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_capital_and_an_end_may_follow_what_stands_around(
    typed: str, text: str, change: dict[str, Any]
) -> None:
    note = true_note()
    part = own(note)
    note["answers"][part["answer"]] = typed
    part |= {"text": text, "span": [0, len(typed)], "changes": [change]}
    note["sentences"] = [s for s in note["sentences"] if part in s["parts"]]
    summed(note)

    assert verify(note, FLOW) == []


def test_a_text_that_is_not_the_sum_of_its_parts_is_found() -> None:
    note = true_note()
    note["sentences"][0]["text"] += " More."

    assert verify(note, FLOW) == [f'sentence "{note["sentences"][0]["id"]}" is not the sum of its parts']


def test_a_note_of_another_revision_is_found() -> None:
    assert verify(true_note(), replace(FLOW, revision="sha256:other"))


def test_findings_repeat_no_words() -> None:
    note = true_note()
    more_words(note)
    summed(note)

    assert "hate" not in " ".join(verify(note, FLOW))


def test_markdown_gives_the_words_no_meaning() -> None:
    talk = Talk(FLOW).type("*She* [looked](x) <b>away</b> # `now`").skip().skip()
    markdown = compose(FLOW, talk.state).markdown()

    assert all(f"\\{mark}" in markdown for mark in "*[]()<>#`")
    assert not [n for n, mark in enumerate(markdown) if mark in "*[]<>#`" and markdown[n - 1] != "\\"]

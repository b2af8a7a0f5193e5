"""Edits of the note over /v1: other words, order, what is in it, and what nobody reads."""

from typing import Any
from uuid import uuid4

import pytest

from app.engine import verify
from app.flows.library import Library
from tests.api.serving import FLOW, FLOWS, Talk, assert_problem

pytestmark = pytest.mark.anyio
WORDS = "she looked at the clock while i was crying"


async def note_of(talk: Talk, length: str = "letter") -> dict[str, Any]:
    note: dict[str, Any] = (await talk.ask("GET", f"/note?length={length}")).json()
    return note


def printed(note: dict[str, Any]) -> list[str]:
    """The ids of the printed sentences, in order."""
    return [sentence["id"] for sentence in note["sentences"] if sentence["state"] == "in"]


def text_of(note: dict[str, Any], id: str) -> str:
    text: str = next(sentence["text"] for sentence in note["sentences"] if sentence["id"] == id)
    return text


async def patch(talk: Talk, *edits: dict[str, Any], length: str = "letter", **more: Any) -> Any:
    body = {"version": talk.version, "edits": list(edits), **more}
    return await talk.ask("PATCH", f"/note?length={length}", json=body)


async def test_a_sentence_takes_other_words_at_every_length(talk: Talk) -> None:
    await talk.finish(WORDS)
    response = await patch(talk, {"id": "moment", "text": "You looked at the clock."}, length="message")
    assert response.status_code == 200
    for length in ("opener", "message", "letter"):
        assert text_of(await note_of(talk, length), "moment") == "You looked at the clock."


async def test_an_edited_note_verifies_and_says_whose_words_it_holds(talk: Talk) -> None:
    await talk.finish(WORDS)
    note = (await patch(talk, {"id": "moment", "text": "You looked at the clock."})).json()["note"]
    flow = Library.load(FLOWS).flow(FLOW)
    assert flow is not None
    assert verify(note, flow) == []
    sentence = next(each for each in note["sentences"] if each["id"] == "moment")
    assert [(part["by"], part["answer"]) for part in sentence["parts"]] == [("own", "note/moment")]


async def test_null_takes_an_edit_back(talk: Talk) -> None:
    await talk.finish(WORDS)
    before = await note_of(talk)
    first = printed(before)[0]
    await patch(
        talk,
        {"id": "moment", "text": "You looked at the clock."},
        {"id": "ask", "keep": False},
        {"id": "moment", "as_typed": True},
    )
    await patch(talk, {"id": "moment", "text": None}, {"id": "ask", "keep": None})
    await patch(talk, {"id": "moment", "as_typed": None}, {"id": first, "place": None})
    assert await note_of(talk) == before


async def test_all_of_it_goes_back_to_what_was(talk: Talk) -> None:
    await talk.finish(WORDS)
    before = (await talk.ask("GET", "/note")).content
    await patch(talk, {"id": "moment", "text": "Other words."}, {"id": "ask", "place": 1}, unsent=None)
    await patch(talk, as_composed=True)
    assert (await talk.ask("GET", "/note")).content == before


async def test_a_sentence_moves_to_a_place_among_the_printed(talk: Talk) -> None:
    await talk.finish(WORDS)
    after = (await patch(talk, {"id": "ask", "place": 2})).json()["note"]
    assert printed(after)[1] == "ask"
    text = (await talk.ask("GET", "/note.txt")).text
    assert text.index(text_of(after, printed(after)[0])) < text.index(text_of(after, "ask"))


async def test_an_empty_text_leaves_a_sentence_out(talk: Talk) -> None:
    await talk.finish(WORDS)
    note = (await patch(talk, {"id": "moment", "text": ""})).json()["note"]
    assert "moment" not in printed(note)


async def test_danger_in_an_edit_shows_its_page_and_stays_out_of_the_note(talk: Talk) -> None:
    await talk.finish(WORDS)
    response = await patch(talk, {"id": "moment", "text": "i want to kill myself"})
    told = response.json()
    assert told["turn"]["support"]["shown"] is True
    assert told["turn"]["question"]["id"] == "safety/crisis_self"
    assert "moment" not in printed(told["note"])
    assert (await talk.answer(skipped=True)).status_code == 200


async def test_what_nobody_reads_is_kept_exported_and_deleted(talk: Talk) -> None:
    await talk.finish(WORDS)
    note = (await patch(talk, unsent="i wanted to get up and go")).json()["note"]
    assert "unsent" not in printed(note)
    assert "get up and go" not in (await talk.ask("GET", "/note.txt")).text
    export = (await talk.ask("GET", "/export")).json()
    assert export["unsent"] == "i wanted to get up and go"
    ticked = (await patch(talk, {"id": "unsent", "keep": True})).json()["note"]
    assert text_of(ticked, "unsent") == "I wanted to get up and go."
    assert "unsent" in printed(ticked)
    await patch(talk, unsent=None)
    assert (await talk.ask("GET", "/export")).json()["unsent"] is None
    assert "get up and go" not in (await talk.ask("GET", "/note")).text


async def test_the_export_holds_every_edit(talk: Talk) -> None:
    await talk.finish(WORDS)
    out, typed = {"id": "ask", "keep": False}, {"id": "ask", "as_typed": True}
    await patch(talk, {"id": "moment", "text": "Other words."}, out, typed)
    held = (await talk.ask("GET", "/export")).json()["note_edits"]
    assert held == {
        "kept": {"ask": "out"}, "as_typed": ["ask"], "order": [], "texts": {"moment": "Other words."},
    }  # fmt: skip


async def test_who_is_meant_is_a_question_until_it_is_answered(talk: Talk) -> None:
    await talk.finish("my mother rang and she told her to wait")
    note = await note_of(talk)
    assert {"id": "moment", "forms": ["she", "her"]} in note["doubts"]
    after = (await patch(talk, {"id": "moment", "to_you": True})).json()["note"]
    assert "you told you to wait" in text_of(after, "moment")
    assert after["doubts"] == []
    left = (await patch(talk, {"id": "moment", "to_you": False})).json()["note"]
    assert (text_of(left, "moment"), left["doubts"]) == (text_of(note, "moment"), [])
    again = (await patch(talk, {"id": "moment", "to_you": None})).json()["note"]
    assert again == note


async def test_a_repeat_of_an_edit_counts_once(talk: Talk) -> None:
    await talk.finish(WORDS)
    body = {"version": talk.version, "edits": [{"id": "moment", "text": "Other words."}]}
    key = {"Idempotency-Key": str(uuid4())}
    first = await talk.ask("PATCH", "/note", json=body, headers=key)
    second = await talk.ask("PATCH", "/note", json=body, headers=key)
    assert (second.status_code, second.json()) == (200, first.json())
    other = {**body, "edits": [{"id": "moment", "text": "Other words again."}]}
    assert_problem(await talk.ask("PATCH", "/note", json=other, headers=key), 422, "repeat-differs")


@pytest.mark.parametrize(
    ("body", "pointer", "says"),
    [
        pytest.param(
            {"edits": [{"id": "moment", "text": "x" * 1001}]}, "/edits/0/text", "1,000", id="a long line"
        ),
        pytest.param({"unsent": "x" * 10_001}, "/unsent", "10,000", id="too much that nobody reads"),
        pytest.param(
            {"edits": [{"id": "lead", "to_you": True}]}, "/edits", "does not take", id="no word of theirs"
        ),
        pytest.param({"edits": [{"id": "lead", "place": 0}]}, "/edits/0/place", "", id="no place"),
        pytest.param({"edits": [{"id": "lead", "text": 1}]}, "/edits/0/text", "", id="no text"),
        pytest.param(
            {"edits": [{"id": "lead", "text": "a", "keep": True}]},
            "/edits/0",
            "exactly one",
            id="two edits in one",
        ),
    ],
)
async def test_an_edit_that_cannot_be_taken_is_a_problem_that_says_why(
    talk: Talk, body: dict[str, Any], pointer: str, says: str
) -> None:
    await talk.finish(WORDS)
    before = await note_of(talk)
    response = await talk.ask("PATCH", "/note", json={"version": talk.version, **body})
    problem = assert_problem(response, 422, "invalid-request")
    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]
    assert says in problem["errors"][0]["message"]
    assert await note_of(talk) == before


async def test_an_edit_for_an_older_version_is_refused_with_the_turn(talk: Talk) -> None:
    await talk.finish(WORDS)
    stale = talk.version - 1
    response = await talk.ask(
        "PATCH", "/note", json={"version": stale, "edits": [{"id": "moment", "text": "Other words."}]}
    )
    assert assert_problem(response, 409, "stale-version")["turn"] == talk.turn


async def test_what_was_typed_at_the_note_is_no_answer_to_change(talk: Talk) -> None:
    await talk.finish(WORDS)
    await patch(talk, {"id": "moment", "text": "Other words."}, unsent="just for me")
    answers = (await talk.ask("GET")).json()["answers"]
    assert not {each["question_id"] for each in answers} & {"note/moment", "unsent"}
    for key in ("note/moment", "unsent"):
        response = await talk.ask("PUT", f"/answers/{key}", json={"version": talk.version, "text": "x"})
        assert_problem(response, 404, "answer-not-found")

"""The note over /v1: at any time, in every form, with the client's edits."""

from typing import Any

import pytest

from app.engine import verify
from app.flows.library import Library
from tests.api.serving import FLOW, FLOWS, Talk, assert_problem

pytestmark = pytest.mark.anyio
WORDS = "I don't feel heard <b>by</b> her *at all*."


def printed(note: dict[str, Any]) -> list[str]:
    return [sentence["text"] for sentence in note["sentences"] if sentence["state"] == "in"]


async def test_with_nothing_answered_there_is_a_note(talk: Talk) -> None:
    response = await talk.ask("GET", "/note")
    note = response.json()
    assert (note["length"], note["tone"], note["to"]) == ("letter", "plain", "therapist")
    assert printed(note)
    assert response.headers["etag"] == '"1"'


@pytest.mark.parametrize("length", ["opener", "message", "letter"])
@pytest.mark.parametrize("tone", ["soft", "plain", "firm", "polite"])
async def test_a_note_is_made_in_every_length_and_tone(talk: Talk, length: str, tone: str) -> None:
    await talk.finish()
    note = (await talk.ask("GET", f"/note?length={length}&tone={tone}")).json()
    assert (note["length"], note["tone"]) == (length, tone)
    assert printed(note)


async def test_every_word_of_a_note_is_the_clients_or_an_authors(talk: Talk) -> None:
    await talk.finish()
    flow = Library.load(FLOWS).flow(FLOW)
    assert flow is not None
    assert verify((await talk.ask("GET", "/note")).json(), flow) == []


async def test_a_note_that_is_known_already_is_not_sent_again(talk: Talk) -> None:
    for path in ("/note", "/note.txt", "/note.md", "/note.html", "/note.pdf"):
        response = await talk.ask("GET", path, headers={"If-None-Match": '"1"'})
        assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize(
    ("form", "kind"),
    [("html", "text/html"), ("txt", "text/plain"), ("md", "text/markdown")],
)
async def test_a_note_takes_every_form(talk: Talk, form: str, kind: str) -> None:
    await talk.finish(WORDS)
    response = await talk.ask("GET", f"/note.{form}")
    assert response.headers["content-type"] == f"{kind}; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert ("<b>" in response.text) is (form == "txt")


async def test_the_printed_page_is_neutral_and_names_its_language(talk: Talk) -> None:
    page = (await talk.ask("GET", "/note.html")).text
    assert '<html lang="en">' in page
    assert "<title>Notes</title>" in page
    assert "/static/paper.css" in page


async def test_the_forms_say_the_same(talk: Talk) -> None:
    await talk.finish()
    note = (await talk.ask("GET", "/note")).json()
    text = (await talk.ask("GET", "/note.txt")).text
    assert [line for line in printed(note) if line not in text] == []


async def test_a_sentence_is_left_out_and_kept_again(talk: Talk) -> None:
    await talk.finish()
    before = (await talk.ask("GET", "/note")).json()
    chosen = next(each for each in before["sentences"] if each["state"] == "in")
    out = await talk.ask(
        "PATCH", "/note", json={"version": talk.version, "edits": [{"id": chosen["id"], "keep": False}]}
    )
    assert set(out.json()) == {"note", "turn"}
    assert chosen["text"] not in printed(out.json()["note"])
    back = await talk.ask(
        "PATCH",
        "/note?length=letter&tone=plain",
        json={"edits": [{"id": chosen["id"], "keep": True}]},
        headers={"If-Match": out.headers["etag"]},
    )
    assert printed(back.json()["note"]) == printed(before)


async def test_words_are_shown_as_typed_and_as_composed_again(talk: Talk) -> None:
    await talk.finish("she never listens to me")
    before = (await talk.ask("GET", "/note")).json()
    changed = [s for s in before["sentences"] if any(part.get("changes") for part in s["parts"])]
    assert changed, "nothing of these words was adapted"
    for as_typed in (True, False):
        response = await talk.ask(
            "PATCH",
            "/note",
            json={"version": talk.version, "edits": [{"id": changed[0]["id"], "as_typed": as_typed}]},
        )
        after = {s["id"]: s for s in response.json()["note"]["sentences"]}[changed[0]["id"]]
        assert (after["text"] == changed[0]["text"]) is not as_typed


async def test_an_edit_of_no_sentence_of_the_note_is_a_problem(talk: Talk) -> None:
    response = await talk.ask("PATCH", "/note", json={"version": 1, "edits": [{"id": "none", "keep": True}]})
    assert_problem(response, 404, "answer-not-found")


async def test_an_edit_of_a_stale_note_is_refused(talk: Talk) -> None:
    await talk.answer(skipped=True)
    response = await talk.ask("PATCH", "/note", json={"version": 1, "edits": []})
    assert assert_problem(response, 409, "stale-version")["turn"] == talk.turn


@pytest.mark.parametrize("edit", [{}, {"keep": True, "as_typed": True}])
async def test_an_edit_is_one_edit(talk: Talk, edit: dict[str, bool]) -> None:
    response = await talk.ask("PATCH", "/note", json={"version": 1, "edits": [{"id": "a", **edit}]})
    problem = assert_problem(response, 422, "invalid-request")
    assert [fault["pointer"] for fault in problem["errors"]] == ["/edits/0"]


async def test_a_form_that_is_not_offered_is_no_address(talk: Talk) -> None:
    assert_problem(await talk.ask("GET", "/note.rtf"), 404, None)

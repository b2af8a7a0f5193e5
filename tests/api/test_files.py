"""A conversation goes out as a file and comes back in; a new one opens with what was said in another."""

import json
import uuid
from pathlib import Path

import httpx
import pytest

from app.flows.library import read_folder
from tests.api.filing import brought_in, taken_out
from tests.api.serving import FLOWS, Talk, assert_problem, create_app_in, open_app, served

pytestmark = pytest.mark.anyio
EVERY_NOTE = [
    f"/note?length={length}&tone={tone}"
    for length in ("opener", "message", "letter")
    for tone in ("soft", "plain", "firm", "polite")
]


async def edited(talk: Talk) -> None:
    """Two answers, one put in other words, one taken out, and words that nobody reads."""
    await talk.finish("She looked at the clock while I was crying.")
    sentences = (await talk.ask("GET", "/note")).json()["sentences"]
    first, *more = [s["id"] for s in sentences if s["state"] == "in"]
    edits = [{"id": first, "text": "In my own way."}, *({"id": id, "keep": False} for id in more[:1])]
    response = await talk.ask(
        "PATCH", "/note", json={"version": talk.version, "edits": edits, "unsent": "i wanted to run"}
    )
    assert response.status_code == 200, response.text


@pytest.mark.parametrize("flow", ["connection", "soon", "after", "ending", "felt_wrong"])
async def test_every_note_is_byte_for_byte_what_it_was(http: httpx.AsyncClient, flow: str) -> None:
    talk = await Talk.begin(http, flow, country="GB")
    if flow == "ending":
        await talk.finish()
    elif flow == "felt_wrong":
        await talk.answer(text="She talked about her own divorce.")
        await talk.answer(value="insult")
        await talk.answer(value="carry_on")
    else:
        await edited(talk)
    back = await brought_in(http, await taken_out(talk))
    for path in EVERY_NOTE:
        assert (await back.ask("GET", path)).content == (await talk.ask("GET", path)).content
    was, now = (await talk.ask("GET")).json(), (await back.ask("GET")).json()
    assert now["answers"] == was["answers"]
    assert now["turn"] == {**was["turn"], "version": 1}
    assert {**await taken_out(back), "kept_until": ""} == {**await taken_out(talk), "kept_until": ""}


async def test_it_is_a_conversation_of_its_own(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await talk.answer(text="i dont feel a connection")
    response = await http.post("/v1/import", json=await taken_out(talk))
    back = Talk(http, response.json())
    assert response.headers["location"] == f"/v1/conversations/{back.id}"
    assert response.headers["etag"] == '"1"'
    assert (response.json()["questions_changed"], response.json()["left_out"]) == (False, 0)
    assert (back.id, back.token) != (talk.id, talk.token)
    await back.answer(values=["no_connection"])
    assert (await talk.ask("GET")).json()["turn"]["question"]["id"] == "concerns"
    await talk.ask("DELETE")
    assert (await back.ask("GET")).status_code == 200


async def test_the_file_holds_no_token_no_code_and_no_key_of_a_link(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await talk.finish()
    code = (await talk.ask("POST", "/resume-code")).json()["code"]
    link = (await talk.ask("POST", "/shares", json={"length": "letter", "tone": "plain", "pin": True})).json()
    file = (await talk.ask("GET", "/export")).text
    key = link["url"].partition("#")[2]
    assert link["id"] in file
    assert [secret for secret in (talk.token, code, key, link["pin"], talk.id) if secret in file] == []


async def test_the_same_key_brings_it_in_once(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await talk.answer(text="not heard")
    file, key = await taken_out(talk), {"Idempotency-Key": str(uuid.uuid4())}
    first = await http.post("/v1/import", json=file, headers=key)
    again = await http.post("/v1/import", json=file, headers=key)
    assert again.json() == first.json()
    other = await http.post("/v1/import", json={**file, "title": "Another"}, headers=key)
    assert_problem(other, 422, "repeat-differs")


async def test_words_that_were_explained_are_not_asked_about_again(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await talk.answer(text="I can't do this anymore")
    assert talk.question["id"] == "safety/life_or_therapy"
    await talk.answer(value="therapy")
    back = await brought_in(http, await taken_out(talk))
    assert back.question["id"] == "concerns"


async def test_danger_in_a_file_opens_its_page(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await talk.answer(text="not heard")
    file = await taken_out(talk)
    file["conversation"]["entries"][0]["given"]["text"] = "I want to kill myself"
    back = await brought_in(http, file)
    assert back.question["id"] == "safety/crisis_self"
    assert back.turn["support"]["shown"] is True


async def test_files_count_as_creations(tmp_path: Path) -> None:
    async with served(create_app_in(tmp_path, create_limit="2/minute")) as http:
        file = await taken_out(await Talk.begin(http))
        assert (await http.post("/v1/import", json=file)).status_code == 201
        assert_problem(await http.post("/v1/import", json=file), 429, "too-many-requests")


async def test_answers_that_still_fit_are_carried_over_to_changed_questions(tmp_path: Path) -> None:
    async with open_app(tmp_path / "old") as http:
        talk = await Talk.begin(http, "soon")
        await talk.answer(text="She talks over me.")
        await talk.answer(text="let me finish first")
        file = await taken_out(talk)
    changed = tmp_path / "flows"
    for name, text in read_folder(FLOWS).items():
        (changed / name).parent.mkdir(parents=True, exist_ok=True)
        text = (
            text.replace("  ask:\n    only_for", "  ask_now:\n    only_for").replace(", ask]", ", ask_now]")
            if name == "soon/flow.yaml"
            else text
        )
        (changed / name).write_text(text, "utf-8")
    async with served(create_app_in(tmp_path / "new", flows=changed)) as http:
        response = await http.post("/v1/import", json=file)
        assert response.status_code == 201, response.text
        told = response.json()
        assert (told["questions_changed"], told["left_out"]) == (True, 1)
        assert told["turn"]["question"]["id"] == "ask_now"
        note = (await Talk(http, told).ask("GET", "/note.txt?length=opener")).text
        assert "You talk over me" in note


async def test_a_new_conversation_opens_with_what_was_asked_for(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http, "soon", country="IE")
    await talk.answer(text="She talks over me.")
    await talk.answer(text="let me finish first")
    after = await Talk.begin(http, "after", earlier=await taken_out(talk))  # type: ignore[arg-type]
    told = next(m for m in after.turn["messages"] if m["id"] == "last_time")
    assert told["text"] == "Last time you asked for this: “let me finish first”"
    assert [told["text"][start:end] for start, end in told["own"]] == ["let me finish first"]
    for value in ("said", "mixed", "same"):
        await after.answer(value=value)
    note = (await after.ask("GET", "/note")).json()
    line = next(s for s in note["sentences"] if s["id"] == "ask")
    own = next(part for part in line["parts"] if part["by"] == "own")
    assert (own["answer"], note["answers"]["earlier/ask"]) == ("earlier/ask", "let me finish first")
    assert "you could let me finish first" in line["text"]
    back = await brought_in(http, await taken_out(after))
    assert (await back.ask("GET", "/note.txt")).text == (await after.ask("GET", "/note.txt")).text
    assert (await taken_out(after))["country"] == "IE"


async def test_after_misconduct_the_next_conversation_makes_a_record_too(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await talk.answer(text="my therapist kissed me")
    await talk.answer(value="carry_on")
    await talk.finish("It was in May.")
    after = await Talk.begin(http, "after", earlier=await taken_out(talk))  # type: ignore[arg-type]
    assert after.question["id"] == "reached"
    await after.finish()
    assert (await after.ask("GET", "/note")).json()["to"] == "self"


async def test_a_flow_that_takes_nothing_says_so(http: httpx.AsyncClient) -> None:
    file = await taken_out(await Talk.begin(http))
    response = await http.post("/v1/conversations", json={"flow": "connection", "earlier": file})
    problem = assert_problem(response, 422, "invalid-request")
    assert [each["pointer"] for each in problem["errors"]] == ["/earlier"]
    assert (await http.get("/v1/flows/after")).json()["takes"] == [
        "ask",
        "therapist_called",
        "therapist_pronoun",
    ]


async def test_a_long_conversation_fits_into_a_file(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    for _ in range(40):
        if talk.turn["finished"]:
            break
        words = talk.question["kind"] == "ask" and talk.question["max_length"] > 100
        await talk.answer(**({"text": "ä very long story. " * 200} if words else {"skipped": True}))
    await talk.ask("PATCH", "/note", json={"version": talk.version, "unsent": "x" * 9_999})
    response = await talk.ask("GET", "/export")
    assert 40_000 < len(response.content) < 1024 * 1024
    await brought_in(http, json.loads(response.content))

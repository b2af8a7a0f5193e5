"""Conversations over /v1, from the first turn to the last byte."""

import uuid
from pathlib import Path

import httpx
import pytest

from tests.api.serving import FLOW, Talk, assert_problem, open_app, plain_answer

pytestmark = pytest.mark.anyio
WORDS = "I don't feel heard by her."


async def test_the_flows_on_offer_are_listed(http: httpx.AsyncClient) -> None:
    response = await http.get("/v1/flows")
    listed = {flow["id"]: flow for flow in response.json()["flows"]}
    assert FLOW in listed
    assert set(listed[FLOW]) == {"id", "title", "languages", "minutes", "revision", "takes"}
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/v1/flows", f"/v1/flows/{FLOW}"])
async def test_a_flow_that_is_known_already_is_not_sent_again(http: httpx.AsyncClient, path: str) -> None:
    etag = (await http.get(path)).headers["etag"]
    again = await http.get(path, headers={"If-None-Match": f'"other", W/{etag}'})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_flow_has_its_revision_as_its_etag(http: httpx.AsyncClient) -> None:
    response = await http.get(f"/v1/flows/{FLOW}")
    assert response.headers["etag"] == f'"{response.json()["revision"]}"'


async def test_a_flow_that_is_not_on_offer_is_a_problem(http: httpx.AsyncClient) -> None:
    assert_problem(await http.get("/v1/flows/ZEBRA-7391"), 404, "flow-not-found")
    assert_problem(await http.post("/v1/conversations", json={"flow": "none"}), 404, "flow-not-found")


async def test_a_conversation_begins_with_a_token_and_the_first_question(http: httpx.AsyncClient) -> None:
    response = await http.post("/v1/conversations", json={"flow": FLOW, "language": "en", "country": "gb"})
    body = response.json()
    assert response.status_code == 201
    assert set(body) == {"id", "token", "expires_at", "turn"}
    assert body["turn"]["version"] == 1
    assert body["turn"]["question"] is not None
    assert response.headers["location"] == f"/v1/conversations/{body['id']}"
    assert response.headers["etag"] == '"1"'


async def test_a_turn_has_the_shape_of_the_contract(talk: Talk) -> None:
    assert set(talk.turn) == {
        "version", "messages", "question", "progress", "can_go_back", "can_skip", "finished", "support",
    }  # fmt: skip
    assert set(talk.question) == {
        "id", "kind", "saves", "prompt", "own", "hint", "why", "skip", "options", "none", "own_words",
        "low", "high", "max_length", "prefill",
    }  # fmt: skip
    assert set(talk.turn["support"]) == {"shown", "route", "contacts"}
    assert set(talk.turn["support"]["contacts"][0]) == {"name", "call", "text_chat", "hours", "site"}


async def test_words_that_are_not_english_are_answered_with_the_way_to_help(talk: Talk) -> None:
    answered = await talk.answer(text="Non mi sento ascoltata dalla mia terapeuta")
    turn = answered.json()["turn"]
    said = {each["id"]: each["language"] for each in turn["messages"] if each["speaker"] == "bot"}
    assert said["only_english"] is None
    assert said["only_english.it"] == "it"
    assert turn["support"]["shown"] is True
    assert turn["support"]["route"] is None


async def test_the_same_random_key_begins_the_same_conversation(http: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first = await http.post("/v1/conversations", json={"flow": FLOW}, headers=key)
    second = await http.post("/v1/conversations", json={"flow": FLOW}, headers=key)
    assert first.json() == second.json()


@pytest.mark.parametrize("key", ["1", "ZEBRA-7391", "11111111-1111-1111-8111-111111111111"])
async def test_a_key_that_can_be_guessed_begins_nothing(http: httpx.AsyncClient, key: str) -> None:
    response = await http.post("/v1/conversations", json={"flow": FLOW}, headers={"Idempotency-Key": key})
    body = assert_problem(response, 422, "invalid-request")
    assert body["errors"][0]["pointer"] == "header/idempotency-key"


async def test_an_answer_brings_the_next_turn_and_its_version(talk: Talk) -> None:
    response = await talk.answer(**plain_answer(talk.question, WORDS))
    assert set(response.json()) == {"turn"}
    assert talk.version == 2
    assert response.headers["etag"] == '"2"'


async def test_every_answer_given_is_shown_with_its_question(talk: Talk) -> None:
    first = talk.question
    await talk.answer(**plain_answer(first, WORDS))
    second = talk.question
    await talk.answer(skipped=True)
    looked = (await talk.ask("GET")).json()
    assert looked["turn"] == talk.turn
    assert [answer["question_id"] for answer in looked["answers"]] == [first["id"], second["id"]]
    assert looked["answers"][0]["saves"] == first["saves"]
    assert looked["answers"][1]["skipped"] is True
    assert looked["answers"][1]["counts"] is True


async def test_a_conversation_that_is_known_already_is_not_sent_again(talk: Talk) -> None:
    response = await talk.ask("GET", headers={"If-None-Match": '"1"'})
    assert (response.status_code, response.headers["etag"]) == (304, '"1"')
    await talk.answer(**plain_answer(talk.question, WORDS))
    assert (await talk.ask("GET", headers={"If-None-Match": '"1"'})).status_code == 200


async def test_a_repeat_with_the_same_key_changes_nothing_twice(talk: Talk) -> None:
    body = {"version": 1, "question_id": talk.question["id"], **plain_answer(talk.question, WORDS)}
    key = {"Idempotency-Key": "once"}
    first = await talk.ask("POST", "/answers", json=body, headers=key)
    second = await talk.ask("POST", "/answers", json=body, headers=key)
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert (await talk.ask("GET")).json()["turn"]["version"] == 2


async def test_a_key_does_not_stand_for_two_requests(talk: Talk) -> None:
    key = {"Idempotency-Key": "once"}
    await talk.answer(**plain_answer(talk.question, WORDS), headers=key)
    assert_problem(await talk.answer(skipped=True, headers=key), 422, "repeat-differs")


async def test_a_stale_version_is_refused_with_the_turn_as_it_stands(talk: Talk) -> None:
    stale = {"version": 1, "question_id": talk.question["id"], "skipped": True}
    await talk.answer(**plain_answer(talk.question, WORDS))
    body = assert_problem(await talk.ask("POST", "/answers", json=stale), 409, "stale-version")
    assert body["turn"] == talk.turn


async def test_a_stale_tag_is_refused_as_a_failed_precondition(talk: Talk) -> None:
    await talk.answer(**plain_answer(talk.question, WORDS))
    response = await talk.ask("POST", "/back", headers={"If-Match": '"1"'})
    assert assert_problem(response, 412, "stale-version")["turn"] == talk.turn


async def test_an_answer_to_another_question_is_refused(talk: Talk) -> None:
    body = {"version": 1, "question_id": "elsewhere", "skipped": True}
    problem = assert_problem(await talk.ask("POST", "/answers", json=body), 409, "not-the-question")
    assert problem["turn"] == talk.turn


async def test_one_step_back_brings_the_answer_as_prefill(talk: Talk) -> None:
    first = talk.question["id"]
    await talk.answer(**plain_answer(talk.question, WORDS))
    response = await talk.ask("POST", "/back", json={"version": 2})
    assert response.status_code == 200
    assert talk.question["id"] == first
    assert talk.question["prefill"]


async def test_one_step_back_needs_no_body(talk: Talk) -> None:
    await talk.answer(**plain_answer(talk.question, WORDS))
    assert (await talk.ask("POST", "/back")).status_code == 200


async def test_there_is_nothing_before_the_first_question(talk: Talk) -> None:
    problem = assert_problem(
        await talk.ask("POST", "/back", json={"version": 1}), 409, "nothing-to-go-back-to"
    )
    assert problem["turn"] == talk.turn


async def test_an_earlier_answer_is_changed_in_place(talk: Talk) -> None:
    first = talk.question
    await talk.answer(**plain_answer(first, WORDS))
    await talk.answer(skipped=True)
    response = await talk.ask(
        "PUT", f"/answers/{first['id']}", json={"text": "Other words."}, headers={"If-Match": '"3"'}
    )
    assert response.status_code == 200, response.text
    assert set(response.json()) == {"turn", "no_longer_counts"}
    assert (await talk.ask("GET")).json()["answers"][0]["text"] == "Other words."


async def test_a_change_of_an_answer_never_given_is_a_problem(talk: Talk) -> None:
    response = await talk.ask("PUT", "/answers/about/nothing:2", json={"version": 1, "skipped": True})
    assert_problem(response, 404, "answer-not-found")


async def test_an_answer_is_taken_by_its_tag_alone(talk: Talk) -> None:
    body = {"question_id": talk.question["id"], **plain_answer(talk.question, WORDS)}
    response = await talk.ask("POST", "/answers", json=body, headers={"If-Match": '"1"'})
    assert (response.status_code, response.headers["etag"]) == (200, '"2"')
    problem = assert_problem(await talk.ask("POST", "/answers", json=body), 422, "invalid-request")
    assert problem["errors"] == [{"pointer": "/version", "message": "This is needed."}]


async def test_a_change_needs_a_version_or_a_tag(talk: Talk) -> None:
    problem = assert_problem(
        await talk.ask("PUT", "/answers/moment", json={"skipped": True}), 422, "invalid-request"
    )
    assert problem["errors"] == [{"pointer": "/version", "message": "This is needed."}]


async def test_a_finished_conversation_takes_no_more_answers(talk: Talk) -> None:
    last = talk.question["id"]
    await talk.finish()
    assert talk.turn["question"] is None
    body = {"version": talk.version, "question_id": last, "skipped": True}
    assert_problem(await talk.ask("POST", "/answers", json=body), 409, "conversation-finished")


async def test_leaving_without_a_code_ends_it_for_good(talk: Talk) -> None:
    response = await talk.ask("POST", "/leave")
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["clear-site-data"] == '"cache", "storage"'
    assert_problem(await talk.ask("GET"), 404, "conversation-not-found")


async def test_a_resume_code_picks_it_up_elsewhere(talk: Talk) -> None:
    await talk.answer(**plain_answer(talk.question, WORDS))
    made = await talk.ask("POST", "/resume-code")
    assert made.status_code == 201
    await talk.ask("POST", "/leave")
    assert_problem(await talk.ask("GET"), 404, "conversation-not-found")
    resumed = await talk.http.post("/v1/resume", json={"code": made.json()["code"].lower()})
    assert resumed.json()["turn"] == talk.turn
    assert (await Talk(talk.http, resumed.json()).ask("GET")).status_code == 200


async def test_an_unknown_code_opens_nothing(http: httpx.AsyncClient) -> None:
    assert_problem(await http.post("/v1/resume", json={"code": "AAAA"}), 404, "resume-code-not-found")


async def test_everything_held_is_given_to_its_bearer(talk: Talk) -> None:
    await talk.answer(text="Exactly  these\nwords, äöü 🙂")
    held = (await talk.ask("GET", "/export")).json()
    assert held["answers"][0]["text"] == "Exactly  these\nwords, äöü 🙂"


async def test_what_is_erased_is_gone(talk: Talk) -> None:
    response = await talk.ask("DELETE")
    assert (response.status_code, response.content) == (204, b"")
    assert_problem(await talk.ask("GET"), 404, "conversation-not-found")
    assert_problem(await talk.ask("DELETE"), 404, "conversation-not-found")


async def test_unknown_foreign_and_erased_are_one_and_the_same(http: httpx.AsyncClient, talk: Talk) -> None:
    other = await Talk.begin(http)
    await other.ask("DELETE")
    bodies = set()
    for conversation_id, token in [
        ("cnv_AAAAAAAAAAAAAAAAAAAAAA", talk.token),
        ("x", talk.token),
        (talk.id, other.token),
        (talk.id, "ZEBRA-7391"),
        (talk.id, "é"),
        (other.id, other.token),
    ]:
        headers = {"Authorization": f"Bearer {token}".encode("latin-1")}
        response = await http.get(f"/v1/conversations/{conversation_id}", headers=headers)
        assert_problem(response, 404, "conversation-not-found")
        bodies.add(response.content)
    assert len(bodies) == 1


async def test_creations_of_an_address_are_limited_and_answers_are_not(tmp_path: Path) -> None:
    async with open_app(tmp_path, create_limit="2/minute") as http:
        talks = [await Talk.begin(http), await Talk.begin(http)]
        response = await http.post("/v1/conversations", json={"flow": FLOW})
        assert_problem(response, 429, "too-many-requests")
        assert 0 < int(response.headers["retry-after"]) <= 60
        for _ in range(3):
            assert (await talks[0].answer(skipped=True)).status_code == 200


async def test_a_conversation_outlives_a_restart(tmp_path: Path) -> None:
    async with open_app(tmp_path) as http:
        talk = await Talk.begin(http)
        await talk.answer(**plain_answer(talk.question, WORDS))
    async with open_app(tmp_path) as http:
        again = Talk(http, {"id": talk.id, "token": talk.token, "turn": talk.turn})
        assert (await again.ask("GET")).json()["turn"] == talk.turn

"""Language, country and time over /v1: asked for at the beginning, and changed later."""

import httpx
import pytest

from tests.api.serving import FLOW, Talk, assert_problem

pytestmark = pytest.mark.anyio


async def test_the_country_of_the_helplines_changes_in_place(talk: Talk) -> None:
    response = await talk.ask("PATCH", json={"country": "ie", "keep_for": 3})
    assert set(response.json()) == {"turn", "expires_at"}
    assert (await talk.ask("GET", "/export")).json()["country"] == "IE"


async def test_the_country_is_taken_back_by_an_empty_one_and_stays_by_null(talk: Talk) -> None:
    await talk.ask("PATCH", json={"country": "ie"})
    await talk.ask("PATCH", json={"country": None, "keep_for": 3})
    assert (await talk.ask("GET", "/export")).json()["country"] == "IE"
    assert (await talk.ask("PATCH", json={"country": ""})).status_code == 200
    assert (await talk.ask("GET", "/export")).json()["country"] is None


async def test_a_country_without_helplines_is_refused(talk: Talk) -> None:
    problem = assert_problem(await talk.ask("PATCH", json={"country": "ZZ"}), 422, "invalid-request")
    assert problem["errors"][0]["pointer"] == "/country"


async def test_a_language_that_the_flow_does_not_have_is_refused(talk: Talk) -> None:
    problem = assert_problem(await talk.ask("PATCH", json={"language": "xx"}), 422, "invalid-request")
    assert problem["errors"][0]["pointer"] == "/language"


async def test_the_language_falls_back_to_the_one_the_browser_prefers(http: httpx.AsyncClient) -> None:
    wishes = {"Accept-Language": "xx;q=0.9, en-GB;q=0.8, *;q=0.1"}
    response = await http.post("/v1/conversations", json={"flow": FLOW}, headers=wishes)
    note = await Talk(http, response.json()).ask("GET", "/note")
    assert note.json()["language"] == "en"


async def test_a_language_that_is_asked_for_and_not_offered_begins_nothing(http: httpx.AsyncClient) -> None:
    response = await http.post("/v1/conversations", json={"flow": FLOW, "language": "xx"})
    problem = assert_problem(response, 422, "invalid-request")
    assert problem["errors"][0]["pointer"] == "/language"

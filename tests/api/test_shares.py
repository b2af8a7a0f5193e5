"""Links to a frozen copy of a note: who makes them, who opens them, what ends them."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.api.serving import Talk, assert_problem, open_app
from tests.api.sharing import Link, open_freely

pytestmark = pytest.mark.anyio
WORDS = "she looked at the clock, QUAGGA-4417"
LEFT_OUT = "SERVAL-9902 my dad"


@pytest.fixture(scope="module")
async def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
async def http(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with open_freely(folder) as client:
        yield client


@pytest.fixture
async def talk(http: httpx.AsyncClient) -> Talk:
    begun = await Talk.begin(http)
    await begun.finish(WORDS)
    return begun


async def test_a_link_opens_the_note_as_it_was_composed(talk: Talk) -> None:
    link = await Link.make(talk, length="message", tone="firm")
    text = (await talk.ask("GET", "/note.txt?length=message&tone=firm")).text
    opened = await link.open()
    assert "\n\n".join(" ".join(sentences) for sentences in opened["paragraphs"]) + "\n" == text
    assert "QUAGGA-4417" in text
    assert set(opened) == {"format", "language", "closes", "signs", "paragraphs"}


async def test_the_copy_holds_no_line_that_was_left_out_offered_or_retyped(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await talk.answer(text="i dont feel a connection")
    await talk.walk(lambda turn: turn["question"]["id"] == "moment")
    await talk.answer(text=f"She looked at the clock. {LEFT_OUT} was there.")
    await talk.finish("plain words")
    note = (await talk.ask("GET", "/note")).json()
    held = [s["id"] for s in note["sentences"] if s["state"] == "in" and "SERVAL-9902" in s["text"]]
    assert held, "no sentence of the note holds the words: nothing is tested"
    edits = [{"id": each, "keep": False} for each in held]
    await talk.ask("PATCH", "/note", json={"version": talk.version, "edits": edits})
    note = (await talk.ask("GET", "/note")).json()
    opened = str(await (await Link.make(talk)).open())
    assert "SERVAL-9902" not in opened
    offered = [s["text"] for s in note["sentences"] if s["state"] != "in"]
    assert offered
    assert [text for text in offered if text in opened] == []


async def test_what_is_changed_later_is_not_in_the_copy(talk: Talk) -> None:
    link = await Link.make(talk)
    before = await link.open()
    note = (await talk.ask("GET", "/note")).json()
    edits = [{"id": s["id"], "keep": False} for s in note["sentences"]]
    await talk.ask("PATCH", "/note", json={"version": talk.version, "edits": edits})
    assert await link.open() == before


async def test_the_copy_has_other_words_where_the_client_chose_them_and_nothing_unsent(talk: Talk) -> None:
    note = (await talk.ask("GET", "/note")).json()
    line = next(s["id"] for s in note["sentences"] if s["state"] == "in" and "QUAGGA-4417" in s["text"])
    body = {"version": talk.version, "edits": [{"id": line, "text": "You seemed far away."}]}
    response = await talk.ask("PATCH", "/note", json={**body, "unsent": "NUMBAT-3316 you never cared"})
    assert response.status_code == 200, response.text
    opened = str(await (await Link.make(talk)).open())
    assert "You seemed far away." in opened
    assert "NUMBAT-3316" not in opened


async def test_a_private_worry_is_in_no_copy(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await talk.walk(lambda turn: turn["question"]["id"] == "fear", "plain words")
    await talk.answer(text="they will think OCELOT-5520")
    await talk.answer(value="no")
    assert "OCELOT-5520" not in str(await (await Link.make(talk)).open())


async def test_a_link_is_told_once_and_listed_without_its_key(talk: Talk) -> None:
    link = await Link.make(talk, expires_in=30, max_views=5, pin=True)
    assert link.told["url"].startswith("http://127.0.0.1:8000/n/shr_")
    assert link.told["qr_svg"].startswith("<svg ")
    assert (link.pin or "").isdigit()
    listed = (await talk.ask("GET", "/shares")).json()["shares"]
    expected = {"id": link.id, "expires_at": link.told["expires_at"], "opens": 0, "max_views": 5, "pin": True}
    assert listed == [expected]
    exported = (await talk.ask("GET", "/export")).text
    assert link.id in exported
    for secret in (link.key, link.token, link.pin or ""):
        assert secret not in exported + str(listed)


async def test_behind_tls_the_link_begins_with_the_public_address(tmp_path: Path) -> None:
    async with open_app(tmp_path, public_url="https://words.example") as http:
        talk = await Talk.begin(http)
        await talk.finish(WORDS)
        told = (await talk.ask("POST", "/shares", json={"length": "opener", "tone": "soft"})).json()
    assert told["url"].startswith("https://words.example/n/")


async def test_a_record_for_oneself_has_no_link(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await talk.answer(text="my therapist kissed me")
    assert (await talk.ask("GET", "/note")).json()["to"] == "self"
    response = await talk.ask("POST", "/shares", json={"length": "letter", "tone": "plain"})
    assert_problem(response, 409, "nothing-to-share")
    assert (await talk.ask("GET", "/note.txt")).status_code == 200


async def test_a_note_with_every_line_left_out_has_no_link(talk: Talk) -> None:
    for _ in range(3):  # what is taken out makes room for other lines
        note = (await talk.ask("GET", "/note")).json()
        edits = [{"id": s["id"], "keep": False} for s in note["sentences"] if s["state"] == "in"]
        await talk.ask("PATCH", "/note", json={"version": talk.version, "edits": edits})
    response = await talk.ask("POST", "/shares", json={"length": "letter", "tone": "plain"})
    assert_problem(response, 409, "nothing-to-share")


async def test_what_was_shared_before_can_be_revoked_once_the_note_is_a_record(talk: Talk) -> None:
    link = await Link.make(talk)
    change = {"version": talk.version, "text": "he kissed me in the session"}
    await talk.ask("PUT", "/answers/opening", json=change)
    assert (await talk.ask("GET", "/note")).json()["to"] == "self"
    assert (await talk.ask("DELETE", f"/shares/{link.id}")).status_code == 204
    assert_problem(await link.ask(), 404, "share-not-found")


async def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(talk: Talk) -> None:
    link, other = await Link.make(talk), await Link.make(talk)
    gone = await Link.make(talk)
    await talk.ask("DELETE", f"/shares/{gone.id}")
    nowhere = Link(talk.http, "", f"/n/shr_{'A' * 22}", other.key, None, {})
    odd = Link(talk.http, "", "/n/x", other.key, None, {})
    refused = [await each.ask() for each in (gone, nowhere, odd)]
    refused += [await link.ask(other.token), await link.ask(talk.token), await link.ask(f"iws_{link.key}")]
    for response in refused:
        assert_problem(response, 404, "share-not-found")
    assert len({response.content for response in refused}) == 1
    by_form = [await each.post() for each in (gone, nowhere, odd)] + [await link.post(key=other.key)]
    assert {response.status_code for response in by_form} == {404}
    assert len({response.content for response in by_form}) == 1
    assert (await talk.ask("GET", "/shares")).json()["shares"][0]["opens"] == 0


async def test_no_token_opens_what_is_not_its_own(talk: Talk) -> None:
    link, stranger = await Link.make(talk), await Talk.begin(talk.http)
    assert_problem(await stranger.ask("DELETE", f"/shares/{link.id}"), 404, "share-not-found")
    bearer = {"Authorization": f"Bearer {link.token}"}
    response = await talk.http.get(f"/v1/conversations/{talk.id}", headers=bearer)
    assert_problem(response, 404, "conversation-not-found")
    assert_problem(await talk.http.post(link.path), 401, "missing-token")
    assert "paragraphs" in await link.open()


async def test_erasing_the_conversation_ends_its_links_and_leaving_does_not(http: httpx.AsyncClient) -> None:
    for way, ends in (("leave", False), ("erase", True)):
        talk = await Talk.begin(http)
        await talk.finish(WORDS)
        link = await Link.make(talk)
        response = await (talk.ask("POST", "/leave") if way == "leave" else talk.ask("DELETE"))
        assert response.status_code == 204
        assert (await link.ask()).status_code == (404 if ends else 200)


async def test_a_locked_conversation_makes_no_link_until_it_is_resumed(talk: Talk) -> None:
    link = await Link.make(talk)
    code = (await talk.ask("POST", "/resume-code")).json()["code"]
    await talk.ask("POST", "/leave")
    body = {"length": "letter", "tone": "plain"}
    assert_problem(await talk.ask("POST", "/shares", json=body), 404, "conversation-not-found")
    assert "paragraphs" in await link.open()
    resumed = Talk(talk.http, (await talk.http.post("/v1/resume", json={"code": code})).json())
    assert [s["id"] for s in (await resumed.ask("GET", "/shares")).json()["shares"]] == [link.id]


async def test_a_limit_of_views_holds_against_twenty_at_once(talk: Talk) -> None:
    link = await Link.make(talk, max_views=3)
    came = await asyncio.gather(*(link.ask() for _ in range(20)))
    assert sorted(response.status_code for response in came) == [200] * 3 + [404] * 17


async def test_five_wrong_numbers_destroy_the_copy(talk: Talk) -> None:
    link = await Link.make(talk, pin=True)
    wrong = f"{(int(link.pin or 0) + 1) % 10**6:06d}"
    for _ in range(7):
        assert_problem(await link.ask(), 403, "pin-needed")
    for _ in range(4):
        assert_problem(await link.ask(pin=wrong), 403, "pin-needed")
    assert "paragraphs" in await link.open(pin=link.pin)
    assert_problem(await link.ask(pin=wrong), 404, "share-not-found")
    assert_problem(await link.ask(pin=link.pin), 404, "share-not-found")


@pytest.mark.parametrize("pin", ["12345", "1234567", "abcdef", "١٢٣٤٥٦", 123456, ["1"]])
async def test_what_cannot_be_the_numbers_is_no_try(talk: Talk, pin: object) -> None:
    link = await Link.make(talk, pin=True)
    for _ in range(6):
        assert_problem(await link.ask(pin=pin), 422, "invalid-request")
    assert "paragraphs" in await link.open(pin=link.pin)


async def test_links_expire_by_their_day(talk: Talk, folder: Path) -> None:
    link = await Link.make(talk, expires_in=1)
    with closing(sqlite3.connect(folder / "into-words.db")) as db:
        db.execute("UPDATE share SET expires_day = expires_day - 2 WHERE id = ?", (link.id,))
        db.commit()
    assert_problem(await link.ask(), 404, "share-not-found")
    assert (await talk.ask("GET", "/shares")).json()["shares"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"expires_in": 2}, id="another number of days"),
        pytest.param({"expires_in": "7"}, id="days as words"),
        pytest.param({"max_views": 0}, id="never to be seen"),
        pytest.param({"max_views": 1001}, id="too many views"),
        pytest.param({"pin": "123456"}, id="numbers of one's own"),
        pytest.param({"length": "novel"}, id="another length"),
        pytest.param({"text": "words"}, id="words of one's own"),
    ],
)
async def test_a_link_is_made_as_documented_or_not_at_all(talk: Talk, wrong: dict[str, object]) -> None:
    body = {"length": "letter", "tone": "plain", **wrong}
    assert_problem(await talk.ask("POST", "/shares", json=body), 422, "invalid-request")


async def test_ten_links_are_open_at_most(talk: Talk) -> None:
    links = [await Link.make(talk) for _ in range(10)]
    body = {"length": "letter", "tone": "plain"}
    assert_problem(await talk.ask("POST", "/shares", json=body), 413, "too-large")
    await talk.ask("DELETE", f"/shares/{links[0].id}")
    await Link.make(talk)


async def test_one_address_opens_sixty_links_a_minute_and_looks_at_covers_as_it_likes(tmp_path: Path) -> None:
    async with open_app(tmp_path) as http:
        talk = await Talk.begin(http)
        link = await Link.make(talk)
        assert {(await link.ask()).status_code for _ in range(60)} == {200}
        refused = await link.ask()
        assert_problem(refused, 429, "too-many-requests")
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert (await link.post()).status_code == 429
        assert (await http.get(link.path)).status_code == 200
        assert (await talk.ask("GET", "/note")).status_code == 200

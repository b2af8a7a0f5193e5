"""A program, for test_privacy_marker.py: puts a marker into every typed text and through every route,
and prints each place where it shows and must not. It runs whatever `app` comes first on the path."""

import asyncio
import base64
import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

import app
from app import logs
from app.main import create_app
from app.service import Bearer
from app.web.bodies import AnswerIn, ResumeIn
from tests.api.serving import Talk, served, settings_in

MARKER = "ZEBRA-7391"
TYPED = f"{MARKER} she never listens to me"
JSON = {"Content-Type": "application/json"}


def forms() -> dict[str, bytes]:
    """The marker as it could stand in a file."""
    plain = MARKER.encode()
    found = {"as it is": plain, "in UTF-16": MARKER.encode("utf-16-le"), "as hex": plain.hex().encode()}
    for shift in range(3):
        whole = base64.b64encode(b"x" * shift + plain)
        found[f"in base64, shifted by {shift}"] = whole[-(-shift * 4 // 3) + 1 : -4]
    return found


def shows_in(where: str, content: bytes) -> Iterator[str]:
    for name, form in forms().items():
        if form.lower() in content.lower():
            yield f"{where}: {name}"


def problem_shows(response: httpx.Response) -> Iterator[str]:
    """What a refusal repeats. A 409 may carry the current turn, to the token's bearer."""
    where = f"{response.request.method} answered by {response.status_code}"
    yield from shows_in(f"headers of {where}", str(response.headers).encode())
    if response.is_error:
        told = response.text
        if response.headers["content-type"].endswith("json"):
            told = str({name: value for name, value in response.json().items() if name != "turn"})
        yield from shows_in(f"problem of {where}", told.encode())


async def walked(talk: Talk) -> None:
    """The marker as an answer to every question, beside every choice, and once more as a change."""
    while not talk.turn["finished"]:
        asked = talk.question
        given: dict[str, Any] = {"text": TYPED}
        if asked["options"] and asked["kind"] == "pick":
            given["values"] = [asked["options"][0]["value"]]
        elif asked["kind"] not in ("ask", "pick"):
            given = {"value": asked["options"][0]["value"] if asked["options"] else "yes"}
        before = talk.version
        if not (await talk.answer(**given)).is_success or talk.version == before:
            await talk.answer(skipped=True)
    answered = (await talk.ask("GET")).json()["answers"]
    key = next(each["question_id"] for each in answered if "text" in each)
    await talk.ask("PUT", f"/answers/{key}", json={"version": talk.version, "text": TYPED + "."})
    line = (await talk.ask("GET", "/note")).json()["sentences"][0]["id"]
    edits = [{"id": line, "text": f"Note {TYPED}"}]
    await talk.ask("PATCH", "/note", json={"version": talk.version, "edits": edits, "unsent": TYPED + "!"})


async def shared(talk: Talk) -> list[httpx.Response]:
    """The note with the marker in it behind a link that is made, listed, looked at, opened and ended."""
    http, form = talk.http, {"Content-Type": "application/x-www-form-urlencoded"}
    made = (await talk.ask("POST", "/shares", json={"length": "letter", "tone": "plain", "pin": True})).json()
    address, _, key = made["url"].partition("#")
    right = {"key": key, "pin": made["pin"]}
    opened = await http.post(address, data=right)
    assert MARKER in opened.text, "the link does not hold the marker: nothing is tested"
    tried = [
        http.get(address),
        http.post(address, data=right | {"take": "text"}),
        http.post(address, data={"key": key, "pin": MARKER}),
        http.post(address, data={"key": f"{address}#{MARKER}"}),
        http.post(f"/n/{MARKER}", data={"key": key, "take": "text"}),
        http.post(address, content=MARKER * 20_000, headers=form),
        http.post(address, json={"pin": MARKER}, headers={"Authorization": f"Bearer iws_{key}"}),
        http.post(address, json={MARKER: MARKER}, headers={"Authorization": f"Bearer {MARKER}"}),
        talk.ask("POST", "/shares", json={"length": MARKER, "tone": MARKER, MARKER: MARKER}),
        talk.ask("DELETE", f"/shares/{MARKER}"),
        talk.ask("GET", "/shares"),
    ]
    return [opened, *[await each for each in tried]]


async def carried(talk: Talk) -> list[httpx.Response]:
    """The file with the marker in it brought in, gone on from, and forged in many ways."""
    http, ours = talk.http, {"Sec-Fetch-Site": "same-origin"}
    held = (await talk.ask("GET", "/export")).json()
    whole, after = held["conversation"], {"flow": "after", "earlier": held}
    brought = [http.post("/v1/import", json=held), http.post("/v1/conversations", json=after)]
    came = [await each for each in brought]
    assert [each.status_code for each in came] == [201, 201]
    assert MARKER in came[1].text, "the marker did not come along: nothing is tested"
    forged = [{**held, "flow": MARKER}, {**held, MARKER: MARKER, "format": MARKER}, {"conversation": MARKER}]
    for name in whole:
        forged += [
            {**held, "conversation": {**whole, name: wrong}} for wrong in (MARKER, [MARKER], {MARKER: 1})
        ]
    tried = [http.post("/v1/import", json=each) for each in forged]
    for each in (*forged, MARKER, f"{held}"):
        sent = {"file": (f"{MARKER}.json", str(each).replace("'", '"'), "application/json")}
        tried.append(http.post("/resume/file", files=sent, data={"key": MARKER}, headers=ours))
    return [*came, *[await each for each in tried]]


async def refused(talk: Talk) -> list[httpx.Response]:
    """Requests that fail, each with the marker wherever it can be put."""
    http, body = talk.http, {"version": 1, "question_id": MARKER, "text": TYPED}
    heads = {"Idempotency-Key": MARKER, "X-Request-Id": MARKER, "User-Agent": MARKER, "Referer": MARKER}
    broken = f'{{"text": "{MARKER}'.encode()
    started = [
        talk.ask("POST", "/answers", json=body, headers=heads),
        talk.ask("POST", "/answers", json={**body, MARKER: MARKER}),
        talk.ask("POST", "/answers", json={"version": MARKER, "value": [MARKER]}),
        talk.ask("POST", "/answers", content=broken, headers=JSON),
        talk.ask("POST", "/answers", content=broken * 20_000, headers=JSON),
        talk.ask("POST", "/answers", content=broken, headers={"Content-Type": "text/plain"}),
        talk.ask("PUT", f"/answers/{MARKER}", json={"version": talk.version, "text": TYPED}),
        talk.ask("PATCH", "/note", json={"version": 1, "edits": [{"id": MARKER, "keep": True}]}),
        talk.ask("PATCH", "/note", json={"version": 1, "edits": [{"id": MARKER, "text": TYPED}]}),
        talk.ask("PATCH", "/note", json={"edits": [{"id": "lead", "text": TYPED * 100}]}),
        talk.ask("PATCH", "/note", json={"version": 1, "unsent": [TYPED]}),
        talk.ask("PATCH", json={"language": MARKER, "country": MARKER}),
        talk.ask("POST", "/back", headers={"If-Match": MARKER}),
        talk.ask("GET", f"/note?length={MARKER}&{MARKER}={MARKER}"),
        http.get(f"/v1/conversations/{MARKER}", headers={"Authorization": f"Bearer {MARKER}"}),
        http.get(f"/v1/conversations/{MARKER}", headers={"Authorization": MARKER}),
        http.post("/v1/resume", json={"code": MARKER}),
        http.post("/v1/conversations", json={"flow": MARKER}, headers={"Idempotency-Key": MARKER}),
        http.post("/v1/conversations", json={"flow": "connection"}, headers={"Origin": f"https://{MARKER}"}),
        http.get(f"/{MARKER}?q={MARKER}"),
        http.request(MARKER, f"/v1/{MARKER}"),
        http.get("/fails"),
        http.get("/v1/fails"),
    ]
    return [await each for each in started]


async def reprs(application: Any, talk: Talk) -> list[str]:
    """What the house's own classes say of themselves."""
    service, who = application.state.house.service, Bearer(talk.id, talk.token)
    note = await service.notes.note(who, "letter", "plain")
    given = AnswerIn(version=1, question_id="moment", text=TYPED)
    return [
        repr(await service.conversations.look(who)),
        repr(note),
        repr(given),
        repr(given.given()),
        repr(ResumeIn(code=MARKER)),
        repr(await service.pinned.look(who)),
    ]


async def fails() -> None:
    raise RuntimeError(TYPED)


async def findings(folder: Path) -> list[str]:
    """Every place where the marker shows and must not."""
    log, found = io.StringIO(), list[str]()
    logs.set_up(log, logging.DEBUG)
    application = create_app(settings_in(folder))
    for path in ("/fails", "/v1/fails"):
        application.add_api_route(path, fails)
    async with served(application) as http:
        talk = await Talk.begin(http)
        await walked(talk)
        for path in ("", "/note", "/note.txt", "/note.md", "/note.html", "/export"):
            response = await talk.ask("GET", path)
            assert response.is_success
            unescaped = response.text.replace("\\", "")
            assert MARKER in unescaped, f"{path} does not hold the marker: nothing is tested"
            found += problem_shows(response)
        for response in (*await shared(talk), *await carried(talk)):
            found += problem_shows(response)
        assert (await talk.ask("GET", "/note.pdf")).is_success
        await talk.ask("POST", "/resume-code")
        answers = await refused(talk)
        assert all(response.is_error for response in answers), [r.status_code for r in answers]
        for response in answers:
            found += problem_shows(response)
        for said in await reprs(application, talk):
            found += shows_in(f"repr of {said.split('(')[0]}", said.encode())
        found += files_show(folder)
    found += files_show(folder)
    assert log.getvalue().count("event=request") > 30, "there is no log to look at"
    found += shows_in("log", log.getvalue().encode())
    return found


def files_show(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        yield from shows_in(f"file {path.name}", path.read_bytes())


if __name__ == "__main__":
    assert Path(app.__file__).is_relative_to(sys.argv[2]), "another build is on the path"
    for line in dict.fromkeys(asyncio.run(findings(Path(sys.argv[1])))):
        sys.stdout.write(f"{line}\n")

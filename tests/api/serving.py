"""The app as a caller meets it: httpx over ASGI, a real SQLite file, the shipped flows."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings

FLOWS = Path(__file__).parents[2] / "conversation_flows"
FLOW = "connection"
UNLIMITED = "100000/second"


def settings_in(folder: Path, **more: Any) -> Settings:
    """Settings whose files lie in `folder`; no limit on creations unless told."""
    return Settings.model_validate({"data": folder, "flows": FLOWS, "create_limit": UNLIMITED, **more})


def create_app_in(folder: Path, **more: Any) -> FastAPI:
    """A fresh app over the files in `folder`."""
    return create_app(settings_in(folder, **more))


@asynccontextmanager
async def served(app: FastAPI, address: str = "127.0.0.1") -> AsyncIterator[httpx.AsyncClient]:
    """The app inside its lifespan, and a way to call it from an address."""
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as http:
            yield http


@asynccontextmanager
async def open_app(folder: Path, **more: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A fresh app over the files in `folder`, inside its lifespan."""
    async with served(create_app_in(folder, **more)) as http:
        yield http


class Talk:
    """One conversation, with its token; `turn` is the turn it stands at."""

    def __init__(self, http: httpx.AsyncClient, opened: Mapping[str, Any]) -> None:
        self.http = http
        self.id: str = opened["id"]
        self.token: str = opened["token"]
        self.turn: dict[str, Any] = opened["turn"]

    @classmethod
    async def begin(cls, http: httpx.AsyncClient, flow: str = FLOW, **more: str) -> "Talk":
        response = await http.post("/v1/conversations", json={"flow": flow, **more})
        assert response.status_code == 201, response.text
        return cls(http, response.json())

    @property
    def version(self) -> int:
        version: int = self.turn["version"]
        return version

    @property
    def question(self) -> dict[str, Any]:
        question: dict[str, Any] = self.turn["question"]
        return question

    async def ask(
        self, method: str, path: str = "", *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        """Send a request to this conversation; a turn in the response becomes the turn it stands at."""
        bearer = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        response = await self.http.request(
            method, f"/v1/conversations/{self.id}{path}", headers=bearer, **more
        )
        if response.is_success and response.headers.get("content-type", "").endswith("json"):
            self.turn = response.json().get("turn", self.turn)
        return response

    async def answer(self, *, headers: Mapping[str, str] | None = None, **given: Any) -> httpx.Response:
        """Answer the question that is asked now."""
        body = {"version": self.version, "question_id": self.question["id"], **given}
        return await self.ask("POST", "/answers", json=body, headers=headers)

    async def walk(
        self, until: Callable[[dict[str, Any]], bool], words: str = "I don't feel heard by her."
    ) -> None:
        """Answer, in the plainest way, until a turn is as wanted."""
        for _ in range(60):
            if until(self.turn):
                return
            before = self.version
            response = await self.answer(**plain_answer(self.question, words))
            assert response.status_code == 200, response.text
            if self.version == before:
                await self.answer(skipped=True)
        raise AssertionError("no such turn on this path")

    async def finish(self, words: str = "I don't feel heard by her.") -> None:
        """Walk to the end."""
        await self.walk(lambda turn: bool(turn["finished"]), words)


ASKED = {"wish": "she should look at me", "ask": "she should look up at me first"}
"""What is asked for: the same words for every answer would be said once."""


OWN_FIRST = "opening_shared"
"""The question that is answered "no", so that the time that was told speaks first."""
OWN_LINE = "first_line"
"""The question that is skipped, so that the note is put together."""


def plain_answer(question: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The first option, or words where there is none; a name where only a name has room."""
    if question["id"] == OWN_FIRST:
        return {"value": "no"}
    if question["id"] == OWN_LINE:
        return {"skipped": True}
    if question["kind"] == "ask":
        asked = ASKED.get(question["id"], words)
        return {"text": asked if question["max_length"] > 100 else "Dr Lee"}
    first = question["options"][0]["value"] if question["options"] else "yes"
    return {"values": [first]} if question["kind"] == "pick" else {"value": first}


def assert_problem(response: httpx.Response, status: int, slug: str | None) -> dict[str, Any]:
    """The response is this problem, in the shape of all problems; returns its body."""
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    body: dict[str, Any] = response.json()
    assert body["type"] == (f"/developers#{slug}" if slug else "about:blank")
    assert body["status"] == status
    assert body["title"]
    return body

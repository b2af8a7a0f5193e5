"""Links as their holders meet them: one who has a program, one who has a browser without scripts."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from app.storage import share_seals
from app.web.limits import CreationLimit
from tests.api.serving import UNLIMITED, Talk, create_app_in, served


@asynccontextmanager
async def open_freely(folder: Path, **more: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A fresh app in which one address may open as many links as it likes."""
    app = create_app_in(folder, **more)
    async with served(app) as http:
        app.state.house = replace(app.state.house, openings=CreationLimit(UNLIMITED))
        yield http


@dataclass(frozen=True)
class Link:
    """A link that was made, and what came with it."""

    http: httpx.AsyncClient
    id: str
    path: str
    key: str
    pin: str | None
    told: dict[str, Any]

    @classmethod
    async def make(cls, talk: Talk, **more: Any) -> "Link":
        body = {"length": "letter", "tone": "plain", **more}
        response = await talk.ask("POST", "/shares", json=body)
        assert response.status_code == 201, response.text
        return cls.of(talk.http, response.json())

    @classmethod
    def of(cls, http: httpx.AsyncClient, told: dict[str, Any]) -> "Link":
        address, _, key = told["url"].partition("#")
        return cls(http, told["id"], address[address.index("/n/") :], key, told["pin"], told)

    @property
    def token(self) -> str:
        return share_seals.token_of(share_seals.read_key(self.key))

    async def ask(self, token: str | None = None, **body: Any) -> httpx.Response:
        """Open it as a program does."""
        bearer = {"Authorization": f"Bearer {token or self.token}"}
        return await self.http.post(self.path, json=body, headers=bearer)

    async def open(self, **body: Any) -> dict[str, Any]:
        """What was frozen, opened by the link's key."""
        response = await self.ask(**body)
        assert response.status_code == 200, response.text
        sealed = response.json()["sealed"]
        inner = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        read: dict[str, Any] = json.loads(
            share_seals.open_inner(share_seals.read_key(self.key), self.id, inner)
        )
        return read

    async def post(self, **fields: str) -> httpx.Response:
        """Open it as a browser without scripts does."""
        return await self.http.post(self.path, data={"key": self.key, **fields})

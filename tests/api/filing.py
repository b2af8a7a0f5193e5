"""A conversation out into its file and back in, for tests over /v1."""

from typing import Any

import httpx

from tests.api.serving import Talk

MARKER = "ZEBRA-7391"
File = dict[str, Any]


async def taken_out(talk: Talk) -> File:
    file: File = (await talk.ask("GET", "/export")).json()
    return file


async def brought_in(http: httpx.AsyncClient, file: File, **headers: str) -> Talk:
    response = await http.post("/v1/import", json=file, headers=headers)
    assert response.status_code == 201, response.text
    return Talk(http, response.json())

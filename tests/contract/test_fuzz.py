"""Requests made up from the OpenAPI: no 5xx, no undocumented status, type, header or shape. First every
operation in this process, so that each case meets a conversation that is there; then every check and phase of
schemathesis over a real socket."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.main import create_app
from app.settings import Settings
from tests.api.live import live
from tests.api.serving import FLOW, Talk, open_app

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DOCUMENT = schemathesis.openapi.from_dict(create_app(Settings()).openapi())
OPERATIONS = {each.ok().definition.raw["operationId"]: each.ok() for each in DOCUMENT.get_all_operations()}
# What has neither a body nor a query takes nothing that could be wrong in its form.
CAN_BE_WRONG = [
    name
    for name, each in OPERATIONS.items()
    if "requestBody" in each.definition.raw
    or any(parameter["in"] == "query" for parameter in each.definition.raw.get("parameters", ()))
]
RIGHT = [pytest.param(name, GenerationMode.POSITIVE, id=f"{name}, right") for name in OPERATIONS]
WRONG = [pytest.param(name, GenerationMode.NEGATIVE, id=f"{name}, wrong") for name in CAN_BE_WRONG]
FEW, MANY = 8, 300


class Fuzzed:
    """A running app, and a conversation that is begun anew whenever it is gone."""

    def __init__(self, runner: asyncio.Runner, http: httpx.AsyncClient) -> None:
        self._runner, self._http = runner, http
        self._talk: Talk | None = None

    def send(self, case: schemathesis.Case) -> httpx.Response:
        return self._runner.run(self._send(case))

    async def _send(self, case: schemathesis.Case) -> httpx.Response:
        self._talk = self._talk or await Talk.begin(self._http)
        if "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = self._talk.id
        if case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE:
            case.body = self._fitted(case.body)
        sent = requests.Request(**_usable(case.as_transport_kwargs("http://127.0.0.1:8000"))).prepare()
        headers = {
            name: value for name, value in sent.headers.items() if name not in ("Authorization", "If-Match")
        }
        headers["Authorization"] = f"Bearer {self._talk.token}"
        response = await self._http.request(
            str(sent.method), str(sent.url), headers=_encoded(headers), content=sent.body or b""
        )
        if response.is_success and "turn" in response.text:
            self._talk.turn = response.json().get("turn", self._talk.turn)
        if response.status_code in (204, 404) or case.operation.path == "/v1/resume":
            self._talk = None
        return response

    def _fitted(self, body: Any) -> Any:
        """A well-formed body that gets further than the first refusal."""
        talk = self._talk
        fitting = {"flow": FLOW}
        if talk is not None and talk.turn["question"]:
            fitting |= {"version": talk.version, "question_id": talk.question["id"]}
        if not isinstance(body, dict):
            return body
        return body | {name: value for name, value in fitting.items() if name in body}


def _usable(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kwargs.items() if name not in ("timeout", "verify", "session")}


def _encoded(headers: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    def encode(text: str | bytes) -> bytes:
        return text if isinstance(text, bytes) else text.encode("utf-8", "replace")

    return [(encode(name), encode(value)) for name, value in headers.items()]


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzed]:
    with asyncio.Runner() as runner:
        opening = open_app(tmp_path_factory.mktemp("data"))
        http = runner.run(opening.__aenter__())
        yield Fuzzed(runner, http)
        runner.run(opening.__aexit__(None, None, None))


@pytest.mark.parametrize(("name", "mode"), [*RIGHT, *WRONG])
def test_made_up_requests_meet_what_is_documented(
    fuzzed: Fuzzed, request: pytest.FixtureRequest, name: str, mode: GenerationMode
) -> None:
    long = request.config.getoption("--long", default=False)

    @settings(
        max_examples=MANY if long else FEW,
        deadline=None,
        database=None,
        derandomize=not long,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[name].as_strategy(generation_mode=mode))
    def tried(case: schemathesis.Case) -> None:
        case.validate_response(fuzzed.send(case), checks=CHECKS)

    tried()


ENDS_IT = ("erase", "leave", "resume", "open_share")
"""What takes the conversation, or the limit on links, from all that follows; they are tried above."""
NOT_OURS = ("ignored_auth",)
"""It wants 401 for a wrong token; here that is the same 404 as for what is not there, and a test says so."""
CASES, MANY_CASES = 2, 100
SETTINGS = """
# A valid request may be refused: an old version (412), the eleventh link (413), a key used before (422).
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "412", "413", "422", "429", "503"]

[parameters]
"path.id" = "{id}"
"path.flow" = "connection"
"path.question_id" = "opening"
"""


def test_every_check_passes_over_a_real_socket(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    long = request.config.getoption("--long", default=False)
    with live(tmp_path) as server:
        opened = httpx.post(f"{server.address}/v1/conversations", json={"flow": FLOW}).json()
        token = f"Authorization: Bearer {opened['token']}"
        answered = {"version": 1, "question_id": "opening", "text": "I don't feel heard"}
        where = f"{server.address}/v1/conversations/{opened['id']}/answers"
        httpx.post(where, json=answered, headers=dict([token.split(": ")]))
        (tmp_path / "settings.toml").write_text(SETTINGS.format(id=opened["id"]))
        command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", "settings.toml"]
        command += [
            "run",
            f"{server.address}/openapi.json",
            "--header",
            token,
            "--no-color",
            "--checks",
            "all",
        ]
        command += [
            "--exclude-checks",
            ",".join(NOT_OURS),
            "--max-examples",
            str(MANY_CASES if long else CASES),
        ]
        command += [part for name in ENDS_IT for part in ("--exclude-operation-id", name)]
        command += [] if long else ["--seed", "1"]
        ran = subprocess.run(
            command, cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=False
        )
    found = re.search(r"(\d+) generated, (\d+) passed", ran.stdout)
    assert ran.returncode == 0, ran.stdout[-6000:]
    assert found is not None, ran.stdout[-2000:]
    assert int(found[1]) > len(OPERATIONS)
    sys.stdout.write(f"{found[0]}\n")

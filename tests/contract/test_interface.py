"""The page of the interface keeps its word: every line on it runs, in its order, against a real server, and
is answered in the shape that stands beside it."""

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from app.storage.share_seals import read_key, token_of
from app.web.examples import BY_OPERATION
from app.web.pages_api import GROUPS, in_order
from app.web.problems import CATALOGUE
from tests.api.live import Live, live
from tests.contract.test_openapi import OPERATIONS

NAMES = [name for _, name in in_order(iter(BY_OPERATION))]
WORDS = "she looked at the clock while i talked about my exam"

SOMEBODY = "my mother called and she laughed about it"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("data")) as found:
        yield found


@pytest.fixture(scope="module")
def page(server: Live) -> str:
    return httpx.get(f"{server.address}/developers/api").text


def line_of(page: str, name: str) -> str:
    """The line that the page shows for an operation, as a person would copy it."""
    found = re.search(rf'aria-label="{name} by curl"><code>(.*?)</code>', page, re.S)
    assert found, name
    return html.unescape(found[1])


class Shell:
    """Runs the lines of the page one by one, and keeps in variables what the server gave out."""

    def __init__(self, server: Live, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.variables = dict.fromkeys(["ID", "TOKEN", "VERSION"], "")

    def run(self, line: str) -> tuple[int, str]:
        """Status and body."""
        bash = shutil.which("bash")
        assert bash, "the lines need bash"
        assert f'"{self.server.address}/' in line
        line = line.replace("curl ", "curl -s -w '\\n%{http_code}' ", 1)
        ran = subprocess.run(
            [bash, "-c", line],
            cwd=self.folder,
            env=os.environ | self.variables,
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        body, _, status = ran.stdout.rpartition("\n")
        if line.endswith('.pdf"'):
            body = (self.folder / "note.pdf").read_text("latin-1")
        self.keep(body)
        return int(status), body

    def keep(self, body: str) -> None:
        """What later lines need of a body."""
        told = json.loads(body) if body.startswith("{") else {}
        if "token" in told:
            self.variables |= {"ID": told["id"], "TOKEN": told["token"]}
        if "turn" in told:
            self.variables["VERSION"] = str(told["turn"]["version"])
        if "code" in told:
            self.variables["CODE"] = told["code"]
        if "qr_svg" in told:
            key = told["url"].partition("#")[2]
            self.variables |= {
                "SHARE": told["id"],
                "PIN": told["pin"],
                "SHARE_TOKEN": token_of(read_key(key)),
            }

    def talk(self) -> None:
        """Answers what is asked, so that there is a note to change."""
        where = f"{self.server.address}/v1/conversations/{self.variables['ID']}"
        with httpx.Client(headers={"Authorization": f"Bearer {self.variables['TOKEN']}"}) as http:
            turn = http.get(where).json()["turn"]
            while turn["question"]:
                body = {"version": turn["version"], "question_id": turn["question"]["id"]}
                given = talked(turn["question"])
                turn = http.post(f"{where}/answers", json=body | given).json()["turn"]
        self.variables["VERSION"] = str(turn["version"])


def talked(question: Mapping[str, Any]) -> dict[str, Any]:
    match question["saves"], question["kind"]:
        case ("moment" | "wish" | "ask", _):
            return {"text": WORDS}
        case ("helped", "pick"):
            return {"values": [question["options"][0]["value"]], "text": WORDS}
        case ("hindered", "pick"):
            return {"values": [question["options"][0]["value"]], "text": SOMEBODY}
        case (_, "ask"):
            return {"skipped": True} if question["skip"] else {"text": WORDS}
        case (_, "pick"):
            return {"values": [question["options"][0]["value"]]}
    return {"value": question["options"][0]["value"] if question["options"] else "yes"}


@pytest.fixture(scope="module")
def ran(server: Live, page: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What each line of the page was answered with, run from top to bottom."""
    shell, found = Shell(server, tmp_path_factory.mktemp("shell")), {}
    for name in NAMES:
        before = dict(shell.variables)
        if name == "edit_note":
            shell.talk()
        if name == "resume":
            assert found["leave"][0] == 204
        found[name] = shell.run(line_of(page, name))
        if name == "import":
            shell.variables = before
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_line_of_an_operation_runs_and_is_answered_as_shown(
    ran: Mapping[str, tuple[int, str]], name: str
) -> None:
    status, body = ran[name]
    example = BY_OPERATION[name].success
    assert status in example, body
    if isinstance(example[status], dict):
        assert json.loads(body).keys() == example[status].keys()
    else:
        assert bool(body) == bool(example[status])


@pytest.mark.parametrize("name", [name for name, example in BY_OPERATION.items() if example.also])
def test_the_other_requests_of_an_operation_are_taken_too(server: Live, name: str) -> None:
    assert name == "begin", "say here where another operation sends its other examples"
    for body in BY_OPERATION[name].also.values():
        assert httpx.post(f"{server.address}/v1/conversations", json=body).status_code == 201


def test_every_problem_is_one_that_some_operation_names() -> None:
    named = {slug for example in BY_OPERATION.values() for slug in example.problems}
    assert set(CATALOGUE) - named == {"unexpected"}, "a bug has no operation of its own"


def test_every_operation_stands_on_the_page_in_its_group(page: str) -> None:
    for name, _ in OPERATIONS:
        assert f'<h3 id="{name}">' in page
    assert {name for members in GROUPS.values() for name in members} == set(BY_OPERATION)


@pytest.mark.parametrize("slug", CATALOGUE)
def test_every_problem_stands_on_the_page_with_its_sentence(page: str, slug: str) -> None:
    kind = CATALOGUE[slug]
    assert f'<div id="{slug}">' in page
    assert f"{html.escape(kind.title, quote=False)}. " in html.unescape(page).replace("&#39;", "'")


def test_the_page_names_every_field_of_every_shape(page: str) -> None:
    schemas = create_app(Settings()).openapi()["components"]["schemas"]
    for name, schema in schemas.items():
        start = page.index(f'<h3 id="{name}">') if "properties" in schema else 0
        rest = page[start : page.find("</article>", start)]
        assert [field for field in schema.get("properties", {}) if f"<code>{field}</code>" not in rest] == []


def test_every_link_of_the_page_leads_to_something_on_it(page: str) -> None:
    anchors = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) - anchors == set()
    assert len(re.findall(r' id="([^"]+)"', page)) == len(anchors)


def test_the_page_asks_nobody_else(page: str) -> None:
    assert re.findall(r'src="(?:https?:)?//|<link[^>]*//', page) == []


def test_the_page_is_small_enough_for_a_phone(page: str, tmp_path: Path) -> None:
    assert len(page.encode()) < 120_000

"""scripts/conforms.py over recordings that are made here from a live server: one good, one for each fault."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.api.live import ROOT, Live, live
from tests.contract.recording import (
    WAYS,
    Client,
    token_in_an_address,
    well_behaved,
    words_in_a_body_elsewhere,
)

SCRIPT = ROOT / "scripts/conforms.py"


def conforms() -> ModuleType:
    spec = importlib.util.spec_from_file_location("conforms", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["conforms"] = module
    spec.loader.exec_module(module)
    return module


CONFORMS = conforms()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("data")) as found:
        yield found


def found(client: Client) -> set[tuple[str, int]]:
    """What the script finds, by rule and number."""
    return set(CONFORMS.broken(CONFORMS.read({"log": {"entries": client.entries}}, None)))


def test_a_client_that_does_as_asked_conforms(server: Live) -> None:
    assert found(well_behaved(server.address)) == set()


@pytest.mark.parametrize(("rule", "misbehave"), WAYS, ids=[way.__name__ for _, way in WAYS])
def test_each_way_of_going_wrong_is_found_with_its_entry(
    server: Live, rule: str, misbehave: Callable[[Client], int]
) -> None:
    client = Client(server.address)
    client.begin()
    number = misbehave(client)
    client.send("DELETE", client.path)
    assert (rule, number) in found(client)


def test_a_conversation_that_is_neither_left_nor_erased_is_found(server: Live) -> None:
    client = Client(server.address)
    number = client.begin()
    assert found(client) == {("left-or-erased", number)}
    client.send("POST", f"{client.path}/leave")
    assert found(client) == set()


def test_every_rule_can_be_broken_and_stands_in_the_checklist() -> None:
    assert {rule for rule, _ in WAYS} | {"left-or-erased"} == set(CONFORMS.RULES)
    told = (ROOT / "docs/integrators.md").read_text("utf-8")
    assert [rule for rule in CONFORMS.RULES if f"`{rule}`" not in told] == []


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    # Without the project's packages, as an integrator has it.
    command = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_it_tells_rules_and_numbers_and_never_words(server: Live, tmp_path: Path) -> None:
    client = Client(server.address)
    client.begin()
    number = words_in_a_body_elsewhere(client)
    token_in_an_address(client)
    file = tmp_path / "traffic.har"
    file.write_text(json.dumps({"log": {"entries": client.entries}}), "utf-8")
    ran = run(file)
    assert ran.returncode == 1
    assert f"BROKEN words-stay: {CONFORMS.RULES['words-stay']} (entries {number})" in ran.stdout
    assert "kept   no-polling" in ran.stdout
    for secret in ("looks", client.token, client.id, "counts.example", server.address):
        assert secret not in ran.stdout + ran.stderr


def test_a_good_recording_ends_well_and_says_what_only_eyes_can_judge(server: Live, tmp_path: Path) -> None:
    file = tmp_path / "traffic.har"
    file.write_text(json.dumps({"log": {"entries": well_behaved(server.address).entries}}), "utf-8-sig")
    ran = run(file, "--at", server.address)
    assert (ran.returncode, "BROKEN" in ran.stdout) == (0, False)
    assert [line for line in CONFORMS.BY_EYE if f"by eye {line}" not in ran.stdout] == []


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"log": {"entries": [{}]}}', "ZEBRA-7391"],
    ids=["empty", "log", "list", "entry", "no"],
)
def test_what_is_no_recording_is_refused_without_a_word_of_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "traffic.har").write_text(text)
    ran = run(tmp_path / "traffic.har")
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", "This is no HAR file that can be read.\n")


def test_a_recording_without_our_server_is_no_proof(tmp_path: Path) -> None:
    (tmp_path / "traffic.har").write_text('{"log": {"entries": []}}')
    assert run(tmp_path / "traffic.har").returncode == 1

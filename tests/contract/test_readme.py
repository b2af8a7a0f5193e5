"""The README keeps its word: its session runs, and its tables name what there is."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from typer.main import get_command

from app.cli import cli
from app.settings import PREFIX, READ_ELSEWHERE, Settings
from app.web.problems import CATALOGUE

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = README + (ROOT / "conversation_flows/README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A real server of its own, on a spare port."""
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        number = spare.getsockname()[1]
    env = {**os.environ, "INTO_WORDS_DATA": str(tmp_path_factory.mktemp("data"))}
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(number)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL) as server:
        for _ in range(200):
            with suppress(OSError):
                if urllib.request.urlopen(f"http://127.0.0.1:{number}/healthz", timeout=1).status == 200:
                    break
            time.sleep(0.05)
        yield number
        server.terminate()


def session_lines() -> list[str]:
    session = README.split("<!-- session: begin -->")[1].split("<!-- session: end -->")[0]
    return [line for line in session.splitlines() if line and not line.startswith("```")]


def test_the_session_of_the_readme_runs_line_by_line_to_a_note(port: int, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    assert bash, "the session needs bash"
    assert shutil.which("curl"), "the session needs curl; ./scripts/test installs it where it can"
    lines = [line.replace("127.0.0.1:8000", f"127.0.0.1:{port}") for line in session_lines()]
    script = "\n".join(f"{line}\nprintf '\\n=== %s\\n' $?" for line in lines)
    ran = subprocess.run([bash, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    told = [part.strip() for part in re.split(r"\n=== 0\n", ran.stdout)]
    assert len(told) == len(lines) + 1, ran.stdout
    answers = dict(zip(lines, told, strict=False))
    said = [answers[line] for line in lines if line.startswith("answer '")]
    assert all('"turn"' in each and '"version"' in each for each in said)
    (opener,) = (answers[line] for line in lines if "note.txt" in line)
    assert "Can I say something first?" in opener
    assert "connection with you" in opener
    assert "<!doctype html>" in (tmp_path / "note.html").read_text(encoding="utf-8").lower()
    assert answers[lines[-1]] == ""


@pytest.mark.parametrize("name", sorted(Settings.model_fields) + sorted(READ_ELSEWHERE))
def test_every_setting_stands_in_the_readme(name: str) -> None:
    assert f"`{PREFIX}{name.upper()}`" in README


@pytest.mark.parametrize("slug", sorted(CATALOGUE))
def test_every_problem_stands_in_the_readme(slug: str) -> None:
    row = next(line for line in README.splitlines() if f"`{slug}`" in line and line.startswith("|"))
    assert str(CATALOGUE[slug].status) in row


@pytest.mark.parametrize("command", sorted(get_command(cli).commands))  # type: ignore[attr-defined]
def test_every_command_stands_in_a_readme(command: str) -> None:
    assert f"into-words {command}" in DOCS


def test_the_readme_stays_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= 250


def test_the_flow_of_the_readme_is_one_that_works(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n# conversation_flows/(\S+)\n(.*?)```", README, re.S)
    folder = tmp_path / "flows"
    shutil.copytree(ROOT / "conversation_flows/_shared", folder / "_shared")
    for name, text in blocks:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    env = {**os.environ, "INTO_WORDS_FLOWS": str(folder)}
    command = [sys.executable, "-m", "app.cli", "check", "hello"]
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout

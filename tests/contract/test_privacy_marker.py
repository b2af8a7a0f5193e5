"""No typed word leaves by a side door: a marker goes into every text and through every route.

Builds that leak on purpose are found out, so that the test is known to see.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MARKING = Path(__file__).with_name("marking.py")

LOGGING = (
    "app/web/api.py",
    "    version = needed_version(body.version, if_match)\n    turn = await talks.answer(",
    "    import structlog\n    structlog.get_logger().info('answer', text=body.text)\n"
    "    version = needed_version(body.version, if_match)\n    turn = await talks.answer(",
)
NO_LIST = (
    "app/logs.py",
    "return {key: value for key, value in event.items() if key in ALLOWED}",
    "return event",
)
NO_SEAL = (
    "app/storage/vault.py",
    'AESGCM(key).encrypt(nonce, text, aad.encode("ascii"))',
    "text + bytes(16)",
)
NO_OPENING = (
    "app/storage/vault.py",
    'AESGCM(key).decrypt(sealed[1:13], sealed[13:], aad.encode("ascii"))',
    "sealed[13:-16]",
)
ECHO = ("app/web/problems.py", '_sentence(fault["type"])] = None', 'str(fault["input"])] = None')
SHOWN = ("app/web/bodies.py", "Annotated[Text | None, Field(repr=False)]", "Annotated[Text | None, Field()]")


def marked(build: Path, folder: Path) -> list[str]:
    """Where the marker shows in this build."""
    folder.mkdir()
    run = subprocess.run(
        [sys.executable, MARKING, folder, build],
        env={**os.environ, "PYTHONPATH": f"{build}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def rebuilt(build: Path, *changes: tuple[str, str, str]) -> Path:
    """A copy of the app with these changes: file, text, replacement."""
    shutil.copytree(ROOT / "app", build / "app", ignore=shutil.ignore_patterns("__pycache__"))
    for name, text, replacement in changes:
        path = build / name
        source = path.read_text("utf-8")
        assert source.count(text) == 1, f"{name} no longer holds: {text}"
        path.write_text(source.replace(text, replacement), "utf-8")
    return build


def test_the_marker_shows_nowhere(tmp_path: Path) -> None:
    assert marked(ROOT, tmp_path / "data") == []


def test_the_list_of_keys_keeps_a_careless_line_from_the_log(tmp_path: Path) -> None:
    assert marked(rebuilt(tmp_path / "build", LOGGING), tmp_path / "data") == []


@pytest.fixture(scope="module")
def leaks(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Where the marker shows in a build that leaks in every way at once."""
    folder = tmp_path_factory.mktemp("leaking")
    build = rebuilt(folder / "build", LOGGING, NO_LIST, NO_SEAL, NO_OPENING, ECHO, SHOWN)
    return marked(build, folder / "data")


@pytest.mark.parametrize(
    "where",
    [
        pytest.param("log: as it is", id="a log without its list"),
        pytest.param("file into-words.db", id="a seal that does not seal"),
        pytest.param("problem of POST answered by 422: as it is", id="a problem that echoes"),
        pytest.param("repr of AnswerIn: as it is", id="a repr that shows"),
    ],
)
def test_a_build_that_leaks_is_found_out(leaks: list[str], where: str) -> None:
    assert any(line.startswith(where) for line in leaks), leaks

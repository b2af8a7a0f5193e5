"""The floors of the house: who may import whom. The contracts stand in pyproject.toml; here they are run, and
each is broken once, because a contract that cannot break promises nothing."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE_MAY_IMPORT = {
    "__future__",
    "collections",
    "dataclasses",
    "enum",
    "functools",
    "hashlib",
    "itertools",
    "json",
    "operator",
    "re",
    "typing",
    "unicodedata",
}
ENGINE_MAY_NOT_CALL = {"open", "print", "input", "breakpoint", "eval", "exec", "compile", "__import__"}
# What the contracts name, and the least that must stand there for a contract to be read.
NAMED_BY_CONTRACTS = {
    **dict.fromkeys(["cli.py", "main.py", "settings.py", "logs.py"], ""),
    **{f"{room}/__init__.py": "" for room in ("web", "service", "flows", "storage", "engine")},
    "storage/vault.py": "import cryptography\n",
}
VIOLATIONS = {
    "1 imports only go down": {"app/engine/planted.py": "import app.flows"},
    "2 the engine is pure": {"app/engine/planted.py": "import random"},
    "3 only storage speaks SQL": {"app/service/planted.py": "import sqlmodel"},
    "4 only web speaks HTTP": {"app/storage/planted.py": "import fastapi"},
    "5 web reaches flows and storage through service": {"app/web/planted.py": "import app.storage"},
    "6 storage keeps text it cannot read": {"app/storage/planted.py": "import app.engine"},
    "7 settings and logs are set up at the top": {"app/service/planted.py": "import app.settings"},
    "8 only the vault encrypts": {"app/service/planted.py": "import cryptography"},
    "9 no circles": {
        "app/flows/planted.py": "import app.flows.planted_too",
        "app/flows/planted_too.py": "import app.flows.planted",
    },
    "1 imports only go down, and no room is undeclared": {"app/cellar.py": ""},
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of app/ and its contracts, in which a test may plant what it likes. A room that is not built yet
    stands empty in it, so that each contract can be tried at any time."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    for name, least in NAMED_BY_CONTRACTS.items():
        place = tmp_path / "app" / name
        place.parent.mkdir(exist_ok=True)
        if not place.exists():
            place.write_text(least, "utf-8")
    return tmp_path


def findings_in(house: Path) -> dict[str, str]:
    """Each contract's name, and KEPT or BROKEN."""
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=house, capture_output=True, text=True, check=False)
    findings = dict(re.findall(r"^(\d .+?)\s+(KEPT|BROKEN)", run.stdout, re.MULTILINE))
    assert findings, run.stdout + run.stderr
    return findings


def modules_of(room: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "app" / room).rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def imports_in(module: ast.Module) -> Iterator[str]:
    for each in ast.walk(module):
        if isinstance(each, ast.Import):
            yield from (alias.name for alias in each.names)
        elif isinstance(each, ast.ImportFrom):
            yield "app.engine" if each.level else str(each.module)


def test_every_contract_is_kept(house: Path) -> None:
    findings = findings_in(house)
    assert findings == dict.fromkeys(findings, "KEPT")


def test_every_contract_has_a_violation_to_try_it(house: Path) -> None:
    assert set(findings_in(house)) == {contract.split(",")[0] for contract in VIOLATIONS}


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_contract_breaks_when_it_is_violated_once(house: Path, contract: str) -> None:
    for path, line in VIOLATIONS[contract].items():
        (house / path).write_text(f"{line}\n", "utf-8")
    assert findings_in(house)[contract.split(",")[0]] == "BROKEN"


def test_the_engine_imports_only_the_pure_part_of_the_standard_library() -> None:
    strangers = [
        (path, name)
        for path, module in modules_of("engine")
        for name in imports_in(module)
        if name.split(".")[0] not in ENGINE_MAY_IMPORT and not f"{name}.".startswith("app.engine.")
    ]
    assert strangers == []


def test_the_engine_neither_reads_nor_writes_nor_runs_text_as_code() -> None:
    used = [
        (path, each.lineno, each.id)
        for path, module in modules_of("engine")
        for each in ast.walk(module)
        if isinstance(each, ast.Name) and each.id in ENGINE_MAY_NOT_CALL
    ]
    assert used == []


def test_the_web_takes_only_classes_from_the_engine() -> None:
    taken = [
        (path, alias.name)
        for path, module in modules_of("web")
        for each in ast.walk(module)
        if isinstance(each, ast.ImportFrom) and f"{each.module}.".startswith("app.engine.")
        for alias in each.names
        if not alias.name[0].isupper()
    ]
    assert taken == []

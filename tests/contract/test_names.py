"""One word for one thing, and pieces that fit on a screen. An exception stands here with its reason."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A word of the domain has one name; these are the names it does not go by.
REFUSED_WORDS = {
    "bubble", "button", "chat", "customer", "entity", "escalation", "intent", "invite", "issue", "memory",
    "node", "patient", "report", "rev", "risk", "scenario", "score", "screen", "session", "sprint",
    "summary", "symptom", "user", "utterance",
}  # fmt: skip
REFUSED_FILES = {"base", "common", "core", "helper", "helpers", "manager", "misc", "util", "utils"}
# Where (a beginning of a path) a name that holds a refused word may be used: the reason.
ALLOWED_NAMES = {
    ("app/", "text_chat"): "the contract's name for a helpline's written line",
    ("app/storage/", "session"): "a database session",
}
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
# Path, or path and function: the reason. An entry that is no longer needed fails too.
LONGER: dict[str, str] = {}

APP = sorted((ROOT / "app").rglob("*.py"))
CODE = sorted([*APP, *(ROOT / "tests").rglob("*.py")])
Function = ast.FunctionDef | ast.AsyncFunctionDef


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def words_in(name: str) -> list[str]:
    """The words of a snake_case, CONSTANT or CamelCase name, in lower case and in the singular."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return [each for word in words for each in (word.lower(), word.lower().removesuffix("s"))]


def names_defined_in(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Each name that a module gives to something, with its line."""
    for each in ast.walk(module):
        match each:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, each.lineno
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name, each.lineno
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, each.lineno
            case ast.alias(asname=str(name)):
                yield name, each.lineno


def functions_in(path: Path) -> Iterator[Function]:
    for each in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(each, Function):
            yield each


def is_allowed(name: str, path: Path) -> bool:
    return any(place(path).startswith(where) and name == allowed for where, allowed in ALLOWED_NAMES)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("create_chat", {"create", "chat"}),
        ("ScenarioKey", {"scenario", "key"}),
        ("USERS", {"user"}),
        ("HTTPSession", {"http", "session"}),
        ("previous", {"previous"}),
    ],
)
def test_a_name_is_read_word_by_word(name: str, words: set[str]) -> None:
    assert words <= set(words_in(name))


def test_no_name_uses_a_refused_word() -> None:
    found = [
        f"{place(path)}:{line}: {name}"
        for path in APP
        for name, line in names_defined_in(ast.parse(path.read_text("utf-8")))
        if REFUSED_WORDS.intersection(words_in(name)) and not is_allowed(name, path)
    ]
    assert found == []


def test_no_file_is_a_cellar_for_leftovers() -> None:
    refused = REFUSED_FILES | REFUSED_WORDS
    found = [place(path) for path in APP if refused.intersection([path.stem, *words_in(path.parent.name)])]
    assert found == []


def test_every_file_stays_below_three_hundred_lines() -> None:
    long = {
        place(path): count
        for path in CODE
        if (count := len(path.read_text("utf-8").splitlines())) >= MOST_LINES_OF_A_FILE
    }
    assert {each: count for each, count in long.items() if each not in LONGER} == {}
    assert {each for each in LONGER if ":" not in each} <= set(long), "an exception that is not needed"


def test_every_function_fits_on_a_screen() -> None:
    long = {
        f"{place(path)}:{each.name}": count
        for path in CODE
        for each in functions_in(path)
        if (count := (each.end_lineno or each.lineno) - each.lineno + 1) >= MOST_LINES_OF_A_FUNCTION
    }
    assert {each: count for each, count in long.items() if each not in LONGER} == {}
    assert {each for each in LONGER if ":" in each} <= set(long), "an exception that is not needed"


def test_the_name_of_every_test_is_a_sentence() -> None:
    short = [
        f"{place(path)}:{each.lineno}: {each.name}"
        for path in CODE
        if path.name.startswith("test_")
        for each in functions_in(path)
        if each.name.startswith("test_") and len(each.name.removeprefix("test_").split("_")) < 4
    ]
    assert short == []

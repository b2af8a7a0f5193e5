"""The locks: what they pin is what pyproject.toml asks for, hashed, and from no particular host."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("app", "dev")
HOST = re.compile(r"://|file:|--(extra-)?index|--find-links|--trusted-host|@ ")
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([\w.+!]+)", re.MULTILINE)


def text_of(lock: str) -> str:
    return (ROOT / f"scripts/locks/{lock}.lock").read_text("utf-8")


def requirements_in(lock: str) -> list[str]:
    """One string for each requirement, its continued lines joined."""
    joined = text_of(lock).replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip()]


def pins_in(text: str) -> set[tuple[str, str]]:
    """Name, as packaging normalises it, and exact version of each pin."""
    return {(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in PIN.findall(text)}


def asked_for(lock: str) -> list[str]:
    """The requirements of pyproject.toml that the lock must hold."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = told["dependency-groups"]
    asked = [*told["project"]["dependencies"], *groups["build"]]
    if lock == "dev":
        asked += [each for each in groups["dev"] if isinstance(each, str)]
    return asked


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    assert HOST.findall(text_of(lock)) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_is_pinned_and_hashed(lock: str) -> None:
    requirements = requirements_in(lock)
    loose = [each for each in requirements if not PIN.match(each) or "--hash=sha256:" not in each]
    assert requirements
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_what_the_project_asks_for_is_in_the_lock(lock: str) -> None:
    asked = asked_for(lock)
    missing = pins_in("\n".join(asked)) - pins_in(text_of(lock))
    assert [each for each in asked if not PIN.match(each)] == [], "not pinned to one version"
    assert missing == set(), "run ./scripts/lock"


def test_the_development_lock_holds_the_whole_application_lock() -> None:
    assert pins_in(text_of("app")) - pins_in(text_of("dev")) == set()


def test_the_builder_of_the_project_is_the_locked_one() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert told["build-system"]["requires"] == told["dependency-groups"]["build"]

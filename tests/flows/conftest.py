"""Flows under test: a small whole folder, and what is wrong once something in it is changed."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from app.flows.diagnostics import Diagnostic, Diagnostics
from app.flows.library import check_texts, read_folder

Check = Callable[[Mapping[str, str]], list[Diagnostic]]


@pytest.fixture(scope="session")
def whole() -> Mapping[str, str]:
    """The texts of a small folder in which nothing is wrong, by name."""
    return read_folder(Path(__file__).parent / "whole")


@pytest.fixture(scope="session")
def wrong_with(whole: Mapping[str, str]) -> Check:
    """Everything wrong in the small folder once these files stand in it."""

    def check(changed: Mapping[str, str]) -> list[Diagnostic]:
        found = Diagnostics()
        check_texts({**whole, **changed}, found)
        return list(found)

    return check

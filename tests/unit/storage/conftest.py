"""Fixtures of the storage tests; each test has a real database file of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.storage.store import Store
from tests.unit.storage.world import Clock, open_store


@pytest.fixture
def clock() -> Clock:
    """A clock that the test moves."""
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    """An empty store."""
    opened = open_store(tmp_path, clock)
    yield opened
    await opened.close()

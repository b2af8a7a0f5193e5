"""What every test shares. Fixtures of one kind of test live in the folder of that kind."""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Coroutines under test run on asyncio, as in production."""
    return "asyncio"

"""What every test shares. Fixtures of one kind of test live in the folder of that kind."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long`: the same tests at the length of a night."""
    parser.addoption("--long", action="store_true", help="run the long tests at full length")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Coroutines under test run on asyncio, as in production."""
    return "asyncio"


@pytest.fixture(scope="session")
def at_length(request: pytest.FixtureRequest) -> bool:
    """Whether the long tests are to run at full length."""
    return bool(request.config.getoption("--long"))

"""What every test shares. Fixtures of one kind of test live in the folder of that kind."""

import pytest
from hypothesis import settings


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long`: the same tests at the length of a night."""
    parser.addoption("--long", action="store_true", help="run the long tests at full length")


def pytest_configure(config: pytest.Config) -> None:
    """Generated tests try more examples in a long run."""
    settings.register_profile("long", max_examples=1000, deadline=None)
    if config.getoption("--long"):
        settings.load_profile("long")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Coroutines under test run on asyncio, as in production."""
    return "asyncio"


@pytest.fixture(scope="session")
def at_length(request: pytest.FixtureRequest) -> bool:
    """Whether the long tests are to run at full length."""
    return bool(request.config.getoption("--long"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: Playwright keeps an event loop running in this thread to the end."""
    items.sort(key=lambda item: "tests/browser/" in item.path.as_posix())

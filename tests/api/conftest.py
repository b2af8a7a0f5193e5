"""One app for all tests; what needs other settings opens its own."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.api.serving import Talk, open_app


@pytest.fixture(scope="session")
async def http(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    async with open_app(tmp_path_factory.mktemp("data")) as client:
        yield client


@pytest.fixture
async def talk(http: httpx.AsyncClient) -> Talk:
    return await Talk.begin(http)

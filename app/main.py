"""The server: `create_app` knows every room and builds nothing at import; `run` serves it."""

import asyncio
import ctypes
import gc
import resource
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from app import logs
from app.flows.diagnostics import FlowFileError
from app.flows.library import Library
from app.service import Service
from app.settings import Settings, is_loopback, origin_of
from app.storage.errors import StartRefused
from app.storage.store import Store
from app.web import api, api_files, api_notes, api_shares, operations, pages, problems
from app.web.deps import House
from app.web.headers import Edge, Outside
from app.web.limits import CreationLimit, PunctualProtocol

STATIC = Path(__file__).parent / "static"
HOUR = 3600
NOT_DUMPABLE = (4, 0, 0, 0, 0)  # prctl(PR_SET_DUMPABLE, 0, …), see prctl(2)

_OF_WORKER = "app.main:create_app_of_worker"
_SERVING: dict[str, Any] = {
    "http": PunctualProtocol,
    "ws": "none",
    "access_log": False,
    "server_header": False,
    "log_config": None,
    "timeout_graceful_shutdown": 10,
}

log = structlog.get_logger()


class OpenToOnlookers(Exception):
    """Plain HTTP beyond loopback: whoever is on the way could read along."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app, with these settings or the environment's. The store opens in its lifespan."""
    settings = settings or Settings()
    outside = Outside(
        settings.public_url,
        frozenset(settings.origins),
        settings.exit_url,
        origin_of(settings.exit_url, path_allowed=True),
    )
    app = FastAPI(
        title="Into Words",
        lifespan=partial(_open_house, settings=settings, outside=outside),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        # FastAPI's telemetry can quote what a person typed, in validation errors.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    app.add_middleware(Edge, outside=outside)
    problems.install(app)
    routers = (api.router, api_files.router, api_notes.router, api_shares.router, api_shares.opening)
    for router in (*routers, operations.router):
        app.include_router(router)
    pages.install(app)
    operations.document(app)
    # Pressed small, since nothing in them is secret; pages are not: beside what somebody typed, length tells.
    app.mount("/static", GZipMiddleware(StaticFiles(directory=STATIC, check_dir=False)), name="static")
    return app


@asynccontextmanager
async def _open_house(app: FastAPI, settings: Settings, outside: Outside) -> AsyncIterator[None]:
    """Opens the store, loads the flows, and sweeps by the hour for as long as the app runs."""
    _close_to_onlookers()
    try:
        store, library = _open_rooms(settings)
    except (FlowFileError, StartRefused) as exc:
        app.state.refused = exc  # uvicorn keeps only the fact; `run` tells the operator why
        raise
    try:
        service = Service.over(store, library)
        await service.pinned.build_all()
        app.state.house = House(service, CreationLimit(settings.create_limit), outside)
        pages.prepare(app)
        sweeping = asyncio.create_task(_sweep_hourly(service))
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        yield
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
    finally:
        await store.close()


def _open_rooms(settings: Settings) -> tuple[Store, Library]:
    library = Library.load(settings.flows)
    for found in library.diagnostics:
        if found.severity == "error":
            log.error("a flow with this fault is left out", code=found.code, file=str(found.place))
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Store.open(settings.data / "into-words.db", settings.key_file), library


async def _sweep_hourly(service: Service) -> None:
    while True:
        try:
            swept = await service.retention.purge()
            log.info("swept", count=swept.conversations)
        except Exception as exc:
            log.error("the sweep failed", exc_info=exc)
        await asyncio.sleep(HOUR)


def _close_to_onlookers() -> None:
    """No core file, and no other process of this account may read our memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(*NOT_DUMPABLE)


def run(settings: Settings, host: str = "127.0.0.1", port: int = 8000, workers: int = 1) -> None:
    """Serve until told to stop. Several workers read their settings from the environment.

    Raises OpenToOnlookers for a host beyond loopback without `INTO_WORDS_PUBLIC_URL`, FlowFileError for
    shared files at fault, StartRefused for keys or a database that do not fit.
    """
    if not is_loopback(host) and settings.public_url is None:
        raise OpenToOnlookers(
            f"{host} can be reached from outside, over plain HTTP. Set INTO_WORDS_PUBLIC_URL to the address "
            "under which browsers reach this server, or listen on 127.0.0.1."
        )
    logs.set_up()
    if workers > 1:
        uvicorn.run(_OF_WORKER, factory=True, host=host, port=port, workers=workers, **_SERVING)
        return
    app = create_app(settings)
    server = uvicorn.Server(uvicorn.Config(app, host=host, port=port, **_SERVING))
    with suppress(KeyboardInterrupt, SystemExit):
        server.run()
    refused: Exception | None = getattr(app.state, "refused", None)
    if refused is not None:
        raise refused
    if not server.started:
        sys.exit(1)


def create_app_of_worker() -> FastAPI:
    """The app in a process of its own, which has its log still to set up."""
    logs.set_up()
    return create_app()

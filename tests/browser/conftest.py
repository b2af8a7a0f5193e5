"""A real browser against a real server. Without a browser these tests skip, loudly; where one is required
(`INTO_WORDS_REQUIRE_BROWSER`) that is a failure."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.hosting import Hosting
from tests.browser.walking import Walk

ROOT = Path(__file__).parents[2]
PLACES = ("/usr/bin/chromium", "chromium-browser", "google-chrome")
PLAIN = b"<!doctype html><title>Plain</title><p>A plain page about herons.</p>"


@dataclass(frozen=True, slots=True)
class Site:
    """Our server, and the neutral site that Leave opens."""

    address: str
    neutral: str
    referers: list[str | None]
    """The `Referer` of each request to the neutral site."""

    port: int
    """Where our server listens."""


class _Neutral(BaseHTTPRequestHandler):
    referers: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        if self.path == "/":
            self.referers.append(self.headers.get("Referer"))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PLAIN)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def chromium() -> str | None:
    """The browser to use, where there is one."""
    named = (os.environ.get("CHROMIUM", ""), *PLACES)
    return next((found for name in named if name and (found := shutil.which(name))), None)


def spare_port() -> int:
    with socket.socket() as open_socket:
        open_socket.bind(("127.0.0.1", 0))
        port: int = open_socket.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def neutral() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Neutral)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def hosting() -> Iterator[Hosting]:
    """Pages of other sites, which show ours in a frame."""
    with Hosting() as found:
        yield found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, neutral: str, hosting: Hosting) -> Iterator[Site]:
    port = spare_port()
    settings = {
        "INTO_WORDS_DATA": str(tmp_path_factory.mktemp("data")),
        "INTO_WORDS_ORIGINS": " ".join(hosting.listed),
        "INTO_WORDS_EXIT_URL": neutral,
        "INTO_WORDS_CREATE_LIMIT": "10000/minute",
    }
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/readyz", server)
        yield Site(address, neutral, _Neutral.referers, port)
        server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the server ended"
        try:
            if httpx.get(address).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("the server did not come up")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser with its back/forward cache, which Playwright would switch off."""
    place = chromium()
    if place is None:
        if os.environ.get("INTO_WORDS_REQUIRE_BROWSER"):
            pytest.fail("a browser is required, and there is none: install Chromium, or set CHROMIUM")
        pytest.skip("NO BROWSER: install Chromium, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=place, ignore_default_args=["--disable-back-forward-cache"]
        )
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone without scripts."""
    found = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    )
    found.set_default_timeout(5000)
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def walk(page: Page, site: Site) -> Walk:
    return Walk(page, site.address)

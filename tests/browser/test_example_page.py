"""docs/examples/page, as an integrator runs it: on an origin of its own, in a real browser, to a note and out
again by way of a page of help; and its recorded traffic conforms."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.api.live import ROOT, Live, live
from tests.browser.conftest import spare_port
from tests.browser.test_accessible import violations_on

EXAMPLE = ROOT / "docs/examples/page"
DANGER = "i want to kill myself"
MOMENT = "she looked at the clock while i talked about my exam"
KINDS = {".html": "text/html", ".js": "text/javascript"}
READING = 1200  # milliseconds in which a person reads a page of help, at the least


@pytest.fixture(scope="module")
def origin() -> str:
    return f"http://127.0.0.1:{spare_port()}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, origin: str) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("data"), origins=origin) as found:
        yield found


@pytest.fixture(scope="module")
def practice(server: Live, origin: str) -> Iterator[str]:
    """The example on the practice's own origin, changed only where its comment says so."""

    class Files(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = EXAMPLE / (self.path.strip("/") or "index.html")
            self.send_response(200 if place.is_file() else 404)
            self.send_header("Content-Type", KINDS.get(place.suffix, "text/plain"))
            self.end_headers()
            if place.is_file():
                text = place.read_text("utf-8").replace("http://127.0.0.1:8000", server.address)
                self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    files = HTTPServer(("127.0.0.1", int(origin.rsplit(":", 1)[1])), Files)
    thread = threading.Thread(target=files.serve_forever, daemon=True)
    thread.start()
    yield origin
    files.shutdown()
    files.server_close()
    thread.join()


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return tmp_path / "traffic.har"


@pytest.fixture
def page(browser: Browser, practice: str, recording: Path) -> Iterator[Page]:
    context = browser.new_context(record_har_path=recording, record_har_content="embed", bypass_csp=True)
    context.set_default_timeout(5000)
    found = context.new_page()
    found.goto(practice)
    yield found
    context.close()


def press(page: Page, name: str) -> None:
    """Press a button, and wait until what it began is done."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_function("!document.querySelector('#form button').disabled")


def answer(page: Page) -> None:
    """The first of what is offered, or words."""
    options = page.locator("#answers input")
    if page.locator("#answers input[value=yes]").count():
        # After danger the net asks once more, with yes and no: that too is for a person to answer.
        page.wait_for_timeout(READING)
    if options.count():
        options.first.check()
    else:
        page.locator("textarea").fill(MOMENT)
    press(page, "Continue")


def finish(page: Page) -> None:
    for _ in range(40):
        if page.locator("#note").is_visible():
            return
        before = page.locator("#asked").inner_text()
        answer(page)
        if page.locator("#form").is_visible() and page.locator("#asked").inner_text() == before:
            press(page, page.locator("#skip").inner_text())
    raise AssertionError("no end on this path")


def kept_by(page: Page) -> dict[str, Any]:
    kept: dict[str, Any] = page.evaluate(
        "() => ({stored: localStorage.length + sessionStorage.length, cookies: document.cookie,"
        " address: location.href})"
    )
    return kept


def test_the_main_flow_leads_by_a_page_of_help_to_a_note_and_conforms(
    page: Page, practice: str, recording: Path
) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    press(page, "Agree and begin")
    page.locator("textarea").fill(DANGER)
    press(page, "Continue")
    support, asked = page.locator("#support"), page.locator("#asked")
    assert support.locator("li").count() > 0
    assert support.bounding_box()["y"] < asked.bounding_box()["y"]  # type: ignore[index]
    page.wait_for_timeout(READING)
    press(page, "Skip this")
    assert not support.is_visible()
    finish(page)
    assert "ou looked at the clock while I talked about my exam" in page.locator("#note pre").inner_text()
    press(page, "Delete everything")
    assert page.locator("#problem").inner_text() == "It is erased."
    assert "exam" not in page.content()
    assert kept_by(page) == {"stored": 0, "cookies": "", "address": practice + "/"}
    assert [each for each in heard if "exam" in each or "ct_" in each] == []
    page.context.close()
    ran = subprocess.run(
        [sys.executable, ROOT / "scripts/conforms.py", recording], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, "BROKEN" in ran.stdout) == (0, False), ran.stdout
    assert len(json.loads(recording.read_text("utf-8"))["log"]["entries"]) > 10


def test_the_example_is_accessible_at_every_question(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    assert violations_on(page) == []
    press(page, "Agree and begin")
    for _ in range(4):
        assert violations_on(page) == [], page.locator("#asked").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        answer(page)


def test_what_was_typed_stays_when_the_server_is_out_of_reach_and_help_is_shown(page: Page) -> None:
    press(page, "Agree and begin")
    page.context.set_offline(True)
    page.locator("textarea").fill(MOMENT)
    press(page, "Continue")
    page.locator("#problem li").first.wait_for()
    assert "not sent" in page.locator("#problem").inner_text()
    assert page.locator("textarea").input_value() == MOMENT
    page.context.set_offline(False)
    press(page, "Continue")
    assert page.locator("textarea[aria-label]").count() == 0

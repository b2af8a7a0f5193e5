"""The server as an operator starts it: a process of its own, a real socket."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from app import main
from tests.api.serving import FLOW, FLOWS, settings_in

SERVE = "from app.main import run; from app.settings import Settings; run(Settings(), port={port})"
MARKER = "ZEBRA-7391"


@dataclass
class Served:
    process: subprocess.Popen[str]
    http: httpx.Client
    log: Path

    def line_of(self, part: str) -> str:
        """The log line that holds `part`; it is written once the response is on its way."""
        for _ in range(50):
            found = [line for line in self.log.read_text().splitlines() if part in line]
            if found:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"no line of the log holds {part}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(10)


def started(folder: Path, flows: Path = FLOWS) -> tuple[subprocess.Popen[str], int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTO_WORDS_")}
    environment = {**kept, "INTO_WORDS_DATA": str(folder / "data"), "INTO_WORDS_FLOWS": str(flows)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE.format(port=port)],
            env=environment,
            stdout=log,
            stderr=log,
            text=True,
        )
    return process, port


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    process, port = started(folder)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as http:
        for _ in range(200):
            try:
                http.get("/readyz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield Served(process, http, folder / "log")
    if process.poll() is None:
        process.kill()
        process.wait()


def test_a_conversation_begins_over_a_real_socket(served: Served) -> None:
    response = served.http.post("/v1/conversations", json={"flow": FLOW})
    assert response.status_code == 201
    assert "server" not in response.headers


def test_a_log_line_names_the_route_and_never_the_address(served: Served) -> None:
    served.http.get(f"/v1/flows/{MARKER}?{MARKER}")
    line = served.line_of("route=/v1/flows/{flow}")
    assert "method=GET" in line
    assert "status=404" in line
    assert "ms=" in line
    assert "request_id=" in line
    assert MARKER not in served.log.read_text()


def test_what_is_due_is_swept_at_the_start(served: Served) -> None:
    assert "count=0" in served.line_of("event=swept")


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process are read from /proc")
def test_no_core_file_can_be_written(served: Served) -> None:
    limits = Path(f"/proc/{served.process.pid}/limits").read_text()
    line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert line.split()[4:6] == ["0", "0"]


def test_it_stops_when_it_is_told_to(served: Served) -> None:
    assert served.stop() in (0, -signal.SIGTERM)
    assert "Traceback" not in served.log.read_text()


def test_shared_files_at_fault_stop_the_start_and_say_where(tmp_path: Path) -> None:
    process, _ = started(tmp_path, flows=tmp_path)
    assert process.wait(20) == 1
    assert "FlowFileError: _shared/" in (tmp_path / "log").read_text()


def test_plain_http_beyond_this_machine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(main.OpenToOnlookers, match="INTO_WORDS_PUBLIC_URL"):
        main.run(settings_in(tmp_path), host="0.0.0.0")  # noqa: S104 - the host that is refused

"""A server of its own for a test: a process, a real socket, files in a folder that the test names."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Live:
    """A server that runs; `log` is what it wrote."""

    address: str
    log: Path


@contextmanager
def live(folder: Path, **more: str) -> Iterator[Live]:
    """A server over the files in `folder`; `more` are settings by their names in lower case."""
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        port = spare.getsockname()[1]
    given = {"data": str(folder / "data"), "create_limit": "10000/minute", **more}
    settings = {f"INTO_WORDS_{name.upper()}": value for name, value in given.items()}
    address, log = f"http://127.0.0.1:{port}", folder / "log"
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    with (
        log.open("wb") as written,
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings, stdout=written, stderr=written
        ) as process,
    ):
        try:
            _wait(address, process)
            yield Live(address, log)
        finally:
            process.terminate()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            if httpx.get(f"{address}/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("the server did not come up")

"""The log: what is not on the list never reaches it, and exceptions say where, not what."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from app import logs

MARKER = "ZEBRA-7391"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.set_up(stream, logging.DEBUG)
    yield stream
    root.handlers, root.level = before, level
    structlog.reset_defaults()


def test_a_key_that_is_not_on_the_list_is_dropped(written: io.StringIO) -> None:
    structlog.get_logger().info("answer kept", version=4, text=MARKER)
    assert "version=4" in written.getvalue()
    assert MARKER not in written.getvalue()


def test_an_exception_leaves_its_type_and_its_place(written: io.StringIO) -> None:
    try:
        int(MARKER)
    except ValueError as exc:
        structlog.get_logger().error("failed", exc_info=exc)
    line = written.getvalue()
    assert "error=ValueError at=test_logs.py:" in line
    assert MARKER not in line


def test_an_exception_in_the_house_names_the_place_in_the_house(written: io.StringIO) -> None:
    from app.settings import origin_of

    try:
        origin_of(MARKER, path_allowed=False)
    except ValueError:
        structlog.get_logger().exception("failed")
    assert "at=app/settings.py:" in written.getvalue()


@pytest.mark.parametrize("name", ["sqlalchemy.engine", "asyncio", "fastapi", "httpx", ""])
def test_a_librarys_sentence_is_not_repeated(written: io.StringIO, name: str) -> None:
    logging.getLogger(name).warning("cannot parse %r", MARKER)
    line = written.getvalue()
    assert "a library logged something" in line
    assert MARKER not in line


def test_a_librarys_traceback_is_not_repeated(written: io.StringIO) -> None:
    try:
        raise RuntimeError(MARKER)
    except RuntimeError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    assert "error=RuntimeError" in written.getvalue()
    assert MARKER not in written.getvalue()
    assert "Traceback" not in written.getvalue()


def test_the_servers_own_sentences_stay(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").info("Uvicorn running on %s", "http://127.0.0.1:8000")
    assert "Uvicorn running on http://127.0.0.1:8000" in written.getvalue()


def test_the_servers_list_of_addresses_is_off(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info("GET /c/%s", MARKER)
    assert written.getvalue() == ""


def test_a_traceback_as_text_is_not_repeated(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").error("Traceback (most recent call last):\n  ...\nError: %s", MARKER)
    assert "an exception reached the server" in written.getvalue()
    assert MARKER not in written.getvalue()

"""Walls against too much, over real sockets where sockets are what is meant."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.formparsers import MultiPartParser
from starlette.types import Receive, Scope, Send

from app.web.limits import (
    BODY,
    FILE,
    HEAD,
    BodyTooLarge,
    CreationLimit,
    PunctualProtocol,
    capped,
    declares_too_much,
    most_of,
    network,
)

pytestmark = pytest.mark.anyio
DEADLINE = 0.5


class HastyProtocol(PunctualProtocol):
    whole_request = DEADLINE


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@asynccontextmanager
async def _listening(protocol: type[PunctualProtocol]) -> AsyncIterator[int]:
    config = uvicorn.Config(_echo, port=0, http=protocol, ws="none", log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    yield server.servers[0].sockets[0].getsockname()[1]
    await server.shutdown()


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with _listening(HastyProtocol) as listening:
        yield listening


@pytest.fixture
async def patient_port() -> AsyncIterator[int]:
    """With the usual deadline, which no test waits for."""
    async with _listening(PunctualProtocol) as listening:
        yield listening


async def _said(port: int, *pieces: bytes, pause: float = 0.0) -> tuple[bytes, float]:
    """What the server answers to these pieces, and after how many seconds it hung up; a server that does
    not hang up fails the test."""
    began = asyncio.get_running_loop().time()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = b""
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        answer = await asyncio.wait_for(reader.read(), 5)
    except ConnectionError:
        pass
    finally:
        writer.close()
    return answer, asyncio.get_running_loop().time() - began


GET = b"GET / HTTP/1.1\r\nHost: x\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\n"


async def test_a_request_that_is_all_there_is_served(port: int) -> None:
    answer, _ = await _said(port, GET + b"Connection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200")


async def test_a_large_body_in_time_is_served(port: int) -> None:
    head = POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % BODY
    answer, _ = await _said(port, head, b"x" * BODY)
    assert answer.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param((), id="nothing at all"),
        pytest.param((GET, b"X-A: 1\r\n", b"X-B: 2\r\n"), id="headers that never end"),
        pytest.param((POST + b"Content-Length: 9\r\n\r\n", b"a", b"b"), id="a dripped body"),
        pytest.param(
            (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", b"1\r\nb\r\n"), id="dripped chunks"
        ),
        pytest.param((b"\r\n", b"\r\n"), id="line ends before any request"),
    ],
)
async def test_a_slow_sender_is_cut_off_at_the_deadline(port: int, pieces: tuple[bytes, ...]) -> None:
    answer, seconds = await _said(port, *pieces, pause=0.05)
    assert answer == b""
    assert seconds >= DEADLINE * 0.8


async def test_a_second_request_on_the_connection_has_a_deadline_of_its_own(port: int) -> None:
    whole = GET + b"\r\n"
    answer, _ = await _said(port, whole, whole, GET, pause=DEADLINE * 0.6)
    assert answer.count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(GET + b"X-A: " + b"a" * HEAD + b"\r\n\r\n", id="at once"),
        pytest.param(GET + b"X-A: " + b"a" * HEAD * 2, id="without an end"),
        pytest.param(b"GET /" + b"a" * HEAD + b" HTTP/1.1\r\n\r\n", id="in the address"),
    ],
)
async def test_a_head_above_the_cap_is_cut_off_at_once(patient_port: int, head: bytes) -> None:
    answer, _ = await _said(patient_port, head)
    assert b"200" not in answer


async def test_what_is_no_http_is_refused_as_a_problem(port: int) -> None:
    answer, _ = await _said(port, b"ZEBRA-7391\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in answer
    assert b"ZEBRA" not in answer


async def test_no_connection_is_counted_once_all_are_gone(port: int) -> None:
    await _said(port, GET + b"Connection: close\r\n\r\n")
    async with asyncio.timeout(5):
        while HastyProtocol.crowd:
            await asyncio.sleep(0.01)


async def test_a_body_is_counted_while_it_streams() -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"x" * (BODY // 2), "more_body": True}

    counted = capped(receive)
    await counted()
    await counted()
    with pytest.raises(BodyTooLarge):
        await counted()


@pytest.mark.parametrize(("length", "refused"), [(b"131072", False), (b"131073", True), (b"9" * 40, True)])
async def test_a_declared_length_is_believed_when_it_is_too_much(length: bytes, refused: bool) -> None:
    assert declares_too_much([(b"content-length", length)]) is refused


async def test_one_address_is_limited_and_another_is_not() -> None:
    limit = CreationLimit("3/minute")
    assert [limit.refuses("192.0.2.1") for _ in range(3)] == [None] * 3
    wait = limit.refuses("192.0.2.1")
    assert wait is not None
    assert 0 < wait <= 60
    assert limit.refuses("192.0.2.2") is None


async def test_no_address_is_kept_as_it_is() -> None:
    limit = CreationLimit("3/minute")
    limit.refuses("192.0.2.1")
    assert "192.0.2" not in repr(vars(limit._windows.storage))


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("", ""),
    ],
)
async def test_a_household_counts_as_one_address(address: str, counted_as: str) -> None:
    assert network(address) == counted_as


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/v1/import", FILE),
        ("/resume/file", FILE),
        ("/v1/conversations", FILE),
        ("/v1/resume", BODY),
        ("/c/x", BODY),
    ],
)
async def test_only_where_files_come_in_a_body_may_be_larger(path: str, most: int) -> None:
    assert most_of(path) == most


async def test_a_file_in_a_form_never_grows_to_the_size_that_is_written_to_disk() -> None:
    assert MultiPartParser.spool_max_size >= FILE

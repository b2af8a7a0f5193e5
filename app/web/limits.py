"""Walls against too much: creations per address, bodies, slow and crowded connections.

An answer is never limited: whoever writes must not be stopped in the middle.
"""

import asyncio
import hashlib
import secrets
import time
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Any

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

BODY = 128 * 1024  # bytes; 8,000 emoji in a form are 96 kB
FILE = 1024 * 1024  # bytes; the file of a full conversation takes some 600 kB, and stays in memory
TAKE_FILES = ("/v1/import", "/v1/conversations", "/resume/file")
HEAD = 16 * 1024  # bytes of a request's line and headers
WHOLE_REQUEST = 10.0  # seconds from the first byte to the last
CONNECTIONS = 2000
CONNECTIONS_OF_ONE = 1000  # a proxy has one address for everybody
DAY = 86_400


class CreationLimit:
    """So many new conversations per address and span, in this process's memory.

    Addresses are kept as hashes under a salt that lives a day and stays in memory.
    """

    def __init__(self, limit: str) -> None:
        self._item = parse(limit)
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._salt, self._day = secrets.token_bytes(32), 0

    def refuses(self, address: str | None) -> int | None:
        """Counts one creation; None, or the seconds after which the next is free."""
        who = self._hashed(address or "")
        if self._windows.hit(self._item, who):
            return None
        return max(1, ceil(self._windows.get_window_stats(self._item, who).reset_time - time.time()))

    def _hashed(self, address: str) -> str:
        day = int(time.monotonic() // DAY)
        if day != self._day:
            self._salt, self._day = secrets.token_bytes(32), day
        return hashlib.blake2b(network(address).encode(), key=self._salt, digest_size=16).hexdigest()


def network(address: str) -> str:
    """The address, or of IPv6 its first 64 bits: a household has all the rest to itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
    return str(found)


class BodyTooLarge(HTTPException):
    """The body is above the cap. An HTTPException, since only that passes FastAPI's reading."""

    def __init__(self) -> None:
        super().__init__(413)


def most_of(path: str) -> int:
    """How many bytes a body holds here."""
    return FILE if path in TAKE_FILES else BODY


def declares_too_much(headers: list[tuple[bytes, bytes]], most: int = BODY) -> bool:
    """Whether the request says itself that its body is above the cap."""
    lengths = [value for name, value in headers if name == b"content-length"]
    return any(length.isdigit() and int(length[:20]) > most for length in lengths)


def capped(receive: Receive, most: int = BODY) -> Receive:
    """Counts a body while it streams; raises BodyTooLarge above the cap, whatever it declared."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise BodyTooLarge
        return message

    return counted


class PunctualProtocol(HttpToolsProtocol):
    """uvicorn's protocol with one absolute deadline for a whole request, which it has not.

    The deadline is armed at connect and at a request's first byte, and cleared at its end: neither
    slow headers nor a dripped body hold a connection longer. Heads are capped, and connections.
    """

    whole_request = WHOLE_REQUEST
    crowd: dict[str, int] = {}  # noqa: RUF012 - one count for all connections of the process

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._in_head, self._head, self._address = True, 0, ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._address = network(self.client[0]) if self.client else ""
        self.crowd[self._address] = self.crowd.get(self._address, 0) + 1
        if len(self.connections) > CONNECTIONS or self.crowd[self._address] > CONNECTIONS_OF_ONE:
            transport.abort()
        else:
            self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._clear()
        left = self.crowd.pop(self._address, 1) - 1
        if left > 0:
            self.crowd[self._address] = left
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            self._arm()
        self._head += len(data) if self._in_head else 0
        super().data_received(data)
        if self._in_head and self._head > HEAD:
            self.transport.abort()

    def on_message_begin(self) -> None:
        self._in_head = True
        self._arm()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head, self._head = False, 0
        if sum(len(name) + len(value) + 4 for name, value in self.headers) + len(self.url) > HEAD:
            self.transport.abort()
            raise ValueError("the head of this request is above the cap")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._clear()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuses what is no HTTP in the shape of every other refusal."""
        body = b'{"type":"about:blank","title":"Bad Request","status":400}'
        self.transport.write(
            b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\nconnection: close\r\n"
            b"cache-control: no-store\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)
        )
        self.transport.close()

    def _arm(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.whole_request, self.transport.abort)

    def _clear(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

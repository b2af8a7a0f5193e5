"""What the storage tests share: a clock that is set, and stores on a folder of their own."""

import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.storage.rows import Begun, Change, Repeat, Row
from app.storage.share_seals import open_inner, read_key, token_of
from app.storage.shares import MadeShare, NewShare
from app.storage.store import Store

DAY = 86_400
TODAY = 20_000
COPY = b"Du hast auf die Uhr gesehen, ZEBRA-7391."
FILES = {"flow.yaml": "begin: first\n"}


@dataclass
class Clock:
    """Seconds since 1970 that move only when told, and a monotonic clock beside them."""

    now: float = TODAY * DAY + 100.0
    steady: float = 0.0

    def __call__(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.steady

    def wait(self, seconds: float) -> None:
        """Let both clocks run on."""
        self.now += seconds
        self.steady += seconds


def open_store(folder: Path, clock: Clock | None = None, key_file: Path | None = None) -> Store:
    """A store in this folder, with a small ballast so that many tests fit on a small disk."""
    clock = clock or Clock()
    return Store.open(
        folder / "words.db", key_file, clock=clock, monotonic=clock.monotonic, ballast_bytes=4096
    )


async def begin(store: Store, text: bytes = b"one", keep_days: int = 1, revision: str = "r1") -> Begun:
    """A conversation that has just begun."""
    return await store.begin(revision, FILES, lambda _id: Change(text, b"hello", keep_days))


def appending(words: bytes, keep_days: int | None = 7, forget_replies: bool = False):
    """A change that adds words and replies with them."""

    def work(row: Row) -> Change:
        return Change(row.text + words, b"reply to " + words, keep_days, forget_replies)

    return work


def repeat(key: str = "a key", body: bytes = b"POST|answers|yes") -> Repeat:
    """A request that may be sent twice."""
    return Repeat(key, body)


def create_repeat(body: bytes = b"POST|conversations|connection") -> Repeat:
    """A creation that may be sent twice, with a random key."""
    return Repeat(str(uuid.uuid4()), body)


async def make_share(store: Store, begun: Begun, **more: Any) -> MadeShare:
    """A link to a copy, for seven days unless told."""
    return await store.shares.make(begun.id, begun.token, NewShare(COPY, **{"days": 7, **more}))


async def open_share(store: Store, made: MadeShare, pin: str | None = None) -> bytes:
    """The copy, by the link alone."""
    key = read_key(made.key)
    came = await store.shares.open(made.id, token_of(key), pin)
    return open_inner(key, made.id, came.inner)


def stored(folder: Path, table: str) -> list[tuple[object, ...]]:
    """Every row of a table, as it lies in the file."""
    db = sqlite3.connect(folder / "words.db")
    try:
        return db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
    finally:
        db.close()


def everything(folder: Path) -> list[list[tuple[object, ...]]]:
    """Every row that belongs to a conversation."""
    return [stored(folder, table) for table in ("conversation", "access", "turn")]

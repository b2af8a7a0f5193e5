"""Threads that own a database connection, so that nothing blocks the event loop.

A lane takes jobs in order, each in a transaction of its own, and answers once that is committed.
What a job does is decided by those who hand it in.
"""

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.storage.errors import DatabaseRefused, StorageUnavailable

T = TypeVar("T")
BUSY_MS = 10_000

_SETTINGS = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("busy_timeout", str(BUSY_MS), BUSY_MS),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("temp_store", "MEMORY", 2),
    *((("fullfsync", "ON", 1),) if sys.platform == "darwin" else ()),
)


def connect(path: Path) -> sqlite3.Connection:
    """A connection with every setting made and read back, else `DatabaseRefused`."""
    try:
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
    except sqlite3.Error as error:
        raise DatabaseRefused(f"The database {path} cannot be opened ({error}).") from error
    try:
        _apply_settings(db)
    except sqlite3.Error as error:
        db.close()
        raise DatabaseRefused(f"The database {path} cannot be used ({error}).") from error
    except DatabaseRefused:
        db.close()
        raise
    return db


def _apply_settings(db: sqlite3.Connection) -> None:
    # Only a file without pages takes the size; 8,192 keeps the tail of a turn short.
    db.execute("PRAGMA page_size = 8192")
    for name, value, expected in _SETTINGS:
        db.execute(f"PRAGMA {name} = {value}")
        (found,) = db.execute(f"PRAGMA {name}").fetchone()
        if found != expected:
            raise DatabaseRefused(
                f"SQLite keeps {name} at {found} instead of {value}. Use a local disk and a usual build."
            )


class Lane:
    """One thread with one connection, which takes jobs in order; used from the event loop."""

    def __init__(self, db: sqlite3.Connection, name: str) -> None:
        self._db = db
        self._thread = ThreadPoolExecutor(1, name)
        self._closed = False

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` inside a transaction; its result is given back once that is committed.

        What `work` raises undoes its writes and is passed on unchanged. A refusal of the database
        is `StorageUnavailable`.
        """
        return await self._hand_in(partial(_in_transaction, work))

    async def run_alone(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` with no transaction around it."""
        return await self._hand_in(work)

    async def close(self) -> None:
        """Finish what was handed in, then close the connection."""
        if not self._closed:
            self._closed = True
            await asyncio.to_thread(self._thread.shutdown)
            self._db.close()

    async def _hand_in(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._closed:
            raise StorageUnavailable
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work, self._db)
        except sqlite3.Error as error:
            raise StorageUnavailable from error


def _in_transaction(work: Callable[[sqlite3.Connection], T], db: sqlite3.Connection) -> T:
    db.execute("BEGIN IMMEDIATE")
    try:
        result = work(db)
        db.execute("COMMIT")
    except BaseException:
        # A full disk rolls back by itself.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return result

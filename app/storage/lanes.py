"""Threads that own a database connection, so that nothing blocks the event loop.

A lane takes jobs in order. Jobs that wait together share one transaction, each in a savepoint
of its own, and are answered only once it is committed: so many turns cost one flush. What a job
does is decided by those who hand it in.
"""

import asyncio
import queue
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from app.storage.errors import DatabaseRefused, StorageError, StorageUnavailable

T = TypeVar("T")
BATCH = 32
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


@dataclass(slots=True)
class _Job:
    work: Callable[[sqlite3.Connection], Any]
    future: asyncio.Future[Any]
    alone: bool
    result: Any = None
    error: BaseException | None = None


class Lane:
    """One thread with one connection; `run` and `run_alone` may be called from any event loop."""

    def __init__(self, db: sqlite3.Connection, name: str) -> None:
        self._db = db
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._held: _Job | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` inside a transaction; its result is given back once that is committed.

        What `work` raises undoes its own writes alone and is passed on unchanged. A refusal of
        the database is `StorageUnavailable`.
        """
        return await self._hand_in(work, alone=False)

    async def run_alone(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` with no transaction around it."""
        return await self._hand_in(work, alone=True)

    async def close(self) -> None:
        """Finish what was handed in, then close the connection."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            await asyncio.to_thread(self._thread.join)

    async def _hand_in(self, work: Callable[[sqlite3.Connection], T], alone: bool) -> T:
        if self._closed:
            raise StorageUnavailable
        job = _Job(work, asyncio.get_running_loop().create_future(), alone)
        self._jobs.put(job)
        result: T = await job.future
        return result

    def _loop(self) -> None:
        while batch := self._take():
            if batch[0].alone:
                self._run_one(batch[0])
            else:
                self._run_together(batch)
            _deliver(batch)
        self._db.close()

    def _take(self) -> list[_Job]:
        """The jobs that wait now: one alone, or up to `BATCH` for one transaction; none at the end."""
        first = self._held or self._jobs.get()
        self._held = None
        if first is None:
            return []
        batch = [first]
        while not first.alone and len(batch) < BATCH:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            if job.alone:
                self._held = job
                break
            batch.append(job)
        return batch

    def _run_one(self, job: _Job) -> None:
        try:
            job.result = job.work(self._db)
        except BaseException as error:
            job.error = error

    def _run_together(self, batch: list[_Job]) -> None:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for job in batch:
                self._run_in_savepoint(job)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            for job in batch:
                job.error = job.error or error
            with suppress(sqlite3.Error):
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _run_in_savepoint(self, job: _Job) -> None:
        self._db.execute("SAVEPOINT job")
        try:
            job.result = job.work(self._db)
        except BaseException as error:
            job.error = error
            # A full disk rolls the whole transaction back by itself; then this raises for all.
            self._db.execute("ROLLBACK TO job")
        self._db.execute("RELEASE job")


def _deliver(batch: list[_Job]) -> None:
    loops: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in batch:
        loops.setdefault(job.future.get_loop(), []).append(job)
    for loop, jobs in loops.items():
        # A loop that was closed meanwhile has nobody left who waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, jobs)


def _settle(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.error is None:
            job.future.set_result(job.result)
        else:
            job.future.set_exception(_translate(job.error))


def _translate(error: BaseException) -> BaseException:
    if not isinstance(error, sqlite3.Error) or isinstance(error, StorageError):
        return error
    unavailable = StorageUnavailable()
    unavailable.__cause__ = error
    return unavailable

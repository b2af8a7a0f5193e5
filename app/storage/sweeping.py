"""What removes: erase, leave, the sweep of what is due, and the bytes that a removal leaves.

SQLite keeps removed bytes in its -wal file until a checkpoint truncates it; that, and the
ballast that makes room for a removal on a full disk, live here.
"""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from app.storage.access import Bearer, admit, find, verify
from app.storage.errors import AccessUnknown
from app.storage.lanes import BUSY_MS
from app.storage.turns import LONGEST_DAYS
from app.storage.vault import Vault

BALLAST_BYTES = 4 * 1024 * 1024
# A clock that leaps further than this between two sweeps is not believed at once.
LEAP_DAYS = 2
LEAP_SECONDS = 3600
CHUNK = 200

_SWEEP_CONVERSATIONS = (
    "DELETE FROM conversation WHERE id IN (SELECT id FROM conversation WHERE expires_day < ? LIMIT ?)"
)
_SWEEP_REPLIES = (
    "UPDATE turn SET reply = NULL"
    " WHERE rowid IN (SELECT rowid FROM turn WHERE reply IS NOT NULL AND day < ? LIMIT ?)"
)


def erase(db: sqlite3.Connection, bearer: Bearer, today: int) -> None:
    """Remove a conversation with its accesses, turns and shares; no mark of it stays.

    Nothing is unsealed for it, so that a damaged conversation can be erased too.
    """
    verify(db, bearer)
    db.execute("DELETE FROM share WHERE conversation_id = ?", (bearer.id,))
    removed = db.execute(
        "DELETE FROM conversation WHERE id = ? AND expires_day >= ?", (bearer.id, today)
    ).rowcount
    if removed == 0:
        raise AccessUnknown


def leave(db: sqlite3.Connection, vault: Vault, bearer: Bearer, today: int) -> bool:
    """End the token. Without an unused resume code nothing could open it again: erase it, True."""
    seals = admit(db, vault, bearer)
    if find(db, seals, today).has_code:
        db.execute("DELETE FROM access WHERE conversation_id = ? AND kind = 'client'", (seals.id,))
        return False
    db.execute("DELETE FROM conversation WHERE id = ?", (seals.id,))
    return True


def sweep_conversations(db: sqlite3.Connection, today: int) -> int:
    """Remove up to `CHUNK` conversations whose last day has passed; how many."""
    return db.execute(_SWEEP_CONVERSATIONS, (today, CHUNK)).rowcount


def sweep_replies(db: sqlite3.Connection, today: int) -> int:
    """Empty up to `CHUNK` stored replies once the day after theirs has passed; how many."""
    return db.execute(_SWEEP_REPLIES, (today - 1, CHUNK)).rowcount


def sweep_revisions(db: sqlite3.Connection) -> int:
    """Drop the files of revisions that no conversation is on; how many."""
    return db.execute(
        "DELETE FROM revision"
        " WHERE NOT EXISTS (SELECT 1 FROM conversation c WHERE c.revision = revision.hash)"
    ).rowcount


def shorten_expiries(db: sqlite3.Connection, today: int) -> None:
    """Nothing is kept beyond the longest time, whatever a wrong clock once wrote."""
    latest = today + LONGEST_DAYS
    db.execute("UPDATE conversation SET expires_day = ? WHERE expires_day > ?", (latest, latest))


def mark(db: sqlite3.Connection, today: int) -> int:
    """The latest day that the database has believed; `today` when it is new."""
    db.execute("INSERT INTO meta (name, number) VALUES ('latest_day', ?) ON CONFLICT DO NOTHING", (today,))
    (latest,) = db.execute("SELECT number FROM meta WHERE name = 'latest_day'").fetchone()
    return int(latest)


def raise_mark(db: sqlite3.Connection, today: int) -> int:
    """Believe `today`; the latest day from now on."""
    db.execute("UPDATE meta SET number = max(number, ?) WHERE name = 'latest_day'", (today,))
    return mark(db, today)


def scrub(db: sqlite3.Connection) -> bool:
    """Clean both files of removed bytes; False while a reader elsewhere still holds them."""
    # Waiting here would make every turn wait; the caller tries again instead.
    db.execute("PRAGMA busy_timeout = 0")
    try:
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return bool(busy == 0)
    except sqlite3.Error:
        return False
    finally:
        db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


class Leap:
    """Whether a sweep may believe the clock. `monotonic` gives seconds that never leap."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._since: float | None = None

    def is_believed(self, today: int, latest: int) -> bool:
        """False after a leap, until two sweeps an hour apart have seen it."""
        if today <= latest + LEAP_DAYS:
            self._since = None
            return True
        now = self._monotonic()
        if self._since is None:
            self._since = now
        return now - self._since >= LEAP_SECONDS


class Ballast:
    """A file that takes room, so that a removal finds some when the disk is full."""

    def __init__(self, path: Path, size: int = BALLAST_BYTES) -> None:
        self._path = path
        self._size = size

    def make(self) -> bool:
        """Take the room again; False when there is none."""
        try:
            if self._path.exists() and self._path.stat().st_size == self._size:
                return True
            handle = os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(file.fileno(), 0, self._size)
                else:
                    file.write(bytes(self._size))
        except OSError:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Give the room back."""
        self._path.unlink(missing_ok=True)

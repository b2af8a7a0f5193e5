"""Resume codes: the statements that add one, count tries and pick a conversation up again.

A code is its own look-up. It is stretched off the writer's thread; what arrives here is the
result. How a code looks and what it derives is in `vault.py`.
"""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor

from app.storage.access import Bearer, add, add_client, admit, find
from app.storage.errors import AccessUnknown, TooManyTries
from app.storage.rows import Repeat, Resumed
from app.storage.vault import Vault, code_auth, write_code, write_token

GRACE_SECONDS = 600
TRIES_A_MINUTE = 60
_AT_ONCE = 2
_WAITING = 8


class Stretching:
    """Runs the slow derivation, two at once; beyond eight that wait it refuses."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._busy = 0
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="stretching")

    async def run(self, code: str, kid: str) -> bytes:
        """32 bytes from the 16 characters of a code, or `TooManyTries`."""
        if self._busy >= _AT_ONCE + _WAITING:
            raise TooManyTries(retry_after=2)
        self._busy += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._vault.stretch, code, kid)
        finally:
            self._busy -= 1

    def close(self) -> None:
        """Let running derivations end and start no more."""
        self._threads.shutdown(wait=False)


def add_code(
    db: sqlite3.Connection, vault: Vault, bearer: Bearer, stretched: bytes, kid: str, today: int
) -> None:
    """Store a code's way in, unless a repeat has it there already; an earlier code ends."""
    seals = admit(db, vault, bearer)
    find(db, seals, today)
    if is_code(db, code_auth(stretched)):
        return
    access_id = vault.new_id()
    wrapped = vault.wrap_by_code(seals, stretched, kid, access_id)
    add(db, access_id, seals, "resume", code_auth(stretched), kid, wrapped, used=0)


def new_code(db: sqlite3.Connection, vault: Vault, bearer: Bearer, repeat: Repeat | None, today: int) -> str:
    """A code for this bearer to add: by chance, or made of an idempotency key, so that a second sending has
    the same."""
    own = admit(db, vault, bearer)
    find(db, own, today)
    return vault.new_code() if repeat is None else write_code(own.again("code", repeat.key)[:10])


def count_try(db: sqlite3.Connection, now: int) -> None:
    """Count one try of a code, by everyone together; `TooManyTries` beyond 60 in a minute."""
    minute = now // 60
    db.execute("DELETE FROM code_try WHERE minute <> ?", (minute,))
    found = db.execute("SELECT tries FROM code_try WHERE minute = ?", (minute,)).fetchone()
    if found is None:
        db.execute("INSERT INTO code_try (minute, tries) VALUES (?, 1)", (minute,))
    elif found[0] >= TRIES_A_MINUTE:
        raise TooManyTries(retry_after=60 - now % 60)
    else:
        db.execute("UPDATE code_try SET tries = tries + 1 WHERE minute = ?", (minute,))


def is_code(db: sqlite3.Connection, verifier: bytes) -> bool:
    """Whether a stretched code with this verifier opens anything."""
    look = "SELECT 1 FROM access WHERE auth = ? AND kind = 'resume'"
    return db.execute(look, (verifier,)).fetchone() is not None


def resume(db: sqlite3.Connection, vault: Vault, stretched: bytes, kid: str, now: int, today: int) -> Resumed:
    """Open a conversation by its code, end its earlier token and give out a new one.

    The code works for ten minutes from its first use, so that a lost reply locks nobody out; it ends
    sooner with the first change under the new token.
    """
    found = db.execute(
        "SELECT id, conversation_id, wrapped, used FROM access WHERE auth = ? AND kind = 'resume'",
        (code_auth(stretched),),
    ).fetchone()
    if found is None:
        raise AccessUnknown
    access_id, conversation_id, wrapped, used = found
    seals = vault.unwrap_by_code(wrapped, stretched, kid, conversation_id, access_id)
    first_use = seals.open_time(used, access_id) or now
    if now - first_use > GRACE_SECONDS:
        raise AccessUnknown
    db.execute("UPDATE access SET used = ? WHERE id = ?", (seals.time(first_use, access_id), access_id))
    kept = find(db, seals, today)
    seed = vault.new_seed()
    add_client(db, vault, seals, seed, vault.kids[0], now)
    return Resumed(conversation_id, write_token(seed), kept.open(seals))

"""The door of this room: each method is one action and one transaction, off the event loop.

One thread writes, one reads. Statements live in the modules beside this one; the service hands
a turn in as a pure function from row to change, which runs inside the transaction.
"""

import asyncio
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.storage import access, resuming, shares, sweeping, tally, turns
from app.storage.access import Bearer
from app.storage.errors import (
    AccessUnknown,
    DatabaseRefused,
    KeysRefused,
    RevisionUnknown,
    StorageUnavailable,
)
from app.storage.keys import load_keys, make_keys
from app.storage.lanes import Lane, connect
from app.storage.migrating import locked, migrate
from app.storage.rows import Begun, Cell, Change, Changed, Code, Repeat, Resumed, Row, Swept
from app.storage.vault import Vault, check_id, code_auth, read_code, read_token

T = TypeVar("T")
DAY = 86_400  # seconds
_SCRUB_TRIES = 20
_SCRUB_PAUSE = 0.1
_LATER_TRIES = 60


class Store:
    """Every conversation of this database. Made by `open`, ended by `close`."""

    def __init__(
        self,
        vault: Vault,
        writer: Lane,
        reader: Lane,
        ballast: sweeping.Ballast,
        clock: Callable[[], float],
        leap: sweeping.Leap,
        latest_day: int,
    ) -> None:
        self._vault = vault
        self._writer = writer
        self._reader = reader
        self._ballast = ballast
        self._clock = clock
        self._leap = leap
        self._latest_day = latest_day
        self._stretching = resuming.Stretching(vault)
        self._later: asyncio.Task[None] | None = None
        self.shares = shares.Shares(vault, writer, reader, self._make_room, self._scrub, self._today)

    @classmethod
    def open(
        cls,
        database: Path,
        key_file: Path | None = None,
        *,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        random: Callable[[int], bytes] = secrets.token_bytes,
        ballast_bytes: int = sweeping.BALLAST_BYTES,
    ) -> "Store":
        """Open a database file, made and brought up to date where needed.

        `key_file` lies beside the database unless named. `clock` gives seconds since 1970,
        `random` so many random bytes. `DatabaseRefused` or `KeysRefused` says what to put right.
        """
        key_file = key_file or database.with_name("keys.json")
        _make_file(database)
        with locked(database):
            db = connect(database)
            try:
                migrate(db, database)
                vault = Vault(_fitting_keys(db, key_file, random), random)
                latest = sweeping.mark(db, int(clock()) // DAY)
                reading = connect(database)
                reading.execute("PRAGMA query_only = ON")
            except sqlite3.Error as error:
                db.close()
                raise DatabaseRefused(f"The database {database} cannot be read ({error}).") from error
            except BaseException:
                db.close()
                raise
        ballast = sweeping.Ballast(database.with_name("ballast"), ballast_bytes)
        ballast.make()
        writer, reader = Lane(db, "writer"), Lane(reading, "reader")
        return cls(vault, writer, reader, ballast, clock, sweeping.Leap(monotonic), latest)

    async def begin(
        self,
        revision: str,
        files: Mapping[str, str],
        first: Callable[[str], Change],
        *,
        repeat: Repeat | None = None,
    ) -> Begun:
        """Begin a conversation on a flow's revision, whose files are kept with it.

        `first(id)` is pure and gives text, reply and days. With `repeat`, whose key must be a
        UUID of version 4 (`CreateKeyRefused`), a second sending gives the same id, token and
        reply while the conversation is at version 1, then `RepeatDiffers`.
        """
        return await self._writer.run(
            lambda db: turns.begin(
                db, self._vault, revision, files, first, repeat, self._now(), self._today()
            )
        )

    async def read(self, conversation_id: str, token: str) -> Row:
        """The conversation as it stands; `AccessUnknown`, `SealBroken`."""
        bearer = _bearer(conversation_id, token)
        return await self._reader.run_alone(lambda db: access.read(db, self._vault, bearer, self._today()))

    async def change(
        self,
        conversation_id: str,
        token: str,
        work: Callable[[Row], Change],
        *,
        repeat: Repeat | None = None,
        codes: frozenset[Code] = frozenset(),
    ) -> Changed:
        """Change a conversation by a pure function, in one transaction.

        What `work` raises undoes it and comes through unchanged. `repeat` sent again gives the
        stored reply, for another request `RepeatDiffers`, once that reply is gone `StaleWrite`. What
        the change counts has to be among `codes`, else `CodeUnknown`.
        """
        bearer = _bearer(conversation_id, token)
        return await self._writer.run(
            lambda db: turns.change(db, self._vault, bearer, work, repeat, self._today(), codes)
        )

    async def add_resume_code(self, conversation_id: str, token: str, repeat: Repeat | None = None) -> str:
        """A typed code (4 by 4) that opens it elsewhere, the same for a repeat; an earlier one ends."""
        bearer, kid = _bearer(conversation_id, token), self._vault.kids[0]
        named = partial(resuming.new_code, vault=self._vault, bearer=bearer, repeat=repeat)
        code = await self._reader.run_alone(partial(named, today=self._today()))
        stretched = await self._stretching.run(read_code(code), kid)
        await self._writer.run(
            lambda db: resuming.add_code(db, self._vault, bearer, stretched, kid, self._today())
        )
        return code

    async def resume(self, code: str) -> Resumed:
        """Pick a conversation up by its code: the earlier token is dead from here on.

        `AccessUnknown` for a code that is unknown, malformed or spent (ten minutes after its first
        use, or with the first change under the new token); `TooManyTries`.
        """
        letters = read_code(code)
        await self._writer.run(lambda db: resuming.count_try(db, self._now()))
        for kid in self._vault.kids:
            stretched = await self._stretching.run(letters, kid)
            verifier = code_auth(stretched)
            if await self._reader.run_alone(partial(resuming.is_code, verifier=verifier)):
                opened = partial(resuming.resume, vault=self._vault, stretched=stretched, kid=kid)
                return await self._writer.run(partial(opened, now=self._now(), today=self._today()))
        raise AccessUnknown

    async def leave(self, conversation_id: str, token: str) -> bool:
        """End this token; True when that erased the conversation, because no unused code was left."""
        bearer = _bearer(conversation_id, token)
        erased = await self._make_room(lambda db: sweeping.leave(db, self._vault, bearer, self._today()))
        await self._scrub()
        return erased

    async def erase(self, conversation_id: str, token: str) -> bool:
        """Erase a conversation now, on a full disk too.

        True: no byte of it is left in the files. False: it is gone, and its last traces are
        within a minute, because somebody is reading the files.
        """
        bearer = _bearer(conversation_id, token)
        await self._make_room(lambda db: sweeping.erase(db, bearer, self._today()))
        return await self._scrub()

    async def purge(self) -> Swept:
        """Remove what is due. After a leap of the clock of more than two days nothing goes until a
        second sweep, an hour later, sees the same."""
        today = self._clock_day()
        self._latest_day = await self._writer.run_alone(lambda db: sweeping.mark(db, today))
        if not self._leap.is_believed(today, self._latest_day):
            return Swept(held=True)
        self._latest_day = await self._make_room(lambda db: sweeping.raise_mark(db, today))
        day = self._latest_day
        await self._make_room(lambda db: sweeping.shorten_expiries(db, day))
        await self._make_room(lambda db: shares.shorten(db, self._vault, day))
        conversations = await self._sweep_all(partial(sweeping.sweep_conversations, today=day))
        replies = await self._sweep_all(partial(sweeping.sweep_replies, today=day))
        dropped = await self._make_room(sweeping.sweep_revisions)
        ended = await self._sweep_all(partial(shares.sweep, today=day))
        await self._scrub()
        return Swept(conversations, replies, dropped, ended)

    async def revision_files(self, revision: str) -> dict[str, str]:
        """The files kept for a revision, by their names; `RevisionUnknown`."""
        files = await self._reader.run_alone(lambda db: turns.revision_files(db, revision))
        if files is None:
            raise RevisionUnknown
        return files

    async def revisions(self) -> frozenset[str]:
        """The revisions whose files are kept."""
        return await self._reader.run_alone(turns.revisions)

    async def tally(self) -> tuple[Cell, ...]:
        """What was counted in the months that are over, by month and code."""
        return await self._reader.run_alone(lambda db: tally.over(db, self._today()))

    async def close(self) -> None:
        """Finish what was handed in, then close the files."""
        if self._later is not None:
            self._later.cancel()
        self._stretching.close()
        await self._reader.close()
        await self._writer.close()

    def _now(self) -> int:
        return int(self._clock())

    def _clock_day(self) -> int:
        return self._now() // DAY

    def _today(self) -> int:
        # A clock that falls back must not bring back what has expired.
        return max(self._clock_day(), self._latest_day)

    async def _make_room(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await self._writer.run(work)
        except StorageUnavailable:
            self._ballast.release()
            return await self._writer.run(work)

    async def _sweep_all(self, sweep: Callable[[sqlite3.Connection], int]) -> int:
        count = 0
        while removed := await self._make_room(sweep):
            count += removed
        return count

    async def _scrub(self) -> bool:
        """Clean the files for up to two seconds, else go on in the background."""
        clean = await self._scrub_for(_SCRUB_TRIES, _SCRUB_PAUSE)
        if not clean and (self._later is None or self._later.done()):
            self._later = asyncio.create_task(self._scrub_later())
        await self._writer.run_alone(lambda _db: self._ballast.make())
        return clean

    async def _scrub_for(self, tries: int, pause: float) -> bool:
        for attempt in range(tries):
            if await self._writer.run_alone(sweeping.scrub):
                return True
            if attempt + 1 < tries:
                await asyncio.sleep(pause)
        return False

    async def _scrub_later(self) -> None:
        await self._scrub_for(_LATER_TRIES, 1.0)


def _bearer(conversation_id: str, token: str) -> Bearer:
    return Bearer(check_id(conversation_id), read_token(token))


def _make_file(database: Path) -> None:
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(database, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseRefused(f"The database {database} cannot be made ({error.strerror}).") from error


def _fitting_keys(db: sqlite3.Connection, key_file: Path, random: Callable[[int], bytes]) -> dict[str, bytes]:
    """The server's keys, made when nothing is sealed yet; every key that the database names is there."""
    named = access.kids(db)
    if not named and not key_file.exists():
        make_keys(key_file, random)
    keys = load_keys(key_file)
    if named - keys.keys():
        raise KeysRefused(
            f"The database was sealed with a key that {key_file} does not hold. Bring that file back; "
            "without it these conversations open for nobody."
        )
    return keys

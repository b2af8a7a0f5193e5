"""Shares: the statements that make, list, open, revoke and sweep them. How they are sealed: `share_seals.py`.

A share is no way into its conversation. Whatever is wrong with a link, the answer is the same.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from app.storage import share_seals as seals
from app.storage.access import Bearer, admit, find
from app.storage.errors import PinRefused, RepeatDiffers, SealBroken, SharesFull, ShareUnknown
from app.storage.lanes import Lane
from app.storage.rows import Repeat
from app.storage.vault import Seals, Vault, base64url, is_same
from app.storage.vault import check_id as check_conversation_id
from app.storage.vault import read_token as read_conversation_token

T = TypeVar("T")
LONGEST_DAYS = 30
MOST_OPEN = 10
"""Links of one conversation that may be open at once."""
WRONG_PINS = 5
"""The wrong PIN that destroys the share."""
CHUNK = 200

# One row comes back in any case, so that a miss takes as long as a hit.
_LOOK = (
    "SELECT coalesce(s.id, ''), coalesce(s.auth, zeroblob(32)), s.kid, s.expires_day, s.opens, s.max_views,"
    " s.pin, s.tries, s.sealed FROM (SELECT 1) LEFT JOIN share s ON s.id = ? AND s.expires_day >= ?"
)
# The limit stands in the statement too: a database with several writers shows one row to two of them.
_CLAIM = "UPDATE share SET opens = opens + 1 WHERE id = ? AND (max_views IS NULL OR opens < max_views)"


@dataclass(frozen=True, slots=True)
class NewShare:
    """A share to make: the copy, days from today (1 to 30), how often it opens (None: as often as wanted).
    With `repeat`, a second sending gives the same share while it opens."""

    text: bytes = field(repr=False)
    days: int
    max_views: int | None = None
    with_pin: bool = False
    repeat: Repeat | None = None


@dataclass(frozen=True, slots=True)
class MadeShare:
    """A share just made. Its key and PIN are given out here and never again."""

    id: str
    key: str = field(repr=False)
    pin: str | None = field(repr=False)
    expires_day: int


@dataclass(frozen=True, slots=True)
class KeptShare:
    """A share as it is listed for the one who made it."""

    id: str
    expires_day: int
    opens: int
    max_views: int | None
    has_pin: bool


@dataclass(frozen=True, slots=True)
class OpenedShare:
    """A share that was opened: the copy, still sealed with the link's key."""

    inner: bytes = field(repr=False)
    expires_day: int


class MakeRoom(Protocol):
    """Runs a removal in a transaction, on a full disk too."""

    def __call__(self, work: Callable[[sqlite3.Connection], T]) -> Awaitable[T]:
        """The removal's result, once it is committed."""


class Shares:
    """The shares of a database; each method is one transaction. A part of `Store`."""

    def __init__(
        self,
        vault: Vault,
        writer: Lane,
        reader: Lane,
        make_room: MakeRoom,
        scrub: Callable[[], Awaitable[bool]],
        today: Callable[[], int],
    ) -> None:
        self._vault = vault
        self._writer = writer
        self._reader = reader
        self._make_room = make_room
        self._scrub = scrub
        self._today = today

    async def make(self, conversation_id: str, token: str, new: NewShare) -> MadeShare:
        """Freeze a copy behind a link; `AccessUnknown`, `SharesFull`, `RepeatDiffers`."""
        bearer = _bearer(conversation_id, token)
        return await self._writer.run(lambda db: make(db, self._vault, bearer, new, self._today()))

    async def listed(self, conversation_id: str, token: str) -> tuple[KeptShare, ...]:
        """The shares of a conversation that still open, the soonest to end first; `AccessUnknown`."""
        bearer = _bearer(conversation_id, token)
        return await self._reader.run_alone(lambda db: listed(db, self._vault, bearer, self._today()))

    async def revoke(self, conversation_id: str, token: str, share_id: str) -> None:
        """End a share of this conversation; `AccessUnknown`, `ShareUnknown`."""
        bearer = _bearer(conversation_id, token)
        await self._make_room(lambda db: revoke(db, self._vault, bearer, share_id, self._today()))
        await self._scrub()

    async def open(self, share_id: str, token: str, pin: str | None) -> OpenedShare:
        """Open a share by its token (`iws_…`), and count it.

        `ShareUnknown` whatever is wrong with the link; `PinRefused`, once the try is committed.
        """
        name, verifier, today = seals.check_id(share_id), seals.verifier_of(token), self._today()
        # Whoever holds no link never makes the writer wait.
        await self._reader.run_alone(lambda db: _found(db, name, verifier, today))
        came = await self._writer.run(lambda db: claim(db, self._vault, name, verifier, pin, today))
        if isinstance(came, OpenedShare):
            return came
        raise came


def make(db: sqlite3.Connection, vault: Vault, bearer: Bearer, new: NewShare, today: int) -> MadeShare:
    """Seal a copy and store it with its conversation's id."""
    if not 1 <= new.days <= LONGEST_DAYS:
        raise ValueError(f"days is between 1 and {LONGEST_DAYS}.")
    own = admit(db, vault, bearer)
    find(db, own, today)
    share_id, key, digits = _named(vault, own, new.repeat)
    pin = digits if new.with_pin else None
    verifier = seals.verifier_of(seals.token_of(key))
    before = db.execute("SELECT auth, expires_day FROM share WHERE id = ?", (share_id,)).fetchone()
    if before is not None and not is_same(before[0], verifier):
        raise RepeatDiffers
    if before is not None:
        return MadeShare(share_id, seals.write_key(key), pin, before[1])
    if len(_of_conversation(db, bearer.id, today)) >= MOST_OPEN:
        raise SharesFull
    kid, expires_day = vault.kids[0], today + new.days
    inner = seals.seal_inner(vault, key, share_id, new.text)
    db.execute(
        "INSERT INTO share"
        " (id, conversation_id, auth, kid, expires_day, opens, max_views, pin, tries, sealed)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, ?, 0, ?)",
        (
            share_id,
            bearer.id,
            verifier,
            kid,
            expires_day,
            new.max_views,
            None if pin is None else seals.pin_mac(vault, kid, share_id, pin),
            seals.seal_outer(vault, kid, share_id, expires_day, inner),
        ),
    )
    return MadeShare(share_id, seals.write_key(key), pin, expires_day)


def _named(vault: Vault, own: Seals, repeat: Repeat | None) -> tuple[str, bytes, str]:
    """Id, key and PIN of a share: by chance, or made of an idempotency key, so that none is stored. Another
    request under that key has the same id and another key."""
    if repeat is None:
        return vault.new_id("shr_"), vault.new_seed(), seals.write_pin(vault.random(8))
    share_id = "shr_" + base64url(own.again("share-id", repeat.key)[:16])
    key = own.again("share-key", repeat.key, repeat.fingerprint)
    return share_id, key, seals.write_pin(own.again("share-pin", repeat.key)[:8])


def listed(db: sqlite3.Connection, vault: Vault, bearer: Bearer, today: int) -> tuple[KeptShare, ...]:
    """The shares of this bearer's conversation that still open."""
    find(db, admit(db, vault, bearer), today)
    return _of_conversation(db, bearer.id, today)


def revoke(db: sqlite3.Connection, vault: Vault, bearer: Bearer, share_id: str, today: int) -> None:
    """Remove a share of this bearer's conversation."""
    find(db, admit(db, vault, bearer), today)
    gone = db.execute("DELETE FROM share WHERE id = ? AND conversation_id = ?", (share_id, bearer.id))
    if gone.rowcount == 0:
        raise ShareUnknown


def claim(
    db: sqlite3.Connection, vault: Vault, share_id: str, verifier: bytes, pin: str | None, today: int
) -> OpenedShare | PinRefused | ShareUnknown:
    """Open a share once: claimed before it is given out, so that no two get its last view.

    A refusal is given back and not raised, so that what it counts stays counted.
    """
    kid, expires_day, opens, max_views, pin_kept, tries, sealed = _found(db, share_id, verifier, today)
    if pin_kept is not None and pin is None:
        return PinRefused()
    if pin_kept is not None and not is_same(seals.pin_mac(vault, kid, share_id, pin or ""), pin_kept):
        if tries + 1 >= WRONG_PINS:
            db.execute("DELETE FROM share WHERE id = ?", (share_id,))
            return ShareUnknown()
        db.execute("UPDATE share SET tries = tries + 1 WHERE id = ?", (share_id,))
        return PinRefused()
    try:
        inner = seals.open_outer(vault, kid, share_id, expires_day, sealed)
    except SealBroken:
        return ShareUnknown()
    if db.execute(_CLAIM, (share_id,)).rowcount != 1:
        return ShareUnknown()
    if max_views is not None and opens + 1 >= max_views:
        db.execute("DELETE FROM share WHERE id = ?", (share_id,))
    return OpenedShare(inner, expires_day)


def sweep(db: sqlite3.Connection, today: int) -> int:
    """Remove up to `CHUNK` shares whose last day has passed; how many."""
    due = "DELETE FROM share WHERE id IN (SELECT id FROM share WHERE expires_day < ? LIMIT ?)"
    return db.execute(due, (today, CHUNK)).rowcount


def shorten(db: sqlite3.Connection, vault: Vault, today: int) -> None:
    """No share is kept beyond the longest time, whatever a wrong clock once wrote. The day is sealed in, so
    the outer layer is made anew."""
    latest = today + LONGEST_DAYS
    beyond = "SELECT id, kid, expires_day, sealed FROM share WHERE expires_day > ?"
    for share_id, kid, expires_day, sealed in db.execute(beyond, (latest,)).fetchall():
        try:
            inner = seals.open_outer(vault, kid, share_id, expires_day, sealed)
        except SealBroken:
            db.execute("DELETE FROM share WHERE id = ?", (share_id,))
            continue
        again = seals.seal_outer(vault, kid, share_id, latest, inner)
        db.execute("UPDATE share SET expires_day = ?, sealed = ? WHERE id = ?", (latest, again, share_id))


_Found = tuple[str, int, int, int | None, bytes | None, int, bytes]


def _found(db: sqlite3.Connection, share_id: str, verifier: bytes, today: int) -> _Found:
    """What is stored of a share, to the holder of its token."""
    kept_id, kept, *row = db.execute(_LOOK, (share_id, today)).fetchone()
    if not is_same(verifier, kept) or not kept_id:
        raise ShareUnknown
    kid, expires_day, opens, max_views, pin, tries, sealed = row
    return kid, expires_day, opens, max_views, pin, tries, sealed


def _of_conversation(db: sqlite3.Connection, conversation_id: str, today: int) -> tuple[KeptShare, ...]:
    found = db.execute(
        "SELECT id, expires_day, opens, max_views, pin IS NOT NULL FROM share"
        " WHERE conversation_id = ? AND expires_day >= ? ORDER BY expires_day, rowid",
        (conversation_id, today),
    )
    return tuple(KeptShare(id, day, opens, most, bool(has_pin)) for id, day, opens, most, has_pin in found)


def _bearer(conversation_id: str, token: str) -> Bearer:
    return Bearer(check_conversation_id(conversation_id), read_conversation_token(token))

"""Ways into a conversation: a token is checked here, and what it opens is read here."""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from app.storage.errors import AccessUnknown
from app.storage.rows import Row
from app.storage.vault import Seals, Vault, auth, is_same

_NOBODY = bytes(61)
# One row comes back in any case, so that a miss takes as long as a hit.
_LOOK = (
    "SELECT coalesce(a.id, ''), coalesce(a.auth, substr(?, 1, 32)), coalesce(a.kid, ''),"
    " coalesce(a.wrapped, ?) FROM (SELECT 1)"
    " LEFT JOIN access a ON a.conversation_id = ? AND a.kind = 'client'"
)


@dataclass(frozen=True, slots=True)
class Bearer:
    """A conversation's id and its token's seed, both well-formed and not yet checked."""

    id: str
    seed: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation's row with its state still sealed."""

    id: str
    version: int
    revision: str
    expires_day: int
    sealed: bytes
    has_code: bool

    def open(self, seals: Seals) -> Row:
        """The row with its text, else `SealBroken`."""
        text = seals.open_state(self.sealed, self.version, self.revision)
        return Row(self.id, self.version, self.revision, text, self.expires_day, self.has_code)


def verify(db: sqlite3.Connection, bearer: Bearer) -> tuple[str, str, bytes]:
    """Access id, key id and wrapped key of this bearer, else `AccessUnknown`.

    An unknown id and a wrong token cost the same work: one look-up, one derivation, one
    comparison. The conversation itself is touched only afterwards.
    """
    access_id, verifier, kid, wrapped = db.execute(_LOOK, (_NOBODY, _NOBODY, bearer.id)).fetchone()
    if not is_same(auth(bearer.seed), verifier) or not access_id:
        raise AccessUnknown
    return access_id, kid, wrapped


def admit(db: sqlite3.Connection, vault: Vault, bearer: Bearer) -> Seals:
    """The seals of this bearer's conversation, else `AccessUnknown`."""
    access_id, kid, wrapped = verify(db, bearer)
    return vault.unwrap(wrapped, bearer.seed, kid, bearer.id, access_id)


def find(db: sqlite3.Connection, seals: Seals, today: int) -> Kept:
    """The conversation behind the seals; `AccessUnknown` once its last day has passed."""
    found = db.execute(
        "SELECT c.version, c.revision, c.expires_day, c.sealed, r.id, r.used FROM conversation c"
        " LEFT JOIN access r ON r.conversation_id = c.id AND r.kind = 'resume'"
        " WHERE c.id = ?",
        (seals.id,),
    ).fetchone()
    if found is None or found[2] < today:
        raise AccessUnknown
    version, revision, expires_day, sealed, code_id, code_used = found
    has_code = code_id is not None and seals.open_time(code_used, code_id) == 0
    return Kept(seals.id, version, revision, expires_day, sealed, has_code)


def end_spent_code(db: sqlite3.Connection, kept: Kept) -> None:
    """End a code that was used and still works for a while; an unused one stays."""
    if not kept.has_code:
        db.execute("DELETE FROM access WHERE conversation_id = ? AND kind = 'resume'", (kept.id,))


def read(db: sqlite3.Connection, vault: Vault, bearer: Bearer, today: int) -> Row:
    """The conversation of this bearer."""
    seals = admit(db, vault, bearer)
    return find(db, seals, today).open(seals)


def add(
    db: sqlite3.Connection,
    access_id: str,
    seals: Seals,
    kind: Literal["client", "resume"],
    verifier: bytes,
    kid: str,
    wrapped: bytes,
    used: int,
) -> None:
    """Store a way in; the earlier one of this kind ends."""
    db.execute("DELETE FROM access WHERE conversation_id = ? AND kind = ?", (seals.id, kind))
    db.execute(
        "INSERT INTO access (id, conversation_id, kind, auth, kid, wrapped, used)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (access_id, seals.id, kind, verifier, kid, wrapped, seals.time(used, access_id)),
    )


def add_client(db: sqlite3.Connection, vault: Vault, seals: Seals, seed: bytes, kid: str, now: int) -> None:
    """Let the bearer of this seed in, and nobody with an earlier one."""
    access_id = vault.new_id()
    wrapped = vault.wrap(seals, seed, kid, access_id)
    add(db, access_id, seals, "client", auth(seed), kid, wrapped, now)


def kids(db: sqlite3.Connection) -> set[str]:
    """The ids of every server key that something is wrapped with."""
    found: set[str] = set()
    for table in ("access", "share"):
        # Each step jumps along the index; a DISTINCT would read it whole.
        following = f"SELECT min(kid) FROM {table} WHERE kid > ?"  # noqa: S608
        (kid,) = db.execute(following, ("",)).fetchone()
        while kid is not None:
            found.add(kid)
            (kid,) = db.execute(following, (kid,)).fetchone()
    return found

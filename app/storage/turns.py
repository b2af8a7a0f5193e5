"""The statements that begin and change a conversation. Each function runs inside one transaction."""

import json
import sqlite3
from collections.abc import Callable, Mapping

from app.storage import tally
from app.storage.access import Bearer, Kept, add_client, admit, end_spent_code, find
from app.storage.errors import AccessUnknown, RepeatDiffers, StaleWrite
from app.storage.rows import Begun, Change, Changed, Code, Repeat, Row
from app.storage.vault import Seals, Vault, write_token

LONGEST_DAYS = 90
_INSERT_TURN = "INSERT INTO turn (conversation_id, version, day, idem, reply) VALUES (?, ?, ?, ?, ?)"


def expiry(change: Change, today: int, before: int) -> int:
    """The last day on which a changed conversation opens; nothing is kept for ever."""
    if change.keep_days is None:
        return before
    if not 1 <= change.keep_days <= LONGEST_DAYS:
        raise ValueError(f"keep_days is between 1 and {LONGEST_DAYS}.")
    return today + change.keep_days


def begin(
    db: sqlite3.Connection,
    vault: Vault,
    revision: str,
    files: Mapping[str, str],
    first: Callable[[str], Change],
    repeat: Repeat | None,
    now: int,
    today: int,
) -> Begun:
    """Store a new conversation at version 1, or give back the one that this repeat began."""
    kid = vault.kids[0]
    if repeat is None:
        seed, conversation_id = vault.new_seed(), vault.new_id("cnv_")
    else:
        earlier = _begun_before(db, vault, repeat, today)
        if earlier is not None:
            return earlier
        seed, conversation_id = vault.derive(repeat.key, kid)
    change = first(conversation_id)
    if change.text is None or change.keep_days is None:
        raise ValueError("A first change needs a text and the days it is kept.")
    expires_day = expiry(change, today, today)
    seals = vault.new_seals(conversation_id)
    _keep_revision(db, revision, files)
    db.execute(
        "INSERT INTO conversation (id, version, revision, expires_day, sealed) VALUES (?, 1, ?, ?, ?)",
        (conversation_id, revision, expires_day, seals.state(change.text, 1, revision)),
    )
    add_client(db, vault, seals, seed, kid, now)
    _keep_turn(db, seals, 1, revision, today, change.reply, repeat)
    return Begun(conversation_id, write_token(seed), change.reply, expires_day, repeated=False)


def change(
    db: sqlite3.Connection,
    vault: Vault,
    bearer: Bearer,
    work: Callable[[Row], Change],
    repeat: Repeat | None,
    today: int,
    codes: frozenset[Code] = frozenset(),
) -> Changed:
    """Apply `work` to a conversation once; a repeat gets the reply that was stored then.

    A repeat is looked up before `work` sees the version: its first sending has raised it. A code that
    was used ends here: whoever changes something has got the token that it gave out.
    """
    seals = admit(db, vault, bearer)
    kept = find(db, seals, today)
    end_spent_code(db, kept)
    if repeat is not None:
        answered = _answered_before(db, seals, kept, repeat)
        if answered is not None:
            return answered
    made = work(kept.open(seals))
    if made.text is None:
        return Changed(made.reply, kept.version, kept.expires_day, repeated=False)
    version, expires_day = kept.version + 1, expiry(made, today, kept.expires_day)
    written = db.execute(
        "UPDATE conversation SET version = ?, expires_day = ?, sealed = ? WHERE id = ? AND version = ?",
        (version, expires_day, seals.state(made.text, version, kept.revision), kept.id, kept.version),
    )
    if written.rowcount != 1:
        raise StaleWrite
    if made.forget_replies:
        db.execute("UPDATE turn SET reply = NULL WHERE conversation_id = ?", (kept.id,))
    tally.add(db, made.counted, codes, today)
    _keep_turn(db, seals, version, kept.revision, today, made.reply, repeat)
    return Changed(made.reply, version, expires_day, repeated=False)


def revision_files(db: sqlite3.Connection, revision: str) -> dict[str, str] | None:
    """The files kept for a revision, by their names, or None."""
    found = db.execute("SELECT files FROM revision WHERE hash = ?", (revision,)).fetchone()
    return None if found is None else json.loads(found[0])


def revisions(db: sqlite3.Connection) -> frozenset[str]:
    """The revisions whose files are kept."""
    return frozenset(revision for (revision,) in db.execute("SELECT hash FROM revision"))


def _keep_revision(db: sqlite3.Connection, revision: str, files: Mapping[str, str]) -> None:
    if db.execute("SELECT 1 FROM revision WHERE hash = ?", (revision,)).fetchone() is None:
        text = json.dumps(dict(files), ensure_ascii=False, sort_keys=True)
        db.execute("INSERT INTO revision (hash, files) VALUES (?, ?)", (revision, text))


def _keep_turn(
    db: sqlite3.Connection,
    seals: Seals,
    version: int,
    revision: str,
    today: int,
    reply: bytes,
    repeat: Repeat | None,
) -> None:
    # Without a key nobody can ask for the reply again, so it is not kept.
    idem = None if repeat is None else seals.idem(repeat.key)
    sealed = None if repeat is None else seals.turn(repeat.fingerprint, reply, version, revision)
    db.execute(_INSERT_TURN, (seals.id, version, today, idem, sealed))


def _answered_before(db: sqlite3.Connection, seals: Seals, kept: Kept, repeat: Repeat) -> Changed | None:
    found = db.execute(
        "SELECT version, reply FROM turn WHERE conversation_id = ? AND idem = ?",
        (kept.id, seals.idem(repeat.key)),
    ).fetchone()
    if found is None:
        return None
    version, sealed = found
    if sealed is None:
        raise StaleWrite
    reply = seals.open_turn(sealed, repeat.fingerprint, version, kept.revision)
    if reply is None:
        raise RepeatDiffers
    return Changed(reply, version, kept.expires_day, repeated=True)


def _begun_before(db: sqlite3.Connection, vault: Vault, repeat: Repeat, today: int) -> Begun | None:
    """What this key began, whichever server key was the newest then.

    Honoured while the conversation is unanswered, so that a program that reuses one key is
    stopped before two people meet.
    """
    for kid in vault.kids:
        seed, conversation_id = vault.derive(repeat.key, kid)
        if db.execute("SELECT 1 FROM conversation WHERE id = ?", (conversation_id,)).fetchone() is None:
            continue
        try:
            seals = admit(db, vault, Bearer(conversation_id, seed))
            kept = find(db, seals, today)
            answered = _answered_before(db, seals, kept, repeat)
        except (AccessUnknown, StaleWrite):
            raise RepeatDiffers from None
        if answered is None or kept.version != 1:
            raise RepeatDiffers
        return Begun(conversation_id, write_token(seed), answered.reply, kept.expires_day, repeated=True)
    return None

"""T07: every column of the database is on this list with its reason, and sealed ones look sealed."""

import math
import sqlite3
from collections import Counter

import pytest

from app.storage.shares import NewShare
from tests.unit.storage.world import appending, begin, open_store, repeat

pytestmark = pytest.mark.anyio

SEALED = "sealed: AES-256-GCM under a key that the database does not hold"
KEYED = "a verifier or keyed hash, worth nothing without its key"
COLUMNS = {
    "revision.hash": "content hash of a flow's public files",
    "revision.files": "a flow's public files, so that a begun conversation survives a deploy",
    "conversation.id": "random; the public address",
    "conversation.version": "compared at every write; tells how many changes were made",
    "conversation.revision": "which files the conversation is pinned to",
    "conversation.expires_day": "a day, so that what is due can be found",
    "conversation.sealed": SEALED,
    "access.id": "random; binds a wrapped key to its row",
    "access.conversation_id": "random id",
    "access.kind": "client or resume: a token or a typed code",
    "access.auth": KEYED,
    "access.kid": "id of a server key, so that an old key can be destroyed",
    "access.wrapped": SEALED,
    "access.used": SEALED,
    "turn.conversation_id": "random id",
    "turn.version": "the version that this turn made",
    "turn.day": "a day, so that stored replies can be emptied",
    "turn.idem": KEYED,
    "turn.reply": SEALED,
    "share.id": "random; the public address of the link",
    "share.conversation_id": "random id, so that a client can revoke; empty once the conversation is gone",
    "share.auth": KEYED,
    "share.kid": "id of a server key, so that an old key can be destroyed",
    "share.expires_day": "a day, so that what is due can be found; sealed in as well",
    "share.opens": "how often the link was opened, so that a limit holds; no time",
    "share.max_views": "the limit on that number, where the client set one",
    "share.pin": KEYED,
    "share.tries": "wrong PINs, so that the fifth destroys the row",
    "share.sealed": SEALED,
    "tally.month": "a month, of no conversation",
    "tally.family": "one of our own words, from a closed list",
    "tally.question": "one of our own words, from a closed list",
    "tally.answer": "one of our own words, from a closed list; empty for the asking",
    "tally.times": "how often, by everyone together",
    "code_try.minute": "a minute, of no conversation",
    "code_try.tries": "how many codes were tried by everyone together",
    "meta.name": "one of our own words",
    "meta.number": "a number about the database itself",
    "alembic_version.version_num": "version of the tables",
}
WORDS = "Ich spüre keine Verbindung, ZEBRA-7391. ".encode()


@pytest.fixture
async def database(tmp_path):
    store = open_store(tmp_path)
    for number in range(8):
        begun = await begin(store, WORDS * number, keep_days=7)
        await store.change(begun.id, begun.token, appending(WORDS), repeat=repeat())
        await store.add_resume_code(begun.id, begun.token)
        await store.shares.make(begun.id, begun.token, NewShare(WORDS * number, 7, with_pin=True))
    await store.close()
    db = sqlite3.connect(tmp_path / "words.db")
    yield db
    db.close()


def columns(db):
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {f"{table}.{row[1]}" for table in tables for row in db.execute(f"PRAGMA table_info({table})")}


async def test_every_column_has_its_reason_and_no_reason_lacks_its_column(database):
    assert columns(database) == set(COLUMNS)


async def test_a_column_that_nobody_argued_for_turns_this_red(database):
    database.execute("ALTER TABLE conversation ADD COLUMN language TEXT")
    assert columns(database) - set(COLUMNS) == {"conversation.language"}


ONE_LAYER, TWO_LAYERS = 29, 58  # bytes that sealing adds
QUANTA = {
    "conversation.sealed": (4096, ONE_LAYER),
    "turn.reply": (1024, ONE_LAYER),
    "share.sealed": (4096, TWO_LAYERS),
}


@pytest.mark.parametrize("column", sorted(QUANTA))
async def test_a_sealed_length_is_a_multiple_of_its_block(database, column):
    values = stored(database, column)
    assert len(values) == 8
    quantum, added = QUANTA[column]
    assert {(len(value) - added) % quantum for value in values} == {0}


def stored(db, column):
    table, name = column.split(".")
    query = f"SELECT {name} FROM {table} WHERE {name} IS NOT NULL"  # noqa: S608
    return [value for (value,) in db.execute(query)]


def entropy(data):
    counts = Counter(data)
    return -sum(count / len(data) * math.log2(count / len(data)) for count in counts.values())


@pytest.mark.parametrize("column", [name for name in COLUMNS if COLUMNS[name] in (SEALED, KEYED)])
async def test_sealed_and_keyed_columns_look_like_chance(database, column):
    values = stored(database, column)
    assert len(values) >= 8
    assert len(set(values)) == len(values)
    together = b"".join(values)
    assert entropy(together) > min(8.0, math.log2(len(together))) * 0.75
    assert not any(WORDS[start : start + 8] in together for start in range(len(WORDS) - 8))


async def test_the_measure_of_chance_would_see_plain_words():
    assert entropy(WORDS * 40) < 8.0 * 0.75

"""T34: rows that were swapped, rolled back or damaged in the database stay shut and can be erased."""

import sqlite3

import pytest

from app.storage.errors import AccessUnknown, SealBroken
from tests.unit.storage.world import appending, begin, open_store, repeat

pytestmark = pytest.mark.anyio


@pytest.fixture
async def pair(tmp_path):
    """Two conversations on one revision at one version, and a way to tamper with their rows."""
    store = open_store(tmp_path)
    one, other = [await begin(store, words, keep_days=7) for words in (b"one", b"other")]
    for each in (one, other):
        await store.change(each.id, each.token, appending(b"!"), repeat=repeat())
    yield store, one, other, lambda *query: tamper(tmp_path, *query)
    await store.close()


def tamper(folder, query, values):
    db = sqlite3.connect(folder / "words.db", isolation_level=None)
    try:
        assert db.execute(query, values).rowcount == 1
    finally:
        db.close()


FROM_OTHER = {
    "state": "UPDATE conversation SET sealed = (SELECT sealed FROM conversation WHERE id = :other)"
    " WHERE id = :one",
    "wrapped key": "UPDATE access SET wrapped = (SELECT wrapped FROM access WHERE conversation_id = :other)"
    " WHERE conversation_id = :one",
    "version": "UPDATE conversation SET version = version - 1 WHERE id = :one AND :other <> ''",
    "revision": "UPDATE conversation SET revision = 'r2' WHERE id = :one AND :other <> ''",
    "access id": "UPDATE access SET id = 'AAAAAAAAAAAAAAAAAAAAAA'"
    " WHERE conversation_id = :one AND :other <> ''",
    "one bit": "UPDATE conversation SET sealed = zeroblob(length(sealed)) WHERE id = :one AND :other <> ''",
}


@pytest.mark.parametrize("what", sorted(FROM_OTHER))
async def test_a_row_that_was_tampered_with_stays_shut_and_can_be_erased(pair, what):
    store, one, other, change_row = pair
    change_row(FROM_OTHER[what], {"one": one.id, "other": other.id})
    with pytest.raises(SealBroken):
        await store.read(one.id, one.token)
    with pytest.raises(SealBroken):
        await store.change(one.id, one.token, appending(b"?"))
    assert (await store.read(other.id, other.token)).text == b"other!"
    assert await store.erase(one.id, one.token) is True
    with pytest.raises(AccessUnknown):
        await store.read(one.id, one.token)


async def test_a_time_of_use_swapped_between_two_codes_stays_shut(pair):
    store, one, other, change_row = pair
    for each in (one, other):
        await store.add_resume_code(each.id, each.token)
    change_row(
        "UPDATE access SET used ="
        " (SELECT used FROM access WHERE conversation_id = :other AND kind = 'resume')"
        " WHERE conversation_id = :one AND kind = 'resume'",
        {"one": one.id, "other": other.id},
    )
    with pytest.raises(SealBroken):
        await store.read(one.id, one.token)
    assert await store.erase(one.id, one.token) is True


async def test_a_reply_swapped_into_another_conversation_stays_shut(pair):
    store, one, other, change_row = pair
    change_row(
        "UPDATE turn SET reply = (SELECT reply FROM turn WHERE conversation_id = :other AND version = 2)"
        " WHERE conversation_id = :one AND version = 2",
        {"one": one.id, "other": other.id},
    )
    with pytest.raises(SealBroken):
        await store.change(one.id, one.token, appending(b"!"), repeat=repeat())


async def test_a_verifier_copied_from_another_conversation_opens_nothing(pair):
    store, one, other, change_row = pair
    change_row("UPDATE access SET auth = zeroblob(32) WHERE conversation_id = :other", {"other": other.id})
    with pytest.raises(AccessUnknown):
        await store.read(other.id, other.token)
    with pytest.raises(AccessUnknown):
        await store.read("cnv_" + "A" * 22, one.token)

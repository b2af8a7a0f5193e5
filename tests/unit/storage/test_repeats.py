"""Idempotency keys: the same request twice is made once; another request under its key is refused."""

import asyncio

import pytest

from app.storage.errors import CreateKeyRefused, RepeatDiffers, StaleWrite
from app.storage.rows import Change, Repeat
from tests.unit.storage.world import FILES, appending, begin, create_repeat, open_store, repeat, stored

pytestmark = pytest.mark.anyio


async def test_a_repeat_gets_the_same_reply_and_changes_nothing(store):
    begun = await begin(store)
    sent = [store.change(begun.id, begun.token, appending(b" two"), repeat=repeat()) for _ in range(10)]
    results = await asyncio.gather(*sent)
    assert {result.reply for result in results} == {b"reply to  two"}
    assert sorted(result.repeated for result in results) == [False] + [True] * 9
    assert (await store.read(begun.id, begun.token)).text == b"one two"


async def test_a_repeat_gets_its_own_reply_after_later_turns(store):
    begun = await begin(store)
    await store.change(begun.id, begun.token, appending(b"a"), repeat=repeat("first"))
    await store.change(begun.id, begun.token, appending(b"b"), repeat=repeat("second"))
    again = await store.change(begun.id, begun.token, appending(b"a"), repeat=repeat("first"))
    assert (again.reply, again.version, again.repeated) == (b"reply to a", 2, True)


async def test_a_key_that_comes_back_with_another_request_is_refused(store):
    begun = await begin(store)
    await store.change(begun.id, begun.token, appending(b"a"), repeat=repeat(body=b"yes"))
    with pytest.raises(RepeatDiffers):
        await store.change(begun.id, begun.token, appending(b"b"), repeat=repeat(body=b"no"))
    assert (await store.read(begun.id, begun.token)).version == 2


async def test_one_key_may_be_used_in_two_conversations(store):
    one, other = await begin(store), await begin(store)
    await store.change(one.id, one.token, appending(b"a"), repeat=repeat())
    changed = await store.change(other.id, other.token, appending(b"b"), repeat=repeat())
    assert changed.repeated is False


async def test_an_edit_empties_earlier_replies_and_spends_no_key_twice(store, tmp_path):
    begun = await begin(store)
    await store.change(begun.id, begun.token, appending(b"a"), repeat=repeat("old"))
    edit = appending(b"edited", forget_replies=True)
    await store.change(begun.id, begun.token, edit, repeat=repeat("edit"))
    assert [reply is None for *_, reply in stored(tmp_path, "turn")] == [True, True, False]
    with pytest.raises(StaleWrite):
        await store.change(begun.id, begun.token, appending(b"a"), repeat=repeat("old"))
    again = await store.change(begun.id, begun.token, edit, repeat=repeat("edit"))
    assert again.reply == b"reply to edited"


async def test_a_strange_idempotency_key_is_only_a_key(store):
    begun = await begin(store)
    for key in ("", "\ud800", "x" * 10_000, "'; DROP TABLE turn; --"):
        made = await store.change(begun.id, begun.token, appending(b"."), repeat=Repeat(key, b""))
        assert made.repeated is False
        assert (await store.change(begun.id, begun.token, appending(b"."), repeat=Repeat(key, b""))).repeated


async def test_a_repeated_creation_gives_the_same_id_token_and_reply(store):
    sent = create_repeat()
    first = lambda new: Change(b"x", new.encode(), 1)  # noqa: E731
    results = await asyncio.gather(*[store.begin("r1", FILES, first, repeat=sent) for _ in range(5)])
    assert len({(result.id, result.token, result.reply) for result in results}) == 1
    assert [result.repeated for result in results] == [False, True, True, True, True]


async def test_a_repeated_creation_finds_what_an_older_server_key_began(tmp_path, clock):
    store, sent = open_store(tmp_path, clock), create_repeat()
    first = await store.begin("r1", FILES, lambda _id: Change(b"x", b"y", 1), repeat=sent)
    await store.close()
    path = tmp_path / "keys.json"
    newer = '{"keys": [{"kid": "newer", "key": "' + "A" * 43 + '="},'
    path.write_text(path.read_text().replace('{\n "keys": [', newer, 1))
    store = open_store(tmp_path, clock)
    again = await store.begin("r1", FILES, lambda _id: Change(b"x", b"y", 1), repeat=sent)
    await store.close()
    assert (again.id, again.token, again.repeated) == (first.id, first.token, True)


async def test_a_creation_is_not_repeated_once_the_conversation_is_answered(store):
    sent = create_repeat()
    begun = await store.begin("r1", FILES, lambda _id: Change(b"x", b"y", 1), repeat=sent)
    await store.change(begun.id, begun.token, appending(b"a"))
    with pytest.raises(RepeatDiffers):
        await store.begin("r1", FILES, lambda _id: Change(b"x", b"y", 1), repeat=sent)


async def test_a_creation_key_with_another_request_or_a_guessable_one_is_refused(store):
    sent = create_repeat()
    await store.begin("r1", FILES, lambda _id: Change(b"x", b"y", 1), repeat=sent)
    with pytest.raises(RepeatDiffers):
        await store.begin("r1", FILES, lambda _id: Change(b"x", b"y", 1), repeat=Repeat(sent.key, b"other"))
    with pytest.raises(CreateKeyRefused):
        await store.begin("r1", FILES, lambda _id: Change(b"x", b"y", 1), repeat=Repeat("1", b""))

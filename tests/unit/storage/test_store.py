"""Beginning, reading and changing a conversation; what is refused and leaves no trace."""

import asyncio

import pytest

from app.storage import turns
from app.storage.access import Bearer
from app.storage.errors import (
    AccessUnknown,
    RevisionUnknown,
    StaleWrite,
    StorageUnavailable,
)
from app.storage.rows import Change
from app.storage.vault import read_token, write_token
from tests.unit.storage.world import DAY, FILES, TODAY, appending, begin, everything, open_store, repeat

pytestmark = pytest.mark.anyio


class Moved(Exception):
    """What a service may raise from inside a change."""


async def test_a_conversation_reads_back_as_it_was_begun(store):
    begun = await begin(store, "weiß 🌧".encode(), keep_days=3)
    row = await store.read(begun.id, begun.token)
    assert (row.id, row.version, row.revision, row.text) == (begun.id, 1, "r1", "weiß 🌧".encode())
    assert (row.expires_day, row.has_code) == (TODAY + 3, False)
    assert begun.expires_day == TODAY + 3
    assert begun.reply == b"hello"


async def test_the_first_change_knows_the_new_id(store):
    begun = await store.begin("r1", FILES, lambda new: Change(new.encode(), new.encode(), 1))
    assert begun.reply.decode() == begun.id
    assert (await store.read(begun.id, begun.token)).text.decode() == begun.id


async def test_a_change_raises_the_version_and_moves_the_day_of_expiry(store, clock):
    begun = await begin(store)
    clock.wait(DAY)
    changed = await store.change(begun.id, begun.token, appending(b" two", keep_days=7))
    row = await store.read(begun.id, begun.token)
    assert (changed.version, changed.reply, changed.repeated) == (2, b"reply to  two", False)
    assert (row.version, row.text, row.expires_day) == (2, b"one two", TODAY + 8)


async def test_a_change_without_days_leaves_the_day_of_expiry(store):
    begun = await begin(store, keep_days=5)
    await store.change(begun.id, begun.token, appending(b"!", keep_days=None))
    assert (await store.read(begun.id, begun.token)).expires_day == TODAY + 5


@pytest.mark.parametrize("days", [0, -1, 91, 10_000])
async def test_nothing_is_kept_for_ever_or_for_no_day(store, days):
    begun = await begin(store)
    with pytest.raises(ValueError, match="keep_days"):
        await store.change(begun.id, begun.token, appending(b"!", keep_days=days))
    assert (await store.read(begun.id, begun.token)).version == 1


async def test_a_change_of_nothing_writes_nothing(store, tmp_path):
    begun = await begin(store)
    before = everything(tmp_path)
    changed = await store.change(begun.id, begun.token, lambda row: Change(None, b"again"), repeat=repeat())
    assert (changed.reply, changed.version) == (b"again", 1)
    assert everything(tmp_path) == before


async def test_what_a_change_raises_comes_through_and_leaves_no_trace(store, tmp_path):
    begun = await begin(store)
    before, raised = everything(tmp_path), Moved("stop")

    def work(row):
        raise raised

    with pytest.raises(Moved) as caught:
        await store.change(begun.id, begun.token, work, repeat=repeat())
    assert caught.value is raised
    assert everything(tmp_path) == before


async def test_a_failing_change_does_not_undo_those_made_beside_it(store):
    begun = [await begin(store) for _ in range(12)]

    async def one(number):
        work = appending(b" two")
        if number % 3 == 0:
            work = lambda row: {}[row.version]  # noqa: E731
        return await store.change(begun[number].id, begun[number].token, work)

    results = await asyncio.gather(*map(one, range(12)), return_exceptions=True)
    for number, result in enumerate(results):
        row = await store.read(begun[number].id, begun[number].token)
        if number % 3 == 0:
            assert isinstance(result, KeyError)
            assert row.version == 1
        else:
            assert result.version == row.version == 2


async def test_of_twenty_changes_at_one_version_exactly_one_is_made(store):
    begun = await begin(store)

    def at_version_1(row):
        if row.version != 1:
            raise Moved
        return Change(b"mine", b"done", 7)

    tries = [store.change(begun.id, begun.token, at_version_1, repeat=repeat(str(n))) for n in range(20)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, Moved) for result in results) == 19
    assert (await store.read(begun.id, begun.token)).version == 2


async def test_two_stores_on_one_file_let_one_writer_win(store, tmp_path, clock):
    other = open_store(tmp_path, clock)
    begun = await begin(store)

    def at_version_1(row):
        if row.version != 1:
            raise Moved
        return Change(b"mine", b"done", 7)

    tries = [each.change(begun.id, begun.token, at_version_1) for each in (store, other) * 10]
    results = await asyncio.gather(*tries, return_exceptions=True)
    await other.close()
    assert sum(isinstance(result, Moved) for result in results) == 19


async def test_unknown_foreign_malformed_erased_and_expired_are_refused_alike(store, clock):
    one, other, gone, old = [await begin(store, keep_days=3) for _ in range(4)]
    await store.erase(gone.id, gone.token)
    tries = [("cnv_" + "A" * 22, one.token), (one.id, other.token), (one.id, write_token(bytes(32))),
             (one.id, "ct_"), ("", one.token), (one.id + "x", one.token), (gone.id, gone.token)]  # fmt: skip
    refused = [await refusal(store, *each) for each in tries]
    clock.wait(4 * DAY)
    refused.append(await refusal(store, old.id, old.token))
    assert len(set(refused)) == 1


async def refusal(store, conversation_id, token):
    with pytest.raises(AccessUnknown) as reading:
        await store.read(conversation_id, token)
    with pytest.raises(AccessUnknown) as changing:
        await store.change(conversation_id, token, appending(b"!"))
    with pytest.raises(AccessUnknown):
        await store.erase(conversation_id, token)
    with pytest.raises(AccessUnknown):
        await store.add_resume_code(conversation_id, token)
    with pytest.raises(AccessUnknown):
        await store.leave(conversation_id, token)
    return str(reading.value), str(changing.value)


async def test_a_revisions_files_are_kept_with_its_conversations(store):
    await store.begin("r9", {"flow.yaml": "é", "note.yaml": ""}, lambda _id: Change(b"x", b"y", 1))
    assert await store.revision_files("r9") == {"flow.yaml": "é", "note.yaml": ""}
    assert await store.revisions() == {"r9"}
    with pytest.raises(RevisionUnknown):
        await store.revision_files("r8")


async def test_what_was_confirmed_is_there_after_closing_and_opening(tmp_path, clock):
    store = open_store(tmp_path, clock)
    begun = await begin(store)
    await store.change(begun.id, begun.token, appending(b" two"))
    await store.close()
    store = open_store(tmp_path, clock)
    assert (await store.read(begun.id, begun.token)).text == b"one two"
    await store.close()
    with pytest.raises(StorageUnavailable):
        await store.read(begun.id, begun.token)


async def test_no_words_and_no_token_show_when_results_are_printed(store):
    begun = await begin(store, b"ZEBRA-7391")
    changed = await store.change(begun.id, begun.token, appending(b"ZEBRA-7391"), repeat=repeat("ZEBRA-7391"))
    row = await store.read(begun.id, begun.token)
    printed = repr((begun, changed, row, Change(b"ZEBRA-7391", b"ZEBRA-7391"), repeat("ZEBRA-7391")))
    assert "ZEBRA" not in printed
    assert begun.token not in printed


async def test_a_write_at_a_version_that_has_passed_is_refused(store):
    begun = await begin(store)
    bearer = Bearer(begun.id, read_token(begun.token))

    def overtaken(db):
        def work(row):
            db.execute("UPDATE conversation SET version = 2 WHERE id = ?", (row.id,))
            return Change(b"late", b"late", 7)

        return turns.change(db, store._vault, bearer, work, None, TODAY)

    with pytest.raises(StaleWrite):
        await store._writer.run(overtaken)
    assert (await store.read(begun.id, begun.token)).text == b"one"

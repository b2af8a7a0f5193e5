"""Expiry, the sweep, and a clock that cannot be trusted."""

import pytest

from app.storage.errors import AccessUnknown, RepeatDiffers, RevisionUnknown, StaleWrite
from app.storage.rows import Change, Swept
from tests.unit.storage.world import (
    DAY,
    FILES,
    TODAY,
    appending,
    begin,
    create_repeat,
    open_store,
    repeat,
    stored,
)

pytestmark = pytest.mark.anyio


async def test_a_conversation_opens_through_its_last_day_and_not_after(store, clock):
    begun = await begin(store, keep_days=2)
    clock.wait(2 * DAY)
    assert (await store.read(begun.id, begun.token)).text == b"one"
    clock.wait(DAY)
    with pytest.raises(AccessUnknown):
        await store.read(begun.id, begun.token)


async def test_a_sweep_removes_what_is_due_and_nothing_else(store, clock, tmp_path):
    for _ in range(3):
        await begin(store, keep_days=1, revision="old")
    kept = await begin(store, keep_days=30, revision="new")
    clock.wait(2 * DAY)
    assert await store.purge() == Swept(conversations=3, revisions=1)
    assert await store.purge() == Swept()
    assert (await store.read(kept.id, kept.token)).text == b"one"
    assert await store.revisions() == {"new"}
    with pytest.raises(RevisionUnknown):
        await store.revision_files("old")
    for table in ("conversation", "access", "turn", "revision"):
        assert len(stored(tmp_path, table)) == 1


async def test_more_than_one_chunk_is_swept(store, clock, monkeypatch):
    monkeypatch.setattr("app.storage.sweeping.CHUNK", 3)
    for _ in range(8):
        await begin(store)
    clock.wait(2 * DAY)
    assert (await store.purge()).conversations == 8


async def test_stored_replies_go_once_the_next_day_has_passed(store, clock):
    begun = await begin(store)
    await store.change(begun.id, begun.token, appending(b"a"), repeat=repeat())
    clock.wait(DAY)
    assert (await store.purge()).replies == 0
    assert (await store.change(begun.id, begun.token, appending(b"a"), repeat=repeat())).repeated
    clock.wait(DAY)
    assert (await store.purge()).replies == 1
    with pytest.raises(StaleWrite):
        await store.change(begun.id, begun.token, appending(b"a"), repeat=repeat())


async def test_a_creation_whose_reply_is_gone_is_refused(store, clock):
    sent = create_repeat()
    await store.begin("r1", FILES, lambda _id: Change(b"x", b"y", 30), repeat=sent)
    clock.wait(2 * DAY)
    await store.purge()
    with pytest.raises(RepeatDiffers):
        await store.begin("r1", FILES, lambda _id: Change(b"x", b"y", 30), repeat=sent)


async def test_a_leap_forward_deletes_nothing_until_two_sweeps_an_hour_apart_agree(store, clock):
    await begin(store)
    clock.now += 3650 * DAY
    assert await store.purge() == Swept(held=True)
    clock.wait(3599)
    assert await store.purge() == Swept(held=True)
    clock.wait(1)
    assert (await store.purge()).conversations == 1


async def test_a_leap_that_is_put_right_costs_nothing(store, clock):
    begun = await begin(store)
    clock.now += 3650 * DAY
    await store.purge()
    during = await begin(store)
    clock.now -= 3650 * DAY
    clock.wait(3600)
    assert await store.purge() == Swept()
    assert (await store.read(begun.id, begun.token)).text == b"one"
    assert (await store.read(during.id, during.token)).expires_day == TODAY + 90


async def test_a_clock_that_falls_back_revives_nothing_even_after_a_restart(store, clock, tmp_path):
    begun = await begin(store, keep_days=1)
    kept = await begin(store, keep_days=30)
    clock.wait(2 * DAY)
    await store.purge()
    clock.now -= 400 * DAY
    other = open_store(tmp_path, clock)
    for each in (store, other):
        with pytest.raises(AccessUnknown):
            await each.read(begun.id, begun.token)
        assert (await each.read(kept.id, kept.token)).text == b"one"
        assert await each.purge() == Swept()
    await other.close()


async def test_what_is_begun_while_the_clock_has_fallen_back_is_there_when_it_is_put_right(store, clock):
    clock.now -= 400 * DAY
    begun = await begin(store, keep_days=1)
    assert begun.expires_day == TODAY + 1
    clock.now += 400 * DAY
    assert (await store.read(begun.id, begun.token)).text == b"one"

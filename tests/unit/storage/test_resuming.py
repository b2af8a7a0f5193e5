"""The resume code: one use with ten minutes of grace, a new token each time, tries that are counted."""

import asyncio
import os
import threading

import pytest

from app.storage.errors import AccessUnknown, TooManyTries
from app.storage.resuming import Stretching
from app.storage.vault import Vault
from tests.unit.storage.world import DAY, appending, begin

pytestmark = pytest.mark.anyio


@pytest.fixture
async def left(store):
    """A conversation with a code, and the code."""
    begun = await begin(store, keep_days=30)
    return begun, await store.add_resume_code(begun.id, begun.token)


async def test_a_code_opens_the_conversation_elsewhere_and_ends_the_earlier_token(store, clock, left):
    begun, code = left
    clock.wait(2 * DAY)
    resumed = await store.resume(code.lower().replace("-", " "))
    assert (resumed.id, resumed.row.text, resumed.row.version) == (begun.id, b"one", 1)
    assert resumed.row.has_code is False
    assert resumed.token != begun.token
    with pytest.raises(AccessUnknown):
        await store.read(begun.id, begun.token)
    assert (await store.change(begun.id, resumed.token, appending(b"!"))).version == 2


async def test_a_code_works_again_for_ten_minutes_from_its_first_use_and_then_no_more(store, clock, left):
    begun, code = left
    first = await store.resume(code)
    clock.wait(599)
    second = await store.resume(code)
    with pytest.raises(AccessUnknown):
        await store.read(begun.id, first.token)
    clock.wait(2)
    with pytest.raises(AccessUnknown):
        await store.resume(code)
    assert (await store.read(begun.id, second.token)).text == b"one"


async def test_a_used_code_ends_with_the_first_change_and_not_by_looking(store, left):
    begun, code = left
    first = await store.resume(code)
    await store.read(begun.id, first.token)
    second = await store.resume(code)
    await store.change(begun.id, second.token, appending(b"!"))
    with pytest.raises(AccessUnknown):
        await store.resume(code)
    assert (await store.read(begun.id, second.token)).text == b"one!"


async def test_an_unused_code_outlives_every_change(store, left):
    begun, code = left
    await store.change(begun.id, begun.token, appending(b"!"))
    assert (await store.resume(code)).row.text == b"one!"


async def test_a_new_code_ends_the_old_one(store, left):
    begun, code = left
    newer = await store.add_resume_code(begun.id, begun.token)
    with pytest.raises(AccessUnknown):
        await store.resume(code)
    assert (await store.resume(newer)).id == begun.id


async def test_leaving_with_a_code_locks_and_the_code_opens(store, left):
    begun, code = left
    assert (await store.read(begun.id, begun.token)).has_code is True
    assert await store.leave(begun.id, begun.token) is False
    with pytest.raises(AccessUnknown):
        await store.read(begun.id, begun.token)
    assert (await store.resume(code)).row.text == b"one"


async def test_leaving_without_a_code_erases(store):
    begun = await begin(store)
    assert await store.leave(begun.id, begun.token) is True
    with pytest.raises(AccessUnknown):
        await store.read(begun.id, begun.token)


async def test_leaving_after_the_code_was_used_erases_and_the_code_is_dead(store, left):
    begun, code = left
    resumed = await store.resume(code)
    assert await store.leave(begun.id, resumed.token) is True
    with pytest.raises(AccessUnknown):
        await store.resume(code)


async def test_a_code_ends_with_its_conversation(store, clock, left):
    begun, code = left
    other = await begin(store)
    other_code = await store.add_resume_code(other.id, other.token)
    await store.erase(begun.id, begun.token)
    with pytest.raises(AccessUnknown):
        await store.resume(code)
    clock.wait(2 * DAY)
    with pytest.raises(AccessUnknown):
        await store.resume(other_code)


@pytest.mark.parametrize("code", ["", "0000-0000-0000-0000", "UUUU-UUUU-UUUU-UUUU", "\ud800"])
async def test_an_unknown_or_malformed_code_opens_nothing(store, left, code):
    with pytest.raises(AccessUnknown):
        await store.resume(code)


async def test_the_sixty_first_try_in_a_minute_is_refused_until_the_next(store, clock, left):
    _, code = left
    clock.now = (clock.now // 60) * 60
    tries = ("INSERT INTO code_try VALUES (?, 59)", (int(clock.now) // 60,))
    await store._writer.run(lambda db: db.execute(*tries))
    with pytest.raises(AccessUnknown):
        await store.resume("0000-0000-0000-0000")
    with pytest.raises(TooManyTries) as refused:
        await store.resume(code)
    assert refused.value.retry_after == 60
    clock.wait(60)
    assert (await store.resume(code)).row.text == b"one"


async def test_a_crowd_of_tries_is_refused_beyond_ten_at_once():
    """Both threads wait for the gate, so that no derivation ends before the whole crowd has come."""
    stretching, gate = Stretching(Vault({"k1": bytes(32)}, os.urandom)), threading.Event()
    for _ in range(2):
        stretching._threads.submit(gate.wait)
    tries = [asyncio.create_task(stretching.run("0" * 16, "k1")) for _ in range(14)]
    await asyncio.sleep(0)
    gate.set()
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(result) for result in results] == [bytes] * 10 + [TooManyTries] * 4
    stretching.close()

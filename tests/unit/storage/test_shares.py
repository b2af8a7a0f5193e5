"""Shares in the store: what opens, what ends them, and what a thief of parts gets."""

import asyncio

import pytest

from app.storage.errors import AccessUnknown, PinRefused, SharesFull, ShareUnknown
from app.storage.share_seals import read_key, token_of
from app.storage.shares import MOST_OPEN, WRONG_PINS
from tests.unit.storage.world import (
    COPY,
    DAY,
    TODAY,
    begin,
    make_share,
    open_share,
    open_store,
    stored,
)

pytestmark = pytest.mark.anyio
NOBODY = "shr_" + "A" * 22


@pytest.fixture
async def begun(store):
    return await begin(store, b"the whole conversation", keep_days=30)


def other_than(pin):
    return f"{(int(pin) + 1) % 10**6:06d}"


async def test_a_share_opens_with_its_key_as_often_as_wanted(store, begun):
    made = await make_share(store, begun)
    assert made.expires_day == TODAY + 7
    assert [await open_share(store, made) for _ in range(3)] == [COPY] * 3
    (kept,) = await store.shares.listed(begun.id, begun.token)
    assert (kept.id, kept.opens, kept.max_views, kept.has_pin) == (made.id, 3, None, False)


async def test_a_share_stays_as_it_was_made_whatever_becomes_of_the_conversation(store, begun, tmp_path):
    made = await make_share(store, begun)
    await store.leave(begun.id, begun.token)
    assert await open_share(store, made) == COPY
    assert [row[1] for row in stored(tmp_path, "share")] == [None]


async def test_erasing_the_conversation_erases_its_shares_and_nobody_elses(store, begun):
    other = await begin(store, keep_days=30)
    gone, kept = await make_share(store, begun), await make_share(store, other)
    await store.erase(begun.id, begun.token)
    with pytest.raises(ShareUnknown):
        await open_share(store, gone)
    assert await open_share(store, kept) == COPY


async def test_a_revoked_share_is_gone_and_only_its_maker_can_revoke_it(store, begun):
    made, stranger = await make_share(store, begun), await begin(store)
    with pytest.raises(ShareUnknown):
        await store.shares.revoke(stranger.id, stranger.token, made.id)
    with pytest.raises(AccessUnknown):
        await store.shares.revoke(begun.id, stranger.token, made.id)
    assert await open_share(store, made) == COPY
    await store.shares.revoke(begun.id, begun.token, made.id)
    for _ in range(2):
        with pytest.raises(ShareUnknown):
            await open_share(store, made)
    assert await store.shares.listed(begun.id, begun.token) == ()


@pytest.mark.parametrize("days", [1, 7, 30])
async def test_a_share_opens_through_its_last_day_and_is_swept_after(store, clock, tmp_path, days):
    begun = await begin(store, keep_days=1)
    made = await make_share(store, begun, days=days)
    for _ in range(days):
        clock.wait(DAY)
        await store.purge()
    assert await open_share(store, made) == COPY
    clock.wait(DAY)
    with pytest.raises(ShareUnknown):
        await open_share(store, made)
    assert (await store.purge()).shares == 1
    assert stored(tmp_path, "share") == []


@pytest.mark.parametrize("days", [0, -1, 31])
async def test_no_share_is_kept_for_another_time(store, begun, days):
    with pytest.raises(ValueError, match="between 1 and 30"):
        await make_share(store, begun, days=days)


async def test_a_share_made_under_a_wrong_clock_is_kept_no_longer_than_others_and_still_opens(store, clock):
    clock.now += 3650 * DAY
    begun = await begin(store, keep_days=1)
    made = await make_share(store, begun, days=30)
    clock.now -= 3650 * DAY
    await store.purge()
    assert await open_share(store, made) == COPY
    (kept,) = await store.shares.listed(begun.id, begun.token)
    assert kept.expires_day == TODAY + 30


async def test_a_limit_on_views_is_claimed_before_anything_is_given_out(store, begun, tmp_path):
    made = await make_share(store, begun, max_views=3)
    came = await asyncio.gather(*(open_share(store, made) for _ in range(20)), return_exceptions=True)
    assert came.count(COPY) == 3
    assert sum(isinstance(each, ShareUnknown) for each in came) == 17
    assert stored(tmp_path, "share") == []


async def test_two_processes_give_the_last_view_to_one(store, begun, tmp_path, clock):
    twin = open_store(tmp_path, clock)
    made = await make_share(store, begun, max_views=1)
    both = [open_share(each, made) for each in (store, twin) for _ in range(10)]
    came = await asyncio.gather(*both, return_exceptions=True)
    assert came.count(COPY) == 1
    await twin.close()


async def test_a_share_with_a_pin_opens_with_it_alone_and_asking_costs_nothing(store, begun, tmp_path):
    made = await make_share(store, begun, with_pin=True)
    assert len(made.pin) == 6
    for _ in range(WRONG_PINS + 1):
        with pytest.raises(PinRefused):
            await open_share(store, made)
    assert await open_share(store, made, made.pin) == COPY


async def test_the_fifth_wrong_pin_destroys_the_share(store, begun, tmp_path):
    made = await make_share(store, begun, with_pin=True)
    for _ in range(WRONG_PINS - 1):
        with pytest.raises(PinRefused):
            await open_share(store, made, other_than(made.pin))
    assert await open_share(store, made, made.pin) == COPY
    with pytest.raises(ShareUnknown):
        await open_share(store, made, other_than(made.pin))
    with pytest.raises(ShareUnknown):
        await open_share(store, made, made.pin)
    assert stored(tmp_path, "share") == []


async def test_wrong_pins_are_counted_across_a_restart(store, begun, tmp_path, clock):
    made = await make_share(store, begun, with_pin=True)
    for _ in range(WRONG_PINS - 1):
        twin = open_store(tmp_path, clock)
        with pytest.raises(PinRefused):
            await open_share(twin, made, other_than(made.pin))
        await twin.close()
    with pytest.raises(ShareUnknown):
        await open_share(store, made, other_than(made.pin))


async def test_who_has_no_link_cannot_use_up_its_pin(store, begun):
    made, other = await make_share(store, begun, with_pin=True), await make_share(store, begun)
    for _ in range(WRONG_PINS + 1):
        with pytest.raises(ShareUnknown):
            await store.shares.open(made.id, token_of(read_key(other.key)), "000000")
    assert await open_share(store, made, made.pin) == COPY


@pytest.mark.parametrize("share_id", [NOBODY, "", "cnv_" + "A" * 22, "shr_\udc80"])
async def test_an_id_that_is_none_opens_nothing(store, share_id):
    with pytest.raises(ShareUnknown):
        await store.shares.open(share_id, token_of(bytes(32)), None)


@pytest.mark.parametrize("token", ["", "iws_", "iws_" + "A" * 42, "iws_" + "A" * 42 + "B", "ct_" + "A" * 43])
async def test_a_token_that_is_none_opens_nothing(store, begun, token):
    made = await make_share(store, begun)
    with pytest.raises(ShareUnknown):
        await store.shares.open(made.id, token, None)


async def test_a_conversation_has_at_most_ten_open_links(store, begun):
    made = [await make_share(store, begun, days=1) for _ in range(MOST_OPEN)]
    with pytest.raises(SharesFull):
        await make_share(store, begun)
    await store.shares.revoke(begun.id, begun.token, made[0].id)
    await make_share(store, begun)


async def test_a_dead_token_makes_lists_and_revokes_nothing(store, begun):
    made = await make_share(store, begun)
    await store.add_resume_code(begun.id, begun.token)
    await store.leave(begun.id, begun.token)
    for refused in (
        make_share(store, begun),
        store.shares.listed(begun.id, begun.token),
        store.shares.revoke(begun.id, begun.token, made.id),
    ):
        with pytest.raises(AccessUnknown):
            await refused

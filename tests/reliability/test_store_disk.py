"""R6 for the store, on a disk that is full: nothing confirmed is lost, reads go on, an erase succeeds."""

import asyncio
import os
import resource
import signal
import subprocess
from contextlib import contextmanager, suppress

import pytest

from app.storage.errors import AccessUnknown, StorageUnavailable
from app.storage.store import Store
from tests.unit.storage.world import appending, begin, open_store, repeat

pytestmark = pytest.mark.anyio
BALLAST = 512 * 1024


@contextmanager
def small_disk(folder):
    """A disk of 3 MB where this process may mount one, else None."""
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True
        ).returncode
    )
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def files_no_longer_than(length):
    """Every file of this process refuses to grow beyond a length, as a full disk would refuse."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def fill(path):
    """Write until the disk is full."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass


async def change_until_refused(store, begun):
    """How many changes were confirmed before the disk refused one."""
    for number in range(3000):
        try:
            await store.change(begun.id, begun.token, appending(b"%d," % number), repeat=repeat(str(number)))
        except StorageUnavailable:
            return number
    raise AssertionError("the disk never became full")


async def numbers(store, begun):
    row = await store.read(begun.id, begun.token)
    return [int(number) for number in row.text.split(b",")[:-1]]


async def test_a_full_disk_refuses_turns_but_neither_reads_nor_an_erase(tmp_path):
    with small_disk(tmp_path / "disk") as folder:
        if folder is None:
            await refuse_by_length(tmp_path)
            return
        store = Store.open(folder / "words.db", ballast_bytes=BALLAST)
        kept, erased = [await begin(store, b"", keep_days=7) for _ in range(2)]
        fill(folder / "filler")
        confirmed = await change_until_refused(store, kept)
        assert await numbers(store, kept) == list(range(confirmed))
        assert await store.erase(erased.id, erased.token) is True
        with pytest.raises(AccessUnknown):
            await store.read(erased.id, erased.token)
        (folder / "filler").unlink()
        changed = await store.change(kept.id, kept.token, appending(b"%d," % confirmed))
        assert changed.version == confirmed + 2
        await store.purge()
        assert (folder / "ballast").stat().st_size == BALLAST
        await store.close()
        again = Store.open(folder / "words.db", ballast_bytes=BALLAST)
        assert await numbers(again, kept) == list(range(confirmed + 1))
        await again.close()


async def test_without_ballast_an_erase_on_a_full_disk_is_refused_honestly(tmp_path):
    with small_disk(tmp_path / "disk") as folder:
        if folder is None:
            await refuse_by_length(tmp_path)
            return
        store = Store.open(folder / "words.db", ballast_bytes=1)
        kept, begun = [await begin(store, b"", keep_days=7) for _ in range(2)]
        fill(folder / "filler")
        await change_until_refused(store, kept)
        fill(folder / "filler2")
        with pytest.raises(StorageUnavailable):
            await store.erase(begun.id, begun.token)
        assert await numbers(store, begun) == []
        (folder / "filler").unlink()
        assert await store.erase(begun.id, begun.token) is True
        await store.close()


async def refuse_by_length(folder):
    store = open_store(folder)
    begun = await begin(store, b"", keep_days=7)
    longest = max(path.stat().st_size for path in folder.glob("words.db*"))
    with files_no_longer_than(longest + 100_000):
        confirmed = await change_until_refused(store, begun)
        assert await numbers(store, begun) == list(range(confirmed))
    await asyncio.sleep(0)
    changed = await store.change(begun.id, begun.token, appending(b"%d," % confirmed))
    assert changed.version == confirmed + 2
    await store.close()


async def test_a_file_that_may_not_grow_refuses_turns_and_recovers(tmp_path):
    await refuse_by_length(tmp_path)

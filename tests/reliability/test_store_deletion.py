"""R14 for the store: after an erase no byte of what was stored is left in the database's files.

The stored bytes are ciphertext; so that this does not hide a leftover, the same is done with a
copy of the code that seals nothing, and with a copy that forgets to clean the -wal file.
"""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.storage.world import appending, begin, open_store, repeat

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]


def files(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.glob("words.db*")))


def stored(folder):
    """Every sealed value that the database holds."""
    db = sqlite3.connect(folder / "words.db")
    try:
        columns = [("conversation", "sealed"), ("access", "wrapped"), ("access", "used"), ("turn", "reply")]
        return [value for table, name in columns
                for (value,) in db.execute(f"SELECT {name} FROM {table} WHERE {name} IS NOT NULL")]  # noqa: S608  # fmt: skip
    finally:
        db.close()


async def conversation(store):
    begun = await begin(store, b"x" * 6000)
    for number in range(5):
        await store.change(begun.id, begun.token, appending(b"y" * 900), repeat=repeat(str(number)))
    await store.add_resume_code(begun.id, begun.token)
    return begun


def left_over(folder, values):
    """How many values still show; a piece from the middle is enough."""
    data = files(folder)
    return sum(value[13:45] in data for value in values)


async def test_no_stored_byte_survives_an_erase_in_either_file(tmp_path):
    store = open_store(tmp_path)
    begun, other = await conversation(store), await conversation(store)
    values = stored(tmp_path)
    assert left_over(tmp_path, values) == len(values) > 10
    assert await store.erase(begun.id, begun.token) is True
    kept = stored(tmp_path)
    assert left_over(tmp_path, set(values) - set(kept)) == 0
    assert left_over(tmp_path, kept) == len(kept)
    assert (await store.read(other.id, other.token)).version == 6
    await store.close()


async def test_an_erase_while_others_read_and_write_is_clean_within_two_seconds(tmp_path):
    store = open_store(tmp_path)
    begun, other = await conversation(store), await conversation(store)
    mine = set(stored(tmp_path))
    stop = False

    async def busy():
        while not stop:
            await store.read(other.id, other.token)
            await store.change(other.id, other.token, appending(b"z"))

    writing = asyncio.create_task(busy())
    assert await store.erase(begun.id, begun.token) is True
    stop = True
    await writing
    mine -= set(stored(tmp_path))
    await store.purge()
    assert left_over(tmp_path, mine) == 0
    await store.close()


async def test_an_erase_under_an_open_reader_says_so_and_is_clean_soon_after(tmp_path, monkeypatch):
    monkeypatch.setattr("app.storage.store._SCRUB_TRIES", 3)
    store = open_store(tmp_path)
    begun = await conversation(store)
    values = stored(tmp_path)
    reader = sqlite3.connect(tmp_path / "words.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM turn").fetchone()
    assert await store.erase(begun.id, begun.token) is False
    assert left_over(tmp_path, values) > 0
    reader.close()
    for _ in range(30):
        if left_over(tmp_path, values) == 0:
            break
        await asyncio.sleep(0.1)
    assert left_over(tmp_path, values) == 0
    await store.close()


ACT = """
import asyncio, pathlib, sys
from app.storage.rows import Change
from app.storage.store import Store

async def main():
    folder = pathlib.Path(sys.argv[1])
    store = Store.open(folder / "words.db", ballast_bytes=4096)
    words = b"ZEBRA-7391 they looked at the clock "
    first = await store.begin("r1", {}, lambda _id: Change(words, b"hello", 1))
    await store.change(first.id, first.token, lambda row: Change(words * 300, words, 7))
    shown = lambda: any(b"ZEBRA-7391" in path.read_bytes() for path in folder.glob("words.db*"))
    before = shown()
    await store.erase(first.id, first.token)
    print("before", before, "after", shown())

asyncio.run(main())
"""
NO_SEAL = [
    ("vault.py", "AESGCM(key).encrypt(nonce, text, aad.encode(\"ascii\"))", "text + bytes(16)"),
    ("vault.py", "AESGCM(key).decrypt(sealed[1:13], sealed[13:], aad.encode(\"ascii\"))", "sealed[13:-16]"),
]  # fmt: skip
NO_SCRUB = [("sweeping.py", "wal_checkpoint(TRUNCATE)", "wal_checkpoint(PASSIVE)")]
NO_DELETE = [("lanes.py", '("secure_delete", "ON", 1)', '("secure_delete", "OFF", 0)')]


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        pytest.param([], "before False after False", id="as it is: words never show"),
        pytest.param(NO_SEAL, "before True after False", id="sealing nothing: words show, and are erased"),
        pytest.param(NO_SEAL + NO_SCRUB, "before True after True", id="the -wal not emptied: words stay"),
        pytest.param(NO_SEAL + NO_DELETE, "before True after True", id="no secure delete: words stay"),
    ],
)
def test_words_are_sealed_and_erasing_removes_even_unsealed_ones(tmp_path, replaced, expected):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "app" / "storage", copy / "app" / "storage")
    (copy / "app" / "__init__.py").touch()
    for name, text, other in replaced:
        path = copy / "app" / "storage" / name
        assert path.read_text().count(text) == 1, f"{name} no longer holds {text!r} once"
        path.write_text(path.read_text().replace(text, other))
    (tmp_path / "data").mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", ACT, tmp_path / "data"],
        cwd=copy, env={"PYTHONPATH": str(copy)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert ran.stdout.strip() == expected, ran.stderr

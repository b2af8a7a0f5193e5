"""R1 for the store: a process killed in the middle of writes loses nothing that it confirmed."""

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.storage.store import Store
from tests.unit.storage.world import repeat

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
ROUNDS = 6

WRITE = """
import asyncio, pathlib, sys
from app.storage.rows import Change, Repeat
from app.storage.store import Store

def adding(number):
    def work(row):
        return Change(row.text + b"%d," % number, b"reply %d" % number, 7)
    return work

async def client(store):
    begun = await store.begin("r1", {"f": "x"}, lambda _id: Change(b"", b"hello", 7))
    print("B", begun.id, begun.token, flush=True)
    for number in range(100_000):
        sent = Repeat(str(number), b"print")
        changed = await store.change(begun.id, begun.token, adding(number), repeat=sent)
        print("A", begun.id, number, changed.version, flush=True)

async def main():
    store = Store.open(pathlib.Path(sys.argv[1]), ballast_bytes=4096)
    await asyncio.gather(*[client(store) for _ in range(4)])

asyncio.run(main())
"""


def write_until_killed(database, seconds):
    """Tokens and the last confirmed number of each conversation."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, database], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        lines = [first, *process.stdout.read().splitlines(keepends=True)]
    tokens, confirmed = {}, {}
    for line in lines:
        if not line.endswith("\n"):
            continue
        kind, conversation_id, *rest = line.split()
        if kind == "B":
            tokens[conversation_id] = rest[0]
        else:
            confirmed[conversation_id] = int(rest[0])
    return tokens, confirmed


async def test_a_killed_process_loses_and_doubles_no_confirmed_change(tmp_path):
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 - when to kill, nothing secret
    database, tokens, confirmed = tmp_path / "words.db", {}, {}
    for _ in range(ROUNDS):
        begun, told = write_until_killed(database, chance.uniform(0.02, 0.4))
        tokens |= begun
        confirmed |= told
    assert len(confirmed) >= ROUNDS, f"seed {seed}: too little was confirmed to prove anything"
    store = Store.open(database, ballast_bytes=4096)
    for conversation_id, token in tokens.items():
        row = await store.read(conversation_id, token)
        numbers = [int(number) for number in row.text.split(b",")[:-1]]
        last = confirmed.get(conversation_id, -1)
        # One more than was confirmed may be stored: its reply was on the way.
        assert numbers == list(range(len(numbers))), f"seed {seed}"
        assert len(numbers) in (last + 1, last + 2), f"seed {seed}"
        assert row.version == len(numbers) + 1
        if numbers:
            sent = repeat(str(numbers[-1]), b"print")
            again = await store.change(conversation_id, token, lambda row: 1 / 0, repeat=sent)
            assert (again.reply, again.repeated) == (b"reply %d" % numbers[-1], True)
    await store.close()
    db = sqlite3.connect(database)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()

"""The connection's settings, and what a lane makes of the database's refusals."""

import asyncio
import sqlite3
import time

import pytest

from app.storage.errors import DatabaseRefused, StorageUnavailable
from app.storage.lanes import Lane, connect

pytestmark = pytest.mark.anyio

WANTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "temp_store": 2,
    "page_size": 8192,
    "busy_timeout": 10_000,
}


@pytest.fixture
async def lane(tmp_path):
    db = connect(tmp_path / "x.db")
    db.execute("CREATE TABLE words (word TEXT UNIQUE)")
    lane = Lane(db, "test")
    yield lane
    await lane.close()


@pytest.mark.parametrize("name", sorted(WANTED))
async def test_every_setting_is_in_force_on_the_writers_connection(store, name):
    found = await store._writer.run_alone(lambda db: db.execute(f"PRAGMA {name}").fetchone()[0])
    assert found == WANTED[name]


async def test_the_readers_connection_cannot_write(store):
    with pytest.raises(StorageUnavailable):
        await store._reader.run_alone(lambda db: db.execute("DELETE FROM conversation"))


def test_a_setting_that_is_ignored_refuses_the_start(tmp_path, monkeypatch):
    monkeypatch.setattr("app.storage.lanes._SETTINGS", (("synchronous", "FULL", 3),))
    with pytest.raises(DatabaseRefused, match="synchronous"):
        connect(tmp_path / "x.db")


def test_a_file_that_is_no_database_refuses_the_start(tmp_path):
    (tmp_path / "x.db").write_bytes(b"no database " * 1000)
    with pytest.raises(DatabaseRefused):
        connect(tmp_path / "x.db")


def all_errors(kind=sqlite3.Error):
    return [kind, *(each for child in kind.__subclasses__() for each in all_errors(child))]


@pytest.mark.parametrize("kind", all_errors(), ids=lambda kind: kind.__name__)
async def test_every_error_of_the_driver_means_unavailable(lane, kind):
    def work(db):
        db.execute("INSERT INTO words VALUES ('lost')")
        raise kind("told by the driver")

    for run in (lane.run, lane.run_alone):
        with pytest.raises(StorageUnavailable) as refused:
            await run(work)
        assert isinstance(refused.value.__cause__, kind)
        await lane.run_alone(lambda db: db.execute("DELETE FROM words"))


async def test_a_database_that_stays_locked_means_unavailable_and_then_recovers(lane, tmp_path):
    await lane.run_alone(lambda db: db.execute("PRAGMA busy_timeout = 10"))
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable):
        await lane.run(lambda db: db.execute("INSERT INTO words VALUES ('a')"))
    other.close()
    await lane.run(lambda db: db.execute("INSERT INTO words VALUES ('a')"))
    assert await lane.run(lambda db: db.execute("SELECT count(*) FROM words").fetchone()) == (1,)


async def test_a_transaction_that_the_database_ended_confirms_nobody(lane):
    def ends(db):
        db.execute("INSERT INTO words VALUES ('lost')")
        db.execute("ROLLBACK")
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(StorageUnavailable):
        await lane.run(ends)
    await lane.run(lambda db: db.execute("INSERT INTO words VALUES ('kept')"))
    assert await lane.run(lambda db: db.execute("SELECT word FROM words").fetchall()) == [("kept",)]


async def test_what_a_failing_job_wrote_is_undone_and_its_neighbours_writes_stay(lane):
    def fails(db):
        db.execute("INSERT INTO words VALUES ('undone')")
        raise KeyError

    jobs = [
        lane.run_alone(lambda db: time.sleep(0.05)),
        lane.run(lambda db: db.execute("INSERT INTO words VALUES ('before')")),
        lane.run(fails),
        lane.run(lambda db: db.execute("INSERT INTO words VALUES ('after')")),
    ]
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert [type(result) for result in results if isinstance(result, Exception)] == [KeyError]
    found = await lane.run(lambda db: db.execute("SELECT word FROM words ORDER BY word").fetchall())
    assert found == [("after",), ("before",)]


async def test_closing_finishes_what_was_handed_in(lane, tmp_path):
    jobs = [
        asyncio.create_task(lane.run_alone(lambda db: time.sleep(0.05))),
        *(
            asyncio.create_task(lane.run(lambda db, n=n: db.execute("INSERT INTO words VALUES (?)", (n,))))
            for n in range(5)
        ),
    ]
    await asyncio.sleep(0)
    await asyncio.wait_for(lane.close(), 5)
    await asyncio.gather(*jobs)
    with pytest.raises(StorageUnavailable):
        await lane.run(lambda db: None)
    db = sqlite3.connect(tmp_path / "x.db")
    assert db.execute("SELECT count(*) FROM words").fetchone() == (5,)
    db.close()

"""The tally: counted with the change and by month, of nobody, in codes from a closed list."""

import sqlite3

import pytest
from alembic import command

from app.storage.errors import AccessUnknown, CodeUnknown, StaleWrite
from app.storage.lanes import connect
from app.storage.migrating import alembic_config, migrate, version_of
from app.storage.rows import Cell, Change, Repeat
from app.storage.tally import month_of
from tests.unit.storage.world import DAY, appending, begin, everything, open_store, repeat, stored

pytestmark = pytest.mark.anyio
ASKED = ("a_family", "a_question", "")
ANSWERED = ("a_family", "a_question", "not_meant")
CODES = frozenset((ASKED, ANSWERED))
MONTH = "2024-10"  # of the clock of these tests


def counting(*codes, text=b"more"):
    """A change that counts these codes."""
    return lambda row: Change(text, b"reply", 7, counted=codes)


async def test_what_a_change_counts_is_kept_by_month_and_code(store, tmp_path):
    for codes in ((ASKED,), (ANSWERED, ASKED), ()):
        begun = await begin(store)
        await store.change(begun.id, begun.token, counting(*codes), codes=CODES)
    assert stored(tmp_path, "tally") == [(MONTH, *ASKED, 2), (MONTH, *ANSWERED, 1)]


async def test_a_repeat_is_counted_once(store, tmp_path):
    begun = await begin(store)
    for _ in range(3):
        await store.change(begun.id, begun.token, counting(ASKED), repeat=repeat(), codes=CODES)
    assert stored(tmp_path, "tally") == [(MONTH, *ASKED, 1)]


def refusing(_row):
    raise ZeroDivisionError


async def test_what_is_refused_or_changes_nothing_counts_nothing(store, tmp_path):
    begun = await begin(store)
    await store.change(begun.id, begun.token, counting(ASKED, text=None), codes=CODES)
    with pytest.raises(ZeroDivisionError):
        await store.change(begun.id, begun.token, refusing, codes=CODES)
    with pytest.raises(AccessUnknown):
        await store.change("cnv_" + "A" * 22, begun.token, counting(ASKED), codes=CODES)
    await store.change(begun.id, begun.token, appending(b"."), repeat=repeat("k"))
    await store.change(begun.id, begun.token, appending(b".", forget_replies=True))
    with pytest.raises(StaleWrite):
        await store.change(begun.id, begun.token, counting(ASKED), repeat=repeat("k"), codes=CODES)
    assert stored(tmp_path, "tally") == []


@pytest.mark.parametrize("word", range(3), ids=["family", "question", "answer"])
async def test_a_code_that_is_on_no_list_is_an_error_and_undoes_the_change(store, tmp_path, word):
    begun = await begin(store)
    before = everything(tmp_path)
    strange = tuple("she never listens" if at == word else each for at, each in enumerate(ASKED))
    with pytest.raises(CodeUnknown) as refused:
        await store.change(begun.id, begun.token, counting(ASKED, strange), codes=CODES)
    assert "listens" not in str(refused.value)
    assert everything(tmp_path) == before
    assert stored(tmp_path, "tally") == []


async def test_without_a_list_nothing_can_be_counted(store):
    begun = await begin(store)
    with pytest.raises(CodeUnknown):
        await store.change(begun.id, begun.token, counting(ASKED))


async def test_the_month_that_runs_is_never_given_out(store, clock):
    begun = await begin(store, keep_days=90)
    await store.change(begun.id, begun.token, counting(ASKED), codes=CODES)
    assert await store.tally() == ()
    begun = await begin(store, keep_days=90)
    clock.wait(31 * DAY)
    await store.change(begun.id, begun.token, counting(ASKED), codes=CODES)
    assert await store.tally() == (Cell(MONTH, ASKED, 1),)


async def test_erasing_leaving_and_the_sweep_pass_the_tally_by(store, tmp_path, clock):
    for _ in range(3):
        begun = await begin(store)
        await store.change(begun.id, begun.token, counting(ASKED), codes=CODES)
    await store.erase(begun.id, begun.token)
    begun = await begin(store)
    await store.leave(begun.id, begun.token)
    for _ in range(5):
        clock.wait(2 * DAY)
        await store.purge()
    assert everything(tmp_path) == [[], [], []]
    assert stored(tmp_path, "tally") == [(MONTH, *ASKED, 3)]


async def test_nothing_in_the_tally_leads_to_a_conversation_or_to_a_day(store, tmp_path):
    begun = await begin(store)
    await store.change(begun.id, begun.token, counting(ASKED), repeat=Repeat("k", b"b"), codes=CODES)
    db = sqlite3.connect(tmp_path / "words.db")
    columns = [(name, kind) for _, name, kind, *_ in db.execute("PRAGMA table_info(tally)")]
    assert [name for name, _ in columns] == ["month", "family", "question", "answer", "times"]
    assert db.execute("PRAGMA foreign_key_list(tally)").fetchall() == []
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        db.execute("SELECT rowid FROM tally")
    db.close()


def test_a_database_of_the_version_before_gets_its_tally_and_keeps_the_rest(tmp_path):
    path = tmp_path / "words.db"
    db = connect(path)
    command.upgrade(alembic_config(path), "0001")
    db.execute("INSERT INTO meta (name, number) VALUES ('latest_day', 7)")
    assert version_of(db) == "0001"
    assert migrate(db, path) is True
    assert db.execute("SELECT number FROM meta").fetchall() == [(7,)]
    assert db.execute("SELECT count(*) FROM tally").fetchone() == (0,)
    db.close()


async def test_a_tally_is_there_after_a_restart(tmp_path, clock):
    store = open_store(tmp_path, clock)
    begun = await begin(store)
    await store.change(begun.id, begun.token, counting(ASKED), codes=CODES)
    await store.close()
    clock.wait(31 * DAY)
    store = open_store(tmp_path, clock)
    assert await store.tally() == (Cell(MONTH, ASKED, 1),)
    await store.close()


@pytest.mark.parametrize(
    ("day", "month"),
    [(0, "1970-01"), (30, "1970-01"), (31, "1970-02"), (19_722, "2023-12"), (19_723, "2024-01")],
)
def test_a_day_belongs_to_its_month_of_the_calendar(day, month):
    assert month_of(day) == month

"""Migrations: from empty, again, by two at once, and in step with the tables."""

import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import app.storage.tables  # noqa: F401 - fills SQLModel.metadata
from app.storage.errors import DatabaseRefused
from app.storage.lanes import connect
from app.storage.migrating import HEAD, alembic_config, locked, migrate, version_of

OPEN = "import sys, pathlib; from app.storage.store import Store; Store.open(pathlib.Path(sys.argv[1]));"
LOADED = " print(sorted(sys.modules.keys() & {'alembic', 'sqlalchemy', 'sqlmodel'}))"


def schema(path):
    db = sqlite3.connect(path)
    try:
        return sorted(db.execute("SELECT type, name, sql FROM sqlite_master").fetchall(), key=str)
    finally:
        db.close()


@pytest.fixture
def database(tmp_path):
    db = connect(tmp_path / "words.db")
    yield db, tmp_path / "words.db"
    db.close()


def test_an_empty_database_is_brought_to_the_newest_version_once(database):
    db, path = database
    assert version_of(db) is None
    assert migrate(db, path) is True
    assert version_of(db) == HEAD
    before = schema(path)
    assert migrate(db, path) is False
    assert schema(path) == before


def test_the_version_in_the_code_is_the_newest_migration():
    assert ScriptDirectory.from_config(alembic_config("unused")).get_current_head() == HEAD


def test_alembic_finds_no_difference_between_tables_and_migrations(database):
    db, path = database
    migrate(db, path)
    config = alembic_config(path)
    config.attributes["metadata"] = SQLModel.metadata
    command.check(config)


def test_alembic_finds_a_column_that_no_table_describes(database):
    db, path = database
    migrate(db, path)
    db.execute("ALTER TABLE meta ADD COLUMN more TEXT")
    config = alembic_config(path)
    config.attributes["metadata"] = SQLModel.metadata
    with pytest.raises(Exception, match="New upgrade operations"):
        command.check(config)


def test_a_database_of_a_newer_program_is_refused(database):
    db, path = database
    migrate(db, path)
    db.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseRefused, match="newer"):
        migrate(db, path)


def test_a_migration_that_fails_leaves_the_database_as_it_was(database):
    db, path = database
    db.execute("CREATE TABLE turn (in_the_way TEXT)")
    before = schema(path)
    with pytest.raises(Exception, match="turn"):
        migrate(db, path)
    assert schema(path) == before


def test_two_processes_that_start_at_once_migrate_once(tmp_path):
    path = tmp_path / "words.db"
    with locked(path):
        started = [
            subprocess.Popen([sys.executable, "-c", OPEN, path], stderr=subprocess.PIPE) for _ in range(2)
        ]
    ended = [process.communicate(timeout=30)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], ended
    assert ("table", "conversation") in [(kind, name) for kind, name, _ in schema(path)]
    assert len(list(tmp_path.glob("keys.json*"))) == 1


def test_a_database_that_is_up_to_date_opens_without_alembic_and_sqlalchemy(tmp_path):
    path = tmp_path / "words.db"
    command_line = [sys.executable, "-c", OPEN + LOADED, path]
    first = subprocess.run(command_line, capture_output=True, text=True, timeout=30, check=True)
    again = subprocess.run(command_line, capture_output=True, text=True, timeout=30, check=True)
    assert "alembic" in first.stdout
    assert again.stdout.strip() == "[]"

"""Brings a database file up to date, one process at a time.

The version is first compared in plain SQL, so that alembic is loaded only when there is
something to do. What a version changes stands in `migrations/versions/`.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.storage.errors import DatabaseRefused

if TYPE_CHECKING:
    from alembic.config import Config

# The newest file in migrations/versions; a test compares the two.
HEAD = "0003"
SCRIPTS = Path(__file__).parent / "migrations"


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Hold the start-up lock beside a database file; others wait."""
    handle = os.open(database.with_name(database.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def version_of(db: sqlite3.Connection) -> str | None:
    """The version that a database is at, None when it is empty."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
        return None
    found = db.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if found is None else str(found[0])


def migrate(db: sqlite3.Connection, database: Path) -> bool:
    """Bring the file up to date under `locked`; whether anything was done.

    `DatabaseRefused` when the file is newer than this program.
    """
    version = version_of(db)
    if version == HEAD:
        return False
    if version is not None and not list((SCRIPTS / "versions").glob(f"v{version}_*.py")):
        raise DatabaseRefused(
            f"The database is at version {version}, which this program does not know. "
            "Start the newer program that made it."
        )
    upgrade(database)
    return True


def upgrade(database: Path) -> None:
    """Run every missing version in one transaction."""
    from alembic import command

    command.upgrade(alembic_config(database), "head")


def alembic_config(database: Path) -> "Config":
    """alembic's settings for one database file; there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["database"] = database
    return config

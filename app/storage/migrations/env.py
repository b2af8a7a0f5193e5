"""Connects alembic to one SQLite file. What changes stands in `versions/`."""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import context
from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.pool import NullPool


def _begin(connection: Any) -> None:
    # The driver begins nothing before a change of a table, and a kill would leave half a version.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _flush_fully(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = FULL")


def _run(database: Path, metadata: MetaData | None) -> None:
    engine = create_engine(f"sqlite:///{database}", poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _flush_fully)
    event.listen(engine, "begin", _begin)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            transactional_ddl=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


_run(context.config.attributes["database"], context.config.attributes.get("metadata"))

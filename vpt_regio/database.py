"""How connections behave: a read transaction cannot write, a write transaction waits its turn.

SQLite: WAL, synchronous FULL, foreign keys, and BEGIN IMMEDIATE for writes, because a read
transaction can never become a write transaction under load. PostgreSQL: READ ONLY unless writing,
and one writer at a time as well, so that rules that look before they write hold on both databases.
"""

import sqlite3
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event

writing: ContextVar[bool] = ContextVar("writing", default=False)

WRITE_LOCK = 7_270_512  # an arbitrary number: the advisory lock of writers on PostgreSQL
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=30000",
    # without it INSERT OR REPLACE would pass the triggers that refuse DELETE
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
)


def prepare(engine: Engine) -> None:
    """Attach the rules for connections and transactions to an engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connect_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _connect_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # the driver must not start transactions of its own
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    is_writing = writing.get()
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if is_writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if writing.get():
        # what a rule reads before it writes must still hold when it writes
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")

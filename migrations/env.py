"""How migrations run: numbered, in one transaction, batch mode for SQLite."""

from logging.config import fileConfig
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from vpt_regio.database import writing

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name, disable_existing_loggers=False)

OWN_TYPES = {"UTCDateTime", "Cents", "SortedString"}


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | bool:
    """Write our own column types as the plain type they are stored as."""
    if kind != "type" or type(item).__name__ not in OWN_TYPES:
        return False
    if type(item).__name__ == "SortedString":
        length = item.impl_instance.length
        return f"sa.String({length}).with_variant(sa.String({length}, collation='C'), 'postgresql')"
    return f"sa.{type(item.impl_instance).__name__}()"


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=current_app.extensions["migrate"].db.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
        transactional_ddl=True,
        include_object=lambda _o, name, kind, *_: not (kind == "table" and name == "sqlite_stat1"),
    )
    with context.begin_transaction():
        context.run_migrations()


engine = current_app.extensions["migrate"].db.engine
token = writing.set(True)
try:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # a batch migration rebuilds tables: with foreign keys on, their children would go
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        run(connection)
        connection.commit()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration left rows without their parent: {broken[:5]}")
            connection.rollback()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
finally:
    writing.reset(token)

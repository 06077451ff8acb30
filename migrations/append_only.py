"""Let the database itself refuse UPDATE and DELETE on what is append-only."""

from alembic import op


def refuse_changes(table: str) -> None:
    """Put the triggers on a table; on PostgreSQL they call `refuse_change()` of 0001."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _sqlite_triggers(table) if is_sqlite else _postgresql_triggers(table):
        op.execute(statement)


def _sqlite_triggers(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for event in ("UPDATE", "DELETE")
    ]


def _postgresql_triggers(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]

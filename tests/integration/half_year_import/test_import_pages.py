"""Uploading a real file: from the page of the job to the preview and back; and the command."""

import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from tests.factories.covenants import make_appointment
from tests.factories.imports import MADE_AT, download
from tests.factories.periods import make_season
from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Expenditure
from vpt_regio.models.imports import Import
from vpt_regio.uow import unit_of_work
from vpt_regio.workbooks.progress_form import write_progress_form

SignIn = Callable[..., FlaskClient]
LEADER = "leider.limburg@vpt.example"
OFFICER = "beleid@vpt.example"
UPLOAD = "/halfjaren/2012-1/inlezen"


@pytest.fixture
def form(app: Flask) -> bytes:
    """The form of the region as it was downloaded."""
    with app.app_context():
        with unit_of_work():
            season = make_season()
            make_appointment(season.stage.region, season.stage.leader)
        target = BytesIO()
        secret = app.config["SECRET_KEY"]
        write_progress_form(download(season), target, made_at=MADE_AT, secret=secret)
    return target.getvalue()


def _typed(form: bytes, cells: dict[tuple[str, str], Any]) -> bytes:
    """Type values in the last rows of sheets, by sheet and header; the first row below the head."""
    book = load_workbook(BytesIO(form))
    for (title, header), value in cells.items():
        sheet = book[title]
        headers = next(row for row in sheet.iter_rows() if header in [cell.value for cell in row])
        cell = next(one for one in headers if one.value == header)
        sheet.cell(cell.row + 1, cell.column, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


FILLED = {
    ("Activiteiten", "Status"): "loopt",
    ("Activiteiten", "Voortgang %"): 0.4,
    ("Oordeel", "RAG"): "groen",
    ("Oordeel", "Resultaat"): "De campagne loopt.",
    ("Oordeel", "Vooruitblik"): "Wij gaan verder.",
    ("Uitgaven", "Datum"): date(2012, 5, 1),
    ("Uitgaven", "Omschrijving"): "Drukwerk",
    ("Uitgaven", "Fase"): "uitvoering",
    ("Uitgaven", "Bedrag"): 125,
}


def _upload(client: FlaskClient, data: bytes, name: str = "formulier.xlsx") -> Any:
    sent = client.post(UPLOAD, data={"file": (BytesIO(data), name)})
    assert sent.status_code == 303, sent.text
    job = client.get(sent.location)
    assert "/inlezingen/" in job.text, job.text
    path = job.text.partition('href="/inlezingen/')[2].partition('"')[0]
    return client.get(f"/inlezingen/{path}")


def _import(app: Flask) -> Import:
    with app.app_context():
        return db.session.scalars(select(Import).order_by(Import.id.desc())).first()  # type: ignore[return-value]


def test_from_upload_to_taken_over_and_back(app: Flask, form: bytes, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    page = _upload(client, _typed(form, FILLED))
    for words in ("De campagne loopt.", "loopt", "40%", "125,00", "Verwerken"):
        assert words in page.text
    number = _import(app).id
    address = f"/inlezingen/{number}"
    seen = page.text.partition('name="seen" value="')[2].partition('"')[0]
    keys = [part.partition('"')[0] for part in page.text.split('name="accept" value="')[1:]]
    taken = client.post(f"{address}/verwerken", data={"seen": seen, "accept": keys})
    assert taken.status_code == 303, taken.text
    assert _import(app).status is ImportStatus.ACCEPTED
    shown = client.get(address).text
    assert "overgenomen" in shown
    undone = client.post(f"{address}/ongedaan", data={"reason": "Verkeerd"})
    assert undone.status_code == 303, undone.text
    assert _import(app).status is ImportStatus.WITHDRAWN
    after = client.get(address).text
    assert "teruggedraaid" in after
    assert "overgenomen" not in after


def test_a_stale_choice_comes_back_with_what_is_there_now(
    app: Flask, form: bytes, sign_in: SignIn
) -> None:
    client = sign_in(LEADER)
    _upload(client, _typed(form, FILLED))
    address = f"/inlezingen/{_import(app).id}/verwerken"
    answer = client.post(address, data={"seen": "other", "accept": ["report/results"]})
    assert answer.status_code == 409
    assert "Intussen is er iets veranderd" in answer.text
    assert answer.text.count(" checked") == 1


def test_a_faulty_form_shows_every_problem_and_goes_back_marked(
    app: Flask, form: bytes, sign_in: SignIn
) -> None:
    client = sign_in(LEADER)
    faults = FILLED | {
        ("Uitgaven", "Bedrag"): 9_000_000,
        ("Activiteiten", "Status"): "klaar of zo",
    }
    page = _upload(client, _typed(form, faults))
    assert "geweigerd" in page.text
    assert "Uitgaven" in page.text
    assert "Activiteiten" in page.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Expenditure)) == 0
    returned = client.get(f"/inlezingen/{_import(app).id}/terug")
    assert "Fouten" in load_workbook(BytesIO(returned.data)).sheetnames
    original = client.get(f"/inlezingen/{_import(app).id}/bestand")
    assert sha256(original.data).hexdigest() == _import(app).sha256


@pytest.mark.parametrize("data", [b"", b"geen bestand", b"PK\x03\x04 kapot"])
def test_a_file_that_is_no_form_is_refused(
    app: Flask, form: bytes, sign_in: SignIn, data: bytes
) -> None:
    client = sign_in(LEADER)
    page = _upload(client, data)
    assert "geweigerd" in page.text
    import_ = _import(app)
    assert (import_.status, len(import_.problems)) == (ImportStatus.REFUSED, 1)


@pytest.mark.usefixtures("form")
def test_the_ministry_sees_the_list_but_uploads_nothing(
    app: Flask, form: bytes, sign_in: SignIn
) -> None:
    _upload(sign_in(LEADER), _typed(form, FILLED))
    officer = sign_in(OFFICER)
    listed = officer.get("/halfjaren/2012-1/inlezingen")
    assert "formulier.xlsx" in listed.text
    assert "wacht op uw keuze" in listed.text
    assert officer.get(UPLOAD).status_code == 403
    assert officer.post(f"/inlezingen/{_import(app).id}/verwerken").status_code == 403
    assert "formulier.xlsx" in officer.get("/regios/limburg/inlezingen").text


class TestCommand:
    """`vpt import form`."""

    def _run(self, app: Flask, data: bytes, tmp_path: Path, *more: str) -> tuple[int, Any]:
        file = tmp_path / "formulier.xlsx"
        file.write_bytes(data)
        found = app.test_cli_runner().invoke(
            args=["vpt", "import", "form", str(file), "--as", LEADER, "--json", *more]
        )
        return found.exit_code, json.loads(found.stdout)

    def test_a_dry_run_tells_everything_and_stores_nothing(
        self, app: Flask, form: bytes, tmp_path: Path
    ) -> None:
        code, told = self._run(app, _typed(form, FILLED), tmp_path, "--dry-run")
        assert (code, told["outcome"], told["errors"]) == (0, "aangenomen", [])
        assert {change["field"] for change in told["changes"]} >= {"status", "amount_cents"}
        with app.app_context():
            assert db.session.scalar(select(func.count()).select_from(Import)) == 0

    def test_it_takes_over_and_books_nothing_twice(
        self, app: Flask, form: bytes, tmp_path: Path
    ) -> None:
        data = _typed(form, FILLED)
        assert self._run(app, data, tmp_path)[1]["outcome"] == "aangenomen"
        code, told = self._run(app, data, tmp_path)
        assert (code, told["changes"]) == (0, [])
        assert told["outcome"] == "aangenomen met opmerkingen"
        with app.app_context():
            assert db.session.scalar(select(func.count()).select_from(Expenditure)) == 1

    def test_a_refusal_has_its_cells_and_exit_status_1(
        self, app: Flask, form: bytes, tmp_path: Path
    ) -> None:
        faults = FILLED | {("Uitgaven", "Bedrag"): -5}
        code, told = self._run(app, _typed(form, faults), tmp_path)
        assert (code, told["outcome"]) == (1, "geweigerd")
        assert [(one["sheet"], set(one)) for one in told["errors"]] == [
            ("Uitgaven", {"sheet", "cell", "code", "message"})
        ]
        assert told["errors"][0]["cell"]

    def test_who_is_not_known_is_wrong_use(self, app: Flask, form: bytes, tmp_path: Path) -> None:
        file = tmp_path / "formulier.xlsx"
        file.write_bytes(form)
        found = app.test_cli_runner().invoke(
            args=["vpt", "import", "form", str(file), "--as", "niemand@vpt.example"]
        )
        assert found.exit_code == 2

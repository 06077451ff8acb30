"""The figure check from the first click to the workbook, bound numbers, and the command."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from tests.factories.figures import deliver, make_figure_set
from tests.factories.periods import make_season
from tests.integration.half_year_freeze.conftest import make_ready
from vpt_regio.documents.annex_word import write_annex_word
from vpt_regio.documents.letter_text import read_letter
from vpt_regio.extensions import db
from vpt_regio.models.letters import LetterCheck
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.snapshots import latest_snapshot
from vpt_regio.services.annex_files import annex_template, frozen_annex
from vpt_regio.services.freeze import freeze
from vpt_regio.services.letter_checks import findings_of, known_in
from vpt_regio.uow import unit_of_work

SignIn = Callable[[str], FlaskClient]
OFFICER = "beleid@vpt.example"
UPLOAD = "/halfjaren/2012-1/brief-controleren"
LETTER = (
    "Het aantal stoelen steeg met 50% (van 20 naar 30).\n\n"
    "Het aantal tafels steeg met 60% (van 20 naar 30).\n\n"
    "Ruim 60% van de bezoekers was tevreden.\n"
)


def _season(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        make_season()


def _send(client: FlaskClient, data: bytes, name: str = "brief.txt") -> Any:
    return client.post(UPLOAD, data={"file": (BytesIO(data), name)})


def test_a_letter_is_checked_shown_filtered_and_downloaded(app: Flask, sign_in: SignIn) -> None:
    _season(app)
    client = sign_in(OFFICER)
    assert UPLOAD in client.get("/halfjaren/2012-1").text
    sent = _send(client, LETTER.encode())
    assert sent.status_code == 303, sent.text
    job = client.get(sent.location).text
    path = "/brief-controles/" + job.partition('href="/brief-controles/')[2].partition('"')[0]
    page = client.get(path).text
    assert "1 uitspraak klopt niet" in page
    assert "voorlopige stand" in page
    assert page.index("60% toename") < page.index("50% toename")
    wrong = client.get(f"{path}?klopt=nee").text
    assert "60% toename" in wrong
    assert "50% toename" not in wrong
    assert client.get(f"{path}?klopt=iets").status_code == 422
    book = load_workbook(BytesIO(client.get(f"{path}/bestand").data))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:4]] == ["ja", "nee", "niet te controleren"]
    assert "1 keer klopt niet" in client.get(UPLOAD).text


def test_many_findings_are_shown_in_pages(app: Flask, sign_in: SignIn) -> None:
    _season(app)
    client = sign_in(OFFICER)
    several = [
        f"Het aantal stoelen steeg met 50% (van {n} naar {n * 3}).\n\n" for n in range(2, 70)
    ]
    job = client.get(_send(client, "".join(several).encode()).location).text
    path = "/brief-controles/" + job.partition('href="/brief-controles/')[2].partition('"')[0]
    first, last = client.get(path).text, client.get(f"{path}?pagina=2&klopt=nee").text
    assert "68 uitspraken kloppen niet" in first
    assert ("van 2 naar 6)" in first, "van 69 naar 207)" in first) == (True, False)
    assert ("van 2 naar 6)" in last, "van 69 naar 207)" in last) == (False, True)


def test_a_file_that_is_no_letter_is_refused_at_its_field(app: Flask, sign_in: SignIn) -> None:
    _season(app)
    client = sign_in(OFFICER)
    refused = _send(client, b"PK\x03\x04", "brief.docx")
    assert refused.status_code == 422
    assert "niet goed opgebouwd" in refused.text
    assert client.post(UPLOAD, data={}).status_code == 422
    with app.app_context():
        assert db.session.scalar(select(LetterCheck)) is None


def test_bound_numbers_that_were_edited_or_taken_away_are_listed(context: Flask) -> None:
    ready = make_ready()
    with unit_of_work():
        officer = db.session.scalars(select(Person).where(Person.email == OFFICER)).one()
        freeze(ready.period, actor=officer)
    period = db.session.get_one(ReportingPeriod, ready.period_id)
    snapshot = latest_snapshot(period)
    assert snapshot is not None
    annex = frozen_annex(snapshot)
    assert annex is not None
    content = write_annex_word(annex, annex_template(period.programme_id)[0])
    letter = read_letter(content, "bijlage.docx")
    known = known_in(period, snapshot, made_at=snapshot.taken_at)
    untouched = findings_of(letter, known)
    assert [one for one in untouched if one["agrees"] is False] == []
    bound = [one for one in untouched if one["kind"] == "bound"]
    assert bound
    assert {one["agrees"] for one in bound} == {True}
    tag = letter.bound[0].tag
    changed = {**(known.bound or {}), tag: "iets anders", "weg": "12"}
    found = findings_of(letter, type(known)(known.tables, changed, known.version_no))
    assert [one["computed"] for one in found if one["agrees"] is False] == ["iets anders"]
    assert [one["computed"] for one in found if "staat niet meer" in one["explanation"]] == ["12"]


class TestCommand:
    """`vpt check-letter`."""

    def _run(self, app: Flask, tmp_path: Path, text: str, *more: str) -> Any:
        file = tmp_path / "brief.txt"
        file.write_text(text, encoding="utf-8")
        return app.test_cli_runner().invoke(args=["vpt", "check-letter", str(file), *more])

    def test_it_prints_the_findings_and_tells_by_its_exit_status(
        self, app: Flask, tmp_path: Path
    ) -> None:
        found = self._run(app, tmp_path, LETTER, "--json")
        rows = json.loads(found.stdout)
        assert found.exit_code == 1
        assert [one["agrees"] for one in rows] == [True, False, None]
        assert list(rows[0]) == ["text", "claim", "stated", "computed", "agrees", "explanation"]
        right = self._run(app, tmp_path, LETTER.splitlines()[0])
        assert right.exit_code == 0
        assert "✓ 50% toename" in right.stdout

    def test_it_knows_the_figure_sets(self, app: Flask, tmp_path: Path) -> None:
        with app.app_context(), unit_of_work():
            season = make_season()
            values = {("Incidenten", "2010"): 200, ("Incidenten", "2011"): 250}
            deliver(make_figure_set(season.programme), values, recorded_by=season.officer)
        text = "Het aantal incidenten is in 2011 met 20% gestegen ten opzichte van 2010."
        found = self._run(app, tmp_path, text)
        assert found.exit_code == 1
        assert "cijferreeks" in found.stdout

    @pytest.mark.parametrize("name", ["brief.pdf", "weg.txt"])
    def test_a_file_that_cannot_be_read_is_wrong_use(
        self, app: Flask, tmp_path: Path, name: str
    ) -> None:
        (tmp_path / "brief.pdf").write_bytes(b"%PDF")
        found = app.test_cli_runner().invoke(args=["vpt", "check-letter", str(tmp_path / name)])
        assert found.exit_code == 2

"""The annex of a round in Word: its sentence and table, to the cent, bound to their records."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.half_year import HalfYear, make_half_year
from tests.factories.people import make_person
from tests.factories.subsidies import make_decision
from vpt_regio import clock
from vpt_regio.documents.annex_table import annex_document
from vpt_regio.documents.letters import tag_of
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ProposalKind
from vpt_regio.extensions import db
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.services.subsidy_annex import half_year_annex, round_annex
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
FILES: dict[str, bytes] = {}
DAY = date(2012, 6, 30)


@pytest.fixture
def half_year(context: Flask) -> HalfYear:
    with unit_of_work():
        return make_half_year()


def _read(file: bytes) -> tuple[list[str], list[list[str]], dict[str, str]]:
    """Return the paragraphs, the cells of the table, and the text of each control by its tag."""
    document = Document(io.BytesIO(file))
    [table] = document.tables
    cells = [
        ["\n".join(_text(p) for p in cell._tc.p_lst) for cell in row.cells] for row in table.rows
    ]
    controls = {
        tag_of(control): _text(control) for control in document.element.body.iter(qn("w:sdt"))
    }
    return [paragraph.text for paragraph in document.paragraphs], cells, controls


def _text(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def test_the_annex_tells_the_sentence_and_the_table_of_a_declared_round(
    half_year: HalfYear,
) -> None:
    declared = db.session.query(SubsidyRound).filter_by(number=1).one()
    paragraphs, cells, controls = _read(round_annex(declared, on=DAY))
    first, second = (
        db.session.query(Pilot).filter_by(organisation_name=name).one()
        for name in ("Werkplein Venlo", "Zorghuis Oost")
    )
    assert paragraphs[0] == "Pilots Voorkomen van agressie, Ronde november 2011"
    assert [[text.replace("\xa0", " ") for text in row] for row in cells] == [
        ["Organisatie", "Beschrijving van de pilot", "Toegekend subsidiebedrag"],
        ["Werkplein Venlo", "Eerste punt\nTweede punt", "€ 22.061,-"],
        ["Zorghuis Oost, Almelo", "Eerste punt\nTweede punt", "€ 20.000,-"],
        ["Totaal", "", "€ 42.061,-"],
    ]
    assert {tag: text.replace("\xa0", " ") for tag, text in controls.items()} == {
        f"ronde-{declared.id}-zin": (
            "Ronde november 2011: zeven aanvragen, waarvan twee (gedeeltelijk) toegekend."
        ),
        f"pilot-{first.id}-bedrag": "€ 22.061,-",
        f"pilot-{second.id}-bedrag": "€ 20.000,-",
        f"ronde-{declared.id}-totaal": "€ 42.061,-",
    }


def test_another_decision_changes_sentence_and_table_but_not_of_the_day_before(
    half_year: HalfYear,
) -> None:
    stage = half_year.subsidies
    before = round_annex(stage.round, on=DAY)
    assert round_annex(stage.round, on=DAY) == before
    # this test runs once for each database; the first one leaves its file for the other
    assert FILES.setdefault("annex", before) == before
    application = stage.decision.application
    assert application is not None
    with unit_of_work():
        make_decision(
            application,
            ProposalKind.REJECTION,
            author=stage.officer,
            decider=stage.decider,
            decided_on=date(2012, 7, 12),
            replaces=stage.decision,
        )
    assert round_annex(stage.round, on=DAY) == before
    controls = _read(round_annex(stage.round, on=clock.today()))[2]
    assert f"pilot-{stage.pilot.id}-bedrag" not in controls
    sentence = controls[f"ronde-{stage.round.id}-zin"]
    assert sentence.endswith("vier aanvragen, waarvan één toegekend.")


def test_the_annex_of_a_half_year_has_the_pilots_of_its_workbook(half_year: HalfYear) -> None:
    annex = half_year_annex(half_year.period)
    assert [(row.organisation, row.cents) for row in annex.rows] == [
        ("Ziekenhuis Midden, Roermond", 12_345_67)
    ]
    _paragraphs, cells, _controls = _read(annex_document(annex))
    assert cells[-1][-1].replace("\xa0", " ") == "€ 12.345,67"


def test_whoever_sees_the_round_downloads_its_annex(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        made = make_half_year()
        make_person(made.programme, Role.READER, email="lezer@vpt.example")
        round_id = made.subsidies.round.id
    reader = sign_in("lezer@vpt.example")
    answer = reader.get(f"/subsidies/rondes/{round_id}/bijlage")
    assert answer.status_code == 200
    assert f"bijlage-pilots-ronde-{round_id}.docx" in answer.headers["Content-Disposition"]
    assert _read(answer.data)[1][-1][0] == "Totaal"

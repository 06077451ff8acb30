"""The sheet of errata: numbers as numbers, and long texts so that they can be read."""

import io
from datetime import UTC, datetime
from types import SimpleNamespace

import openpyxl

from vpt_regio.domain.rules.errata import Erratum
from vpt_regio.workbooks.half_year_letter import ERRATA
from vpt_regio.workbooks.spec import Kind, Typed, Workbook
from vpt_regio.workbooks.write import write

ROW = "Ronde: november 2011; Organisatie: Ruchama; Plaats: Raalte; Toegekend bedrag: € 20.000,00"


def count(number: int) -> Typed:
    return Typed(Kind.INTEGER, number)


def test_a_long_text_among_numbers_is_wrapped() -> None:
    errata = [
        Erratum("Pilots", "2", "(hele rij)", None, ROW, "Later ingevoerd.", "HO-1"),
        Erratum(
            "Subsidierondes", "2", "Aanvragen", count(5), count(11), "Later ingevoerd.", "HO-1"
        ),
    ]
    source = SimpleNamespace(errata=errata, version=2)
    target = io.BytesIO()
    workbook = Workbook("errata", lambda _source: "Errata", (ERRATA,))
    write(workbook, source, target, made_at=datetime(2012, 3, 14, tzinfo=UTC))
    sheet = openpyxl.load_workbook(target)["Errata"]
    assert sheet["E2"].value == ROW
    assert (sheet["E2"].alignment.horizontal, sheet["E2"].alignment.wrap_text) == ("left", True)
    assert sheet.row_dimensions[2].height == 45
    assert (sheet["D3"].value, sheet["E3"].value) == (5, 11)

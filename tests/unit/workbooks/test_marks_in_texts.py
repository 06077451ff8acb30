"""Marks that XML cannot hold, in every text of a file that is not a cell; and a long header."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from defusedxml import ElementTree

from tests.unit.workbooks.conftest import CHARTS, MADE_AT, SAMPLE, make_workbook, render
from vpt_regio.workbooks.ods import write_ods
from vpt_regio.workbooks.spec import Properties

MARKED = "Regio \x07\x0b<&\ufffe"
LONG = "R&D " * 100


def _ods(rows: Any, workbook: Any) -> bytes:
    target = io.BytesIO()
    write_ods(workbook, rows, target, made_at=MADE_AT)
    return target.getvalue()


def _parts(data: bytes) -> dict[str, str]:
    """Every part, after it was read as XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    for name, content in found.items():
        if name != "mimetype":
            ElementTree.fromstring(content)
    return {name: content.decode() for name, content in found.items()}


@pytest.mark.parametrize("write", [render, _ods])
def test_titles_headers_and_labels_of_charts_hold_no_forbidden_marks(
    write: Callable[..., bytes],
) -> None:
    charts = tuple(replace(chart, title=MARKED) for chart in CHARTS)
    workbook = replace(
        make_workbook(charts=charts),
        title=lambda _rows: MARKED,
        page_header=lambda _rows: MARKED,
        properties=lambda _rows: Properties(subject=MARKED, description=MARKED),
    )
    rows = [replace(row, region=f"{MARKED}{row.region}") for row in SAMPLE]
    text = "".join(_parts(write(rows, workbook)).values())
    assert "Regio &lt;&amp;" in text


def test_a_header_that_excel_would_not_take_is_cut() -> None:
    data = render(SAMPLE, replace(make_workbook(), page_header=lambda _rows: LONG))
    header = ElementTree.fromstring(_parts(data)["xl/worksheets/sheet1.xml"]).find(
        ".//{*}oddHeader"
    )
    assert header is not None
    assert "R&&D" in header.text
    assert len(header.text) <= 255

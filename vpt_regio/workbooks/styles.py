"""How cells look: one style for each kind of value and each place in the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any, Final

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from vpt_regio.workbooks.spec import Kind, TextStyle

FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.LONG_TEXT: "General",  # older Excel shows long text in the format "@" as ####
    Kind.INTEGER: "0",
    Kind.DECIMAL: "#,##0.00",
    Kind.NUMBER: "General",
    Kind.MONEY: '"€ "#,##0.00',
    Kind.PERCENT: "0%",
    Kind.EXACT_PERCENT: "0.0%",
    Kind.DATE: "dd-mm-yyyy",
    Kind.LINK: "General",
    Kind.MIXED: "General",
}
FIGURES: Final = frozenset(
    {
        Kind.INTEGER,
        Kind.DECIMAL,
        Kind.NUMBER,
        Kind.MONEY,
        Kind.PERCENT,
        Kind.EXACT_PERCENT,
        Kind.MIXED,
    }
)
TABLE_STYLE: Final = "TableStyleMedium2"
LABEL_WIDTH: Final = 34.0
VALUE_WIDTH: Final = 90.0
LINE_HEIGHTS: Final = {TextStyle.TITLE: 24.0, TextStyle.HEADING: 18.0}  # points
FONT_NAME: Final = "Calibri"
DARK: Final = "FF154273"
WHITE: Final = "FFFFFFFF"
EDITABLE_FILL: Final = "FFFFF9E0"
FRAME: Final = "FFD9CFA3"
WRONG_FILL: Final = "FFFFC7CE"
WRONG_INK: Final = "FF8C0010"
BAR_COLOUR: Final = "FF8FCAE7"
CHART_COLOURS: Final = ("154273", "8FCAE7", "E17000", "39870C", "A90061")
# Background and letter of each traffic light: the word carries the meaning, the colour helps.
RAG_COLOURS: Final = {
    "groen": ("FFC6EFCE", "FF0B5C1F"),
    "oranje": ("FFFFEB9C", "FF7A4B00"),
    "rood": ("FFFFC7CE", "FF8C0010"),
}
OVERDUE_COLOURS: Final = ("FFFFC7CE", "FF8C0010")


class Place(StrEnum):
    """Where in a sheet a cell stands."""

    BODY = "body"
    EDITABLE = "editable"
    TOTAL = "total"
    LINE = "line"  # the value beside a label on a text sheet
    WRONG = "wrong"  # what somebody filled in and has to put right


@dataclass(frozen=True)
class StyleIds:
    """The numbers under which the styles stand in the package."""

    cells: dict[tuple[Place, Kind], int]
    quoted: dict[tuple[Place, Kind], int]
    lines: dict[TextStyle, int]
    headers: dict[Kind, int]


def register(book: openpyxl.Workbook) -> StyleIds:
    """Put every style into the book in a fixed order and return their numbers.

    openpyxl numbers a style when a cell uses it: a scratch sheet with one cell per style does
    that, and is removed again.
    """
    sheet = book.create_sheet("styles")
    row = iter(range(1, 1000))

    def number(**looks: Any) -> int:
        cell = sheet.cell(row=next(row), column=1)
        assert isinstance(cell, Cell)  # noqa: S101  # only merged cells are something else
        for name, value in looks.items():
            setattr(cell, name, value)
        return int(cell.style_id)

    cells = {
        (place, kind): number(**body_looks(place, kind)) for place, kind in product(Place, Kind)
    }
    quoted = {
        (place, kind): number(**body_looks(place, kind), quotePrefix=True)
        for place, kind in product(Place, Kind)
    }
    lines = {style: number(**line_looks(style)) for style in TextStyle}
    headers = {kind: number(**header_looks(kind)) for kind in Kind}
    ids = StyleIds(cells, quoted, lines, headers)
    book.remove(sheet)
    return ids


def body_looks(place: Place, kind: Kind) -> dict[str, Any]:
    """The looks of a value cell."""
    texts = {Kind.TEXT, Kind.LONG_TEXT}
    looks: dict[str, Any] = {
        "font": Font(name=FONT_NAME, size=11, bold=place is Place.TOTAL),
        "number_format": FORMATS[kind],
        "alignment": Alignment(
            vertical="top",
            wrap_text=True if kind in texts else None,
            **beside(kind, place),
        ),
    }
    if kind is Kind.LINK:
        looks["font"] = Font(name=FONT_NAME, size=11, color="FF01689B", underline="single")
    if place in (Place.EDITABLE, Place.WRONG):
        looks["protection"] = Protection(locked=False)
        looks["fill"] = solid(EDITABLE_FILL if place is Place.EDITABLE else WRONG_FILL)
        looks["border"] = _frame()
    if place is Place.WRONG:
        looks["font"] = Font(name=FONT_NAME, size=11, color=WRONG_INK)
        looks["border"] = _frame(left=Side(style="medium", color=WRONG_INK))
    if place is Place.TOTAL:
        looks["border"] = Border(top=Side(style="thin", color=DARK))
    return looks


def _frame(*, left: Side | None = None) -> Border:
    """A thin line around a cell to fill in: a coloured cell hides the grid of the sheet."""
    thin = Side(style="thin", color=FRAME)
    return Border(left=left or thin, right=thin, top=thin, bottom=thin)


def beside(kind: Kind, place: Place = Place.BODY) -> dict[str, Any]:
    """How values stand: figures to the right, the rest a little away from the figures."""
    if place is Place.LINE:
        return {"horizontal": "left"}
    return {"horizontal": "right"} if kind in FIGURES else {"horizontal": "left", "indent": 1}


def header_looks(kind: Kind) -> dict[str, Any]:
    """The looks of the header: explicit, because LibreOffice ignores the style of a table."""
    return {
        "font": Font(name=FONT_NAME, size=11, bold=True, color=WHITE),
        "fill": solid(DARK),
        "alignment": Alignment(vertical="top", wrap_text=True, **beside(kind)),
        "border": Border(bottom=Side(style="thin", color=DARK)),
    }


def line_looks(style: TextStyle) -> dict[str, Any]:
    """The looks of the label of a text line."""
    fonts = {
        TextStyle.TITLE: Font(name=FONT_NAME, size=16, bold=True, color=DARK),
        TextStyle.HEADING: Font(name=FONT_NAME, size=12, bold=True, color=DARK),
        TextStyle.NORMAL: Font(name=FONT_NAME, size=11),
    }
    # A title runs on over the next column instead of wrapping in the narrow one.
    wrap = style is TextStyle.NORMAL
    return {"font": fonts[style], "alignment": Alignment(vertical="top", wrap_text=wrap)}


def solid(colour: str) -> PatternFill:
    """A plain background."""
    return PatternFill(fill_type="solid", start_color=colour, end_color=colour)

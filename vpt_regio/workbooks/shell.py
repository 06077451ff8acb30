"""The package around the rows, made by openpyxl: everything of a workbook but its cells.

The rows have passed already, so every range here is the real one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, Literal

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import DataBar, FormatObject
from openpyxl.formatting.rule import Rule as FormattingRule
from openpyxl.styles import Color, Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from vpt_regio.workbooks import charts, entry, heights, styles, text
from vpt_regio.workbooks.cells import date_text
from vpt_regio.workbooks.spec import (
    Column,
    Placement,
    Properties,
    Rule,
    Sheet,
    TextSheet,
    Total,
    Workbook,
)
from vpt_regio.workbooks.stream import TOTAL_LABEL, Streamed, total_label

CREATOR: Final = "VPT Regio"
LANGUAGE: Final = "nl-NL"
FOOTER: Final = "pagina &P van &N"
_CHART_ROWS: Final = 22
_NOTE_SIZE: Final = (90, 260)  # points
_A4: Final = 9
_A3: Final = 8
_WIDEST_ON_A4: Final = 240  # characters; wider sheets would print too small
_MARGIN: Final = 0.4  # inches
_LONGEST_HEADER: Final = 120  # Excel takes 255 with the codes, and repairs a file with more
_TOTALS: Final[dict[Total, Literal["sum", "count"]]] = {Total.SUM: "sum", Total.COUNT: "count"}


def set_properties(
    book: openpyxl.Workbook, workbook: Workbook, source: Any, made_at: datetime
) -> None:
    """Say what the document is; a moment without a time zone is taken as UTC."""
    said = workbook.properties(source) if workbook.properties else Properties()
    moment = made_at.astimezone(UTC).replace(tzinfo=None) if made_at.tzinfo else made_at
    about = book.properties
    about.title = text.clean(workbook.title(source))
    about.subject, about.description = text.clean(said.subject), text.clean(said.description)
    about.keywords, about.category = said.keywords, said.category
    about.creator = about.lastModifiedBy = CREATOR
    about.language = LANGUAGE
    about.created = about.modified = moment.replace(microsecond=0)


def add_sheet(
    book: openpyxl.Workbook,
    sheet: Sheet | TextSheet,
    streamed: Streamed,
    cutoff: date | None,
    header: str = "",
    *,
    source: Any = None,
    others: Sequence[Sheet | TextSheet] = (),
) -> None:
    """Add one sheet without its cells; ``header`` stands at the top of each printed page.

    ``others`` are the sheets of the file, where lists to choose from may stand.
    """
    worksheet = book.create_sheet(sheet.title)
    worksheet.sheet_state = "hidden" if sheet.hidden else "visible"
    _page(worksheet, header, sum(column.width for column in _columns_of(sheet)))
    for reference, note in streamed.notes:
        comment = Comment(note, CREATOR, height=_NOTE_SIZE[0], width=_NOTE_SIZE[1])
        worksheet[reference].comment = comment
    if sheet.protected:
        _protect(worksheet)
    if isinstance(sheet, TextSheet):
        worksheet.column_dimensions["A"].width = styles.LABEL_WIDTH
        worksheet.column_dimensions["B"].width = styles.VALUE_WIDTH
        worksheet.sheet_view.showGridLines = False
        return
    worksheet.freeze_panes = "B2"
    worksheet.print_title_rows = "1:1"
    _columns(worksheet, sheet)
    worksheet.add_table(_table(sheet, streamed))
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        area = f"{letter}2:{letter}{max(streamed.rows, 1) + 1}"
        _add_rule(worksheet, column, area, _late_test(sheet, column, letter, cutoff))
        entry.add_validation(worksheet, column, area, source, others)
    if streamed.rows:
        taken = dict.fromkeys(Placement, 0)
        for chart in sheet.charts:
            for run in charts.runs(chart, streamed):
                anchor = _anchor(chart.placement, taken[chart.placement], streamed)
                worksheet.add_chart(charts.draw(sheet, chart, run, streamed), anchor)
                taken[chart.placement] += 1
        if taken[Placement.RIGHT]:
            # on paper they would make the table small and be cut in two
            last = f"{get_column_letter(streamed.last_column)}{streamed.last_row}"
            worksheet.print_area = f"A1:{last}"


def _page(worksheet: Worksheet, header: str, width: float) -> None:
    """Set up the printed page; ``width`` is that of all columns, in characters."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = _A3 if width > _WIDEST_ON_A4 else _A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_margins.left = worksheet.page_margins.right = _MARGIN
    left, middle, right = (_HeaderFooterPart(text=said) for said in ("&A", FOOTER, CREATOR))
    worksheet.HeaderFooter.oddFooter = HeaderFooterItem(left=left, center=middle, right=right)
    if header:
        # An ampersand begins a code in a header, so one that is meant stands twice.
        shown = text.clean(header)[:_LONGEST_HEADER].replace("&", "&&")
        said = _HeaderFooterPart(text=shown)
        worksheet.HeaderFooter.oddHeader = HeaderFooterItem(center=said)


def _columns_of(sheet: Sheet | TextSheet) -> tuple[Column, ...]:
    return sheet.columns if isinstance(sheet, Sheet) else ()


def _columns(worksheet: Worksheet, sheet: Sheet) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        dimension = worksheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        dimension.hidden = column.hidden


def _protect(worksheet: Worksheet) -> None:
    protection = worksheet.protection
    protection.sheet = True
    # False is "not forbidden": a reader may still sort, filter and widen.
    protection.sort = protection.autoFilter = False
    protection.formatColumns = protection.formatRows = False


def _table(sheet: Sheet, streamed: Streamed) -> Table:
    last = get_column_letter(streamed.last_column)
    table = Table(
        displayName=sheet.table_name,
        name=sheet.table_name,
        ref=f"A1:{last}{streamed.last_row}",
        totalsRowCount=1 if sheet.has_totals else None,
        totalsRowShown=None if sheet.has_totals else False,
        tableStyleInfo=TableStyleInfo(name=styles.TABLE_STYLE, showRowStripes=True),
    )
    # The filter leaves the totals row out.
    table.autoFilter = AutoFilter(ref=f"A1:{last}{streamed.last_row - sheet.has_totals}")
    # Named here: openpyxl would otherwise create every cell of the range to find the headers.
    table.tableColumns = [
        _table_column(sheet, column, number) for number, column in enumerate(sheet.columns, 1)
    ]
    return table


def _table_column(sheet: Sheet, column: Column, number: int) -> TableColumn:
    made = TableColumn(id=number, name=column.header)
    if sheet.has_totals and column.total in _TOTALS:
        made.totalsRowFunction = _TOTALS[column.total]
    elif sheet.has_totals and total_label(number, column):
        made.totalsRowLabel = TOTAL_LABEL
    return made


def _add_rule(worksheet: Worksheet, column: Column, area: str, late: str | None) -> None:
    """Put the rule of the column on its area; ``late`` is the test for an overdue date."""
    add = worksheet.conditional_formatting.add
    if column.rule is Rule.RAG:
        for word, (background, ink) in styles.RAG_COLOURS.items():
            add(area, _marked("cellIs", f'"{word}"', background, ink))
    elif column.rule is Rule.DATA_BAR:
        ends = [FormatObject(type="num", val=0), FormatObject(type="num", val=1)]
        bar = DataBar(cfvo=ends, color=Color(styles.BAR_COLOUR))
        add(area, FormattingRule(type="dataBar", dataBar=bar))
    elif column.rule is Rule.OVERDUE and late is not None:
        add(area, _marked("expression", late, *styles.OVERDUE_COLOURS))


def _marked(
    kind: Literal["cellIs", "expression"], formula: str, background: str, ink: str
) -> FormattingRule:
    return FormattingRule(
        type=kind,
        operator="equal" if kind == "cellIs" else None,
        formula=[formula],
        dxf=DifferentialStyle(font=Font(color=ink), fill=styles.solid(background)),
    )


def _late_test(sheet: Sheet, column: Column, letter: str, cutoff: date | None) -> str | None:
    """The formula for a date that has passed while nothing says that it is done."""
    if cutoff is None:
        return None
    test = f"ISNUMBER({letter}2),{letter}2<{date_text(cutoff)}"
    if column.rule_unless is not None:
        other = get_column_letter(sheet.index(column.rule_unless) + 1)
        words_of_done = [f',{other}2<>"{word}"' for word in column.rule_done]
        test += "".join(words_of_done) or f",LEN({other}2)=0"
    return f"AND({test})"


def _anchor(side: Placement, place: int, streamed: Streamed) -> str:
    """The cell where the chart begins; ``place`` counts the charts on that side."""
    if side is Placement.RIGHT:
        row = _row_below(streamed.lines, place * _CHART_ROWS)
        return f"{get_column_letter(streamed.last_column + 2)}{row}"
    # From the second column: the first one is frozen and would cut the chart in two.
    return f"B{streamed.last_row + 2 + place * _CHART_ROWS}"


def _row_below(lines: Sequence[int], wanted: int) -> int:
    """The first row that has so many lines above it, from the second row on."""
    row = 2
    for taken in lines:
        if wanted <= 0:
            return row
        wanted -= min(taken, int(heights.MAX_HEIGHT / heights.LINE))
        row += 1
    return row + max(wanted, 0)

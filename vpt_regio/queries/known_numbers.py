"""The numbers that a half-year knows, as tables that a letter can be held against."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.letter_document import LetterTable
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.queries.figure_tables import FigureTable, figure_tables
from vpt_regio.queries.snapshots import manifest_of, read_lines
from vpt_regio.queries.workbook_results import known_on

FIGURES, SHEETS = 1, 2
MOST_ROWS = 60
"""A sheet with more rows has no row that a letter names by its label."""

_KINDS = {"integer", "decimal", "number", "money", "percent", "exact_percent"}
_LABELS = {"text", "long_text"}


def known_tables(period: ReportingPeriod, snapshot: Snapshot | None) -> list[LetterTable]:
    """Return the figure sets as the half-year knew them, and the sheets of its frozen version."""
    figures = figure_tables(period.programme, as_of=known_on(period))
    tables = [table for table in map(of_figures, figures) if table is not None]
    return [*tables, *(of_snapshot(snapshot) if snapshot is not None else [])]


def of_figures(table: FigureTable) -> LetterTable | None:
    """Return a figure set with a column for each period; None when nothing is known of it."""
    rows = [("", *(period.label for period in table.periods))]
    for category in table.categories:
        cells = [table.cell(category.id, period.id) for period in table.periods]
        values = [
            _written(cell.value) if cell.value is not None and cell.is_exact else ""
            for cell in cells
        ]
        rows.append((category.name, *values))
    if not any(value for row in rows[1:] for value in row[1:]):
        return None
    title = table.figure_set.title
    unit = {"percent": " (%)", "euro": " (€)"}.get(table.figure_set.unit.value, "")
    return LetterTable(
        tuple(rows), title=f"{title}{unit}", origin=f"cijferreeks ‘{title}’", rank=FIGURES
    )


def of_snapshot(snapshot: Snapshot) -> list[LetterTable]:
    """Return the sheets of a frozen half-year of which each row has a label of its own."""
    declared = manifest_of(snapshot).get("workbook", {}).get("sheets", [])
    found = []
    for sheet in declared:
        if sheet.get("text"):
            continue
        lines = [line["cells"] for line in read_lines(snapshot, f"sheet:{sheet['key']}")]
        table = of_sheet(sheet["title"], sheet["columns"], lines)
        if table is not None:
            found.append(table)
    return found


def of_sheet(
    title: str, columns: Sequence[dict[str, Any]], lines: Iterable[Sequence[Any]]
) -> LetterTable | None:
    """Return a sheet as a table of its numbers; None when its rows cannot be told apart."""
    rows = list(lines)
    label = next((n for n, one in enumerate(columns) if one["kind"] in _LABELS), None)
    numeric = [n for n, one in enumerate(columns) if one["kind"] in _KINDS]
    if label is None or not numeric or not 1 <= len(rows) <= MOST_ROWS:
        return None
    names = [str(row[label] or "") for row in rows]
    if len(set(names)) < len(names):
        return None
    header = ("", *(_header(columns[n]) for n in numeric))
    body = [
        (name, *(_cell(row[n], columns[n]["kind"]) for n in numeric))
        for name, row in zip(names, rows, strict=True)
    ]
    return LetterTable((header, *body), title=title, origin=f"werkblad ‘{title}’", rank=SHEETS)


def _header(column: dict[str, Any]) -> str:
    return str(column["header"])


def _cell(value: Any, kind: str) -> str:
    """Return a plain value of a snapshot as a letter would print it: cents as euros."""
    number = _number(value)
    if number is None:
        return ""
    if kind == "money":
        return f"€ {_written(number / 100)}"
    return f"{_written(number * 100)}%" if kind.endswith("percent") else _written(number)


def _number(value: Any) -> Fraction | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, dict):
        text = next((v for k, v in value.items() if k in ("fraction", "decimal")), None)
        return Fraction(text) if text is not None else None
    return None


def _written(value: Fraction) -> str:
    for decimals in range(5):
        rounded = round_half_up(value, decimals)
        if Fraction(rounded) == value:
            break
    return f"{rounded:f}".replace(".", ",")

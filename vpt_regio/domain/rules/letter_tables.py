"""Tables of a letter as numbers with a row, a column and a period; and series that run in time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vpt_regio.domain.rules.letter_document import LetterTable
from vpt_regio.domain.rules.letter_masks import period_key, periods_in
from vpt_regio.domain.rules.letter_numbers import NumberUnit

_CELL = re.compile(
    r"""
    (?P<euro>€|EUR)?[ ]?(?P<sign>[-−+])?
    (?P<whole>[1-9][0-9]{0,2}(?:[. ][0-9]{3})+|[0-9]+)
    (?:,(?P<decimals>[0-9]+)|,[-–−=]{1,2})?
    [ ]?(?P<percent>%|procent)?[ ]?(?:euro)?[ ]?[*†]*
    """,
    re.VERBOSE,
)
_TOTAL = re.compile(r"(?:eind|sub)?tota(?:al|len)\b.*|som|samen|gezamenlijk", re.IGNORECASE)
_SUBTOTAL = re.compile(r"subtota(?:al|len)\b|waarvan\b|\bw\.?o\.", re.IGNORECASE)
_THOUSANDS = re.compile(r"x ?1[. ]?000\b|in duizenden", re.IGNORECASE)
_MILLIONS = re.compile(r"x ?(?:1 ?)?(?:mln|miljoen)|in (?:mln|miljoenen)", re.IGNORECASE)
_PERCENT = re.compile(r"%|procent|percentage", re.IGNORECASE)
_EURO = re.compile(r"€|\beuro|bedrag|kosten|budget|subsidie", re.IGNORECASE)


@dataclass(frozen=True)
class Grid:
    """A table that was understood: labels, headers, and a number or None for each cell."""

    title: str
    origin: str
    rank: int
    headers: tuple[str, ...]
    labels: tuple[str, ...]
    values: tuple[tuple[Fraction | None, ...], ...]
    units: tuple[tuple[NumberUnit, ...], ...]
    steps: tuple[tuple[Fraction, ...], ...]

    def column(self, index: int) -> tuple[Fraction | None, ...]:
        return tuple(row[index] for row in self.values)

    def where(self, row: int, column: int) -> str:
        """Return in Dutch where a cell stands."""
        return f"{self.origin}, rij ‘{self.labels[row]}’, kolom ‘{self.headers[column]}’"


@dataclass(frozen=True)
class Point:
    """One number of a series, in a period."""

    key: str
    label: str
    value: Fraction
    order: tuple[int, int, str]


@dataclass(frozen=True)
class Series:
    """Numbers of one subject over periods, the oldest first."""

    label: str
    points: tuple[Point, ...]
    unit: NumberUnit
    origin: str
    rank: int
    context: str

    def at(self, key: str) -> Point | None:
        """Return the number of a period; a month or a day stands for its year."""
        for point in self.points:
            if point.key == key:
                return point
        year = key[:4]
        is_part = re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", key)
        return next((one for one in self.points if is_part and one.key == year), None)

    def before(self, point: Point, steps: int) -> Point | None:
        place = self.points.index(point) - steps
        return self.points[place] if place >= 0 else None

    def named(self, *points: Point) -> str:
        """Return in Dutch where these numbers stand."""
        columns = " en ".join(f"‘{point.label}’" for point in points)
        return f"{self.origin}, ‘{self.label}’, {columns}"


def is_total(label: str) -> bool:
    return bool(_TOTAL.match(label.strip()))


def is_subtotal(label: str) -> bool:
    return bool(_SUBTOTAL.search(label))


def cell_number(text: str) -> tuple[Fraction, NumberUnit, Fraction] | None:
    """Return the number of a cell with its unit and one unit of its last digit."""
    match = _CELL.fullmatch(re.sub(r"[\s\u00a0\u202f\u2009]+", " ", text).strip())
    if match is None:
        return None
    decimals = match["decimals"] or ""
    value = Fraction(re.sub(r"[. ]", "", match["whole"]) + (f".{decimals}" if decimals else ""))
    if match["sign"] in ("-", "−"):
        value = -value
    unit = NumberUnit.EURO if match["euro"] else NumberUnit.COUNT
    if match["percent"]:
        unit = NumberUnit.PERCENT
    return value, unit, Fraction(1, 10 ** len(decimals))


def grid_of(table: LetterTable) -> Grid | None:
    """Return what a table says, or None when it has no row of numbers under a header."""
    width = max((len(row) for row in table.rows), default=0)
    if width < 2:
        return None
    rows = [_padded(row, width) for row in table.rows]
    first = next((place for place, row in enumerate(rows) if _is_body(row, place)), None)
    if first is None or first == 0:
        return None
    body = [row for row in rows[first:] if any(cell_number(cell) for cell in row[1:])]
    numeric = _numeric_columns(body, width)
    if not numeric:
        return None
    headers = [" ".join(row[i] for row in rows[:first] if row[i]).strip() for i in range(width)]
    named = [i for i in range(width) if i not in numeric]
    title = " ".join([table.title, *(headers[i] for i in named)]).strip()
    factor = _factor(" ".join([table.title, *headers]))
    cells = [[cell_number(row[i]) for i in numeric] for row in body]
    return Grid(
        title=title,
        origin=table.origin,
        rank=table.rank,
        headers=tuple(headers[i] for i in numeric),
        labels=tuple(" ".join(row[i] for i in named if row[i]).strip() for row in body),
        values=tuple(tuple(c[0] * factor if c else None for c in row) for row in cells),
        units=tuple(
            tuple(
                _unit(c[1] if c else NumberUnit.COUNT, f"{headers[i]} {label} {table.title}")
                for c, i in zip(row, numeric, strict=True)
            )
            for row, label in zip(cells, (row[0] for row in body), strict=True)
        ),
        steps=tuple(tuple(c[2] * factor if c else Fraction(1) for c in row) for row in cells),
    )


def _padded(row: Sequence[str], width: int) -> list[str]:
    """Return a row as wide as the table; a short one lacks its corner."""
    cells = [" ".join(cell.split()) for cell in row]
    return [""] * (width - len(cells)) + cells


def _is_body(row: Sequence[str], place: int) -> bool:
    numbers = [cell for cell in row[1:] if cell_number(cell)]
    is_header = place == 0 and all(period_key(cell) for cell in row[1:] if cell)
    return bool(numbers) and not is_header


def _numeric_columns(body: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the columns that hold numbers and nothing but numbers and blanks."""
    found = []
    for column in range(width):
        filled = [row[column] for row in body if row[column] not in ("", "-", "–", "−")]
        read = [cell for cell in filled if cell_number(cell)]
        years = [cell for cell in filled if period_key(cell)]
        if column == 0 and len(years) == len(filled):
            continue
        if read and len(read) * 2 > len(filled):
            found.append(column)
    return found if len(found) < width else found[1:]


def _unit(unit: NumberUnit, around: str) -> NumberUnit:
    if unit is not NumberUnit.COUNT:
        return unit
    if _PERCENT.search(around):
        return NumberUnit.PERCENT
    return NumberUnit.EURO if _EURO.search(around) else unit


def _factor(text: str) -> int:
    if _THOUSANDS.search(text):
        return 1000
    return 10**6 if _MILLIONS.search(text) else 1


def series_of(grid: Grid) -> list[Series]:
    """Return the rows of a grid as series when its columns are periods, or the other way round."""
    columns = [period_key(header) for header in grid.headers]
    if sum(key is not None for key in columns) >= 2:
        return [
            _series(grid, label, grid.headers, grid.values[row], grid.units[row])
            for row, label in enumerate(grid.labels)
        ]
    rows = [period_key(label) for label in grid.labels]
    if sum(key is not None for key in rows) >= 2:
        return [
            _series(
                grid,
                header,
                grid.labels,
                grid.column(column),
                tuple(row[column] for row in grid.units),
            )
            for column, header in enumerate(grid.headers)
        ]
    return []


def _series(
    grid: Grid,
    label: str,
    headings: Sequence[str],
    values: Sequence[Fraction | None],
    units: Sequence[NumberUnit],
) -> Series:
    points = []
    for heading, value in zip(headings, values, strict=True):
        if value is None or period_key(heading) is None:
            continue
        period = periods_in(heading)[0]
        points.append(Point(period.key, heading, value, (period.first, period.last, period.key)))
    points.sort(key=lambda point: point.order)
    context = " ".join([grid.title, *grid.labels, *grid.headers])
    return Series(label, tuple(points), units[0], grid.origin, grid.rank, context)

"""Tables of a letter as numbers with a row, a column and a period; and series that run in time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vpt_regio.domain.rules.letter_document import LetterTable
from vpt_regio.domain.rules.letter_masks import period_key, periods_in
from vpt_regio.domain.rules.letter_numbers import NumberUnit
from vpt_regio.domain.rules.letter_words import stems

_CELL = re.compile(
    r"""
    (?P<before>[-−–+])?[ ]?(?P<euro>€|EUR)?[ ]?(?P<sign>[-−–+])?[ ]?
    (?P<whole>[1-9][0-9]{0,2}(?:[. ][0-9]{3})+|[0-9]+)
    (?:,(?P<decimals>[0-9]+)|,[-–−=]{1,2})?
    [ ]?(?:(?P<points>(?:%|procent)-?[ ]?punt(?:en)?)|(?P<percent>%|procent))?
    [ ]?(?:euro)?[ ]?[*†¹²³]*
    """,
    re.VERBOSE,
)
_TOTAL = re.compile(r"(?:eind|sub)?tota(?:al|len)\b.*|som|samen|gezamenlijk", re.IGNORECASE)
_TOTAL_LAST = re.compile(r"(?<!van )(?<!het )\btotaal$", re.IGNORECASE)
_PART = re.compile(r"waarvan\b|\bw\.?o\.", re.IGNORECASE)
_SUBTOTAL = re.compile(r"subtota(?:al|len)\b|waarvan\b|\bw\.?o\.", re.IGNORECASE)
_THOUSANDS = re.compile(
    r"[x×] ?(?:€ ?)?1[. ]?000\b|[x×] ?duizend|\bin duizend(?:en|tallen)", re.IGNORECASE
)
_MILLIONS = re.compile(
    r"[x×] ?(?:€ ?)?(?:1 ?)?(?:mln|miljoen)|\bin (?:€ ?|euro )?(?:mln|miljoen(?:en)?)\b|"
    r"[(€] ?(?:€ ?)?(?:mln|miljoen)|[x×] ?(?:€ ?)?1[. ]000[. ]000\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"%|procent|percentage|\baandeel\b|(?:bezettings|dekkings)graad", re.IGNORECASE
)
_EURO = re.compile(
    r"€|\beuro|bedrag|kosten|budget|\bsubsidies?\b|uitgaven|inkomsten", re.IGNORECASE
)
_IN_EURO = re.compile(r"\b(?:in|x) (?:duizenden |miljoenen )?(?:€|euro)|€|bedragen", re.IGNORECASE)


@dataclass(frozen=True)
class Grid:
    """A table that was understood: labels, headers, and a number or None for each cell.

    `texts` are the cells as they are printed; `counted` is the header above the labels, which
    says what the rows are.
    """

    title: str
    origin: str
    rank: int
    headers: tuple[str, ...]
    labels: tuple[str, ...]
    values: tuple[tuple[Fraction | None, ...], ...]
    units: tuple[tuple[NumberUnit, ...], ...]
    steps: tuple[tuple[Fraction, ...], ...]
    texts: tuple[tuple[str, ...], ...] = ()
    counted: str = ""

    def column(self, index: int) -> tuple[Fraction | None, ...]:
        return tuple(row[index] for row in self.values)

    def name(self, row: int, column: int) -> str:
        """Return a cell as it reads, with the names of its row and column."""
        label = self.labels[row] or self.title or self.origin
        names = ", ".join(one for one in (label, self.headers[column]) if one)
        return f"{self.texts[row][column]} ({names})"

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
    name = re.sub(r"\(.*\)", "", label).strip()
    return bool(_TOTAL.match(name) or _TOTAL_LAST.search(name))


def is_part(label: str) -> bool:
    """Tell whether a row is a part of the one above it."""
    return bool(_PART.match(label.strip(" -–•")))


def is_subtotal(label: str) -> bool:
    return bool(_SUBTOTAL.search(label))


def cell_number(text: str) -> tuple[Fraction, NumberUnit, Fraction] | None:
    """Return the number of a cell with its unit and one unit of its last digit."""
    match = _CELL.fullmatch(re.sub(r"[\s\u00a0\u202f\u2009]+", " ", text).strip())
    if match is None:
        return None
    decimals = match["decimals"] or ""
    value = Fraction(re.sub(r"[. ]", "", match["whole"]) + (f".{decimals}" if decimals else ""))
    if (match["sign"] or match["before"]) in ("-", "−", "–"):
        value = -value
    unit = NumberUnit.EURO if match["euro"] else NumberUnit.COUNT
    if match["percent"] or match["points"]:
        unit = NumberUnit.PERCENT if match["percent"] else NumberUnit.POINTS
    return value, unit, Fraction(1, 10 ** len(decimals))


def grid_of(table: LetterTable) -> Grid | None:
    """Return what a table says, or None when it has no row of numbers under a header."""
    width = max((len(row) for row in table.rows), default=0)
    if width < 2:
        return None
    rows = [_padded(row, width, is_first=not at) for at, row in enumerate(table.rows)]
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
    cells = [
        [_cell(row[i], headers[i], row[0], table.title, headers) for i in numeric] for row in body
    ]
    return Grid(
        title=title,
        origin=table.origin,
        rank=table.rank,
        headers=tuple(headers[i] for i in numeric),
        labels=tuple(" ".join(row[i] for i in named if row[i]).strip() for row in body),
        values=tuple(tuple(c[0] if c else None for c in row) for row in cells),
        units=tuple(tuple(c[1] if c else NumberUnit.COUNT for c in row) for row in cells),
        steps=tuple(tuple(c[2] if c else Fraction(1) for c in row) for row in cells),
        texts=tuple(tuple(row[i] for i in numeric) for row in body),
        counted=headers[named[0]] if named else "",
    )


def _cell(
    text: str, header: str, label: str, title: str, headers: Sequence[str]
) -> tuple[Fraction, NumberUnit, Fraction] | None:
    """Return the number of a cell as its column and the title say that it is meant."""
    found = cell_number(text)
    if found is None:
        return None
    value, unit, step = found
    unit = _unit(unit, f"{header} {label}", title, headers)
    if unit in (NumberUnit.PERCENT, NumberUnit.POINTS):
        return value, unit, step
    factor = max(_factor(header), _factor(title))
    return value * factor, unit, step * factor


def _padded(row: Sequence[str], width: int, *, is_first: bool) -> list[str]:
    """Return a row as wide as the table: a short header lacks its corner, a row its last cells."""
    cells = [" ".join(cell.split()) for cell in row]
    lacking = [""] * (width - len(cells))
    is_header = is_first or not any(cell_number(cell) for cell in cells[1:])
    return lacking + cells if is_header else cells + lacking


def _is_body(row: Sequence[str], place: int) -> bool:
    numbers = [cell for cell in row[1:] if cell_number(cell)]
    is_header = place == 0 and all(period_key(cell) for cell in numbers)
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


def _unit(unit: NumberUnit, around: str, title: str, headers: Sequence[str]) -> NumberUnit:
    """Return what a cell counts; a title speaks for a column of which no header says it."""
    if unit is not NumberUnit.COUNT:
        return unit
    if _PERCENT.search(around):
        return NumberUnit.PERCENT
    if _EURO.search(around):
        return NumberUnit.EURO
    if any(_PERCENT.search(one) or _EURO.search(one) for one in headers):
        return unit
    if re.search(r"%|percentages?\b|in procenten", title, re.IGNORECASE):
        return NumberUnit.PERCENT
    return NumberUnit.EURO if _IN_EURO.search(title) else unit


def _factor(text: str) -> int:
    if _THOUSANDS.search(text):
        return 1000
    return 10**6 if _MILLIONS.search(text) else 1


_DERIVED = re.compile(
    r"versch(?:il|illen)|verander|mutatie|toename|afname|groei|daling|stijging|ontwikkeling|index|"
    r"t\.?o\.?v\.?|ten opzichte",
    re.IGNORECASE,
)


def is_derived(header: str) -> bool:
    """Tell whether a column is named after what was computed from the others."""
    return bool(_DERIVED.search(header))


def period_groups(headers: Sequence[str]) -> dict[tuple[str, ...], list[int]]:
    """Return which headers name the same in different periods, by what they name."""
    found: dict[tuple[str, ...], list[int]] = {}
    for place, header in enumerate(headers):
        if period_key(header) is None or is_derived(header):
            continue
        rest = header
        for period in reversed(periods_in(header)):
            rest = rest[: period.start] + rest[period.end :]
        found.setdefault(stems(rest), []).append(place)
    return {name: places for name, places in found.items() if len(places) > 1}


def series_of(grid: Grid) -> list[Series]:
    """Return the rows of a grid as series when its columns are periods, or the other way round."""
    groups = period_groups(grid.headers)
    if groups:
        return [
            _series(grid, label, [(grid.headers[i], row, i) for i in places])
            for row, label in enumerate(grid.labels)
            for places in groups.values()
        ]
    rows = [row for row, label in enumerate(grid.labels) if period_key(label) is not None]
    if len(rows) >= 2:
        return [
            _series(grid, header, [(grid.labels[row], row, column) for row in rows])
            for column, header in enumerate(grid.headers)
        ]
    return []


def _series(grid: Grid, label: str, places: Sequence[tuple[str, int, int]]) -> Series:
    points = []
    for heading, row, column in places:
        value = grid.values[row][column]
        if value is not None:
            period = periods_in(heading)[0]
            points.append(
                Point(period.key, heading, value, (period.first, period.last, period.key))
            )
    points.sort(key=lambda point: point.order)
    context = " ".join([grid.title, *grid.labels, *grid.headers])
    _, row, column = places[0]
    unit = grid.units[row][column]
    return Series(label, tuple(points), unit, grid.origin, grid.rank, context)

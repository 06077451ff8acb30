"""The declaration of a workbook: sheets, columns, totals, rules and charts.

A column is declared once here and serves writing, reading, field names and documentation.
``key`` is the English name, ``header`` the Dutch text in row 1, which is a contract with readers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Any, Final, NamedTuple

# Excel's own limits; a declaration that breaks them gives a file that Excel "repairs".
MAX_SHEET_TITLE: Final = 31
MAX_HEADER: Final = 255
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
_TITLE_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]|^'|'$")


class Kind(StrEnum):
    """What the values of a column are.

    In every kind ``None`` is an empty cell, a boolean is shown as "ja" or "nee", and a ``str``
    is written as text ("n.v.t." in a column of counts, "niet in bron" in a column of dates).
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"  # shown with two decimals
    NUMBER = "number"  # shown as it is: 12 or 12,5
    MONEY = "money"  # whole cents in, euros out
    PERCENT = "percent"  # a fraction: 0.25 is shown as 25%
    EXACT_PERCENT = "exact_percent"  # a fraction with one decimal: 0.427 is shown as 42,7%
    DATE = "date"
    LINK = "link"  # an http(s) or mailto address, shown as "Open"
    MIXED = "mixed"  # each value is Typed: a column of measured values has many units


class Typed(NamedTuple):
    """A value of a MIXED column, with its own kind."""

    kind: Kind
    value: object


class Marked(NamedTuple):
    """A value as somebody typed it, whatever its column asks: of any type, right or wrong.

    ``kind`` is that of the cell where the column is MIXED.
    """

    value: object
    is_wrong: bool = False
    kind: Kind | None = None


class Total(StrEnum):
    """What stands below a column in the totals row; the first column says "Totaal" by itself."""

    SUM = "sum"
    COUNT = "count"  # counts the cells that are not empty
    LABEL = "label"


class Rule(StrEnum):
    """A conditional format over the whole column."""

    RAG = "rag"  # groen, oranje, rood
    DATA_BAR = "data_bar"  # 0 to 1
    OVERDUE = "overdue"  # a date before Workbook.cutoff


class Placement(StrEnum):
    """Where a chart stands relative to the table of its sheet."""

    RIGHT = "right"
    BELOW = "below"


class TextStyle(StrEnum):
    """How a line of a text sheet looks."""

    TITLE = "title"
    HEADING = "heading"
    NORMAL = "normal"


class Allowed(StrEnum):
    """What the program of a person lets them type in a cell."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"
    LENGTH = "textLength"


@dataclass(frozen=True)
class Limits:
    """The bounds, both included, of what may be typed; ``message`` is shown for what is not."""

    allowed: Allowed
    low: int | date
    high: int | date
    message: str

    def __post_init__(self) -> None:
        if len(self.message) > MAX_HEADER:
            raise ValueError(f"message {self.message!r} is longer than {MAX_HEADER} characters")


@dataclass(frozen=True)
class Choices:
    """The words that may be chosen in a column, made from the source.

    ``place`` names the sheet and the column (keys) that hold them from the first row on, for
    lists that are too long for a rule of a cell.
    """

    words: Callable[[Any], Sequence[str]]
    place: tuple[str, str] | None = None


@dataclass(frozen=True)
class Column:
    """One column of a data sheet.

    ``get`` takes a row and gives the value; ``note`` gives the text of a cell note, if any.
    ``formula`` stands beside a known value: ``"{advance}-{spent}"`` names columns of the row.
    ``rule_unless`` names a column: an OVERDUE date is not marked while that column is filled,
    or, with ``rule_done``, while it holds one of those words.
    ``parse``, ``check`` and ``required`` are for reading a filled-in file. ``parse`` takes a
    ``RawCell`` that is not blank and gives the value or raises Invalid; ``check`` takes that value
    and gives a Dutch message, or an Invalid with ``params``, if it may not be. A required column
    must be there and be filled in every row; one that is ``expected`` must be there; another may
    be missing and is then blank. ``editable`` is about the rows of the source, ``open`` about the
    open rows below them. ``choices`` and ``limits`` help who fills in the file in a spreadsheet.
    """

    key: str
    header: str
    kind: Kind
    width: float
    get: Callable[[Any], object]
    editable: bool = False
    total: Total | None = None
    rule: Rule | None = None
    rule_unless: str | None = None
    rule_done: tuple[str, ...] = ()
    formula: str | None = None
    note: Callable[[Any], str | None] | None = None
    parse: Callable[..., Any] | None = None
    check: Callable[..., Any] | None = None
    required: bool = False
    expected: bool = False
    hidden: bool = False
    open: bool = False
    choices: Choices | None = None
    limits: Callable[[Any], Limits] | None = None

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"column key {self.key!r} is not a plain English name")
        if not self.header or self.header != self.header.strip() or not self.header.isprintable():
            raise ValueError(f"header {self.header!r} is blank, padded or holds control characters")
        if len(self.header) > MAX_HEADER:
            raise ValueError(f"header {self.header!r} is longer than {MAX_HEADER} characters")
        summable = {Kind.INTEGER, Kind.DECIMAL, Kind.NUMBER, Kind.MONEY}
        if self.total is Total.SUM and self.kind not in summable:
            raise ValueError(f"column {self.key!r} of kind {self.kind} cannot be summed")
        if self.formula and self.kind not in {*summable, Kind.PERCENT}:
            raise ValueError(f"column {self.key!r} of kind {self.kind} cannot hold a formula")

    def formula_columns(self) -> list[str]:
        """The keys of the columns that the formula names."""
        return [name for _, name, _, _ in Formatter().parse(self.formula or "") if name]


@dataclass(frozen=True)
class Chart:
    """A native bar chart over columns of its own sheet.

    With ``split`` each run of rows with the same value in that column gets a chart of its own,
    with that value as its title; of more than ``most`` runs the first ones.
    """

    title: str
    category: str
    series: tuple[str, ...]
    split: str | None = None
    most: int = 40
    kind: str = "bar"
    placement: Placement = Placement.BELOW

    def __post_init__(self) -> None:
        if self.kind != "bar":
            raise ValueError(f"chart kind {self.kind!r} is unknown; only 'bar' exists")
        if not self.series:
            raise ValueError(f"chart {self.title!r} has no series")


@dataclass(frozen=True)
class Sheet:
    """A data sheet: header in row 1, rows from row 2, all of it one Excel table ``tbl_<key>``.

    ``rows`` may be a generator: it is read once and never held in memory.
    ``when`` says whether the sheet belongs in the file for this source (always, if not given).
    Below the rows stand ``open_rows`` blank ones. A protected sheet has no password.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Any], Iterable[Any]]
    charts: tuple[Chart, ...] = ()
    when: Callable[[Any], bool] | None = None
    hidden: bool = False
    protected: bool = False
    open_rows: int = 0

    def __post_init__(self) -> None:
        check_sheet_name(self.key, self.title)
        if not self.columns:
            raise ValueError(f"sheet {self.title!r} has no columns")
        keys = [column.key for column in self.columns]
        # Excel compares the headers of a table without regard to case.
        headers = [column.header.casefold() for column in self.columns]
        for names in (keys, headers):
            if len(set(names)) != len(names):
                raise ValueError(f"sheet {self.title!r} uses a column name twice")
        used = {key for chart in self.charts for key in (chart.category, *chart.series)}
        used |= {chart.split for chart in self.charts if chart.split}
        used |= {column.rule_unless for column in self.columns if column.rule_unless}
        used |= {key for column in self.columns for key in column.formula_columns()}
        if unknown := sorted(used.difference(keys)):
            raise ValueError(f"sheet {self.title!r} has no columns {', '.join(unknown)}")

    @property
    def table_name(self) -> str:
        """The name of the Excel table, part of the contract."""
        return f"tbl_{self.key}"

    @property
    def has_totals(self) -> bool:
        """Whether the table ends with a totals row."""
        return any(column.total in {Total.SUM, Total.COUNT} for column in self.columns)

    def index(self, key: str) -> int:
        """The zero-based place of the column with this key."""
        return [column.key for column in self.columns].index(key)


@dataclass(frozen=True)
class TextRow:
    """A line of a text sheet: a label in the first column, a value in the second.

    ``link`` is the key of a sheet of the same workbook, or an http(s) or mailto address.
    It stands on the value, or on the label when there is no value.
    """

    label: str
    value: object = None
    kind: Kind = Kind.TEXT
    link: str | None = None
    style: TextStyle = TextStyle.NORMAL


@dataclass(frozen=True)
class TextSheet:
    """A sheet that explains; with ``contents`` it ends with links to all the other sheets."""

    key: str
    title: str
    lines: Callable[[Any], Iterable[TextRow]]
    contents: bool = False
    when: Callable[[Any], bool] | None = None
    hidden: bool = False
    protected: bool = False

    def __post_init__(self) -> None:
        check_sheet_name(self.key, self.title)


@dataclass(frozen=True)
class Properties:
    """What the document says about itself beside its title."""

    subject: str = ""
    description: str = ""
    keywords: str = ""
    category: str = ""


@dataclass(frozen=True)
class Workbook:
    """A whole file.

    ``cutoff`` gives the date before which an OVERDUE date is marked; without it nothing is.
    ``page_header`` is printed at the top of every page.
    """

    key: str
    title: Callable[[Any], str]
    sheets: tuple[Sheet | TextSheet, ...]
    properties: Callable[[Any], Properties] | None = None
    cutoff: Callable[[Any], date | None] | None = None
    page_header: Callable[[Any], str] | None = None

    def __post_init__(self) -> None:
        keys = [sheet.key for sheet in self.sheets]
        titles = [sheet.title.casefold() for sheet in self.sheets]
        for names in (keys, titles):
            if len(set(names)) != len(names):
                raise ValueError(f"workbook {self.key!r} uses a sheet name twice")

    def sheets_for(self, source: Any) -> list[Sheet | TextSheet]:
        """The sheets that belong in the file made from this source, in order."""
        return [sheet for sheet in self.sheets if sheet.when is None or sheet.when(source)]


def check_sheet_name(key: str, title: str) -> None:
    """Raise ValueError if Excel would refuse the name of the sheet or of its table."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"sheet key {key!r} is not a plain English name")
    if not title or len(title) > MAX_SHEET_TITLE or _TITLE_FORBIDDEN.search(title):
        raise ValueError(f"sheet title {title!r} is not allowed by Excel")

"""How high a row must be for its wrapped text, for viewers that do not work it out themselves.

Excel keeps the height that it finds, so it is an estimate on the generous side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from vpt_regio.workbooks.spec import Kind, Sheet, Typed

LINE: Final = 15.0  # points, for 11-point text
MAX_HEIGHT: Final = 409.0  # the highest row that Excel knows
_EDGES: Final = 2  # characters that the indent and the edges of a cell take
_SHORT: Final = 300  # longer texts are not worth counting word by word
_BUTTON: Final = 3  # characters that the filter button of a header takes
_WRAPPED: Final = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.MIXED})

Widths = Sequence[tuple[int, int]]


def wrapped_widths(sheet: Sheet) -> Widths:
    """The columns with wrapped text: zero-based place and characters on a line."""
    return [
        (place, max(1, int(column.width) - _EDGES))
        for place, column in enumerate(sheet.columns)
        if column.kind in _WRAPPED
    ]


def lines_in_row(values: Sequence[object], widths: Widths) -> int:
    """How many lines the longest text of a row takes."""
    most = 1
    for place, width in widths:
        value = values[place]
        if type(value) is Typed:
            value = value.value if value.kind is Kind.LONG_TEXT else None
        if type(value) is str and (len(value) > width or "\n" in value):
            most = max(most, lines_in(value, width))
    return most


def lines_in(text: str, width: int) -> int:
    """How many lines a text takes."""
    return sum(_lines_of(line, width) for line in text.split("\n"))


def _lines_of(line: str, width: int) -> int:
    if len(line) <= width:
        return 1
    if len(line) <= _SHORT:
        return _lines_of_words(line, width)
    # a tenth is lost because lines break between words
    return -(-len(line) * 11 // (width * 10))


def lines_in_header(sheet: Sheet) -> int:
    """How many lines the header takes."""
    widths = [max(1, int(column.width) - _BUTTON) for column in sheet.columns]
    headers = [column.header for column in sheet.columns]
    return max(_lines_of_words(*pair) for pair in zip(headers, widths, strict=True))


def _lines_of_words(text: str, width: int) -> int:
    """Lines break between words, and within a word that is longer than a line."""
    lines, left = 1, width
    for word in text.split(" "):
        if len(word) > left and left < width:
            lines, left = lines + 1, width
        lines += (len(word) - 1) // width
        left -= len(word) % width + 1
    return lines


def stretched(row: str, lines: int, *, line: float = LINE) -> str:
    """The XML of a row with room for a number of lines; one line needs no more than it has."""
    if lines <= 1 and line == LINE:
        return row
    return row.replace("<row ", f'<row ht="{min(lines * line, MAX_HEIGHT):g}" ', 1)


def lines_in_texts(texts: Iterable[tuple[object, int]]) -> int:
    """How many lines the longest of some texts takes, each on lines of its own width."""
    return max((lines_in(text, width) for text, width in texts if type(text) is str), default=1)

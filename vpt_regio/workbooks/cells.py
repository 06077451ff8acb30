"""Values become cells: one renderer for each column, made once and called for every row.

A renderer with its prefix ready is faster than one that looks up the kind for every cell.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import Final

from openpyxl.utils import get_column_letter

from vpt_regio.workbooks import text
from vpt_regio.workbooks.spec import Column, Kind, Total
from vpt_regio.workbooks.styles import Place, StyleIds

# Takes a value and the row number as text, gives the XML of the cell.
Renderer = Callable[[object, str], str]
# Takes a cell reference ("B7") and the text to put there.
Annotate = Callable[[str, str], None]

LINK_TEXT: Final = "Open"
LINK_SCHEMES: Final = ("https://", "http://", "mailto:")
MAX_LINK: Final = 2079  # Excel's limit for an address
# Excel counts days from here; the day it wrongly puts in 1900 makes earlier dates useless.
_EPOCH: Final = date(1899, 12, 30).toordinal()
_FIRST_DATE: Final = date(1900, 3, 1)


class Cells:
    """Makes the renderers of one sheet; ``annotate`` receives the notes on cut-off texts."""

    def __init__(self, styles: StyleIds, annotate: Annotate) -> None:
        self._styles = styles
        self._annotate = annotate

    def style(self, kind: Kind, place: Place) -> int:
        """The number of the style for values of this kind in this place."""
        return self._styles.cells[place, kind]

    def column(self, column: Column, number: int) -> Renderer:
        """The renderer for the body of a column; ``number`` counts from 1."""
        place = Place.EDITABLE if column.editable else Place.BODY
        return self.renderer(column.kind, place, number)

    def renderer(self, kind: Kind, place: Place, number: int) -> Renderer:
        """The renderer for values of this kind in the column with this number."""
        letter = get_column_letter(number)
        style = self._styles.cells[place, kind]
        fallback = self.text_renderer(letter, style, self._styles.quoted[place, kind])
        if kind in {Kind.TEXT, Kind.LONG_TEXT}:
            return fallback
        if kind is Kind.MONEY:
            return _money_renderer(letter, style, fallback)
        return _number_renderer(letter, style, fallback, VALUES.get(kind, number_text))

    def text_renderer(self, letter: str, style: int, quoted_style: int) -> Renderer:
        """The renderer for text, for blanks and for booleans."""
        head, blank = f'<c r="{letter}', f'" s="{style}"/>'
        middle = f'" s="{style}" t="inlineStr"><is><t>'

        def render(value: object, row: str) -> str:
            if value is None:
                return f"{head}{row}{blank}"
            shown = words(value)
            if text.is_plain(shown):
                return f"{head}{row}{middle}{shown}</t></is></c>"
            if not shown:
                return f"{head}{row}{blank}"
            return self._careful(shown, f"{letter}{row}", style, quoted_style)

        return render

    def _careful(self, shown: str, reference: str, style: int, quoted_style: int) -> str:
        safe = text.safe(shown)
        if safe.cut:
            self._annotate(reference, text.CUT_NOTE)
        number = quoted_style if safe.quoted else style
        space = ' xml:space="preserve"' if safe.preserve else ""
        opening = f'<c r="{reference}" s="{number}" t="inlineStr"><is><t{space}>'
        return f"{opening}{safe.xml}</t></is></c>"


def words(value: object) -> str:
    """A value as the text that a reader sees."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value)


def _money_renderer(letter: str, style: int, fallback: Renderer) -> Renderer:
    head, middle = f'<c r="{letter}', f'" s="{style}"><v>'

    def render(value: object, row: str) -> str:
        if type(value) is int and value >= 0:
            return f"{head}{row}{middle}{value // 100}.{value % 100:02d}</v></c>"
        if value is None or isinstance(value, str | bool):
            return fallback(value, row)
        return f"{head}{row}{middle}{euro_text(value)}</v></c>"

    return render


def _number_renderer(
    letter: str, style: int, fallback: Renderer, show: Callable[[object], str | None]
) -> Renderer:
    head, middle = f'<c r="{letter}', f'" s="{style}"><v>'

    def render(value: object, row: str) -> str:
        if value is None or isinstance(value, str | bool):
            return fallback(value, row)
        shown = show(value)
        if shown is None:
            return fallback(f"{value:%d-%m-%Y}", row)
        return f"{head}{row}{middle}{shown}</v></c>"

    return render


def euro_text(value: object) -> str:
    """Whole cents as euros with two decimals, without passing through a float."""
    if not isinstance(value, Integral):
        raise TypeError(f"money is a whole number of cents, not {value!r}")
    cents = int(value)
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def integer_text(value: object) -> str:
    """A whole number; one that is not whole raises ValueError."""
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Decimal | Fraction | float) and value == int(value):
        return str(int(value))
    raise ValueError(f"{value!r} is not a whole number")


def number_text(value: object) -> str:
    """A number exactly, or as the nearest float for a fraction such as 1/3."""
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Fraction):
        value = float(value)
    if isinstance(value, float) and math.isfinite(value):
        return repr(float(value) + 0.0)  # a negative zero becomes zero
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value + 0:f}"
    raise ValueError(f"{value!r} is not a number that a cell can hold")


def date_text(value: object) -> str | None:
    """The day number of a date; None for a date before Excel's calendar can be trusted."""
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is not a date")
    ordinal = value.toordinal()
    return str(ordinal - _EPOCH) if ordinal >= _FIRST_DATE.toordinal() else None


VALUES: Final[dict[Kind, Callable[[object], str | None]]] = {
    Kind.INTEGER: integer_text,
    Kind.DATE: date_text,
}


def is_link(address: str) -> bool:
    """Whether the address can be a link: of a known scheme, clean and short enough for Excel."""
    return address.startswith(LINK_SCHEMES) and address.isprintable() and len(address) <= MAX_LINK


class Tally:
    """The total of one column, exact: cents stay cents and decimals stay decimals."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.count = 0
        self._whole = 0
        self._rest = Fraction(0)

    def add(self, value: object) -> None:
        """Count a value in; text and blanks count for nothing in a sum, as in Excel."""
        if value is None or value == "":
            return
        self.count += 1
        if isinstance(value, Integral) and not isinstance(value, bool):
            self._whole += int(value)
        elif isinstance(value, Decimal | Fraction):
            self._rest += Fraction(value)
        elif isinstance(value, float):
            self._rest += Fraction(repr(float(value)))  # the number meant, not its binary shadow

    def xml_value(self) -> str:
        """The computed value as it stands beside the formula."""
        if self.column.total is Total.COUNT:
            return str(self.count)
        if self.column.kind is Kind.MONEY:
            return euro_text(self._whole)
        total = self._whole + self._rest
        return str(int(total)) if total.denominator == 1 else decimal_text(total)


def decimal_text(value: Fraction) -> str:
    """A fraction as a decimal: exact when it ends within 15 places, else the nearest float."""
    scaled = value * 10**15
    if scaled.denominator == 1:
        return f"{Decimal(scaled.numerator).scaleb(-15).normalize():f}"
    return repr(float(value))

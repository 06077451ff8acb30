"""Values become cells: one renderer for each column, made once and called for every row.

A renderer with its prefix ready is faster than one that looks up the kind for every cell.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from numbers import Integral
from typing import Final

from openpyxl.utils import get_column_letter

from vpt_regio.workbooks import text
from vpt_regio.workbooks.spec import Column, Kind, Marked, Total, Typed
from vpt_regio.workbooks.styles import Place, StyleIds

# Takes a value, gives the XML of its cell after the opening `<c r="A1"`: the row puts that in
# front of all its cells at once.
Renderer = Callable[[object], str]
# Takes the letter of a column and a text to put as a note on the cell that is being made.
Annotate = Callable[[str, str], None]

LINK_TEXT: Final = "Open"
LINK_SCHEMES: Final = ("https://", "http://", "mailto:")
MAX_LINK: Final = 2079  # Excel's limit for an address
# Excel counts days from here; the day it wrongly puts in 1900 makes earlier dates useless.
_EPOCH: Final = date(1899, 12, 30).toordinal()
# Wide enough to add any decimals that Excel can show without rounding.
_EXACT: Final = Context(prec=60)
_TEXTUAL: Final = (str, bool)
_ONE_EURO: Final = 100
# How many short texts a column remembers.
_REMEMBERED: Final = 1000
_SHORT: Final = 100
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
        if not (column.editable or column.open):
            return self.renderer(column.kind, Place.BODY, number)
        place = Place.EDITABLE if column.editable else Place.BODY
        render, render_marked = (
            self.renderer(column.kind, place, number),
            self._marked(column, number),
        )
        return lambda value: render_marked(value) if type(value) is Marked else render(value)

    def open(self, column: Column, number: int) -> str:
        """The cell of a column in an open row: blank, and to be filled in if the column is."""
        place = Place.EDITABLE if column.open else Place.BODY
        return self.renderer(column.kind, place, number)(None)

    def _marked(self, column: Column, number: int) -> Renderer:
        """The renderer for what somebody typed in a column: numbers and days are kept as such."""
        places = {True: Place.WRONG, False: Place.EDITABLE}

        def render(value: object) -> str:
            assert isinstance(value, Marked)  # noqa: S101  # the renderer of the column looked
            kind, place = value.kind or column.kind, places[value.is_wrong]
            shown = _typed_text(value.value, kind)
            if shown is not None:
                return f' s="{self._styles.cells[place, kind]}"><v>{shown}</v></c>'
            as_text = self.renderer(kind, place, number)
            return as_text(None if value.value is None else words(value.value))

        return render

    def renderer(self, kind: Kind, place: Place, number: int) -> Renderer:
        """The renderer for values of this kind in the column with this number."""
        if kind is Kind.MIXED:
            return self._mixed_renderer(place, number)
        letter = get_column_letter(number)
        style = self._styles.cells[place, kind]
        as_text = self.text_renderer(letter, style, self._styles.quoted[place, kind])
        make = _MAKERS.get(kind)
        return make(style, as_text) if make else as_text

    def _mixed_renderer(self, place: Place, number: int) -> Renderer:
        """The renderer for values that each name their kind; anything else is text among them."""
        letter, style = get_column_letter(number), self._styles.cells[place, Kind.MIXED]
        as_text = self.text_renderer(letter, style, self._styles.quoted[place, Kind.MIXED])
        renderers: dict[Kind, Renderer] = {
            kind: self.renderer(kind, place, number) for kind in Kind if kind is not Kind.MIXED
        }

        def render(value: object) -> str:
            if isinstance(value, Typed):
                return renderers[value.kind](value.value)
            return as_text(value)

        return render

    def text_renderer(self, letter: str, style: int, quoted_style: int) -> Renderer:
        """The renderer for text, for blanks and for booleans.

        It remembers the first texts it meets: names, statuses and the like come back often.
        """
        blank, opening = f' s="{style}"/>', f' s="{style}" t="inlineStr"><is><t>'
        known: dict[object, str] = {}

        def render(value: object) -> str:
            if value is None:
                return blank
            shown = value if type(value) is str else words(value)
            if shown in known:
                return known[shown]
            if text.is_plain(shown):
                cell = f"{opening}{shown}</t></is></c>"
                if len(known) < _REMEMBERED and len(shown) <= _SHORT:
                    known[shown] = cell
                return cell
            return self._unusual(shown, letter, style, quoted_style) if shown else blank

        return render

    def _unusual(self, shown: str, letter: str, style: int, quoted_style: int) -> str:
        safe = text.safe(shown)
        if safe.cut:
            self._annotate(letter, text.CUT_NOTE)
        number = quoted_style if safe.quoted else style
        space = ' xml:space="preserve"' if safe.preserve else ""
        return f' s="{number}" t="inlineStr"><is><t{space}>{safe.xml}</t></is></c>'


def _typed_text(value: object, kind: Kind) -> str | None:
    """A typed number, or a day in a column of days, as a cell holds it; None for any other."""
    if isinstance(value, date):
        return date_text(value) if kind is Kind.DATE else None
    if isinstance(value, bool) or not isinstance(value, Integral | float | Decimal):
        return None
    return number_text(value) if math.isfinite(value) else None


def words(value: object) -> str:
    """A value as the text that a reader sees."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return str(value)


def _careful(opening: str, as_text: Renderer, show: Callable[[object], str | None]) -> Renderer:
    """The renderer for whatever the fast path of a number does not take."""

    def render(value: object) -> str:
        if value is None or isinstance(value, _TEXTUAL):
            return as_text(value)
        shown = show(value)
        return as_text(f"{value:%d-%m-%Y}") if shown is None else f"{opening}{shown}</v></c>"

    return render


def _money_renderer(style: int, as_text: Renderer) -> Renderer:
    opening = f' s="{style}"><v>'
    careful = _careful(opening, as_text, euro_text)

    def render(value: object) -> str:
        if type(value) is int and value >= _ONE_EURO:
            cents = str(value)
            return f"{opening}{cents[:-2]}.{cents[-2:]}</v></c>"
        return careful(value)

    return render


def _integer_renderer(style: int, as_text: Renderer) -> Renderer:
    opening = f' s="{style}"><v>'
    careful = _careful(opening, as_text, integer_text)

    def render(value: object) -> str:
        return f"{opening}{value}</v></c>" if type(value) is int else careful(value)

    return render


def _number_renderer(style: int, as_text: Renderer) -> Renderer:
    opening = f' s="{style}"><v>'
    careful = _careful(opening, as_text, number_text)

    def render(value: object) -> str:
        # Above zero, so that a negative zero and what is no number go the careful way.
        if type(value) is int or (type(value) is float and 0.0 < value < math.inf):
            return f"{opening}{value!r}</v></c>"
        return careful(value)

    return render


def _date_renderer(style: int, as_text: Renderer) -> Renderer:
    opening = f' s="{style}"><v>'
    careful = _careful(opening, as_text, date_text)

    def render(value: object) -> str:
        if type(value) is date and value >= _FIRST_DATE:
            return f"{opening}{value.toordinal() - _EPOCH}</v></c>"
        return careful(value)

    return render


_MAKERS: Final[dict[Kind, Callable[[int, Renderer], Renderer]]] = {
    Kind.MONEY: _money_renderer,
    Kind.INTEGER: _integer_renderer,
    Kind.DECIMAL: _number_renderer,
    Kind.NUMBER: _number_renderer,
    Kind.PERCENT: _number_renderer,
    Kind.EXACT_PERCENT: _number_renderer,
    Kind.DATE: _date_renderer,
}


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


def is_link(address: str) -> bool:
    """Whether the address can be a link: of a known scheme, clean and short enough for Excel."""
    return address.startswith(LINK_SCHEMES) and address.isprintable() and len(address) <= MAX_LINK


class Tally:
    """The total of one column, exact: cents stay cents and decimals stay decimals."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.count = 0
        self._whole = 0
        self._decimal = Decimal(0)
        self._fraction = Fraction(0)

    def add(self, value: object) -> None:
        """Count a value in; text and blanks count for nothing in a sum, as in Excel."""
        if type(value) is int:
            self._whole += value
        elif value is None or value == "":
            return
        elif isinstance(value, float):
            # The number that is meant, 0.1, and not its binary neighbour.
            self._decimal = _EXACT.add(self._decimal, Decimal(repr(float(value))))
        elif isinstance(value, Decimal):
            self._decimal = _EXACT.add(self._decimal, value)
        elif isinstance(value, Fraction):
            self._fraction += value
        elif isinstance(value, Integral) and not isinstance(value, bool):
            self._whole += int(value)
        self.count += 1

    def xml_value(self) -> str:
        """The computed value as it stands beside the formula."""
        if self.column.total is Total.COUNT:
            return str(self.count)
        if self.column.kind is Kind.MONEY:
            return euro_text(self._whole)
        if self._fraction:
            return number_text(self._whole + Fraction(self._decimal) + self._fraction)
        return number_text(_EXACT.add(self._decimal, Decimal(self._whole)))

"""Values become cells of an OpenDocument sheet: each with its type, its value and what is shown.

A renderer is made once for each column and called for every row, as for Excel.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from re import compile as pattern
from typing import Any, Final, NamedTuple

from vpt_regio.domain.money import format_euro
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.workbooks import text
from vpt_regio.workbooks.cells import (
    LINK_TEXT,
    euro_text,
    integer_text,
    is_link,
    number_text,
    words,
)
from vpt_regio.workbooks.spec import Kind, Typed

_SPACES: Final = pattern(" {2,}|^ | $|\t")
_HUNDRED: Final = 100
_REMEMBERED: Final = 1000
_SHORT: Final = 100


class Extra(NamedTuple):
    """What a cell has beside its value: a formula, and a note."""

    formula: str = ""
    note: str = ""


PLAIN: Final = Extra()
# Takes a value and what comes with it, gives the whole cell.
Renderer = Callable[[object, Extra], str]


class Shown(NamedTuple):
    """A value that is not text: the attributes that hold it, and how it reads."""

    attributes: str
    reads: str


def renderer(kind: Kind, place: str) -> Renderer:
    """The renderer for values of this kind, in the styles of this place."""
    if kind is Kind.MIXED:
        return _mixed_renderer(place)
    style = style_name(place, kind)
    as_text = _text_renderer(style)
    if kind is Kind.LINK:
        return _link_renderer(style, as_text)
    show = _SHOWN.get(kind)
    return as_text if show is None else _value_renderer(style, show, as_text)


def style_name(place: str, kind: Kind) -> str:
    """The name of the style for values of this kind in this place."""
    return f"{place}-{kind.value.replace('_', '-')}"


def text_cell(style: str, value: object, *, note: str = "") -> str:
    """A cell with text; None or "" is an empty one."""
    return _text_renderer(style)(value, Extra(note=note))


def link_cell(style: str, address: str, shown: str) -> str:
    """A cell with text that leads to a clean address, or to a place in the file (#…)."""
    target, said = text.escape_markup(address), paragraph(shown)
    link = f'<text:a xlink:href="{target}" xlink:type="simple">{said}</text:a>'
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"<text:p>{link}</text:p></table:table-cell>"
    )


def number_cell(style: str, kind: Kind, number: str, formula: str) -> str:
    """A cell with a total: its formula beside the number that it comes to."""
    value = int(Fraction(number) * _HUNDRED) if kind is Kind.MONEY else Fraction(number)
    shown = _SHOWN[kind](value)
    return (
        f'<table:table-cell table:style-name="{style}" table:formula="{_formula(formula)}"'
        f"{shown.attributes}><text:p>{shown.reads}</text:p></table:table-cell>"
    )


def annotation(note: str) -> str:
    """The note of a cell; it says nothing of who made it, or when."""
    if not note:
        return ""
    said, _cut = text.shorten(text.clean(note))
    return (
        '<office:annotation office:display="false" svg:width="9cm" svg:height="3cm">'
        f"{_paragraphs(said)}</office:annotation>"
    )


def paragraph(line: str) -> str:
    """The content of a paragraph; spaces that XML would drop, and tabs, become elements."""
    escaped = text.escape_markup(line)
    return _SPACES.sub(_kept, escaped) if _SPACES.search(escaped) else escaped


def _kept(match: Any) -> str:
    found = match.group()
    return "<text:tab/>" if found == "\t" else f'<text:s text:c="{len(found)}"/>'


def _paragraphs(said: str) -> str:
    return "".join(f"<text:p>{paragraph(line)}</text:p>" for line in said.split("\n"))


def _formula(formula: str) -> str:
    return f"of:={text.escape_markup(formula)}"


def _text_renderer(style: str) -> Renderer:
    blank = f'<table:table-cell table:style-name="{style}"/>'
    opening = f'<table:table-cell table:style-name="{style}" office:value-type="string">'
    known: dict[str, str] = {}

    def render(value: object, extra: Extra = PLAIN) -> str:
        if (value is None or value == "") and not extra.note:
            return blank
        if value is None or value == "":
            # a cell with a note alone is as empty as one without
            return f"{blank[:-2]}>{annotation(extra.note)}</table:table-cell>"
        said = value if type(value) is str else words(value)
        if said in known and not extra.note:
            return known[said]
        shown, cut = text.shorten(text.clean(said))
        notes = [extra.note, text.CUT_NOTE if cut else ""]
        note = annotation("\n".join(part for part in notes if part))
        cell = f"{opening}{note}{_paragraphs(shown)}</table:table-cell>"
        if not note and len(said) <= _SHORT and len(known) < _REMEMBERED:
            known[said] = cell
        return cell

    return render


def _link_renderer(style: str, as_text: Renderer) -> Renderer:
    def render(value: object, extra: Extra = PLAIN) -> str:
        address = "" if value is None else words(value)
        if not address or not is_link(address):
            return as_text(address or None, extra)
        return link_cell(style, address, LINK_TEXT)

    return render


def _value_renderer(style: str, show: Callable[[Any], Shown], as_text: Renderer) -> Renderer:
    opening = f'<table:table-cell table:style-name="{style}"'

    def render(value: object, extra: Extra = PLAIN) -> str:
        if value is None or isinstance(value, str | bool):
            return as_text(value, extra)
        shown = show(value)
        beside = f' table:formula="{_formula(extra.formula)}"' if extra.formula else ""
        note = annotation(extra.note)
        return (
            f"{opening}{beside}{shown.attributes}>{note}<text:p>{shown.reads}</text:p>"
            "</table:table-cell>"
        )

    return render


def _mixed_renderer(place: str) -> Renderer:
    as_text = _text_renderer(style_name(place, Kind.MIXED))
    renderers: dict[Kind, Renderer] = {
        kind: renderer(kind, place) for kind in Kind if kind is not Kind.MIXED
    }

    def render(value: object, extra: Extra = PLAIN) -> str:
        if isinstance(value, Typed):
            return renderers[value.kind](value.value, extra)
        return as_text(value, extra)

    return render


def _money(value: Any) -> Shown:
    attributes = (
        f' office:value-type="currency" office:currency="EUR" office:value="{euro_text(value)}"'
    )
    return Shown(attributes, format_euro(int(value)))


def _integer(value: Any) -> Shown:
    number = integer_text(value)
    return Shown(f' office:value-type="float" office:value="{number}"', number)


def _decimal(value: Any) -> Shown:
    number = number_text(value)
    reads = _rounded(number, value, 0, 2)
    return Shown(_float(number), reads.translate(_DUTCH))


def _number(value: Any) -> Shown:
    number = number_text(value)
    return Shown(_float(number), number.translate(_DUTCH))


def _float(number: str) -> str:
    return f' office:value-type="float" office:value="{number}"'


def _percentage(decimals: int) -> Callable[[Any], Shown]:
    def show(value: Any) -> Shown:
        number = number_text(value)
        reads = f"{_rounded(number, value, 2, decimals)}%"
        attributes = f' office:value-type="percentage" office:value="{number}"'
        return Shown(attributes, reads.translate(_DUTCH))

    return show


def _date(value: Any) -> Shown:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is not a date")
    day = value.date() if isinstance(value, datetime) else value
    attributes = f' office:value-type="date" office:date-value="{day.isoformat()}"'
    return Shown(attributes, f"{day:%d-%m-%Y}")


def _rounded(number: str, value: Any, places: int, decimals: int) -> str:
    """A number as it is shown: shifted by some places, a half goes away from zero."""
    if isinstance(value, Fraction):
        return f"{round_half_up(value * 10**places, decimals):,f}"
    # the number that is meant, 0.1, and not its binary neighbour
    shifted = Decimal(number).scaleb(places)
    return f"{shifted.quantize(_STEPS[decimals], ROUND_HALF_UP):,f}"


_STEPS: Final = (Decimal(1), Decimal("0.1"), Decimal("0.01"))
_DUTCH: Final = str.maketrans({",": ".", ".": ","})
_SHOWN: Final[dict[Kind, Callable[[Any], Shown]]] = {
    Kind.MONEY: _money,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.NUMBER: _number,
    Kind.PERCENT: _percentage(0),
    Kind.EXACT_PERCENT: _percentage(1),
    Kind.DATE: _date,
}

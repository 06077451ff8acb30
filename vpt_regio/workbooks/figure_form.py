"""The form of a figure set: one row for each category and period, to fill in and to read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from vpt_regio.domain.figure_text import LONGEST_PRINT, NOT_KNOWN, WORDS
from vpt_regio.domain.indicator_codes import QUALIFIER_LABELS, Qualifier, Unit
from vpt_regio.domain.rules.figure_values import value_problem
from vpt_regio.domain.text import N_
from vpt_regio.errors import Invalid
from vpt_regio.models.figures import FigureSet
from vpt_regio.queries.figure_tables import FigureCell, FigureTable
from vpt_regio.workbooks import parse
from vpt_regio.workbooks.measured import cell_of
from vpt_regio.workbooks.parse import RawCell, Reader, fold
from vpt_regio.workbooks.spec import (
    Column,
    Kind,
    Properties,
    Sheet,
    TextRow,
    TextSheet,
    TextStyle,
    Typed,
    Workbook,
)

SHEET_TITLE: Final = "Cijfers"
UNKNOWN: Final = "onbekend"
MOST_CENTS: Final = 2  # decimals of an amount in euros that fits in whole cents

OTHER_CATEGORY: Final = N_("De categorie %(name)s hoort niet bij deze cijferreeks.")
OTHER_PERIOD: Final = N_("De periode %(name)s hoort niet bij deze cijferreeks.")
LONGEST_NAME: Final = 80  # of a name that is not known


def figure_form(figure_set: FigureSet) -> Workbook:
    """Return the file that a person fills in, made from a FigureTable with what is there now."""
    return Workbook(
        key="figure_form",
        title=lambda table: str(table.figure_set.title),
        sheets=(figure_sheet(figure_set), _EXPLANATION),
        properties=lambda table: Properties(subject=f"Cijferreeks {table.figure_set.code}"),
    )


def figure_sheet(figure_set: FigureSet) -> Sheet:
    """Return the declaration of the table, for this set.

    Read back, a category and a period are their ids; a value that the source does not know is
    None, as is a blank one.
    """
    categories = {one.name: one.id for one in figure_set.categories}
    periods = {one.label: one.id for one in figure_set.periods}
    return Sheet(
        "figures",
        SHEET_TITLE,
        (
            Column(
                "category",
                "Categorie",
                Kind.TEXT,
                36,
                lambda cell: cell.category.name,
                parse=_one_of(categories, OTHER_CATEGORY),
                required=True,
            ),
            Column(
                "period",
                "Periode",
                Kind.TEXT,
                16,
                lambda cell: cell.period.label,
                parse=_one_of(periods, OTHER_PERIOD),
                required=True,
            ),
            _value_column(figure_set),
            Column(
                "qualifier",
                "Kwalificatie",
                Kind.TEXT,
                14,
                lambda cell: QUALIFIER_LABELS[cell.qualifier] if cell.figure else None,
                editable=True,
                parse=_qualifier,
            ),
            Column(
                "printed",
                "Gedrukte waarde",
                Kind.TEXT,
                24,
                lambda cell: cell.printed or None,
                editable=True,
                parse=parse.text(most=LONGEST_PRINT),
            ),
        ),
        _cells,
    )


def _cells(table: FigureTable) -> Iterable[FigureCell]:
    return table.cells.values()


def _one_of(ids: Mapping[str, int], message: str) -> Callable[[RawCell], int]:
    """Make a reader of names; two that differ in capitals only are told apart by them."""
    as_text = parse.text()
    folded: dict[str, list[int]] = {}
    for name, number in ids.items():
        folded.setdefault(fold(name), []).append(number)

    def read(cell: RawCell) -> int:
        typed = str(as_text(cell))
        if typed in ids:
            return ids[typed]
        found = folded.get(fold(typed), [])
        if len(found) != 1:
            raise Invalid(message, params={"name": typed[:LONGEST_NAME]})
        return found[0]

    return read


def _qualifier(cell: RawCell) -> Qualifier:
    """Read a qualifier, also by the words with which sources print it, such as circa."""
    typed = fold(cell.words)
    if typed not in WORDS:
        choices = ", ".join(QUALIFIER_LABELS.values())
        raise Invalid(parse.NOT_A_CHOICE, params={"choices": choices})
    return WORDS[typed]


def _value_column(figure_set: FigureSet) -> Column:
    unit, decimals = figure_set.unit, figure_set.decimals
    kind = _kind_of(unit, decimals)

    def shown(cell: FigureCell) -> object:
        if cell.figure is not None and cell.value is None:
            return UNKNOWN
        typed = cell_of(cell.value, unit)
        return typed.value if isinstance(typed, Typed) and kind is not Kind.MIXED else typed

    def checked(value: Decimal) -> Invalid | None:
        problem = value_problem(value, unit, decimals)
        return Invalid(problem.message, params=problem.params) if problem else None

    return Column(
        "value", "Waarde", kind, 16, shown, editable=True, parse=_value(unit, kind), check=checked
    )


def _kind_of(unit: Unit, decimals: int) -> Kind:
    if unit is Unit.EURO:
        return Kind.MONEY if decimals <= MOST_CENTS else Kind.MIXED
    kinds = {Unit.PERCENT: Kind.EXACT_PERCENT, Unit.YES_NO: Kind.TEXT}
    return kinds.get(unit, Kind.NUMBER)


def _value(unit: Unit, kind: Kind) -> Reader:
    """Make the reader of a value in the unit of its set: 66 is 66 %."""
    readers: dict[Unit, Callable[[RawCell], Decimal]] = {
        Unit.PERCENT: lambda cell: parse.percent(cell) * 100,
        Unit.EURO: _euros if kind is Kind.MIXED else lambda cell: Decimal(parse.money(cell)) / 100,
        Unit.YES_NO: _yes_or_no,
    }
    read = readers.get(unit, parse.number)
    return lambda cell: None if fold(cell.words) in NOT_KNOWN else read(cell)


def _euros(cell: RawCell) -> Decimal:
    """Read euros with more decimals than cents have."""
    value: Any = cell.value
    if isinstance(value, str):
        value = cell.words.removeprefix(parse.EURO).lstrip()
    return parse.number(RawCell(value, "" if cell.unit == parse.EURO else cell.unit))


def _yes_or_no(cell: RawCell) -> Decimal:
    if cell.words in ("0", "1") or (cell.is_number and cell.value in (0, 1)):
        return parse.number(cell)
    return Decimal(parse.yes_or_no(cell))


def _lines(table: FigureTable) -> Iterator[TextRow]:
    yield TextRow(table.figure_set.title, style=TextStyle.TITLE)
    yield TextRow("Waarde", "De waarde in de eenheid van de cijferreeks.", Kind.LONG_TEXT)
    yield TextRow("", "Leeg: de regel wordt overgeslagen.", Kind.LONG_TEXT)
    yield TextRow("", f"{UNKNOWN}: de bron kent de waarde niet.", Kind.LONG_TEXT)
    choices = ", ".join(QUALIFIER_LABELS.values())
    yield TextRow("Kwalificatie", f"{choices}. Leeg is hetzelfde als precies.", Kind.LONG_TEXT)
    yield TextRow(
        "Gedrukte waarde", "Zoals de bron het afdrukt, als dat anders is.", Kind.LONG_TEXT
    )


_EXPLANATION: Final = TextSheet("explanation", "Uitleg", _lines)

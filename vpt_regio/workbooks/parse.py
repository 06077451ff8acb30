"""What a person typed in a cell becomes a value: one reader for each kind of column.

A reader takes a ``RawCell`` that is not blank and returns the value, in the form that the writer
takes: cents for money, a fraction for a percentage (0.66 is 66%). It raises ``Invalid`` with a
Dutch message. Numbers come out as ``int`` or ``Decimal``, never as a float.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeVar

from vpt_regio.domain import numbers
from vpt_regio.domain.fuzzy_date import FAR_AWAY, FarAway, check_year, parse_dutch_date
from vpt_regio.domain.money import MAX_CENTS, parse_euro
from vpt_regio.domain.text import MAX_TEXT_LENGTH, N_, TEXT_PROBLEMS, clean_text, one_line
from vpt_regio.errors import Invalid
from vpt_regio.workbooks.spec import Column, Kind

PERCENT: Final = "%"
EURO: Final = "€"
# nine digits fit in a column of whole numbers on every database
LARGEST_WHOLE: Final = 10**9 - 1
# what is longer cannot be a number, a date or a word of a list
LONGEST_VALUE: Final = 200

NOT_A_NUMBER: Final = N_("Hier staat geen getal. Vul een getal in, bijvoorbeeld 1234,5.")
NOT_WHOLE: Final = N_("Vul een heel getal in.")
TOO_LARGE: Final = N_("Dit getal is te groot. Gebruik hoogstens 15 cijfers.")
WHOLE_TOO_LARGE: Final = N_("Dit getal is te groot. Gebruik hoogstens 9 cijfers.")
DECIMAL_POINT: Final = N_("Gebruik een komma voor decimalen, bijvoorbeeld 12,5 in plaats van 12.5.")
OTHER_UNIT: Final = N_("Vul alleen het getal in, zonder eenheid erbij.")
NOT_AN_AMOUNT: Final = N_("Vul een bedrag in euro's in, bijvoorbeeld 22.061,50.")
NOT_EUROS: Final = N_("Vul een bedrag in euro's in. Een andere eenheid mag niet.")
NOT_CENTS: Final = N_("Een bedrag heeft hoogstens twee decimalen. Rond het af.")
NOT_A_PERCENTAGE: Final = N_("Vul een percentage in: een getal met een procentteken.")
ASK_PERCENTAGE: Final = N_(
    "Dit percentage kan twee dingen betekenen: 0,5 kan een half procent zijn, of 50 procent."
    " Zet er een procentteken achter of geef de cel de opmaak percentage."
)
NOT_A_DATE: Final = N_("Vul een datum in als dag-maand-jaar, bijvoorbeeld 15-03-2012.")
NO_SUCH_DAY: Final = N_("Deze dag bestaat niet. Controleer de datum.")
LOST_DATE: Final = N_("Hier staat een getal en geen datum. Geef de cel de opmaak datum.")
BECAME_DATE: Final = N_(
    "Hier hoort tekst, maar de cel bevat een datum. Geef de cel de opmaak tekst en typ het opnieuw."
)
TOO_LONG: Final = N_("Deze tekst is te lang. Gebruik hoogstens %(most)s tekens.")
NOT_A_CHOICE: Final = N_("Deze waarde staat niet in de lijst. Kies uit: %(choices)s.")
NOT_YES_OR_NO: Final = N_("Vul ja of nee in.")

_NUMBER_PROBLEMS: Final = {
    "other_unit": OTHER_UNIT,
    "decimal_point": DECIMAL_POINT,
    "too_large": TOO_LARGE,
}
_MONEY_PROBLEMS: Final = {"other_unit": NOT_EUROS, "too_large": TOO_LARGE}
_YES: Final = frozenset({"ja", "waar"})
_NO: Final = frozenset({"nee", "onwaar"})

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class RawCell:
    """A cell as the file has it.

    ``value`` is a text, number, boolean, date or moment, or None for a blank cell. ``unit`` is
    the sign that the format of the cell shows: "%", "€", another currency, or nothing.
    ``problem`` says why the cell cannot be read at all.
    """

    value: object
    unit: str = ""
    problem: str | None = None

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)

    @property
    def words(self) -> str:
        """The text of the cell on one line, or nothing when it holds something else."""
        return one_line(self.value).strip() if isinstance(self.value, str) else ""


Reader = Callable[[RawCell], object]


def reader_of(column: Column) -> Reader:
    """Return what reads the cells of a column: its own ``parse``, or the reader of its kind.

    Raises TypeError for a kind that can hold anything and has no reader.
    """
    reader = column.parse or _READERS.get(column.kind)
    if reader is None:
        raise TypeError(f"column {column.key!r} of kind {column.kind} names no reader")
    return reader


def text(*, most: int = MAX_TEXT_LENGTH, lines: bool = False) -> Reader:
    """Make a reader of text of at most ``most`` characters, on one line or with line breaks.

    A number is taken as it is shown (a year as a period, for example); a date is refused,
    because Excel makes dates of texts such as "1-2".
    """

    def read(cell: RawCell) -> str:
        try:
            cleaned = clean_text(_as_text(cell))
        except ValueError as problem:
            raise Invalid(TEXT_PROBLEMS[str(problem)]) from problem
        if len(cleaned) > most:
            raise Invalid(TOO_LONG, params={"most": most})
        return cleaned if lines else one_line(cleaned)

    return read


def _as_text(cell: RawCell) -> str:
    if isinstance(cell.value, str):
        return cell.value
    if isinstance(cell.value, bool):
        return "ja" if cell.value else "nee"
    if not cell.is_number:
        raise Invalid(BECAME_DATE)
    number = _exact(cell)
    if cell.unit == PERCENT:
        number *= 100
    shown = f"{number:f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace(".", ",") + (PERCENT if cell.unit == PERCENT else "")


def _exact(cell: RawCell) -> Decimal:
    """Return a number of a cell with the 15 digits that a spreadsheet shows of it."""
    if isinstance(cell.value, int) and not isinstance(cell.value, bool):
        number = Decimal(cell.value)
    elif isinstance(cell.value, float):
        number = Decimal(f"{cell.value:.{numbers.MAX_DIGITS}g}")
    else:
        raise Invalid(NOT_A_NUMBER)
    if not number.is_finite() or abs(number) >= 10**numbers.MAX_DIGITS:
        raise Invalid(TOO_LARGE)
    return number + 0  # a negative zero becomes zero


def _typed_number(typed: str) -> Decimal:
    _refuse_long(typed, NOT_A_NUMBER)
    try:
        return numbers.parse_number(typed)
    except ValueError as problem:
        raise Invalid(_NUMBER_PROBLEMS.get(str(problem), NOT_A_NUMBER)) from problem


def _refuse_long(typed: str, message: str) -> None:
    if len(typed) > LONGEST_VALUE:
        raise Invalid(message)


def number(cell: RawCell) -> Decimal:
    """Read a number without a unit, as ``domain.numbers.parse_number`` understands it."""
    if isinstance(cell.value, str):
        return _typed_number(cell.words)
    if cell.is_number and cell.unit:
        raise Invalid(OTHER_UNIT)
    return _exact(cell)


def whole_number(cell: RawCell) -> int:
    """Read a whole number; ``12,0`` is one."""
    found = number(cell)
    if found != found.to_integral_value():
        raise Invalid(NOT_WHOLE)
    if abs(found) > LARGEST_WHOLE:
        raise Invalid(WHOLE_TOO_LARGE)
    return int(found)


def money(cell: RawCell) -> int:
    """Read an amount in euros, with or without its sign, into whole cents."""
    if isinstance(cell.value, str):
        _refuse_long(cell.words, NOT_AN_AMOUNT)
        try:
            return parse_euro(cell.words)
        except ValueError as problem:
            raise Invalid(_MONEY_PROBLEMS.get(str(problem), NOT_AN_AMOUNT)) from problem
    if not cell.is_number:
        raise Invalid(NOT_AN_AMOUNT)
    if cell.unit not in ("", EURO):
        raise Invalid(NOT_EUROS)
    cents = _exact(cell) * 100
    if cents != cents.to_integral_value():
        raise Invalid(NOT_CENTS)
    if abs(cents) > MAX_CENTS:
        raise Invalid(TOO_LARGE)
    return int(cents)


def percent(cell: RawCell) -> Decimal:
    """Read a percentage into a fraction.

    A cell with the format of a percentage and a text with the sign are what they show. A bare
    number is in per cent, so 66 is 66%; but a bare number up to 1 may as well be a cell that lost
    its format, and is asked back. Zero is zero in every reading.
    """
    if isinstance(cell.value, str):
        typed = cell.words
        if typed.endswith(PERCENT):
            return _typed_number(typed.removesuffix(PERCENT)) / 100
        return _bare_percent(_typed_number(typed))
    if not cell.is_number or cell.unit not in ("", PERCENT):
        raise Invalid(NOT_A_PERCENTAGE)
    found = _exact(cell)
    return found if cell.unit else _bare_percent(found)


def _bare_percent(found: Decimal) -> Decimal:
    if found and abs(found) <= 1:
        raise Invalid(ASK_PERCENTAGE)
    return found / 100


def day(cell: RawCell) -> date:
    """Read a date from 1900 to 2100: a date of Excel, 12-3-2012, 12 maart 2012 or 2012-03-12.

    Of a moment the day is taken. A bare number is no date: the cell lost its format, or holds
    a year.
    """
    if isinstance(cell.value, str):
        found = _typed_day(cell.words)
    elif isinstance(cell.value, datetime):
        found = cell.value.date()
    elif isinstance(cell.value, date):
        found = cell.value
    else:
        raise Invalid(LOST_DATE if cell.is_number else NOT_A_DATE)
    try:
        return check_year(found)
    except FarAway as problem:
        raise Invalid(FAR_AWAY) from problem


def _typed_day(typed: str) -> date:
    _refuse_long(typed, NOT_A_DATE)
    try:
        return parse_dutch_date(typed)
    except ValueError as problem:
        # of the year 0000 the calendar has no day, as of 31-2
        raise Invalid(NO_SUCH_DAY if str(problem) == "no_such_day" else NOT_A_DATE) from problem


def choice(labels: Mapping[Choice, str]) -> Callable[[RawCell], Choice]:
    """Make a reader of the words of a list, without regard to case and spacing.

    ``labels`` gives the word for each value; the reader returns the value. Raises ``ValueError``
    when two values have the same word.
    """
    known = {fold(label): value for value, label in labels.items()}
    if len(known) != len(labels):
        raise ValueError("two values of the list have the same label")
    words = ", ".join(labels.values())
    as_text = text()

    def read(cell: RawCell) -> Choice:
        typed = fold(str(as_text(cell)))
        if typed not in known:
            raise Invalid(NOT_A_CHOICE, params={"choices": words})
        return known[typed]

    return read


def yes_or_no(cell: RawCell) -> bool:
    """Read ja or nee, or a cell that is true or false."""
    if isinstance(cell.value, bool):
        return cell.value
    typed = fold(cell.words)
    if typed not in _YES | _NO:
        raise Invalid(NOT_YES_OR_NO)
    return typed in _YES


def fold(words: str) -> str:
    """Return words in the form in which headers and choices are compared."""
    return " ".join(unicodedata.normalize("NFC", words).split()).casefold()


def _unread(_cell: RawCell) -> None:
    """A link is for the reader of a file; nobody fills one in."""


_READERS: Final[dict[Kind, Reader]] = {
    Kind.TEXT: text(),
    Kind.LONG_TEXT: text(lines=True),
    Kind.INTEGER: whole_number,
    Kind.DECIMAL: number,
    Kind.NUMBER: number,
    Kind.MONEY: money,
    Kind.PERCENT: percent,
    Kind.EXACT_PERCENT: percent,
    Kind.DATE: day,
    Kind.LINK: _unread,
}

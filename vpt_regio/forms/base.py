"""The parent of every form, and fields that read what Dutch users write."""

import re
import secrets
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.fields import Field

from vpt_regio.domain.fuzzy_date import (
    FAR_AWAY,
    FarAway,
    FuzzyDate,
    check_year,
    parse_dutch_date,
)
from vpt_regio.domain.half_year import parse_week
from vpt_regio.domain.money import format_euro, parse_euro
from vpt_regio.domain.numbers import parse_number
from vpt_regio.domain.text import N_, TEXT_PROBLEMS, clean_text, one_line
from vpt_regio.errors import DomainError, SeveralErrors

# a line that is read into a value; what is longer cannot be one
LONGEST_LINE = 200
# nine digits fit in a column of whole numbers on every database
WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,9}")
VERSION = re.compile(r"[0-9]{1,18}")
NEVER_SEEN = -1
# measured numbers are stored with so many
MOST_DECIMALS = 4
HOURS = re.compile(r"[-+]?[0-9]{1,6}(?:[.,][0-9]{1,6})?")


def _clean(value: str | None, field: Field) -> str:
    try:
        return clean_text(value or "")
    except ValueError as problem:
        raise ValueError(gettext(TEXT_PROBLEMS[str(problem)])) from problem


class Text(StringField):
    """One line of clean text."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""
        self.data = one_line(_clean(self.data, self))

    def process_data(self, value: Any) -> None:
        self.data = value if value is not None else ""


class LongText(TextAreaField):
    """Paragraphs of clean text."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""
        self.data = _clean(self.data, self)

    process_data = Text.process_data


class ParsedField(StringField):
    """One line that is read into a value; what was typed comes back when it cannot be read.

    `parse` turns text into the value and raises ValueError; `show` turns a value into text.
    """

    data: Any
    problem: str = N_("Dit is niet te lezen.")
    kind = "text"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.render_kw = {"autocomplete": "off", **(self.render_kw or {})}

    @staticmethod
    def parse(text: str) -> Any:
        raise TypeError("every kind of value names its own reader")

    @staticmethod
    def show(value: Any) -> str:
        return str(value)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        # only spaces is nothing: a required field then asks for its value
        self.raw_data = [text]
        self.data = None
        if not text:
            return
        # what was shown and left alone keeps its value: words of a source need not be readable
        if self.object_data is not None and text == self.show(self.object_data).strip():
            self.data = self.object_data
            return
        if len(text) > LONGEST_LINE:
            raise ValueError(gettext(self.problem))
        try:
            self.data = self.parse(_clean(text, self))
        except FarAway as problem:
            raise ValueError(gettext(FAR_AWAY)) from problem
        except ValueError as problem:
            raise ValueError(gettext(self.problem)) from problem


class MoneyField(ParsedField):
    """An amount, read as Dutch users write it, into whole cents."""

    kind = "money"
    problem = N_("Vul een bedrag in euro's in, bijvoorbeeld 22.061,50.")
    parse = staticmethod(parse_euro)

    @staticmethod
    def show(value: int) -> str:
        return format_euro(value).removeprefix("€").strip().replace("\u00a0", "")


class DayField(ParsedField):
    """A day, such as 15-3-2012 or 15 maart 2012."""

    kind = "date"
    problem = N_("Vul een datum in als dag-maand-jaar, bijvoorbeeld 15-03-2012.")

    @staticmethod
    def parse(text: str) -> date:
        return check_year(parse_dutch_date(text))

    @staticmethod
    def show(value: date) -> str:
        return value.strftime("%d-%m-%Y")


class VagueDateField(ParsedField):
    """A date as precise as it is known, such as 15 maart 2012 or voorjaar 2010."""

    kind = "text"
    problem = N_(
        "Vul een datum in, zo precies als u weet:"
        " bijvoorbeeld 15 maart 2012, voorjaar 2010 of halverwege 2012."
    )

    @staticmethod
    def parse(text: str) -> FuzzyDate:
        found = FuzzyDate.parse(text)
        if found.on is not None:
            check_year(found.on)
        return found

    @staticmethod
    def show(value: FuzzyDate) -> str:
        return value.words or value.display()


class WeekField(ParsedField):
    """A week, such as 2012-W23 or week 23 2012, read into (year, week)."""

    kind = "text"
    problem = N_("Vul een week in, bijvoorbeeld 2012-W23.")

    @staticmethod
    def parse(text: str) -> tuple[int, int]:
        year, week = parse_week(text)
        check_year(date(year or 1, 1, 1))
        return year, week

    @staticmethod
    def show(value: tuple[int, int]) -> str:
        return f"{value[0]}-W{value[1]:02}"


def parse_quarters(text: str) -> int:
    """Return hours in quarters of an hour; raises ValueError for anything between quarters."""
    match = HOURS.fullmatch(text)
    if match is None:
        raise ValueError(text)
    quarters = Decimal(text.replace(",", ".")) * 4
    if quarters != quarters.to_integral_value():
        raise ValueError(text)
    return int(quarters)


class HoursField(ParsedField):
    """Hours, to the quarter: 20, 7,5 or 3,25; the value is in quarters."""

    kind = "number"
    problem = N_("Vul uren in, tot op een kwartier: bijvoorbeeld 20 of 7,5.")
    parse = staticmethod(parse_quarters)

    @staticmethod
    def show(value: int) -> str:
        return f"{Decimal(value) / 4:f}".rstrip("0").rstrip(".").replace(".", ",") or "0"


class WholeNumberField(ParsedField):
    """A whole number; whether it may be negative is for the rules to say."""

    kind = "number"
    problem = N_("Vul een heel getal in.")

    @staticmethod
    def parse(text: str) -> int:
        if WHOLE_NUMBER.fullmatch(text) is None:
            raise ValueError(text)
        return int(text)


class NumberField(ParsedField):
    """A number as Dutch users write it, such as 1.234,5, with as many decimals as are stored."""

    kind = "number"
    problem = N_("Vul een getal in met hoogstens vier decimalen, bijvoorbeeld 1.234,5.")

    @staticmethod
    def parse(text: str) -> Decimal:
        number = parse_number(text)
        if number != round(number, MOST_DECIMALS):
            raise ValueError(text)
        return number

    @staticmethod
    def show(value: Decimal) -> str:
        return f"{value:f}".replace(".", ",")


class Difference(NamedTuple):
    """A field with what somebody else stored and what this person typed, both as text."""

    label: str
    theirs: str
    mine: str
    is_text: bool


class AppForm(FlaskForm):
    """A form with what every form needs besides its fields.

    `version` is the version of the record the person saw; `idempotency_key` makes that sending
    the form twice does its work once; `form_name` tells the forms of one page apart.
    """

    version = HiddenField()
    idempotency_key = HiddenField(default=lambda: secrets.token_urlsafe(16))
    form_name = HiddenField()

    SERVICE_FIELDS = ("csrf_token", "version", "idempotency_key", "form_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_name.data = type(self).__name__
        self.general_errors: list[str] = []
        self.differences: list[Difference] = []

    @property
    def expected_version(self) -> int | None:
        """The version that the person saw, or None for a new record.

        What is no version at all is none that anybody saw, and leads to a conflict.
        """
        text = str(self.version.data or "")
        if not text:
            return None
        return int(text) if VERSION.fullmatch(text) else NEVER_SEEN

    def content_fields(self) -> list[Field]:
        """Return the fields that a person fills in."""
        return [field for field in self if field.short_name not in self.SERVICE_FIELDS]

    def add_error(self, error: DomainError, translate: Callable[[DomainError], str]) -> None:
        """Put the message of a rule at its field, or above the form when it has none."""
        if isinstance(error, SeveralErrors):
            for part in error.errors:
                self.add_error(part, translate)
            return
        field = self._fields.get(error.field or "")
        if field is None or field.short_name in self.SERVICE_FIELDS:
            self.general_errors.append(translate(error))
        else:
            field.errors = [*field.errors, translate(error)]

"""The rules that one row of a progress form can be held against without any record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from vpt_regio.domain.enums import ActivityStatus, Rag
from vpt_regio.domain.indicator_codes import Qualifier, Unit
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.measured_values import Given, problems
from vpt_regio.errors import DomainError
from vpt_regio.workbooks import parse, text
from vpt_regio.workbooks import progress_form_codes as told
from vpt_regio.workbooks.parse import RawCell, Reader, fold
from vpt_regio.workbooks.progress_form_cells import DAY_OUTSIDE, NEGATIVE_AMOUNT, WHOLE, bounds
from vpt_regio.workbooks.progress_form_types import (
    FIELDS,
    FormMeta,
    FormSheet,
    Plain,
    plain,
)
from vpt_regio.workbooks.read import BLANK, NUMBER_AS_TEXT

TEXTS: Final = frozenset(
    {
        "result",
        "obstacle",
        "next_step",
        "source",
        "note",
        "description",
        "rag_explanation",
        "results",
        "obstacles",
        "outlook",
    }
)
_VALUES: Final = ("value", "numerator", "denominator")


@dataclass
class RowInHand:
    """A row while it is checked: ``tell`` and ``remark`` take a message and the field it is at."""

    meta: FormMeta
    key: str
    is_new: bool
    values: dict[str, Any]
    faulty: set[str]
    tell: Callable[..., None]
    remark: Callable[..., None]
    base: Mapping[str, Plain] = field(default_factory=dict)
    facts: Mapping[str, Plain] = field(default_factory=dict)

    def blank(self, *names: str, message: str = BLANK) -> None:
        """Tell of each of these fields that is blank; one with a problem was told of already."""
        for name in names:
            if self.values[name] in (None, "") and name not in self.faulty:
                self.fault(name, message)

    def fault(self, name: str, message: str, params: Mapping[str, Any] | None = None) -> None:
        """Tell what is wrong with a field, which may then not be used."""
        self.tell(message, name, params or {})
        self.faulty.add(name)

    def changed(self, sheet: FormSheet) -> list[str]:
        """The fields that are something else than at the download."""
        return [name for name in FIELDS[sheet] if plain(self.values[name]) != self.base.get(name)]


def check_activity(row: RowInHand) -> None:
    """Status and progress are needed; a delay has a reason."""
    if row.values["number"] not in (None, row.facts.get("number")):
        row.fault("number", told.ROW_MIXED)
    row.blank("status", "percent")
    if row.values["status"] is ActivityStatus.DELAYED:
        row.blank("obstacle", message=told.DELAYED)


def check_judgement(row: RowInHand) -> None:
    """The judgement and the main texts are needed; orange and red are explained."""
    row.blank("rag", "results", "outlook")
    if row.values["rag"] in (Rag.AMBER, Rag.RED):
        row.blank("rag_explanation", message=told.NO_EXPLANATION)


def check_hours(row: RowInHand) -> None:
    """New hours name leader and week; hours that were there cannot be made blank."""
    if row.is_new:
        row.blank("leader", "week", "quarters")
        return
    for name, fact in (("leader", "appointment_id"), ("week", "week")):
        found = row.values[name]
        if found is not None and plain(found) != row.facts.get(fact):
            row.fault(name, told.ROW_MIXED)
    if row.base.get("quarters") is not None or row.values["note"]:
        row.blank("quarters", message=told.NO_HOURS)


def check_expenditure(row: RowInHand) -> None:
    """New spending is complete, in the half-year and above nothing; what was booked stays."""
    if not row.is_new:
        for name in row.changed(FormSheet.EXPENDITURES):
            if name not in row.faulty:
                row.fault(name, told.BOOKING_CHANGED)
        return
    row.blank("booked_on", "description", "phase", "amount_cents")
    day, amount = row.values["booked_on"], row.values["amount_cents"]
    if day is not None and not row.meta.starts_on <= day <= row.meta.ends_on:
        row.fault("booked_on", DAY_OUTSIDE, bounds(row.meta))
    if amount is not None and amount <= 0:
        row.fault("amount_cents", NEGATIVE_AMOUNT)


def check_measurement(row: RowInHand) -> None:
    """A value has a day and a source and fits its unit; without a value there is a reason."""
    label = row.values["label"]
    if label is not None and fold(label) != fold(text.clean(str(row.facts.get("label")))):
        row.fault("label", told.ROW_MIXED)
    unit = Unit(str(row.facts["unit"]))
    _read_value(row, unit)
    changed = row.changed(FormSheet.MEASUREMENTS)
    if not changed and not row.faulty:
        return
    filled = [name for name in FIELDS[FormSheet.MEASUREMENTS] if row.values[name] not in (None, "")]
    if not filled and not row.faulty:
        row.fault("cutoff_on", told.CLEARED)
        return
    row.blank("cutoff_on")
    if any(name in row.faulty for name in _VALUES):
        return
    _check_value(row, unit)


def _check_value(row: RowInHand, unit: Unit) -> None:
    given = Given(*(row.values[name] for name in _VALUES))
    if given.is_empty:
        if not row.values["note"]:
            row.blank(*(_VALUES[1:] if unit is Unit.PERCENT else _VALUES[:1]))
        return
    row.blank("source")
    if row.values["qualifier"] is None and "qualifier" not in row.faulty:
        row.values["qualifier"] = Qualifier.EXACT
    if given.denominator is not None and given.denominator <= 0:
        row.fault("denominator", told.DENOMINATOR_ZERO)
        return
    if unit is Unit.PERCENT and given.has_counts and given.value is not None:
        given = _share_of_counts(row, given)
    for problem in problems(given, unit, needs_counts=True):
        row.fault(problem.field, problem.message)


def _share_of_counts(row: RowInHand, given: Given) -> Given:
    """A share beside its counts is only held against them; what counts are the counts."""
    assert given.value is not None  # noqa: S101  # the caller looked
    if given.numerator is not None and given.denominator is not None:
        share = Fraction(given.numerator) / Fraction(given.denominator) * WHOLE
        decimals = max(-int(given.value.normalize().as_tuple().exponent), 0)
        if round_half_up(share, decimals) != given.value:
            row.fault("value", told.OTHER_SHARE)
    row.values["value"] = None
    return Given(None, given.numerator, given.denominator)


def _read_value(row: RowInHand, unit: Unit) -> None:
    """Read the value in the unit of its row."""
    cell = row.values["value"]
    if not isinstance(cell, RawCell):
        return
    row.values["value"] = None
    try:
        row.values["value"] = _READERS.get(unit, parse.number)(cell)
    except DomainError as error:
        row.fault("value", error.message, error.params)
        return
    if isinstance(cell.value, str) and unit is not Unit.YES_NO:
        row.remark(NUMBER_AS_TEXT, "value")


def _percent(cell: RawCell) -> Decimal:
    return parse.percent(cell) * WHOLE


def _euros(cell: RawCell) -> Decimal:
    return Decimal(parse.money(cell)) / WHOLE


def _yes_or_no(cell: RawCell) -> Decimal:
    return Decimal(int(parse.yes_or_no(cell)))


_READERS: Final[Mapping[Unit, Reader]] = {
    Unit.PERCENT: _percent,
    Unit.EURO: _euros,
    Unit.YES_NO: _yes_or_no,
}

CHECKS: Final[Mapping[FormSheet, Callable[[RowInHand], None]]] = {
    FormSheet.ACTIVITIES: check_activity,
    FormSheet.MEASUREMENTS: check_measurement,
    FormSheet.HOURS: check_hours,
    FormSheet.EXPENDITURES: check_expenditure,
    FormSheet.JUDGEMENT: check_judgement,
}

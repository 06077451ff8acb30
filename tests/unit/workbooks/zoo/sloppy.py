"""Forms as honest people send them: filled in well in many ways, or wrongly in a cell or row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.unit.workbooks.zoo.forms import (
    LEADER,
    OPEN_HOURS,
    OPEN_SPENDING,
    Fill,
    edited,
    filled,
    repacked,
)

H, S = OPEN_HOURS, OPEN_SPENDING
SPENDING = {
    f"A{S}": dt.date(2012, 3, 12),
    f"B{S}": "Drukwerk",
    f"D{S}": "uitvoering",
    f"E{S}": 100,
}
HOURS = {f"A{H}": LEADER, f"B{H}": "2012-W20", f"C{H}": 7.5}
SHARE = {"D2": dt.date(2012, 6, 30), "F2": 2, "G2": 3, "I2": "Registratie"}


class Animal(NamedTuple):
    """A file and what comes of it: problems as (code, sheet, cells), and codes of notes."""

    name: str
    make: Callable[[], bytes]
    problems: list[tuple[str, str, str]]
    notes: frozenset[str] = frozenset()


def typed(
    name: str, cells: Fill, *problems: tuple[str, str, str], notes: tuple[str, ...] = ()
) -> Animal:
    """A form in which somebody typed these values."""
    return Animal(name, lambda: filled(cells), list(problems), frozenset(notes))


def worked(
    name: str,
    change: Callable[[Any], object],
    *problems: tuple[str, str, str],
    notes: tuple[str, ...] = (),
) -> Animal:
    """A form in which somebody did something else than typing."""
    return Animal(name, lambda: edited(change), list(problems), frozenset(notes))


def _in_activities(pattern: bytes, put: bytes) -> bytes:
    name = "xl/worksheets/sheet2.xml"
    return repacked(lambda parts: parts.update({name: re.sub(pattern, put, parts[name], count=1)}))


def _blank_formula() -> bytes:
    cell = rb'<c r="G2" s="\1" t="str"><f>""</f><v></v></c>'
    return _in_activities(rb'<c r="G2" s="(\d+)"/>', cell)


def _broken_sheet() -> bytes:
    return _in_activities(rb'(?s)<c r="C3".*', b"<c")


def _bare(book: Any) -> None:
    book["Activiteiten"]["D3"] = 0.5
    book["Activiteiten"]["D3"].number_format = "General"


def _dollars(book: Any) -> None:
    for cell, value in SPENDING.items():
        book["Uitgaven"][cell] = value
    book["Uitgaven"][f"E{S}"].number_format = '"$"#,##0.00'


def _renamed(book: Any) -> None:
    book["Activiteiten"]["C1"] = "Stand"


def _column_twice(book: Any) -> None:
    book["Uren"]["F1"] = "Uren"


def _without_sheet(book: Any) -> None:
    del book["Oordeel"]


def _without_judgement(book: Any) -> None:
    for cell in "ABCDEF":
        book["Oordeel"][f"{cell}2"] = None


def _copied_row(book: Any) -> None:
    sheet = book["Activiteiten"]
    for column in range(1, 10):
        copy, original = sheet.cell(6, column), sheet.cell(3, column)
        copy.value, copy.number_format = original.value, original.number_format


def _deleted_row(book: Any) -> None:
    book["Activiteiten"].delete_rows(3)


def _mixed(book: Any) -> None:
    sheet = book["Activiteiten"]
    sheet["A2"], sheet["A3"] = 2, 1


def _merged(book: Any) -> None:
    book["Activiteiten"].merge_cells("C2:C3")


def _hidden_row(book: Any) -> None:
    book["Uren"].row_dimensions[4].hidden = True


def _dates_of_1904(book: Any) -> None:
    book.epoch = dt.datetime(1904, 1, 1)  # noqa: DTZ001  # an epoch of Excel has no time zone
    for cell, value in {**SPENDING, "A2": dt.date(2012, 2, 3)}.items():
        book["Uitgaven"][cell] = value


WELL = [
    typed("as it was downloaded", {}),
    typed("hours in an open row", {"Uren": HOURS}),
    typed("hours in the row of their week", {"Uren": {"C5": 8}}),
    typed("hours as text", {"Uren": {"C5": " 7,25 "}}, notes=("number_as_text",)),
    typed("a week in words", {"Uren": {**HOURS, f"B{H}": "week 20 2012"}}),
    typed("a leader in other capitals", {"Uren": {**HOURS, f"A{H}": "PROJECTLEIDER  limburg"}}),
    typed("spending in an open row", {"Uitgaven": SPENDING}),
    typed(
        "a euro sign and a point",
        {"Uitgaven": {**SPENDING, f"E{S}": "€ 1.234,50"}},
        notes=("grouped", "number_as_text"),
    ),
    typed(
        "an amount as text",
        {"Uitgaven": {**SPENDING, f"E{S}": "1234,5"}},
        notes=("number_as_text",),
    ),
    typed(
        "a date as text", {"Uitgaven": {**SPENDING, f"A{S}": "12-3-2012"}}, notes=("date_as_text",)
    ),
    typed(
        "a date in words",
        {"Uitgaven": {**SPENDING, f"A{S}": "12 maart 2012"}},
        notes=("date_as_text",),
    ),
    worked("dates of the other system", _dates_of_1904),
    typed("an activity by its number", {"Uitgaven": {**SPENDING, f"C{S}": 2}}),
    typed("an activity by its title", {"Uitgaven": {**SPENDING, f"C{S}": "meldpunt"}}),
    typed("a status in capitals", {"Activiteiten": {"C2": "  AFGEROND "}}),
    typed("a whole percentage", {"Activiteiten": {"D2": "75 %"}}, notes=("number_as_text",)),
    Animal("a formula that yields blank", _blank_formula, []),
    typed("a share by its counts", {"Metingen": SHARE}),
    typed("a share that fits its counts", {"Metingen": {**SHARE, "E2": 0.667}}),
    typed("why nothing was measured", {"Metingen": {"D3": dt.date(2012, 6, 30), "K3": "Ziek."}}),
    typed(
        "a cut-off date after the half-year",
        {"Metingen": {"D3": dt.date(2012, 7, 10), "E3": 9, "I3": "Politie"}},
    ),
    typed("yes", {"Metingen": {"D4": dt.date(2012, 6, 30), "E4": "Ja", "I4": "Partners"}}),
    worked("an extra sheet", lambda book: book.create_sheet("Kladblok"), notes=("extra_sheet",)),
    typed("an extra column", {"Uren": {"F1": "Mijn notitie", "F2": "x"}}, notes=("extra_column",)),
    worked("a hidden row", _hidden_row, notes=("hidden_rows",)),
    worked("a row that is gone", _deleted_row, notes=("rows_gone",)),
    worked("no protection", lambda book: book["Uren"].protection.disable()),
]

WRONG = [
    typed(
        "a blank status",
        {"Activiteiten": {"C2": None, "C4": None}},
        ("blank", "Activiteiten", "C2, C4"),
    ),
    typed(
        "an unknown status",
        {"Activiteiten": {"C3": "bezig"}},
        ("not_in_list", "Activiteiten", "C3"),
    ),
    typed(
        "progress above 100",
        {"Activiteiten": {"D2": 1.2}},
        ("progress_out_of_range", "Activiteiten", "D2"),
    ),
    typed(
        "negative progress",
        {"Activiteiten": {"D2": -0.1}},
        ("progress_out_of_range", "Activiteiten", "D2"),
    ),
    typed(
        "progress in words",
        {"Activiteiten": {"D2": "half"}},
        ("not_a_number", "Activiteiten", "D2"),
    ),
    worked("progress that lost its format", _bare, ("ask_percentage", "Activiteiten", "D3")),
    typed(
        "a delay without obstacle",
        {"Activiteiten": {"C2": "vertraagd"}},
        ("delayed_without_obstacle", "Activiteiten", "G2"),
    ),
    typed(
        "a date for a text",
        {"Activiteiten": {"F2": dt.date(2012, 2, 1)}},
        ("became_date", "Activiteiten", "F2"),
    ),
    typed(
        "a text that is too long",
        {"Activiteiten": {"F2": "a" * 10_001}},
        ("too_long", "Activiteiten", "F2"),
    ),
    typed("a column of another name", {}, notes=())._replace(
        make=lambda: edited(_renamed),
        problems=[("missing_column", "Activiteiten", "")],
        notes=frozenset({"extra_column"}),
    ),
    Animal("a sheet that breaks off", _broken_sheet, [("damaged", "Activiteiten", "")]),
    worked("a column twice", _column_twice, ("column_twice", "Uren", "F1")),
    worked("a sheet that is gone", _without_sheet, ("missing_sheet", "", "")),
    worked("a judgement that is gone", _without_judgement, ("missing_row", "Oordeel", "")),
    worked("a row that was copied", _copied_row, ("row_twice", "Activiteiten", "A6")),
    worked("rows that were mixed up", _mixed, ("row_mixed", "Activiteiten", "A2, A3")),
    worked("cells that were merged", _merged, ("merged_cell", "Activiteiten", "C3")),
    typed(
        "a row of one's own",
        {"Activiteiten": {"A7": 9, "B7": "Extra"}},
        ("unknown_row", "Activiteiten", "A7"),
    ),
    typed(
        "an unknown key",
        {"Activiteiten": {"I2": "activity:99"}},
        ("unknown_row", "Activiteiten", "A2"),
        notes=("rows_gone",),
    ),
    typed("an error", {"Activiteiten": {"F2": "#N/A"}}, ("cell_error", "Activiteiten", "F2")),
    typed("a broken reference", {"Uren": {"C3": "#REF!"}}, ("cell_error", "Uren", "C3")),
    typed(
        "a formula without a result",
        {"Uren": {"C3": "=1+1"}},
        ("formula_without_result", "Uren", "C3"),
    ),
    typed("hours with a unit", {"Uren": {"C4": "7 uur"}}, ("other_unit", "Uren", "C4")),
    typed("negative hours", {"Uren": {"C4": -1}}, ("negative", "Uren", "C4")),
    typed("hours beyond a week", {"Uren": {"C4": 61}}, ("too_many_hours", "Uren", "C4")),
    typed("hours in minutes", {"Uren": {"C4": 7.1}}, ("not_quarters", "Uren", "C4")),
    typed("a time of day", {"Uren": {"C4": dt.time(7, 30)}}, ("not_a_number", "Uren", "C4")),
    typed("hours that were emptied", {"Uren": {"C2": None}}, ("blank", "Uren", "C2")),
    typed(
        "the same week twice",
        {"Uren": {**HOURS, f"B{H}": "2012-W01"}},
        ("duplicate_week", "Uren", f"B{H}"),
    ),
    typed(
        "a week outside the half-year",
        {"Uren": {**HOURS, f"B{H}": "2012-W40"}},
        ("outside_period", "Uren", f"B{H}"),
    ),
    typed(
        "a week that does not exist",
        {"Uren": {**HOURS, f"B{H}": "2012-W60"}},
        ("not_a_week", "Uren", f"B{H}"),
    ),
    typed(
        "an unknown leader",
        {"Uren": {**HOURS, f"A{H}": "Iemand"}},
        ("not_in_list", "Uren", f"A{H}"),
    ),
    typed(
        "a date outside the half-year",
        {"Uitgaven": {**SPENDING, f"A{S}": dt.date(2011, 12, 31)}},
        ("outside_period", "Uitgaven", f"A{S}"),
    ),
    typed(
        "a date that is no date",
        {"Uitgaven": {**SPENDING, f"A{S}": "ergens in mei"}},
        ("not_a_date", "Uitgaven", f"A{S}"),
    ),
    typed(
        "a day that does not exist",
        {"Uitgaven": {**SPENDING, f"A{S}": "31-4-2012"}},
        ("no_such_day", "Uitgaven", f"A{S}"),
    ),
    typed(
        "half an entry", {"Uitgaven": {f"B{S}": "Iets"}}, ("blank", "Uitgaven", f"A{S}, D{S}, E{S}")
    ),
    typed(
        "a negative amount",
        {"Uitgaven": {**SPENDING, f"E{S}": -5}},
        ("negative", "Uitgaven", f"E{S}"),
    ),
    typed(
        "an amount in dollars",
        {"Uitgaven": {**SPENDING, f"E{S}": "$ 5"}},
        ("other_unit", "Uitgaven", f"E{S}"),
    ),
    worked("an amount that is shown in dollars", _dollars, ("other_unit", "Uitgaven", f"E{S}")),
    typed(
        "parts of cents",
        {"Uitgaven": {**SPENDING, f"E{S}": 1.005}},
        ("not_cents", "Uitgaven", f"E{S}"),
    ),
    typed(
        "an unknown activity",
        {"Uitgaven": {**SPENDING, f"C{S}": "Feest"}},
        ("not_in_list", "Uitgaven", f"C{S}"),
    ),
    typed(
        "a booking that was changed",
        {"Uitgaven": {"E2": 99}},
        ("booking_changed", "Uitgaven", "E2"),
    ),
    typed(
        "a denominator of zero",
        {"Metingen": {**SHARE, "G2": 0}},
        ("denominator_zero", "Metingen", "G2"),
    ),
    typed(
        "a share that differs",
        {"Metingen": {**SHARE, "E2": 0.7}},
        ("share_differs", "Metingen", "E2"),
    ),
    typed(
        "a value without day and source", {"Metingen": {"E3": 9}}, ("blank", "Metingen", "D3, I3")
    ),
    typed(
        "a value with a unit",
        {"Metingen": {"D3": dt.date(2012, 6, 30), "E3": "9 dagen", "I3": "x"}},
        ("other_unit", "Metingen", "E3"),
    ),
    typed(
        "orange without a reason",
        {"Oordeel": {"A2": "oranje"}},
        ("explanation_missing", "Oordeel", "B2"),
    ),
    typed("no judgement", {"Oordeel": {"A2": None, "C2": " "}}, ("blank", "Oordeel", "A2, C2")),
]

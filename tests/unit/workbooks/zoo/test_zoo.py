"""Every kind of file that comes in gets its outcome, at the right cells, and hurts nothing."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from tests.unit.workbooks.zoo.foreign import FOREIGN
from tests.unit.workbooks.zoo.forms import SECRET, SOURCE, edited, filled, form, read, told
from tests.unit.workbooks.zoo.sloppy import WELL, WRONG, Animal
from vpt_regio import contained
from vpt_regio.workbooks.progress_form import mark_form, place_problems
from vpt_regio.workbooks.progress_form_read import read_progress_form
from vpt_regio.workbooks.progress_form_types import FormRead, FormSheet, present_values

ALL = [*WELL, *WRONG]


@pytest.mark.parametrize("animal", ALL, ids=[one.name for one in ALL])
def test_a_form_gets_its_outcome_at_the_right_cells(animal: Animal) -> None:
    found = read(animal.make())
    assert [(one.code, one.sheet, one.cell) for one in found.problems] == animal.problems
    assert {one.code for one in found.notes} == animal.notes
    assert found.meta is not None


@pytest.mark.parametrize(
    ("make", "codes"), [one[1:] for one in FOREIGN], ids=[one[0] for one in FOREIGN]
)
def test_what_is_no_form_is_refused_before_a_value_is_read(
    make: Callable[[], bytes], codes: list[str]
) -> None:
    found = read(make())
    assert found.rows == ()
    assert [one.code for one in found.problems] == codes


def test_a_form_of_another_place_says_which() -> None:
    meta = read(form()).meta
    assert meta is not None
    assert place_problems(meta, programme="vpt", region="LI", period="2012-1") == []
    found = place_problems(meta, programme="x", region="UT", period="2011-2")
    assert [one.code for one in found] == ["wrong_programme", "wrong_region", "wrong_period"]
    assert str(found[1]) == "Dit formulier is van de regio LI en niet van UT."


def test_an_untouched_form_holds_what_it_was_made_from() -> None:
    found = read(form())
    assert found.meta is not None
    assert found.meta.base == present_values(SOURCE)
    assert {row.key: row.plain() for row in found.rows} == found.meta.base


def _shuffled(book: Any) -> None:
    """Sort rows the other way and put the columns in another order, as people do."""
    for title in ("Activiteiten", "Metingen", "Uren"):
        sheet = book[title]
        rows = [
            [(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows(max_row=9)
        ]
        header, body = rows[0], [row for row in rows[1:] if row[-1][0]]
        order = [len(header) - 1, *range(len(header) - 1)]
        for number, row in enumerate([header, *reversed(body)], start=1):
            for column, place in enumerate(order, start=1):
                cell = sheet.cell(number, column)
                cell.value, cell.number_format = row[place]
    book.create_sheet("Kladblok", 0)["A1"] = "van mij"


def test_sorted_rows_moved_columns_and_added_sheets_read_the_same() -> None:
    plain = {row.key: row.plain() for row in read(form()).rows}
    found = read(edited(_shuffled))
    assert found.problems == ()
    assert found.extra_sheets == ("Kladblok",)
    assert {row.key: row.plain() for row in found.rows} == plain


@pytest.fixture(name="marked", scope="module")
def fixture_marked() -> tuple[FormRead, Any]:
    """A refused form, and the file that goes back."""
    wrong = read(
        filled(
            {
                "Activiteiten": {"C2": "bezig", "D3": "veel", "F3": "Eigen tekst"},
                "Uren": {"A150": "Iemand", "B150": "2012-W20", "C150": 7},
                "Uitgaven": {
                    "A180": "gisteren",
                    "B180": "Zaal",
                    "D180": "uitvoering",
                    "E180": 12.5,
                },
            }
        )
    )
    target = io.BytesIO()
    mark_form(SOURCE, wrong, target)
    return wrong, target.getvalue()


def test_a_refused_form_goes_back_with_raw_values_marks_and_links(marked: Any) -> None:
    _wrong, data = marked
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[:2] == ["Fouten", "Lees mij"]
    cell = book["Activiteiten"]["D3"]
    assert cell.value == "veel"
    assert cell.fill.start_color.rgb == "FFFFC7CE"
    assert not cell.protection.locked
    assert cell.comment.text.startswith("Hier staat geen getal.")
    assert book["Activiteiten"]["F3"].value == "Eigen tekst"
    assert book["Uren"]["A10"].value == "Iemand"
    faults = book["Fouten"]
    rows = [[one.value for one in row[:3]] for row in faults.iter_rows(min_row=2)]
    assert rows == [
        ["Activiteiten", "C2", "C2"],
        ["Activiteiten", "D3", "D3"],
        ["Uren", "A10", "A150"],
        ["Uitgaven", "A3", "A180"],
    ]
    assert faults["E4"].hyperlink.location == "'Uren'!A10"


def test_a_form_that_went_back_is_refused_for_the_same_and_can_be_put_right(marked: Any) -> None:
    wrong, data = marked
    again = read(data)
    assert [one.code for one in again.problems] == [one.code for one in wrong.problems]
    assert again.meta == wrong.meta
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["Activiteiten"]["C2"], book["Activiteiten"]["D3"] = "afgerond", 0.5
    book["Uren"]["A10"], book["Uitgaven"]["A3"] = "Projectleider Limburg", "12-3-2012"
    target = io.BytesIO()
    book.save(target)
    right = read(target.getvalue())
    assert right.problems == ()
    (spent,) = [row for row in right.of(FormSheet.EXPENDITURES) if row.is_new]
    assert (spent.values["amount_cents"], spent.values["description"]) == (1250, "Zaal")


def test_two_thousand_rows_are_read_in_about_a_second() -> None:
    def change(book: Any) -> None:
        sheet = book["Uitgaven"]
        for row in range(3, 2003):
            for column, value in enumerate(
                ("2-3-2012", f"Bon {row}", 2, "uitvoering", row), start=1
            ):
                sheet.cell(row, column).value = value

    data = edited(change)
    told(form())  # the server of the limited processes runs from here on
    begun = time.process_time()
    found = read(data)
    spent = time.process_time() - begun
    assert len(list(found.of(FormSheet.EXPENDITURES))) == 2001
    assert found.problems == ()
    assert spent < 2


def _for_ever() -> None:
    while True:
        pass


def _without_end() -> int:
    return len(bytearray(4 * contained.MEMORY))


def test_a_process_that_takes_too_much_is_stopped() -> None:
    with pytest.raises(contained.StoppedError, match="too long"):
        contained.run(_for_ever, wall_seconds=0.5)
    with pytest.raises(contained.StoppedError, match="MemoryError"):
        contained.run(_without_end)
    assert contained.run(len, b"abc") == 3


def test_another_secret_reads_nothing() -> None:
    found = read_progress_form(form(), secret=SECRET + "x")
    assert found.meta is None
    assert [one.code for one in found.problems] == ["bad_signature"]

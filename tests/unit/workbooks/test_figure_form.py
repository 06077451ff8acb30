"""The form of a figure set: in each unit it reads back what it was filled with."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.workbooks.reading import book, problems, values
from vpt_regio.domain.indicator_codes import Qualifier, Unit
from vpt_regio.models.figures import FigureCategory, FigureDelivery, FigurePeriod, FigureSet
from vpt_regio.queries.figure_tables import Figure, FigureCell, FigureTable
from vpt_regio.workbooks.figure_form import figure_form, figure_sheet
from vpt_regio.workbooks.read import TableRead, read_table
from vpt_regio.workbooks.write import write

HEADERS = ("Categorie", "Periode", "Waarde")


def _set(unit: Unit, decimals: int = 0, categories: Sequence[str] = ("Incidenten",)) -> FigureSet:
    made = FigureSet(code="reeks", title="Reeks", unit=unit, decimals=decimals)
    made.categories = [FigureCategory(id=place, name=name) for place, name in enumerate(categories)]
    made.periods = [FigurePeriod(id=7, label="2010")]
    return made


def _table(figure_set: FigureSet, figures: Sequence[Figure | None]) -> FigureTable:
    period = figure_set.periods[0]
    cells = {
        (one.id, period.id): FigureCell(one, period, figure, (), None, None, True)
        for one, figure in zip(figure_set.categories, figures, strict=True)
    }
    return FigureTable(
        figure_set, date.max, figure_set.categories, figure_set.periods, cells, deliveries=[]
    )


def _written(table: FigureTable) -> TableRead:
    target = io.BytesIO()
    made_at = datetime(2012, 7, 16, tzinfo=UTC)
    write(figure_form(table.figure_set), table, target, made_at=made_at)
    return read_table(target.getvalue(), "cijfers.xlsx", figure_sheet(table.figure_set))


def _figure(
    value: Decimal | None, qualifier: Qualifier = Qualifier.EXACT, printed: str = ""
) -> Figure:
    number = None if value is None else Fraction(value)
    return Figure(number, qualifier, printed, 1, FigureDelivery())


def _read(figure_set: FigureSet, *given: object) -> TableRead:
    rows = [HEADERS, *(("Incidenten", 2010, value) for value in given)]
    return read_table(book(rows), "cijfers.xlsx", figure_sheet(figure_set))


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(Unit),
    st.integers(0, 4),
    st.lists(
        st.none() | st.tuples(st.integers(0, 10**10), st.sampled_from(Qualifier), st.booleans()),
        min_size=1,
        max_size=5,
    ),
)
def test_what_was_written_is_read_back(
    unit: Unit, decimals: int, places: list[tuple[int, Qualifier, bool] | None]
) -> None:
    figure_set = _set(unit, decimals, [f"={place}" for place in range(len(places))])
    figures = []
    for place in places:
        if place is None:
            figures.append(None)
            continue
        number = place[0] % 2 if unit is Unit.YES_NO else Decimal(place[0]).scaleb(-decimals)
        value = Decimal(number) if place[2] else None
        figures.append(_figure(value, place[1], "+1 (bron)"))
    read = _written(_table(figure_set, figures))
    assert (problems(read), [str(note) for note in read.notes]) == ([], [])
    for row, figure in zip(read.rows, figures, strict=True):
        found = row.values["value"], row.values["qualifier"], row.values["printed"]
        if figure is None:
            assert found == (None, None, None)
            assert row.raw["value"] is None
        else:
            assert found == (figure.value, figure.qualifier, figure.printed)
            assert row.raw["value"] is not None


@pytest.mark.parametrize(
    ("unit", "decimals", "given_", "value"),
    [
        (Unit.NUMBER, 0, "1.234", Decimal(1234)),
        (Unit.PERCENT, 1, "66,5%", Decimal("66.5")),
        (Unit.PERCENT, 0, 66, Decimal(66)),
        (Unit.EURO, 2, "€ 22.061,50", Decimal("22061.5")),
        (Unit.EURO, 4, "€ 0,1234", Decimal("0.1234")),
        (Unit.DAYS, 1, "2,5", Decimal("2.5")),
        (Unit.YES_NO, 0, "Ja", Decimal(1)),
        (Unit.YES_NO, 0, 0, Decimal(0)),
        (Unit.NUMBER, 0, "Niet bekend", None),
    ],
)
def test_a_value_is_read_in_the_unit_of_its_set(
    unit: Unit, decimals: int, given_: object, value: Decimal | None
) -> None:
    read = _read(_set(unit, decimals), given_)
    assert problems(read) == []
    assert values(read, "value") == [value]


@pytest.mark.parametrize(
    ("unit", "decimals", "given_", "problem"),
    [
        (Unit.NUMBER, 2, "1,234", "Gebruik hoogstens 2 cijfers achter de komma."),
        (Unit.NUMBER, 0, "66%", "zonder eenheid"),
        (Unit.PERCENT, 0, 0.66, "kan twee dingen betekenen"),
        (Unit.EURO, 0, "$ 5", "bedrag in euro"),
        (Unit.EURO, 4, "$ 5", "zonder eenheid"),
        (Unit.YES_NO, 0, "misschien", "Vul ja of nee in."),
        (Unit.YES_NO, 0, 2, "Vul ja of nee in."),
    ],
)
def test_a_value_in_another_unit_is_refused(
    unit: Unit, decimals: int, given_: object, problem: str
) -> None:
    [found] = problems(_read(_set(unit, decimals), given_))
    assert "C2" in found
    assert problem in found


def test_names_are_found_without_regard_to_case_unless_that_tells_them_apart() -> None:
    figure_set = _set(Unit.NUMBER, 0, ("Café", "agenten", "Agenten"))
    rows = [HEADERS, *((name, "2010", 1) for name in ("CAFÉ", "Agenten", "agenten", "AGENTEN"))]
    read = read_table(book(rows), "cijfers.xlsx", figure_sheet(figure_set))
    assert values(read, "category") == [0, 2, 1, None]
    assert ["AGENTEN" in problem for problem in problems(read)] == [True]

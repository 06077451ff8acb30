"""A figure in one line: what is read, what is refused, and that writing it reads back the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.figure_text import TypedFigure, parse_figure, write_figure
from vpt_regio.domain.indicator_codes import Qualifier, Unit

CIRCA, MORE, ALMOST = Qualifier.CIRCA, Qualifier.MORE_THAN, Qualifier.ALMOST


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("186", Unit.NUMBER, TypedFigure(Decimal(186))),
        (" 1.204 ", Unit.NUMBER, TypedFigure(Decimal(1204))),
        ("0", Unit.NUMBER, TypedFigure(Decimal(0))),
        ("66,5 %", Unit.PERCENT, TypedFigure(Decimal("66.5"))),
        ("€ 22 061", Unit.EURO, TypedFigure(Decimal(22061))),
        ("Onbekend", Unit.NUMBER, TypedFigure(None)),
        ("?", Unit.NUMBER, TypedFigure(None)),
        ("onbekend (n.b.)", Unit.NUMBER, TypedFigure(None, printed="n.b.")),
        ("ongeveer 40", Unit.NUMBER, TypedFigure(Decimal(40), CIRCA)),
        ("ca. 40", Unit.NUMBER, TypedFigure(Decimal(40), CIRCA, "ca. 40")),
        ("ruim 550", Unit.NUMBER, TypedFigure(Decimal(550), MORE, "ruim 550")),
        ("bijna 60 (60-)", Unit.NUMBER, TypedFigure(Decimal(60), ALMOST, "60-")),
        ("1.500.000 (1,5 mln)", Unit.EURO, TypedFigure(Decimal(1500000), printed="1,5 mln")),
        ("ja", Unit.YES_NO, TypedFigure(Decimal(1))),
        ("Nee", Unit.YES_NO, TypedFigure(Decimal(0))),
    ],
)
def test_figures_are_read_as_people_type_them(text: str, unit: Unit, expected: TypedFigure) -> None:
    assert parse_figure(text, unit) == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("veel", Unit.NUMBER),
        ("12.5", Unit.NUMBER),
        ("66%", Unit.NUMBER),
        ("ongeveer", Unit.NUMBER),
        ("(40)", Unit.NUMBER),
        ("4 (a) (b)", Unit.NUMBER),
        ("2", Unit.YES_NO),
        ("5 (" + "x" * 101 + ")", Unit.NUMBER),
        ("ca. " + "0" * 100, Unit.NUMBER),
    ],
)
def test_what_is_no_figure_is_refused(text: str, unit: Unit) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_figure(text, unit)


figures = st.builds(
    TypedFigure,
    value=st.integers(0, 10**11).map(lambda number: Decimal(number).scaleb(-2)),
    qualifier=st.sampled_from(Qualifier),
    printed=st.sampled_from(["", "1,5 mln", "een derde"]),
)


@given(figures)
def test_what_is_written_reads_back_the_same(figure: TypedFigure) -> None:
    assert parse_figure(write_figure(figure), Unit.NUMBER) == figure

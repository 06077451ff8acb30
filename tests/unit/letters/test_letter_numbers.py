"""The numbers and periods in a Dutch sentence."""

from fractions import Fraction

import pytest

from vpt_regio.domain.rules.letter_masks import periods_in
from vpt_regio.domain.rules.letter_number_words import word_value
from vpt_regio.domain.rules.letter_numbers import NumberUnit, numbers_in


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("€ 20 000,-", 20000, NumberUnit.EURO),
        ("€ 1.234,50", Fraction(123450, 100), NumberUnit.EURO),
        ("1,5 miljoen euro", 1500000, NumberUnit.EURO),
        ("ruim 160 000 mensen", 160000, NumberUnit.COUNT),
        ("met 39 procent", 39, NumberUnit.PERCENT),
        ("7,5%", Fraction(15, 2), NumberUnit.PERCENT),
        ("7 procentpunt", 7, NumberUnit.POINTS),
        ("een kwart minder", 25, NumberUnit.PERCENT),
        ("de helft", 50, NumberUnit.PERCENT),
        ("2,5 keer zo hoog", Fraction(5, 2), NumberUnit.TIMES),
        ("anderhalf keer zo veel", Fraction(3, 2), NumberUnit.TIMES),
        ("verdrievoudigd", 3, NumberUnit.TIMES),
        ("tweeëntwintig regio's", 22, NumberUnit.COUNT),
        ("er waren 2015 meldingen", 2015, NumberUnit.COUNT),
    ],
)
def test_a_figure_is_read(text: str, value: Fraction | int, unit: NumberUnit) -> None:
    assert [(one.value, one.unit) for one in numbers_in(text)] == [(value, unit)]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("nul", 0),
        ("elf", 11),
        ("eenenzestig", 61),
        ("honderdtwintig", 120),
        ("vijfenzestigduizend", 65000),
        ("tweehonderdvijf", 205),
        ("regio", None),
        ("honderden", None),
    ],
)
def test_a_word_is_a_number_or_not(word: str, value: int | None) -> None:
    assert word_value(word) == value


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("van 2009–2010 en 2010/11", ["2009-2010", "2010-2011"]),
        ("de eerste helft van 2011", ["2011H1"]),
        ("het derde kwartaal 2011", ["2011Q3"]),
        ("op 6 oktober 2011", ["2011-10"]),
        ("in 2007 en 2009", ["2007", "2009"]),
        ("€ 2010", []),
    ],
)
def test_periods_have_one_name_however_they_are_written(text: str, keys: list[str]) -> None:
    assert [one.key for one in periods_in(text)] == keys

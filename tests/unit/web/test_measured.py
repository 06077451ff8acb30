"""How values of indicators are told: one way, on every page."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask

from vpt_regio.domain.indicator_codes import Attainment, Qualifier, Unit
from vpt_regio.domain.rules.indicators import Value, change
from vpt_regio.extensions import babel
from vpt_regio.web.measured import (
    attainment_badge,
    change_words,
    distance_words,
    measured,
    plain_number,
    target_percent,
)


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    app = Flask(__name__)
    babel.init_app(app, default_locale="nl", locale_selector=lambda: "nl")
    with app.test_request_context():
        yield


@dataclass
class Holder:
    value: Any


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        (Value(Fraction(1234)), Unit.NUMBER, 0, "1.234"),
        (Value(Fraction(40), Qualifier.CIRCA), Unit.NUMBER, 0, "ongeveer 40"),
        (Value(Fraction(200, 3)), Unit.PERCENT, 1, "66,7%"),
        (Value(Fraction(200, 3)), Unit.PERCENT, 0, "67%"),
        (Value(Fraction(1)), Unit.DAYS, 0, "1 dag"),
        (Decimal("12.5"), Unit.DAYS, 1, "12,5 dagen"),
        (Holder(Value(Fraction(0))), Unit.YES_NO, 0, "nee"),
        (Fraction(0), Unit.NUMBER, 0, "0"),
        (None, Unit.NUMBER, 0, "niet gemeten"),
        (Holder(None), Unit.PERCENT, 0, "niet gemeten"),
    ],
)
def test_a_value_in_its_unit(value: Any, unit: Unit, decimals: int, words: str) -> None:
    assert measured(value, unit, decimals) == words


def test_what_stands_for_no_value_can_be_told() -> None:
    assert measured(None, Unit.NUMBER, missing="nog geen streefwaarde") == "nog geen streefwaarde"


@pytest.mark.parametrize(
    ("old", "new", "unit", "words"),
    [
        (40, 45, Unit.NUMBER, "+12,5%"),
        (50, 40, Unit.DAYS, "−20%"),
        (66, 63, Unit.PERCENT, "−3 procentpunt"),
        (40, 40, Unit.NUMBER, "0%"),
        (0, 40, Unit.NUMBER, "niet te berekenen: de oude waarde is 0"),
        (0, 1, Unit.YES_NO, "niet van toepassing"),
    ],
)
def test_a_change_is_told_in_per_cent_or_points(old: int, new: int, unit: Unit, words: str) -> None:
    assert change_words(change(Fraction(old), Fraction(new), unit), unit) == words


def test_a_change_from_what_was_not_measured() -> None:
    assert change_words(change(None, Fraction(1), Unit.NUMBER), Unit.NUMBER) == "niet te berekenen"


def test_what_is_missing_of_a_percentage_is_told_in_points() -> None:
    assert distance_words(Fraction(15), Unit.PERCENT) == "15 procentpunt"
    assert distance_words(Fraction(3, 2), Unit.DAYS, 1) == "1,5 dagen"
    assert distance_words(None, Unit.NUMBER) == "niet te berekenen"


def test_shares_counts_and_badges() -> None:
    assert target_percent(Fraction(1, 2)) == "50%"
    assert target_percent(None) == "niet te berekenen"
    assert plain_number(Decimal("1234.5")) == "1.234,5"
    assert attainment_badge(Attainment.MET) == {"text": "gehaald", "badge": "success"}

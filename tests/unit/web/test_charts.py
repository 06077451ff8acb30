"""Axes, bars and bullets stand where their values say."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from vpt_regio.web.charts import BarChart, axis, bar_layout, bullet_layout, slug, text_of, wrap
from vpt_regio.web.filters import number

FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10_000)


def bars(*series: tuple[str, list[Any]], **more: Any) -> BarChart:
    categories = [str(2008 + place) for place in range(len(series[0][1]))]
    layout: BarChart = bar_layout(categories, series, missing="niet gemeten", write=number, **more)
    return layout


@given(st.lists(FRACTIONS, min_size=1), st.booleans())
def test_an_axis_holds_all_values_in_a_few_round_steps(
    values: list[Fraction], from_zero: bool
) -> None:
    found = axis(values, from_zero=from_zero)
    assert 3 <= len(found.ticks) <= 5
    assert found.ticks[0] <= min(values) <= max(values) <= found.ticks[-1]
    assert 0 <= found.share(min(values)) <= found.share(max(values)) <= 1
    steps = {after - before for before, after in pairwise(found.ticks)}
    assert len(steps) == 1
    step = str(steps.pop() * 10**found.decimals)
    assert step.rstrip("0") in {"1", "2", "5"}, "written in full with its decimals"
    if from_zero:
        assert 0 in found.ticks


@pytest.mark.parametrize(
    ("values", "from_zero", "ticks"),
    [
        ([48, 66, 75], True, ["0", "20", "40", "60", "80"]),
        ([], True, ["0", "0.5", "1"]),
        ([0, 0], True, ["0", "0.5", "1"]),
        ([-39, 8], True, ["-40", "-20", "0", "20"]),
        ([-3], True, ["-3", "-2", "-1", "0"]),
        (["88.1", "88.9"], False, ["88", "88.5", "89"]),
        ([50, 50], False, ["45", "50", "55"]),
        (["0.004"], True, ["0", "0.001", "0.002", "0.003", "0.004"]),
    ],
)
def test_ticks_are_round(values: list[int | str], from_zero: bool, ticks: list[str]) -> None:
    found = axis([Fraction(value) for value in values], from_zero=from_zero)
    assert list(found.ticks) == [Fraction(tick) for tick in ticks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Meldingen 2011", "meldingen-2011"),
        ("Verandering (in %) – “A/B”", "verandering-in-a-b"),
        ("Geïnd & geëist #1", "geind-geeist-1"),
        (Markup("Rij &amp; <b>naam</b>"), "rij-naam"),
        ("…", "zonder-titel"),
    ],
)
def test_a_title_makes_a_safe_id(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("text", "letters", "lines"),
    [
        ("1e halfjaar 2011", 11, ("1e halfjaar", "2011")),
        ("een twee drie vier vijf", 9, ("een twee", "drie…")),
        ("Meldingsbereidheid", 10, ("Meldingsb-", "ereidheid")),
        ("tien lette", 10, ("tien lette",)),
        (Markup("<time>01-03-2012</time>"), 20, ("01-03-2012",)),
        ("", 10, ("",)),
    ],
)
def test_long_names_are_broken_and_cut(text: str, letters: int, lines: tuple[str, ...]) -> None:
    assert wrap(text, letters) == lines


@given(st.text(max_size=200), st.integers(3, 40), st.integers(1, 3))
def test_no_line_is_longer_than_asked(text: str, letters: int, most: int) -> None:
    lines = wrap(text, letters, most=most)
    assert 1 <= len(lines) <= most
    assert all(len(line) <= letters for line in lines)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "niet gemeten"),
        (0, "0"),
        (Decimal("1204.5"), "1.204,5"),
        (Fraction(1, 3), "0,33"),
        ((62, "circa 62"), "circa 62"),
        ((None, "geheim"), "geheim"),
    ],
)
def test_not_measured_is_never_zero(value: Any, text: str) -> None:
    assert text_of(value, "niet gemeten", write=number) == text


def test_bars_grow_from_zero_to_both_sides() -> None:
    chart = bars(("Regio", [-10, 20, 0, None]))
    down, up, none, unknown = (group.bars[0] for group in chart.groups)
    assert down.x + down.width == pytest.approx(chart.zero)
    assert up.x == chart.zero
    assert up.width == pytest.approx(2 * down.width, abs=0.2)
    assert (none.width, none.text) == (0, "0")
    assert (unknown.width, unknown.text) == (0, "niet gemeten")
    assert (down.anchor, up.anchor) == ("end", "start")
    assert down.text_x < down.x
    assert up.text_x > up.x + up.width


@given(
    st.lists(st.one_of(st.none(), st.integers(-(10**6), 10**6)), min_size=1, max_size=6),
    st.one_of(st.none(), st.integers(-(10**6), 10**6)),
)
def test_bars_targets_and_texts_stay_in_the_drawing(
    values: list[int | None], target: int | None
) -> None:
    chart = bars(("Regio", list(values)), target=target)
    for group in chart.groups:
        bar = group.bars[0]
        letters = len(bar.text) * 7
        start = bar.text_x - letters if bar.anchor == "end" else bar.text_x
        assert start >= 0
        assert start + letters <= chart.width
        assert 0 <= bar.x <= bar.x + bar.width <= chart.width
        assert (group.target is None) == (target is None)
        assert group.target is None or 0 <= group.target <= chart.width
        assert group.bars_y + 24 <= chart.height


def test_a_target_stands_at_its_value() -> None:
    chart = bars(("Regio", [50, 100]), target=[100, None])
    first, second = chart.groups
    assert first.target == pytest.approx(second.bars[0].x + second.bars[0].width)
    assert second.target is None
    assert chart.targets == (100, None)
    assert chart.is_target_per_category
    assert bars(("Regio", [50]), target=(70, "70%")).targets == ((70, "70%"),)
    assert bars(("Regio", [50])).targets == ()


def test_of_many_series_four_are_drawn_and_the_rest_is_counted() -> None:
    chart = bars(*[(f"Regio {place}", [place]) for place in range(6)])
    assert [bar.number for bar in chart.groups[0].bars] == [0, 1, 2, 3]
    assert (chart.series, chart.left_out) == (4, 2)


def test_only_the_last_categories_are_drawn() -> None:
    chart = bars(("Regio", [1000, 1, 2]), last=2)
    assert [group.lines for group in chart.groups] == [("2009",), ("2010",)]
    assert chart.groups[1].bars[0].width > 400, "what is not drawn does not set the scale"


def test_a_series_may_have_its_own_word_for_missing() -> None:
    chart = bar_layout(["a"], [("Norm", [None], "geen norm")], missing="niet gemeten", write=number)
    assert chart.groups[0].bars[0].text == "geen norm"


def test_a_bullet_keeps_the_order_of_its_values() -> None:
    chart = bullet_layout(62, (70, "70%"), Decimal(54))
    assert chart.baseline is not None
    assert chart.value is not None
    assert chart.target is not None
    assert 0 < chart.baseline < chart.value < chart.target < 100
    assert (chart.zero, chart.start, chart.width) == (0, 0, chart.value)


def test_a_bullet_of_what_is_unknown_has_no_bar() -> None:
    chart = bullet_layout(None, 8, None)
    assert (chart.value, chart.baseline, chart.width) == (None, None, 0)
    assert bullet_layout(None, None, None).target is None


def test_a_bullet_below_zero_is_drawn_from_zero() -> None:
    chart = bullet_layout(-12, -20, 0)
    assert chart.value == chart.start
    assert chart.baseline == chart.zero == pytest.approx(chart.start + chart.width)
    assert chart.target is not None
    assert 0 < chart.target < chart.start


def test_a_bullet_may_start_near_its_lowest_value() -> None:
    near, far = bullet_layout(88, 89, 87, from_zero=False), bullet_layout(88, 89, 87)
    assert near.baseline is not None
    assert far.baseline is not None
    assert near.baseline < 10
    assert far.baseline > 90

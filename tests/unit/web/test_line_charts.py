"""A line chart keeps its gaps, its levels and its labels apart."""

import re
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.web.charts import LETTER
from vpt_regio.web.filters import number
from vpt_regio.web.line_charts import Label, LineChart, line_layout, spread

VALUES = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=5, max_size=5)


def lines(*series: tuple[str, list[Any]], **more: Any) -> LineChart:
    periods = [str(2008 + place) for place in range(len(series[0][1]))]
    layout: LineChart = line_layout(periods, series, write=number, **more)
    return layout


def box(label: Label) -> tuple[float, float, float, float]:
    width = len(label.text) * LETTER
    start = label.x - width / 2 if label.anchor == "middle" else label.x
    return start, label.y - 13, start + width, label.y + 3


def test_a_period_that_was_not_measured_breaks_the_line() -> None:
    line = lines(("Regio", [10, 20, None, 30, 40])).lines[0]
    assert re.sub(r"[^ML]", "", line.path) == "MLML"
    assert len(line.points) == 4


def test_higher_values_stand_higher() -> None:
    chart = lines(("Regio", [0, 50, 100]))
    (_, low), (_, middle), (_, high) = chart.lines[0].points
    assert (low, high) == (chart.bottom, chart.top)
    assert middle == (low + high) / 2


def test_periods_stand_apart_evenly_or_by_date() -> None:
    even = [period.x for period in lines(("Regio", [1, 2, 3])).periods]
    dated = [period.x for period in lines(("Regio", [1, 2, 3]), positions=[0, 0.25, 1]).periods]
    assert even[1] - even[0] == pytest.approx(even[2] - even[1], abs=0.2)
    assert (dated[1] - dated[0]) * 3 == pytest.approx(dated[2] - dated[1], abs=0.5)
    assert (even[0], even[2]) == (dated[0], dated[2])


def test_a_lowered_target_shows_both_levels() -> None:
    chart = lines(("Regio", [60, 62, 64, 66]), steps=[("Afspraak", [75, 75, 70, 70])])
    step = chart.steps[0]
    first, second, third, fourth = (period.x for period in chart.periods)
    old, new = (y for _x, y in step.points)
    assert old < new, "75 stands above 70"
    halfway = round((second + third) / 2, 1)
    assert step.path.count("M") == 1
    assert f"H{halfway}V{new}" in step.path
    assert step.path.endswith(f"H{chart.right}")
    assert first < halfway < fourth
    assert {"75", "70"} <= {label.text for label in chart.labels}


def test_a_target_that_came_later_starts_later() -> None:
    step = lines(("Regio", [1, 2, 3]), steps=[("Afspraak", [None, 5, 5])]).steps[0]
    assert len(step.points) == 1
    assert step.path.startswith(f"M{step.points[0][0]} ")


def test_the_axis_says_whether_it_starts_at_zero() -> None:
    assert lines(("Regio", [88, 89])).starts_at_zero
    assert not lines(("Regio", [88, 89]), from_zero=False).starts_at_zero
    assert [text for _y, text in lines(("Regio", [0.2, 0.4])).ticks] == [
        *("0", "0,1", "0,2", "0,3", "0,4"),
    ]


def test_a_chart_without_measurements_says_so() -> None:
    chart = lines(("Regio", [None, None]))
    assert chart.is_empty
    assert chart.lines[0].path == ""
    assert chart.labels == ()
    assert line_layout([], [], write=number).is_empty


def test_of_many_series_four_are_drawn() -> None:
    chart = lines(*[(f"Regio {place}", [place, place]) for place in range(6)])
    assert (len(chart.lines), chart.left_out) == (4, 2)


def test_names_stand_beside_their_lines_when_there_is_more_than_one() -> None:
    assert lines(("Regio", [1, 2])).lines[0].name is None
    chart = lines(("Limburg", [10, 100]), ("Zeeland", [10, 20]), ("Nog niet", [None, None]))
    names = [line.name for line in chart.lines]
    assert names[0] is not None
    assert names[1] is not None
    assert names[0].lines == ("Limburg",)
    assert names[0].y < names[1].y
    assert names[2] is None


def test_marks_stand_at_their_period() -> None:
    chart = lines(("Regio", [1, 2, 3]), marks=[None, "gecorrigeerd", ""])
    assert [period.is_marked for period in chart.periods] == [False, True, False]


def test_names_of_periods_that_do_not_fit_are_left_out() -> None:
    periods = [f"week {number} van 2012" for number in range(1, 41)]
    chart = line_layout(periods, [("Regio", [1] * 40)], write=number)
    assert chart.periods[-1].lines, "the last period always has its name"
    named = [period for period in chart.periods if period.lines]
    assert 3 < len(named) < 40
    for one, other in pairwise(named):
        room = (max(map(len, one.lines)) + max(map(len, other.lines))) / 2 * LETTER
        assert other.x - one.x >= room


@given(st.lists(VALUES, min_size=1, max_size=4), st.one_of(st.none(), VALUES))
def test_labels_cover_no_marker_and_no_other_label(
    values: list[list[int | None]], goals: list[int | None] | None
) -> None:
    series = [(f"Regio {place}", list(one)) for place, one in enumerate(values)]
    steps = [("Afspraak", goals)] if goals else []
    chart = lines(*series, steps=steps)
    boxes = [box(label) for label in chart.labels]
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert (
            apart
            or one[0] == pytest.approx(other[2], abs=0.2)
            or other[0] == pytest.approx(one[2], abs=0.2)
        )
    for left, top, right, bottom in boxes:
        assert chart.left <= left
        assert right <= chart.right
        for line in chart.lines:
            assert not any(left < x < right and top < y < bottom for x, y in line.points)


@given(
    st.lists(st.one_of(st.none(), st.floats(40, 300)), max_size=4),
    st.floats(15, 33),
)
def test_names_are_spread_inside_the_plot(wanted: list[float | None], height: float) -> None:
    placed = spread(wanted, [height] * len(wanted), 30, 310)
    assert [y is None for y in placed] == [y is None for y in wanted]
    known = sorted(y for y in placed if y is not None)
    assert all(other - one >= height - 1e-6 for one, other in pairwise(known))
    assert all(30 <= y <= 310 - height + 1e-6 for y in known)

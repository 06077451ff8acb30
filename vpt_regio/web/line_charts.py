"""Where the lines, the steps and the labels of a line chart stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from vpt_regio.web.charts import (
    LETTER,
    MOST_SERIES,
    Given,
    Series,
    Write,
    axis,
    number_of,
    plain,
    text_of,
    wrap,
)

WIDTH = 620
TOP = 44
PLOT_HEIGHT = 250
INSET = 26  # between the sides of the plot and the first and the last period
NAME_LETTERS = 20
NAME_HEIGHT = 15
LONGEST_WORD = 14  # of the name of a period
MARKER = 7

Box = tuple[float, float, float, float]
Spot = tuple[float, float]


@dataclass(frozen=True)
class Label:
    """A text in the drawing; y is the foot of its letters."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Name:
    """The name of a line at the right of the plot, y is the middle of its first line."""

    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """The points of one series; a period that was not measured breaks the path."""

    path: str
    points: tuple[Spot, ...]
    name: Name | None = None


@dataclass(frozen=True)
class Period:
    """The place of a period; lines is empty where its name does not fit."""

    x: float
    lines: tuple[str, ...]
    is_marked: bool


@dataclass(frozen=True)
class LineChart:
    """All that is drawn, in the units of the drawing."""

    width: int
    height: float
    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[tuple[float, str], ...]
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    steps: tuple[Line, ...]
    labels: tuple[Label, ...]
    left_out: int
    starts_at_zero: bool
    is_empty: bool


@dataclass
class _Board:
    """Keeps labels off each other, off the markers and, where that can be, off the lines."""

    area: Box
    taken: list[Box] = field(default_factory=list)
    inked: list[Spot] = field(default_factory=list)

    def place(self, spot: Spot, text: str, anchor: str = "middle") -> Label | None:
        """Return the label above or below a spot, or None where there is no room."""
        x, y = spot
        width = len(text) * LETTER
        if anchor == "middle":  # a label may shift sideways as long as it keeps its point
            start = max(min(x - width / 2, self.area[2] - width), self.area[0])
            x = start + width / 2
        else:
            start = x
        tries = [(start, foot - 13, start + width, foot + 3) for foot in (y - 10, y + 20)]
        free = [box for box in tries if self._is_free(box)]
        if not free:
            return None
        box = min(free, key=self._ink)
        self.taken.append(box)
        return Label(round(x, 1), round(box[3] - 3, 1), text, anchor)

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = self.area
        inside = box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom
        return inside and not any(_overlap(box, other) for other in self.taken)

    def _ink(self, box: Box) -> int:
        return sum(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in self.inked)


@dataclass(frozen=True)
class _Plot:
    """From periods and values to places."""

    left: float
    right: float
    centres: tuple[float, ...]
    low: Fraction
    high: Fraction

    def y(self, value: Fraction) -> float:
        share = float((value - self.low) / (self.high - self.low))
        return round(TOP + PLOT_HEIGHT * (1 - share), 1)

    def spots(self, values: Sequence[Given]) -> list[Spot | None]:
        numbers = [number_of(value) for value in values]
        return [
            None if number is None else (x, self.y(number))
            for x, number in zip(self.centres, numbers, strict=True)
        ]

    def edges(self) -> list[float]:
        middles = [round((one + other) / 2, 1) for one, other in pairwise(self.centres)]
        return [self.left, *middles, self.right]


def line_layout(
    periods: Sequence[str],
    series: Series,
    *,
    write: Write,
    steps: Series = (),
    marks: Sequence[str | None] | None = None,
    positions: Sequence[float] | None = None,
    from_zero: bool = True,
) -> LineChart:
    """Return the first four series as lines and the first four steps as stepped lines.

    positions are shares of the width, one per period, in the order of the periods.
    """
    shown, stepped = list(series)[:MOST_SERIES], list(steps)[:MOST_SERIES]
    values = [number_of(value) for one in [*shown, *stepped] for value in one[1]]
    scale = axis([value for value in values if value is not None], from_zero=from_zero)
    ticks = [(tick, write(tick, scale.decimals) or "") for tick in scale.ticks]
    names = [wrap(one[0], NAME_LETTERS) for one in [*shown, *stepped]]
    plot = _plot(len(periods), positions, [text for _tick, text in ticks], names, scale.ticks)

    lines = [_line(plot.spots(one[1])) for one in shown]
    drawn_steps = [_stepped(plot.edges(), plot.spots(one[1])) for one in stepped]
    labels = _labels(plot, shown, stepped, lines, drawn_steps, write=write)
    lines, drawn_steps = _named(lines, drawn_steps, names)
    shown_periods = _periods(periods, plot, marks)
    bottom = TOP + PLOT_HEIGHT
    deepest = max((len(period.lines) for period in shown_periods), default=1)
    return LineChart(
        width=WIDTH,
        height=bottom + 12 + 17 * deepest,
        left=plot.left,
        right=plot.right,
        top=TOP,
        bottom=bottom,
        ticks=tuple((plot.y(tick), text) for tick, text in ticks),
        periods=shown_periods,
        lines=tuple(lines),
        steps=tuple(drawn_steps),
        labels=tuple(labels),
        left_out=len(series) - len(shown),
        is_empty=not any(line.points for line in lines),
        starts_at_zero=scale.ticks[0] <= 0 <= scale.ticks[-1],
    )


def _plot(
    count: int,
    positions: Sequence[float] | None,
    ticks: Sequence[str],
    names: Sequence[tuple[str, ...]],
    ends: Sequence[Fraction],
) -> _Plot:
    left = round(max(map(len, ticks)) * LETTER + 10, 1)
    longest = max((len(line) for name in names for line in name), default=0)
    right = WIDTH - (longest * LETTER + 28 if len(names) > 1 else 10)
    if positions is None:
        positions = [place / (count - 1) for place in range(count)] if count > 1 else [0.5] * count
    room = right - left - 2 * INSET
    centres = tuple(round(left + INSET + float(place) * room, 1) for place in positions)
    return _Plot(left, round(right, 1), centres, ends[0], ends[-1])


def _line(spots: Sequence[Spot | None]) -> Line:
    path, previous = "", None
    for spot in spots:
        if spot is not None:
            path += f"{'L' if previous else 'M'}{spot[0]} {spot[1]}"
        previous = spot
    return Line(path, tuple(spot for spot in spots if spot is not None))


def _stepped(edges: Sequence[float], spots: Sequence[Spot | None]) -> Line:
    """Return a line that keeps its level until halfway the next period; points start a level."""
    path, starts, previous = "", [], None
    for (start, end), spot in zip(pairwise(edges), spots, strict=True):
        if spot is not None:
            if previous is None or previous[1] != spot[1]:
                starts.append((start, spot[1]))
            path += f"V{spot[1]}H{end}" if previous else f"M{start} {spot[1]}H{end}"
        previous = spot
    return Line(path, tuple(starts))


def _labels(
    plot: _Plot,
    series: Series,
    steps: Series,
    lines: Sequence[Line],
    drawn_steps: Sequence[Line],
    *,
    write: Write,
) -> list[Label]:
    """Return the labels for which there is room: targets first, then the last of each line."""
    board = _Board((plot.left + 2, TOP - 12, plot.right - 2, TOP + PLOT_HEIGHT - 1))
    for line in lines:
        board.taken += [(x - MARKER, y - MARKER, x + MARKER, y + MARKER) for x, y in line.points]
        board.inked += _ink(line.points)
    labels: list[Label | None] = []
    for one, drawn in zip(steps, drawn_steps, strict=True):
        spots = plot.spots(one[1])
        texts = [text_of(value, "", write=write) for value in one[1]]
        levels = {spot[1]: text for spot, text in zip(spots, texts, strict=True) if spot}
        for (start, end), spot in zip(pairwise(plot.edges()), spots, strict=True):
            board.inked += _ink([(start, spot[1]), (end, spot[1])] if spot else [])
        labels += [board.place((x + 4, y + 4), levels[y], "start") for x, y in drawn.points]
    waiting: list[tuple[int, Spot, str]] = []
    for one in series:
        known = [
            (spot, text_of(value, "", write=write))
            for spot, value in zip(plot.spots(one[1]), one[1], strict=True)
            if spot is not None
        ]
        # the last, then the first, then those between
        ranks = {len(known) - 1: 0, 0: 1} if len(known) > 1 else {}
        waiting += [(ranks.get(place, 2), *point) for place, point in enumerate(known)]
    for _rank, spot, text in sorted(waiting, key=lambda one: one[0]):
        labels.append(board.place(spot, text))
    return [label for label in labels if label is not None]


def _ink(points: Sequence[Spot]) -> Iterator[Spot]:
    for (x, y), (next_x, next_y) in pairwise(points):
        pieces = max(int(abs(next_x - x) + abs(next_y - y)) // 6, 1)
        for piece in range(pieces):
            share = piece / pieces
            yield x + (next_x - x) * share, y + (next_y - y) * share


def _named(
    lines: Sequence[Line], steps: Sequence[Line], names: Sequence[tuple[str, ...]]
) -> tuple[list[Line], list[Line]]:
    """Return lines and steps with their names at the right, where there is more than one."""
    both = [*lines, *steps]
    if len(both) < 2:
        return list(lines), list(steps)
    wanted = [line.points[-1][1] if line.points else None for line in both]
    heights = [len(name) * NAME_HEIGHT + 3 for name in names]
    tops = spread(wanted, heights, TOP - 8, TOP + PLOT_HEIGHT + 8)
    named = [
        line if top is None else Line(line.path, line.points, Name(round(top, 1), name))
        for line, top, name in zip(both, tops, names, strict=True)
    ]
    return named[: len(lines)], named[len(lines) :]


def spread(
    wanted: Sequence[float | None], heights: Sequence[float], top: float, bottom: float
) -> list[float | None]:
    """Return places near the wanted ones, each at least its height above the next."""
    order = sorted(
        (place for place, y in enumerate(wanted) if y is not None),
        key=lambda place: (wanted[place] or 0.0, place),
    )
    placed: list[float | None] = [None] * len(wanted)
    free = top
    for place in order:
        y = max(wanted[place] or 0.0, free)
        placed[place], free = y, y + heights[place]
    limit = bottom
    for place in reversed(order):
        y = min(placed[place] or 0.0, limit - heights[place])
        placed[place], limit = y, y
    return placed


def _periods(
    periods: Sequence[str], plot: _Plot, marks: Sequence[str | None] | None
) -> tuple[Period, ...]:
    """Return the periods; from the last to the first, a name is left out where it would not fit."""
    step = (plot.right - plot.left) / max(len(periods), 1)
    room = min([step, *(2 * min(x, WIDTH - x) for x in plot.centres)])
    texts = [wrap(name, max(int(room / LETTER), _longest_word(name)), most=3) for name in periods]
    shown: list[Period] = []
    limit = float(WIDTH)
    for place in reversed(range(len(periods))):
        x = plot.centres[place]
        half = max(map(len, texts[place])) * LETTER / 2
        fits = x + half <= limit
        if fits:
            limit = x - half - 4
        is_marked = bool(marks and marks[place])
        shown.append(Period(x, texts[place] if fits else (), is_marked))
    return tuple(reversed(shown))


def _longest_word(name: str) -> int:
    return min(max(map(len, plain(name).split()), default=0), LONGEST_WORD)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

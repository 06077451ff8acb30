"""Where the marks of a chart stand; the macros in templates/components draw them there."""

import math
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

Number = int | float | Decimal | Fraction
Given = Number | tuple[Number, str] | None
Write = Callable[[Fraction, int], str | None]
Series = Sequence[tuple[str, Sequence[Given]] | tuple[str, Sequence[Given], str | None]]

MOST_SERIES = 4
LETTER = 7.8  # the room that one letter of 14 takes in a drawing, on the wide side
BAR_WIDTH = 620
BAR_HEIGHT = 20
BAR_STEP = 24
BAR_EDGE = 4
BAR_ROOM = 168  # beside the bars, for the texts of the values
LINE_HEIGHT = 17
CATEGORY_LETTERS = 74
LONGEST_VALUE = 36


@dataclass(frozen=True)
class Axis:
    """Round values along an axis; the first and the last are its ends."""

    ticks: tuple[Fraction, ...]
    decimals: int

    def share(self, value: Fraction) -> float:
        """Return how far along the axis a value stands: 0 is its start, 1 its end."""
        low, high = self.ticks[0], self.ticks[-1]
        return float((value - low) / (high - low))


@dataclass(frozen=True)
class Bar:
    """One value; a bar without width is 0 or not measured, its text tells which."""

    number: int
    x: float
    y: float
    width: float
    text: str
    text_x: float
    anchor: str


@dataclass(frozen=True)
class BarGroup:
    """The bars of one category; target is the place of its target mark, if it has a target."""

    lines: tuple[str, ...]
    y: float
    bars_y: float
    bars: tuple[Bar, ...]
    target: float | None


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars from a zero line; targets holds one value per category, drawn or not."""

    width: int
    height: float
    zero: float
    groups: tuple[BarGroup, ...]
    series: int
    left_out: int
    targets: tuple[Given, ...]
    is_target_per_category: bool


@dataclass(frozen=True)
class Bullet:
    """Shares of the width, in per cent; None where there is no value."""

    zero: float
    start: float
    width: float
    value: float | None
    target: float | None
    baseline: float | None


def slug(text: str) -> str:
    """Return a text as part of an id: the letters a-z, digits and hyphens only."""
    ascii_text = unicodedata.normalize("NFKD", plain(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-") or "zonder-titel"


def plain(text: str) -> str:
    """Return a text without markup: a drawing holds no elements of HTML."""
    return text.striptags() if isinstance(text, Markup) else str(text)


def wrap(text: str, letters: int, *, most: int = 2) -> tuple[str, ...]:
    """Return a text in at most so many lines; what does not fit is cut with an ellipsis.

    A word that is longer than a line is broken with a hyphen.
    """
    letters = max(letters, 3)
    broken = re.sub(rf"(\S{{{letters - 1}}})(?=\S\S)", r"\1- ", plain(text))
    lines = textwrap.wrap(broken, letters, max_lines=most, placeholder="…")
    return tuple(lines) or ("",)


def number_of(value: Given) -> Fraction | None:
    """Return the exact number of a value; 0.4 is four tenths, not the binary number near it."""
    if isinstance(value, tuple | list):
        value = value[0]
    if value is None:
        return None
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def text_of(value: Given, missing: str, *, write: Write) -> str:
    """Return what stands beside a value: its own text, else the number, else what is missing."""
    if isinstance(value, tuple | list):
        return value[1]
    number = number_of(value)
    return missing if number is None else write(number, 2) or missing


def axis(values: Iterable[Fraction], *, from_zero: bool = True) -> Axis:
    """Return an axis of three to five round values that holds all values.

    Without from_zero it starts near the lowest value, so that small differences can be seen.
    """
    low, high = _span(list(values), from_zero=from_zero)
    power = math.floor(math.log10(high - low)) - 1
    while True:
        for factor in (1, 2, 5):
            step = factor * Fraction(10) ** power
            first, last = math.floor(low / step), math.ceil(high / step)
            if last - first < 5:
                ticks = tuple(number * step for number in range(first, last + 1))
                return Axis(ticks, decimals=max(0, -power))
        power += 1


def _span(values: list[Fraction], *, from_zero: bool) -> tuple[Fraction, Fraction]:
    known = [*values, Fraction(0)] if from_zero or not values else values
    low, high = min(known), max(known)
    if low < high:
        return low, high
    room = abs(low) / 10 or Fraction(1)
    return (low, low + room) if from_zero else (low - room, low + room)


def bar_layout(
    categories: Sequence[str],
    series: Series,
    *,
    missing: str,
    write: Write,
    target: Given | list[Given] = None,
    last: int | None = None,
) -> BarChart:
    """Return the bars of the first four series, for the last so many categories.

    target is one value for all categories, or a list with one for each.
    """
    skipped = max(len(categories) - last, 0) if last else 0
    shown = list(series)[:MOST_SERIES]
    targets = target if isinstance(target, list) else [target] * len(categories)
    values = [number_of(value) for one in shown for value in one[1][skipped:]]
    values += [number_of(value) for value in targets[skipped:]]
    scale = _BarScale.of(values, _labels(shown, skipped, missing=missing, write=write))
    groups: list[BarGroup] = []
    y = 0.0
    for row in range(skipped, len(categories)):
        lines = wrap(categories[row], CATEGORY_LETTERS)
        bars_y = y + 9 + LINE_HEIGHT * len(lines)
        bars = tuple(
            scale.bar(
                place,
                bars_y + place * BAR_STEP,
                number_of(one[1][row]),
                text_of(one[1][row], _missing(one, missing), write=write),
            )
            for place, one in enumerate(shown)
        )
        goal = number_of(targets[row])
        mark = None if goal is None else scale.x(goal)
        groups.append(BarGroup(lines, y, bars_y, bars, mark))
        y = bars_y + BAR_STEP * len(shown) + 14
    return BarChart(
        width=BAR_WIDTH,
        height=y + 4,
        zero=scale.x(Fraction(0)),
        groups=tuple(groups),
        series=len(shown),
        left_out=len(series) - len(shown),
        targets=() if target is None else tuple(targets),
        is_target_per_category=isinstance(target, list),
    )


def _missing(one: Sequence[object], otherwise: str) -> str:
    return str(one[2]) if len(one) > 2 and one[2] else otherwise


def _labels(
    series: Series, skipped: int, *, missing: str, write: Write
) -> list[tuple[Fraction | None, str]]:
    return [
        (number_of(value), text_of(value, _missing(one, missing), write=write))
        for one in series
        for value in one[1][skipped:]
    ]


@dataclass(frozen=True)
class _BarScale:
    """From values to places, with room left for the texts at both sides."""

    low: Fraction
    high: Fraction
    left: float
    room: float

    @classmethod
    def of(
        cls, values: Sequence[Fraction | None], labels: Sequence[tuple[Fraction | None, str]]
    ) -> "_BarScale":
        low, high = _span([value for value in values if value is not None], from_zero=True)
        before = [len(text) for number, text in labels if number is not None and number < 0]
        after = [len(text) for number, text in labels if number is None or number >= 0]
        left = _room(max(before), 0) if before else BAR_EDGE
        right = _room(max(after, default=0), BAR_ROOM)
        return cls(low, high, left, BAR_WIDTH - 8 - left - right)

    def x(self, value: Fraction) -> float:
        share = float((value - self.low) / (self.high - self.low))
        return round(self.left + share * self.room, 1)

    def bar(self, number: int, y: float, value: Fraction | None, text: str) -> Bar:
        zero = self.x(Fraction(0))
        end = zero if value is None else self.x(value)
        is_negative = value is not None and value < 0
        return Bar(
            number,
            x=min(zero, end),
            y=y,
            width=round(abs(end - zero), 1),
            text=wrap(text, LONGEST_VALUE, most=1)[0],
            text_x=round(end - 8 if is_negative else end + 8, 1),
            anchor="end" if is_negative else "start",
        )


def _room(letters: int, least: float) -> float:
    return max(least, min(letters, LONGEST_VALUE) * LETTER + 12)


def bullet_layout(
    value: Given, target: Given, baseline: Given, *, from_zero: bool = True
) -> Bullet:
    """Return where value, target and baseline stand on one line, with some air behind the last."""
    numbers = [number_of(one) for one in (value, target, baseline)]
    known = [number for number in numbers if number is not None]
    low, high = _span(known, from_zero=from_zero)
    air = (high - low) / 20
    low, high = (low - air if low < 0 or not from_zero else low), high + air

    def place(number: Fraction | None) -> float | None:
        return None if number is None else round(float((number - low) / (high - low) * 100), 2)

    zero = place(max(low, min(high, Fraction(0)))) or 0.0
    end = place(numbers[0])
    start = zero if end is None else min(zero, end)
    width = 0.0 if end is None else round(abs(end - zero), 2)
    return Bullet(zero, start, width, end, place(numbers[1]), place(numbers[2]))

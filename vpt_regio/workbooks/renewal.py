"""The next version of a frozen sheet: renewed rows among those that stay, and the errata."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from vpt_regio.domain.money import format_euro
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.errata import Erratum, paired
from vpt_regio.workbooks.cells import words
from vpt_regio.workbooks.plain import canonical, from_plain, to_plain
from vpt_regio.workbooks.spec import Kind, Typed

Line = dict[str, Any]

FIRST_ROW: Final = 2  # row 1 holds the headers
PERCENTS: Final = frozenset({Kind.PERCENT, Kind.EXACT_PERCENT})
WHOLE_ROW: Final = "(hele rij)"
GONE: Final = "(vervallen)"
NOTE: Final = "(notitie)"


@dataclass(frozen=True)
class Opened:
    """What was opened again by one decision; without regions what belongs to no region."""

    reference: str
    reason: str
    regions: frozenset[str] = frozenset()

    def covers(self, regions: Collection[str]) -> bool:
        """Whether a row of these regions may be renewed by this decision."""
        return bool(self.regions.intersection(regions)) if self.regions else not regions


def decision_on(regions: Collection[str], opened: Sequence[Opened]) -> Opened | None:
    """Return the decision by which a row of these regions is renewed, if there is one."""
    return next((one for one in opened if one.covers(regions)), None)


def renewed(old: Sequence[Line], new: Sequence[Line], opened: Sequence[Opened]) -> list[Line]:
    """Return the rows of the next version.

    A row that was not opened again stays word for word, in its order. The new rows of a region
    come where its first row stood; those of a region without rows come after the rows of the
    region before it.
    """

    def is_renewed(line: Line) -> bool:
        return decision_on(line["regions"], opened) is not None

    fresh: dict[tuple[str, ...], list[Line]] = {}
    for line in filter(is_renewed, new):
        fresh.setdefault(_group(line), []).append(line)
    lines: list[Line] = []
    for line in old:
        lines += fresh.pop(_group(line), []) if is_renewed(line) else [line]
    for group, added in fresh.items():
        place = _place(lines, new, group)
        lines[place:place] = added
    return lines


def _group(line: Line) -> tuple[str, ...]:
    return tuple(line["regions"])


def _place(lines: Sequence[Line], new: Sequence[Line], group: tuple[str, ...]) -> int:
    first = next(place for place, line in enumerate(new) if _group(line) == group)
    groups = [_group(line) for line in lines]
    for line in reversed(new[:first]):
        if _group(line) in groups:
            return len(groups) - groups[::-1].index(_group(line))
    return 0


def errata_of(
    declared: dict[str, Any], old: Sequence[Line], new: Sequence[Line], opened: Sequence[Opened]
) -> Iterator[Erratum]:
    """Yield what differs between two versions of the sheet with this declaration.

    Only rows that were opened again can differ. Links are addresses, not figures: they are left
    out.
    """
    for group in dict.fromkeys(_group(line) for line in (*new, *old)):
        decision = decision_on(group, opened)
        if decision is not None:
            yield from _of_group(declared, _numbered(old, group), _numbered(new, group), decision)


def _numbered(lines: Sequence[Line], group: tuple[str, ...]) -> list[tuple[int, Line]]:
    return [(n, line) for n, line in enumerate(lines, FIRST_ROW) if _group(line) == group]


def _of_group(
    declared: dict[str, Any],
    old: list[tuple[int, Line]],
    new: list[tuple[int, Line]],
    decision: Opened,
) -> Iterator[Erratum]:
    title, columns = declared["title"], declared["columns"]
    for before, now in paired(_words(old), _words(new)):
        was, becomes = _line(old, before), _line(new, now)
        number, line = new[now] if now is not None else old[before or 0]
        row = _row_name(number, columns, line, is_gone=becomes is None)
        for column, first, second in _differences(columns, was, becomes):
            yield Erratum(title, row, column, first, second, decision.reason, decision.reference)


def _line(rows: list[tuple[int, Line]], place: int | None) -> Line | None:
    return None if place is None else rows[place][1]


def _row_name(number: int, columns: list[dict[str, Any]], line: Line, *, is_gone: bool) -> str:
    filled = (
        in_words(cell, Kind(column["kind"]))
        for column, cell in zip(columns, line["cells"], strict=True)
        if cell is not None and column["kind"] != Kind.LINK
    )
    first = next((text for text in filled if text), "")
    name = f"{number}: {first}" if first else f"{number}"
    return f"{name} {GONE}" if is_gone else name


def _words(rows: list[tuple[int, Line]]) -> list[list[str]]:
    return [[canonical(cell) for cell in line["cells"]] for _, line in rows]


def _differences(
    columns: list[dict[str, Any]], was: Line | None, becomes: Line | None
) -> Iterator[tuple[str, object, object]]:
    if was is None or becomes is None:
        yield WHOLE_ROW, _summary(columns, was), _summary(columns, becomes)
        return
    for column, first, second in zip(columns, was["cells"], becomes["cells"], strict=True):
        if column["kind"] != Kind.LINK and first != second:
            kind = Kind(column["kind"])
            yield column["header"], _value(first, kind), _value(second, kind)
    for column in columns:
        first, second = was["notes"].get(column["key"]), becomes["notes"].get(column["key"])
        if first != second:
            yield f"{column['header']} {NOTE}", first, second


def _summary(columns: list[dict[str, Any]], line: Line | None) -> str | None:
    """A whole row as one text; links are left out."""
    if line is None:
        return None
    told = [
        f"{column['header']}: {in_words(cell, Kind(column['kind']))}"
        for column, cell in zip(columns, line["cells"], strict=True)
        if cell is not None and column["kind"] != Kind.LINK
    ]
    return "; ".join(told)


def _value(plain: Any, kind: Kind) -> object:
    value = from_plain(plain, kind, "")
    return value if value is None or isinstance(value, Typed | str) else Typed(kind, value)


def in_words(plain: Any, kind: Kind) -> str:
    """Return the plain value of a cell as a reader sees it in a text."""
    value = from_plain(plain, kind, "")
    if isinstance(value, Typed):
        return in_words(to_plain(value.value, value.kind), value.kind)
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, str | bool) or value is None:
        return "" if value is None else words(value)
    if kind is Kind.MONEY and isinstance(value, int):
        return format_euro(value)
    if kind in PERCENTS and isinstance(value, int | float | Decimal | Fraction):
        return f"{_decimal_comma(round_half_up(Fraction(value) * 100, 1))}%"
    return _decimal_comma(float(value) if isinstance(value, Fraction) else value)


def _decimal_comma(value: object) -> str:
    return str(value).replace(".", ",")


def realigned(lines: Sequence[Line], before: dict[str, Any], now: dict[str, Any]) -> list[Line]:
    """Return the rows of a version under the columns that are declared now.

    A column that is new stays empty in them, one that is gone is left out.
    """
    keys = [column["key"] for column in before["columns"]]
    wanted = [column["key"] for column in now["columns"]]
    if keys == wanted:
        return list(lines)
    places = [keys.index(key) if key in keys else None for key in wanted]
    return [
        {**line, "cells": [None if at is None else line["cells"][at] for at in places]}
        for line in lines
    ]

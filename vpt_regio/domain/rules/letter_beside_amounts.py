"""What follows from cells of one period: shares, sums, what is left, and amounts per piece."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from vpt_regio.domain.rules.letter_facts import ADDABLE, Fact, Facts
from vpt_regio.domain.rules.letter_naming import is_form
from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit
from vpt_regio.domain.rules.letter_scene import (
    Scene,
    Step,
    Table,
    digits_of,
    facts_now,
    measures_of,
)
from vpt_regio.domain.rules.letter_words import stems

BARE_DIGITS = 3
MOST_ROW_DIGITS = 2
_COUNTED = re.compile(
    r"^(?P<whole> van de (?:[0-9]+|[^\W\d_]+))?(?P<what>(?: [^\W\d_][\w’'-]*){1,2})", re.IGNORECASE
)
_REST = re.compile(
    r"\b(?:niet|geen|zonder|overige?|resterende?|rest|over|onbenut|minder)\b", re.IGNORECASE
)
_PER_PIECE = re.compile(r"\bgemiddelde?\b|\bper\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bverschil tussen\b", re.IGNORECASE)
BALANCE = re.compile(r"\bper saldo\b|\bin mindering\b|\bverminderd met\b", re.IGNORECASE)


def share_steps(scene: Scene, number: Number, *, is_change: bool) -> Iterator[Step]:
    """Yield the shares of rows in their total, and of one column in another."""
    if is_change and not re.search(r"\b(?:aandeel|percentage)\b", scene.sentence.text, re.I):
        return
    for table in scene.tables:
        rows = table.rows(number)
        parts = [fact for row in rows for fact in facts_now(scene, table.facts.of(row=row))]
        parts += facts_now(scene, columns_named(table))
        if table.spoken.says_total or not table.is_row_before(number):
            parts += facts_now(scene, [one for one in table.facts.found if one.is_total])
        if not (table.spoken.rows or table.is_here or table.is_named):
            continue
        parts.sort(key=lambda one: one.measure not in table.measures)
        is_rest = bool(_REST.search(scene.sentence.text)) or number.step < 1
        yield from _shares_of(table, parts, is_rest=is_rest)
        yield from _joint_shares(scene, table)


def columns_named(table: Table) -> list[Fact]:
    """Return the cells of the columns that are named, of a table with a row for each period."""
    cells = [one for one in table.facts.of(row="") if not one.is_total]
    return [one for one in cells if one.measure in table.measures]


def _shares_of(table: Table, parts: Sequence[Fact], *, is_rest: bool) -> Iterator[Step]:
    for part in parts:
        for whole in across(table.facts, part) if is_rest else []:
            if part.unit in ADDABLE and 0 < part.value < whole.value:
                yield Step("left", (1 - part.value / whole.value) * 100, (whole, part, whole))
    for part in parts:
        wholes = [*table.facts.totals(part), *across(table.facts, part)]
        for whole in wholes:
            if part.unit in ADDABLE and 0 < part.value < whole.value:
                yield Step("share", part.value / whole.value * 100, (part, whole))


def across(facts: Facts, part: Fact) -> list[Fact]:
    """Return the other columns of the row of a fact that count the same."""
    return [
        one
        for one in facts.found
        if one.row == part.row
        and one.is_total == part.is_total
        and one.period == part.period
        and one.measure != part.measure
        and one.unit is part.unit
    ]


def _joint_shares(scene: Scene, table: Table) -> Iterator[Step]:
    """Yield the share of two or more rows together in their total."""
    for parts in joint_parts(scene, table):
        for whole in table.facts.totals(parts[0]):
            value = sum((one.value for one in parts), Fraction(0))
            if 0 < value <= whole.value:
                yield Step("share", value / whole.value * 100, (*parts, whole))


def joint_parts(scene: Scene, table: Table) -> list[list[Fact]]:
    """Return the cells of all rows that a sentence names, per column and period."""
    rows = list(dict.fromkeys(one.name for one in table.spoken.rows)) or list(table.carried)
    if not 2 <= len(rows) <= 4:
        return []
    found: dict[tuple[str, str | None], list[Fact]] = {}
    for row in rows:
        for fact in facts_now(scene, table.facts.of(row=row)):
            if fact.unit in ADDABLE:
                found.setdefault((fact.measure, fact.period), []).append(fact)
    return [parts for parts in found.values() if len(parts) == len(rows)]


def amount_steps(scene: Scene, number: Number, *, is_change: bool) -> Iterator[Step]:
    """Yield sums of named rows, what is left of one column, balances, and amounts per piece."""
    text = scene.sentence.text
    for table in scene.tables:
        if not (table.spoken.rows or table.is_named or (table.is_here and table.carried)):
            continue
        for parts in joint_parts(scene, table):
            yield from joined(parts, is_balance=bool(BALANCE.search(text)))
        rows = table.rows(number)
        cells = [fact for row in rows for fact in facts_now(scene, table.facts.of(row=row))]
        if table.spoken.says_total or not table.is_row_before(number):
            cells += facts_now(scene, [one for one in table.facts.found if one.is_total])
        if not is_change and (_REST.search(text) or digits_of(number) >= BARE_DIGITS):
            yield from _left_over(table, cells)
        if _PER_PIECE.search(text):
            yield from _per_piece(table, cells, number)


def joined(parts: Sequence[Fact], *, is_balance: bool) -> Iterator[Step]:
    """Yield the sum of some cells, or what one of them is without the others."""
    total = sum((one.value for one in parts), Fraction(0))
    if is_balance:
        for one in parts:
            yield Step("balance", 2 * one.value - total, (one, *(p for p in parts if p != one)))
    else:
        yield Step("sum", total, tuple(parts))


def _left_over(table: Table, cells: Sequence[Fact]) -> Iterator[Step]:
    for one in cells:
        for other in across(table.facts, one):
            if one.unit in ADDABLE and other.value > one.value:
                yield Step("rest", other.value - one.value, (other, one))


def _per_piece(table: Table, cells: Sequence[Fact], number: Number) -> Iterator[Step]:
    for one in cells:
        pieces = [
            other
            for other in table.facts.found
            if (other.row, other.is_total, other.period) == (one.row, one.is_total, one.period)
            and other.measure != one.measure
            and other.unit is NumberUnit.COUNT
        ]
        if one.unit is number.unit:
            yield from (
                Step("piece", one.value / other.value, (one, other))
                for other in pieces
                if other.value
            )


def ratio_steps(scene: Scene, number: Number, *, is_change: bool) -> Iterator[Step]:
    """Yield how many times one named row is another."""
    del is_change
    for table in scene.tables:
        rows = [*(one.name for one in table.spoken.rows), *table.carried]
        cells = [
            fact
            for row in dict.fromkeys(rows)
            for fact in facts_now(scene, table.facts.of(row=row))
        ]
        for one in cells:
            for other in cells:
                is_alike = (one.measure, one.period) == (other.measure, other.period)
                if is_alike and one.row != other.row and other.value:
                    yield Step("times", one.value / other.value, (other, one))


def range_steps(scene: Scene, number: Number, *, is_change: bool) -> Iterator[Step]:
    """Yield the difference between the highest and the lowest of a column."""
    del is_change, number
    if not _BETWEEN.search(scene.sentence.text):
        return
    for table in scene.tables:
        for measure in measures_of(table):
            cells = facts_now(
                scene, [one for one in table.facts.of(measure=measure) if not one.is_total]
            )
            if len(cells) > 2 and len({one.period for one in cells}) == 1:
                low, high = min(cells, key=_value), max(cells, key=_value)
                yield Step("difference", high.value - low.value, (low, high))


def _value(fact: Fact) -> Fraction:
    return fact.value


def row_steps(scene: Scene, number: Number, *, is_change: bool) -> Iterator[Step]:
    """Yield how many rows a table has, and how many of them rose or fell: vier van de vijf."""
    after = scene.sentence.text[number.end :]
    match = None if is_change else _COUNTED.match(after)
    if match is None or digits_of(number) > MOST_ROW_DIGITS:
        return
    for table in scene.tables:
        names = [one for one in stems(table.facts.counted) if one]
        rows = [one for one in table.facts.rows if one]
        said = stems(match["what"])
        if len(rows) < 2 or not any(is_form(one, other) for one in names for other in said):
            continue
        if match["whole"] is None:
            yield Step("rows", Fraction(len(rows)), (table.facts.found[0],))
        else:
            yield from _moved(scene, table, number)


def _moved(scene: Scene, table: Table, number: Number) -> Iterator[Step]:
    """Yield how many rows of a table went up and how many went down, per column."""
    way = scene.sentence.way_of(number.start, number.end)
    for measure in measures_of(table):
        cells = [one for one in table.facts.of(measure=measure) if one.row and not one.is_total]
        ends = [sorted((c for c in cells if c.row == row), key=_period) for row in table.facts.rows]
        moves = [line[-1].value - line[0].value for line in ends if len(line) > 1]
        for sign in (1, -1):
            if way * sign >= 0 and len(moves) == len(table.facts.rows):
                count = sum(move * sign > 0 for move in moves)
                yield Step("rows", Fraction(count), (ends[0][0],))


def _period(fact: Fact) -> str:
    return fact.period or ""

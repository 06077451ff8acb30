"""What a sentence says of the tables of its letter: numbers that stand there or follow from them.

The words of the sentence name rows, columns and periods. What meets one of the few numbers that
follow from those agrees; what meets none of them is left as it was.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from vpt_regio.domain.rules.letter_agreement import agreement
from vpt_regio.domain.rules.letter_beside_amounts import (
    amount_steps,
    range_steps,
    ratio_steps,
    row_steps,
    share_steps,
)
from vpt_regio.domain.rules.letter_facts import ADDABLE, Fact
from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit
from vpt_regio.domain.rules.letter_scene import Scene, Step, Table, digits_of, measures_of
from vpt_regio.domain.rules.letter_sentence import LEVELS
from vpt_regio.domain.rules.letter_shares import clause_of

MOST_TRIED = 12
MOST_CELLS = 200
VERBATIM_DIGITS = 4
BARE_DIGITS = 3


def agreeing_step(scene: Scene, number: Number) -> Step | None:
    """Return the first of the numbers that may be meant which meets what is stated."""
    for step in steps_for(scene, number):
        stated = abs(step.value) if step.kind != "same" else step.value
        if agreement(number, stated) is not True:
            continue
        if step.kind in ("change", "difference") and is_wrong_way(scene, number, step.value):
            continue
        return step
    return None


def is_wrong_way(scene: Scene, number: Number, value: Fraction) -> bool:
    """Tell whether the words beside a change go another way than its numbers."""
    start, end = clause_of(scene.sentence, number)
    is_said = any(start <= one.at < end for one in scene.sentence.directions)
    way = scene.sentence.way_of(number.start, number.end) if is_said else 0
    return (number.sign or way) * value < 0


def steps_for(scene: Scene, number: Number) -> Iterator[Step]:
    """Yield the few numbers that a stated number may repeat or follow from, the nearest first."""
    if not scene.is_silent(number):
        is_change = scene.is_change(number)
        readers = _READERS.get(number.unit, ())
        for reader in readers:
            most = MOST_CELLS if reader is same_steps else MOST_TRIED
            yield from islice(reader(scene, number, is_change=is_change), most)
    elif number.unit in LEVELS:
        yield from same_steps(scene, number, is_change=True)


def same_steps(scene: Scene, number: Number, *, is_change: bool) -> Iterator[Step]:
    """Yield the cells of which a number may be the repetition."""
    if number.is_word or digits_of(number) < 2 or (is_change and number.unit in ADDABLE):
        return
    start, end = clause_of(scene.sentence, number)
    keys = {one.key for one in scene.sentence.periods if start <= one.start < end}
    for table in scene.tables:
        for fact in _said(table, number):
            if keys and fact.period and fact.period not in keys:
                continue
            if fact.unit is number.unit or (fact.unit, number.unit) == (
                NumberUnit.COUNT,
                NumberUnit.EURO,
            ):
                yield Step("same", fact.value, (fact,))


def _said(table: Table, number: Number) -> Iterator[Fact]:
    """Yield the cells of the rows that are named; of all rows for a number of many digits."""
    rows = table.rows(number)
    named = [fact for row in rows for fact in table.facts.of(row=row)]
    by_measure = [
        fact
        for fact in table.facts.found
        if fact.measure in table.measures and not fact.row and not fact.is_total
    ]
    totals = [one for one in table.facts.found if one.is_total]
    bare = digits_of(number) >= BARE_DIGITS or (table.spoken.says_total and table.measures)
    says_total = table.spoken.says_total or not table.is_row_before(number)
    yield from [*named, *by_measure]
    if says_total and (table.is_here or table.is_named) and (bare or number.unit not in ADDABLE):
        yield from totals
    if digits_of(number) >= VERBATIM_DIGITS:
        yield from table.facts.found


def change_steps(scene: Scene, number: Number, *, is_change: bool) -> Iterator[Step]:
    """Yield the changes of a row from one period to another."""
    wanted = number.unit
    if not is_change and wanted not in (NumberUnit.POINTS, NumberUnit.TIMES):
        return
    for table in scene.tables:
        for name, measure in _lines(table, number):
            line = [one for one in name if one.measure == measure and one.period]
            for old, new in pairs_of(scene, line):
                step = changed(wanted, old, new)
                if step is not None:
                    yield step


def changed(unit: NumberUnit, old: Fact, new: Fact) -> Step | None:
    """Return what changed from one fact to another, as the unit says: percent, points, times."""
    is_percent = old.unit is NumberUnit.PERCENT
    if unit is NumberUnit.PERCENT and old.value:
        return Step("change", (new.value - old.value) / old.value * 100, (old, new))
    if unit is NumberUnit.TIMES and old.value:
        return Step("times", new.value / old.value, (old, new))
    if (unit is NumberUnit.POINTS) == is_percent and unit in (*ADDABLE, NumberUnit.POINTS):
        return Step("difference", new.value - old.value, (old, new))
    return None


def _lines(table: Table, number: Number) -> Iterator[tuple[list[Fact], str]]:
    """Yield the rows or columns over time that a number may be about."""
    rows = table.rows(number)
    for row in rows:
        for measure in measures_of(table):
            yield table.facts.of(row=row), measure
    if "" in table.facts.rows:
        named = table.measures or (list(table.facts.measures) if table.is_here else [])
        for measure in named[:3]:
            yield [one for one in table.facts.of(row="") if not one.is_total], measure
    if table.spoken.says_total or not table.is_row_before(number):
        totals = [one for one in table.facts.found if one.is_total]
        if table.is_here or table.is_named:
            for measure in measures_of(table):
                yield totals, measure


def pairs_of(scene: Scene, line: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Return which two facts of a line a sentence may compare, the likeliest first."""
    ordered = sorted(line, key=lambda one: one.period or "")
    if len(ordered) < 2:
        return []
    known = {one.period: one for one in ordered}
    own = [known[key] for key in scene.own if key in known]
    if len(own) == 2 and not scene.compared:
        own.sort(key=lambda one: one.period or "")
        return [(own[0], own[1])]
    news = [*own, ordered[-1]] if not own or scene.compared else own
    found = []
    for new in dict.fromkeys(news):
        place = ordered.index(new)
        keys = _compared_keys(scene, new)
        olds = [known[key] for key in keys if key in known]
        if not keys:
            olds = [*ordered[max(0, place - 1) : place], *ordered[:1]]
        found += [(old, new) for old in olds if old is not new]
    if len(own) == 1 and own[0] is not ordered[-1]:
        # "in 2010 waren het er nog 80, een stijging van 5%": from then until now
        found.append((own[0], ordered[-1]))
    return list(dict.fromkeys(found))


def _compared_keys(scene: Scene, new: Fact) -> list[str]:
    """Return the periods that are compared with: "dezelfde periode van 2011" is a half-year too."""
    part = (new.period or "")[4:]
    keys = [key for one in sorted(scene.compared) for key in (one, one + part)]
    year = (new.period or "")[:4]
    if year.isdigit():
        keys += [f"{int(year) - steps}{part}" for _, _, steps in scene.sentence.relative]
    return keys


_READERS = {
    NumberUnit.COUNT: (same_steps, change_steps, amount_steps, row_steps),
    NumberUnit.EURO: (same_steps, change_steps, amount_steps),
    NumberUnit.PERCENT: (same_steps, change_steps, share_steps),
    NumberUnit.POINTS: (change_steps, range_steps),
    NumberUnit.TIMES: (change_steps, ratio_steps),
}

"""Numbers that are not what the tables say, where a slip shows what was meant.

A number that meets nothing may be of something else. It is wrong only when the sentence names the
row and the period, and the number is one that people write by mistake: with two digits turned,
cut off, of the row beside it, or divided by the new number in place of the old one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vpt_regio.domain.rules.letter_agreement import agreement, is_cut_off
from vpt_regio.domain.rules.letter_beside import changed, is_wrong_way, pairs_of
from vpt_regio.domain.rules.letter_beside_amounts import BALANCE, across, joined, joint_parts
from vpt_regio.domain.rules.letter_facts import ADDABLE, Fact
from vpt_regio.domain.rules.letter_naming import is_form, period_of
from vpt_regio.domain.rules.letter_numbers import Nearness, Number, NumberUnit
from vpt_regio.domain.rules.letter_scene import Scene, Step, Table, digits_of, facts_now
from vpt_regio.domain.rules.letter_sentence import LEVELS
from vpt_regio.domain.rules.letter_slips import slip_of
from vpt_regio.domain.rules.letter_words import stems

ENOUGH_DIGITS = 3
DIFFERS = "Dit getal staat anders in de tabel."
CUT_OFF = "Waarschijnlijk afgekapt in plaats van afgerond."
OTHER_ROW = "Dit is het getal van ‘{row}’."
OTHER_YEARS = "Dit is het verschil tussen ‘{old}’ en ‘{new}’."
NEW_BASE = "Waarschijnlijk gedeeld door het nieuwe getal in plaats van het oude."
WRONG_WAY = "De richting klopt niet."
_OF_WHOLE = re.compile(r"^ van (?:de|het|alle|deze|die)\b(?P<what>(?: [\w’'-]+){1,3})", re.I)
_ALL = re.compile(r"\b(?:totaal|totale|geheel)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Miss:
    """What should have been stated, from which cells, and what went wrong."""

    step: Step
    cause: str


def miss_of(scene: Scene, number: Number) -> Miss | None:
    """Return what a number misses, or None when nobody can tell."""
    if number.nearness is not Nearness.EXACT or number.is_word or scene.is_silent(number):
        return None
    is_change = scene.is_change(number)
    for table in scene.tables:
        if is_change or number.unit is NumberUnit.POINTS:
            found = _change_miss(scene, table, number)
        else:
            found = _level_miss(scene, table, number) or _share_miss(scene, table, number)
        found = found or _balance_miss(scene, table, number)
        if found is not None:
            return found
    return None


def _row_before(table: Table, number: Number) -> str | None:
    """Return the row that is named last before a number, by its full name."""
    before = [one for one in table.spoken.rows if one.end <= number.start and one.is_full]
    return max(before, key=lambda one: one.at).name if before else None


def _level_miss(scene: Scene, table: Table, number: Number) -> Miss | None:
    """Read a number that should be the one cell that the sentence names."""
    if number.unit not in LEVELS or digits_of(number) < ENOUGH_DIGITS:
        return None
    cells = _cells_named(scene, table, number)
    if len(cells) != 1 or cells[0].unit is not number.unit:
        return None
    cell = cells[0]
    cause = slip_of(number, cell.value)
    is_next = (
        number.unit is NumberUnit.PERCENT
        and cell.step == number.step < 1
        and abs(cell.value - number.value) == number.step
    )
    if not cause and not is_next:
        return None
    return Miss(Step("same", cell.value, (cell,)), cause or DIFFERS)


def _cells_named(scene: Scene, table: Table, number: Number) -> list[Fact]:
    row = _row_before(table, number)
    if row is not None:
        cells = table.facts.of(row=row)
    elif "" in table.facts.rows and table.measures:
        cells = [one for one in table.facts.of(row="") if one.measure == table.measures[0]]
    elif table.spoken.says_total and not table.spoken.rows and table.is_here:
        cells = [one for one in table.facts.found if one.is_total]
    else:
        return []
    cells = [one for one in cells if one.unit is number.unit]
    period = period_of(scene.sentence, number)
    if period is not None and any(one.period for one in cells):
        cells = [one for one in cells if one.period == period.key]
    named = [one for one in cells if one.measure in table.measures]
    return named if len(named) == 1 else cells


def _change_miss(scene: Scene, table: Table, number: Number) -> Miss | None:
    """Read a change of the one row and the two periods that the sentence names."""
    if not _is_fine(number):
        return None
    row = _row_before(table, number)
    line = _line_of(table, row, number) if row is not None else []
    pairs = pairs_of(scene, line)
    if not pairs:
        return None
    old, new = pairs[0]
    step = changed(number.unit, old, new)
    if step is None:
        return None
    cause = _cause_of_change(scene, table, number, step, line)
    return Miss(step, cause) if cause else None


def _is_fine(number: Number) -> bool:
    """Tell whether a number has so many digits that it meets another one by no accident."""
    if number.unit is NumberUnit.PERCENT:
        return number.step < 1
    if number.unit is NumberUnit.POINTS:
        return digits_of(number) > 1
    return digits_of(number) >= ENOUGH_DIGITS


def _line_of(table: Table, row: str, number: Number) -> list[Fact]:
    """Return the numbers of a row over time, when only one kind of them can be meant."""
    wanted = (NumberUnit.PERCENT,) if number.unit is NumberUnit.POINTS else ADDABLE
    cells = [one for one in table.facts.of(row=row) if one.unit in wanted and one.period]
    named = [one for one in cells if one.measure in table.measures]
    line = named or cells
    return line if len({one.measure for one in line}) == 1 else []


def _cause_of_change(
    scene: Scene, table: Table, number: Number, step: Step, line: Sequence[Fact]
) -> str:
    old, new = step.facts
    size = abs(step.value)
    if agreement(number, size):
        return WRONG_WAY if is_wrong_way(scene, number, step.value) else ""
    if number.unit is NumberUnit.PERCENT and is_cut_off(number, step.value):
        return CUT_OFF
    is_percent = number.unit is NumberUnit.PERCENT
    if is_percent and new.value and agreement(number, abs(new.value - old.value) / new.value * 100):
        return NEW_BASE
    for row in table.facts.rows:
        others = table.facts.of(row=row, measure=old.measure)
        ends = [one for one in others if one.period in (old.period, new.period)]
        if len(ends) == 2 and row not in (old.row, *(one.name for one in table.spoken.rows)):
            ends.sort(key=lambda one: one.period != old.period)
            if _meets(number, changed(number.unit, *ends)):
                return OTHER_ROW.format(row=row)
    ordered = sorted(line, key=lambda one: one.period or "")
    for before, after in pairwise(ordered):
        if (before, after) != (old, new) and _meets(number, changed(number.unit, before, after)):
            return OTHER_YEARS.format(old=before.period, new=after.period)
    return slip_of(number, step.value) if digits_of(number) >= ENOUGH_DIGITS else ""


def _meets(number: Number, step: Step | None) -> bool:
    return step is not None and agreement(number, abs(step.value)) is True


def _share_miss(scene: Scene, table: Table, number: Number) -> Miss | None:
    """Read a share that was cut off, or is that of another row."""
    row = _row_before(table, number)
    if row is None or number.unit is not NumberUnit.PERCENT:
        return None
    for part, whole in _shares_named(scene, table, row, number):
        step = Step("share", part.value / whole.value * 100, (part, whole))
        if number.step < 1 and is_cut_off(number, step.value):
            return Miss(step, CUT_OFF)
        other = _row_of_share(table, part, whole, number)
        if other and not agreement(number, step.value):
            return Miss(step, OTHER_ROW.format(row=other))
    return None


def _shares_named(
    scene: Scene, table: Table, row: str, number: Number
) -> Iterator[tuple[Fact, Fact]]:
    """Yield part and whole where the words behind a share say what it is a part of."""
    match = _OF_WHOLE.match(scene.sentence.text[number.end :])
    if match is None:
        return
    said = stems(match["what"])
    of_total = bool(_ALL.search(match["what"]))
    for part in facts_now(scene, table.facts.of(row=row)):
        if part.unit not in ADDABLE:
            continue
        columns = [] if of_total else across(table.facts, part)
        named = [one for one in columns if _is_said(one.measure, said)]
        totals = table.facts.totals(part) if of_total else []
        yield from ((part, one) for one in [*named, *totals] if 0 < part.value < one.value)


def _is_said(name: str, said: Sequence[str]) -> bool:
    return any(is_form(one, other) for one in stems(name) for other in said)


def _row_of_share(table: Table, part: Fact, whole: Fact, number: Number) -> str:
    """Return the row, not named in the sentence, of which the stated share is."""
    spoken = {one.name for one in table.spoken.rows}
    for row in table.facts.rows:
        parts = table.facts.of(row=row, measure=part.measure, period=part.period)
        wholes = table.facts.of(row=row, measure=whole.measure, period=whole.period)
        if row in spoken or not parts or not (wholes or whole.is_total):
            continue
        other = whole if whole.is_total else wholes[0]
        if other.value and agreement(number, parts[0].value / other.value * 100):
            return row
    return ""


def _balance_miss(scene: Scene, table: Table, number: Number) -> Miss | None:
    """Read a balance or a sum of the rows that a sentence names, with two digits turned."""
    is_balance = bool(BALANCE.search(scene.sentence.text))
    is_sum = table.spoken.says_total and not scene.is_change(number)
    if number.unit not in ADDABLE or digits_of(number) < ENOUGH_DIGITS:
        return None
    for parts in joint_parts(scene, table) if is_balance or is_sum else []:
        for step in joined(parts, is_balance=is_balance):
            cause = slip_of(number, step.value)
            if cause:
                return Miss(step, cause)
    return None

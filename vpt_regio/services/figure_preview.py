"""What a delivery would change, before it is stored: figure by figure, and in the checks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from vpt_regio.domain.text import N_
from vpt_regio.models.figures import FigureDelivery, FigureSet
from vpt_regio.queries.figure_checks import FigureCheck, checks_of
from vpt_regio.queries.figure_tables import Figure, FigureCell, FigureTable, figure_table
from vpt_regio.services.figure_deliveries import FigureEntry, differs


class LineState(StrEnum):
    """What happens to the figure of a place."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


LINE_STATE_LABELS: dict[LineState, str] = {
    LineState.NEW: N_("nieuw"),
    LineState.CHANGED: N_("gewijzigd"),
    LineState.UNCHANGED: N_("ongewijzigd"),
}


@dataclass(frozen=True)
class FigureLine:
    """A place as it is now, and what comes in for it."""

    cell: FigureCell
    entry: FigureEntry

    @property
    def state(self) -> LineState:
        if self.cell.figure is None:
            return LineState.NEW
        is_other = differs(self.entry, self.cell.figure)
        return LineState.CHANGED if is_other else LineState.UNCHANGED


@dataclass(frozen=True)
class Preview:
    """A delivery beside the present figures; `warnings` are the checks that it would break.

    `left_out` counts the places for which nothing comes in.
    """

    lines: tuple[FigureLine, ...]
    warnings: tuple[FigureCheck, ...]
    left_out: int

    def of(self, *states: LineState) -> list[FigureLine]:
        """Return the lines in some states."""
        return [line for line in self.lines if line.state in states]

    @property
    def has_news(self) -> bool:
        return bool(self.of(LineState.NEW, LineState.CHANGED))


def present_table(figure_set: FigureSet) -> FigureTable:
    """Return the table with all that was stored, whatever day it is: a delivery adds to that."""
    return figure_table(figure_set, as_of=date.max)


def preview(table: FigureTable, entries: Sequence[FigureEntry]) -> Preview:
    """Compare figures with a table; those for a place that the set does not have are not shown."""
    lines = tuple(
        FigureLine(table.cells[entry.place], entry)
        for entry in entries
        if entry.place in table.cells
    )
    found = Preview(lines, (), len(table.cells) - len(lines))
    if not found.has_news:
        return found
    known = {_key(check) for check in checks_of(table)}
    broken = [
        check
        for check in checks_of(_after(table, lines))
        if check.agrees is False and _key(check) not in known
    ]
    return replace(found, warnings=tuple(broken))


def _key(check: FigureCheck) -> tuple[object, ...]:
    claim_id = check.claim.id if check.claim else None
    return check.kind, check.subject, claim_id, check.stated, check.computed, check.agrees


def _after(table: FigureTable, lines: Sequence[FigureLine]) -> FigureTable:
    """Return the table as it would become; the changes between its periods are not made anew."""
    # belongs to no set, so that no session will store it
    delivery = FigureDelivery(number=0, source="", cutoff_on=table.as_of)
    cells = {
        line.entry.place: replace(line.cell, figure=_figure(line, delivery))
        for line in lines
        if line.state is not LineState.UNCHANGED
    }
    return replace(table, cells={**table.cells, **cells})


def _figure(line: FigureLine, delivery: FigureDelivery) -> Figure:
    entry = line.entry
    return Figure(
        None if entry.value is None else Fraction(entry.value),
        entry.qualifier,
        entry.printed,
        (line.cell.revision_no or 0) + 1,
        delivery,
    )

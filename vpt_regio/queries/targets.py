"""The targets of the programme, each with the figures that show how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vpt_regio.domain.rules.targets import TargetProgress, progress
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureCategory, FigurePeriod, FigureSet, ProgrammeTarget
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.figure_tables import FigureCell, FigureTable, figure_tables


@dataclass(frozen=True)
class TargetLine:
    """A target with its first and its newest figure; None when there is no such figure."""

    target: ProgrammeTarget
    first: FigureCell | None
    newest: FigureCell | None
    progress: TargetProgress


def get_target(target_id: int) -> ProgrammeTarget | None:
    """Return a target by its id, or None."""
    return db.session.get(ProgrammeTarget, target_id)


def target_lines(programme: Programme, *, as_of: date) -> list[TargetLine]:
    """Return the targets by their source's period, as the figures were known on a day.

    A fixed number of queries, whatever the number of targets.
    """
    targets = db.session.scalars(
        select(ProgrammeTarget)
        .where(ProgrammeTarget.programme_id == programme.id)
        .options(
            joinedload(ProgrammeTarget.category).joinedload(FigureCategory.figure_set),
            joinedload(ProgrammeTarget.from_period),
        )
        .order_by(ProgrammeTarget.starts_on, ProgrammeTarget.name, ProgrammeTarget.id)
    ).all()
    tables = {table.figure_set.id: table for table in figure_tables(programme, as_of=as_of)}
    return [_line(target, tables) for target in targets]


def list_categories(programme: Programme) -> list[FigureCategory]:
    """Return the categories of all figure sets, by the title of their set."""
    query = (
        select(FigureCategory)
        .join(FigureCategory.figure_set)
        .where(FigureSet.programme_id == programme.id)
        .options(joinedload(FigureCategory.figure_set))
        .order_by(FigureSet.title, FigureSet.id, FigureCategory.position)
    )
    return list(db.session.scalars(query))


def list_figure_periods(programme: Programme) -> list[FigurePeriod]:
    """Return the periods of all figure sets, by the title of their set."""
    query = (
        select(FigurePeriod)
        .join(FigurePeriod.figure_set)
        .where(FigureSet.programme_id == programme.id)
        .options(joinedload(FigurePeriod.figure_set))
        .order_by(FigureSet.title, FigureSet.id, FigurePeriod.position)
    )
    return list(db.session.scalars(query))


def _line(target: ProgrammeTarget, tables: Mapping[int, FigureTable]) -> TargetLine:
    first, newest = _ends(target, tables)
    old = first.value if first else None
    new = newest.value if newest else None
    made = progress(target.change_kind, target.change, old, new)
    return TargetLine(target, first, newest, made)


def _ends(
    target: ProgrammeTarget, tables: Mapping[int, FigureTable]
) -> tuple[FigureCell | None, FigureCell | None]:
    """Return the figure at which a target begins, and the newest known one after it."""
    category, start = target.category, target.from_period
    if category is None or start is None:
        return None, None
    table = tables[category.figure_set_id]
    cells = [table.cell(category.id, period.id) for period in table.periods]
    first = table.cell(category.id, start.id)
    later = [cell for cell in cells if cell.is_known and cell.period.position > start.position]
    return first if first.figure else None, later[-1] if later else None

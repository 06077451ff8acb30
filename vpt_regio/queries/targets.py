"""The targets of the programme, each with the figures that show how far it is."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from vpt_regio.domain.rules.targets import TargetProgress, progress
from vpt_regio.extensions import db
from vpt_regio.models.figures import (
    FigureCategory,
    FigureDelivery,
    FigurePeriod,
    FigureRow,
    FigureSet,
    ProgrammeTarget,
)
from vpt_regio.models.programmes import Programme


@dataclass(frozen=True)
class TargetFigure:
    """A figure that a target is read from."""

    period: str
    value: Fraction | None
    cutoff_on: date
    source: str


@dataclass(frozen=True)
class TargetLine:
    """A target with its first and its newest figure; None when there is no such figure."""

    target: ProgrammeTarget
    first: TargetFigure | None
    newest: TargetFigure | None
    progress: TargetProgress


def get_target(target_id: int) -> ProgrammeTarget | None:
    """Return a target by its id, or None."""
    return db.session.get(ProgrammeTarget, target_id)


def target_lines(programme: Programme, *, as_of: date) -> list[TargetLine]:
    """Return the targets by their source's period, as the figures were known on a day.

    Two queries, whatever the number of targets.
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
    figures = _figures({one.category_id for one in targets if one.category_id}, as_of)
    return [_line(target, figures) for target in targets]


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


def _line(
    target: ProgrammeTarget, figures: dict[int, dict[int, tuple[int, TargetFigure]]]
) -> TargetLine:
    known = figures.get(target.category_id or 0, {})
    first = known.get(target.from_period_id or 0)
    start = target.from_period.position if target.from_period else 0
    later = [found for found in known.values() if found[0] > start and found[1].value is not None]
    newest = max(later, key=lambda found: found[0], default=None)
    old = first[1].value if first else None
    new = newest[1].value if newest else None
    return TargetLine(
        target=target,
        first=first[1] if first else None,
        newest=newest[1] if newest else None,
        progress=progress(target.change_kind, target.change, old, new),
    )


def _figures(category_ids: set[int], as_of: date) -> dict[int, dict[int, tuple[int, TargetFigure]]]:
    """Return by category and period its place and its last figure that was known on the day."""
    newest = (
        select(
            FigureRow.category_id, FigureRow.period_id, func.max(FigureRow.revision_no).label("no")
        )
        .join(FigureRow.delivery)
        .where(FigureRow.category_id.in_(category_ids), FigureDelivery.recorded_on <= as_of)
        .group_by(FigureRow.category_id, FigureRow.period_id)
        .subquery()
    )
    is_newest = and_(
        newest.c.category_id == FigureRow.category_id,
        newest.c.period_id == FigureRow.period_id,
        newest.c.no == FigureRow.revision_no,
    )
    query = (
        select(
            FigureRow.category_id,
            FigureRow.period_id,
            FigureRow.value,
            FigurePeriod.position,
            FigurePeriod.label,
            FigureDelivery.cutoff_on,
            FigureDelivery.source,
        )
        .join(newest, is_newest)
        .join(FigureRow.delivery)
        .join(FigureRow.period)
        .order_by(FigurePeriod.position)
    )
    found: dict[int, dict[int, tuple[int, TargetFigure]]] = {}
    for row in db.session.execute(query):
        value = None if row.value is None else Fraction(row.value)
        figure = TargetFigure(row.label, value, row.cutoff_on, row.source)
        found.setdefault(row.category_id, {})[row.period_id] = (row.position, figure)
    return found

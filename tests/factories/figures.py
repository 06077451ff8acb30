"""Figure sets with their figures, made without their services."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from vpt_regio.domain.indicator_codes import Unit
from vpt_regio.extensions import db
from vpt_regio.models.figures import (
    FigureCategory,
    FigureDelivery,
    FigurePeriod,
    FigureRow,
    FigureSet,
)
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme

CUTOFF = date(2012, 1, 6)


def make_figure_set(
    programme: Programme,
    code: str = "reeks",
    *,
    categories: Sequence[str] = ("Incidenten", "Aanhoudingen"),
    periods: Sequence[str] = ("2010", "2011"),
    unit: Unit = Unit.NUMBER,
) -> FigureSet:
    figure_set = FigureSet(programme_id=programme.id, code=code, title=f"Cijfers {code}", unit=unit)
    figure_set.categories = [
        FigureCategory(position=place, name=name) for place, name in enumerate(categories, 1)
    ]
    figure_set.periods = [
        FigurePeriod(position=place, label=label) for place, label in enumerate(periods, 1)
    ]
    db.session.add(figure_set)
    db.session.flush()
    return figure_set


def deliver(
    figure_set: FigureSet,
    values: Mapping[tuple[str, str], int | None],
    *,
    recorded_by: Person,
    cutoff_on: date = CUTOFF,
    recorded_on: date | None = None,
    source: str = "Landelijke registratie",
) -> FigureDelivery:
    """Add a delivery; `values` maps (category, period) to a figure."""
    categories = {category.name: category for category in figure_set.categories}
    periods = {period.label: period for period in figure_set.periods}
    earlier = [
        (row.category_id, row.period_id) for one in figure_set.deliveries for row in one.rows
    ]
    delivery = FigureDelivery(
        figure_set=figure_set,
        number=len(figure_set.deliveries) + 1,
        source=source,
        cutoff_on=cutoff_on,
        recorded_by=recorded_by,
        recorded_on=recorded_on or cutoff_on,
    )
    for (name, label), value in values.items():
        place = (categories[name].id, periods[label].id)
        delivery.rows.append(
            FigureRow(
                category=categories[name],
                period=periods[label],
                revision_no=earlier.count(place) + 1,
                value=None if value is None else Decimal(value),
            )
        )
    db.session.add(delivery)
    db.session.flush()
    return delivery

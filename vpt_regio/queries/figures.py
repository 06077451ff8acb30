"""Figure sets: finding them, and everything that is read of them."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select, union
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio.extensions import db
from vpt_regio.models.figures import (
    FigureClaim,
    FigureClaimOperand,
    FigureDelivery,
    FigureRow,
    FigureSet,
    ProgrammeTarget,
)
from vpt_regio.queries.figure_checks import FigureCheck, checks, checks_of, checks_over
from vpt_regio.queries.figure_tables import (
    DeliveredFigure,
    Figure,
    FigureCell,
    FigureTable,
    TotalLine,
    delivered_figures,
    figure_table,
    figure_tables,
)
from vpt_regio.queries.programmes import get_programme

__all__ = [
    "DeliveredFigure",
    "Figure",
    "FigureCell",
    "FigureCheck",
    "FigureTable",
    "TotalLine",
    "checks",
    "checks_of",
    "checks_over",
    "delivered_figures",
    "figure_table",
    "figure_tables",
    "get_claim",
    "get_delivery",
    "get_set",
    "list_sets",
    "most_decimals",
    "used_places",
]


def list_sets() -> list[FigureSet]:
    """Return all figure sets with their rows and columns, by title; those that stopped as well."""
    query = (
        select(FigureSet)
        .where(FigureSet.programme_id == get_programme().id)
        .options(selectinload(FigureSet.categories), selectinload(FigureSet.periods))
        .order_by(FigureSet.title, FigureSet.id)
    )
    return list(db.session.scalars(query))


def get_set(code: str) -> FigureSet | None:
    """Return the figure set with a code, with its rows and columns."""
    query = (
        select(FigureSet)
        .where(FigureSet.programme_id == get_programme().id, FigureSet.code == code)
        .options(selectinload(FigureSet.categories), selectinload(FigureSet.periods))
    )
    return db.session.scalars(query).first()


def get_delivery(set_code: str, number: int) -> FigureDelivery | None:
    """Return a delivery with its set and with who recorded it."""
    query = (
        select(FigureDelivery)
        .join(FigureDelivery.figure_set)
        .where(
            FigureSet.programme_id == get_programme().id,
            FigureSet.code == set_code,
            FigureDelivery.number == number,
        )
        .options(
            joinedload(FigureDelivery.recorded_by),
            joinedload(FigureDelivery.figure_set).selectinload(FigureSet.categories),
            joinedload(FigureDelivery.figure_set).selectinload(FigureSet.periods),
        )
    )
    return db.session.scalars(query).first()


def get_claim(set_code: str, claim_id: int) -> FigureClaim | None:
    """Return a claim of a figure set with its operands."""
    query = (
        select(FigureClaim)
        .join(FigureClaim.figure_set)
        .where(
            FigureSet.programme_id == get_programme().id,
            FigureSet.code == set_code,
            FigureClaim.id == claim_id,
        )
        .options(selectinload(FigureClaim.operands))
    )
    return db.session.scalars(query).first()


def most_decimals(figure_set: FigureSet) -> int:
    """Return the most decimals that a figure of the set has, of any revision."""
    query = (
        select(FigureRow.value)
        .join(FigureRow.delivery)
        .where(FigureDelivery.figure_set_id == figure_set.id, FigureRow.value.is_not(None))
        .distinct()
    )
    return max((_decimals(value) for value in db.session.scalars(query)), default=0)


def used_places(figure_set: FigureSet) -> tuple[frozenset[int], frozenset[int]]:
    """Return the categories and the periods, by id, with a figure, in a claim or in a target."""
    rows = (
        select(FigureRow.category_id, FigureRow.period_id)
        .join(FigureRow.delivery)
        .where(FigureDelivery.figure_set_id == figure_set.id)
    )
    operands = (
        select(FigureClaimOperand.category_id, FigureClaimOperand.period_id)
        .join(FigureClaim, FigureClaim.id == FigureClaimOperand.claim_id)
        .where(FigureClaim.figure_set_id == figure_set.id)
    )
    targets = select(ProgrammeTarget.category_id, ProgrammeTarget.from_period_id).where(
        ProgrammeTarget.category_id.in_([row.id for row in figure_set.categories])
    )
    # the three differ in what may be empty, which the types of a union cannot tell
    union_of_all: Any = union(rows, operands, targets)
    places = db.session.execute(union_of_all).all()
    return frozenset(place[0] for place in places), frozenset(place[1] for place in places)


def _decimals(value: Decimal | None) -> int:
    exponent = value.as_tuple().exponent if value is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0

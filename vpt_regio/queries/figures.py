"""Figure sets: finding them, and everything that is read of them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureClaim, FigureDelivery, FigureRow, FigureSet
from vpt_regio.queries.figure_checks import FigureCheck, checks, checks_of
from vpt_regio.queries.figure_tables import (
    Figure,
    FigureCell,
    FigureTable,
    TotalLine,
    figure_table,
    figure_tables,
)
from vpt_regio.queries.programmes import get_programme

__all__ = [
    "Figure",
    "FigureCell",
    "FigureCheck",
    "FigureTable",
    "TotalLine",
    "checks",
    "checks_of",
    "figure_table",
    "figure_tables",
    "get_claim",
    "get_delivery",
    "get_set",
    "list_sets",
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
    """Return a delivery with its figures and with who recorded it."""
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
            selectinload(FigureDelivery.rows).joinedload(FigureRow.category),
            selectinload(FigureDelivery.rows).joinedload(FigureRow.period),
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

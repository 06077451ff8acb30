"""The programme of this system and its lists."""

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, select

from vpt_regio.extensions import db
from vpt_regio.models.programmes import AgreementType, Measure, PolicyLine, Programme, Sector

Entry = TypeVar("Entry", Measure, PolicyLine, Sector, AgreementType)


def get_programme() -> Programme:
    """Return the programme of this system; with several, the first one.

    Raises LookupError while there is no programme.
    """
    programme = db.session.scalars(select(Programme).order_by(Programme.id).limit(1)).first()
    if programme is None:
        raise LookupError("no programme: make one first with `vpt programme create`")
    return programme


def list_measures(programme: Programme, *, on: date) -> list[Measure]:
    """Return the measures that hold on a day, in their order."""
    return _entries(Measure, programme, on)


def list_policy_lines(programme: Programme, *, on: date) -> list[PolicyLine]:
    """Return the main lines that hold on a day, in their order."""
    return _entries(PolicyLine, programme, on)


def list_sectors(programme: Programme, *, on: date) -> list[Sector]:
    """Return the sectors that hold on a day, in their order."""
    return _entries(Sector, programme, on)


def list_agreement_types(programme: Programme, *, on: date) -> list[AgreementType]:
    """Return the kinds of agreements that hold on a day, in their order."""
    return _entries(AgreementType, programme, on)


def holds_on(model: type[Entry], day: date | ColumnElement[date]) -> list[Any]:
    """Return the conditions under which an entry of a list holds; an open side holds for ever.

    The day may be a column of the query.
    """
    return [
        or_(model.valid_from.is_(None), model.valid_from <= day),
        or_(model.valid_until.is_(None), model.valid_until >= day),
    ]


def _entries(model: type[Entry], programme: Programme, on: date) -> list[Entry]:
    query = (
        select(model)
        .where(model.programme_id == programme.id, *holds_on(model, on))
        .order_by(model.position, model.id)
    )
    return list(db.session.scalars(query))

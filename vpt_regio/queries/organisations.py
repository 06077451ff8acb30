"""Organisations of the programme, each with the regions in which it takes part."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from vpt_regio.extensions import db
from vpt_regio.models.regions import Organisation, Region, RegionPartner
from vpt_regio.queries.programmes import get_programme


def get_organisation(organisation_id: int) -> Organisation | None:
    """Return an organisation with its sector and its regions."""
    query = select(Organisation).where(Organisation.id == organisation_id).options(*_parts())
    return db.session.scalar(query)


def list_organisations() -> list[Organisation]:
    """Return every organisation by name, with its sector and its regions."""
    query = (
        select(Organisation)
        .where(Organisation.programme_id == get_programme().id)
        .options(*_parts())
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def list_candidates(region: Region) -> list[Organisation]:
    """Return the organisations that do not take part in a region now, by name."""
    present = select(RegionPartner.organisation_id).where(
        RegionPartner.region_id == region.id, RegionPartner.left_on.is_(None)
    )
    query = (
        select(Organisation)
        .where(Organisation.programme_id == region.programme_id, Organisation.id.not_in(present))
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def _parts() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Organisation.sector),
        selectinload(Organisation.memberships).joinedload(RegionPartner.region),
    )

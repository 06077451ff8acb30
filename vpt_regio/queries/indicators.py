"""The catalogue of indicators: the list, one of them, and where it is used."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement, Indicator
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import AgreementType, Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.agreement_standing import AgreementStanding
from vpt_regio.queries.agreement_values import standings


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator in the list; `agreements` counts those of all regions."""

    indicator: Indicator
    agreements: int


@dataclass(frozen=True)
class IndicatorUse:
    """The agreements with an indicator that a person may see, and how many others there are."""

    agreements: tuple[AgreementStanding, ...]
    others: int

    @property
    def total(self) -> int:
        return len(self.agreements) + self.others


def get_indicator(indicator_id: int) -> Indicator | None:
    """Return an indicator with its region and the kind of agreement it is meant for."""
    query = (
        select(Indicator)
        .where(Indicator.id == indicator_id)
        .options(joinedload(Indicator.region), joinedload(Indicator.agreement_type))
    )
    return db.session.scalar(query)


def list_indicators(person: Person, programme: Programme) -> list[IndicatorRow]:
    """Return the indicators of the programme and of the regions within reach, national first."""
    regions = policies.visible_regions(person, Permission.CONTRACT_VIEW)
    uses = (
        select(Agreement.indicator_id, func.count(Agreement.id).label("agreements"))
        .group_by(Agreement.indicator_id)
        .subquery()
    )
    query = (
        select(Indicator, func.coalesce(uses.c.agreements, 0))
        .outerjoin(uses, uses.c.indicator_id == Indicator.id)
        .outerjoin(Region, Region.id == Indicator.region_id)
        .where(Indicator.programme_id == programme.id)
        .options(joinedload(Indicator.region), joinedload(Indicator.agreement_type))
        .order_by(Indicator.region_id.is_not(None), Region.name, Indicator.name, Indicator.id)
    )
    if regions is not None:
        own = Indicator.region_id.in_(sorted(regions))
        query = query.where(or_(Indicator.region_id.is_(None), own))
    return [IndicatorRow(*row) for row in db.session.execute(query)]


def use_of(indicator: Indicator, person: Person, *, as_of: date | None = None) -> IndicatorUse:
    """Return what was agreed on an indicator, within the reach of a person, and how it stands."""
    regions = policies.visible_regions(person, Permission.CONTRACT_VIEW)
    found = standings(
        as_of=as_of or clock.today(),
        indicator_ids=[indicator.id],
        region_ids=regions,
        contract_statuses=None,
    )
    total = select(func.count(Agreement.id)).where(Agreement.indicator_id == indicator.id)
    return IndicatorUse(tuple(found), (db.session.scalar(total) or 0) - len(found))


def list_managed_regions(person: Person, programme: Programme) -> list[Region]:
    """Return the regions for which a person may make an indicator, by name."""
    query = (
        select(Region).where(Region.programme_id == programme.id).order_by(Region.name, Region.id)
    )
    regions = policies.visible_regions(person, Permission.INDICATOR_MANAGE)
    if regions is not None:
        query = query.where(Region.id.in_(sorted(regions)))
    return list(db.session.scalars(query))


def list_types(programme: Programme) -> list[AgreementType]:
    """Return the kinds of agreement of every version of the list that holds today."""
    today = clock.today()
    query = (
        select(AgreementType)
        .where(
            AgreementType.programme_id == programme.id,
            or_(AgreementType.valid_from.is_(None), AgreementType.valid_from <= today),
            or_(AgreementType.valid_until.is_(None), AgreementType.valid_until >= today),
        )
        .order_by(AgreementType.position, AgreementType.id)
    )
    return list(db.session.scalars(query))

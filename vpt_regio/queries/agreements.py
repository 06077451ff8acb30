"""Agreements with what their pages and forms need besides their values."""

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio import clock
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import Activity, ActivityVersion
from vpt_regio.models.contracts import (
    Agreement,
    AgreementActivity,
    ContractParty,
    Indicator,
    Measurement,
    PerformanceContract,
)
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import AgreementType
from vpt_regio.models.regions import Organisation
from vpt_regio.queries.lineage import family_of


def get_agreement(agreement_id: int) -> Agreement | None:
    """Return an agreement with its contract, indicator and linked activities."""
    query = (
        select(Agreement)
        .where(Agreement.id == agreement_id)
        .options(
            joinedload(Agreement.contract).options(
                joinedload(PerformanceContract.region),
                joinedload(PerformanceContract.action_plan),
            ),
            joinedload(Agreement.indicator),
            joinedload(Agreement.responsible),
            joinedload(Agreement.agreement_type),
            selectinload(Agreement.activity_links).joinedload(AgreementActivity.activity),
        )
    )
    return db.session.scalar(query)


def get_measurement(measurement_id: int) -> Measurement | None:
    """Return one revision of a measurement with its agreement."""
    query = (
        select(Measurement)
        .where(Measurement.id == measurement_id)
        .options(
            joinedload(Measurement.period),
            joinedload(Measurement.agreement).options(
                joinedload(Agreement.contract).joinedload(PerformanceContract.region),
                joinedload(Agreement.indicator),
            ),
        )
    )
    return db.session.scalar(query)


def list_usable_indicators(
    contract: PerformanceContract, *, keep: Indicator | None = None
) -> list[Indicator]:
    """Return the indicators that an agreement of a contract may use, by name."""
    region = contract.region
    usable = Indicator.retired_on.is_(None)
    query = (
        select(Indicator)
        .where(
            Indicator.programme_id == region.programme_id,
            or_(usable, Indicator.id == keep.id) if keep else usable,
            or_(Indicator.region_id.is_(None), Indicator.region_id.in_(family_of(region.id))),
        )
        .order_by(Indicator.name, Indicator.id)
    )
    return list(db.session.scalars(query))


def list_party_organisations(contract: PerformanceContract) -> list[Organisation]:
    """Return the parties of a contract, by name."""
    query = (
        select(Organisation)
        .join(ContractParty, ContractParty.organisation_id == Organisation.id)
        .where(ContractParty.contract_id == contract.id)
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def list_agreement_types(
    contract: PerformanceContract, *, keep: AgreementType | None = None
) -> list[AgreementType]:
    """Return the kinds of agreement that hold today, in their order."""
    today = clock.today()
    holds = (
        or_(AgreementType.valid_from.is_(None), AgreementType.valid_from <= today),
        or_(AgreementType.valid_until.is_(None), AgreementType.valid_until >= today),
    )
    query = (
        select(AgreementType)
        .where(AgreementType.programme_id == contract.region.programme_id, *holds)
        .order_by(AgreementType.position, AgreementType.id)
    )
    found = list(db.session.scalars(query))
    return [*found, keep] if keep is not None and keep not in found else found


def list_plan_activities(contract: PerformanceContract) -> list[tuple[Activity, str]]:
    """Return the activities of the plan of a contract with their latest titles, by number."""
    if contract.action_plan_id is None:
        return []
    query = (
        select(Activity, ActivityVersion.title)
        .join(ActivityVersion, ActivityVersion.activity_id == Activity.id)
        .where(Activity.action_plan_id == contract.action_plan_id)
        .order_by(Activity.number, ActivityVersion.plan_version_id)
    )
    # the title of a later version takes the place of the one before
    titles = {row[0]: row[1] for row in db.session.execute(query)}
    return list(titles.items())


def list_reported_periods(contract: PerformanceContract) -> list[ReportingPeriod]:
    """Return the half-years that have begun and touch the term of a contract, newest first."""
    query = (
        select(ReportingPeriod)
        .where(
            ReportingPeriod.programme_id == contract.region.programme_id,
            ReportingPeriod.starts_on <= clock.today(),
            ReportingPeriod.ends_on >= contract.starts_on,
        )
        .order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id)
    )
    return list(db.session.scalars(query))


def get_agreement_type(type_id: int | None) -> AgreementType | None:
    """Return a kind of agreement, also one that is on the list no more; None for none."""
    return None if type_id is None else db.session.get(AgreementType, type_id)

"""Performance contracts with agreements and measurements, made without their services."""

from datetime import date
from decimal import Decimal
from itertools import count

from tests.factories.people import make_person
from tests.factories.regions import make_organisation
from vpt_regio.domain.enums import OrganisationKind
from vpt_regio.domain.indicator_codes import (
    Aggregation,
    ContractStatus,
    Direction,
    Qualifier,
    ReferenceKind,
    Unit,
)
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.contracts import (
    Agreement,
    ContractParty,
    ContractSignature,
    Indicator,
    IndicatorRevision,
    Measurement,
    PerformanceContract,
)
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Organisation, Region, RegionPartner

_numbers = count(1)
STARTS, ENDS = date(2012, 1, 1), date(2013, 12, 31)
SIGNED_ON = date(2012, 1, 16)


def make_indicator(
    programme: Programme,
    name: str | None = None,
    *,
    unit: Unit = Unit.NUMBER,
    direction: Direction = Direction.UP,
    aggregation: Aggregation = Aggregation.SUM,
    region: Region | None = None,
) -> Indicator:
    is_share = unit is Unit.PERCENT
    indicator = Indicator(
        programme_id=programme.id,
        region_id=region.id if region else None,
        name=name or f"Indicator {next(_numbers)}",
        unit=unit,
        direction=direction,
        aggregation=Aggregation.WEIGHTED if is_share else aggregation,
        numerator_label="op tijd" if is_share else "",
        denominator_label="alle" if is_share else "",
    )
    db.session.add(indicator)
    db.session.flush()
    return indicator


def make_partner(region: Region, organisation: Organisation | None = None) -> Organisation:
    """Return an organisation that takes part in the region."""
    partner = organisation or make_organisation(region.programme, kind=OrganisationKind.EMPLOYER)
    db.session.add(
        RegionPartner(region_id=region.id, organisation_id=partner.id, joined_on=date(2011, 1, 1))
    )
    db.session.flush()
    return partner


def make_contract(
    region: Region,
    *,
    parties: int = 2,
    status: ContractStatus = ContractStatus.AGREED,
    author: Person | None = None,
) -> PerformanceContract:
    """Return a contract between new partners of a region; once agreed, each has signed."""
    author = author or make_person(region.programme, Role.PROJECT_LEADER, region=region)
    number = next(_numbers)
    is_agreed = status in (ContractStatus.AGREED, ContractStatus.EVALUATED)
    contract = PerformanceContract(
        region=region,
        number=number,
        title=f"Prestatiecontract {number}",
        starts_on=STARTS,
        ends_on=ENDS,
        status=status,
        agreed_on=SIGNED_ON if is_agreed else None,
        evaluated_on=date(2012, 7, 2) if status is ContractStatus.EVALUATED else None,
        author=author,
    )
    partners = [make_partner(region) for _ in range(parties)]
    contract.parties = [ContractParty(organisation=partner) for partner in partners]
    db.session.add(contract)
    db.session.flush()
    if is_agreed:
        for partner in partners:
            sign(contract, partner, recorded_by=author)
    return contract


def sign(
    contract: PerformanceContract,
    organisation: Organisation,
    *,
    recorded_by: Person,
    on: date = SIGNED_ON,
) -> ContractSignature:
    signature = ContractSignature(
        contract=contract,
        organisation=organisation,
        round_no=contract.signing_round,
        signed_on=on,
        signatory="Directeur",
        recorded_by=recorded_by,
    )
    db.session.add(signature)
    db.session.flush()
    return signature


def make_agreement(
    contract: PerformanceContract,
    indicator: Indicator,
    *,
    baseline: int | None = 40,
    target: int | None = 60,
    due_on: date = date(2013, 12, 31),
) -> Agreement:
    """Return an agreement with a baseline of 1 January 2012 and a target."""
    agreement = Agreement(
        contract=contract,
        number=len(contract.agreements) + 1,
        free_type="Eigen afspraak",
        statement="Wij doen dit vaker.",
        responsible=contract.parties[0].organisation,
        indicator=indicator,
    )
    db.session.add(agreement)
    db.session.flush()
    if baseline is not None:
        add_revision(agreement, ReferenceKind.BASELINE, baseline, day=date(2012, 1, 1))
    if target is not None:
        add_revision(agreement, ReferenceKind.TARGET, target, day=due_on)
    return agreement


def add_revision(
    agreement: Agreement,
    kind: ReferenceKind,
    value: int | Decimal,
    *,
    day: date,
    holds_from: date = STARTS,
    reason: str = "",
) -> IndicatorRevision:
    """Add a baseline measured on a day, or a target that is due on it."""
    earlier = [one for one in agreement.revisions if one.kind is kind]
    is_target = kind is ReferenceKind.TARGET
    revision = IndicatorRevision(
        agreement=agreement,
        kind=kind,
        revision_no=len(earlier) + 1,
        value=Decimal(value),
        due_on=day if is_target else None,
        measured_on=None if is_target else day,
        holds_from=holds_from,
        reason=reason or ("herzien" if earlier else ""),
        recorded_by=agreement.contract.author,
        recorded_on=holds_from,
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def make_measurement(
    agreement: Agreement,
    value: int | Decimal | None = None,
    *,
    counts: tuple[int, int] | None = None,
    cutoff_on: date = date(2012, 6, 30),
    recorded_on: date | None = None,
    reason: str = "",
    qualifier: Qualifier = Qualifier.EXACT,
    period: ReportingPeriod | None = None,
    is_late: bool = False,
) -> Measurement:
    """Add a measurement: a value, or (numerator, denominator); the next one of its day."""
    earlier = [one for one in agreement.measurements if one.cutoff_on == cutoff_on]
    measurement = Measurement(
        agreement=agreement,
        cutoff_on=cutoff_on,
        revision_no=len(earlier) + 1,
        period=period,
        qualifier=qualifier,
        value=None if value is None else Decimal(value),
        numerator=Decimal(counts[0]) if counts else None,
        denominator=Decimal(counts[1]) if counts else None,
        source="Registratie",
        note="" if value is not None or counts else "niet geteld",
        reason=reason or ("verbeterd" if earlier else ""),
        recorded_by=agreement.contract.author,
        recorded_on=recorded_on or cutoff_on,
        is_late=is_late,
    )
    db.session.add(measurement)
    db.session.flush()
    return measurement

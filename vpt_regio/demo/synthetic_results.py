"""What a synthetic region agrees with its partners, and what they measure each half-year."""

from datetime import date, timedelta
from decimal import Decimal

from vpt_regio import clock
from vpt_regio.demo import indicators, results, world
from vpt_regio.demo.synthetic_life import OFFICER, Life, Plan
from vpt_regio.domain.enums import OrganisationKind
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.rules.measured_values import Given
from vpt_regio.models.contracts import PerformanceContract
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.agreements import AgreementContent, add_agreement
from vpt_regio.services.contract_signatures import Signed, record_signature
from vpt_regio.services.contracts import (
    ContractContent,
    draft_contract,
    offer_contract,
    set_parties,
)
from vpt_regio.services.indicators import create_indicator
from vpt_regio.services.measurements import MeasurementContent, record_measurement
from vpt_regio.services.organisations import add_partner, create_organisation
from vpt_regio.services.revisions import ReferenceContent

MEASURED_AFTER = 8
"""Days after a half-year: before the report on it."""
SHARE, COUNT = indicators.NATIONAL[:2]
TARGETS = {SHARE[1].name: 80, COUNT[1].name: 150}


def add_indicators() -> None:
    """Make the two indicators on which every region agrees."""
    for _code, content in (SHARE, COUNT):
        create_indicator(get_programme(), content=content, actor=world.person(OFFICER))


def agree(life: Life, plan: Plan) -> None:
    """Let the two partners of a region sign a contract with two agreements."""
    region, leader = world.region(life.code), world.person(life.leader)
    with clock.at(plan.after(12)):
        parties = _partners(life, region, leader)
        contract = draft_contract(
            region,
            content=ContractContent(_title(life), starts_on=plan.after(14), ends_on=plan.end),
            actor=leader,
        )
        set_parties(contract, organisations=parties, actor=leader)
        _promise(contract, parties, plan, leader)
        offer_contract(contract, actor=leader)
    with clock.at(plan.after(13)):
        for party in parties:
            signed = Signed(clock.today(), f"Directeur {party.name}")
            record_signature(contract, organisation=party, signed=signed, actor=leader)


def measure(life: Life, half: HalfYear, *, today: date) -> None:
    """Record what was measured on the last day of a half-year, if that is known by today."""
    day = half.end + timedelta(days=MEASURED_AFTER)
    if day > today:
        return
    chances, leader = life.chances(f"results/{half.code}"), world.person(life.leader)
    whole = chances.randrange(40, 90)
    values = {
        SHARE[1].name: results.share(chances.randrange(10, whole), whole),
        COUNT[1].name: results.value(chances.randrange(60, 200)),
    }
    with clock.at(day):
        for agreement in world.contract(_title(life)).agreements:
            content = MeasurementContent(values[agreement.indicator.name], source=results.SOURCE)
            record_measurement(agreement, cutoff_on=half.end, content=content, actor=leader)


def _title(life: Life) -> str:
    return f"Afspraken in {life.name}"


def _partners(life: Life, region: Region, leader: Person) -> list[Organisation]:
    other = create_organisation(
        get_programme(),
        name=f"Voorbeeldpartner {life.number:03}",
        kind=OrganisationKind.POLICE,
        actor=leader,
    )
    parties = [world.organisation(life.organisation), other]
    for party in parties:
        add_partner(region, party.id, joined_on=clock.today(), actor=leader)
    return parties


def _promise(
    contract: PerformanceContract, parties: list[Organisation], plan: Plan, leader: Person
) -> None:
    for (code, content), party in zip((SHARE, COUNT), parties, strict=True):
        agreement = AgreementContent(
            statement="Voorbeeld: de partijen doen meer dan zij nu doen.",
            responsible=party,
            indicator=world.indicator(content.name),
            agreement_type=world.agreement_type(code),
            target=ReferenceContent(Given(Decimal(TARGETS[content.name])), plan.end),
        )
        add_agreement(contract, content=agreement, actor=leader)

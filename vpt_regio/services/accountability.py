"""Recording that a region accounted for a year of a specific grant with its annual accounts."""

from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.errors import DomainError, DuplicateValue, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import AccountabilityStatement
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenant_money import CovenantMoney, asks_final_account, money_of
from vpt_regio.queries.final_accounts import AccountPlace
from vpt_regio.services import audit


def record_statement(
    covenant: Covenant,
    *,
    region: Region,
    year: int,
    delivered_on: date,
    reference: str,
    actor: Person,
) -> AccountabilityStatement:
    """Record on which day, and under which reference, a year was accounted for.

    Raises WrongState for a covenant that is not a specific grant, or every reason together why
    the values are not acceptable.
    """
    place = AccountPlace(covenant, region, None)
    role = policies.require(actor, Permission.ACCOUNTABILITY_RECORD, place)
    if asks_final_account(covenant) or covenant.status is CovenantStatus.DRAFT:
        raise WrongState(
            N_("Dit is geen specifieke uitkering. De regio schrijft een eindverantwoording.")
        )
    text = reference.strip()
    raise_all(
        _year_errors(money_of(covenant), region, year)
        + _day_errors(year, delivered_on)
        + ([] if text else [Invalid(N_("Vul het kenmerk in."), field="reference")])
    )
    statement = AccountabilityStatement(
        covenant=covenant,
        region=region,
        year=year,
        delivered_on=delivered_on,
        reference=text,
        recorded_by=actor,
    )
    db.session.add(statement)
    db.session.flush()
    details = {"year": str(year), "region": region.name, "reference": text, "day": delivered_on}
    audit.record("accountability.recorded", covenant, actor=actor, role=role, details=details)
    return statement


def _year_errors(money: CovenantMoney, region: Region, year: int) -> list[DomainError]:
    if year in money.stated[region.id]:
        message = N_("De verantwoording over dit jaar is al vastgelegd.")
        return [DuplicateValue(message, field="year")]
    if year not in money.years[region.id]:
        message = N_("In dit jaar had de regio geen geld van dit convenant.")
        return [Invalid(message, field="year")]
    if year >= clock.today().year:
        message = N_("Dit jaar is nog niet voorbij.")
        return [Invalid(message, field="year")]
    return []


def _day_errors(year: int, delivered_on: date) -> list[DomainError]:
    if delivered_on > clock.today():
        message = N_("De datum kan niet in de toekomst liggen.")
        return [Invalid(message, field="delivered_on")]
    if delivered_on.year <= year:
        message = N_("De jaarrekening over een jaar komt pas na dat jaar.")
        return [Invalid(message, field="delivered_on")]
    return []

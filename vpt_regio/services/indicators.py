"""The catalogue of indicators: of the whole programme, and of one region.

What is measured and how stays as it is once something was agreed on it: earlier values would
otherwise mean something else.
"""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import or_, select

from vpt_regio import clock, policies
from vpt_regio.domain.indicator_codes import Aggregation, Direction, Unit
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, DuplicateValue, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement, Indicator
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import AgreementType, Programme
from vpt_regio.models.regions import Region
from vpt_regio.services import audit, transitions

MOST_DECIMALS = 4
FIXED = ("unit", "direction", "aggregation", "numerator_label", "denominator_label")
FIXED_MESSAGE = N_(
    "Dit kan niet meer wijzigen: er zijn afspraken met deze indicator."
    " Maak een nieuwe indicator als u iets anders wilt meten."
)


@dataclass(frozen=True)
class IndicatorContent:
    """What is measured and how; the two labels belong to a share and say what is counted."""

    name: str
    unit: Unit
    direction: Direction
    aggregation: Aggregation
    definition: str = ""
    decimals: int = 0
    numerator_label: str = ""
    denominator_label: str = ""
    source_system: str = ""
    agreement_type_id: int | None = None


def create_indicator(
    programme: Programme,
    *,
    content: IndicatorContent,
    actor: Person,
    region: Region | None = None,
) -> Indicator:
    """Add an indicator of the programme, or of one region; raises all that is wrong at once."""
    role = policies.require(actor, Permission.INDICATOR_MANAGE, region or programme)
    indicator = Indicator(programme_id=programme.id, region_id=region.id if region else None)
    raise_all(_content_errors(content, indicator))
    _fill(indicator, content)
    db.session.add(indicator)
    db.session.flush()
    details = {"name": indicator.name, "after": _details(indicator)}
    audit.record("indicator.created", indicator, actor=actor, role=role, details=details)
    return indicator


def change_indicator(
    indicator: Indicator,
    *,
    content: IndicatorContent,
    actor: Person,
    expected_version: int | None = None,
) -> Indicator:
    """Change an indicator; of one that is in use only what does not change what it means."""
    role = policies.require(actor, Permission.INDICATOR_MANAGE, indicator)
    transitions.check_version(indicator, expected_version)
    _require_in_use(indicator)
    raise_all(_fixed_errors(content, indicator) + _content_errors(content, indicator))
    before = _details(indicator)
    _fill(indicator, content)
    db.session.flush()
    after = _details(indicator)
    if after != before:
        details = {"before": before, "after": after}
        audit.record("indicator.changed", indicator, actor=actor, role=role, details=details)
    return indicator


def retire_indicator(
    indicator: Indicator, *, actor: Person, expected_version: int | None = None
) -> None:
    """Let nothing new be agreed on an indicator; what was agreed goes on."""
    role = policies.require(actor, Permission.INDICATOR_MANAGE, indicator)
    transitions.check_version(indicator, expected_version)
    _require_in_use(indicator)
    indicator.retired_on = clock.today()
    db.session.flush()
    audit.record("indicator.retired", indicator, actor=actor, role=role)


def reuse_indicator(
    indicator: Indicator, *, actor: Person, expected_version: int | None = None
) -> None:
    """Let new agreements use an indicator again."""
    role = policies.require(actor, Permission.INDICATOR_MANAGE, indicator)
    transitions.check_version(indicator, expected_version)
    if indicator.retired_on is None:
        raise WrongState(N_("Deze indicator is al in gebruik."))
    indicator.retired_on = None
    db.session.flush()
    audit.record("indicator.reused", indicator, actor=actor, role=role)


def is_used(indicator: Indicator) -> bool:
    """Return whether anything was agreed on an indicator."""
    query = select(Agreement.id).where(Agreement.indicator_id == indicator.id)
    return db.session.scalar(query.order_by(Agreement.id).limit(1)) is not None


def _require_in_use(indicator: Indicator) -> None:
    if indicator.retired_on is not None:
        raise WrongState(N_("Deze indicator is vervallen. Neem hem eerst weer in gebruik."))


def _fixed_errors(content: IndicatorContent, indicator: Indicator) -> list[DomainError]:
    if not is_used(indicator):
        return []
    changed = [name for name in FIXED if getattr(content, name) != getattr(indicator, name)]
    return [Invalid(FIXED_MESSAGE, field=name, code="in_use") for name in changed]


def _content_errors(content: IndicatorContent, indicator: Indicator) -> list[DomainError]:
    errors: list[DomainError] = []
    if not content.name:
        errors.append(Invalid(N_("Vul de naam van de indicator in."), field="name"))
    elif _name_is_taken(content.name, indicator):
        errors.append(DuplicateValue(N_("Er is al een indicator met deze naam."), field="name"))
    if not 0 <= content.decimals <= MOST_DECIMALS:
        message = N_("Kies hoogstens vier decimalen.")
        errors.append(Invalid(message, field="decimals"))
    elif content.unit is Unit.YES_NO and content.decimals:
        errors.append(Invalid(N_("Ja of nee heeft geen decimalen."), field="decimals"))
    if content.agreement_type_id and not db.session.get(AgreementType, content.agreement_type_id):
        errors.append(Invalid(N_("Kies een soort uit de lijst."), field="agreement_type_id"))
    return errors + _unit_errors(content)


def _unit_errors(content: IndicatorContent) -> list[DomainError]:
    errors: list[DomainError] = []
    is_share = content.unit is Unit.PERCENT
    for name in ("numerator_label", "denominator_label"):
        if is_share and not getattr(content, name):
            message = N_("Een percentage heeft een teller en een noemer. Vul in wat u telt.")
            errors.append(Invalid(message, field=name))
        if not is_share and getattr(content, name):
            message = N_("Een teller en een noemer horen alleen bij procenten.")
            errors.append(Invalid(message, field=name))
    if is_share and content.aggregation is Aggregation.SUM:
        message = N_("Percentages kunt u niet optellen. Kies het gewogen gemiddelde.")
        errors.append(Invalid(message, field="aggregation"))
    if content.unit is Unit.YES_NO and content.aggregation is Aggregation.SUM:
        message = N_("Ja en nee kunt u niet optellen. Kies een andere manier.")
        errors.append(Invalid(message, field="aggregation"))
    if not is_share and content.aggregation is Aggregation.WEIGHTED:
        message = N_("Een gewogen gemiddelde kan alleen bij procenten.")
        errors.append(Invalid(message, field="aggregation"))
    return errors


def _name_is_taken(name: str, indicator: Indicator) -> bool:
    """Tell whether the programme or this same region has another indicator of that name."""
    query = select(Indicator.id).where(
        Indicator.programme_id == indicator.programme_id,
        Indicator.name == name,
        or_(Indicator.region_id.is_(None), Indicator.region_id == indicator.region_id),
    )
    return any(found != indicator.id for found in db.session.scalars(query.order_by(Indicator.id)))


def _fill(indicator: Indicator, content: IndicatorContent) -> None:
    for name, value in asdict(content).items():
        setattr(indicator, name, value)


def _details(indicator: Indicator) -> dict[str, Any]:
    return {name: getattr(indicator, name) for name in IndicatorContent.__dataclass_fields__}

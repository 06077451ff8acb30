"""Measurements of agreements: recorded once, and corrected only by a next revision.

A value that comes after its half-year was done with is kept and shown as late; what was frozen,
sent or submitted does not change by it.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from vpt_regio import clock, policies
from vpt_regio.domain.indicator_codes import Qualifier
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.measured_values import Given, problems
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.errors import Conflict, DomainError, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement, Measurement
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.queries.lineage import family_of
from vpt_regio.services import audit, contracts
from vpt_regio.services.revisions import require_holding

REPORTED = (PeriodStatus.COLLECTING, PeriodStatus.OPEN)
DONE = (PeriodStatus.FROZEN, PeriodStatus.SENT, PeriodStatus.CLOSED)


@dataclass(frozen=True)
class MeasurementContent:
    """What was measured, or (not `is_measured`) in `note` why nothing was."""

    given: Given = field(default_factory=Given)
    is_measured: bool = True
    qualifier: Qualifier = Qualifier.EXACT
    source: str = ""
    note: str = ""
    period: ReportingPeriod | None = None


def record_measurement(
    agreement: Agreement,
    *,
    cutoff_on: date | None,
    content: MeasurementContent,
    actor: Person,
    reason: str = "",
) -> Measurement:
    """Record what was measured on a day; a day that has a value asks why there is another.

    Without a period it is reported for the half-year of its day. Raises NotAllowed, WrongState
    unless the contract holds, or all that is wrong at once.
    """
    contracts.lock(agreement.contract)
    role = policies.require(actor, Permission.MEASUREMENT_RECORD, agreement)
    require_holding(agreement)
    present = latest_revision(agreement, cutoff_on) if cutoff_on else None
    errors = _day_errors(cutoff_on) + _content_errors(agreement, content)
    if present is not None and not reason:
        message = N_(
            "Op deze peildatum is al een meting vastgelegd."
            " Vul in waarom u een andere waarde vastlegt, of kies een andere dag."
        )
        errors.append(Invalid(message, field="reason", code="measured_before"))
    raise_all(errors)
    # a day that was not given is refused above
    day = cutoff_on or clock.today()
    return _record(agreement, day, content, present, reason=reason, actor=actor, role=role)


def correct_measurement(
    measurement: Measurement,
    *,
    content: MeasurementContent,
    reason: str,
    actor: Person,
    expected_revision: int | None = None,
) -> Measurement:
    """Record the next revision of a measurement, with the reason; the earlier ones stay.

    Raises Conflict when there is a later revision than the person saw.
    """
    agreement = measurement.agreement
    contracts.lock(agreement.contract)
    role = policies.require(actor, Permission.MEASUREMENT_RECORD, agreement)
    present = latest_revision(agreement, measurement.cutoff_on) or measurement
    if expected_revision is not None and expected_revision != present.revision_no:
        raise Conflict(
            N_("Iemand anders heeft deze meting intussen verbeterd. Bekijk de nieuwe waarde.")
        )
    require_holding(agreement)
    errors = _content_errors(agreement, content)
    if not reason:
        errors.append(Invalid(N_("Leg uit waarom de meting wijzigt."), field="reason"))
    if _says_the_same(present, content):
        message = N_("Dit is wat er al stond. Vul in wat er anders wordt.")
        errors.append(Invalid(message, field="is_measured"))
    raise_all(errors)
    return _record(
        agreement, present.cutoff_on, content, present, reason=reason, actor=actor, role=role
    )


def latest_revision(agreement: Agreement, cutoff_on: date) -> Measurement | None:
    """Return the last revision of the measurement of a day."""
    query = (
        select(Measurement)
        .where(Measurement.agreement_id == agreement.id, Measurement.cutoff_on == cutoff_on)
        .order_by(Measurement.revision_no.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def period_of(agreement: Agreement, cutoff_on: date) -> ReportingPeriod | None:
    """Return the half-year whose days contain a day; one that is being reported on goes first."""
    query = (
        select(ReportingPeriod)
        .where(
            ReportingPeriod.programme_id == agreement.contract.region.programme_id,
            ReportingPeriod.starts_on <= cutoff_on,
            ReportingPeriod.ends_on >= cutoff_on,
        )
        .order_by(ReportingPeriod.starts_on, ReportingPeriod.id)
    )
    found = list(db.session.scalars(query))
    running = [period for period in found if period.status in REPORTED]
    return next(iter(running + found), None)


def comes_late(agreement: Agreement, period: ReportingPeriod | None) -> bool:
    """Tell whether a half-year, or the report of the region on it, is done with."""
    if period is None:
        return False
    if period.status in DONE:
        return True
    query = select(ProgressReport.id).where(
        ProgressReport.period_id == period.id,
        ProgressReport.region_id.in_(family_of(agreement.contract.region_id)),
        ProgressReport.status == ReportStatus.ACCEPTED,
    )
    return db.session.scalar(query.order_by(ProgressReport.id).limit(1)) is not None


def _record(
    agreement: Agreement,
    cutoff_on: date,
    content: MeasurementContent,
    present: Measurement | None,
    *,
    reason: str,
    actor: Person,
    role: str,
) -> Measurement:
    kept = present.period if present else None
    period = content.period or kept or period_of(agreement, cutoff_on)
    measurement = Measurement(
        agreement=agreement,
        period=period,
        cutoff_on=cutoff_on,
        revision_no=present.revision_no + 1 if present else 1,
        value=content.given.value,
        numerator=content.given.numerator,
        denominator=content.given.denominator,
        qualifier=content.qualifier,
        source=content.source,
        note=content.note,
        reason=reason,
        recorded_by=actor,
        recorded_on=clock.today(),
        is_late=comes_late(agreement, period),
    )
    db.session.add(measurement)
    db.session.flush()
    details = {
        "cutoff_on": f"{cutoff_on:%d-%m-%Y}",
        "note": reason or content.note,
        "before": _details(present),
        "after": _details(measurement),
    }
    audit.record(_action(content, present), agreement, actor=actor, role=role, details=details)
    return measurement


def _action(content: MeasurementContent, present: Measurement | None) -> str:
    if present is not None:
        return "agreement.measurement_corrected"
    return "agreement.measured" if content.is_measured else "agreement.not_measured"


def _day_errors(cutoff_on: date | None) -> list[DomainError]:
    if cutoff_on is None:
        return [Invalid(N_("Vul de peildatum in."), field="cutoff_on")]
    if cutoff_on <= clock.today():
        return []
    return [Invalid(N_("Een peildatum kan niet in de toekomst liggen."), field="cutoff_on")]


def _content_errors(agreement: Agreement, content: MeasurementContent) -> list[DomainError]:
    if content.is_measured:
        found = problems(content.given, agreement.indicator.unit, needs_counts=True)
        errors: list[DomainError] = [Invalid(one.message, field=one.field) for one in found]
        if not content.source:
            errors.append(Invalid(N_("Vul in waar de waarde vandaan komt."), field="source"))
        return errors
    errors = []
    if not content.given.is_empty:
        message = N_("U koos ‘niet gemeten’, maar vulde ook een waarde in. Kies een van beide.")
        errors.append(Invalid(message, field="is_measured"))
    if not content.note:
        errors.append(Invalid(N_("Leg uit waarom er niet is gemeten."), field="note"))
    return errors


def _says_the_same(present: Measurement, content: MeasurementContent) -> bool:
    given = Given(present.value, present.numerator, present.denominator)
    is_same_period = content.period is None or content.period.id == present.period_id
    return is_same_period and (given, present.qualifier, present.source, present.note) == (
        content.given,
        content.qualifier,
        content.source,
        content.note,
    )


def _details(measurement: Measurement | None) -> dict[str, Any] | None:
    if measurement is None:
        return None
    return {
        "value": measurement.value,
        "numerator": measurement.numerator,
        "denominator": measurement.denominator,
        "qualifier": measurement.qualifier,
        "source": measurement.source,
        "note": measurement.note,
    }

"""Why a half-year goes out without the accepted report of a region."""

from vpt_regio import clock, policies
from vpt_regio.domain.enums import ReportStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.errors import Invalid, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.board import ReportExplanation
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.extensions import explanation_of
from vpt_regio.queries.reports import get_report
from vpt_regio.services import audit, transitions
from vpt_regio.services.plan_parts import cleaned

EXPLAINABLE = (PeriodStatus.OPEN, PeriodStatus.COLLECTING)
REASON_LIMIT = 2_000


def explain_missing(
    period: ReportingPeriod,
    region: Region,
    *,
    reason: str,
    actor: Person,
    expected_version: int | None = None,
) -> ReportExplanation:
    """Write down why the report of a region is missing, or put that right; return it.

    The letter goes out with these words. Raises NotAllowed, Conflict, WrongState when the report
    was accepted or the half-year is frozen, or Invalid without a reason.
    """
    role = policies.require(actor, Permission.PERIOD_MANAGE, period)
    _require_missing(period, region)
    why = cleaned(reason, field="reason", maximum=REASON_LIMIT)
    if not why:
        raise Invalid(N_("Leg uit waarom de rapportage ontbreekt."), field="reason")
    explanation = explanation_of(period, region.id)
    if explanation is None:
        explanation = ReportExplanation(period=period, region=region)
        db.session.add(explanation)
    else:
        transitions.check_version(explanation, expected_version)
    explanation.reason = why
    explanation.written_by, explanation.written_on = actor, clock.today()
    db.session.flush()
    details = {"region": region.name, "note": why}
    audit.record("period.missing_explained", period, actor=actor, role=role, details=details)
    return explanation


def withdraw_explanation(period: ReportingPeriod, region: Region, *, actor: Person) -> None:
    """Take an explanation back: the half-year waits for the report again."""
    role = policies.require(actor, Permission.PERIOD_MANAGE, period)
    _require_missing(period, region)
    explanation = explanation_of(period, region.id)
    if explanation is None:
        raise WrongState(N_("Er is geen uitleg die kan vervallen."))
    details = {"region": region.name, "note": explanation.reason}
    db.session.delete(explanation)
    db.session.flush()
    audit.record("period.explanation_withdrawn", period, actor=actor, role=role, details=details)


def _require_missing(period: ReportingPeriod, region: Region) -> None:
    if period.status not in EXPLAINABLE:
        raise WrongState(N_("Uitleg kan alleen zolang het halfjaar niet is vastgezet."))
    report = get_report(region.id, period.id)
    if report is not None and report.status is ReportStatus.ACCEPTED:
        raise WrongState(N_("De rapportage van deze regio is aangenomen. Uitleg is niet nodig."))

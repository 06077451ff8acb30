"""Opening a frozen half-year again: a decision with a reason and a last day.

What was frozen stays as it is. A reopening lets a region, or what belongs to no region, be put
right until its last day; the next version is made of it.
"""

from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.reports import REPORT, ReportStatus
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.models.snapshots import Reopening
from vpt_regio.queries.snapshots import (
    is_live,
    latest_snapshot,
    list_deliveries,
    list_reopenings,
)
from vpt_regio.services import audit, report_notices, transitions

EVERYTHING_ELSE = N_("wat bij geen regio hoort")


def reopen(
    period: ReportingPeriod,
    *,
    region: Region | None = None,
    reason: str,
    expires_on: date | None,
    actor: Person,
) -> Reopening:
    """Open a region of a frozen half-year again, or without a region what belongs to none.

    The accepted report of the region goes back to it. Raises NotAllowed, WrongState, or
    Invalid/SeveralErrors for a reason or a day that will not do.
    """
    role = policies.require(actor, Permission.PERIOD_REOPEN, period)
    earlier = list_reopenings(period)
    raise_all(_problems(period, region, reason, expires_on, earlier))
    assert expires_on is not None  # noqa: S101  # without a day there was a problem
    reopening = Reopening(
        period_id=period.id,
        region_id=region.id if region else None,
        reference=f"HO-{period.code}-{len(earlier) + 1}",
        reason=reason,
        decided_on=clock.today(),
        decided_by_id=actor.id,
        expires_on=expires_on,
    )
    db.session.add(reopening)
    db.session.flush()
    details = {
        "reference": reopening.reference,
        "what": region.name if region else EVERYTHING_ELSE,
        "reason": reason,
        "expires_on": f"{expires_on:%d-%m-%Y}",
    }
    audit.record("reopening.decided", reopening, actor=actor, role=role, details=details)
    audit.record("period.reopened", period, actor=actor, role=role, details=details)
    if region is not None:
        _give_back(period, region, reopening, actor)
    return reopening


def end_reopening(
    reopening: Reopening, *, actor: Person, expected_version: int | None = None
) -> None:
    """End a reopening without a new version: what was frozen goes on as it is.

    Raises NotAllowed, Conflict, or WrongState when it is over already.
    """
    role = policies.require(actor, Permission.PERIOD_REOPEN, reopening.period)
    transitions.check_version(reopening, expected_version)
    if not is_live(reopening, on=clock.today()):
        raise WrongState(N_("Deze heropening geldt niet meer."))
    reopening.closed_on, reopening.closed_by_id = clock.today(), actor.id
    db.session.flush()
    details = {"reference": reopening.reference}
    audit.record("reopening.ended", reopening, actor=actor, role=role, details=details)
    audit.record(
        "period.reopening_ended", reopening.period, actor=actor, role=role, details=details
    )


def _problems(
    period: ReportingPeriod,
    region: Region | None,
    reason: str,
    expires_on: date | None,
    earlier: list[Reopening],
) -> list[DomainError]:
    if latest_snapshot(period) is None:
        return [WrongState(N_("Dit halfjaar is niet vastgezet. Heropenen is dan niet nodig."))]
    errors: list[DomainError] = []
    today, region_id = clock.today(), region.id if region else None
    if region is not None and region_id not in {d.region.id for d in list_deliveries(period)}:
        errors.append(Invalid(N_("Deze regio rapporteert niet over dit halfjaar."), field="region"))
    if any(one.region_id == region_id and is_live(one, on=today) for one in earlier):
        errors.append(Invalid(N_("Dit is al heropend. Die heropening geldt nog."), field="region"))
    if not reason.strip():
        errors.append(Invalid(N_("Leg uit waarom dit halfjaar weer open gaat."), field="reason"))
    if expires_on is None or expires_on < today:
        errors.append(
            Invalid(N_("Kies als laatste dag vandaag of een dag die komt."), field="expires_on")
        )
    return errors


def _give_back(
    period: ReportingPeriod, region: Region, reopening: Reopening, actor: Person
) -> None:
    found = next((one for one in list_deliveries(period) if one.region.id == region.id), None)
    report = found.report if found else None
    if report is None or report.status is not ReportStatus.ACCEPTED:
        return
    note = f"{reopening.reference}: {reopening.reason}"
    with db.session.no_autoflush:
        report.return_note = note
        report.accepted_by, report.accepted_on = None, None
        transitions.apply(report, "reopen", workflow=REPORT, actor=actor, inputs={"note": note})
    report_notices.tell_returned(report, actor=actor)

"""How a pilot went in a half-year: written once, and put right only by a next revision."""

from sqlalchemy import select

from vpt_regio import clock, policies
from vpt_regio.domain.enums import PeriodStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import PilotStatus, ProgressState
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.errors import (
    Conflict,
    DomainError,
    Invalid,
    PeriodFrozen,
    WrongState,
    raise_all,
)
from vpt_regio.extensions import db
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.pilot_reports import PilotProgress
from vpt_regio.models.pilots import Pilot
from vpt_regio.policies import Actor, person_of
from vpt_regio.queries.annex_texts import is_reopened
from vpt_regio.queries.pilot_progress import latest_progress
from vpt_regio.services import audit
from vpt_regio.services.pilots import lock
from vpt_regio.services.plan_parts import cleaned

REPORTABLE = (PilotStatus.AWARDED, PilotStatus.REPORTED, PilotStatus.WITHOUT_GRANT)
DONE = (PeriodStatus.FROZEN, PeriodStatus.SENT, PeriodStatus.CLOSED)
EXPLAINED = (ProgressState.DELAYED, ProgressState.STOPPED)


def record_progress(
    pilot: Pilot,
    period: ReportingPeriod,
    *,
    state: ProgressState,
    result: str,
    obstacle: str,
    next_step: str,
    reason: str = "",
    expected_revision: int | None = None,
    actor: Actor,
) -> PilotProgress:
    """Write down how a pilot went in a half-year; a next time it is a revision with a reason.

    Raises PeriodFrozen once the half-year is done with, Conflict when there is a later revision
    than the person saw, or all that is wrong at once.
    """
    role = policies.require(actor, Permission.PILOT_REPORT, pilot)
    lock(pilot)
    _require_reportable(pilot)
    require_open(period)
    present = latest_progress(pilot, period)
    seen = present.revision_no if present else 0
    if expected_revision is not None and expected_revision != seen:
        raise Conflict(
            N_("Iemand anders heeft deze voortgang intussen bijgewerkt. Bekijk de nieuwe tekst.")
        )
    progress = PilotProgress(
        period=period,
        revision_no=seen + 1,
        state=state,
        result=cleaned(result, field="result"),
        obstacle=cleaned(obstacle, field="obstacle"),
        next_step=cleaned(next_step, field="next_step"),
        reason=cleaned(reason, field="reason", maximum=500),
        recorded_on=clock.today(),
        recorded_at=clock.now(),
        recorded_by=person_of(actor),
    )
    raise_all(
        _period_errors(pilot, period) + _text_errors(progress) + _revision_errors(progress, present)
    )
    progress.pilot = pilot
    db.session.add(progress)
    db.session.flush()
    action = "pilot.progress_revised" if present else "pilot.progress_recorded"
    details = {
        "period": period.name,
        "revision_no": progress.revision_no,
        "state": state,
        "result": progress.result,
        "obstacle": progress.obstacle,
        "next_step": progress.next_step,
        "reason": progress.reason,
    }
    audit.record(action, pilot, actor=actor, role=role, details=details)
    return progress


def require_open(period: ReportingPeriod) -> None:
    """Raise PeriodFrozen once a half-year is done with; read anew, because others may freeze it.

    A pilot belongs to no region: it goes by the reopening of what belongs to none.
    """
    query = select(ReportingPeriod.status).where(ReportingPeriod.id == period.id)
    is_done = db.session.scalar(query.with_for_update()) in DONE
    if is_done and not is_reopened(period, None, on=clock.today()):
        raise PeriodFrozen(N_("Dit halfjaar is vastgezet en verandert niet meer."))


def _require_reportable(pilot: Pilot) -> None:
    if pilot.status not in REPORTABLE:
        raise WrongState(
            N_("De status van de pilot is nu ‘%(state)s’. Er hoort geen voortgang meer bij."),
            params={"state": PILOT.state(pilot.status).label},
        )


def _period_errors(pilot: Pilot, period: ReportingPeriod) -> list[DomainError]:
    if period.programme_id != pilot.programme_id:
        return [Invalid(N_("Kies een halfjaar van dit programma."), field="period_id")]
    if period.starts_on > clock.today():
        return [Invalid(N_("Dit halfjaar is nog niet begonnen."), field="period_id")]
    if pilot.starts_on is not None and period.ends_on < pilot.starts_on:
        message = N_("De pilot was in dit halfjaar nog niet begonnen.")
        return [Invalid(message, field="period_id")]
    return []


def _text_errors(progress: PilotProgress) -> list[DomainError]:
    errors: list[DomainError] = []
    if not progress.result:
        message = N_("Vul in wat er is gedaan en wat dat opleverde.")
        errors.append(Invalid(message, field="result"))
    if progress.state in EXPLAINED and not progress.obstacle:
        message = N_("Vul in waardoor de pilot is vertraagd of gestopt.")
        errors.append(Invalid(message, field="obstacle"))
    return errors


def _revision_errors(progress: PilotProgress, present: PilotProgress | None) -> list[DomainError]:
    if present is None:
        return []
    if _content(progress) == _content(present):
        return [Invalid(N_("Dit is wat er al stond. Vul in wat er anders wordt."))]
    if not progress.reason:
        message = N_("Leg uit waarom u de voortgang van dit halfjaar herziet.")
        return [Invalid(message, field="reason")]
    return []


def _content(progress: PilotProgress) -> tuple[str, ...]:
    return (progress.state, progress.result, progress.obstacle, progress.next_step)

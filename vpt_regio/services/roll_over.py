"""Going on to the next half-year: proposed from the last one, made when a person says so."""

from datetime import date

from vpt_regio import policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.roll_over import PeriodPlan, next_deadlines, next_period
from vpt_regio.domain.text import N_
from vpt_regio.errors import WrongState
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.roll_over import period_after
from vpt_regio.services import audit
from vpt_regio.services.periods import create_period, set_deadlines


def propose(period: ReportingPeriod) -> PeriodPlan:
    """Return the next period with its days and letter, counted from this one; nothing is made."""
    return next_period(
        PeriodPlan(
            period.code,
            period.name,
            period.sequence_no,
            period.starts_on,
            period.ends_on,
            period.letter_on,
        )
    )


def roll_over(
    period: ReportingPeriod,
    *,
    code: str,
    name: str,
    sequence_no: int | None,
    starts_on: date,
    ends_on: date,
    letter_on: date | None,
    actor: Person,
) -> ReportingPeriod:
    """Make the period that follows, with the deadlines as far before its letter as the last ones.

    Nothing else goes along. Raises NotAllowed, WrongState when there is a later period, or
    Invalid/SeveralErrors for what was filled in.
    """
    role = policies.require(actor, Permission.PERIOD_MANAGE, period)
    later = period_after(period)
    if later is not None:
        raise WrongState(
            N_("Na dit halfjaar is er al een ander: %(code)s. Ga vanaf dat halfjaar verder."),
            params={"code": later.code},
        )
    made = create_period(
        period.programme,
        code=code,
        name=name,
        sequence_no=sequence_no,
        starts_on=starts_on,
        ends_on=ends_on,
        letter_on=letter_on,
        actor=actor,
    )
    current = {deadline.kind: deadline.due_on for deadline in period.deadlines}
    set_deadlines(
        made, next_deadlines(current, last_letter_on=period.letter_on, letter_on=letter_on)
    )
    details = {"code": made.code, "before": period.code}
    audit.record("period.rolled_over", made, actor=actor, role=role, details=details)
    return made

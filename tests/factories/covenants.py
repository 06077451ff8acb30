"""Covenants and what belongs to them."""

from datetime import date
from itertools import count

from vpt_regio.domain.enums import PartyRole, Phase
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    Activity,
    ActivityVersion,
    BudgetLine,
    PlanVersion,
)
from vpt_regio.models.covenants import (
    Covenant,
    CovenantParty,
    CovenantRegion,
    ProjectLeaderAppointment,
)
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region

_numbers = count(1)


def make_covenant(
    *regions: Region,
    signed_on: date = date(2012, 1, 1),
    original_end_on: date = date(2013, 12, 31),
    status: CovenantStatus = CovenantStatus.IN_FORCE,
    advance_cents: int = 100_000_00,
) -> Covenant:
    number = next(_numbers)
    covenant = Covenant(
        programme_id=regions[0].programme_id,
        number=f"C-{number:04}",
        title=f"Convenant {number}",
        status=status,
        signed_on=None if status is CovenantStatus.DRAFT else signed_on,
        original_end_on=original_end_on,
        advance_cents=advance_cents,
        plan_due_on=date(2012, 12, 31),
        parties=[
            CovenantParty(role=PartyRole.MINISTER, name="de minister"),
            CovenantParty(role=PartyRole.COUNTERPARTY, name="de provincie"),
        ],
        shares=[CovenantRegion(region=region) for region in regions],
    )
    db.session.add(covenant)
    db.session.flush()
    return covenant


def make_appointment(
    region: Region,
    person: Person,
    *,
    quarters_per_week: int = 80,
    starts_on: date = date(2012, 1, 1),
    ends_on: date | None = None,
    is_deputy: bool = False,
) -> ProjectLeaderAppointment:
    appointment = ProjectLeaderAppointment(
        region=region,
        person=person,
        quarters_per_week=quarters_per_week,
        starts_on=starts_on,
        ends_on=ends_on,
        is_deputy=is_deputy,
    )
    db.session.add(appointment)
    db.session.flush()
    return appointment


def make_half_year(
    programme: Programme,
    half_year: HalfYear,
    status: PeriodStatus = PeriodStatus.COLLECTING,
) -> ReportingPeriod:
    period = ReportingPeriod(
        programme_id=programme.id,
        code=half_year.code,
        name=half_year.label(),
        starts_on=half_year.start,
        ends_on=half_year.end,
        status=status,
    )
    db.session.add(period)
    db.session.flush()
    return period


def make_plan_version(
    covenant: Covenant,
    author: Person,
    *budgets: int | None,
    status: ActionPlanStatus = ActionPlanStatus.APPROVED,
    plan: ActionPlan | None = None,
) -> PlanVersion:
    """Make a version with an activity for each budget; the activities of a plan stay the same."""
    plan = plan or ActionPlan(region=covenant.regions[0], covenant=covenant)
    version = PlanVersion(
        plan=plan,
        version_no=len(plan.versions) + 1,
        status=status,
        author=author,
        submitted_on=date(2012, 2, 1),
        provisionally_adopted_on=date(2012, 3, 1),
        approved_on=date(2012, 4, 1),
    )
    db.session.add(version)
    for number, cents in enumerate(budgets, start=1):
        known = [activity for activity in plan.activities if activity.number == number]
        activity = known[0] if known else Activity(plan=plan, number=number)
        row = ActivityVersion(plan_version=version, activity=activity, title=f"Activiteit {number}")
        if cents is not None:
            line = BudgetLine(plan_version=version, phase=Phase.IMPLEMENTATION, amount_cents=cents)
            row.budget_lines.append(line)
        db.session.add(row)
    db.session.flush()
    return version

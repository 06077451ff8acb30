"""What is known of one region on one day, and what of it everybody may know."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from vpt_regio.domain.enums import Rag
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.percentages import share
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.models.periods import ReportingPeriod

SETTLED_PERIODS = frozenset({PeriodStatus.FROZEN, PeriodStatus.SENT, PeriodStatus.CLOSED})


@dataclass(frozen=True)
class RegionRow:
    """How one region stands. None is "not known", or "not for this person" (`sees_details`).

    Money is in cents and is the region's share of its covenant; hours booked are in quarters,
    norms in hours; `recent_hours` and `recent_norm` are a week over the last four weeks, and
    `hours_forecast` is what the period that runs comes to with the appointments there are.
    `spent_in_period_cents` holds every booking of the region in the period, `spent_total_cents`
    those on the covenant shown, up to the day asked for. The plan fields are of the version
    that holds, else of the newest one; `latest_*` are of the newest one.

    `members` are the regions that count in the row: the region with those that went up in it, or
    none when it went up itself; then its money and hours are in the row of its successor. What a
    row of several regions says of a covenant is of the one in force that was signed last, of a
    plan (`plan_region_id` tells whose) that of this covenant. `is_partly_unknown` tells that
    something was spent on an advance of which the amount is not known.
    """

    region_id: int
    code: str
    name: str
    status: RegionStatus
    members: frozenset[int] = frozenset()
    sees_details: bool = True
    tiles: tuple[str, ...] = ()
    account_managers: tuple[str, ...] = ()
    project_leaders: tuple[str, ...] = ()
    covenant_id: int | None = None
    covenant_number: str | None = None
    covenant_status: CovenantStatus | None = None
    signed: FuzzyDate | None = None
    latest_end: FuzzyDate | None = None
    extended: bool | None = None
    drafted_extension_id: int | None = None
    plan_due_on: date | None = None
    hours_per_week: Fraction | None = None
    advance_cents: int | None = None
    supplement_cents: int | None = None
    budget_cents: int | None = None
    spent_in_period_cents: int | None = None
    spent_total_cents: int | None = None
    hours_norm: Fraction | None = None
    hours_quarters: int | None = None
    recent_hours: Fraction | None = None
    recent_norm: Fraction | None = None
    hours_forecast: Fraction | None = None
    weeks_without_leader: int = 0
    is_partly_unknown: bool = False
    plan_region_id: int | None = None
    plan_id: int | None = None
    plan_version_id: int | None = None
    plan_version_no: int | None = None
    plan_status: ActionPlanStatus | None = None
    activities_until: date | None = None
    plan_submitted_on: date | None = None
    plan_adopted_on: date | None = None
    plan_approved_on: date | None = None
    latest_version_id: int | None = None
    latest_version_no: int | None = None
    latest_status: ActionPlanStatus | None = None
    latest_submitted_on: date | None = None
    measures_covered: int | None = None
    measures_exempt: int | None = None
    measures_total: int = 0
    report_id: int | None = None
    report_status: ReportStatus | None = None
    reports_due_on: date | None = None
    rag: Rag | None = None
    rag_explanation: str = ""

    @property
    def latest_end_on(self) -> date | None:
        return self.latest_end.on if self.latest_end else None

    @property
    def available_cents(self) -> int | None:
        """Advance and signed supplements together, or None when the advance is not known."""
        if self.advance_cents is None:
            return None
        return self.advance_cents + (self.supplement_cents or 0)

    @property
    def left_cents(self) -> int | None:
        if self.available_cents is None or self.spent_total_cents is None:
            return None
        return None if self.is_partly_unknown else self.available_cents - self.spent_total_cents

    @property
    def spent_share(self) -> Fraction | None:
        """Spent of what is available; 1 is everything."""
        if self.available_cents is None or self.spent_total_cents is None:
            return None
        if self.is_partly_unknown:
            return None
        return share(self.spent_total_cents, self.available_cents)

    @property
    def hours_share(self) -> Fraction | None:
        """Hours booked of the norm of the period; 1 is the whole norm."""
        if not self.hours_norm or self.hours_quarters is None:
            return None
        return Fraction(self.hours_quarters, 4) / self.hours_norm


def national_fields(row: RegionRow, period: ReportingPeriod | None) -> RegionRow:
    """Keep what every signed-in person may know of a region; drafts and open half-years go."""
    is_settled = period is not None and period.status in SETTLED_PERIODS
    is_accepted = is_settled and row.report_status is ReportStatus.ACCEPTED
    is_draft = row.plan_status is ActionPlanStatus.DRAFT
    return replace(
        row,
        sees_details=False,
        drafted_extension_id=None,
        activities_until=None,
        hours_per_week=None,
        advance_cents=None,
        supplement_cents=None,
        budget_cents=None,
        spent_in_period_cents=None,
        spent_total_cents=None,
        hours_norm=None,
        hours_quarters=None,
        recent_hours=None,
        recent_norm=None,
        hours_forecast=None,
        weeks_without_leader=0,
        measures_covered=None if is_draft else row.measures_covered,
        measures_exempt=None if is_draft else row.measures_exempt,
        report_status=row.report_status if is_settled else None,
        report_id=row.report_id if is_settled else None,
        rag=row.rag if is_accepted else None,
        rag_explanation=row.rag_explanation if is_accepted else "",
    )

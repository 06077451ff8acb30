"""The watch duties over time: how they were scored at each plan version and each half-year."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from vpt_regio import clock
from vpt_regio.domain.enums import WatchDuty
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion, WatchDutyScore
from vpt_regio.models.periods import ProgressReport, ReportDutyScore, ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.standing import standing

UNJUDGED = (ActionPlanStatus.DRAFT, ActionPlanStatus.SUBMITTED, ActionPlanStatus.WITHDRAWN)
JUDGED_REPORTS = (ReportStatus.RETURNED, ReportStatus.ACCEPTED)


@dataclass(frozen=True)
class DutyMoment:
    """A moment at which the duties were to be scored: a version of a plan, or a half-year.

    `day` puts the moments in order: the day of submission, or the last day of the half-year.
    """

    subject: PlanVersion | ProgressReport
    region: Region
    day: date
    scores: Mapping[WatchDuty, WatchDutyScore | ReportDutyScore]

    @property
    def is_plan(self) -> bool:
        return isinstance(self.subject, PlanVersion)


@dataclass(frozen=True)
class EarlierScore:
    """How a duty was scored last before now."""

    record: WatchDutyScore | ReportDutyScore
    moment: DutyMoment


def course_of(region: Region, *, with_running: bool) -> list[DutyMoment]:
    """Return the moments of a region, the oldest first: four queries.

    What went up in the region comes along. `with_running` includes the judgement of what still
    lies with the account manager: that is not final yet.
    """
    ids = standing().branch(region.id, clock.today())
    moments = [
        *_plan_moments(ids, with_running=with_running),
        *_report_moments(ids, with_running=with_running),
    ]
    return sorted(moments, key=lambda one: (one.day, not one.is_plan, one.subject.id))


def earlier_scores(
    moments: Iterable[DutyMoment], subject: PlanVersion | ProgressReport
) -> dict[WatchDuty, EarlierScore]:
    """Return the last score of each duty at a moment before this one."""
    found: dict[WatchDuty, EarlierScore] = {}
    for moment in moments:
        if moment.subject is subject:
            break
        for duty, score in moment.scores.items():
            found[duty] = EarlierScore(score, moment)
    return found


def _plan_moments(ids: Collection[int], *, with_running: bool) -> list[DutyMoment]:
    hidden = UNJUDGED if with_running else (*UNJUDGED, ActionPlanStatus.IN_REVIEW)
    versions = db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .where(ActionPlan.region_id.in_(ids), PlanVersion.status.not_in(hidden))
        .options(
            contains_eager(PlanVersion.plan).joinedload(ActionPlan.region),
            selectinload(PlanVersion.duty_scores).joinedload(WatchDutyScore.scored_by),
        )
        .order_by(PlanVersion.id)
    )
    return [
        DutyMoment(
            version,
            version.plan.region,
            version.submitted_on or version.created_at.date(),
            {score.duty: score for score in version.duty_scores},
        )
        for version in versions
    ]


def _report_moments(ids: Collection[int], *, with_running: bool) -> list[DutyMoment]:
    shown = (*JUDGED_REPORTS, ReportStatus.SUBMITTED) if with_running else JUDGED_REPORTS
    reports = db.session.scalars(
        select(ProgressReport)
        .join(ProgressReport.period)
        .where(ProgressReport.region_id.in_(ids), ProgressReport.status.in_(shown))
        .options(
            joinedload(ProgressReport.region),
            contains_eager(ProgressReport.period),
            selectinload(ProgressReport.duty_scores).joinedload(ReportDutyScore.scored_by),
        )
        .order_by(ReportingPeriod.starts_on, ProgressReport.id)
    )
    return [
        DutyMoment(
            report,
            report.region,
            report.period.ends_on,
            {score.duty: score for score in report.duty_scores},
        )
        for report in reports
    ]

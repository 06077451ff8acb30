"""Two versions of a plan beside each other, and how its activities stand by the last report."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from vpt_regio.domain.enums import ActivityStatus, Phase, PlanSection
from vpt_regio.domain.rules.plan_diff import (
    ActivityState,
    LineKey,
    MoneyLine,
    PlanDiff,
    VersionState,
    compare,
)
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    Activity,
    ActivityVersion,
    BudgetLine,
    PlanVersion,
)
from vpt_regio.models.periods import ActivityProgress, ProgressReport, ReportingPeriod
from vpt_regio.queries.action_plans import load_contents

TEXTS = (PlanSection.PROBLEM_ANALYSIS, PlanSection.APPROACH, PlanSection.EMBEDDING)
REPORTED = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)


@dataclass(frozen=True)
class Comparison:
    """Two versions of a plan, and what differs."""

    old: PlanVersion
    new: PlanVersion
    diff: PlanDiff


@dataclass(frozen=True)
class LastProgress:
    """What the last report that was handed in says of an activity; `percent` is 0 to 100."""

    status: ActivityStatus | None
    percent: int | None
    period: str


def compare_versions(plan: ActionPlan, old_no: int, new_no: int) -> Comparison:
    """Return what differs between two versions that exist, in a fixed number of queries."""
    versions = load_contents(plan, old_no, new_no)
    old, new = versions[old_no], versions[new_no]
    return Comparison(old, new, compare(state_of(old), state_of(new)))


def version_before(plan: ActionPlan, version: PlanVersion) -> PlanVersion | None:
    """Return the last version before this one that was submitted, withdrawn ones only if need be.

    That is what a reader saw last; None for the first version.
    """
    earlier = [one for one in plan.versions if one.version_no < version.version_no]
    submitted = [one for one in earlier if one.submitted_on is not None]
    judged = [one for one in submitted if one.status is not ActionPlanStatus.WITHDRAWN]
    found = judged or submitted or earlier
    return found[-1] if found else None


def last_progress(plan: ActionPlan) -> dict[int, LastProgress]:
    """Return how each activity of a plan stood at its last report, by the id of the activity."""
    rows = db.session.execute(
        select(
            ActivityProgress.activity_id,
            ActivityProgress.status,
            ActivityProgress.percent,
            ReportingPeriod.name,
        )
        .join(Activity, Activity.id == ActivityProgress.activity_id)
        .join(ProgressReport, ProgressReport.id == ActivityProgress.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(Activity.action_plan_id == plan.id, ProgressReport.status.in_(REPORTED))
        .order_by(ReportingPeriod.starts_on, ProgressReport.id)
    )
    return {row.activity_id: LastProgress(row.status, row.percent, row.name) for row in rows}


def state_of(version: PlanVersion) -> VersionState:
    """Return what a loaded version says, for comparing."""
    numbers = {row.id: row.activity.number for row in version.activities}
    return VersionState(
        # each text is stored in the column of the name of its section
        texts={section: getattr(version, section) for section in TEXTS},
        activities=[_activity(row) for row in version.activities],
        lines=_lines(version, numbers),
        agreement={
            "consensus_analysis": version.consensus_analysis,
            "consensus_analysis_note": version.consensus_analysis_note,
            "consensus_approach": version.consensus_approach,
            "consensus_approach_note": version.consensus_approach_note,
        },
        funding={
            "other_funding_cents": version.other_funding_cents,
            "other_funding_note": version.other_funding_note,
        },
        exemptions={one.measure.name: one.reason for one in version.exemptions},
    )


def _activity(row: ActivityVersion) -> ActivityState:
    values: dict[str, Any] = {
        "title": row.title,
        "description": row.description,
        "measures": tuple(sorted((link.measure.name, link.weight) for link in row.measures)),
        "policy_line": row.policy_line.name if row.policy_line else None,
        "is_awareness": row.is_awareness,
        "target_group": row.target_group,
        "owner": row.owner.name if row.owner else None,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
    }
    return ActivityState(row.activity.number, row.title, values)


def _lines(version: PlanVersion, numbers: dict[int, int]) -> list[MoneyLine]:
    found: list[MoneyLine] = []
    seen: Counter[LineKey] = Counter()
    for line in version.budget_lines:
        activity = numbers.get(line.activity_version_id or 0)
        key = _key(line, activity)
        seen[key] += 1
        # lines of one activity and phase, or without a number of their own, keep their order
        key = (*key, str(seen[key]))
        phase = Phase(line.phase)
        found.append(MoneyLine(key, activity, phase, line.description, line.amount_cents))
    return found


def _key(line: BudgetLine, activity: int | None) -> LineKey:
    if activity is not None:
        return ("activity", str(activity), line.phase)
    if line.number is not None:
        return ("plan", str(line.number))
    return ("plan", line.phase, line.description)

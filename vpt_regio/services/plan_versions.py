"""A new version of a plan: a copy to go on from, while the old one stays as it was judged."""

from vpt_regio import clock, policies
from vpt_regio.domain.enums import ExemptionVerdict
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.errors import WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    ActivityMeasure,
    ActivityVersion,
    BudgetLine,
    MeasureExemption,
    PlanVersion,
)
from vpt_regio.models.people import Person
from vpt_regio.services.covenants import require_in_force
from vpt_regio.services.plan_parts import (
    AGREEMENT_FIELDS,
    FUNDING_FIELDS,
    TEXT_FIELDS,
    written,
)

CAN_BE_FOLLOWED = (
    ActionPlanStatus.RETURNED,
    ActionPlanStatus.WITHDRAWN,
    ActionPlanStatus.REFUSED,
    ActionPlanStatus.APPROVED,
)

ACTIVITY_FIELDS = (
    "activity_id",
    "title",
    "description",
    "policy_line_id",
    "is_awareness",
    "target_group",
    "owner_id",
    "starts_on",
    "ends_on",
)


def start_new_version(plan: ActionPlan, *, actor: Person) -> PlanVersion:
    """Copy the newest version into a draft that follows it.

    Activities keep their identity, so that bookings and progress stay with them. Raises
    WrongState while the newest version is a draft or still being judged.
    """
    role = policies.require(actor, Permission.ACTION_PLAN_EDIT, plan)
    latest = plan.latest
    if latest.status not in CAN_BE_FOLLOWED:
        raise WrongState(
            N_(
                "Er is al een versie in bewerking of in beoordeling: versie %(number)s is"
                " ‘%(state)s’. Daarna kunt u een nieuwe versie beginnen."
            ),
            params={
                "number": str(latest.version_no),
                "state": ACTION_PLAN.state(latest.status).label,
            },
        )
    raise_all(require_in_force(plan.covenant, clock.today()))
    version = _copy(latest, actor)
    plan.versions.append(version)
    db.session.flush()
    written(version, "action_plan.started", actor=actor, role=role, version_no=version.version_no)
    return version


def _copy(source: PlanVersion, actor: Person) -> PlanVersion:
    fields = (*TEXT_FIELDS, *AGREEMENT_FIELDS, *FUNDING_FIELDS)
    version = PlanVersion(
        version_no=source.version_no + 1,
        status=ActionPlanStatus.DRAFT,
        author=actor,
        **{field: getattr(source, field) for field in fields},
    )
    version.exemptions = [_copy_exemption(exemption) for exemption in source.exemptions]
    version.budget_lines = [
        _copy_line(line) for line in source.budget_lines if line.activity_version_id is None
    ]
    for activity in source.activities:
        _copy_activity(activity, version)
    return version


def _copy_activity(source: ActivityVersion, version: PlanVersion) -> None:
    activity = ActivityVersion(**{field: getattr(source, field) for field in ACTIVITY_FIELDS})
    activity.measures = [
        ActivityMeasure(measure_id=link.measure_id, weight=link.weight) for link in source.measures
    ]
    version.activities.append(activity)
    for line in source.budget_lines:
        copied = _copy_line(line)
        activity.budget_lines.append(copied)
        version.budget_lines.append(copied)


def _copy_exemption(source: MeasureExemption) -> MeasureExemption:
    """Copy a reason with its verdict when it was accepted: then it need not be judged again."""
    copied = MeasureExemption(measure_id=source.measure_id, reason=source.reason)
    if source.verdict is ExemptionVerdict.ACCEPTED:
        copied.verdict, copied.verdict_note = source.verdict, source.verdict_note
        copied.judged_by_id, copied.judged_on = source.judged_by_id, source.judged_on
    return copied


def _copy_line(line: BudgetLine) -> BudgetLine:
    return BudgetLine(
        phase=line.phase,
        number=line.number,
        description=line.description,
        amount_cents=line.amount_cents,
    )

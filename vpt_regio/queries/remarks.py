"""The remarks at a plan, through all its versions."""

from sqlalchemy import select

from vpt_regio.domain.enums import RemarkWeight
from vpt_regio.domain.workflows.remarks import RemarkStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.remarks import Remark


def unsettled_musts(plan: ActionPlan) -> list[Remark]:
    """Return the remarks of a plan that stand in the way of its approval, oldest first."""
    query = (
        select(Remark)
        .join(PlanVersion, PlanVersion.id == Remark.plan_version_id)
        .where(
            PlanVersion.action_plan_id == plan.id,
            Remark.weight == RemarkWeight.MUST,
            Remark.status != RemarkStatus.SETTLED,
        )
        .order_by(Remark.id)
    )
    return list(db.session.scalars(query))

"""What remarks at plans ask of a person: an answer, or a word on an answer."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from vpt_regio.domain.enums import RemarkWeight
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.remarks import RemarkStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.regions import Region
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.work_items import Reach, WorkItem, within, work_item

JUDGED = (ActionPlanStatus.IN_REVIEW, ActionPlanStatus.PROVISIONALLY_ADOPTED)


class _Count(NamedTuple):
    """The remarks of one plan in one status; `musts` of them must be followed up."""

    plan_id: int
    region_id: int
    name: str
    status: RemarkStatus
    remarks: int
    musts: int
    since: date


def remark_items(reach: Reach) -> list[WorkItem]:
    """Return the plans with remarks to answer in a draft, or with answers to judge in a review."""
    items = []
    for row in _counts(reach):
        if row.status is RemarkStatus.OPEN:
            permission = Permission.ACTION_PLAN_EDIT
            title = N_("Opmerkingen bij het plan van aanpak %(region)s beantwoorden")
            why = N_("Zonder antwoord: %(count)s. Dit moet voor het indienen: %(musts)s.")
        else:
            permission = Permission.ACTION_PLAN_REVIEW
            title = N_("Antwoorden bij het plan van aanpak %(region)s beoordelen")
            why = N_(
                "Beantwoord door de projectleider: %(count)s."
                " Dit moet voor de goedkeuring: %(musts)s."
            )
        if reach.covers(permission, row.region_id):
            params = {"region": row.name, "count": row.remarks, "musts": row.musts}
            items.append(
                work_item(
                    title,
                    why,
                    "remarks.index",
                    {"plan_id": row.plan_id},
                    params=params,
                    since=row.since,
                )
            )
    return items


def _counts(reach: Reach) -> list[_Count]:
    """Return the open remarks at drafts and the answered ones at versions that are judged."""
    latest, other = aliased(PlanVersion), aliased(PlanVersion)
    newest = (
        select(func.max(other.version_no))
        .where(other.action_plan_id == ActionPlan.id)
        .scalar_subquery()
    )
    regions = reach.regions(Permission.ACTION_PLAN_EDIT, Permission.ACTION_PLAN_REVIEW)
    must = case((Remark.weight == RemarkWeight.MUST, 1), else_=0)
    query = (
        select(
            ActionPlan.id,
            Region.id,
            Region.name,
            Remark.status,
            func.count(Remark.id),
            func.sum(must),
            func.min(Remark.made_on),
        )
        .join(PlanVersion, PlanVersion.id == Remark.plan_version_id)
        .join(ActionPlan, ActionPlan.id == PlanVersion.action_plan_id)
        .join(Region, Region.id == ActionPlan.region_id)
        .join(latest, and_(latest.action_plan_id == ActionPlan.id, latest.version_no == newest))
        .where(
            within(ActionPlan.region_id, regions),
            or_(
                and_(Remark.status == RemarkStatus.OPEN, latest.status == ActionPlanStatus.DRAFT),
                and_(Remark.status == RemarkStatus.ANSWERED, latest.status.in_(JUDGED)),
            ),
        )
        .group_by(ActionPlan.id, Region.id, Region.name, Remark.status)
        .order_by(ActionPlan.id, Remark.status)
    )
    return [_Count(*row) for row in db.session.execute(query)]

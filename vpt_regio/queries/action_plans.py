"""Action plans: the list, one plan with its content, and what follows from that content."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from vpt_regio import policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    ActivityMeasure,
    ActivityVersion,
    BudgetLine,
    MeasureExemption,
    PlanVersion,
    WatchDutyScore,
)
from vpt_regio.models.covenants import Covenant, CovenantRegion
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Organisation, Region, RegionPartner
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.history import has_done
from vpt_regio.queries.lineage import branch_of, family_of
from vpt_regio.queries.remarks import has_answered

# what somebody does who writes a plan, as opposed to who assesses it
WRITING_ACTIONS = (
    "action_plan.started",
    "action_plan.section_changed",
    "action_plan.activity_added",
    "action_plan.activity_changed",
    "action_plan.activity_removed",
    "action_plan.budget_changed",
    "action_plan.measure_exempted",
    "action_plan.exemption_withdrawn",
    "action_plan.submit",
)


@dataclass(frozen=True)
class PlanRow:
    """A plan in the list: its newest version and what that plans to spend, in cents."""

    plan: ActionPlan
    version: PlanVersion
    budget_cents: int


def list_plans(person: Person, *, status: ActionPlanStatus | None = None) -> list[PlanRow]:
    """Return the plans that a person may see by region, each with its newest version."""
    newest = aliased(PlanVersion)
    budget = (
        select(func.coalesce(func.sum(BudgetLine.amount_cents), 0))
        .where(BudgetLine.plan_version_id == PlanVersion.id)
        .scalar_subquery()
    )
    number = (
        select(func.max(newest.version_no))
        .where(newest.action_plan_id == ActionPlan.id)
        .scalar_subquery()
    )
    query = (
        _seen_by(select(ActionPlan, PlanVersion, budget), person)
        .join(PlanVersion, PlanVersion.action_plan_id == ActionPlan.id)
        .join(ActionPlan.region)
        .options(contains_eager(ActionPlan.region), joinedload(ActionPlan.covenant))
        .where(PlanVersion.version_no == number)
        .order_by(Region.name, ActionPlan.id)
    )
    if status is not None:
        query = query.where(PlanVersion.status == status)
    return [
        PlanRow(plan, version, int(cents)) for plan, version, cents in db.session.execute(query)
    ]


def get_plan(plan_id: int) -> ActionPlan | None:
    """Return a plan with its region, covenant and versions, without their content."""
    query = (
        select(ActionPlan)
        .where(ActionPlan.id == plan_id)
        .options(
            joinedload(ActionPlan.region).joinedload(Region.programme),
            joinedload(ActionPlan.covenant).options(
                selectinload(Covenant.shares), selectinload(Covenant.amendments)
            ),
            selectinload(ActionPlan.versions),
        )
    )
    return db.session.scalar(query)


def get_version(plan_id: int, version_no: int) -> PlanVersion | None:
    """Return one version of a plan by its number."""
    plan = get_plan(plan_id)
    if plan is None:
        return None
    return next((v for v in plan.versions if v.version_no == version_no), None)


def find_share(covenant_id: int, code: str) -> CovenantRegion | None:
    """Return a region under a covenant, or None when the two do not belong together."""
    query = (
        select(CovenantRegion)
        .join(CovenantRegion.region)
        .where(CovenantRegion.covenant_id == covenant_id, Region.code == code)
        .options(contains_eager(CovenantRegion.region), joinedload(CovenantRegion.covenant))
    )
    return db.session.scalar(query)


def find_plan_of(covenant: Covenant, region: Region) -> ActionPlan | None:
    """Return the plan of a region, or of what went up in it, under a covenant, when started.

    Its own plan goes before one that was started first.
    """
    query = (
        select(ActionPlan)
        .where(
            ActionPlan.covenant_id == covenant.id,
            ActionPlan.region_id.in_(branch_of(region.id)),
        )
        .order_by((ActionPlan.region_id == region.id).desc(), ActionPlan.id)
    )
    return db.session.scalars(query).first()


def load_content(version: PlanVersion) -> PlanVersion:
    """Read the whole content and review of a version, in a fixed number of queries."""
    query = (
        select(PlanVersion)
        .where(PlanVersion.id == version.id)
        .options(joinedload(PlanVersion.author), joinedload(PlanVersion.submitted_by), *_content())
    )
    return db.session.scalars(query).one()


def load_contents(plan: ActionPlan, *numbers: int) -> dict[int, PlanVersion]:
    """Read the content of some versions of a plan at once, by their number."""
    query = (
        select(PlanVersion)
        .where(PlanVersion.action_plan_id == plan.id, PlanVersion.version_no.in_(numbers))
        .options(joinedload(PlanVersion.author), *_content())
    )
    return {version.version_no: version for version in db.session.scalars(query)}


def find_activity(version: PlanVersion, activity_id: int) -> ActivityVersion | None:
    """Return what a version says of an activity, or None when it leaves it out."""
    query = (
        select(ActivityVersion)
        .where(
            ActivityVersion.plan_version_id == version.id,
            ActivityVersion.activity_id == activity_id,
        )
        .options(*_of_activity())
    )
    return db.session.scalar(query)


def find_budget_line(version: PlanVersion, line_id: int) -> BudgetLine | None:
    """Return a line of the plan as a whole (the lines of an activity belong to it)."""
    query = select(BudgetLine).where(
        BudgetLine.id == line_id,
        BudgetLine.plan_version_id == version.id,
        BudgetLine.activity_version_id.is_(None),
    )
    return db.session.scalar(query)


def find_remark(version: PlanVersion, remark_id: int) -> Remark | None:
    """Return a remark on this version."""
    query = select(Remark).where(Remark.id == remark_id, Remark.plan_version_id == version.id)
    return db.session.scalar(query)


def list_owners(region: Region, *, keep: Organisation | None = None) -> list[Organisation]:
    """Return who may lead an activity: the partners of the region, and who does so already."""
    is_partner = Organisation.memberships.any(
        RegionPartner.region_id.in_(family_of(region.id)) & RegionPartner.left_on.is_(None)
    )
    is_kept = Organisation.id == (keep.id if keep else None)
    query = select(Organisation).where(is_partner | is_kept)
    return list(db.session.scalars(query.order_by(Organisation.name, Organisation.id)))


def has_written(person: Person, plan: ActionPlan) -> bool:
    """Return whether a person wrote in, submitted or explained any version of a plan."""
    if any(person.id in (version.author_id, version.submitted_by_id) for version in plan.versions):
        return True
    return has_done(person, WRITING_ACTIONS, *plan.versions) or has_answered(person, plan)


def _seen_by(query: Select[Any], person: Person) -> Select[Any]:
    regions = policies.visible_regions(person, Permission.ACTION_PLAN_VIEW)
    return query if regions is None else query.where(ActionPlan.region_id.in_(regions))


def _of_activity() -> list[_AbstractLoad]:
    return [
        joinedload(ActivityVersion.activity),
        joinedload(ActivityVersion.policy_line),
        joinedload(ActivityVersion.owner),
        selectinload(ActivityVersion.measures).joinedload(ActivityMeasure.measure),
        selectinload(ActivityVersion.budget_lines),
    ]


def _content() -> list[_AbstractLoad]:
    return [
        selectinload(PlanVersion.activities).options(*_of_activity()),
        selectinload(PlanVersion.budget_lines),
        selectinload(PlanVersion.exemptions).joinedload(MeasureExemption.measure),
        selectinload(PlanVersion.duty_scores).joinedload(WatchDutyScore.scored_by),
        joinedload(PlanVersion.sufficiency),
        selectinload(PlanVersion.remarks).options(
            joinedload(Remark.author), joinedload(Remark.activity)
        ),
    ]

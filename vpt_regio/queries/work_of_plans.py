"""What plans and covenants ask of a person."""

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.covenants import Covenant, CovenantRegion
from vpt_regio.models.people import Mandate, Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import status_of
from vpt_regio.queries.work_items import (
    ABOVE_MANDATE,
    PLAN_STEPS,
    WAITING_TITLES,
    ComingDay,
    Reach,
    WorkItem,
    day_of,
    is_soon,
    permissions_of,
    within,
    work_item,
)
from vpt_regio.standing import standing

WRITING = (ActionPlanStatus.DRAFT, ActionPlanStatus.RETURNED, ActionPlanStatus.WITHDRAWN)


def plan_items(reach: Reach) -> tuple[list[WorkItem], list[WorkItem]]:
    """Return the plans that wait for a person, and those that wait for somebody else."""
    mandates = _mandates(reach.person)
    to_do: list[WorkItem] = []
    waiting: list[WorkItem] = []
    for version in _newest_versions(reach):
        plan, step = version.plan, PLAN_STEPS[version.status]
        is_mine, waiting_for = reach.covers(step.permission, plan.region_id), step.waiting
        if is_mine and version.status is ActionPlanStatus.PROVISIONALLY_ADOPTED:
            wrote = reach.person.id in (version.author_id, version.submitted_by_id)
            is_mine = not wrote and any(found.covers(version.budget_cents) for found in mandates)
            if mandates and not wrote:
                waiting_for = ABOVE_MANDATE
        if is_mine:
            to_do.append(_plan_item(version, title=step.title, why=step.why))
        elif reach.covers(step.waits, plan.region_id) and _handed_on(reach, plan.region_id):
            waiting.append(_plan_item(version, title=WAITING_TITLES["plan"], why=waiting_for))
    return to_do, waiting


def _newest_versions(reach: Reach) -> Sequence[PlanVersion]:
    other = aliased(PlanVersion)
    newest = (
        select(func.max(other.version_no))
        .where(other.action_plan_id == PlanVersion.action_plan_id)
        .scalar_subquery()
    )
    return db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .where(
            PlanVersion.status.in_(list(PLAN_STEPS)),
            PlanVersion.version_no == newest,
            within(ActionPlan.region_id, reach.regions(*permissions_of(PLAN_STEPS))),
        )
        .options(
            selectinload(PlanVersion.budget_lines),
            joinedload(PlanVersion.plan).joinedload(ActionPlan.region),
            joinedload(PlanVersion.plan)
            .joinedload(ActionPlan.covenant)
            .selectinload(Covenant.amendments),
        )
        .order_by(PlanVersion.id)
    ).all()


def _plan_item(version: PlanVersion, *, title: str, why: str) -> WorkItem:
    plan = version.plan
    is_writing = version.status in WRITING
    since = {
        ActionPlanStatus.DRAFT: day_of(version.created_at),
        ActionPlanStatus.RETURNED: day_of(version.updated_at),
        ActionPlanStatus.WITHDRAWN: day_of(version.updated_at),
        ActionPlanStatus.PROVISIONALLY_ADOPTED: version.provisionally_adopted_on,
    }.get(version.status, version.submitted_on)
    return work_item(
        title,
        why,
        "action_plans.show" if is_writing else "plan_reviews.show",
        {"plan_id": plan.id},
        params={"region": plan.region.name},
        since=since,
        due_on=plan.covenant.latest_plan_due_on if is_writing else plan.covenant.latest_end_on,
    )


def _handed_on(reach: Reach, region_id: int) -> bool:
    """Tell whether a person takes part in the plan of a region, as opposed to reading along."""
    return reach.covers(Permission.ACTION_PLAN_EDIT, region_id) or reach.covers(
        Permission.ACTION_PLAN_RETURN, region_id
    )


def _mandates(person: Person) -> list[Mandate]:
    """Return the mandates by which a person may approve plans today."""
    today = clock.today()
    query = (
        select(Mandate)
        .where(
            Mandate.person_id == person.id,
            Mandate.permission == Permission.ACTION_PLAN_APPROVE,
            Mandate.starts_on <= today,
            or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today),
        )
        .options(joinedload(Mandate.parent).joinedload(Mandate.parent))
        .order_by(Mandate.id)
    )
    return [mandate for mandate in db.session.scalars(query) if mandate.holds_on(today)]


def unstarted_plans(reach: Reach) -> list[WorkItem]:
    """Return the covenants in force under which a region, with its members, has no plan yet."""
    started = {
        (covenant_id, _holder(region_id))
        for covenant_id, region_id in db.session.execute(
            select(ActionPlan.covenant_id, ActionPlan.region_id)
            .join(ActionPlan.covenant)
            .where(Covenant.status == CovenantStatus.IN_FORCE)
            .order_by(ActionPlan.id)
        )
    }
    rows = db.session.execute(
        select(Covenant, Region)
        .join(CovenantRegion, CovenantRegion.covenant_id == Covenant.id)
        .join(Region, Region.id == CovenantRegion.region_id)
        .outerjoin(
            ActionPlan,
            and_(ActionPlan.covenant_id == Covenant.id, ActionPlan.region_id == Region.id),
        )
        .where(
            ActionPlan.id.is_(None),
            Covenant.status == CovenantStatus.IN_FORCE,
            within(Region.id, reach.regions(Permission.ACTION_PLAN_EDIT)),
        )
        .options(selectinload(Covenant.amendments))
        .order_by(Covenant.id, Region.id)
    )
    return [
        work_item(
            N_("Plan van aanpak %(region)s beginnen"),
            N_("Het convenant is van kracht en er is nog geen plan."),
            "covenants.show",
            {"covenant_id": row.Covenant.id},
            params={"region": row.Region.name},
            since=row.Covenant.signed_on,
            due_on=row.Covenant.latest_plan_due_on,
        )
        for row in rows
        if not _is_over(row.Covenant) and (row.Covenant.id, _holder(row.Region.id)) not in started
    ]


def list_covenants(reach: Reach) -> list[Covenant]:
    """Return the covenants, closed ones aside, of the regions of which a person sees details."""
    regions = reach.regions(Permission.REGION_VIEW_DETAILS, Permission.COVENANT_SIGN)
    of_regions = select(CovenantRegion.covenant_id).where(within(CovenantRegion.region_id, regions))
    return list(
        db.session.scalars(
            select(Covenant)
            .where(
                Covenant.status != CovenantStatus.CLOSED,
                Covenant.id.in_(of_regions),
            )
            .options(
                selectinload(Covenant.amendments),
                selectinload(Covenant.shares).joinedload(CovenantRegion.region),
            )
            .order_by(Covenant.id)
        )
    )


def covenant_items(reach: Reach, covenants: list[Covenant]) -> list[WorkItem]:
    """Return the covenants to sign, and those that ran out without a successor."""
    today = clock.today()
    states = {covenant.id: status_of(covenant, today) for covenant in covenants}
    covered = {
        _holder(region_id)
        for covenant in covenants
        if states[covenant.id] is CovenantStatus.IN_FORCE
        for region_id in covenant.region_ids
    }
    may_sign = reach.anywhere(Permission.COVENANT_SIGN)
    items = []
    for covenant in covenants:
        if states[covenant.id] is CovenantStatus.DRAFT and may_sign:
            items.append(_to_sign(covenant))
        is_succeeded = {_holder(region_id) for region_id in covenant.region_ids} <= covered
        if states[covenant.id] is CovenantStatus.EXPIRED and not is_succeeded:
            items += [_expired(covenant)] if _watches(reach, covenant) else []
    return items


def _to_sign(covenant: Covenant) -> WorkItem:
    return work_item(
        N_("Ondertekening van convenant %(number)s vastleggen"),
        N_("Het convenant (%(regions)s) is nog een concept."),
        "covenants.show",
        {"covenant_id": covenant.id},
        params=_params(covenant),
        since=day_of(covenant.created_at),
    )


def _expired(covenant: Covenant) -> WorkItem:
    return work_item(
        N_("Convenant %(number)s is verlopen"),
        N_("Het convenant (%(regions)s) is voorbij. Bespreek of het wordt verlengd."),
        "covenants.show",
        {"covenant_id": covenant.id},
        params=_params(covenant),
        since=covenant.latest_end_on,
        due_on=covenant.latest_end_on,
    )


def _params(covenant: Covenant) -> dict[str, str]:
    names = ", ".join(region.name for region in covenant.regions)
    return {"number": covenant.number, "regions": names}


def coming_ends(covenants: list[Covenant]) -> list[ComingDay]:
    """Return the covenants in force that run out soon."""
    return [
        ComingDay(
            covenant.latest_end_on,
            N_("Convenant %(number)s loopt af"),
            "covenants.show",
            {"covenant_id": covenant.id},
            {"number": covenant.number},
        )
        for covenant in covenants
        if covenant.status is CovenantStatus.IN_FORCE
        and covenant.latest_end_on is not None
        and is_soon(covenant.latest_end_on)
    ]


def _watches(reach: Reach, covenant: Covenant) -> bool:
    """Tell whether a person manages covenants, or is the account manager of one of its regions."""
    return reach.anywhere(Permission.COVENANT_MANAGE) or any(
        reach.covers(Permission.ACTION_PLAN_REVIEW, region_id) for region_id in covenant.region_ids
    )


def _holder(region_id: int) -> int:
    return standing().holder(region_id, clock.today())


def _is_over(covenant: Covenant) -> bool:
    return status_of(covenant, clock.today()) is CovenantStatus.EXPIRED

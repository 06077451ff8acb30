"""Decisions on plans, covenants and subsidies, and the mandates by which people may take them."""

from dataclasses import dataclass
from datetime import date

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.covenants import Covenant, CovenantRegion
from vpt_regio.models.decisions import Decision, DecisionKind, Objection
from vpt_regio.models.people import Mandate, Person
from vpt_regio.models.pilots import Pilot, pilot_region
from vpt_regio.policies import visible_regions

DECIDED_BY = {
    ActionPlanStatus.PROVISIONALLY_ADOPTED: DecisionKind.PLAN_ADOPTED,
    ActionPlanStatus.APPROVED: DecisionKind.PLAN_APPROVED,
    ActionPlanStatus.REFUSED: DecisionKind.PLAN_REFUSED,
}

PER_PAGE = 50


@dataclass(frozen=True)
class DecisionFilter:
    """What the list of decisions is narrowed down to; None means all."""

    regions: frozenset[int] | None = None
    kind: DecisionKind | None = None
    year: int | None = None


def list_decisions(plan: ActionPlan) -> list[Decision]:
    """Return the decisions on all versions of a plan, newest first."""
    query = (
        select(Decision)
        .join(Decision.plan_version)
        .where(PlanVersion.action_plan_id == plan.id)
        .options(joinedload(Decision.decided_by), joinedload(Decision.replaced_by))
        .order_by(Decision.id.desc())
    )
    return list(db.session.scalars(query))


def get_decision(decision_id: int) -> Decision | None:
    """Return a decision with all that its page shows."""
    query = (
        select(Decision)
        .where(Decision.id == decision_id)
        .options(
            joinedload(Decision.decided_by),
            joinedload(Decision.mandate),
            joinedload(Decision.replaces),
            joinedload(Decision.replaced_by),
            joinedload(Decision.plan_version)
            .joinedload(PlanVersion.plan)
            .joinedload(ActionPlan.region),
            joinedload(Decision.covenant),
            joinedload(Decision.application).joinedload(SubsidyApplication.region),
            joinedload(Decision.pilot).selectinload(Pilot.regions),
            selectinload(Decision.objections).joinedload(Objection.recorded_by),
        )
    )
    return db.session.scalar(query)


def page_of_decisions(person: Person, wanted: DecisionFilter, *, page: int) -> Pagination:
    """Return a page of the decisions in the regions that a person may see, newest first."""
    query = (
        select(Decision)
        .outerjoin(Decision.plan_version)
        .outerjoin(PlanVersion.plan)
        .outerjoin(Decision.application)
        .options(
            joinedload(Decision.decided_by),
            joinedload(Decision.replaced_by),
            contains_eager(Decision.plan_version)
            .contains_eager(PlanVersion.plan)
            .joinedload(ActionPlan.region),
            joinedload(Decision.covenant)
            .selectinload(Covenant.shares)
            .joinedload(CovenantRegion.region),
            contains_eager(Decision.application).joinedload(SubsidyApplication.region),
            joinedload(Decision.pilot).selectinload(Pilot.regions),
        )
        .order_by(Decision.decided_on.desc(), Decision.id.desc())
    )
    visible = visible_regions(person, Permission.ACTION_PLAN_VIEW)
    if visible is not None:
        # that an application was rejected stays with the ministry
        is_told = Decision.kind != DecisionKind.SUBSIDY_REJECTED
        query = query.where(_lies_in(visible), is_told)
    if wanted.regions is not None:
        query = query.where(_lies_in(wanted.regions))
    if wanted.kind is not None:
        query = query.where(Decision.kind == wanted.kind)
    if wanted.year is not None:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        query = query.where(Decision.decided_on.between(first, last))
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)


def _lies_in(regions: frozenset[int]) -> ColumnElement[bool]:
    """Return the condition that what is decided on lies in one of these regions."""
    found = sorted(regions)
    covenants = select(CovenantRegion.covenant_id).where(CovenantRegion.region_id.in_(found))
    pilots = select(pilot_region.c.pilot_id).where(pilot_region.c.region_id.in_(found))
    return or_(
        ActionPlan.region_id.in_(found),
        Decision.covenant_id.in_(covenants),
        SubsidyApplication.region_id.in_(found),
        Decision.pilot_id.in_(pilots),
    )


def list_years_of_decisions() -> list[int]:
    """Return the years in which was decided, newest first."""
    first, last = db.session.execute(
        select(func.min(Decision.decided_on), func.max(Decision.decided_on))
    ).one()
    return list(range(last.year, first.year - 1, -1)) if last else []


def get_objection(decision_id: int, objection_id: int) -> Objection | None:
    """Return an objection to this decision, or None."""
    return db.session.scalar(
        select(Objection)
        .where(Objection.id == objection_id, Objection.decision_id == decision_id)
        .options(joinedload(Objection.decision))
    )


def was_decided_on(version: PlanVersion) -> bool:
    """Return whether a decision on a version was ever taken, one that was taken back as well."""
    return bool(db.session.scalar(select(exists().where(Decision.plan_version_id == version.id))))


def standing_decision(version: PlanVersion) -> Decision | None:
    """Return the decision that gave a version its present status, if one was recorded."""
    kind = DECIDED_BY.get(version.status)
    return _last_unreplaced(version, kind) if kind else None


def decision_to_follow(version: PlanVersion, kind: DecisionKind) -> Decision | None:
    """Return the decision whose place a new one on a version takes.

    That is an earlier one of its kind that still stood when a later one was taken back; else the
    newest one that took a decision back and was not followed yet. A first decision follows none.
    """
    same = _last_unreplaced(version, kind)
    return same or _last_unreplaced(version, DecisionKind.PLAN_REOPENED)


def _last_unreplaced(version: PlanVersion, kind: DecisionKind) -> Decision | None:
    query = (
        select(Decision)
        .where(
            Decision.plan_version_id == version.id,
            Decision.kind == kind,
            ~Decision.replaced_by.has(),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def list_mandates(person: Person, permission: Permission, *, programme_id: int) -> list[Mandate]:
    """Return the mandates of a person for one kind of decision, of any time and amount."""
    query = (
        select(Mandate)
        .where(
            Mandate.person_id == person.id,
            Mandate.permission == permission,
            Mandate.programme_id == programme_id,
        )
        .options(joinedload(Mandate.parent), joinedload(Mandate.stands_in_for))
        .order_by(Mandate.id)
    )
    return list(db.session.scalars(query))


def last_reference(programme_id: int, prefix: str) -> str | None:
    """Return the reference that was given last among those that begin alike."""
    query = (
        select(Decision.reference)
        .where(Decision.programme_id == programme_id, Decision.reference.startswith(prefix))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)

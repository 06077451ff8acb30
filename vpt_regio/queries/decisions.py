"""Decisions on plans, and the mandates by which people may take them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.people import Mandate, Person

DECIDED_BY = {
    ActionPlanStatus.PROVISIONALLY_ADOPTED: DecisionKind.PLAN_ADOPTED,
    ActionPlanStatus.APPROVED: DecisionKind.PLAN_APPROVED,
    ActionPlanStatus.REFUSED: DecisionKind.PLAN_REFUSED,
}


def list_decisions(plan: ActionPlan) -> list[Decision]:
    """Return the decisions on all versions of a plan, newest first."""
    query = (
        select(Decision)
        .join(Decision.plan_version)
        .where(PlanVersion.action_plan_id == plan.id)
        .options(joinedload(Decision.decided_by), joinedload(Decision.mandate))
        .order_by(Decision.id.desc())
    )
    return list(db.session.scalars(query))


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

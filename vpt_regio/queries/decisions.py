"""Decisions on plans, and the mandates by which people may take them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vpt_regio.domain.permissions import Permission
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.decisions import Decision
from vpt_regio.models.people import Mandate, Person


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


def list_mandates(person: Person, permission: Permission, *, programme_id: int) -> list[Mandate]:
    """Return the mandates of a person for one kind of decision, of any time and amount."""
    query = (
        select(Mandate)
        .where(
            Mandate.person_id == person.id,
            Mandate.permission == permission,
            Mandate.programme_id == programme_id,
        )
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

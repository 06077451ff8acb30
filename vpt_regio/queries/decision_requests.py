"""Requests to a mandate holder: the open one of a version, and who may answer it."""

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.decisions import DecisionRequest
from vpt_regio.models.people import Mandate, Person

# what may be asked in each state; in any other state there is nothing to decide
ASKED_IN = {
    ActionPlanStatus.IN_REVIEW: (Permission.ACTION_PLAN_REFUSE,),
    ActionPlanStatus.PROVISIONALLY_ADOPTED: (
        Permission.ACTION_PLAN_APPROVE,
        Permission.ACTION_PLAN_REFUSE,
    ),
}


def open_request(version: PlanVersion) -> DecisionRequest | None:
    """Return the request that waits for an answer; none once a version went on by itself."""
    return unanswered_request(version) if version.status in ASKED_IN else None


def unanswered_request(version: PlanVersion) -> DecisionRequest | None:
    """Return the request at a version that was not closed, whatever its state."""
    return db.session.scalar(
        select(DecisionRequest)
        .where(DecisionRequest.plan_version_id == version.id, DecisionRequest.closed_on.is_(None))
        .options(joinedload(DecisionRequest.requested_by))
    )


def list_mandate_holders(permission: Permission, *, programme_id: int, cents: int) -> list[Person]:
    """Return who holds a mandate for a decision on an amount today, by name."""
    today = clock.today()
    mandates = db.session.scalars(
        select(Mandate)
        .join(Mandate.person)
        .where(
            Person.is_active,
            Mandate.permission == permission,
            Mandate.programme_id == programme_id,
            Mandate.starts_on <= today,
            or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today),
        )
        .options(joinedload(Mandate.person), joinedload(Mandate.parent))
        .order_by(Person.name, Person.id, Mandate.id)
    )
    usable = (one.person for one in mandates if one.holds_on(today) and one.covers(cents))
    return list(dict.fromkeys(usable))

"""Plans that were approved before they were kept here: taken over by loaders, without screens."""

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.errors import Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.people import Person
from vpt_regio.services import audit, plan_guards
from vpt_regio.services.plan_parts import require_draft


def record_historic_approval(version: PlanVersion, *, note: str, actor: Person) -> PlanVersion:
    """Take a complete draft over as approved, because it was so before the programme came here.

    No decision is made: who decided, when and on what money stands in older papers. The dates of
    the version are the day of taking over. `note` tells where the plan comes from. Raises
    NotAllowed, WrongState, or Invalid/SeveralErrors for what the plan lacks.
    """
    role = policies.require(actor, Permission.COVENANT_MANAGE, version.plan.covenant)
    require_draft(version)
    if not note:
        raise Invalid(N_("Vul in waar dit plan vandaan komt."), field="note")
    raise_all(plan_guards.complete(version, actor))
    today = clock.today()
    version.submitted_on, version.submitted_by = today, version.author
    version.approved_on = today
    version.status = ActionPlanStatus.APPROVED
    details = {"note": note}
    entry = audit.record("action_plan.imported", version, actor=actor, role=role, details=details)
    db.session.add(
        TransitionRecord(
            workflow=ACTION_PLAN.code,
            subject_id=version.id,
            transition="imported",
            from_state=str(ActionPlanStatus.DRAFT),
            to_state=str(ActionPlanStatus.APPROVED),
            effective_on=today,
            at=entry.at,
            actor_id=actor.id,
            actor_role=role,
            note=note,
            audit_seq=entry.seq,
        )
    )
    db.session.flush()
    return version

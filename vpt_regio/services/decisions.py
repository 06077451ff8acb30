"""Decisions on a plan: adopted provisionally, approved or refused on behalf of the minister."""

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.errors import raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.decisions import DECISION_LABELS, Decision, DecisionKind
from vpt_regio.models.people import Mandate, Person
from vpt_regio.queries.decisions import last_reference
from vpt_regio.services import transitions
from vpt_regio.services.notices import tell
from vpt_regio.services.plan_guards import valid_mandate
from vpt_regio.services.plan_parts import cleaned


def adopt_plan(
    version: PlanVersion, *, actor: Person, note: str = "", expected_version: int | None = None
) -> Decision:
    """Adopt a version provisionally, once the duties are scored and the money was tested."""
    # the day must stand there when the new status is stored, and not before
    with db.session.no_autoflush:
        version.provisionally_adopted_on = clock.today()
        return _decide(
            version,
            "adopt",
            kind=DecisionKind.PLAN_ADOPTED,
            actor=actor,
            note=note,
            expected_version=expected_version,
        )


def approve_plan(
    version: PlanVersion, *, actor: Person, note: str = "", expected_version: int | None = None
) -> Decision:
    """Approve a version on behalf of the minister; an earlier approved version is superseded.

    Source: the covenant gives the approval to the minister; the account manager has a mandate.
    """
    mandate = valid_mandate(version, actor, Permission.ACTION_PLAN_APPROVE)
    with db.session.no_autoflush:
        transitions.check_version(version, expected_version)
        raise_all(transitions.blockers(version, "approve", workflow=ACTION_PLAN, actor=actor))
        # one version of a plan is the approved one, so the old one makes room first
        _supersede_earlier(version, actor)
        version.approved_on = clock.today()
        return _decide(
            version,
            "approve",
            kind=DecisionKind.PLAN_APPROVED,
            actor=actor,
            note=note,
            mandate=mandate,
        )


def refuse_plan(
    version: PlanVersion, *, actor: Person, note: str, expected_version: int | None = None
) -> Decision:
    """Refuse a version on behalf of the minister, with the reason."""
    mandate = valid_mandate(version, actor, Permission.ACTION_PLAN_REFUSE)
    return _decide(
        version,
        "refuse",
        kind=DecisionKind.PLAN_REFUSED,
        actor=actor,
        note=note,
        mandate=mandate,
        expected_version=expected_version,
    )


def _decide(
    version: PlanVersion,
    step: str,
    *,
    kind: DecisionKind,
    actor: Person,
    note: str,
    mandate: Mandate | None = None,
    expected_version: int | None = None,
) -> Decision:
    text = cleaned(note, field="note")
    record = transitions.apply(
        version,
        step,
        workflow=ACTION_PLAN,
        actor=actor,
        inputs={"note": text},
        expected_version=expected_version,
    )
    decision = Decision(
        programme_id=version.plan.region.programme_id,
        kind=kind,
        plan_version=version,
        reference=_new_reference(version),
        decided_on=record.effective_on,
        decided_by=actor,
        role=Role(record.actor_role),
        on_behalf_of=mandate.on_behalf_of if mandate else "",
        mandate=mandate,
        note=text,
    )
    db.session.add(decision)
    db.session.flush()
    _tell_leader(decision, version, actor)
    return decision


def _new_reference(version: PlanVersion) -> str:
    """Return the next reference of the programme and year, such as VPT-2012-0007.

    Two decisions at once cannot get the same one: the audit entry of this step holds the lock
    on the chain until the commit, on both databases.
    """
    programme = version.plan.region.programme
    prefix = f"{programme.code.upper()}-{clock.today().year}-"
    last = last_reference(programme.id, prefix)
    number = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{number:04}"


def _supersede_earlier(version: PlanVersion, actor: Person) -> None:
    for earlier in version.plan.versions:
        if earlier is not version and earlier.status is ActionPlanStatus.APPROVED:
            transitions.apply(earlier, "supersede", workflow=ACTION_PLAN, actor=actor)


def _tell_leader(decision: Decision, version: PlanVersion, actor: Person) -> None:
    region = version.plan.region
    tell(
        Role.PROJECT_LEADER,
        region,
        subject=f"{DECISION_LABELS[decision.kind]}: {region.name}",
        message=(
            f"Besluit {decision.reference} over versie {version.version_no} van het plan van"
            f" aanpak van {region.name}: {DECISION_LABELS[decision.kind].lower()}."
        ),
        path=f"/plannen/{version.action_plan_id}",
        actor=actor,
    )

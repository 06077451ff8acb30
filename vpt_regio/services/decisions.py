"""Decisions: on a plan and on a covenant, taken back, and put in each other's place.

Those on subsidies are made elsewhere, from proposals; they are written down here.
"""

from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.decisions import DECISION_LABELS, Decision, DecisionKind
from vpt_regio.models.people import Mandate, Person
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.decisions import decision_to_follow, last_reference, standing_decision
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import audit, transitions
from vpt_regio.services.decision_requests import close_with
from vpt_regio.services.mandate_checks import (
    MANDATED,
    authority_of,
    mandate_for,
    mandate_problems,
)
from vpt_regio.services.notices import tell
from vpt_regio.services.plan_guards import TAKEN_BY, deciding_problems, valid_mandate
from vpt_regio.services.plan_parts import cleaned

DECIDED_AGAIN = "Opnieuw besloten nadat het eerdere besluit was teruggenomen."


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


def reopen_plan(
    version: PlanVersion, *, note: str, actor: Person, expected_version: int | None = None
) -> Decision:
    """Take back the decision that gave a version its status; its review goes on.

    The version that made room for an approval holds again. Both decisions stay readable.
    """
    taken_back = standing_decision(version)
    mandate = _mandate_of_kind(taken_back, actor)
    was_approved = version.status is ActionPlanStatus.APPROVED
    with db.session.no_autoflush:
        decision = _decide(
            version,
            "reopen",
            kind=DecisionKind.PLAN_REOPENED,
            actor=actor,
            note=note,
            mandate=mandate,
            expected_version=expected_version,
            replaces=taken_back,
        )
    version.provisionally_adopted_on = version.approved_on = None
    db.session.flush()
    if was_approved:
        _reinstate_earlier(version, actor)
    return decision


def replace_decision(decision: Decision, *, note: str, reason: str, actor: Person) -> Decision:
    """Put a decision with another text in the place of one; what was decided stays the same.

    It takes the same right, mandate and pair of eyes as the first. Both decisions stay readable.
    """
    role = policies.require(actor, Permission.DECISION_REPLACE, decision)
    text, why = cleaned(note, field="note"), cleaned(reason, field="reason")
    raise_all(_replacement_problems(decision, note=text, reason=why, actor=actor))
    mandate = _mandate_of_kind(decision, actor)
    new = record_decision(
        decision.kind,
        actor=actor,
        role=role,
        note=text,
        plan_version=decision.plan_version,
        covenant=decision.covenant,
        mandate=mandate,
        amount_cents=decision.amount_cents,
        replaces=decision,
        replacement_reason=why,
    )
    details = {"reference": decision.reference, "new_reference": new.reference, "reason": why}
    subject = decision.plan_version or decision.covenant
    audit.record("decision.replaced", subject, actor=actor, role=role, details=details)
    if decision.plan_version is not None:
        _tell_leader(new, decision.plan_version, actor)
    return new


def replacement_blockers(decision: Decision, actor: Person) -> list[DomainError]:
    """Return why a person may not replace a decision now, whatever they would write."""
    answer = policies.can(actor, Permission.DECISION_REPLACE, decision)
    if not answer:
        return [Invalid(answer.reason, params=dict(answer.params))]
    if decision.replaced_by is not None:
        return [_replaced(decision.replaced_by)]
    if is_on_subsidy(decision):
        return [
            WrongState(
                N_(
                    "Over een subsidie wordt opnieuw beslist met een nieuw voorstel."
                    " Het besluit daarover komt voor dit besluit in de plaats."
                )
            )
        ]
    if decision.plan_version is None:
        return _termination_problems(decision, actor)
    four_eyes = transitions.GUARDS[(ACTION_PLAN.code, Guard.NOT_AUTHOR)]
    original = _kind_of_right(decision)
    return four_eyes(decision.plan_version, actor) + deciding_problems(original, actor)


def is_on_subsidy(decision: Decision) -> bool:
    """Tell whether a decision is on an application for a subsidy, or on a pilot."""
    return decision.application_id is not None or decision.pilot_id is not None


def record_decision(
    kind: DecisionKind,
    *,
    actor: Person,
    role: Role,
    note: str = "",
    plan_version: PlanVersion | None = None,
    covenant: Covenant | None = None,
    application: SubsidyApplication | None = None,
    pilot: Pilot | None = None,
    mandate: Mandate | None = None,
    amount_cents: int | None = None,
    decided_on: date | None = None,
    replaces: Decision | None = None,
    replacement_reason: str = "",
) -> Decision:
    """Write a decision on one of its subjects down under the next reference.

    Whoever calls it has checked the right, the mandate and the state, and audits the step.
    """
    programme = plan_version.plan.region.programme if plan_version else get_programme()
    decision = Decision(
        programme_id=programme.id,
        kind=kind,
        plan_version=plan_version,
        covenant=covenant,
        application=application,
        pilot=pilot,
        reference=_new_reference(programme),
        decided_on=decided_on or clock.today(),
        decided_by=actor,
        role=role,
        on_behalf_of=mandate.on_behalf_of if mandate else "",
        mandate=mandate,
        authority=authority_of(mandate) if mandate else "",
        amount_cents=amount_cents,
        note=note,
        # by number: the decision that is replaced never changes, nor what hangs on it
        replaces_id=replaces.id if replaces else None,
        replacement_reason=replacement_reason,
    )
    db.session.add(decision)
    db.session.flush()
    if replaces is not None:
        db.session.expire(replaces, ["replaced_by"])
    return decision


def _decide(
    version: PlanVersion,
    step: str,
    *,
    kind: DecisionKind,
    actor: Person,
    note: str,
    mandate: Mandate | None = None,
    expected_version: int | None = None,
    replaces: Decision | None = None,
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
    followed = decision_to_follow(version, kind) if replaces is None else None
    decision = record_decision(
        kind,
        actor=actor,
        role=Role(record.actor_role),
        note=text,
        plan_version=version,
        mandate=mandate,
        amount_cents=version.budget_cents,
        decided_on=record.effective_on,
        replaces=replaces or followed,
        replacement_reason=text if replaces else DECIDED_AGAIN if followed else "",
    )
    close_with(decision, version=version, actor=actor)
    _tell_leader(decision, version, actor)
    return decision


def _mandate_of_kind(decision: Decision | None, actor: Person) -> Mandate | None:
    """Return the mandate by which a person may take a decision such as this one today."""
    if decision is None:
        return None
    if decision.plan_version is None:
        return mandate_for(
            actor,
            Permission.COVENANT_TERMINATE,
            programme_id=decision.programme_id,
            cents=decision.amount_cents,
        )
    permission = TAKEN_BY.get(_kind_of_right(decision).kind)
    if permission is None or permission not in MANDATED:
        return None
    return valid_mandate(decision.plan_version, actor, permission)


def _kind_of_right(decision: Decision) -> Decision:
    """Return the decision whose kind says who may decide: for a taking back what it took back."""
    while decision.kind is DecisionKind.PLAN_REOPENED and decision.replaces is not None:
        decision = decision.replaces
    return decision


def _replacement_problems(
    decision: Decision, *, note: str, reason: str, actor: Person
) -> list[DomainError]:
    problems = replacement_blockers(decision, actor)
    if not note:
        problems.append(Invalid(N_("Vul de nieuwe tekst van het besluit in."), field="note"))
    if not reason:
        problems.append(Invalid(N_("Vul in waarom u het besluit vervangt."), field="reason"))
    return problems


def _termination_problems(decision: Decision, actor: Person) -> list[DomainError]:
    return mandate_problems(
        actor,
        Permission.COVENANT_TERMINATE,
        programme_id=decision.programme_id,
        cents=decision.amount_cents,
    )


def _replaced(by: Decision) -> DomainError:
    return WrongState(
        N_("Dit besluit is al vervangen door besluit %(reference)s. Vervang dat besluit."),
        params={"reference": by.reference},
    )


def _new_reference(programme: Programme) -> str:
    """Return the next reference of the programme and year, such as VPT-2012-0007.

    Two decisions at once cannot get the same one: writers take turns, on both databases.
    """
    prefix = f"{programme.code.upper()}-{clock.today().year}-"
    last = last_reference(programme.id, prefix)
    number = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{number:04}"


def _supersede_earlier(version: PlanVersion, actor: Person) -> None:
    for earlier in version.plan.versions:
        if earlier is not version and earlier.status is ActionPlanStatus.APPROVED:
            transitions.apply(earlier, "supersede", workflow=ACTION_PLAN, actor=actor)


def _reinstate_earlier(version: PlanVersion, actor: Person) -> None:
    """Let the version that made room for this one hold again: the newest superseded one."""
    superseded = [
        earlier
        for earlier in version.plan.versions
        if earlier is not version and earlier.status is ActionPlanStatus.SUPERSEDED
    ]
    if superseded:
        transitions.apply(superseded[-1], "reinstate", workflow=ACTION_PLAN, actor=actor)


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

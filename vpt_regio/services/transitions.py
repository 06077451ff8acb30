"""The one transition engine: every change of status of every record passes through `apply`.

Order: right → version → state → required input → guards → set → history and audit. Effects that
belong to a step (dates, decisions) are set by the service that calls it, in the same transaction.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from vpt_regio import clock, policies
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import INPUT_LABELS, Guard, Transition, Workflow
from vpt_regio.errors import Conflict, DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.policies import Actor
from vpt_regio.services import audit

# the second part is an Actor; a guard asks for a Person when no link reaches its step (BY_LINK):
# the right is checked before every guard
GuardCheck = Callable[[Any, Any], list[DomainError]]

GUARDS: dict[tuple[str, Guard], GuardCheck] = {}
# the same guard may ask something else of one step: a mandate to refuse is not one to approve
STEP_GUARDS: dict[tuple[str, Guard, str], GuardCheck] = {}


def guard(workflow: Workflow, name: Guard, *, step: str = "") -> Callable[[GuardCheck], GuardCheck]:
    """Register the check of a guard for one life cycle; it returns every reason to refuse.

    With the code of a `step` the check holds for that step only, in place of the general one.
    """

    def register(check: GuardCheck) -> GuardCheck:
        if step:
            STEP_GUARDS[(workflow.code, name, step)] = check
        else:
            GUARDS[(workflow.code, name)] = check
        return check

    return register


def apply(
    subject: Any,
    code: str,
    *,
    workflow: Workflow,
    actor: Actor,
    inputs: Mapping[str, Any] | None = None,
    effective_on: date | None = None,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Bring a record into its next state and write down that it happened.

    Raises NotAllowed, Conflict (stale version), WrongState, or Invalid/SeveralErrors with every
    missing input and every guard that refuses.
    """
    step = workflow.transition(code)
    role = policies.require(actor, step.permission, subject)
    check_version(subject, expected_version)
    check_state(subject, step, workflow)
    given = dict(inputs or {})
    raise_all(_missing_inputs(step, given) + _refusals(subject, step, workflow, actor))
    before = str(subject.status)
    subject.status = type(subject.status)(step.target)
    return _record(
        subject,
        step,
        workflow=workflow,
        actor=actor,
        role=role,
        before=before,
        given=given,
        effective_on=effective_on or clock.today(),
    )


def blockers(subject: Any, code: str, *, workflow: Workflow, actor: Actor) -> list[DomainError]:
    """Return why a step would be refused now; an empty list means that it would succeed."""
    step = workflow.transition(code)
    try:
        policies.require(actor, step.permission, subject)
        check_state(subject, step, workflow)
    except DomainError as error:
        return [error]
    return _refusals(subject, step, workflow, actor)


def available(subject: Any, *, workflow: Workflow, actor: Actor) -> list[Transition]:
    """Return the steps that somebody may take from the present state, guards aside."""
    return [
        step
        for step in workflow.transitions_from(str(subject.status))
        if not step.is_effect and policies.can(actor, step.permission, subject)
    ]


def check_version(subject: Any, expected: int | None) -> None:
    """Raise Conflict when the record changed since the person saw it."""
    if expected is not None and expected != subject.version:
        raise Conflict(
            N_(
                "Iemand anders heeft dit intussen gewijzigd."
                " Bekijk de nieuwe gegevens en kies opnieuw."
            )
        )


def check_state(subject: Any, step: Transition, workflow: Workflow) -> None:
    """Raise WrongState when the step does not start from the present state."""
    present = str(subject.status)
    if present not in step.sources:
        raise WrongState(
            N_("Dit kan niet meer: de status is nu ‘%(state)s’. Bekijk de actuele gegevens."),
            params={"state": workflow.state(present).label},
        )


def _missing_inputs(step: Transition, given: Mapping[str, Any]) -> list[DomainError]:
    return [
        Invalid(
            N_("Vul in: %(field)s."), field=str(name), params={"field": INPUT_LABELS[name].lower()}
        )
        for name in step.requires
        if not given.get(name)
    ]


def _refusals(
    subject: Any, step: Transition, workflow: Workflow, actor: Actor
) -> list[DomainError]:
    errors: list[DomainError] = []
    for name in step.guards:
        general = GUARDS[(workflow.code, name)]
        check = STEP_GUARDS.get((workflow.code, name, step.code), general)
        errors += check(subject, actor)
    return errors


def _record(
    subject: Any,
    step: Transition,
    *,
    workflow: Workflow,
    actor: Actor,
    role: str | None,
    before: str,
    given: Mapping[str, Any],
    effective_on: date,
) -> TransitionRecord:
    entry = audit.record(
        f"{workflow.code}.{step.code}",
        subject,
        actor=actor,
        role=role,
        details={"before": before, "after": step.target, **given},
    )
    record = TransitionRecord(
        workflow=workflow.code,
        subject_id=subject.id,
        transition=step.code,
        from_state=before,
        to_state=str(step.target),
        effective_on=effective_on,
        at=entry.at,
        actor_id=entry.actor_id,
        actor_role=entry.actor_role,
        note=str(given.get("note") or ""),
        audit_seq=entry.seq,
    )
    db.session.add(record)
    db.session.flush()
    return record

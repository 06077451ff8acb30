"""Asking a mandate holder to decide on a plan: for a refusal, or above one's own mandate."""

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import PERMISSION_LABELS, Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.decisions import Decision, DecisionRequest
from vpt_regio.models.people import Person
from vpt_regio.outbox import page_address, post
from vpt_regio.queries.decision_requests import (
    ASKED_IN,
    list_mandate_holders,
    open_request,
    unanswered_request,
)
from vpt_regio.services import audit
from vpt_regio.services.mandate_checks import mandate_problems
from vpt_regio.services.plan_parts import cleaned
from vpt_regio.services.transitions import check_version


def request_decision(
    version: PlanVersion,
    *,
    permission: Permission,
    note: str,
    actor: Person,
    expected_version: int | None = None,
) -> DecisionRequest:
    """Ask those with a mandate to approve or refuse a version; they get a message and a task.

    Raises WrongState while an earlier request is open, Invalid when nobody holds a mandate.
    """
    role = policies.require(actor, Permission.ACTION_PLAN_REVIEW, version)
    check_version(version, expected_version)
    text = cleaned(note, field="note")
    holders = _holders(version, permission)
    raise_all(_problems(version, permission, text, holders, actor))
    request = DecisionRequest(
        plan_version=version,
        permission=permission,
        note=text,
        requested_by=actor,
        requested_on=clock.today(),
    )
    db.session.add(request)
    details = {"permission": PERMISSION_LABELS[permission], "note": text}
    audit.record("decision.requested", version, actor=actor, role=role, details=details)
    region = version.plan.region.name
    for holder in holders:
        _send(
            holder,
            version,
            subject=f"Verzoek om te besluiten over het plan van aanpak {region}",
            message=f"{actor.name} vraagt u: {PERMISSION_LABELS[permission]}.\n\n{text}",
        )
    return request


def send_back(
    request: DecisionRequest, *, answer: str, actor: Person, expected_version: int | None = None
) -> None:
    """Give a request back with a note: by a mandate holder, or by whoever made it."""
    version = request.plan_version
    is_own = request.requested_by_id == actor.id
    needed = Permission.ACTION_PLAN_REVIEW if is_own else request.permission
    role = policies.require(actor, needed, version)
    check_version(request, expected_version)
    if request.closed_on is not None or version.status not in ASKED_IN:
        raise WrongState(N_("Dit verzoek is al afgehandeld."))
    text = cleaned(answer, field="answer")
    problems: list[DomainError] = [] if is_own else _mandate_problems(request, actor)
    if not text:
        problems.append(Invalid(N_("Vul in waarom u het verzoek terugstuurt."), field="answer"))
    raise_all(problems)
    request.closed_on, request.closed_by, request.answer = clock.today(), actor, text
    audit.record(
        "decision.request_returned", version, actor=actor, role=role, details={"note": text}
    )
    if not is_own:
        _send(
            request.requested_by,
            version,
            subject=f"Verzoek om te besluiten teruggestuurd: {version.plan.region.name}",
            message=f"{actor.name} heeft uw verzoek teruggestuurd.\n\n{text}",
        )


def close_with(decision: Decision, *, version: PlanVersion, actor: Person) -> None:
    """Let a decision answer the open request of its version, if there is one."""
    request = unanswered_request(version)
    if request is None:
        return
    request.closed_on, request.closed_by = decision.decided_on, actor
    request.decision = decision
    if request.requested_by_id != actor.id:
        _send(
            request.requested_by,
            version,
            subject=f"Besluit {decision.reference} over {version.plan.region.name}",
            message=f"{actor.name} heeft besloten op uw verzoek: besluit {decision.reference}.",
        )


def _problems(
    version: PlanVersion,
    permission: Permission,
    note: str,
    holders: list[Person],
    actor: Person,
) -> list[DomainError]:
    if permission not in ASKED_IN.get(version.status, ()):
        message = N_("Dit besluit is nu niet te nemen. Bekijk eerst de stand van het plan.")
        return [WrongState(message)]
    if open_request(version) is not None:
        return [WrongState(N_("Er ligt al een verzoek bij een mandaathouder."))]
    problems: list[DomainError] = []
    if actor in holders:
        problems.append(Invalid(N_("U mag dit besluit zelf nemen."), field="permission"))
    elif not holders:
        message = N_(
            "Niemand heeft nu een mandaat voor dit besluit. Vraag de functioneel beheerder."
        )
        problems.append(Invalid(message, field="permission"))
    if not note:
        problems.append(Invalid(N_("Schrijf op wat u vraagt en waarom."), field="note"))
    return problems


def _holders(version: PlanVersion, permission: Permission) -> list[Person]:
    """Return who may take a decision on a version: by mandate and by their role."""
    people = list_mandate_holders(
        permission,
        programme_id=version.plan.region.programme_id,
        cents=version.budget_cents,
    )
    return [person for person in people if policies.can(person, permission, version)]


def _mandate_problems(request: DecisionRequest, actor: Person) -> list[DomainError]:
    version = request.plan_version
    return mandate_problems(
        actor,
        request.permission,
        programme_id=version.plan.region.programme_id,
        cents=version.budget_cents,
    )


def _send(person: Person, version: PlanVersion, *, subject: str, message: str) -> None:
    address = page_address(f"/plannen/{version.action_plan_id}")
    body = f"Beste {person.name},\n\n{message}\n\nBekijk het hier: {address}\n"
    post(person.email, subject=subject, body=body)

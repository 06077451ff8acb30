"""Applications for a subsidy: writing, submitting, completing, taking up, withdrawing.

What an application says changes in a draft, and while it waits for its completion. Whoever holds
the link of the applicant may write, submit, complete and withdraw; the rest is the ministry's.
"""

from datetime import date, datetime

from vpt_regio import clock, policies
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_outcomes import GRANTED_IN_SOME_WAY
from vpt_regio.domain.subsidy_codes import ApplicationStatus, ProposalStatus, RoundStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION, SUBSIDY_PROPOSAL
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.people import Person
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.policies import Actor, LinkHolder
from vpt_regio.queries.applications import decision_due, next_number, paused_by
from vpt_regio.services import application_notices as notices
from vpt_regio.services import audit, transitions
from vpt_regio.services.application_checks import (
    application_problems,
    lock,
    lock_round,
    require_writable,
)
from vpt_regio.services.application_contents import (
    ApplicationData,
    LineData,
    content_errors,
    details_of,
    fill,
    touch,
)

__all__ = (
    "ApplicationData",
    "LineData",
    "application_problems",
    "ask_completion",
    "complete_application",
    "extend_decision",
    "import_application",
    "record_late",
    "start_application",
    "submit_application",
    "take_up",
    "withdraw_application",
    "write_application",
)

# what a source may tell that became of an application
DECLARED = GRANTED_IN_SOME_WAY | {ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN}


def start_application(
    in_round: SubsidyRound, data: ApplicationData, *, actor: Person
) -> SubsidyApplication:
    """Make a draft under the next number of a round; raises all that is wrong at once."""
    role = policies.require(actor, Permission.APPLICATION_WRITE, in_round)
    if in_round.status is RoundStatus.CANCELLED:
        raise WrongState(N_("Deze ronde is vervallen. Kies een andere ronde."))
    application = _added(in_round, data, actor=actor)
    policies.require_moving(application)
    details = {"number": application.number, "after": details_of(application)}
    audit.record(
        "subsidy_application.created", application, actor=actor, role=role, details=details
    )
    return application


def write_application(
    application: SubsidyApplication,
    data: ApplicationData,
    *,
    actor: Actor,
    expected_version: int | None = None,
) -> SubsidyApplication:
    """Change what a draft says, or an incomplete application within its term.

    Until the round closes an applicant may also put right what was submitted. What was submitted
    stays complete. An applicant never changes the region and the organisation of the register.
    """
    lock(application)
    role = require_writable(application, actor=actor)
    transitions.check_version(application, expected_version)
    raise_all(content_errors(application.round.scheme.programme, data))
    before = details_of(application)
    fill(application, data, with_place=not isinstance(actor, LinkHolder))
    if application.status is not ApplicationStatus.DRAFT:
        raise_all(application_problems(application))
    policies.require_moving(application)
    after = details_of(application)
    if after != before:
        touch(application)
        db.session.flush()
        changed = {
            name: [before[name], after[name]] for name in after if after[name] != before[name]
        }
        audit.record(
            "subsidy_application.changed",
            application,
            actor=actor,
            role=role,
            details={"changed": changed},
        )
    return application


def submit_application(
    application: SubsidyApplication,
    *,
    actor: Actor,
    received_at: datetime | None = None,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Submit a complete draft within the window; the applicant gets a receipt.

    The ministry may give the moment at which a paper came in; for an applicant it is now.
    """
    _begin(application, "submit", actor=actor, expected_version=expected_version)
    application.received_at = _receipt(None if isinstance(actor, LinkHolder) else received_at)
    record = _apply(application, "submit", actor=actor)
    notices.tell_received(application)
    return record


def record_late(
    application: SubsidyApplication,
    *,
    received_at: datetime | None,
    note: str,
    actor: Person,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Record that an application came after the closing; the applicant hears why it is too late.

    It still needs a decision: it is taken up and rejected on that ground.
    """
    _begin(application, "arrive_late", actor=actor, expected_version=expected_version)
    if not application.lines:
        message = N_("Vul eerst minstens één onderdeel met een bedrag in.")
        raise Invalid(message, field="lines")
    application.received_at = _receipt(received_at)
    record = _apply(application, "arrive_late", actor=actor, note=note)
    notices.tell_late(application, note)
    return record


def ask_completion(
    application: SubsidyApplication,
    *,
    what: str,
    actor: Person,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Ask once for what is missing, within the term of the round; the clock stands still."""
    _begin(application, "ask_completion", actor=actor, expected_version=expected_version)
    if any(one.status is ProposalStatus.OPEN for one in application.proposals):
        raise WrongState(
            N_("Er ligt een voorstel voor een besluit. Trek dat eerst in, of wacht op het besluit.")
        )
    today = clock.today()
    term = application.round.completion_days
    application.completion_due_on = date.fromordinal(today.toordinal() + term)
    record = _apply(application, "ask_completion", actor=actor, note=what)
    application.completion_asked, application.completion_asked_on = what, today
    db.session.flush()
    notices.tell_completion_asked(application)
    return record


def complete_application(
    application: SubsidyApplication, *, actor: Actor, expected_version: int | None = None
) -> TransitionRecord:
    """Hand in the completion within its term; the clock runs again."""
    _begin(application, "complete", actor=actor, expected_version=expected_version)
    record = _apply(application, "complete", actor=actor)
    application.completed_on = clock.today()
    application.paused_days = paused_by(application, clock.today())
    db.session.flush()
    notices.tell_completed(application)
    return record


def take_up(
    application: SubsidyApplication, *, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """Take an application into assessment; an incomplete one only once its term has passed."""
    _begin(application, "take_up", actor=actor, expected_version=expected_version)
    was_incomplete = application.status is ApplicationStatus.INCOMPLETE
    record = _apply(application, "take_up", actor=actor)
    if was_incomplete:
        application.paused_days = paused_by(application, clock.today())
        db.session.flush()
    return record


def withdraw_application(
    application: SubsidyApplication,
    *,
    note: str,
    actor: Actor,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Withdraw an application on which was not decided; what was proposed on it lapses."""
    _begin(application, "withdraw", actor=actor, expected_version=expected_version)
    record = _apply(application, "withdraw", actor=actor, note=note)
    for proposal in application.proposals:
        if proposal.status is ProposalStatus.OPEN:
            transitions.apply(proposal, "lapse", workflow=SUBSIDY_PROPOSAL, actor=actor)
    return record


def extend_decision(
    application: SubsidyApplication,
    *,
    extended_to: date,
    reason: str,
    actor: Person,
    expected_version: int | None = None,
) -> SubsidyApplication:
    """Tell an applicant that the decision comes later, until when and why.

    Source: General Administrative Law Act 4:14.
    """
    lock(application)
    role = policies.require(actor, Permission.APPLICATION_RECORD, application)
    transitions.check_version(application, expected_version)
    due = decision_due(application)
    if due is None:
        raise WrongState(N_("Er loopt geen termijn voor een besluit op deze aanvraag."))
    raise_all(_extension_errors(due.due_on, extended_to, reason))
    application.extension_noticed_on = clock.today()
    application.extended_to, application.extension_reason = extended_to, reason
    db.session.flush()
    audit.record(
        "subsidy_application.extended",
        application,
        actor=actor,
        role=role,
        details={"before": due.due_on, "until": extended_to.strftime("%d-%m-%Y"), "note": reason},
    )
    notices.tell_extended(application)
    return application


def import_application(
    in_round: SubsidyRound,
    data: ApplicationData,
    *,
    declared_outcome: ApplicationStatus,
    declared_cents: int | None,
    declared: FuzzyDate | None,
    declared_source: str,
    actor: Person,
) -> SubsidyApplication:
    """Keep an application of which a source tells the outcome; what it does not tell is unknown.

    `declared_cents` is what was granted. Without lines the amount that was asked is unknown.
    """
    role = policies.require(actor, Permission.SUBSIDY_IMPORT, in_round)
    raise_all(_declared_errors(data, declared_outcome, declared_cents, declared_source))
    application = _added(
        in_round,
        data,
        actor=actor,
        status=declared_outcome,
        declared_outcome=declared_outcome,
        declared_cents=declared_cents,
        declared_on=declared.on if declared else None,
        declared_precision=declared.precision if declared else None,
        declared_words=declared.words if declared else "",
        declared_source=declared_source,
    )
    details = {
        "number": application.number,
        "outcome": SUBSIDY_APPLICATION.state(declared_outcome).label,
        "declared_cents": declared_cents,
        "declared_on": application.declared_on,
        "source": declared_source,
        "after": details_of(application),
    }
    audit.record(
        "subsidy_application.imported", application, actor=actor, role=role, details=details
    )
    return application


def _added(
    in_round: SubsidyRound, data: ApplicationData, *, actor: Person, **values: object
) -> SubsidyApplication:
    raise_all(content_errors(in_round.scheme.programme, data))
    lock_round(in_round)
    number = next_number(in_round)
    # nothing is stored before all of it stands there
    with db.session.no_autoflush:
        application = SubsidyApplication(round=in_round, number=number, author=actor, **values)
        fill(application, data, with_place=True)
    db.session.add(application)
    db.session.flush()
    return application


def _begin(
    application: SubsidyApplication, code: str, *, actor: Actor, expected_version: int | None
) -> None:
    """Check right, version and state, before what belongs to a step is set for its guards."""
    lock(application)
    step = SUBSIDY_APPLICATION.transition(code)
    policies.require(actor, step.permission, application)
    transitions.check_version(application, expected_version)
    transitions.check_state(application, step, SUBSIDY_APPLICATION)


def _apply(
    application: SubsidyApplication, code: str, *, actor: Actor, note: str = ""
) -> TransitionRecord:
    inputs = {"note": note} if note else {}
    return transitions.apply(
        application, code, workflow=SUBSIDY_APPLICATION, actor=actor, inputs=inputs
    )


def _receipt(received_at: datetime | None) -> datetime:
    if received_at is not None and received_at > clock.now():
        message = N_("Het moment van ontvangst ligt in de toekomst.")
        raise Invalid(message, field="received_at")
    return received_at or clock.now()


def _extension_errors(due_on: date, extended_to: date, reason: str) -> list[DomainError]:
    errors: list[DomainError] = []
    if extended_to <= max(due_on, clock.today()):
        message = N_("Kies een dag na %(day)s: dan is de laatste dag nu.")
        if due_on < clock.today():
            message = N_("Kies een dag die nog komt. De termijn liep tot en met %(day)s.")
        params = {"day": due_on.strftime("%d-%m-%Y")}
        errors.append(Invalid(message, field="extended_to", params=params))
    if not reason:
        errors.append(Invalid(N_("Vul de reden van het uitstel in."), field="reason"))
    return errors


def _declared_errors(
    data: ApplicationData, outcome: ApplicationStatus, cents: int | None, source: str
) -> list[DomainError]:
    errors: list[DomainError] = []
    requested = sum(line.cents for line in data.lines) or None
    if outcome not in DECLARED:
        message = N_("Vul de uitkomst in: toegekend, afgewezen of ingetrokken.")
        errors.append(Invalid(message, field="declared_outcome"))
    if not source:
        errors.append(Invalid(N_("Vul in welke bron dit vermeldt."), field="declared_source"))
    if cents is not None and (outcome not in GRANTED_IN_SOME_WAY or cents <= 0):
        message = N_("Een bedrag hoort bij een toekenning en is meer dan nul.")
        errors.append(Invalid(message, field="declared_cents"))
    elif cents is not None and requested is not None and cents > requested:
        message = N_("Er kan niet meer zijn toegekend dan is gevraagd.")
        errors.append(Invalid(message, field="declared_cents"))
    return errors

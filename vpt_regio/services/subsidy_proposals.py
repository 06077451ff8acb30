"""Proposals for decisions on applications: made by one person, for another one to decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import (
    PROPOSAL_KIND_LABELS,
    PilotStatus,
    ProposalKind,
    RejectionGround,
)
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.subsidies import (
    SUBSIDY_APPLICATION,
    SUBSIDY_PROPOSAL,
    TO_DECIDE,
)
from vpt_regio.errors import DomainError, Invalid, NotAllowed, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.applications import (
    ApplicationLine,
    ProposalLine,
    SubsidyApplication,
    SubsidyProposal,
)
from vpt_regio.models.decisions import Decision
from vpt_regio.models.people import Person
from vpt_regio.outbox import page_address, post
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.queries.subsidy_proposals import ON_APPLICATIONS, open_proposal
from vpt_regio.services import audit, transitions
from vpt_regio.services.plan_parts import cleaned

LONGEST_REASON = 500
# what is due is by now told by a decision on the pilot
ENDED = (PilotStatus.SETTLED, PilotStatus.CLOSED, PilotStatus.REVOKED)


@dataclass(frozen=True)
class LineProposal:
    """What to grant of one line of an application (cents), and why less when it is less."""

    line_id: int
    granted_cents: int
    reason: str = ""


def propose(
    application: SubsidyApplication,
    kind: ProposalKind,
    *,
    lines: Sequence[LineProposal] = (),
    amount_cents: int | None = None,
    ground: RejectionGround | None = None,
    reasoning: str,
    actor: Person,
    expected_version: int | None = None,
) -> SubsidyProposal:
    """Propose to grant all, to grant some lines, or to reject; the reasoning goes in the letter.

    `lines` are for a grant in part and `ground` for a rejection; `amount_cents` is for an
    application of which a source tells no lines. A decided application can get a new proposal:
    its decision will take the place of the earlier one.
    """
    role = policies.require(actor, Permission.APPLICATION_ASSESS, application)
    transitions.check_version(application, expected_version)
    raise_all(proposing_problems(application))
    text = cleaned(reasoning, field="reasoning")
    granted, problems = _granted_lines(application, kind, lines)
    if is_without_lines(application, kind):
        problems += _whole_amount_problems(amount_cents)
    problems += _ground_problems(kind, ground)
    if not text:
        problems.append(Invalid(N_("Vul in waarom u dit voorstelt."), field="reasoning"))
    raise_all(problems)
    is_rejection = kind is ProposalKind.REJECTION
    proposal = SubsidyProposal(
        application=application,
        kind=kind,
        amount_cents=None if is_rejection else _amount(granted, amount_cents),
        rejection_ground=ground if is_rejection else None,
        reasoning=text,
        author=actor,
        proposed_on=clock.today(),
        lines=granted,
    )
    db.session.add(proposal)
    details = {"kind": PROPOSAL_KIND_LABELS[kind], "amount_cents": proposal.amount_cents}
    audit.record(
        "subsidy_application.proposed", application, actor=actor, role=role, details=details
    )
    return proposal


def proposing_problems(application: SubsidyApplication) -> list[DomainError]:
    """Return why nothing can be proposed on an application now; empty when something can."""
    if application.status not in TO_DECIDE:
        state = SUBSIDY_APPLICATION.state(application.status).label
        return [
            WrongState(
                N_("De aanvraag is ‘%(state)s’. Neem die eerst in behandeling."),
                params={"state": state},
            )
        ]
    if open_proposal(application) is not None:
        message = N_("Er ligt al een voorstel over deze aanvraag. Trek dat eerst in of wacht erop.")
        return [WrongState(message, code="proposed_already")]
    pilot = pilot_of(application)
    if pilot is not None and pilot.status in ENDED:
        return [
            WrongState(
                N_(
                    "De subsidie is al vastgesteld of ingetrokken."
                    " Over de aanvraag kan niet meer anders worden beslist."
                )
            )
        ]
    return []


def send_back(
    proposal: SubsidyProposal, *, note: str, actor: Person, expected_version: int | None = None
) -> None:
    """Give a proposal back to who made it, with what has to be different."""
    text = cleaned(note, field="note")
    transitions.apply(
        proposal,
        "send_back",
        workflow=SUBSIDY_PROPOSAL,
        actor=actor,
        inputs={"note": text},
        expected_version=expected_version,
    )
    proposal.answer = text
    tell_author(
        proposal,
        subject=f"Voorstel teruggestuurd: {name_of(proposal)}",
        message=f"{actor.name} heeft uw voorstel teruggestuurd.\n\n{text}",
    )


def withdraw_proposal(
    proposal: SubsidyProposal, *, actor: Person, expected_version: int | None = None
) -> None:
    """Take a proposal back before it is decided on."""
    transitions.apply(
        proposal,
        "withdraw",
        workflow=SUBSIDY_PROPOSAL,
        actor=actor,
        expected_version=expected_version,
    )


def close_with(proposal: SubsidyProposal, decision: Decision, *, actor: Person) -> None:
    """Let a decision answer the proposal from which it was made, and tell who proposed it."""
    # status and decision are stored together: one never stands without the other
    with db.session.no_autoflush:
        proposal.decision = decision
        transitions.apply(proposal, "decide", workflow=SUBSIDY_PROPOSAL, actor=actor)
    tell_author(
        proposal,
        subject=f"Besluit {decision.reference}: {name_of(proposal)}",
        message=f"{actor.name} heeft volgens uw voorstel beslist: besluit {decision.reference}.",
    )


def require_open(proposal: SubsidyProposal, *kinds: ProposalKind) -> None:
    """Raise WrongState when a proposal does not wait for a decision, or is of another kind."""
    if proposal.kind not in kinds:
        raise WrongState(N_("Over dit voorstel wordt op een andere plek beslist."))
    step = SUBSIDY_PROPOSAL.transition("decide")
    transitions.check_state(proposal, step, SUBSIDY_PROPOSAL)


def name_of(proposal: SubsidyProposal) -> str:
    """Return in Dutch what a proposal would do, and for whom."""
    return f"{PROPOSAL_KIND_LABELS[proposal.kind]}, {proposal.subject.organisation_name}"


def tell_author(proposal: SubsidyProposal, *, subject: str, message: str) -> None:
    address = page_address(f"/subsidies/voorstellen/{proposal.id}")
    person = proposal.author
    body = f"Beste {person.name},\n\n{message}\n\nBekijk het hier: {address}\n"
    post(person.email, subject=subject, body=body)


@transitions.guard(SUBSIDY_PROPOSAL, Guard.NOT_AUTHOR)
def not_own_proposal(proposal: SubsidyProposal, actor: Person) -> list[DomainError]:
    if proposal.author_id != actor.id:
        return []
    return [
        NotAllowed(
            N_("U hebt dit zelf voorgesteld. U kunt uw voorstel wel intrekken."),
            code="not_author",
        )
    ]


def _granted_lines(
    application: SubsidyApplication, kind: ProposalKind, lines: Sequence[LineProposal]
) -> tuple[list[ProposalLine], list[DomainError]]:
    """Return what a proposal grants of each line, and what is wrong with that."""
    if kind not in ON_APPLICATIONS:
        raise WrongState(N_("Over dit voorstel wordt op een andere plek beslist."))
    if kind is ProposalKind.REJECTION:
        return [], []
    if kind is ProposalKind.GRANT or not application.lines:
        return [_line(line, line.requested_cents) for line in application.lines], []
    known = {line.id: line for line in application.lines}
    if sorted(one.line_id for one in lines) != sorted(known):
        message = N_("Vul bij elk onderdeel van de aanvraag in wat u toekent.")
        return [], [Invalid(message, code="lines")]
    problems: list[DomainError] = []
    for one in lines:
        problems += _line_problems(one, known[one.line_id])
    problems = problems or _total_problems(application, sum(one.granted_cents for one in lines))
    granted = [
        _line(known[one.line_id], one.granted_cents, one.reason.strip())
        for one in lines
        if not problems
    ]
    return granted, problems


def is_without_lines(application: SubsidyApplication, kind: ProposalKind) -> bool:
    """Tell whether a grant is one amount, because a source does not tell what was asked for."""
    return kind is not ProposalKind.REJECTION and not application.lines


def _whole_amount_problems(cents: int | None) -> list[DomainError]:
    if cents is not None and cents > 0:
        return []
    return [Invalid(N_("Vul een bedrag in van meer dan 0 euro."), field="amount")]


def _amount(granted: Sequence[ProposalLine], whole_cents: int | None) -> int | None:
    return sum(line.granted_cents for line in granted) if granted else whole_cents


def _line(line: ApplicationLine, cents: int, reason: str = "") -> ProposalLine:
    return ProposalLine(application_line=line, granted_cents=cents, reason=reason)


def _line_problems(one: LineProposal, line: ApplicationLine) -> list[DomainError]:
    amount, reason = f"granted_{line.id}", f"reason_{line.id}"
    if one.granted_cents < 0:
        return [Invalid(N_("Vul een bedrag van 0 euro of meer in."), field=amount)]
    if one.granted_cents > line.requested_cents:
        message = N_("Dit is meer dan er voor dit onderdeel is gevraagd.")
        return [Invalid(message, field=amount)]
    text = cleaned(one.reason, field=reason, maximum=LONGEST_REASON)
    if one.granted_cents < line.requested_cents and not text:
        message = N_("Vul in waarom u voor dit onderdeel minder toekent.")
        return [Invalid(message, field=reason)]
    return []


def _total_problems(application: SubsidyApplication, total: int) -> list[DomainError]:
    if total == application.requested_cents:
        message = N_("U kent alles toe wat is gevraagd. Kies ‘toekennen’.")
        return [Invalid(message, code="whole")]
    if total == 0:
        return [Invalid(N_("U kent niets toe. Kies ‘afwijzen’."), code="nothing")]
    return []


def _ground_problems(kind: ProposalKind, ground: RejectionGround | None) -> list[DomainError]:
    if kind is not ProposalKind.REJECTION or ground is not None:
        return []
    return [Invalid(N_("Kies de grond van de afwijzing."), field="ground")]

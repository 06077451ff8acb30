"""What the letter of a decision on a subsidy tells its recipient, in Dutch, field by field.

The words speak for the minister, on whose behalf is decided. What was paid is that of the day of
the decision; what a later decision changed is not told.
"""

from vpt_regio.clock import AMSTERDAM
from vpt_regio.documents.fields import Field
from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.money import format_euro_letter
from vpt_regio.domain.rules.subsidy_arrangement import Arrangement, Duty, duties_of
from vpt_regio.domain.rules.subsidy_terms import REQUEST_DAYS
from vpt_regio.domain.subsidy_codes import (
    REJECTION_GROUND_LABELS,
    REVOCATION_GROUND_LABELS,
    SETTLEMENT_GROUND_LABELS,
    MoneyDirection,
)
from vpt_regio.models.applications import ProposalLine, SubsidyApplication, SubsidyProposal
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.pilots import arrangement_for, pilot_of
from vpt_regio.queries.subsidy_proposals import proposal_of

UNKNOWN = "niet bekend"
AWARDS = (DecisionKind.SUBSIDY_GRANTED, DecisionKind.SUBSIDY_PARTIALLY_GRANTED)
AFTER_AWARD = (DecisionKind.SUBSIDY_SETTLED, DecisionKind.SUBSIDY_REVOKED)
AWB = "titel 4.2 van de Algemene wet bestuursrecht"

DUTY_SENTENCES = {
    Duty.PROGRESS: "Vertel elk halfjaar hoe het met de activiteiten gaat.",
    Duty.CHANGE_NOTICE: (
        "Meld het meteen als activiteiten later klaar zijn, anders worden of niet doorgaan."
    ),
    Duty.ACTIVITY_REPORT: "Doe na afloop verslag van de activiteiten: wat was gepland en gedaan?",
    Duty.COST_ACCOUNT: "Verantwoord in dat verslag ook de kosten.",
    Duty.AUDIT_OPINION: "Stuur een verklaring van een accountant mee.",
    Duty.SAMPLE_CHECK: "Werk mee als wij controleren of de activiteiten zijn gedaan.",
}


def subsidy_fields(decision: Decision) -> dict[Field, str]:
    """Return the fields of the letter of a decision on an application or on a pilot."""
    pilot = decision.pilot
    application = decision.application or (pilot.application if pilot else None)
    if application is None:
        raise LookupError("a decision on a subsidy is on an application, or on the pilot of one")
    pilot = pilot or pilot_of(application)
    proposal = proposal_of(decision)
    return {
        **_about(application),
        Field.TEXT: _text(decision, application, pilot),
        Field.GRANTED: _amount(_granted_cents(decision, pilot)),
        Field.LINES: _lines(decision, application, proposal),
        Field.GROUND: _ground(proposal),
        **(_award_fields(decision, application, pilot) if decision.kind in AWARDS else {}),
        **(_end_fields(decision, pilot) if decision.kind in AFTER_AWARD and pilot else {}),
    }


def _about(application: SubsidyApplication) -> dict[Field, str]:
    received = application.received_at
    basis = application.round.scheme.legal_basis.strip().rstrip(".")
    subject = application.title or application.organisation_name
    return {
        Field.APPLICANT: application.organisation_name,
        Field.PLACE: application.place,
        Field.ADDRESSEE: "\n".join(
            filter(None, (application.organisation_name, application.place))
        ),
        Field.REGION: application.region.name if application.region else "",
        Field.TITLE: subject,
        Field.VERSION: f"aanvraag {application.number} in {application.round.name}",
        Field.ROUND: application.round.name,
        Field.LEGAL_BASIS: (
            f"Dit besluit steunt op {basis} en op {AWB}."
            if basis
            else f"Dit besluit steunt op {AWB}."
        ),
        Field.RECEIVED: (
            format_dutch_date(received.astimezone(AMSTERDAM).date()) if received else UNKNOWN
        ),
        Field.REQUESTED: _amount(application.requested_cents),
    }


def _text(decision: Decision, application: SubsidyApplication, pilot: Pilot | None) -> str:
    subject = application.title or application.organisation_name
    amount = _amount(decision.amount_cents)
    first = {
        DecisionKind.SUBSIDY_GRANTED: (
            f"Ik geef u een subsidie van {amount} voor ‘{subject}’. Dat is het bedrag dat u vroeg."
        ),
        DecisionKind.SUBSIDY_PARTIALLY_GRANTED: (
            f"Ik geef u een deel van de subsidie die u vroeg voor ‘{subject}’: {amount} van de"
            f" {_amount(application.requested_cents)}."
        ),
        DecisionKind.SUBSIDY_REJECTED: (
            f"Ik wijs uw aanvraag af. U krijgt geen subsidie voor ‘{subject}’."
        ),
        DecisionKind.SUBSIDY_SETTLED: _settled_sentence(decision, pilot, subject, amount),
        DecisionKind.SUBSIDY_REVOKED: (
            f"Ik trek de subsidie voor ‘{subject}’ in. U hebt geen recht meer op {amount}."
        ),
    }[decision.kind]
    lines = [first]
    if decision.replaces is not None:
        earlier = decision.replaces
        lines.append(
            f"Dit besluit komt in de plaats van besluit {earlier.reference} van"
            f" {format_dutch_date(earlier.decided_on)}. Dat besluit geldt niet meer."
        )
    return "\n".join([*lines, decision.note])


def _settled_sentence(decision: Decision, pilot: Pilot | None, subject: str, amount: str) -> str:
    granted = pilot.granted_cents if pilot else None
    rest = (
        "Dat is het bedrag dat u toegekend kreeg."
        if granted == decision.amount_cents
        else f"Dat is lager dan de {_amount(granted)} die u toegekend kreeg."
    )
    is_ex_officio = pilot is not None and pilot.is_ex_officio
    own = " Ik doe dat ambtshalve: u hoefde er niet om te vragen." if is_ex_officio else ""
    return f"Ik stel de subsidie voor ‘{subject}’ vast op {amount}. {rest}{own}"


def _granted_cents(decision: Decision, pilot: Pilot | None) -> int | None:
    if decision.kind in AFTER_AWARD:
        return pilot.granted_cents if pilot else None
    return decision.amount_cents or 0


def _lines(
    decision: Decision, application: SubsidyApplication, proposal: SubsidyProposal | None
) -> str:
    if decision.kind not in AWARDS:
        return ""
    if proposal is not None and proposal.lines:
        return "\n".join(_line(line) for line in proposal.lines)
    return f"– {application.title}: {_amount(decision.amount_cents)}"


def _line(line: ProposalLine) -> str:
    asked = line.application_line
    if line.granted_cents == asked.requested_cents:
        return f"– {asked.description}: {_amount(line.granted_cents)}"
    reason = line.reason if line.reason.endswith((".", "!", "?")) else f"{line.reason}."
    return (
        f"– {asked.description}: {_amount(line.granted_cents)} van de"
        f" {_amount(asked.requested_cents)} die u vroeg. Reden: {reason}"
    )


def _ground(proposal: SubsidyProposal | None) -> str:
    if proposal is None:
        return ""
    if proposal.rejection_ground is not None:
        return REJECTION_GROUND_LABELS[proposal.rejection_ground]
    if proposal.settlement_ground is not None:
        # the label begins with the letter of the ground in the law
        ground = SETTLEMENT_GROUND_LABELS[proposal.settlement_ground]
        return f"De grond daarvoor is artikel 4:46, tweede lid, onder {ground}"
    if proposal.revocation_ground is not None:
        return REVOCATION_GROUND_LABELS[proposal.revocation_ground]
    return ""


def _award_fields(
    decision: Decision, application: SubsidyApplication, pilot: Pilot | None
) -> dict[Field, str]:
    ends = pilot.ends if pilot else None
    last_day = ends.display() if ends else UNKNOWN
    found = arrangement_for(
        decision.programme_id, decision.amount_cents or 0, on=decision.decided_on
    )
    duties = duties_of(found.number) if found else ()
    return {
        Field.LAST_DAY: last_day,
        Field.INSTALMENTS: _instalments(decision, pilot),
        Field.ARRANGEMENT: _arrangement(found) if found else "",
        Field.DUTIES: "\n".join(f"– {DUTY_SENTENCES[duty]}" for duty in duties),
        Field.REQUEST_DUE: _request_due(application, pilot, asks=Duty.ACTIVITY_REPORT in duties),
    }


def _arrangement(found: Arrangement) -> str:
    words = (
        "Wat u moet verantwoorden, hangt af van het bedrag. Voor uw subsidie geldt arrangement"
        f" {found.number} van het Uniform Subsidiekader."
    )
    analogy = (
        " Dat kader gold op de dag van dit besluit nog niet. Ik pas het op dezelfde manier toe."
    )
    return f"{words}{analogy}" if found.by_analogy else words


def _instalments(decision: Decision, pilot: Pilot | None) -> str:
    planned = pilot.instalments if pilot and decision.replaced_by is None else []
    if not planned:
        return "U krijgt nog bericht over wanneer ik het geld betaal."
    return "\n".join(
        f"– {_amount(one.amount_cents)} op {format_dutch_date(one.planned_on)}"
        + (f". Voorwaarde: {one.condition}" if one.condition else "")
        for one in planned
    )


def _request_due(application: SubsidyApplication, pilot: Pilot | None, *, asks: bool) -> str:
    term = _term(REQUEST_DAYS if asks else application.round.settlement_days)
    if not asks:
        return (
            "U hoeft niet te vragen om de subsidie vast te stellen. Dat doe ik zelf, binnen"
            f" {term} na de laatste dag van de activiteiten."
        )
    due = pilot.settlement_request_due if pilot else None
    until = f"uiterlijk op {format_dutch_date(due)}" if due else f"binnen {term} na de laatste dag"
    return f"Stuur uw verslag en vraag mij {until} om de subsidie vast te stellen."


def _term(days: int) -> str:
    weeks, rest = divmod(days, 7)
    return f"{days} dagen" if rest else f"{weeks} weken"


def _end_fields(decision: Decision, pilot: Pilot) -> dict[Field, str]:
    """Return the money of a subsidy at its end, as it was on the day of the decision."""
    is_settled = decision.kind is DecisionKind.SUBSIDY_SETTLED
    due = (decision.amount_cents or 0) if is_settled else 0
    paid = sum(
        payment.amount_cents if payment.direction is MoneyDirection.PAID else -payment.amount_cents
        for payment in pilot.payments
        if payment.paid_on <= decision.decided_on
    )
    return {
        Field.SETTLED: _amount(due) if is_settled else "",
        Field.PAID: _amount(paid),
        Field.BALANCE: _balance(due, paid),
    }


def _balance(due: int, paid: int) -> str:
    received = f"U hebt {_amount(paid)} ontvangen." if paid else "U hebt nog geen geld ontvangen."
    if paid > due:
        return (
            f"{received} Dat is {_amount(paid - due)} te veel. Dat bedrag vorder ik van u terug."
            " U krijgt daarover apart bericht. Daarna hebt u zes weken om te betalen."
        )
    if paid < due:
        return f"{received} U krijgt nog {_amount(due - paid)}."
    return f"{received} U krijgt geen geld meer en u hoeft niets terug te betalen."


def _amount(cents: int | None) -> str:
    return UNKNOWN if cents is None else format_euro_letter(cents)

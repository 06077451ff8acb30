"""The conditions on settling and revoking a subsidy: each returns every reason to refuse."""

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_money import settlement_problems
from vpt_regio.domain.rules.subsidy_terms import is_within_five_years, limitation_on
from vpt_regio.domain.subsidy_codes import (
    FinalReportStatus,
    ProposalKind,
    RevocationGround,
    SettlementGround,
)
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.errors import DomainError, Invalid, NotAllowed, WrongState
from vpt_regio.models.people import Mandate, Person
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.settlements import asks_report, open_proposal
from vpt_regio.services import transitions
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.mandate_checks import mandate_for, mandate_problems

NOT_PROPOSED = N_("Er ligt geen voorstel voor dit besluit. Laat eerst iemand een voorstel doen.")


def valid_mandate(pilot: Pilot, actor: Person, permission: Permission) -> Mandate | None:
    """Return the mandate by which a person may settle or revoke today, the widest first.

    It is weighed by what was granted: who settles at nothing decides on the whole grant. A mandate
    to revoke knows no highest amount.
    """
    return mandate_for(
        actor, permission, programme_id=pilot.programme_id, cents=pilot.granted_cents
    )


@transitions.guard(PILOT, Guard.PROPOSED)
def settlement_is_proposed(pilot: Pilot, _actor: Person) -> list[DomainError]:
    return _proposal_problems(pilot, ProposalKind.SETTLEMENT)


@transitions.guard(PILOT, Guard.PROPOSED, step="revoke")
def revocation_is_proposed(pilot: Pilot, _actor: Person) -> list[DomainError]:
    return _proposal_problems(pilot, ProposalKind.REVOCATION)


@transitions.guard(PILOT, Guard.NOT_AUTHOR)
def not_the_proposer(pilot: Pilot, actor: Person) -> list[DomainError]:
    proposal = open_proposal(pilot)
    if proposal is None or proposal.author_id != actor.id:
        return []
    return [
        NotAllowed(
            N_("U hebt dit voorstel zelf gedaan. Iemand anders moet daarom beslissen."),
            code="not_author",
        )
    ]


@transitions.guard(PILOT, Guard.VALID_MANDATE)
def mandate_to_settle(pilot: Pilot, actor: Person) -> list[DomainError]:
    return _mandate_problems(pilot, actor, Permission.SETTLEMENT_DECIDE)


@transitions.guard(PILOT, Guard.VALID_MANDATE, step="revoke")
def mandate_to_revoke(pilot: Pilot, actor: Person) -> list[DomainError]:
    return _mandate_problems(pilot, actor, Permission.PILOT_REVOKE)


@transitions.guard(PILOT, Guard.WITHIN_FIVE_YEARS)
def within_five_years(pilot: Pilot, _actor: Person) -> list[DomainError]:
    return five_years_errors(pilot)


def five_years_errors(pilot: Pilot) -> list[DomainError]:
    """Before the settlement there is no limit. Source: Awb 4:49, third paragraph."""
    settled_on = pilot.settled_on
    if settled_on is None or is_within_five_years(settled_on, clock.today()):
        return []
    return [
        WrongState(
            N_(
                "De subsidie is vastgesteld op %(settled)s. Intrekken kon tot en met %(last)s:"
                " vijf jaar na de vaststelling."
            ),
            params={
                "settled": day_in_words(settled_on),
                "last": day_in_words(limitation_on(settled_on)),
            },
            code="five_years",
        )
    ]


def revoked_errors(pilot: Pilot) -> list[DomainError]:
    """A revocation is not decided anew, also not when the pilot was closed after it."""
    if pilot.revoked_on is None:
        return []
    message = N_("De subsidie is op %(day)s ingetrokken. Over haar wordt niet meer anders beslist.")
    return [WrongState(message, params={"day": day_in_words(pilot.revoked_on)}, code="revoked")]


def lowering_errors(pilot: Pilot, amount_cents: int) -> list[DomainError]:
    """After five years a settlement is not lowered any more. Source: Awb 4:49, third paragraph."""
    settled_on, settled_cents = pilot.settled_on, pilot.settled_cents
    if settled_on is None or settled_cents is None or amount_cents >= settled_cents:
        return []
    if is_within_five_years(settled_on, clock.today()):
        return []
    message = N_("Lager vaststellen kon tot en met %(last)s: vijf jaar na de eerste vaststelling.")
    params = {"last": day_in_words(limitation_on(settled_on))}
    return [Invalid(message, field="amount", params=params, code="five_years")]


def amount_errors(
    pilot: Pilot, amount_cents: int, ground: SettlementGround | None
) -> list[DomainError]:
    """Return what is wrong with an amount to settle at, and the ground for a lower one."""
    granted = pilot.granted_cents or 0
    is_amount = not 0 <= amount_cents <= granted
    field = "amount" if is_amount else "ground"
    return [
        Invalid(text, field=field) for text in settlement_problems(amount_cents, granted, ground)
    ]


def ground_errors(pilot: Pilot, ground: RevocationGround) -> list[DomainError]:
    """After the settlement money that is short is no ground. Source: Awb 4:48 and 4:49."""
    if pilot.settled_on is None or ground is not RevocationGround.NO_BUDGET:
        return []
    message = N_(
        "De subsidie is al vastgesteld. Dat er geen geld voor is, is dan geen reden meer om haar"
        " in te trekken."
    )
    return [Invalid(message, field="ground")]


def report_errors(pilot: Pilot, *, is_ex_officio: bool) -> list[DomainError]:
    """Return why a pilot cannot be settled on its final report, or without one.

    A report is assessed before anybody proposes what follows from it. Without a report a subsidy
    that asks for one is settled ex officio, and only after the day by which it was due.
    Source: Awb 4:44, 4:46 and 4:47.
    """
    status = pilot.final_report.status if pilot.final_report else None
    if status is FinalReportStatus.SUBMITTED:
        message = N_("Beoordeel eerst het eindverslag: neem het aan of stuur het terug.")
        return [WrongState(message, code="report_not_assessed")]
    if status is FinalReportStatus.ACCEPTED or not asks_report(pilot):
        return []
    if not is_ex_officio:
        message = N_(
            "Er is nog geen aangenomen eindverslag. Wacht daarop, of stel ambtshalve vast."
        )
        return [Invalid(message, field="is_ex_officio", code="no_report")]
    due_on = pilot.settlement_request_due
    if due_on is None or clock.today() > due_on:
        return []
    message = N_(
        "De ontvanger heeft tot en met %(day)s om het eindverslag in te dienen."
        " Daarna kunt u ambtshalve vaststellen."
    )
    params = {"day": day_in_words(due_on)}
    return [Invalid(message, field="is_ex_officio", params=params, code="report_not_due")]


def _proposal_problems(pilot: Pilot, kind: ProposalKind) -> list[DomainError]:
    proposal = open_proposal(pilot)
    if proposal is not None and proposal.kind is kind:
        return []
    return [WrongState(NOT_PROPOSED, code="not_proposed")]


def _mandate_problems(pilot: Pilot, actor: Person, permission: Permission) -> list[DomainError]:
    return mandate_problems(
        actor, permission, programme_id=pilot.programme_id, cents=pilot.granted_cents
    )

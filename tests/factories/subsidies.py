"""Subsidy rounds, applications, decisions and pilots, made without their services."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from tests.factories.people import make_person
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.subsidy_terms import RECOVERY_DAYS, limitation_on
from vpt_regio.domain.subsidy_codes import (
    ApplicationStatus,
    MoneyDirection,
    PilotStatus,
    ProposalKind,
    ProposalStatus,
    RejectionGround,
    RoundStatus,
)
from vpt_regio.extensions import db
from vpt_regio.models.applications import ApplicationLine, SubsidyApplication, SubsidyProposal
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.people import Mandate, Person
from vpt_regio.models.pilots import Pilot, PilotInstalment, PilotPayment, Recovery
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.models.subsidies import SubsidyArrangement, SubsidyRound, SubsidyScheme

_numbers = count(1)
OPENS, CLOSES = date(2012, 4, 2), date(2012, 5, 31)
RECEIVED = datetime(2012, 5, 29, 10, 0, tzinfo=UTC)
DECIDED_ON = date(2012, 7, 2)
STARTS, ENDS = date(2012, 9, 1), date(2013, 8, 31)
DECIDED_KINDS = {
    ProposalKind.GRANT: (ApplicationStatus.GRANTED, DecisionKind.SUBSIDY_GRANTED),
    ProposalKind.PARTIAL_GRANT: (
        ApplicationStatus.PARTIALLY_GRANTED,
        DecisionKind.SUBSIDY_PARTIALLY_GRANTED,
    ),
    ProposalKind.REJECTION: (ApplicationStatus.REJECTED, DecisionKind.SUBSIDY_REJECTED),
}


def make_limits(programme: Programme, *, holds_from: date = date(2013, 7, 1)) -> None:
    """Make the three arrangements with their limits."""
    for number, cents in ((1, 0), (2, 25_000_00), (3, 125_000_00)):
        db.session.add(
            SubsidyArrangement(
                programme_id=programme.id, number=number, from_cents=cents, holds_from=holds_from
            )
        )
    db.session.flush()


def make_scheme(programme: Programme, **values: Any) -> SubsidyScheme:
    number = next(_numbers)
    scheme = SubsidyScheme(
        programme_id=programme.id,
        **{"name": f"Regeling {number}", "legal_basis": "Begroting 2012, artikel 1", **values},
    )
    return _added(scheme)


def make_round(scheme: SubsidyScheme, **values: Any) -> SubsidyRound:
    """Make a round that closed at the end of May 2012."""
    number = next(_numbers)
    defaults = {
        "number": number,
        "name": f"Ronde {number}",
        "status": RoundStatus.OPEN,
        "opens_on": OPENS,
        "opens_precision": "day",
        "closes_on": CLOSES,
        "closes_precision": "day",
        "closing_inclusive": True,
    }
    return _added(SubsidyRound(scheme_id=scheme.id, **{**defaults, **values}))


def make_application(
    in_round: SubsidyRound,
    *,
    status: ApplicationStatus = ApplicationStatus.UNDER_ASSESSMENT,
    amounts: tuple[int, ...] = (10_000_00, 5_000_00),
    region: Region | None = None,
    **values: Any,
) -> SubsidyApplication:
    """Make an application of two lines, together € 15.000,00."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "number": number,
        "organisation_name": f"Instelling {number}",
        "place": "Venlo",
        "title": f"Proef {number}",
        "description": "Eerste punt\nTweede punt",
        "contact_email": f"aanvrager{number}@vpt.example",
        "starts_on": STARTS,
        "ends_on": ENDS,
        "received_at": None if status is ApplicationStatus.DRAFT else RECEIVED,
    }
    application = SubsidyApplication(
        round_id=in_round.id,
        region_id=region.id if region else None,
        status=status,
        requested_cents=sum(amounts) or None,
        completion_due_on=(date(2012, 7, 20) if status is ApplicationStatus.INCOMPLETE else None),
        **{**defaults, **values},
    )
    for position, cents in enumerate(amounts, 1):
        application.lines.append(
            ApplicationLine(
                position=position, description=f"Onderdeel {position}", requested_cents=cents
            )
        )
    return _added(application)


def make_declared(
    in_round: SubsidyRound,
    cents: int | None,
    *,
    outcome: ApplicationStatus = ApplicationStatus.GRANTED_SOME,
    declared_on: date | None = None,
) -> SubsidyApplication:
    """Make an application of which only a source tells what became of it."""
    number = next(_numbers)
    return _added(
        SubsidyApplication(
            round_id=in_round.id,
            number=number,
            organisation_name=f"Instelling {number}",
            title=f"Proef {number}",
            status=outcome,
            declared_outcome=outcome,
            declared_cents=cents,
            declared_on=declared_on,
            declared_source="Brief aan de Kamer",
        )
    )


def make_decider(
    programme: Programme,
    role: Role = Role.MANDATE_HOLDER,
    *,
    maximum: int | None = None,
    permissions: tuple[Permission, ...] = (
        Permission.APPLICATION_DECIDE,
        Permission.SETTLEMENT_DECIDE,
        Permission.PILOT_REVOKE,
    ),
) -> Person:
    """Make somebody with a mandate for the decisions on subsidies."""
    person = make_person(programme, role)
    for permission in permissions:
        give_mandate(person, permission, programme=programme, maximum=maximum)
    return person


def give_mandate(
    person: Person, permission: Permission, *, programme: Programme, maximum: int | None = None
) -> Mandate:
    return _added(
        Mandate(
            programme_id=programme.id,
            person_id=person.id,
            permission=permission,
            on_behalf_of="de minister",
            reference=f"M-{next(_numbers)}",
            max_amount_cents=maximum,
            starts_on=date(2011, 1, 1),
        )
    )


def make_proposal(
    subject: SubsidyApplication | Pilot,
    kind: ProposalKind,
    *,
    author: Person,
    amount_cents: int | None = None,
    **values: Any,
) -> SubsidyProposal:
    is_application = isinstance(subject, SubsidyApplication)
    is_rejection = kind is ProposalKind.REJECTION
    return _added(
        SubsidyProposal(
            application_id=subject.id if is_application else None,
            pilot_id=None if is_application else subject.id,
            kind=kind,
            amount_cents=amount_cents,
            rejection_ground=RejectionGround.QUALITY if is_rejection else None,
            author_id=author.id,
            proposed_on=date(2012, 6, 25),
            **{"reasoning": "Past bij het doel van de ronde.", **values},
        )
    )


def make_decision(
    application: SubsidyApplication,
    kind: ProposalKind = ProposalKind.GRANT,
    *,
    author: Person,
    decider: Person,
    amount_cents: int | None = None,
    decided_on: date = DECIDED_ON,
    reference: str = "",
    replaces: Decision | None = None,
) -> Decision:
    """Decide on an application: proposal, decision and status, without a pilot."""
    amount = application.requested_cents if amount_cents is None else amount_cents
    granted = None if kind is ProposalKind.REJECTION else amount
    status, decision_kind = DECIDED_KINDS[kind]
    mandate = give_mandate(
        decider, Permission.APPLICATION_DECIDE, programme=application.round.scheme.programme
    )
    decision = _added(
        Decision(
            programme_id=application.programme_id,
            kind=decision_kind,
            application_id=application.id,
            reference=reference or f"S-{next(_numbers)}",
            decided_on=decided_on,
            replaces_id=replaces.id if replaces else None,
            replacement_reason="Na bezwaar." if replaces else "",
            decided_by_id=decider.id,
            role=Role.MANDATE_HOLDER,
            on_behalf_of="de minister",
            mandate_id=mandate.id,
            amount_cents=granted,
            note="Volgens het voorstel.",
        )
    )
    proposal = make_proposal(application, kind, author=author, amount_cents=granted)
    proposal.decision_id, proposal.status = decision.id, ProposalStatus.DECIDED
    application.status = status
    db.session.flush()
    return decision


def make_pilot(
    application: SubsidyApplication,
    *,
    granted_cents: int | None = None,
    status: PilotStatus = PilotStatus.AWARDED,
    regions: tuple[Region, ...] = (),
    **values: Any,
) -> Pilot:
    """Make the pilot of a granted application."""
    defaults: dict[str, Any] = {
        "title": application.title,
        "description": application.description,
        "organisation_name": application.organisation_name,
        "place": application.place,
        "award_order": next(_numbers),
        "arrangement": 1,
        "is_by_analogy": True,
        "starts_on": STARTS,
        "starts_precision": "day",
        "ends_on": ENDS,
        "ends_precision": "day",
    }
    return _added(
        Pilot(
            programme_id=application.programme_id,
            application_id=application.id,
            granted_cents=granted_cents or application.requested_cents,
            status=status,
            regions=list(regions),
            **{**defaults, **values},
        )
    )


def make_granted(
    in_round: SubsidyRound,
    *,
    author: Person,
    decider: Person,
    amounts: tuple[int, ...] = (10_000_00, 5_000_00),
    region: Region | None = None,
) -> Pilot:
    """Make an application, its decision and its pilot."""
    application = make_application(in_round, amounts=amounts, region=region)
    make_decision(application, author=author, decider=decider)
    return make_pilot(application, regions=(region,) if region else ())


def make_pilot_without_grant(programme: Programme, *regions: Region, **values: Any) -> Pilot:
    return _added(
        Pilot(
            programme_id=programme.id,
            status=PilotStatus.WITHOUT_GRANT,
            regions=list(regions),
            **{"title": f"Pilot zonder subsidie {next(_numbers)}", **values},
        )
    )


def make_instalment(
    pilot: Pilot, cents: int, *, planned_on: date = date(2012, 9, 3)
) -> PilotInstalment:
    return _added(
        PilotInstalment(
            pilot_id=pilot.id,
            number=len(pilot.instalments) + 1,
            planned_on=planned_on,
            amount_cents=cents,
        )
    )


def make_payment(pilot: Pilot, cents: int, *, recorder: Person, **values: Any) -> PilotPayment:
    return _added(
        PilotPayment(
            pilot_id=pilot.id,
            amount_cents=cents,
            recorded_by_id=recorder.id,
            **{
                "direction": MoneyDirection.PAID,
                "paid_on": date(2012, 7, 5),
                "reference": f"B-{next(_numbers)}",
                **values,
            },
        )
    )


def make_recovery(
    pilot: Pilot, decision: Decision, cents: int, *, recorder: Person, demanded_on: date
) -> Recovery:
    return _added(
        Recovery(
            pilot_id=pilot.id,
            decision_id=decision.id,
            amount_cents=cents,
            demanded_on=demanded_on,
            due_on=date.fromordinal(demanded_on.toordinal() + RECOVERY_DAYS),
            expires_on=limitation_on(demanded_on),
            recorded_by_id=recorder.id,
        )
    )


def _added(instance: Any) -> Any:
    db.session.add(instance)
    db.session.flush()
    return instance

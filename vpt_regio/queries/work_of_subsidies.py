"""What subsidies ask of a person: to decide on proposals, and to keep to the terms."""

from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, joinedload

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_outcomes import PENDING
from vpt_regio.domain.subsidy_codes import (
    ApplicationStatus,
    ProposalKind,
    ProposalStatus,
)
from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.people import Mandate
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.applications import DecisionClock, decision_due
from vpt_regio.queries.work_items import Reach, WorkItem, day_of, within, work_item
from vpt_regio.queries.work_of_decisions import current_mandates

# a decision takes a proposal, and then somebody else
NEARLY_DUE = timedelta(days=14)
DECIDE_BY = {
    ProposalKind.GRANT: Permission.APPLICATION_DECIDE,
    ProposalKind.PARTIAL_GRANT: Permission.APPLICATION_DECIDE,
    ProposalKind.REJECTION: Permission.APPLICATION_DECIDE,
    ProposalKind.SETTLEMENT: Permission.SETTLEMENT_DECIDE,
    ProposalKind.REVOCATION: Permission.PILOT_REVOKE,
}
TITLES = {
    ProposalKind.GRANT: N_("Beslissen over voorstel: toekennen aan %(organisation)s"),
    ProposalKind.PARTIAL_GRANT: N_(
        "Beslissen over voorstel: gedeeltelijk toekennen aan %(organisation)s"
    ),
    ProposalKind.REJECTION: N_("Beslissen over voorstel: %(organisation)s afwijzen"),
    ProposalKind.SETTLEMENT: N_("Beslissen over voorstel: subsidie %(organisation)s vaststellen"),
    ProposalKind.REVOCATION: N_("Beslissen over voorstel: subsidie %(organisation)s intrekken"),
}

Items = tuple[list[WorkItem], list[WorkItem]]


def subsidy_items(reach: Reach) -> Items:
    """Return what subsidies ask of a person, and what of them waits for others."""
    if not any(map(reach.anywhere, (Permission.APPLICATION_ASSESS, *DECIDE_BY.values()))):
        return [], []
    to_do, waiting = _proposal_items(reach)
    more_to_do, more_waiting = _application_items(reach)
    return to_do + more_to_do + _returned_items(reach), waiting + more_waiting


def _proposal_items(reach: Reach) -> Items:
    proposals = db.session.scalars(
        select(SubsidyProposal)
        .where(SubsidyProposal.status == ProposalStatus.OPEN)
        .options(
            joinedload(SubsidyProposal.author),
            joinedload(SubsidyProposal.application).joinedload(SubsidyApplication.round),
            joinedload(SubsidyProposal.pilot).selectinload(Pilot.regions),
        )
        .order_by(SubsidyProposal.id)
    ).all()
    mandates = current_mandates(reach.person) if proposals else []
    to_do: list[WorkItem] = []
    waiting: list[WorkItem] = []
    for proposal in proposals:
        if proposal.author_id == reach.person.id:
            why = N_("Bij een mandaathouder: u hebt dit voorgesteld.")
            waiting.append(_proposal_item(proposal, why))
        elif _is_theirs(proposal, reach, mandates):
            why = N_("%(person)s heeft dit voorgesteld.")
            to_do.append(_proposal_item(proposal, why))
    return to_do, waiting


def _is_theirs(proposal: SubsidyProposal, reach: Reach, mandates: list[Mandate]) -> bool:
    """Tell whether a person may decide on a proposal: by right and mandate, and not on their own.

    What grants nothing has no highest amount.
    """
    permission = DECIDE_BY[proposal.kind]
    application = proposal.application
    if application is not None and application.author_id == reach.person.id:
        return False
    if reach.regions(permission) is not None:
        return False
    cents = proposal.amount_cents
    return any(
        mandate.permission is permission and (cents is None or mandate.covers(cents))
        for mandate in mandates
    )


def _proposal_item(proposal: SubsidyProposal, why: str) -> WorkItem:
    application = proposal.application
    term = decision_due(application) if application is not None else None
    return work_item(
        TITLES[proposal.kind],
        why,
        "proposals.show",
        {"proposal_id": proposal.id},
        params={
            "organisation": proposal.subject.organisation_name,
            "person": proposal.author.name,
        },
        since=proposal.proposed_on,
        due_on=term.due_on if term else None,
    )


def _application_items(reach: Reach) -> Items:
    """Return the applications without a proposal whose term ends soon or has ended."""
    regions = reach.regions(Permission.APPLICATION_ASSESS)
    if regions == frozenset():
        return [], []
    is_proposed = exists().where(
        SubsidyProposal.application_id == SubsidyApplication.id,
        SubsidyProposal.status == ProposalStatus.OPEN,
    )
    applications = db.session.scalars(
        select(SubsidyApplication)
        .where(
            SubsidyApplication.status.in_(sorted(PENDING)),
            within(SubsidyApplication.region_id, regions),
            ~is_proposed,
        )
        .options(joinedload(SubsidyApplication.round))
        .order_by(SubsidyApplication.id)
    )
    to_do: list[WorkItem] = []
    waiting: list[WorkItem] = []
    for application in applications:
        term = decision_due(application)
        if application.status is ApplicationStatus.INCOMPLETE:
            mine, others = _completion_items(application)
            to_do += mine
            waiting += others
        elif term is not None and term.due_on <= clock.today() + NEARLY_DUE:
            to_do.append(_due_item(application, term))
    return to_do, waiting


def _completion_items(application: SubsidyApplication) -> Items:
    due_on = application.completion_due_on
    item_args = {"application_id": application.id}
    params = {"organisation": application.organisation_name}
    if due_on is not None and due_on < clock.today():
        item = work_item(
            N_("Aanvraag van %(organisation)s in behandeling nemen"),
            N_("De termijn om aan te vullen is voorbij."),
            "applications.show",
            item_args,
            params=params,
            since=due_on + timedelta(days=1),
        )
        return [item], []
    item = work_item(
        N_("Aanvraag van %(organisation)s"),
        N_("Bij de aanvrager: er is om een aanvulling gevraagd."),
        "applications.show",
        item_args,
        params=params,
        since=application.completion_asked_on,
        due_on=due_on,
    )
    return [], [item]


def _due_item(application: SubsidyApplication, term: DecisionClock) -> WorkItem:
    why = (
        N_("De termijn om te beslissen is voorbij.")
        if term.is_overdue
        else N_("De termijn om te beslissen is bijna voorbij.")
    )
    received = application.received_at
    return work_item(
        N_("Besluit voorstellen over de aanvraag van %(organisation)s"),
        why,
        "applications.show",
        {"application_id": application.id},
        params={"organisation": application.organisation_name},
        since=day_of(received) if received else None,
        due_on=term.due_on,
    )


def _returned_items(reach: Reach) -> list[WorkItem]:
    """Return the own proposals that were sent back while nobody proposed anything since."""
    later = aliased(SubsidyProposal)
    is_followed = exists().where(
        later.application_id == SubsidyProposal.application_id, later.id > SubsidyProposal.id
    )
    proposals = db.session.scalars(
        select(SubsidyProposal)
        .join(SubsidyProposal.application)
        .where(
            SubsidyProposal.status == ProposalStatus.SENT_BACK,
            SubsidyProposal.author_id == reach.person.id,
            SubsidyApplication.status == ApplicationStatus.UNDER_ASSESSMENT,
            ~is_followed,
        )
        .options(joinedload(SubsidyProposal.application))
        .order_by(SubsidyProposal.id)
    )
    return [
        work_item(
            N_("Nieuw voorstel doen over de aanvraag van %(organisation)s"),
            N_("Uw voorstel is teruggestuurd."),
            "proposals.show",
            {"proposal_id": proposal.id},
            params={"organisation": proposal.subject.organisation_name},
            since=day_of(proposal.updated_at),
        )
        for proposal in proposals
    ]

"""Decisions on applications, made from proposals of others: one by one, or in one sitting."""

from collections.abc import Sequence

from vpt_regio import clock
from vpt_regio.domain.money import format_euro_sentence
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.subsidy_ceiling import fits
from vpt_regio.domain.subsidy_codes import ProposalKind
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION
from vpt_regio.errors import DomainError, Invalid, NotAllowed, WrongState, raise_all
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.people import Mandate, Person
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.history import has_done
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.queries.subsidy_outcomes import meter_on
from vpt_regio.queries.subsidy_proposals import (
    ON_APPLICATIONS,
    Candidate,
    candidates_of,
    granted_on,
    open_proposal,
    standing_on_application,
)
from vpt_regio.services import pilots, transitions
from vpt_regio.services.decisions import record_decision
from vpt_regio.services.mandate_checks import mandate_for, mandate_problems
from vpt_regio.services.plan_parts import cleaned
from vpt_regio.services.subsidy_proposals import close_with, require_open

STEPS = {
    ProposalKind.GRANT: ("grant", DecisionKind.SUBSIDY_GRANTED),
    ProposalKind.PARTIAL_GRANT: ("grant_in_part", DecisionKind.SUBSIDY_PARTIALLY_GRANTED),
    ProposalKind.REJECTION: ("reject", DecisionKind.SUBSIDY_REJECTED),
}

WRITING_ACTIONS = (
    "subsidy_application.changed",
    f"{SUBSIDY_APPLICATION.code}.submit",
    f"{SUBSIDY_APPLICATION.code}.complete",
)


def decide_application(
    proposal: SubsidyProposal, *, note: str, actor: Person, expected_version: int | None = None
) -> Decision:
    """Decide on an application as was proposed; a standing decision on it makes room.

    The text of the decision is the reasoning of the proposal, and below it the note if there is
    one. Afterwards the pilot follows: awarded, changed, awarded again, or lapsed.
    """
    require_open(proposal, *ON_APPLICATIONS)
    transitions.check_version(proposal, expected_version)
    application = _application_of(proposal)
    extra = cleaned(note, field="note")
    step, kind = STEPS[proposal.kind]
    record = transitions.apply(
        application,
        step,
        workflow=SUBSIDY_APPLICATION,
        actor=actor,
        inputs={"note": extra},
    )
    standing = standing_on_application(application)
    decision = record_decision(
        kind,
        actor=actor,
        role=Role(record.actor_role),
        note="\n".join(text for text in (proposal.reasoning, extra) if text),
        application=application,
        mandate=_mandate(proposal, application, actor),
        amount_cents=proposal.amount_cents,
        decided_on=record.effective_on,
        replaces=standing,
        replacement_reason=proposal.reasoning if standing else "",
    )
    close_with(proposal, decision, actor=actor)
    _let_pilot_follow(decision, actor)
    return decision


def decide_together(
    proposals: Sequence[SubsidyProposal], *, note: str, actor: Person
) -> list[Decision]:
    """Decide on several proposals of one round in one sitting: all of them, or none.

    The ceiling holds for the sum. Raises every reason to refuse at once, before anything is done.
    """
    if not proposals:
        raise Invalid(N_("Kies minstens één voorstel."), field="proposals")
    candidates = candidates_of(dict.fromkeys(proposals))
    if len({one.application.round_id for one in candidates}) != 1 or len(candidates) != len(
        set(proposals)
    ):
        raise Invalid(N_("Kies voorstellen uit één ronde."), field="proposals")
    for one in candidates:
        require_open(one.proposal, *ON_APPLICATIONS)
    problems = sitting_problems(candidates, actor)
    raise_all(problems)
    # what takes money off goes first, so that the others fit on the way as they do in the end
    ordered = sorted(candidates, key=lambda one: (one.extra_cents > 0, one.application.number))
    decisions = [decide_application(one.proposal, note=note, actor=actor) for one in ordered]
    return sorted(decisions, key=lambda decision: decision.id)


def sitting_problems(candidates: Sequence[Candidate], actor: Person) -> list[DomainError]:
    """Return why a person cannot decide on these proposals together; each reason once."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], DomainError] = {}
    for one in candidates:
        for problem in decision_blockers(one.proposal, actor):
            if problem.code != "ceiling":
                found.setdefault((problem.message, tuple(sorted(problem.params.items()))), problem)
    problems = list(found.values())
    if candidates:
        in_round = candidates[0].application.round
        extra = sum(one.extra_cents for one in candidates)
        problems += _ceiling_problems(in_round, extra)
    return problems


def decision_blockers(proposal: SubsidyProposal, actor: Person) -> list[DomainError]:
    """Return why a person cannot decide on a proposal on an application now."""
    try:
        require_open(proposal, *ON_APPLICATIONS)
    except WrongState as error:
        return [error]
    step, _kind = STEPS[proposal.kind]
    return transitions.blockers(
        _application_of(proposal), step, workflow=SUBSIDY_APPLICATION, actor=actor
    )


@transitions.guard(SUBSIDY_APPLICATION, Guard.PROPOSED)
def proposed(application: SubsidyApplication, _actor: Person) -> list[DomainError]:
    proposal = open_proposal(application)
    if proposal is None:
        return [WrongState(N_("Er is nog geen voorstel waarover u kunt beslissen."))]
    asked = {line.id: line.requested_cents for line in application.lines}
    if not asked:
        return []
    if proposal.kind is ProposalKind.GRANT and proposal.amount_cents != sum(asked.values()):
        return [_outdated(application)]
    changed = any(
        line.granted_cents > asked.get(line.application_line_id, -1) for line in proposal.lines
    )
    if proposal.kind is ProposalKind.PARTIAL_GRANT and changed:
        return [_outdated(application)]
    return []


@transitions.guard(SUBSIDY_APPLICATION, Guard.NOT_AUTHOR)
def decided_by_another(application: SubsidyApplication, actor: Person) -> list[DomainError]:
    proposal = open_proposal(application)
    params = {"organisation": application.organisation_name}
    if proposal is not None and proposal.author_id == actor.id:
        message = N_(
            "U hebt zelf het voorstel over %(organisation)s gedaan."
            " Iemand anders moet daarom beslissen."
        )
        return [NotAllowed(message, params=params, code="not_author")]
    if application.author_id == actor.id or has_done(actor, WRITING_ACTIONS, application):
        message = N_(
            "U hebt de aanvraag van %(organisation)s zelf ingevoerd."
            " Iemand anders moet daarom beslissen."
        )
        return [NotAllowed(message, params=params, code="not_author")]
    return []


@transitions.guard(SUBSIDY_APPLICATION, Guard.VALID_MANDATE)
def mandate_to_decide(application: SubsidyApplication, actor: Person) -> list[DomainError]:
    proposal = open_proposal(application)
    return mandate_problems(
        actor,
        Permission.APPLICATION_DECIDE,
        programme_id=application.programme_id,
        cents=_weight_of(proposal, application) if proposal else None,
    )


@transitions.guard(SUBSIDY_APPLICATION, Guard.WITHIN_CEILING)
def within_ceiling(application: SubsidyApplication, _actor: Person) -> list[DomainError]:
    proposal = open_proposal(application)
    if proposal is None or proposal.amount_cents is None:
        return []
    extra = proposal.amount_cents - granted_on(application)
    return _ceiling_problems(application.round, extra)


def _application_of(proposal: SubsidyProposal) -> SubsidyApplication:
    if proposal.application is None:
        raise LookupError("the proposal is on a pilot")
    return proposal.application


def _mandate(
    proposal: SubsidyProposal, application: SubsidyApplication, actor: Person
) -> Mandate | None:
    return mandate_for(
        actor,
        Permission.APPLICATION_DECIDE,
        programme_id=proposal.programme_id,
        cents=_weight_of(proposal, application),
    )


def _weight_of(proposal: SubsidyProposal, application: SubsidyApplication) -> int | None:
    """Return the amount (cents) that a decision is about: what it grants, or takes away.

    None, and so no limit, for a rejection of what was not granted before.
    """
    return max(proposal.amount_cents or 0, granted_on(application)) or None


def _let_pilot_follow(decision: Decision, actor: Person) -> None:
    application = decision.application
    if application is None:
        raise LookupError("the decision is not on an application")
    if decision.amount_cents is not None:
        pilots.award(
            application, amount_cents=decision.amount_cents, on=decision.decided_on, actor=actor
        )
        return
    pilot = pilot_of(application)
    if pilot is not None:
        pilots.lapse(pilot, actor=actor)


def _outdated(application: SubsidyApplication) -> DomainError:
    return WrongState(
        N_(
            "De aanvraag van %(organisation)s is na het voorstel veranderd."
            " Stuur het voorstel terug."
        ),
        params={"organisation": application.organisation_name},
    )


def _ceiling_problems(in_round: SubsidyRound, extra: int) -> list[DomainError]:
    meter = meter_on(clock.today(), in_round)
    if fits(meter, extra):
        return []
    left = max(meter.left_cents or 0, 0)
    return [
        Invalid(
            N_(
                "Dit past niet onder het plafond van %(ceiling)s van %(round)s."
                " Er is nog %(left)s te verdelen en dit besluit vraagt %(extra)s."
            ),
            params={
                "round": in_round.name,
                "ceiling": format_euro_sentence(meter.ceiling_cents or 0),
                "left": format_euro_sentence(left),
                "extra": format_euro_sentence(extra),
            },
            code="ceiling",
        )
    ]

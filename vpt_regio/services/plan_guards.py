"""The conditions on the steps of an action plan: each returns every reason to refuse."""

from vpt_regio import clock, policies
from vpt_regio.domain.enums import WATCH_DUTY_LABELS, WatchDuty
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN
from vpt_regio.errors import DomainError, Invalid, NotAllowed, WrongState
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.people import Mandate, Person
from vpt_regio.queries.action_plans import has_written
from vpt_regio.queries.decisions import standing_decision
from vpt_regio.queries.plan_facts import available_cents, gaps_of
from vpt_regio.queries.remarks import sections_with_news, unsettled_musts
from vpt_regio.services import transitions
from vpt_regio.services.covenants import require_in_force
from vpt_regio.services.mandate_checks import MANDATED, mandate_for, mandate_problems

# a decision is taken back by whoever might have taken it: with the same right and mandate
TAKEN_BY = {
    DecisionKind.PLAN_ADOPTED: Permission.ACTION_PLAN_ADOPT,
    DecisionKind.PLAN_APPROVED: Permission.ACTION_PLAN_APPROVE,
    DecisionKind.PLAN_REFUSED: Permission.ACTION_PLAN_REFUSE,
}


def valid_mandate(version: PlanVersion, actor: Person, permission: Permission) -> Mandate | None:
    """Return the mandate by which a person may decide on a version today, the widest first."""
    return mandate_for(
        actor,
        permission,
        programme_id=version.plan.region.programme_id,
        cents=version.budget_cents,
    )


@transitions.guard(ACTION_PLAN, Guard.COMPLETE)
def complete(version: PlanVersion, _actor: Person) -> list[DomainError]:
    return [
        Invalid(gap.message, field=gap.field, params=gap.params, code=gap.code)
        for gap in gaps_of(version)
    ]


@transitions.guard(ACTION_PLAN, Guard.IN_FORCE)
def in_force(version: PlanVersion, _actor: Person) -> list[DomainError]:
    return require_in_force(version.plan.covenant, clock.today())


@transitions.guard(ACTION_PLAN, Guard.HAS_REMARK)
def has_remark(version: PlanVersion, _actor: Person) -> list[DomainError]:
    # a remark of an earlier version that was opened again says as much as a new one
    if version.remarks or sections_with_news(version):
        return []
    return [
        Invalid(
            N_("Maak eerst minstens één opmerking, zodat de projectleider weet wat er anders moet.")
        )
    ]


@transitions.guard(ACTION_PLAN, Guard.NO_OPEN_MUST)
def no_open_must(version: PlanVersion, _actor: Person) -> list[DomainError]:
    return [
        Invalid(
            N_("Een opmerking die opgelost moet zijn, is nog niet afgehandeld: %(remark)s"),
            code="open_must",
            params={"remark": remark.body},
        )
        for remark in unsettled_musts(version.plan)
    ]


@transitions.guard(ACTION_PLAN, Guard.NEWEST_VERSION)
def newest_version(version: PlanVersion, _actor: Person) -> list[DomainError]:
    if version is version.plan.latest:
        return []
    return [WrongState(N_("Er is al een nieuwere versie van dit plan."))]


@transitions.guard(ACTION_PLAN, Guard.DUTIES_SCORED)
def duties_scored(version: PlanVersion, _actor: Person) -> list[DomainError]:
    scored = {score.duty for score in version.duty_scores}
    return [
        Invalid(
            N_("Geef een oordeel over: %(duty)s."),
            field=f"score_{duty}",
            params={"duty": WATCH_DUTY_LABELS[duty]},
        )
        for duty in WatchDuty
        if duty not in scored
    ]


@transitions.guard(ACTION_PLAN, Guard.SUFFICIENCY_FILLED)
def sufficiency_filled(version: PlanVersion, _actor: Person) -> list[DomainError]:
    check = version.sufficiency
    if check is None:
        return [Invalid(N_("Vul de toets op toereikendheid in."), field="reasoning")]
    if check.available_cents != available_cents(version):
        return [
            Invalid(
                N_(
                    "Het beschikbare bedrag is na de toets op toereikendheid veranderd."
                    " Toets opnieuw."
                ),
                field="reasoning",
            )
        ]
    return []


@transitions.guard(ACTION_PLAN, Guard.NOT_AUTHOR)
def not_author(version: PlanVersion, actor: Person) -> list[DomainError]:
    if not has_written(actor, version.plan):
        return []
    return [
        NotAllowed(
            N_("U hebt zelf aan dit plan geschreven. Iemand anders moet daarom beslissen."),
            code="not_author",
        )
    ]


@transitions.guard(ACTION_PLAN, Guard.VALID_MANDATE)
def mandate_to_approve(version: PlanVersion, actor: Person) -> list[DomainError]:
    return _mandate_problems(version, actor, Permission.ACTION_PLAN_APPROVE)


@transitions.guard(ACTION_PLAN, Guard.VALID_MANDATE, step="reopen")
def right_to_take_back(version: PlanVersion, actor: Person) -> list[DomainError]:
    """Ask for the right and the mandate to take the decision that is taken back."""
    decision = standing_decision(version)
    if decision is None:
        return [WrongState(N_("Van dit plan is geen besluit vastgelegd dat u kunt terugnemen."))]
    return deciding_problems(decision, actor)


@transitions.guard(ACTION_PLAN, Guard.VALID_MANDATE, step="refuse")
def mandate_to_refuse(version: PlanVersion, actor: Person) -> list[DomainError]:
    return _mandate_problems(version, actor, Permission.ACTION_PLAN_REFUSE)


def deciding_problems(decision: Decision, actor: Person) -> list[DomainError]:
    """Return why a person may not take such a decision on a plan themselves today."""
    version = decision.plan_version
    permission = TAKEN_BY.get(decision.kind)
    if version is None or permission is None:
        return []
    answer = policies.can(actor, permission, version)
    if not answer:
        return [NotAllowed(answer.reason, params=dict(answer.params))]
    if permission not in MANDATED:
        return []
    return _mandate_problems(version, actor, permission)


def _mandate_problems(
    version: PlanVersion, actor: Person, permission: Permission
) -> list[DomainError]:
    return mandate_problems(
        actor,
        permission,
        programme_id=version.plan.region.programme_id,
        cents=version.budget_cents,
    )

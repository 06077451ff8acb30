"""The conditions on the steps of an action plan: each returns every reason to refuse."""

from datetime import date

from vpt_regio import clock
from vpt_regio.domain.enums import WATCH_DUTY_LABELS, WatchDuty
from vpt_regio.domain.money import format_euro_sentence
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.errors import DomainError, Invalid, NotAllowed, WrongState
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.people import Mandate, Person
from vpt_regio.queries.action_plans import has_written
from vpt_regio.queries.decisions import list_mandates
from vpt_regio.queries.plan_facts import available_cents, gaps_of
from vpt_regio.queries.remarks import unsettled_musts
from vpt_regio.services import transitions
from vpt_regio.services.covenants import require_in_force

NO_MANDATE = {
    Permission.ACTION_PLAN_APPROVE: N_(
        "U hebt vandaag geen mandaat om plannen goed te keuren. Een mandaathouder moet beslissen."
    ),
    Permission.ACTION_PLAN_REFUSE: N_(
        "U hebt vandaag geen mandaat om plannen af te wijzen. Een mandaathouder moet beslissen."
    ),
}


def valid_mandate(version: PlanVersion, actor: Person, permission: Permission) -> Mandate | None:
    """Return the mandate by which a person may decide on a version today, the widest first."""
    usable = [
        mandate
        for mandate in _mandates(version, actor, permission)
        if mandate.holds_on(clock.today()) and mandate.covers(version.budget_cents)
    ]
    return max(usable, key=_reach, default=None)


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
    if version.remarks:
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
def mandate_to_replace(version: PlanVersion, actor: Person) -> list[DomainError]:
    """Ask for a mandate to take the decision that is taken back."""
    if version.status is ActionPlanStatus.PROVISIONALLY_ADOPTED:
        return []
    is_refused = version.status is ActionPlanStatus.REFUSED
    permission = Permission.ACTION_PLAN_REFUSE if is_refused else Permission.ACTION_PLAN_APPROVE
    return _mandate_problems(version, actor, permission)


@transitions.guard(ACTION_PLAN, Guard.VALID_MANDATE, step="refuse")
def mandate_to_refuse(version: PlanVersion, actor: Person) -> list[DomainError]:
    return _mandate_problems(version, actor, Permission.ACTION_PLAN_REFUSE)


def _mandate_problems(
    version: PlanVersion, actor: Person, permission: Permission
) -> list[DomainError]:
    mandates = _mandates(version, actor, permission)
    today = clock.today()
    current = [mandate for mandate in mandates if mandate.holds_on(today)]
    if any(mandate.covers(version.budget_cents) for mandate in current):
        return []
    if current:
        return [_too_low(max(current, key=_reach), version)]
    expired = [
        mandate.ends_on for mandate in mandates if mandate.ends_on and mandate.ends_on < today
    ]
    return [_expired(max(expired))] if expired else [Invalid(NO_MANDATE[permission])]


def _mandates(version: PlanVersion, actor: Person, permission: Permission) -> list[Mandate]:
    return list_mandates(actor, permission, programme_id=version.plan.region.programme_id)


def _reach(mandate: Mandate) -> float:
    return float("inf") if mandate.max_amount_cents is None else mandate.max_amount_cents


def _too_low(mandate: Mandate, version: PlanVersion) -> DomainError:
    return Invalid(
        N_(
            "Dit plan kost %(planned)s. Uw mandaat gaat tot en met %(maximum)s."
            " Een mandaathouder moet beslissen."
        ),
        params={
            "planned": format_euro_sentence(version.budget_cents),
            "maximum": format_euro_sentence(mandate.max_amount_cents or 0),
        },
        code="mandate_too_low",
    )


def _expired(last_day: date) -> DomainError:
    return Invalid(
        N_("Uw mandaat gold tot en met %(day)s. Een mandaathouder moet beslissen."),
        params={"day": last_day.strftime("%d-%m-%Y")},
        code="mandate_expired",
    )

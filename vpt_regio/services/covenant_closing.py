"""The end of a covenant: closing it once all is settled, or ending it early for the minister."""

from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.money import format_euro
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.covenant_money import Position
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.covenants import COVENANT
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenant_money import asks_final_account, has_run_out, money_of
from vpt_regio.services import transitions
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.decisions import record_decision
from vpt_regio.services.mandate_checks import mandate_for, mandate_problems
from vpt_regio.services.notices import tell


def close_covenant(
    covenant: Covenant, *, actor: Person, expected_version: int | None = None
) -> None:
    """Close a covenant that ended and of which all money is accounted for and settled.

    Raises NotAllowed, Conflict, WrongState, or everything together that is still to be done.
    """
    with db.session.no_autoflush:
        transitions.apply(
            covenant, "close", workflow=COVENANT, actor=actor, expected_version=expected_version
        )
        last_day = covenant.last_day
        covenant.ended_on = min(last_day, clock.today()) if last_day else clock.today()
    db.session.flush()


def terminate_covenant(
    covenant: Covenant,
    *,
    ended_on: date,
    reason: str,
    actor: Person,
    expected_version: int | None = None,
) -> Decision:
    """End a covenant early on behalf of the minister; return the decision.

    `ended_on` is the last day on which it holds. Raises NotAllowed, Conflict, WrongState, or
    every reason together: no valid mandate, a day outside the term, no reason.
    """
    step = COVENANT.transition("terminate")
    policies.require(actor, step.permission, covenant)
    transitions.check_version(covenant, expected_version)
    transitions.check_state(covenant, step, COVENANT)
    text = reason.strip()
    raise_all(
        _day_errors(covenant, ended_on)
        + ([] if text else [Invalid(N_("Vul de reden in."), field="reason")])
        + _mandate_errors(covenant, actor)
    )
    mandate = mandate_for(
        actor,
        Permission.COVENANT_TERMINATE,
        programme_id=covenant.programme_id,
        cents=covenant.available_cents,
    )
    record = transitions.apply(
        covenant,
        "terminate",
        workflow=COVENANT,
        actor=actor,
        inputs={"note": text},
        effective_on=ended_on,
    )
    covenant.ended_on = ended_on
    db.session.flush()
    decision = record_decision(
        DecisionKind.COVENANT_TERMINATED,
        actor=actor,
        role=Role(record.actor_role),
        note=text,
        covenant=covenant,
        mandate=mandate,
        amount_cents=covenant.available_cents,
    )
    _tell_ended(covenant, decision, actor)
    return decision


@transitions.guard(COVENANT, Guard.VALID_MANDATE)
def _mandate_errors(covenant: Covenant, actor: Person) -> list[DomainError]:
    return mandate_problems(
        actor,
        Permission.COVENANT_TERMINATE,
        programme_id=covenant.programme_id,
        cents=covenant.available_cents,
    )


@transitions.guard(COVENANT, Guard.ACCOUNTS_SETTLED)
def _is_settled(covenant: Covenant, _actor: Person) -> list[DomainError]:
    """Return what is still to be done: the end, an account, a payment either way."""
    errors: list[DomainError] = []
    if not has_run_out(covenant):
        day = covenant.last_day
        message = N_("Het convenant loopt nog, tot en met %(day)s.")
        errors.append(WrongState(message, params={"day": day_in_words(day) if day else "?"}))
    money = money_of(covenant)
    for region in covenant.regions:
        errors += _region_problems(covenant, region, money.regions[region.id])
    return errors


def _region_problems(covenant: Covenant, region: Region, position: Position) -> list[DomainError]:
    if not position.is_settled:
        message = (
            N_("De eindverantwoording van %(region)s is nog niet aangenomen.")
            if asks_final_account(covenant)
            else N_("%(region)s heeft nog niet elk jaar verantwoord bij de jaarrekening.")
        )
        return [WrongState(message, params={"region": region.name})]
    errors: list[DomainError] = []
    if position.to_pay:
        message = N_("Aan %(region)s moet nog %(amount)s worden betaald.")
        errors.append(_owed(message, region, position.to_pay))
    if position.to_repay:
        message = N_("%(region)s moet nog %(amount)s terugbetalen.")
        errors.append(_owed(message, region, position.to_repay))
    return errors


def _owed(message: str, region: Region, cents: int) -> DomainError:
    return WrongState(message, params={"region": region.name, "amount": format_euro(cents)})


def _day_errors(covenant: Covenant, ended_on: date) -> list[DomainError]:
    latest, signed_on = covenant.latest_end_on, covenant.signed_on
    if ended_on > clock.today():
        message = N_("De laatste dag kan niet in de toekomst liggen.")
        return [Invalid(message, field="ended_on")]
    if latest is not None and ended_on > latest:
        message = N_("Het convenant liep al af op %(day)s. Kies die dag of een eerdere.")
        return [Invalid(message, field="ended_on", params={"day": day_in_words(latest)})]
    if signed_on is not None and ended_on < signed_on:
        message = N_("Het convenant is pas op %(day)s ondertekend.")
        return [Invalid(message, field="ended_on", params={"day": day_in_words(signed_on)})]
    return []


def _tell_ended(covenant: Covenant, decision: Decision, actor: Person) -> None:
    for region in covenant.regions:
        for role in (Role.PROJECT_LEADER, Role.ACCOUNT_MANAGER):
            tell(
                role,
                region,
                subject=f"Convenant {covenant.number} is beëindigd",
                message=(
                    f"Besluit {decision.reference}: het convenant eindigt op"
                    f" {day_in_words(covenant.ended_on or decision.decided_on)}.\n\n"
                    f"Reden: {decision.note}"
                ),
                path=f"/convenanten/{covenant.id}",
                actor=actor,
            )

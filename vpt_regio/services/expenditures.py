"""Booking what a region spends. A booking never changes: what is wrong is put right by another."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from vpt_regio import clock, policies
from vpt_regio.domain.enums import Phase
from vpt_regio.domain.money import MAX_CENTS, format_euro
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.budget import Pot, check_booking
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, OverBudget, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import Activity
from vpt_regio.models.covenants import Covenant, Expenditure
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import in_force_on, last_day_before, list_covenants_of
from vpt_regio.queries.expenditures import (
    corrected_cents,
    list_planned_activities,
    spent_cents,
    spent_on_activity,
)
from vpt_regio.queries.late_bookings import CountingDay, counting_day
from vpt_regio.queries.lineage import holder_of, share_of_branch
from vpt_regio.queries.once import answered_once
from vpt_regio.services import audit
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.final_accounts import require_account_open
from vpt_regio.services.region_books import require_books_open


@dataclass(frozen=True)
class _Pots:
    """The money that a booking draws on."""

    covenant: Pot
    activity: Pot | None


def book_expenditure(
    region: Region,
    *,
    booked_on: date,
    phase: Phase,
    activity: Activity | None = None,
    description: str,
    amount_cents: int,
    override_reason: str = "",
    actor: Person,
) -> Expenditure:
    """Book an expenditure of a region under the covenant that is in force on its date.

    One that is dated in a frozen half-year counts on the first day after it, and keeps its date.
    Raises OverBudget when it does not fit in the region's share or the activity's budget; who may
    allow that nevertheless gives a reason.
    """
    role = policies.require(actor, Permission.EXPENDITURE_BOOK, region)
    require_books_open(region)
    covenant = _covenant_for(
        region, booked_on, activity, _text_errors(description) + _amount_errors(amount_cents)
    )
    policies.require_moving(covenant)
    _lock(covenant)
    place = _place(region, booked_on)
    require_account_open(covenant, region, booked_on=place.counted_on)
    pots = _pots(region, covenant, activity)
    is_overspending = _require_money(region, amount_cents, pots, override_reason, actor=actor)
    expenditure = Expenditure(
        region=region,
        covenant=covenant,
        activity_id=activity.id if activity else None,
        phase=phase,
        booked_on=place.counted_on,
        dated_on=booked_on if place.frozen else None,
        description=description,
        amount_cents=amount_cents,
        override_reason=override_reason if is_overspending else "",
        booked_by_id=actor.id,
    )
    details = {"description": description, "note": expenditure.override_reason}
    return _store(expenditure, "expenditure.booked", details, actor=actor, role=role)


def correct_expenditure(
    expenditure: Expenditure, *, booked_on: date, amount_cents: int, reason: str, actor: Person
) -> Expenditure:
    """Take back (a part of) a booking by a new, negative one; return the new one.

    It belongs to the covenant, phase and activity of what it corrects, and may be dated after
    the end of the covenant: a mistake is found when it is found.
    """
    region = holder_of(expenditure.region)
    role = policies.require(actor, Permission.EXPENDITURE_BOOK, expenditure)
    require_books_open(region)
    _require_original(expenditure)
    _lock(expenditure.covenant)
    place = _place(region, booked_on)
    counted_on = max(place.counted_on, expenditure.booked_on)
    require_account_open(expenditure.covenant, expenditure.region, booked_on=counted_on)
    raise_all(
        _date_errors(booked_on)
        + _order_errors(expenditure, booked_on)
        + _correction_errors(expenditure, amount_cents)
        + _reason_errors(reason)
    )
    correction = Expenditure(
        region=region,
        covenant=expenditure.covenant,
        activity_id=expenditure.activity_id,
        phase=expenditure.phase,
        booked_on=counted_on,
        dated_on=booked_on if counted_on != booked_on else None,
        description=expenditure.description,
        amount_cents=amount_cents,
        corrects=expenditure,
        reason=reason,
        booked_by_id=actor.id,
    )
    details = {"reason": reason, "corrects": expenditure.id}
    return _store(correction, "expenditure.corrected", details, actor=actor, role=role)


def _store(
    expenditure: Expenditure, action: str, details: dict[str, Any], *, actor: Person, role: str
) -> Expenditure:
    db.session.add(expenditure)
    db.session.flush()
    booked = {
        "amount": format_euro(expenditure.amount_cents),
        "booked_on": expenditure.booked_on,
        "dated_on": expenditure.dated_on,
        "phase": expenditure.phase,
        "activity": expenditure.activity_id,
        **details,
    }
    audit.record(action, expenditure, actor=actor, role=role, details=booked)
    return expenditure


@answered_once
def _lock(covenant: Covenant) -> None:
    """Let bookings under one covenant take turns, so that two never spend the same euro."""
    db.session.execute(select(Covenant.id).where(Covenant.id == covenant.id).with_for_update())


def _covenant_for(
    region: Region, booked_on: date, activity: Activity | None, others: list[DomainError]
) -> Covenant:
    """Return the covenant that pays for a date; raise why it cannot be, with the other errors.

    A region that came out of a merger may have several: the one of the activity goes first.
    """
    covenants = list_covenants_of(region)
    errors = _date_errors(booked_on) + _term_errors(covenants, booked_on)
    raise_all(errors + others)
    planned = {found.activity_id: found.covenant_id for found in list_planned_activities(region)}
    of_activity = planned.get(activity.id) if activity else None
    covenant = _covenant_on([c for c in covenants if c.id == of_activity], booked_on)
    covenant = covenant or _covenant_on(covenants, booked_on)
    if covenant is None:
        raise AssertionError("a date outside every covenant was not refused")
    return covenant


def _covenant_on(covenants: list[Covenant], day: date) -> Covenant | None:
    in_force = [covenant for covenant in covenants if in_force_on(covenant, day)]
    return in_force[-1] if in_force else None


def _date_errors(booked_on: date) -> list[DomainError]:
    if booked_on <= clock.today():
        return []
    return [Invalid(N_("De datum kan niet in de toekomst liggen."), field="booked_on")]


def _term_errors(covenants: list[Covenant], day: date) -> list[DomainError]:
    """Money may be spent from the signature of a covenant up to its end."""
    if _covenant_on(covenants, day) is not None:
        return []
    if not covenants:
        message, params = (
            N_("Deze regio heeft nog geen ondertekend convenant. Er is nog geen geld te besteden."),
            {},
        )
    elif covenants[0].signed_on is not None and day < covenants[0].signed_on:
        message = N_("Het convenant is pas op %(day)s ondertekend. Boek geen eerdere uitgaven.")
        params = {"day": day_in_words(covenants[0].signed_on)}
    else:
        last_day = last_day_before(covenants, day)
        if last_day is not None:
            message = N_(
                "Het convenant liep tot en met %(day)s."
                " Een uitgave van daarna kan niet uit dit geld worden betaald."
            )
            params = {"day": day_in_words(last_day)}
        else:
            message, params = N_("Op deze datum was er geen convenant van kracht."), {}
    return [Invalid(message, field="booked_on", params=params)]


def _place(region: Region, day: date) -> CountingDay:
    return counting_day(region, day, today=clock.today(), for_write=True)


def _text_errors(description: str) -> list[DomainError]:
    if description:
        return []
    return [Invalid(N_("Vul in waaraan het geld is besteed."), field="description")]


def _reason_errors(reason: str) -> list[DomainError]:
    return [] if reason else [Invalid(N_("Vul de reden van de correctie in."), field="reason")]


def _amount_errors(amount_cents: int) -> list[DomainError]:
    if amount_cents > 0:
        return []
    message = N_(
        "Het bedrag moet groter zijn dan nul. Was een eerdere boeking te hoog? Corrigeer die dan."
    )
    return [Invalid(message, field="amount")]


def _pots(region: Region, covenant: Covenant, activity: Activity | None) -> _Pots:
    share = share_of_branch(covenant, region.id, covenant.available_cents)
    # an advance that no source tells sets no limit
    available = MAX_CENTS if share is None else share
    return _Pots(
        covenant=Pot(available=available, spent=spent_cents(region, covenant)),
        activity=_activity_pot(region, covenant, activity) if activity else None,
    )


def _activity_pot(region: Region, covenant: Covenant, activity: Activity) -> Pot | None:
    for planned in list_planned_activities(region):
        if planned.activity_id == activity.id and planned.covenant_id == covenant.id:
            if planned.budget_cents is None:
                return None
            return Pot(available=planned.budget_cents, spent=spent_on_activity(activity.id))
    raise Invalid(
        N_("Deze activiteit staat niet in het plan dat op deze datum geldt. Kies een andere."),
        field="activity",
    )


def _require_money(
    region: Region, amount_cents: int, pots: _Pots, override_reason: str, *, actor: Person
) -> bool:
    """Return whether the booking overspends; raise unless that is allowed, with a reason."""
    outcome = check_booking(amount_cents, covenant=pots.covenant, activity=pots.activity)
    if not outcome.is_overspending:
        return False
    if override_reason:
        policies.require(actor, Permission.EXPENDITURE_OVERRIDE, region)
        return True
    errors: list[DomainError] = []
    if outcome.covenant_excess:
        errors.append(_over_covenant(pots.covenant, outcome.covenant_excess))
    if pots.activity is not None and outcome.activity_excess:
        errors.append(_over_activity(pots.activity, outcome.activity_excess))
    if policies.can(actor, Permission.EXPENDITURE_OVERRIDE, region):
        message = N_("U kunt deze uitgave toestaan. Vul dan hier de reden in.")
        errors.append(OverBudget(message, field="override_reason"))
    raise_all(errors)
    return True


def _over_covenant(pot: Pot, excess: int) -> DomainError:
    message = N_(
        "Dit is %(excess)s meer dan er over is. Van het convenant is %(available)s beschikbaar"
        " en %(spent)s al besteed. Uw accountmanager kan de uitgave toestaan."
    )
    return OverBudget(message, field="amount", params=_amounts(pot, excess))


def _over_activity(pot: Pot, excess: int) -> DomainError:
    message = N_(
        "Dit is %(excess)s meer dan de activiteit over heeft. Begroot is %(available)s"
        " en %(spent)s is al besteed. Uw accountmanager kan de uitgave toestaan."
    )
    return OverBudget(message, field="amount", params=_amounts(pot, excess))


def _amounts(pot: Pot, excess: int) -> dict[str, str]:
    return {
        "excess": format_euro(excess),
        "available": format_euro(pot.available),
        "spent": format_euro(pot.spent),
    }


def _require_original(expenditure: Expenditure) -> None:
    if expenditure.amount_cents < 0:
        raise WrongState(
            N_("Dit is zelf een correctie. Boek zo nodig opnieuw wat te veel is teruggenomen.")
        )


def _order_errors(expenditure: Expenditure, booked_on: date) -> list[DomainError]:
    dated_on = expenditure.dated_on or expenditure.booked_on
    if booked_on >= dated_on:
        return []
    return [
        Invalid(
            N_("De correctie kan niet vóór de boeking van %(day)s liggen."),
            field="booked_on",
            params={"day": day_in_words(dated_on)},
        )
    ]


def _correction_errors(expenditure: Expenditure, amount_cents: int) -> list[DomainError]:
    if amount_cents >= 0:
        message = N_("Een correctie is een negatief bedrag, bijvoorbeeld -250,00.")
        return [Invalid(message, field="amount")]
    left = expenditure.amount_cents + corrected_cents(expenditure)
    if left + amount_cents >= 0:
        return []
    return [
        Invalid(
            N_("U kunt hoogstens %(left)s terugnemen: dat is wat er van deze boeking over is."),
            field="amount",
            params={"left": format_euro(left)},
        )
    ]

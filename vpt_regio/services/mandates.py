"""Mandates: the power to decide on behalf of the minister."""

from datetime import date

from vpt_regio import clock
from vpt_regio.domain.money import format_euro_sentence
from vpt_regio.domain.permissions import PERMISSION_LABELS, Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.people import Mandate, Person
from vpt_regio.policies import POLICY
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import audit
from vpt_regio.services.mandate_checks import MANDATED, last_day
from vpt_regio.services.people import period_problems, require
from vpt_regio.services.transitions import check_version


def give_mandate(
    person: Person,
    *,
    permission: Permission,
    on_behalf_of: str,
    reference: str,
    max_amount_cents: int | None,
    starts_on: date,
    ends_on: date | None,
    actor: Person | None,
    allows_sub_mandate: bool = False,
) -> Mandate:
    """Record that a person may decide on somebody's behalf; without a maximum for any amount.

    Source: General Administrative Law Act, part 10.1.1.
    """
    programme = get_programme()
    role = require(actor, Permission.MANDATE_MANAGE, programme)
    raise_all(
        _person_problems(person, permission, starts_on, actor)
        + _text_problems(on_behalf_of, reference)
        + _amount_problems(max_amount_cents)
        + period_problems(starts_on, ends_on)
    )
    mandate = Mandate(
        programme_id=programme.id,
        person=person,
        permission=permission,
        on_behalf_of=on_behalf_of.strip(),
        reference=reference.strip(),
        max_amount_cents=max_amount_cents,
        starts_on=starts_on,
        ends_on=ends_on,
        allows_sub_mandate=allows_sub_mandate,
    )
    db.session.add(mandate)
    _record("mandate.given", mandate, actor=actor, role=role)
    return mandate


def give_sub_mandate(
    parent: Mandate,
    *,
    person: Person,
    reference: str,
    max_amount_cents: int | None,
    starts_on: date,
    ends_on: date | None,
    actor: Person,
    allows_sub_mandate: bool = False,
) -> Mandate:
    """Record that a person may decide by a part of somebody's mandate: the same decision, no
    higher amount, and within its period. It ends with the mandate that it comes from.

    Source: General Administrative Law Act 10:9: only when the mandate allows it.
    """
    role = require(actor, Permission.MANDATE_MANAGE, parent)
    _require_running(parent)
    if not parent.allows_sub_mandate:
        raise WrongState(N_("Met dit mandaat mag geen ondermandaat worden gegeven."))
    raise_all(
        _person_problems(person, parent.permission, starts_on, actor)
        + _same_person_problems(parent, person)
        + _text_problems(parent.on_behalf_of, reference)
        + _amount_problems(max_amount_cents, within=parent.max_amount_cents)
        + period_problems(starts_on, ends_on)
        + _reach_problems(parent, starts_on, ends_on)
    )
    mandate = Mandate(
        programme_id=parent.programme_id,
        person=person,
        permission=parent.permission,
        on_behalf_of=parent.on_behalf_of,
        reference=reference.strip(),
        max_amount_cents=max_amount_cents,
        starts_on=starts_on,
        ends_on=ends_on,
        parent=parent,
        allows_sub_mandate=allows_sub_mandate,
    )
    db.session.add(mandate)
    _record("mandate.sub_given", mandate, actor=actor, role=role)
    return mandate


def arrange_stand_in(
    absent: Mandate, *, person: Person, starts_on: date, ends_on: date | None, actor: Person
) -> Mandate:
    """Record that a person decides in the place of a mandate holder who is away, up to a day.

    They stand in with the whole mandate, and cannot hand it on; their decisions name both.
    """
    role = require(actor, Permission.MANDATE_MANAGE, absent)
    _require_running(absent)
    if absent.stands_in_for_id is not None:
        raise WrongState(N_("Dit is zelf een waarneming. Kies het mandaat van wie afwezig is."))
    raise_all(
        _person_problems(person, absent.permission, starts_on, actor)
        + _same_person_problems(absent, person)
        + _last_day_problems(ends_on)
        + period_problems(starts_on, ends_on)
        + _reach_problems(absent, starts_on, ends_on)
    )
    mandate = Mandate(
        programme_id=absent.programme_id,
        person=person,
        permission=absent.permission,
        on_behalf_of=absent.on_behalf_of,
        reference=absent.reference,
        max_amount_cents=absent.max_amount_cents,
        starts_on=starts_on,
        ends_on=ends_on,
        parent=absent,
        stands_in_for=absent.person,
    )
    db.session.add(mandate)
    _record("mandate.stand_in_arranged", mandate, actor=actor, role=role)
    return mandate


def end_mandate(
    mandate: Mandate, *, ends_on: date, actor: Person, expected_version: int | None = None
) -> None:
    """Let a mandate end; `ends_on` is its last day. Decisions that were taken with it stand."""
    role = require(actor, Permission.MANDATE_MANAGE, mandate)
    check_version(mandate, expected_version)
    if mandate.ends_on is not None and mandate.ends_on < clock.today():
        raise WrongState(N_("Dit mandaat is al beëindigd."))
    if ends_on < mandate.starts_on:
        message = N_("De laatste dag ligt vóór de eerste dag van het mandaat.")
        raise Invalid(message, field="ends_on")
    last = last_day(mandate)
    if last is not None and ends_on > last:
        # going on longer takes a mandate anew, with all that is asked of one
        raise Invalid(
            N_("Dit mandaat eindigt al op %(day)s. Geef een nieuw mandaat als het langer duurt."),
            field="ends_on",
            params={"day": last.strftime("%d-%m-%Y")},
        )
    mandate.ends_on = ends_on
    _record("mandate.ended", mandate, actor=actor, role=role)


def _person_problems(
    person: Person, permission: Permission, starts_on: date, actor: Person | None
) -> list[DomainError]:
    if permission not in MANDATED:
        return [Invalid(N_("Voor dit besluit bestaat geen mandaat."), field="permission")]
    if actor is not None and actor.id == person.id:
        message = N_("U kunt uzelf geen mandaat geven. Vraag een andere functioneel beheerder.")
        return [Invalid(message, field="person")]
    day = max(starts_on, clock.today())
    if not any(held.role in POLICY[permission] for held in person.roles_on(day)):
        message = N_("Deze persoon heeft dan geen rol die dit besluit mag nemen.")
        return [Invalid(message, field="person")]
    return []


def _text_problems(on_behalf_of: str, reference: str) -> list[DomainError]:
    errors: list[DomainError] = []
    if not on_behalf_of.strip():
        errors.append(Invalid(N_("Vul in namens wie het besluit is."), field="on_behalf_of"))
    if not reference.strip():
        message = N_("Vul het kenmerk van het mandaatbesluit in.")
        errors.append(Invalid(message, field="reference"))
    return errors


def _amount_problems(
    max_amount_cents: int | None, *, within: int | None = None
) -> list[DomainError]:
    """Return what is wrong with a highest amount; `within` is that of the mandate it comes from."""
    if max_amount_cents is not None and max_amount_cents < 0:
        return [Invalid(N_("Vul een bedrag van 0 euro of meer in."), field="max_amount_cents")]
    if within is not None and (max_amount_cents is None or max_amount_cents > within):
        return [
            Invalid(
                N_("Het mandaat waar dit van komt, gaat tot en met %(maximum)s."),
                field="max_amount_cents",
                params={"maximum": format_euro_sentence(within)},
            )
        ]
    return []


def _require_running(mandate: Mandate) -> None:
    last = last_day(mandate)
    if last is not None and last < clock.today():
        raise WrongState(N_("Dit mandaat is al beëindigd."))


def _same_person_problems(mandate: Mandate, person: Person) -> list[DomainError]:
    if mandate.person_id == person.id:
        return [Invalid(N_("Deze persoon heeft dit mandaat al zelf."), field="person")]
    return []


def _last_day_problems(ends_on: date | None) -> list[DomainError]:
    if ends_on is None:
        return [Invalid(N_("Vul in tot en met welke dag de waarneming duurt."), field="ends_on")]
    return []


def _reach_problems(parent: Mandate, starts_on: date, ends_on: date | None) -> list[DomainError]:
    """Return where a period goes beyond that of the mandate it comes from."""
    errors: list[DomainError] = []
    if starts_on < parent.starts_on:
        errors.append(
            Invalid(
                N_("Het mandaat waar dit van komt, begint op %(day)s."),
                field="starts_on",
                params={"day": parent.starts_on.strftime("%d-%m-%Y")},
            )
        )
    last = last_day(parent)
    if last is not None and (ends_on is None or ends_on > last):
        errors.append(
            Invalid(
                N_("Het mandaat waar dit van komt, geldt tot en met %(day)s."),
                field="ends_on",
                params={"day": last.strftime("%d-%m-%Y")},
            )
        )
    return errors


def _record(action: str, mandate: Mandate, *, actor: Person | None, role: str) -> None:
    details = {
        "person": mandate.person.name,
        "permission": PERMISSION_LABELS[mandate.permission],
        "reference": mandate.reference,
        "max_amount_cents": mandate.max_amount_cents,
        "starts_on": mandate.starts_on,
        "ends_on": mandate.ends_on,
        "of": mandate.parent.person.name if mandate.parent else "",
    }
    audit.record(action, mandate, actor=actor, role=role, details=details)

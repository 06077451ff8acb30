"""Mandates: the power to decide on behalf of the minister."""

from datetime import date

from vpt_regio import clock
from vpt_regio.domain.permissions import PERMISSION_LABELS, Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.people import Mandate, Person
from vpt_regio.policies import POLICY
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import audit
from vpt_regio.services.mandate_checks import MANDATED
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
) -> Mandate:
    """Record that a person may decide on somebody's behalf; without a maximum for any amount."""
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
    )
    db.session.add(mandate)
    _record("mandate.given", mandate, actor=actor, role=role)
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


def _amount_problems(max_amount_cents: int | None) -> list[DomainError]:
    if max_amount_cents is not None and max_amount_cents < 0:
        return [Invalid(N_("Vul een bedrag van 0 euro of meer in."), field="max_amount_cents")]
    return []


def _record(action: str, mandate: Mandate, *, actor: Person | None, role: str) -> None:
    details = {
        "person": mandate.person.name,
        "permission": PERMISSION_LABELS[mandate.permission],
        "reference": mandate.reference,
        "max_amount_cents": mandate.max_amount_cents,
        "starts_on": mandate.starts_on,
        "ends_on": mandate.ends_on,
    }
    audit.record(action, mandate, actor=actor, role=role, details=details)

"""Organisations of the programme, and their part in regions."""

from datetime import date
from typing import Any

from sqlalchemy import select

from vpt_regio import clock, policies
from vpt_regio.domain.enums import OrganisationKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.text import N_
from vpt_regio.errors import (
    DomainError,
    DuplicateValue,
    Invalid,
    WrongState,
    raise_all,
)
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme, Sector
from vpt_regio.models.regions import Organisation, Region, RegionPartner
from vpt_regio.queries.same_entries import kept_or_new
from vpt_regio.services import audit, transitions


def create_organisation(
    programme: Programme,
    *,
    name: str,
    kind: OrganisationKind,
    actor: Person,
    sector_id: int | None = None,
    municipality: str = "",
) -> Organisation:
    """Add an organisation; its name is unique within the programme."""
    role = policies.require(actor, Permission.ORGANISATION_MANAGE)
    raise_all(_errors(programme.id, name, sector_id, None))
    organisation = Organisation(
        programme_id=programme.id,
        name=name,
        kind=kind,
        sector_id=sector_id,
        municipality=municipality,
    )
    db.session.add(organisation)
    db.session.flush()
    details = _values(organisation)
    audit.record("organisation.created", organisation, actor=actor, role=role, details=details)
    return organisation


def change_organisation(
    organisation: Organisation,
    *,
    name: str,
    kind: OrganisationKind,
    actor: Person,
    expected_version: int | None = None,
    sector_id: int | None = None,
    municipality: str = "",
) -> Organisation:
    """Change an organisation, for every region in which it takes part."""
    role = policies.require(actor, Permission.ORGANISATION_MANAGE, organisation)
    transitions.check_version(organisation, expected_version)
    raise_all(_errors(organisation.programme_id, name, sector_id, organisation))
    before = _values(organisation)
    organisation.name = name
    organisation.kind = kind
    chosen = db.session.get(Sector, sector_id) if sector_id is not None else None
    organisation.sector = kept_or_new(organisation.sector, chosen)
    organisation.municipality = municipality
    db.session.flush()
    after = _values(organisation)
    if after != before:
        details = {"before": before, "after": after}
        audit.record("organisation.changed", organisation, actor=actor, role=role, details=details)
    return organisation


def add_partner(
    region: Region,
    organisation_id: int | None,
    *,
    actor: Person,
    joined_on: date | None = None,
    contact_name: str = "",
    contact_email: str = "",
    contact_phone: str = "",
    is_publishable: bool = False,
) -> RegionPartner:
    """Let an organisation take part in a region, from a day on when that is known.

    An organisation that left may come back; it then takes part anew.
    """
    role = policies.require(actor, Permission.PARTNER_MANAGE, region)
    organisation = _organisation(region, organisation_id)
    errors = _joining_errors(region, organisation, joined_on)
    if is_publishable and not contact_name:
        errors.append(_no_contact())
    raise_all(errors)
    partner = RegionPartner(
        region=region,
        organisation=organisation,
        joined_on=joined_on,
        contact_name=contact_name,
        contact_email=contact_email,
        contact_phone=contact_phone,
        is_publishable=is_publishable,
    )
    db.session.add(partner)
    db.session.flush()
    _record("partner.joined", partner, actor=actor, role=role, details={"joined_on": joined_on})
    return partner


def change_partner(
    partner: RegionPartner,
    *,
    actor: Person,
    expected_version: int | None = None,
    joined_on: date | None = None,
    contact_name: str = "",
    contact_email: str = "",
    contact_phone: str = "",
    is_publishable: bool = False,
) -> RegionPartner:
    """Change since when a partner takes part, and its contact in the region."""
    role = policies.require(actor, Permission.PARTNER_MANAGE, partner)
    transitions.check_version(partner, expected_version)
    errors = _future_errors(joined_on, "joined_on")
    if joined_on and partner.left_on and joined_on > partner.left_on:
        errors.append(_left_before_joined("joined_on"))
    if is_publishable and not contact_name:
        errors.append(_no_contact())
    raise_all(errors)
    before = _contact(partner)
    partner.joined_on = joined_on
    partner.contact_name = contact_name
    partner.contact_email = contact_email
    partner.contact_phone = contact_phone
    partner.is_publishable = is_publishable
    db.session.flush()
    after = _contact(partner)
    if after != before:
        details = {"before": before, "after": after}
        _record("partner.changed", partner, actor=actor, role=role, details=details)
    return partner


def end_partner(
    partner: RegionPartner,
    *,
    left_on: date | None,
    actor: Person,
    expected_version: int | None = None,
) -> RegionPartner:
    """Write down that an organisation left a region on a day; its history there stays."""
    role = policies.require(actor, Permission.PARTNER_MANAGE, partner)
    transitions.check_version(partner, expected_version)
    if partner.left_on is not None:
        raise WrongState(N_("Deze organisatie is al geen partner meer van de regio."))
    if left_on is None:
        raise Invalid(N_("Vul in op welke dag de organisatie is gestopt."), field="left_on")
    errors = _future_errors(left_on, "left_on")
    if partner.joined_on and left_on < partner.joined_on:
        errors.append(_left_before_joined("left_on"))
    raise_all(errors)
    partner.left_on = left_on
    # whoever left is no longer a contact to publish
    partner.is_publishable = False
    db.session.flush()
    _record("partner.left", partner, actor=actor, role=role, details={"left_on": left_on})
    return partner


def _record(
    action: str, partner: RegionPartner, *, actor: Person, role: Role, details: dict[str, Any]
) -> None:
    named = {"organisation": partner.organisation.name, **details}
    audit.record(action, partner, actor=actor, role=role, details=named)


def _errors(
    programme_id: int, name: str, sector_id: int | None, besides: Organisation | None
) -> list[DomainError]:
    errors: list[DomainError] = []
    query = select(Organisation.id).where(
        Organisation.programme_id == programme_id, Organisation.name == name
    )
    if not name.strip():
        errors.append(Invalid(N_("Vul de naam van de organisatie in."), field="name"))
    elif any(besides is None or found != besides.id for found in db.session.scalars(query)):
        errors.append(DuplicateValue(N_("Er is al een organisatie met deze naam."), field="name"))
    sector = db.session.get(Sector, sector_id) if sector_id is not None else None
    if sector_id is not None and (sector is None or sector.programme_id != programme_id):
        errors.append(Invalid(N_("Kies een sector uit de lijst."), field="sector_id"))
    return errors


def _organisation(region: Region, organisation_id: int | None) -> Organisation:
    found = db.session.get(Organisation, organisation_id) if organisation_id else None
    if found is None or found.programme_id != region.programme_id:
        raise Invalid(N_("Kies een organisatie uit de lijst."), field="organisation_id")
    return found


def _joining_errors(
    region: Region, organisation: Organisation, joined_on: date | None
) -> list[DomainError]:
    errors = _future_errors(joined_on, "joined_on")
    present = select(RegionPartner.id).where(
        RegionPartner.region_id == region.id,
        RegionPartner.organisation_id == organisation.id,
        RegionPartner.left_on.is_(None),
    )
    if db.session.scalar(present) is not None:
        errors.append(
            DuplicateValue(
                N_("Deze organisatie is al partner van de regio."), field="organisation_id"
            )
        )
    return errors


def _future_errors(day: date | None, field: str) -> list[DomainError]:
    if day is not None and day > clock.today():
        return [
            Invalid(N_("Deze dag ligt in de toekomst. Vul een dag in tot vandaag."), field=field)
        ]
    return []


def _left_before_joined(field: str) -> Invalid:
    return Invalid(
        N_("De einddatum ligt voor de begindatum. Pas een van de twee aan."), field=field
    )


def _no_contact() -> Invalid:
    return Invalid(
        N_("Vul de naam van de contactpersoon in die toestemming heeft gegeven."),
        field="contact_name",
    )


def _contact(partner: RegionPartner) -> dict[str, Any]:
    return {
        "joined_on": partner.joined_on,
        "contact_name": partner.contact_name,
        "contact_email": partner.contact_email,
        "contact_phone": partner.contact_phone,
        "is_publishable": partner.is_publishable,
    }


def _values(organisation: Organisation) -> dict[str, Any]:
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "sector_id": organisation.sector_id,
        "municipality": organisation.municipality,
    }

"""Covenants and what belongs to them."""

from datetime import date
from itertools import count

from vpt_regio.domain.enums import PartyRole
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import (
    Covenant,
    CovenantParty,
    CovenantRegion,
    ProjectLeaderAppointment,
)
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region

_numbers = count(1)


def make_covenant(
    *regions: Region,
    signed_on: date = date(2012, 1, 1),
    original_end_on: date = date(2013, 12, 31),
    status: CovenantStatus = CovenantStatus.IN_FORCE,
    advance_cents: int = 100_000_00,
) -> Covenant:
    number = next(_numbers)
    covenant = Covenant(
        programme_id=regions[0].programme_id,
        number=f"C-{number:04}",
        title=f"Convenant {number}",
        status=status,
        signed_on=None if status is CovenantStatus.DRAFT else signed_on,
        original_end_on=original_end_on,
        advance_cents=advance_cents,
        plan_due_on=date(2012, 12, 31),
        parties=[
            CovenantParty(role=PartyRole.MINISTER, name="de minister"),
            CovenantParty(role=PartyRole.COUNTERPARTY, name="de provincie"),
        ],
        shares=[CovenantRegion(region=region) for region in regions],
    )
    db.session.add(covenant)
    db.session.flush()
    return covenant


def make_appointment(
    region: Region,
    person: Person,
    *,
    quarters_per_week: int = 80,
    starts_on: date = date(2012, 1, 1),
    ends_on: date | None = None,
) -> ProjectLeaderAppointment:
    appointment = ProjectLeaderAppointment(
        region=region,
        person=person,
        quarters_per_week=quarters_per_week,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    db.session.add(appointment)
    db.session.flush()
    return appointment

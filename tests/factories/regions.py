"""The programme with its lists, regions and organisations."""

from itertools import count

from vpt_regio.domain.enums import OrganisationKind, TerritoryType
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.programmes import Measure, PolicyLine, Programme
from vpt_regio.models.regions import Organisation, Region

_numbers = count(1)


def make_programme(*, code: str = "vpt", measures: int = 3) -> Programme:
    programme = Programme(
        code=code, name="Programma", ministry="Ministerie", minister_title="de minister"
    )
    db.session.add(programme)
    db.session.flush()
    for number in range(1, measures + 1):
        db.session.add(
            Measure(
                programme_id=programme.id,
                code=f"M{number}",
                position=number,
                name=f"Maatregel {number}",
                short_name=f"Maatregel {number}",
                list_version="2012",
            )
        )
    db.session.add(
        PolicyLine(
            programme_id=programme.id, code="L1", position=1, name="Voorkomen", list_version="2011"
        )
    )
    db.session.flush()
    return programme


def make_region(
    programme: Programme,
    code: str = "limburg",
    *,
    name: str | None = None,
    status: RegionStatus = RegionStatus.ACTIVE,
) -> Region:
    region = Region(
        programme_id=programme.id,
        code=code,
        name=name or code.title(),
        territory_type=TerritoryType.PROVINCE,
        status=status,
    )
    db.session.add(region)
    db.session.flush()
    return region


def make_organisation(
    programme: Programme,
    name: str | None = None,
    *,
    kind: OrganisationKind = OrganisationKind.EMPLOYER,
) -> Organisation:
    organisation = Organisation(
        programme_id=programme.id, name=name or f"Organisatie {next(_numbers)}", kind=kind
    )
    db.session.add(organisation)
    db.session.flush()
    return organisation

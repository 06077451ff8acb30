"""What the small programme granted: a round of which a source tells little, and one of its own."""

from datetime import UTC, date, datetime
from typing import NamedTuple

from tests.factories.people import make_person
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_decision,
    make_limits,
    make_payment,
    make_pilot,
    make_pilot_without_grant,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus, ProposalKind, RoundStatus
from vpt_regio.extensions import db
from vpt_regio.models.decisions import Decision
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme

SOURCE = "brief van maart 2012"
DECIDED_ON = date(2012, 6, 20)


class Subsidies(NamedTuple):
    """What tests reach for."""

    round: SubsidyRound
    pilot: Pilot
    decision: Decision
    officer: Person
    decider: Person


def make_subsidies(programme: Programme, *regions: Region) -> Subsidies:
    """Make a declared round of two pilots, and a round in which one was granted in part on
    20 June 2012, one rejected, one granted on 10 July, and one withdrawn."""
    make_limits(programme)
    scheme = make_scheme(programme, name="Voorkomen van agressie", source="begroting 2011")
    _declared(scheme)
    officer = make_person(programme, Role.POLICY_OFFICER)
    decider = make_decider(programme)
    in_round = make_round(
        scheme,
        number=2,
        name="Ronde voorjaar 2012",
        opens_on=date(2012, 3, 1),
        closes_on=date(2012, 5, 1),
        closing_inclusive=False,
        ceiling_cents=60_000_00,
    )
    decided = _decided(in_round, regions[0], officer, decider)
    make_application(
        in_round,
        number=4,
        organisation_name="Museum Weert",
        status=ApplicationStatus.WITHDRAWN,
        received_at=datetime(2012, 4, 4, 8, tzinfo=UTC),
    )
    pilot = make_pilot_without_grant(
        programme,
        *regions,
        title="Samen op het plein",
        starts_on=date(2012, 2, 1),
        starts_precision="month",
        starts_words="februari 2012",
        ends_words="eind 2012",
        ends_on=date(2012, 12, 31),
        ends_precision="quarter",
    )
    pilot.organisation_name, pilot.place = "Gemeente Venlo", "Venlo"
    db.session.flush()
    return decided


def _declared(scheme: SubsidyScheme) -> None:
    in_round = make_round(
        scheme,
        number=1,
        name="Ronde november 2011",
        status=RoundStatus.DECIDED,
        opens_on=date(2011, 11, 1),
        opens_precision="month",
        opens_words="november 2011",
        closes_on=date(2011, 11, 30),
        closes_precision="month",
        closes_words="november 2011",
        unlisted_applications=5,
        source=SOURCE,
    )
    for number, (name, place, cents) in enumerate(
        (("Zorghuis Oost", "Almelo", 20_000_00), ("Werkplein Venlo", "Venlo", 22_061_00)), start=1
    ):
        application = make_application(
            in_round,
            number=number,
            status=ApplicationStatus.GRANTED_SOME,
            amounts=(),
            organisation_name=name,
            place=place,
            title=f"Pilot {name}",
            received_at=None,
            declared_outcome=ApplicationStatus.GRANTED_SOME,
            declared_cents=cents,
            declared_on=date(2011, 11, 30),
            declared_precision="month",
            declared_words="november 2011",
            declared_source=SOURCE,
        )
        make_pilot(
            application,
            granted_cents=cents,
            award_order=3 - number,
            starts_on=None,
            starts_precision=None,
            ends_on=None,
            ends_precision=None,
            source=SOURCE,
        )


def _decided(in_round: SubsidyRound, region: Region, officer: Person, decider: Person) -> Subsidies:
    received_at = datetime(2012, 4, 3, 8, tzinfo=UTC)
    in_part, rejected, later = (
        make_application(
            in_round,
            number=number,
            organisation_name=name,
            place="Roermond",
            title=title,
            region=region,
            received_at=received_at,
        )
        for number, name, title in (
            (1, "Ziekenhuis Midden", "Minder wachten"),
            (2, "Busbedrijf Zuid", "Camera's in de bus"),
            (3, "School Noord", "Leren van ruzie"),
        )
    )
    decision = make_decision(
        in_part,
        ProposalKind.PARTIAL_GRANT,
        author=officer,
        decider=decider,
        amount_cents=12_345_67,
        decided_on=DECIDED_ON,
        reference="2012-S1",
    )
    make_decision(
        rejected, ProposalKind.REJECTION, author=officer, decider=decider, decided_on=DECIDED_ON
    )
    pilot = make_pilot(in_part, granted_cents=12_345_67, regions=(region,), award_order=1)
    make_payment(pilot, 6_000_00, recorder=officer, paid_on=date(2012, 6, 25))
    make_payment(pilot, 1_000_00, recorder=officer, paid_on=date(2012, 7, 5))
    make_decision(
        later,
        author=officer,
        decider=decider,
        decided_on=date(2012, 7, 10),
        reference="2012-S3",
    )
    make_pilot(later, regions=(region,), award_order=2)
    return Subsidies(in_round, pilot, decision, officer, decider)

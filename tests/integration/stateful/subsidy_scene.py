"""Who takes part in the generated histories of a subsidy, and in which round."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_limits,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import ApplicantLink, SubsidyApplication
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.policies import Actor, LinkHolder
from vpt_regio.uow import write

FIRST_DAY = date(2012, 5, 29)
# the first application is of the second arrangement, the other one of the first
LARGE, SMALL = (20_000_00, 10_000_00), (9_999_99, 5_000_01)
CEILING = 40_000_00
MANDATE = 15_000_00

DECIDERS = ("holder", "deciding_officer", "low_holder")
OFFICERS = ("officer", "deciding_officer")
MINISTRY = (*OFFICERS, "holder", "low_holder")
EVERYBODY = (*MINISTRY, "leader", "applicant")


@dataclass(frozen=True)
class SubsidyScene:
    """The keys of what a history starts from; nothing of a session is kept."""

    round: int
    applications: tuple[int, int]
    link: int
    people: dict[str, int]

    def person(self, name: str) -> Actor:
        """Return a person, or the holder of the link of the first application."""
        if name == "applicant":
            return LinkHolder(self.applications[0], self.link, "Instelling")
        return db.session.get_one(Person, self.people[name])

    def the_round(self) -> SubsidyRound:
        return db.session.get_one(SubsidyRound, self.round)

    def application(self, number: int) -> SubsidyApplication:
        return db.session.get_one(SubsidyApplication, self.applications[number % 2])


def set_subsidy_scene() -> SubsidyScene:
    """Store a round with a tight ceiling, two drafts, and people with their mandates."""
    return write(_make)


def _make() -> SubsidyScene:
    programme = make_programme()
    region = make_region(programme)
    make_limits(programme)
    officer = make_person(programme, Role.POLICY_OFFICER)
    in_round = make_round(make_scheme(programme), ceiling_cents=CEILING)
    measures = db.session.query(Measure).order_by(Measure.position).limit(1).all()
    applications = [
        make_application(
            in_round,
            status=ApplicationStatus.DRAFT,
            amounts=amounts,
            region=region,
            author_id=officer.id,
            contact_name="Contactpersoon",
            hypothesis="De maatregel helpt.",
            measures=measures,
        )
        for amounts in (LARGE, SMALL)
    ]
    people = {
        "officer": officer,
        "deciding_officer": make_decider(programme, Role.POLICY_OFFICER),
        "holder": make_decider(programme),
        "low_holder": make_decider(programme, maximum=MANDATE),
        "leader": make_person(programme, Role.PROJECT_LEADER, region=region),
    }
    link = ApplicantLink(
        token_hash="0" * 64,
        application_id=applications[0].id,
        email="aanvrager@vpt.example",
        made_at=datetime(2012, 5, 1, tzinfo=UTC),
        made_by_id=officer.id,
        expires_at=datetime(2112, 5, 1, tzinfo=UTC),
    )
    db.session.add(link)
    db.session.flush()
    return SubsidyScene(
        round=in_round.id,
        applications=(applications[0].id, applications[1].id),
        link=link.id,
        people={name: person.id for name, person in people.items()},
    )

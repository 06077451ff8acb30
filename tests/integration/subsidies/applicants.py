"""A round that is open, two applications in it, and the links of their applicants."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from tests.factories.people import make_person
from tests.factories.regions import make_programme
from tests.factories.subsidies import make_application, make_round, make_scheme
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.people import Person
from vpt_regio.services.applicant_links import make_link
from vpt_regio.uow import unit_of_work, write

OFFICER = "officer@vpt.example"
OWN, OTHER = "Stichting De Brug", "Stichting Elders"


@dataclass(frozen=True)
class Applicants:
    """The tokens of the own and the other link, and the applications that they are for."""

    token: str
    other_token: str
    application_id: int
    other_id: int

    def url(self, path: str = "") -> str:
        return f"/aanvraag/{self.token}{path}"


def make_applicants(
    *, status: ApplicationStatus = ApplicationStatus.DRAFT, **values: Any
) -> Applicants:
    """Make them; the round closes at the end of July 2012."""
    with unit_of_work():
        programme = make_programme()
        some_round = make_round(make_scheme(programme), closes_on=date(2012, 7, 31))
        own, other = (
            make_application(some_round, status=status, organisation_name=name, **values).id
            for name in (OWN, OTHER)
        )
        make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
    return Applicants(link_of(own), link_of(other), own, other)


def link_of(application_id: int, *, days: int = 30) -> str:
    """Return the token of a new link to an application."""
    actor = db.session.scalars(select(Person).where(Person.email == OFFICER)).one()
    return write(
        lambda: make_link(
            db.session.get_one(SubsidyApplication, application_id),
            email="aanvrager@vpt.example",
            valid_until=clock.real_now() + timedelta(days=days),
            link_to=lambda token: f"https://vpt.example/aanvraag/{token}",
            actor=actor,
        )
    )


def application_of(application_id: int) -> SubsidyApplication:
    db.session.rollback()
    return db.session.get_one(SubsidyApplication, application_id)

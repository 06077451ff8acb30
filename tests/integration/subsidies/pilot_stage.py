"""What the tests of pilots begin with: a pilot of € 15.000 in Limburg, and the people around it."""

from datetime import date

from tests.factories.people import make_person
from tests.factories.periods import make_period
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import (
    make_decider,
    make_granted,
    make_limits,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.pilots import Pilot
from vpt_regio.policies import LinkHolder

TODAY = date(2012, 7, 16)


class PilotStage:
    """Two officers, the leader of the region, one of elsewhere, and who decides."""

    def __init__(self) -> None:
        self.programme = make_programme()
        make_limits(self.programme)
        self.round = make_round(make_scheme(self.programme))
        self.region = make_region(self.programme)
        self.elsewhere = make_region(self.programme, "drenthe")
        self.decider: Person = make_decider(self.programme)
        self.officer: Person = make_person(self.programme, Role.POLICY_OFFICER)
        self.colleague: Person = make_person(self.programme, Role.POLICY_OFFICER)
        self.leader: Person = make_person(self.programme, Role.PROJECT_LEADER, region=self.region)
        self.stranger: Person = make_person(
            self.programme, Role.PROJECT_LEADER, region=self.elsewhere
        )
        self.pilot: Pilot = self.granted()
        self.pilot.starts_on = date(2012, 2, 1)

    def granted(self, *amounts: int) -> Pilot:
        return make_granted(
            self.round,
            author=self.officer,
            decider=self.decider,
            amounts=amounts or (10_000_00, 5_000_00),
            region=self.region,
        )

    def period(self, code: str = "2012-1") -> ReportingPeriod:
        return make_period(self.programme, self.officer, code=code)

    def holder(self) -> LinkHolder:
        assert self.pilot.application_id is not None
        return LinkHolder(self.pilot.application_id, 1, "Instelling")

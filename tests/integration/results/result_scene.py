"""Regions with agreements on one indicator, in closed and in open half-years."""

from dataclasses import dataclass
from datetime import date

from tests.factories.contracts import make_agreement, make_contract, make_indicator
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.integration.regions.records import make_period
from vpt_regio.domain.indicator_codes import Aggregation, Unit
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.models.contracts import Agreement, Indicator
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region

IN_2011 = date(2011, 12, 31)
STARTED = date(2011, 7, 1)


@dataclass
class Scene:
    """Two half-years, of which 2011-2 is closed; a policy officer sees everything."""

    programme: Programme
    officer: Person
    closed: ReportingPeriod
    open: ReportingPeriod
    indicator: Indicator

    def agreement(self, region: Region, **options: int | None) -> Agreement:
        """Return an agreement in a contract of its own that runs since July 2011."""
        contract = make_contract(region)
        contract.starts_on = STARTED
        agreement = make_agreement(contract, self.indicator, **options)  # type: ignore[arg-type]
        for revision in agreement.revisions:
            revision.holds_from = revision.recorded_on = STARTED
        return agreement

    def region(self, code: str) -> Region:
        return make_region(self.programme, code)

    def leader(self, region: Region) -> Person:
        return make_person(self.programme, Role.PROJECT_LEADER, region=region)


def make_scene(*, unit: Unit = Unit.NUMBER, aggregation: Aggregation = Aggregation.SUM) -> Scene:
    programme = make_programme()
    return Scene(
        programme,
        make_person(programme, Role.POLICY_OFFICER, email="beleid@vpt.example"),
        make_period(
            programme,
            "2011-2",
            starts_on=STARTED,
            ends_on=IN_2011,
            status=PeriodStatus.CLOSED,
            reports_due_on=date(2012, 1, 31),
        ),
        make_period(programme),
        make_indicator(programme, "Aangiften", unit=unit, aggregation=aggregation),
    )

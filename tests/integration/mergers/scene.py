"""Three regions that merge, with everything that counts in a merger."""

from dataclasses import dataclass
from datetime import date

from tests.factories.covenants import make_appointment, make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_organisation, make_programme, make_region
from tests.integration.regions.records import (
    book_hours,
    make_period,
    make_plan_version,
    make_report,
    spend,
)
from vpt_regio.domain.enums import AmendmentKind, AmendmentStatus, PaymentKind, PlanSection
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import Payment
from vpt_regio.models.covenants import Covenant, CovenantAmendment, ProjectLeaderAppointment
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region, RegionPartner
from vpt_regio.models.remarks import Remark

MERGED_ON = date(2012, 7, 10)
TODAY = date(2012, 7, 16)


@dataclass
class Scene:
    """Zeeland and Brabant share one covenant (1 to 2), Zeeland has another one to itself."""

    programme: Programme
    period: ReportingPeriod
    officer: Person
    north: Region
    zeeland: Region
    brabant: Region
    outside: Region
    shared: Covenant
    own: Covenant
    people: dict[str, Person]
    appointments: dict[str, ProjectLeaderAppointment]


def make_scene() -> Scene:
    programme = make_programme()
    regions = {code: make_region(programme, code) for code in ("brabant", "outside", "zeeland")}
    north = make_region(programme, "samen")
    north.status = RegionStatus.EXPLORING
    zeeland, brabant = regions["zeeland"], regions["brabant"]
    shared = make_covenant(zeeland, brabant, signed_on=date(2012, 1, 1), advance_cents=100_000_01)
    shared.shares[1].weight = 2
    own = make_covenant(zeeland, signed_on=date(2012, 2, 1), advance_cents=50_000_33)
    people, appointments = {}, {}
    for code, region in regions.items():
        leader = make_person(
            programme, Role.PROJECT_LEADER, region=region, email=f"leader.{code}@vpt.example"
        )
        manager = make_person(
            programme, Role.ACCOUNT_MANAGER, region=region, email=f"manager.{code}@vpt.example"
        )
        people |= {f"leader.{code}": leader, f"manager.{code}": manager}
        appointments[code] = make_appointment(region, leader, quarters_per_week=40)
    officer = make_person(programme, Role.POLICY_OFFICER, email="beleid@vpt.example")
    scene = Scene(
        programme,
        make_period(programme),
        officer,
        north,
        zeeland,
        brabant,
        regions["outside"],
        shared,
        own,
        people,
        appointments,
    )
    _add_money(scene)
    _add_work(scene)
    return scene


def _add_money(scene: Scene) -> None:
    zeeland, brabant, leader = scene.zeeland, scene.brabant, scene.people["leader.zeeland"]
    for covenant, cents in ((scene.shared, 1_000_00), (scene.own, 333)):
        db.session.add(
            CovenantAmendment(
                covenant=covenant,
                kind=AmendmentKind.AMOUNT,
                status=AmendmentStatus.SIGNED,
                signed_on=date(2012, 5, 1),
                amount_cents=cents,
                reason="Meer scholen.",
            )
        )
    spend(scene.own, zeeland, leader, cents=1_234_56)
    spend(scene.shared, brabant, leader, cents=7_000_01, booked_on=date(2012, 6, 2))
    spend(scene.shared, brabant, leader, cents=500_99, booked_on=date(2012, 7, 3))
    for covenant, region, cents in (
        (scene.shared, None, 100_000_01),
        (scene.own, zeeland, 25_000_00),
    ):
        db.session.add(
            Payment(
                covenant=covenant,
                region=region,
                kind=PaymentKind.ADVANCE,
                amount_cents=cents,
                paid_on=date(2012, 3, 1),
                reference="B-1",
                recorded_by=scene.officer,
            )
        )
    for code in ("zeeland", "brabant", "outside"):
        for week, quarters in ((10, 33), (25, 41), (27, 7)):
            book_hours(scene.appointments[code], week=week, quarters=quarters)
    db.session.flush()


def _add_work(scene: Scene) -> None:
    leader = scene.people["leader.zeeland"]
    make_plan_version(scene.own, scene.zeeland, leader, budget_cents=40_000_00)
    returned = make_plan_version(
        scene.shared, scene.brabant, leader, status=ActionPlanStatus.RETURNED, budget_cents=9_00
    )
    db.session.add(
        Remark(
            plan_version_id=returned.id,
            section=PlanSection.APPROACH,
            body="Werk dit uit.",
            author_id=scene.people["manager.brabant"].id,
            made_on=date(2012, 7, 1),
        )
    )
    for region in (scene.zeeland, scene.brabant):
        organisation = make_organisation(scene.programme)
        db.session.add(RegionPartner(region=region, organisation=organisation))
        make_report(region, scene.period, leader, status=ReportStatus.SUBMITTED)
    db.session.flush()

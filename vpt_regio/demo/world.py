"""Finding what earlier steps made: by the names that the data of the demonstration uses."""

from collections.abc import Collection

from sqlalchemy import select

from vpt_regio.demo import programme
from vpt_regio.demo.catalogue import ACTIVITIES
from vpt_regio.domain.permissions import Permission
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, Activity, ActivityVersion, PlanVersion
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.commitments import Commitment
from vpt_regio.models.contracts import Indicator, PerformanceContract
from vpt_regio.models.covenant_money import FinalAccount
from vpt_regio.models.covenants import (
    Covenant,
    CovenantAmendment,
    Expenditure,
    ProjectLeaderAppointment,
)
from vpt_regio.models.figures import FigureSet
from vpt_regio.models.holds import Hold
from vpt_regio.models.letters import Letter
from vpt_regio.models.maturity import Inventory
from vpt_regio.models.people import Mandate, Person
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import AgreementType, Measure, PolicyLine, Sector
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.models.remarks import Remark
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme


def person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def region(code: str) -> Region:
    return db.session.scalars(select(Region).where(Region.code == code)).one()


def covenant(number: str) -> Covenant:
    return db.session.scalars(select(Covenant).where(Covenant.number == number)).one()


def organisation(name: str) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.name == name)).one()


def sector(code: str) -> Sector:
    return db.session.scalars(select(Sector).where(Sector.code == code)).one()


def measure(code: str) -> Measure:
    query = select(Measure).where(
        Measure.code == code, Measure.list_version == programme.MEASURES_VERSION
    )
    return db.session.scalars(query).one()


def policy_line(code: str) -> PolicyLine:
    query = select(PolicyLine).where(
        PolicyLine.code == code, PolicyLine.list_version == programme.POLICY_LINES_VERSION
    )
    return db.session.scalars(query).one()


def agreement_type(code: str) -> AgreementType:
    return db.session.scalars(select(AgreementType).where(AgreementType.code == code)).one()


def indicator(name: str) -> Indicator:
    return db.session.scalars(select(Indicator).where(Indicator.name == name)).one()


def contract(title: str) -> PerformanceContract:
    query = select(PerformanceContract).where(PerformanceContract.title == title)
    return db.session.scalars(query).one()


def figure_set(code: str) -> FigureSet:
    return db.session.scalars(select(FigureSet).where(FigureSet.code == code)).one()


def inventory(name: str) -> Inventory:
    return db.session.scalars(select(Inventory).where(Inventory.name == name)).one()


def scheme(name: str) -> SubsidyScheme:
    return db.session.scalars(select(SubsidyScheme).where(SubsidyScheme.name == name)).one()


def subsidy_round(name: str) -> SubsidyRound:
    return db.session.scalars(select(SubsidyRound).where(SubsidyRound.name == name)).one()


def application(title: str) -> SubsidyApplication:
    query = select(SubsidyApplication).where(SubsidyApplication.title == title)
    return db.session.scalars(query).one()


def pilot(title: str) -> Pilot:
    return db.session.scalars(select(Pilot).where(Pilot.title == title)).one()


def period(code: str) -> ReportingPeriod:
    return db.session.scalars(select(ReportingPeriod).where(ReportingPeriod.code == code)).one()


def letter(reference: str) -> Letter:
    return db.session.scalars(select(Letter).where(Letter.reference == reference)).one()


def commitment(text: str) -> Commitment:
    return db.session.scalars(select(Commitment).where(Commitment.text == text)).one()


def plan(region_code: str, covenant_number: str | None = None) -> ActionPlan:
    """Return the plan of a region under a covenant, or the only one that it has."""
    query = (
        select(ActionPlan)
        .join(ActionPlan.region)
        .join(ActionPlan.covenant)
        .where(Region.code == region_code)
    )
    if covenant_number is not None:
        query = query.where(Covenant.number == covenant_number)
    return db.session.scalars(query).one()


def activity(of: ActionPlan, key: str) -> Activity:
    """Return an activity of the newest version of a plan by its key in the catalogue."""
    title = ACTIVITIES[key].title
    return next(a.activity for a in of.latest.activities if a.title == title)


def planned(activity_ids: Collection[int]) -> dict[int, ActivityVersion]:
    """Return, by activity, what the newest version of its plan says of it."""
    query = (
        select(ActivityVersion)
        .where(ActivityVersion.activity_id.in_(activity_ids))
        .order_by(ActivityVersion.id)
    )
    return {found.activity_id: found for found in db.session.scalars(query)}


def appointment(region_code: str, email: str) -> ProjectLeaderAppointment:
    query = (
        select(ProjectLeaderAppointment)
        .join(ProjectLeaderAppointment.region)
        .join(ProjectLeaderAppointment.person)
        .where(Region.code == region_code, Person.email == email)
    )
    return db.session.scalars(query).one()


def report(region_code: str, period_code: str) -> ProgressReport:
    query = (
        select(ProgressReport)
        .join(ProgressReport.region)
        .join(ProgressReport.period)
        .where(Region.code == region_code, ReportingPeriod.code == period_code)
    )
    return db.session.scalars(query).one()


def remark(of: ActionPlan, body: str) -> Remark:
    query = (
        select(Remark).join(Remark.plan_version).where(PlanVersion.plan == of, Remark.body == body)
    )
    return db.session.scalars(query).one()


def mandate(email: str, permission: Permission) -> Mandate:
    """Return the mandate that somebody holds in their own name."""
    query = (
        select(Mandate)
        .join(Mandate.person)
        .where(Person.email == email, Mandate.permission == permission, Mandate.parent_id.is_(None))
    )
    return db.session.scalars(query).one()


def amendment(covenant_number: str, document: str) -> CovenantAmendment:
    query = (
        select(CovenantAmendment)
        .join(CovenantAmendment.covenant)
        .where(Covenant.number == covenant_number, CovenantAmendment.document_reference == document)
    )
    return db.session.scalars(query).one()


def account(covenant_number: str, region_code: str) -> FinalAccount:
    query = (
        select(FinalAccount)
        .join(FinalAccount.covenant)
        .join(FinalAccount.region)
        .where(Covenant.number == covenant_number, Region.code == region_code)
    )
    return db.session.scalars(query).one()


def hold(reason: str) -> Hold:
    return db.session.scalars(select(Hold).where(Hold.reason == reason)).one()


def expenditure(region_code: str, description: str) -> Expenditure:
    query = (
        select(Expenditure)
        .join(Expenditure.region)
        .where(
            Region.code == region_code,
            Expenditure.description == description,
            Expenditure.corrects_id.is_(None),
        )
    )
    return db.session.scalars(query).one()

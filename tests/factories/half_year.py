"""A small programme with everything that the half-year workbook shows, the same every time."""

from datetime import date
from typing import NamedTuple

from tests.factories.half_year_letters import make_last_letter, make_letters
from tests.factories.half_year_results import make_figures, make_results
from tests.factories.half_year_subsidies import Subsidies, make_subsidies
from vpt_regio import clock
from vpt_regio.domain.enums import (
    ActivityStatus,
    AgreementLevel,
    AmendmentKind,
    AmendmentStatus,
    OrganisationKind,
    PartyRole,
    Phase,
    Rag,
    TerritoryType,
)
from vpt_regio.domain.half_year_codes import KeyFigure
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.domain.rules.sufficiency import Verdict
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    Activity,
    ActivityMeasure,
    ActivityVersion,
    BudgetLine,
    MeasureExemption,
    PlanVersion,
    SufficiencyCheck,
)
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.covenants import (
    Covenant,
    CovenantAmendment,
    CovenantParty,
    CovenantRegion,
    Expenditure,
    HoursEntry,
    ProjectLeaderAppointment,
)
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.people import Mandate, Person, RoleAssignment
from vpt_regio.models.periods import (
    ActivityProgress,
    PeriodDeadline,
    ProgressReport,
    ReportingPeriod,
)
from vpt_regio.models.programmes import Measure, PolicyLine, Programme
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.services import audit

MEASURES = ("Norm stellen", "Melden", "Verhalen schade")


class HalfYear(NamedTuple):
    """The programme and what tests reach for."""

    programme: Programme
    period: ReportingPeriod
    leader: Person
    limburg: Region
    plan: PlanVersion
    bookings: list[Expenditure]
    subsidies: Subsidies


def make_half_year() -> HalfYear:
    """Make it inside a unit of work: Limburg with a plan at work, two regions under one covenant,
    and Zeeland of which the sources know little."""
    with clock.at(date(2012, 1, 2)):
        programme = _programme()
        limburg, noord, oost, _zeeland = _regions(programme)
        leader = _people(programme, limburg)
        own = _covenants(programme, limburg, noord, oost)
        period = _period(programme)
        plan = _plan(limburg, own, leader, programme)
    with clock.at(date(2012, 7, 2)):
        bookings = _bookings(limburg, own, leader, plan)
        _report(limburg, period, leader, plan)
    make_results(programme, limburg, leader)
    make_figures(programme, leader)
    subsidies = make_subsidies(programme, limburg, noord)
    told: dict[str, dict[KeyFigure, object]] = {
        "noord": {KeyFigure.AVAILABLE: 60_000_00},
        "oost": {KeyFigure.SPENT_TOTAL: 12_50},
        "zeeland": {},
    }
    make_letters(period, leader, make_last_letter(period, leader, told=told))
    return HalfYear(programme, period, leader, limburg, plan, bookings, subsidies)


def _add(*records: object) -> None:
    db.session.add_all(records)
    db.session.flush()


def _programme() -> Programme:
    programme = Programme(
        code="vpt", name="Veilige Publieke Taak", ministry="BZK", minister_title="de minister"
    )
    _add(programme)
    for number, name in enumerate(MEASURES, start=1):
        _add(
            Measure(
                programme_id=programme.id,
                code=f"M{number}",
                position=number,
                name=f"Maatregel: {name.lower()}",
                short_name=name,
                list_version="2012",
                source="convenant",
            )
        )
    line = PolicyLine(
        programme_id=programme.id, code="L1", position=1, name="Voorkomen", list_version="2011"
    )
    _add(line)
    return programme


def _regions(programme: Programme) -> list[Region]:
    regions = [
        Region(
            programme_id=programme.id,
            code=code,
            name=name,
            territory_type=TerritoryType.PROVINCE,
            status=status,
        )
        for code, name, status in (
            ("limburg", "Limburg", RegionStatus.ACTIVE),
            ("noord", "Noord & Midden", RegionStatus.ACTIVE),
            ("oost", "Oost", RegionStatus.ACTIVE),
            ("zeeland", "Zeeland", RegionStatus.EXPLORING),
        )
    ]
    _add(*regions)
    return regions


def _people(programme: Programme, region: Region) -> Person:
    leader = Person(email="projectleider.limburg@vpt.example", name="Projectleider Limburg")
    manager = Person(email="accountmanager@vpt.example", name="Accountmanager")
    officer = Person(email="beleid@vpt.example", name="Beleidsmedewerker")
    _add(leader, manager, officer)
    for person, role, where in (
        (leader, Role.PROJECT_LEADER, region.id),
        (manager, Role.ACCOUNT_MANAGER, region.id),
        (officer, Role.POLICY_OFFICER, None),
    ):
        _add(
            RoleAssignment(
                person=person,
                role=role,
                programme_id=programme.id,
                region_id=where,
                starts_on=date(2011, 1, 1),
            )
        )
    return leader


def _covenants(programme: Programme, limburg: Region, *together: Region) -> Covenant:
    own = Covenant(
        programme_id=programme.id,
        number="VPT-01",
        title="Convenant Limburg",
        status=CovenantStatus.IN_FORCE,
        signed_on=date(2012, 1, 1),
        original_end_on=date(2012, 6, 29),
        advance_cents=100_000_00,
        min_hours_per_week=20,
        plan_due_on=date(2012, 3, 1),
        parties=_parties("Provincie Limburg"),
        shares=[CovenantRegion(region=limburg)],
    )
    shared = Covenant(
        programme_id=programme.id,
        number="VPT-02",
        title="Convenant Noord en Oost",
        status=CovenantStatus.IN_FORCE,
        signed_words="eind 2010",
        original_end_words="niet in bron",
        advance_cents=100_000_01,
        min_hours_per_week=None,
        parties=_parties("Politie Noord", "Politie Oost"),
        shares=[CovenantRegion(region=region) for region in together],
    )
    _add(own, shared)
    _add(
        CovenantAmendment(
            covenant=own,
            kind=AmendmentKind.EXTENSION,
            status=AmendmentStatus.SIGNED,
            signed_on=date(2012, 5, 1),
            new_end_on=date(2013, 12, 31),
            reason="Het plan vraagt meer tijd.",
        ),
        CovenantAmendment(
            covenant=own,
            kind=AmendmentKind.AMOUNT,
            status=AmendmentStatus.SIGNED,
            signed_on=date(2012, 5, 1),
            amount_cents=5_000_50,
            reason="Het plan vraagt meer geld.",
        ),
    )
    return own


def _parties(*names: str) -> list[CovenantParty]:
    minister = CovenantParty(role=PartyRole.MINISTER, name="de minister")
    others = [CovenantParty(role=PartyRole.COUNTERPARTY, name=name) for name in names]
    return [minister, *others]


def _period(programme: Programme) -> ReportingPeriod:
    period = ReportingPeriod(
        programme_id=programme.id,
        code="2012-1",
        name="eerste halfjaar 2012",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 6, 30),
        letter_on=date(2012, 10, 1),
        status=PeriodStatus.COLLECTING,
        deadlines=[PeriodDeadline(kind=DeadlineKind.REPORTS_SUBMITTED, due_on=date(2012, 8, 6))],
    )
    _add(period)
    return period


def _plan(region: Region, covenant: Covenant, leader: Person, programme: Programme) -> PlanVersion:
    plan = ActionPlan(region=region, covenant=covenant)
    old = PlanVersion(
        plan=plan,
        version_no=1,
        status=ActionPlanStatus.RETURNED,
        author=leader,
        submitted_on=date(2012, 2, 1),
    )
    version = PlanVersion(
        plan=plan,
        version_no=2,
        status=ActionPlanStatus.APPROVED,
        author=leader,
        submitted_on=date(2012, 2, 20),
        provisionally_adopted_on=date(2012, 3, 1),
        approved_on=date(2012, 7, 10),
        consensus_analysis=AgreementLevel.FULL,
        consensus_approach=AgreementLevel.PARTIAL,
    )
    _add(plan, old, version)
    owner = Organisation(
        programme_id=programme.id, name="Gemeente Voorbeeld", kind=OrganisationKind.MUNICIPALITY
    )
    _add(owner)
    _activity(version, 1, "Training melden", {1: 12_500_00, 2: 300_75}, owner=owner)
    _activity(version, 2, "Campagne <respect> & lef", {1: 7_000_00}, is_awareness=True)
    _add(BudgetLine(plan_version=version, phase=Phase.DEVELOPMENT, amount_cents=1_000_00))
    _add(
        MeasureExemption(
            plan_version_id=version.id, measure_id=3, reason="De schade is hier al geregeld."
        ),
        SufficiencyCheck(
            plan_version_id=version.id,
            verdict=Verdict.INSUFFICIENT,
            available_cents=20_000_00,
            planned_cents=20_800_75,
            difference_cents=800_75,
            reasoning="Er is te weinig.",
            checked_by=leader,
            checked_on=date(2012, 2, 25),
        ),
    )
    _approve(version, programme)
    return version


def _activity(
    version: PlanVersion,
    number: int,
    title: str,
    budget: dict[int, int],
    *,
    owner: Organisation | None = None,
    is_awareness: bool = False,
) -> None:
    activity = Activity(plan=version.plan, number=number)
    said = ActivityVersion(
        plan_version=version,
        activity=activity,
        title=title,
        policy_line_id=1,
        is_awareness=is_awareness,
        target_group="Medewerkers",
        owner=owner,
        starts_on=date(2012, 3, 1),
        ends_on=date(2012, 6, 1),
        measures=[ActivityMeasure(measure_id=place) for place in range(1, number + 1)],
    )
    _add(activity, said)
    for place, cents in budget.items():
        _add(
            BudgetLine(
                plan_version=version,
                activity_version=said,
                phase=Phase.IMPLEMENTATION,
                description=f"Post {place}",
                amount_cents=cents,
            )
        )


def _approve(version: PlanVersion, programme: Programme) -> None:
    """Approve on 10 July 2012: after the half-year, so that its last day knows nothing of it."""
    holder = Person(email="mandaat@vpt.example", name="Directeur")
    _add(holder)
    mandate = Mandate(
        programme_id=programme.id,
        person=holder,
        permission=Permission.ACTION_PLAN_APPROVE,
        on_behalf_of="de minister",
        reference="M-1",
        starts_on=date(2011, 1, 1),
    )
    _add(mandate)
    _add(
        Decision(
            programme_id=programme.id,
            kind=DecisionKind.PLAN_APPROVED,
            plan_version=version,
            reference="2012-0001",
            decided_on=date(2012, 7, 10),
            decided_by=holder,
            role=Role.MANDATE_HOLDER,
            on_behalf_of="de minister",
            mandate=mandate,
        )
    )
    entry = audit.record("action_plan.approve", version, actor=holder)
    _add(
        TransitionRecord(
            workflow=ACTION_PLAN.code,
            subject_id=version.id,
            transition="approve",
            from_state=ActionPlanStatus.PROVISIONALLY_ADOPTED.value,
            to_state=ActionPlanStatus.APPROVED.value,
            effective_on=date(2012, 7, 10),
            at=entry.at,
            audit_seq=entry.seq,
        )
    )


def _bookings(
    region: Region, covenant: Covenant, leader: Person, version: PlanVersion
) -> list[Expenditure]:
    appointment = ProjectLeaderAppointment(
        region=region, person=leader, quarters_per_week=80, starts_on=date(2012, 1, 1)
    )
    _add(appointment)
    for week, thursday, quarters in (
        (26, date(2012, 6, 28), 81),
        (1, date(2012, 1, 5), 70),
        (27, date(2012, 7, 5), 80),  # the first week of the next half-year
    ):
        _add(
            HoursEntry(
                appointment=appointment,
                iso_year=2012,
                iso_week=week,
                thursday_on=thursday,
                quarters=quarters,
                note="Overleg" if week == 1 else "",
            )
        )
    activity = version.activities[0].activity
    made = [
        Expenditure(
            region=region,
            covenant=covenant,
            activity_id=activity_id,
            phase=Phase.IMPLEMENTATION,
            booked_on=on,
            description=description,
            amount_cents=cents,
            booked_by=leader,
        )
        for on, cents, activity_id, description in (
            (date(2012, 4, 2), 2_000_10, activity.id, "Zaal"),
            (date(2012, 6, 30), 99, activity.id, "=SOM(A1)"),
            (date(2012, 5, 1), 700_00, None, "Drukwerk"),
            (date(2012, 7, 1), 50_00, activity.id, "Volgend halfjaar"),
        )
    ]
    _add(*made)
    correction = Expenditure(
        region=region,
        covenant=covenant,
        activity_id=activity.id,
        phase=Phase.IMPLEMENTATION,
        booked_on=date(2012, 6, 4),
        description="Correctie zaal",
        amount_cents=-500_10,
        corrects=made[0],
        reason="Te veel geboekt.",
        booked_by=leader,
    )
    _add(correction)
    return [*made, correction]


def _report(region: Region, period: ReportingPeriod, leader: Person, version: PlanVersion) -> None:
    first, _second = version.activities
    _add(
        ProgressReport(
            region=region,
            period=period,
            status=ReportStatus.SUBMITTED,
            rag=Rag.AMBER,
            rag_explanation="De campagne\nbegint later.",
            author=leader,
            submitted_on=date(2012, 7, 2),
            activities=[
                ActivityProgress(
                    activity=first.activity,
                    status=ActivityStatus.DELAYED,
                    percent=40,
                    result="Vier groepen getraind.",
                    obstacle="Weinig zalen.",
                    next_step="Na de zomer verder.",
                )
            ],
        )
    )

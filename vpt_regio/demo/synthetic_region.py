"""The life of one synthetic region: its covenant, its plan, and what it does each half-year."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from vpt_regio import clock
from vpt_regio.demo import programme as facts
from vpt_regio.demo import synthetic_results, world
from vpt_regio.demo.synthetic_life import ADMINISTRATOR, HOLDER, OFFICER, Life, Plan
from vpt_regio.domain.enums import (
    ActivityStatus,
    AgreementLevel,
    DutyScore,
    OrganisationKind,
    Phase,
    Rag,
    TerritoryType,
    WatchDuty,
)
from vpt_regio.domain.half_year import HalfYear, iso_weeks_between
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import Activity, ActivityVersion, PlanVersion
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure
from vpt_regio.models.regions import Region
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import action_plans, plan_reviews, reports
from vpt_regio.services import regions as region_service
from vpt_regio.services.activities import add_activity
from vpt_regio.services.appointments import appoint_project_leader
from vpt_regio.services.covenant_checks import Party
from vpt_regio.services.covenants import create_covenant, sign_covenant
from vpt_regio.services.decisions import adopt_plan, approve_plan
from vpt_regio.services.expenditures import book_expenditure, correct_expenditure
from vpt_regio.services.hours import book_hours
from vpt_regio.services.organisations import create_organisation
from vpt_regio.services.people import create_person, give_role
from vpt_regio.services.reports import ProgressInput
from vpt_regio.services.sign_in import find_person

ACTIVITIES_PER_SCALE = 8
BOOKINGS_PER_HALF = 2
QUARTERS_PER_WEEK = 80
FIRST_BOOKING = 45
"""Days after the start: the plan is approved by then."""
REPORTED_AFTER = 10
ACCEPTED_AFTER = 14


def found(life: Life, plan: Plan) -> None:
    """Make the region with its people, covenant and approved plan."""
    with clock.at(plan.start):
        region = _region(life)
        leader, manager = _people(life, region, plan.start)
        budgets = _budgets(life, plan)
        _covenant(life, region, plan, sum(budgets))
        appoint_project_leader(
            region,
            person=leader,
            quarters_per_week=QUARTERS_PER_WEEK,
            starts_on=plan.start,
            employer=f"Gemeente in {life.name}",
            actor=manager,
        )
    with clock.at(plan.after(10)):
        version = _write_plan(life, region, plan, budgets, leader)
    synthetic_results.agree(life, plan)
    with clock.at(plan.after(20)):
        action_plans.submit_plan(version, actor=leader)
    _review(version, plan, manager)


def live(life: Life, plan: Plan, half: HalfYear, *, today: date) -> None:
    """Let a half-year pass: hours, spending, measurements, and the report on it."""
    chances = life.chances(half.code)
    _book_hours(life, half, chances)
    _spend(life, plan, half, chances)
    synthetic_results.measure(life, half, today=today)
    _report(life, half, chances, today)


def _region(life: Life) -> Region:
    officer = world.person(OFFICER)
    region = region_service.create_region(
        get_programme(),
        code=life.code,
        name=life.name,
        territory_type=TerritoryType.POLICE_REGION,
        source="voorbeeld, niet echt",
        actor=officer,
    )
    region_service.step(region, "designate", actor=officer)
    return region


def _people(life: Life, region: Region, start: date) -> tuple[Person, Person]:
    administrator = world.person(ADMINISTRATOR)
    people = []
    for email, name, role in (
        (life.leader, f"Projectleider {life.name}", Role.PROJECT_LEADER),
        (
            life.manager,
            f"Accountmanager {life.manager_number:03} (voorbeeld)",
            Role.ACCOUNT_MANAGER,
        ),
    ):
        person = find_person(email) or create_person(
            get_programme(), email=email, name=name, actor=administrator
        )
        give_role(
            person, role=role, region=region, starts_on=start, ends_on=None, actor=administrator
        )
        db.session.flush()
        db.session.expire(person)
        people.append(person)
    leader, manager = people
    return leader, manager


def _budgets(life: Life, plan: Plan) -> list[int]:
    """Return what each activity costs, in cents."""
    chances = life.chances("budget")
    return [
        chances.randrange(2_000_00, 20_000_00, 25_00)
        for _ in range(ACTIVITIES_PER_SCALE * plan.scale)
    ]


def _covenant(life: Life, region: Region, plan: Plan, budget_cents: int) -> None:
    officer = world.person(OFFICER)
    covenant = create_covenant(
        get_programme(),
        number=f"VB-{life.number:03}",
        title=f"Convenant met {life.name}",
        regions=[region],
        counterparties=[Party(f"Provincie van {life.name}", "de gedeputeerde")],
        minister_signatory=facts.MINISTER,
        advance_cents=budget_cents + life.chances("advance").randrange(0, 10_000_00, 1_00),
        original_end_on=plan.end,
        plan_due_on=plan.after(60),
        actor=officer,
    )
    sign_covenant(covenant, signed_on=plan.start, actor=officer)


def _write_plan(
    life: Life, region: Region, plan: Plan, budgets: list[int], leader: Person
) -> PlanVersion:
    create_organisation(
        get_programme(),
        name=life.organisation,
        kind=OrganisationKind.EMPLOYER,
        actor=leader,
    )
    version = action_plans.start_plan(
        world.covenant(f"VB-{life.number:03}"), region=region, actor=leader
    ).latest
    _fill_plan(life, version, plan, budgets, leader)
    action_plans.edit_texts(
        version,
        problem_analysis="Voorbeeldtekst. Medewerkers melden nog niet elk voorval.",
        approach="Voorbeeldtekst. De partners nemen samen dezelfde maatregelen.",
        embedding="Voorbeeldtekst. Elke werkgever neemt de afspraken op in het eigen beleid.",
        actor=leader,
    )
    action_plans.set_agreement(
        version,
        consensus_analysis=AgreementLevel.FULL,
        consensus_approach=AgreementLevel.PARTIAL,
        actor=leader,
    )
    return version


def _fill_plan(
    life: Life,
    version: PlanVersion,
    plan: Plan,
    budgets: list[int],
    leader: Person,
) -> None:
    chances, owner = life.chances("plan"), world.organisation(life.organisation)
    measures = [world.measure(entry.code) for entry in facts.MEASURES]
    lines = [world.policy_line(entry.code) for entry in facts.POLICY_LINES]
    exempt = _exempt(measures, chances)
    chosen = [measure for measure in measures if measure is not exempt]
    for place, cents in enumerate(budgets):
        measure = chosen[place % len(chosen)]
        add_activity(
            version,
            title=f"Voorbeeldactiviteit {place + 1}: {measure.short_name}",
            description="Voorbeeldtekst.",
            measures=[measure],
            policy_line=lines[place % len(lines)],
            is_awareness=place % ACTIVITIES_PER_SCALE == 0,
            target_group="Alle medewerkers met een publieke taak",
            owner=owner,
            starts_on=plan.after(chances.randrange(45, 90)),
            ends_on=plan.end - timedelta(days=chances.randrange(0, 180)),
            development_cents=None,
            implementation_cents=cents,
            actor=leader,
        )
    if exempt is not None:
        action_plans.exempt_measure(
            version,
            measure=exempt,
            reason="Voorbeeld: de werkgevers regelen dit al zelf.",
            actor=leader,
        )


def _exempt(measures: list[Measure], chances: Random) -> Measure | None:
    """Choose the measure that the plan leaves out; three in four plans leave none out."""
    return chances.choice(measures) if chances.random() < 0.25 else None


def _review(version: PlanVersion, plan: Plan, manager: Person) -> None:
    with clock.at(plan.after(22)):
        plan_reviews.take_up_plan(version, actor=manager)
    with clock.at(plan.after(30)):
        plan_reviews.score_duties(
            version,
            scores=dict.fromkeys(WatchDuty, (DutyScore.SUFFICIENT, "Voorbeeldtekst.")),
            actor=manager,
        )
        plan_reviews.check_sufficiency(
            version, reasoning="Voorbeeld: het voorschot past bij het plan.", actor=manager
        )
        adopt_plan(version, actor=manager)
    with clock.at(plan.after(40)):
        approve_plan(version, actor=world.person(HOLDER))


def _book_hours(life: Life, half: HalfYear, chances: Random) -> None:
    leader = world.person(life.leader)
    appointment = world.appointment(life.code, life.leader)
    for year, week in iso_weeks_between(half.start, half.end):
        with clock.at(date.fromisocalendar(year, week, 5)):
            book_hours(
                appointment,
                iso_year=year,
                iso_week=week,
                quarters=QUARTERS_PER_WEEK + chances.randrange(-12, 9),
                actor=leader,
            )


def _activities(life: Life) -> list[ActivityVersion]:
    holding = world.plan(life.code).holding
    return [] if holding is None else list(holding.activities)


def _spend(life: Life, plan: Plan, half: HalfYear, chances: Random) -> None:
    region, leader = world.region(life.code), world.person(life.leader)
    first = max(half.start, plan.after(FIRST_BOOKING))
    parts = plan.halves * BOOKINGS_PER_HALF
    for said in _activities(life):
        for _ in range(BOOKINGS_PER_HALF):
            cents = said.budget_cents * chances.randrange(50, 100) // 100 // parts
            day = first + timedelta(days=chances.randrange((half.end - first).days + 1))
            _book(region, leader, said.activity, day, cents, is_wrong=chances.random() < 0.03)


def _book(
    region: Region, leader: Person, activity: Activity, day: date, cents: int, *, is_wrong: bool
) -> None:
    with clock.at(day):
        booked = book_expenditure(
            region,
            booked_on=day,
            phase=Phase.IMPLEMENTATION,
            activity=activity,
            description="Rekening (voorbeeld)",
            amount_cents=cents,
            actor=leader,
        )
        if is_wrong:
            correct_expenditure(
                booked,
                booked_on=day,
                amount_cents=-max(cents // 10, 1),
                reason="Voorbeeld: te veel geboekt.",
                actor=leader,
            )


def _report(life: Life, half: HalfYear, chances: Random, today: date) -> None:
    """Write, submit and accept the report; of the last half-year some are still under way."""
    written_on = half.end + timedelta(days=REPORTED_AFTER)
    accepted_on = half.end + timedelta(days=ACCEPTED_AFTER)
    luck = chances.random()
    is_last = half == HalfYear.of(today).previous()
    if written_on > today or (is_last and luck < 0.2):
        return
    leader, period = world.person(life.leader), world.period(half.code)
    with clock.at(written_on):
        report = reports.start_report(world.region(life.code), period, actor=leader)
        rag = chances.choices(list(Rag), weights=[6, 3, 1])[0]
        reports.edit_report(
            report,
            results="Voorbeeldtekst. De partners zijn verder gekomen.",
            obstacles="",
            outlook="Voorbeeldtekst. De partners gaan door.",
            rag=rag,
            rag_explanation="Voorbeeldtekst bij het oordeel.",
            activities=dict(_progress(life, chances)),
            actor=leader,
        )
        if is_last and luck < 0.4:
            return
        reports.submit_report(report, actor=leader)
    if accepted_on <= today and not (is_last and luck < 0.6):
        with clock.at(accepted_on):
            reports.accept_report(report, actor=world.person(life.manager))


def _progress(life: Life, chances: Random) -> Iterator[tuple[int, ProgressInput]]:
    for said in _activities(life):
        is_delayed = chances.random() < 0.15
        yield (
            said.activity_id,
            ProgressInput(
                status=ActivityStatus.DELAYED if is_delayed else ActivityStatus.RUNNING,
                percent=chances.randrange(5, 96, 5),
                result="Voorbeeldtekst. Er is een stap gezet.",
                obstacle="Voorbeeldtekst. Er was te weinig tijd." if is_delayed else "",
                next_step="Voorbeeldtekst. Verder volgens plan.",
            ),
        )

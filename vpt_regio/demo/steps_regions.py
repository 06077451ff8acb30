"""How the regions wrote their plans, worked, spent and reported, and how they were judged."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from vpt_regio.demo import people, programme, reports, spending, world
from vpt_regio.demo.agenda import Step
from vpt_regio.demo.catalogue import ACTIVITIES
from vpt_regio.demo.plans import PlanContent, PlannedActivity, Review, VersionContent
from vpt_regio.demo.plans_2010 import PLANS_2010, TAKEN_OVER_NOTE
from vpt_regio.demo.plans_2012 import PLANS_2012
from vpt_regio.demo.steps_foundation import partner_name
from vpt_regio.domain.enums import WatchDuty
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport
from vpt_regio.services import action_plans, plan_reviews
from vpt_regio.services.activities import add_activity
from vpt_regio.services.decisions import adopt_plan, approve_plan
from vpt_regio.services.expenditures import book_expenditure, correct_expenditure
from vpt_regio.services.hours import book_hours
from vpt_regio.services.plan_history import record_historic_approval
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.services.reports import (
    ProgressInput,
    accept_report,
    edit_report,
    return_report,
    start_report,
    submit_report,
)

CENTS = 100
WEEKS_AT_ONCE = 4
PLANS = PLANS_2010 + PLANS_2012


def steps() -> Iterator[Step]:
    """Yield the steps of every region."""
    for plan in PLANS:
        for version in plan.versions:
            yield from _version_steps(plan, version)
    for appointment in people.APPOINTMENTS:
        yield from _hours_steps(appointment)
    yield from _spending_steps()
    for report in reports.REPORTS:
        yield from _report_steps(report)


def _version_steps(plan: PlanContent, version: VersionContent) -> Iterator[Step]:
    yield Step(version.started_on, partial(_write, plan, version))
    if version.taken_over_on:
        yield Step(version.taken_over_on, partial(_take_over, plan))
    if version.submitted_on:
        yield Step(version.submitted_on, partial(_submit, plan))
    if version.review:
        yield from _review_steps(plan, version.review)


def _review_steps(plan: PlanContent, review: Review) -> Iterator[Step]:
    yield Step(review.taken_up_on, partial(_take_up, plan, review))
    if review.returned_on:
        yield Step(review.returned_on, partial(_return, plan, review))
    if review.adopted_on:
        yield Step(review.adopted_on, partial(_adopt, plan, review))
    if review.approved_on:
        yield Step(review.approved_on, partial(_approve, plan, review))


def _write(plan: PlanContent, content: VersionContent) -> None:
    author = world.person(plan.author)
    version = _begin(plan, author)
    for chosen in content.activities:
        _add_activity(version, plan, chosen, author)
    for code, reason in content.exemptions.items():
        action_plans.exempt_measure(
            version, measure=world.measure(code), reason=reason, actor=author
        )
    for code in content.withdrawn:
        action_plans.withdraw_exemption(version, measure=world.measure(code), actor=author)
    action_plans.edit_texts(
        version,
        problem_analysis=content.problem or None,
        approach=content.approach or None,
        embedding=content.embedding or None,
        actor=author,
    )
    if content.agreement:
        analysis, approach = content.agreement
        action_plans.set_agreement(
            version, consensus_analysis=analysis, consensus_approach=approach, actor=author
        )
    if content.other_funding:
        action_plans.set_other_funding(
            version,
            amount_cents=content.other_funding * CENTS,
            note=content.other_funding_note,
            actor=author,
        )


def _begin(plan: PlanContent, author: Person) -> PlanVersion:
    region, covenant = world.region(plan.region), world.covenant(plan.covenant)
    query = select(ActionPlan).filter_by(region_id=region.id, covenant_id=covenant.id)
    known = db.session.scalars(query).one_or_none()
    if known is None:
        return action_plans.start_plan(covenant, region=region, actor=author).latest
    return start_new_version(known, actor=author)


def _add_activity(
    version: PlanVersion, plan: PlanContent, chosen: PlannedActivity, author: Person
) -> None:
    content = ACTIVITIES[chosen.key]
    owner = partner_name(content.owner, world.region(plan.region).name)
    add_activity(
        version,
        title=content.title,
        description=content.description,
        measures=[world.measure(code) for code in content.measures],
        policy_line=world.policy_line(content.line),
        is_awareness=content.is_awareness,
        target_group=content.target_group,
        owner=world.organisation(owner),
        starts_on=chosen.starts_on,
        ends_on=chosen.ends_on,
        development_cents=chosen.development * CENTS,
        implementation_cents=chosen.implementation * CENTS,
        actor=author,
    )


def _take_over(plan: PlanContent) -> None:
    record_historic_approval(
        world.plan(plan.region, plan.covenant).latest,
        note=TAKEN_OVER_NOTE,
        actor=world.person(people.OFFICER),
    )


def _submit(plan: PlanContent) -> None:
    action_plans.submit_plan(
        world.plan(plan.region, plan.covenant).latest, actor=world.person(plan.author)
    )


def _take_up(plan: PlanContent, review: Review) -> None:
    manager = world.person(review.manager)
    version = plan_reviews.take_up_plan(
        world.plan(plan.region, plan.covenant).latest, actor=manager
    )
    for section, body in review.remarks:
        plan_reviews.make_remark(version, section=section, body=body, actor=manager)
    scores = dict(zip(WatchDuty, ((score, "") for score in review.scores), strict=True))
    plan_reviews.score_duties(version, scores=scores, actor=manager)


def _return(plan: PlanContent, review: Review) -> None:
    plan_reviews.return_plan(
        world.plan(plan.region, plan.covenant).latest,
        note="Voorbeeld: een goed begin. Verwerk de opmerkingen in een nieuwe versie.",
        actor=world.person(review.manager),
    )


def _adopt(plan: PlanContent, review: Review) -> None:
    manager = world.person(review.manager)
    version = world.plan(plan.region, plan.covenant).latest
    plan_reviews.check_sufficiency(
        version,
        reasoning="Voorbeeld: het geld past bij wat de regio wil doen.",
        actor=manager,
    )
    adopt_plan(version, note="Voorbeeld: de partners kunnen beginnen.", actor=manager)


def _approve(plan: PlanContent, review: Review) -> None:
    approve_plan(
        world.plan(plan.region, plan.covenant).latest,
        note="Voorbeeld: goedgekeurd zonder voorwaarden.",
        actor=world.person(review.manager),
    )


def _hours_steps(facts: people.AppointmentFacts) -> Iterator[Step]:
    """A leader books some weeks at once, on the Friday of the last one."""
    weeks = spending.weeks_of(facts)
    for first in range(0, len(weeks), WEEKS_AT_ONCE):
        together = weeks[first : first + WEEKS_AT_ONCE]
        yield Step(together[-1].friday, partial(_book_hours, facts, together))


def _book_hours(facts: people.AppointmentFacts, weeks: list[spending.Week]) -> None:
    leader = world.person(facts.email)
    appointment = world.appointment(facts.region, facts.email)
    for week in weeks:
        book_hours(
            appointment,
            iso_year=week.iso_year,
            iso_week=week.iso_week,
            quarters=week.quarters,
            note=week.note,
            actor=leader,
        )


def _spending_steps() -> Iterator[Step]:
    for plan in PLANS_2010:
        for booking in spending.bookings_of(plan, last_day=people.END_OF_COVENANTS_2010):
            yield Step(booking.booked_on, partial(_book, booking))
    for plan in PLANS_2012:
        for booking in spending.bookings_of(plan):
            yield Step(booking.booked_on, partial(_book, booking))
    for booking in spending.OTHER_BOOKINGS:
        yield Step(booking.booked_on, partial(_book, booking))
    for correction in spending.CORRECTIONS:
        yield Step(correction.booked_on, partial(_correct, correction))


def _book(booking: spending.Booking) -> None:
    plan = world.plan(*booking.plan) if booking.activity else None
    activity = world.activity(plan, booking.activity) if plan and booking.activity else None
    book_expenditure(
        world.region(booking.region),
        booked_on=booking.booked_on,
        phase=booking.phase,
        activity=activity,
        description=booking.description,
        amount_cents=booking.amount_cents,
        override_reason=booking.override_reason,
        actor=world.person(booking.by),
    )


def _correct(correction: spending.Correction) -> None:
    correct_expenditure(
        world.expenditure(correction.region, correction.of),
        booked_on=correction.booked_on,
        amount_cents=correction.amount_cents,
        reason=correction.reason,
        actor=world.person(correction.by),
    )


def _report_steps(content: reports.ReportContent) -> Iterator[Step]:
    yield Step(content.started_on, partial(_write_report, content))
    for day in (content.submitted_on, content.resubmitted_on):
        if day:
            yield Step(day, partial(_submit_report, content))
    if content.returned_on:
        yield Step(content.returned_on, partial(_return_report, content))
    if content.accepted_on:
        yield Step(content.accepted_on, partial(_accept_report, content))


def _write_report(content: reports.ReportContent) -> None:
    author = world.person(content.author)
    period = world.period(content.period)
    report = start_report(world.region(content.region), period, actor=author)
    edit_report(
        report,
        results=content.results,
        obstacles=content.obstacles,
        outlook=content.outlook,
        rag=content.rag,
        rag_explanation=content.rag_explanation,
        activities=_progress(report, content),
        actor=author,
    )


def _progress(report: ProgressReport, content: reports.ReportContent) -> dict[int, ProgressInput]:
    if not report.activities:
        return {}
    ends_on = next(p.ends_on for p in programme.PERIODS if p.code == content.period)
    delays = {ACTIVITIES[delay.key].title: delay for delay in content.delays}
    planned = world.planned([row.activity_id for row in report.activities])
    found: dict[int, ProgressInput] = {}
    for row in report.activities:
        activity = planned[row.activity_id]
        delay = delays.get(activity.title)
        if delay:
            found[row.activity_id] = ProgressInput(
                delay.status, delay.percent, obstacle=delay.obstacle
            )
        elif activity.starts_on and activity.ends_on:
            status, percent = reports.progress(activity.starts_on, activity.ends_on, ends_on)
            found[row.activity_id] = ProgressInput(status, percent)
    return found


def _submit_report(content: reports.ReportContent) -> None:
    report = world.report(content.region, content.period)
    submit_report(report, actor=world.person(content.author))


def _return_report(content: reports.ReportContent) -> None:
    report = world.report(content.region, content.period)
    return_report(report, note=content.return_note, actor=world.person(content.manager))


def _accept_report(content: reports.ReportContent) -> None:
    report = world.report(content.region, content.period)
    accept_report(report, actor=world.person(content.manager))

"""How the regions worked, spent and reported, and how their reports were judged."""

from collections.abc import Iterator
from functools import partial

from vpt_regio.demo import people, programme, reports, spending, world
from vpt_regio.demo.agenda import Step
from vpt_regio.demo.catalogue import ACTIVITIES
from vpt_regio.demo.plans_2010 import PLANS_2010
from vpt_regio.demo.plans_2012 import PLANS_2012
from vpt_regio.domain.enums import WatchDuty
from vpt_regio.models.periods import ProgressReport
from vpt_regio.services.expenditures import book_expenditure, correct_expenditure
from vpt_regio.services.hours import book_hours
from vpt_regio.services.report_duties import score_report_duties
from vpt_regio.services.reports import (
    ProgressInput,
    accept_report,
    edit_report,
    return_report,
    start_report,
    submit_report,
)

WEEKS_AT_ONCE = 4


def steps() -> Iterator[Step]:
    """Yield the steps of every region."""
    for appointment in people.APPOINTMENTS:
        yield from _hours_steps(appointment)
    yield from _spending_steps()
    for report in reports.REPORTS:
        yield from _report_steps(report)


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
    report, manager = world.report(content.region, content.period), world.person(content.manager)
    if content.scores:
        scores = dict(zip(WatchDuty, ((score, "") for score in content.scores), strict=True))
        score_report_duties(report, scores=scores, actor=manager)
    accept_report(report, actor=manager)

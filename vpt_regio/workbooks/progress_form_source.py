"""What a progress form is filled with, read from the records of a region and a half-year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from vpt_regio.domain.half_year import iso_weeks_between
from vpt_regio.domain.indicator_codes import Unit
from vpt_regio.domain.rules.indicators import Value
from vpt_regio.models.action_plans import Activity, ActivityVersion
from vpt_regio.models.covenants import HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.periods import ActivityProgress, ProgressReport, ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries import progress_form as queries
from vpt_regio.queries import reports
from vpt_regio.queries.extensions import due_on_with, extension_of
from vpt_regio.queries.report_measurements import ReportedAgreement, agreement_lines
from vpt_regio.workbooks.progress_form_types import (
    FormActivity,
    FormAgreement,
    FormExpenditure,
    FormLeader,
    FormReport,
    FormSource,
    FormWeek,
    Week,
)

CONTACT: Final = "de accountmanager van uw regio"
LONGEST_TITLE: Final = 80  # of an activity in a list to choose from
_WEEK: Final = timedelta(days=3)


def read_form_source(region: Region, period: ReportingPeriod) -> FormSource:
    """Return what the form of a region is filled with now: a fixed number of queries.

    Without a report yet, the activities are those of the plan that holds, with the status of the
    last accepted report, as a new report would have them.
    """
    report = reports.get_report(region.id, period.id)
    appointments = queries.appointments_in(region, period)
    labels = _leader_labels(appointments)
    managers = " en ".join(queries.account_managers_of(region))
    return FormSource(
        programme=period.programme.code,
        programme_name=period.programme.name,
        region=region.code,
        region_name=region.name,
        period=period.code,
        period_name=period.name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=due_on_with(period, extension_of(period, region.id)),
        contact=f"{CONTACT}: {managers}" if managers else CONTACT,
        activities=tuple(_activities(region, period, report)),
        agreements=tuple(
            _agreement(line.told)
            for line in agreement_lines(region.id, period)
            if line.can_record or line.told.measurement
        ),
        leaders=tuple(
            FormLeader(one.id, labels[one.id], one.starts_on, one.ends_on) for one in appointments
        ),
        weeks=tuple(_weeks(appointments, labels, queries.hours_in(region, period), period)),
        expenditures=tuple(_expenditures(region, period)),
        report=_report(report),
    )


def _report(report: ProgressReport | None) -> FormReport:
    if report is None:
        return FormReport()
    return FormReport(
        rag=report.rag,
        rag_explanation=report.rag_explanation,
        results=report.results,
        obstacles=report.obstacles,
        outlook=report.outlook,
        version=report.version,
    )


def _activities(
    region: Region, period: ReportingPeriod, report: ProgressReport | None
) -> list[FormActivity]:
    planned = reports.list_activities(*reports.holding_versions(region.id, period))
    told = {row.activity_id: row for row in report.activities} if report else {}
    earlier = {
        row.activity_id: row
        for one in reversed(reports.previous_reports(region.id, period))
        for row in one.activities
    }
    present = {row.activity_id: row.activity for row in told.values()}
    activities = present | {row.activity_id: row.activity for row in planned}
    titles = reports.titles_of(activities) | _titles(planned)
    titles = reports.told_apart(titles, activities.values())
    ordered = sorted(activities.values(), key=lambda one: (one.action_plan_id, one.number))
    labels = _activity_labels(ordered, titles)
    spent = reports.figures(region.id, period)
    return [
        FormActivity(
            activity_id=one.id,
            number=one.number,
            title=titles.get(one.id, ""),
            label=labels[one.id],
            spent_cents=spent.spent_on(one.id),
            **_progress(told.get(one.id), earlier.get(one.id)),
        )
        for one in ordered
    ]


def _titles(planned: Sequence[ActivityVersion]) -> dict[int, str]:
    return {row.activity_id: row.title for row in planned}


def _progress(told: ActivityProgress | None, earlier: ActivityProgress | None) -> dict[str, Any]:
    """What the report says of an activity; else where the last accepted one left it."""
    if told is None:
        return {
            "status": earlier.status if earlier else None,
            "percent": earlier.percent if earlier else None,
        }
    names = ("status", "percent", "result", "obstacle", "next_step")
    return {name: getattr(told, name) for name in names}


def _activity_labels(activities: Sequence[Activity], titles: dict[int, str]) -> dict[int, str]:
    """How a list names activities; two of different plans never have the same name."""
    labels = {
        one.id: f"{one.number}. {titles.get(one.id, '')[:LONGEST_TITLE]}" for one in activities
    }
    counts = Counter(label.casefold() for label in labels.values())
    return {
        number: label if counts[label.casefold()] == 1 else f"{label} ({number})"
        for number, label in labels.items()
    }


def _leader_labels(appointments: Sequence[ProjectLeaderAppointment]) -> dict[int, str]:
    """How a list names appointments: by the person, with the first day if they have several."""
    counts = Counter(one.person.name.casefold() for one in appointments)
    labels = {
        one.id: one.person.name
        if counts[one.person.name.casefold()] == 1
        else f"{one.person.name} (vanaf {one.starts_on:%d-%m-%Y})"
        for one in appointments
    }
    again = Counter(label.casefold() for label in labels.values())
    return {
        number: label if again[label.casefold()] == 1 else f"{label} ({number})"
        for number, label in labels.items()
    }


def _weeks(
    appointments: Sequence[ProjectLeaderAppointment],
    labels: dict[int, str],
    entries: Sequence[HoursEntry],
    period: ReportingPeriod,
) -> list[FormWeek]:
    """Every week of who holds the post; of a deputy only those with hours."""
    booked = {(one.appointment_id, one.iso_year, one.iso_week): one for one in entries}
    found = []
    for one in appointments:
        for week in (Week(*pair) for pair in iso_weeks_between(period.starts_on, period.ends_on)):
            entry = booked.get((one.id, *week))
            if entry is None and (one.is_deputy or not _holds_in(one, week.thursday)):
                continue
            quarters, note = (entry.quarters, entry.note) if entry else (None, "")
            found.append(FormWeek(one.id, labels[one.id], week, quarters, note))
    return found


def _holds_in(appointment: ProjectLeaderAppointment, thursday: date) -> bool:
    monday, sunday = thursday - _WEEK, thursday + _WEEK
    ends_on = appointment.ends_on
    return appointment.starts_on <= sunday and (ends_on is None or ends_on >= monday)


def _expenditures(region: Region, period: ReportingPeriod) -> list[FormExpenditure]:
    return [
        FormExpenditure(
            expenditure_id=one.id,
            booked_on=one.booked_on,
            description=one.description,
            activity_id=one.activity_id,
            phase=one.phase,
            amount_cents=one.amount_cents,
        )
        for one in queries.expenditures_in(region, period)
    ]


def _agreement(told: ReportedAgreement) -> FormAgreement:
    measured = told.measurement
    value = measured.value if measured else None
    is_share = value is not None and value.denominator is not None
    return FormAgreement(
        agreement_id=told.agreement_id,
        label=f"{told.contract}.{told.number} {told.statement}",
        indicator=told.indicator,
        unit=Unit(told.unit),
        decimals=told.decimals,
        previous=_number(told.previous.value.number) if told.previous else None,
        cutoff_on=measured.cutoff_on if measured else None,
        value=_number(value.number) if value and not is_share else None,
        **_counts(value),
        qualifier=value.qualifier if value else None,
        source=measured.source if measured else "",
        note=measured.note if measured else "",
        revision_no=measured.revision_no if measured else 0,
    )


def _counts(value: Value | None) -> dict[str, Decimal | None]:
    names = ("numerator", "denominator")
    return {name: _number(getattr(value, name)) if value else None for name in names}


def _number(number: Fraction | None) -> Decimal | None:
    return None if number is None else Decimal(number.numerator) / Decimal(number.denominator)

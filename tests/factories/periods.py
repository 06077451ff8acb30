"""Periods in every state and reports of a region, made by the services themselves."""

from dataclasses import dataclass
from datetime import date

from tests.factories.action_plans import Stage, make_approved, make_stage
from tests.factories.people import make_person
from tests.factories.regions import make_programme
from vpt_regio.domain.enums import ActivityStatus, Rag
from vpt_regio.domain.roles import Role
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.services.periods import create_period, open_period, start_collecting
from vpt_regio.services.reports import ProgressInput, edit_report, start_report, submit_report

LETTER_ON = date(2012, 9, 15)
"""Eight weeks before it, on 21 July 2012, the regions submit: after the day of the tests."""


@dataclass
class Season:
    """A period that is collecting, with one region whose plan is approved."""

    programme: Programme
    officer: Person
    period: ReportingPeriod
    stage: Stage


def make_officer(programme: Programme) -> Person:
    return make_person(programme, Role.POLICY_OFFICER, email="beleid@vpt.example")


def make_period(
    programme: Programme,
    officer: Person,
    code: str = "2012-1",
    *,
    starts_on: date = date(2012, 1, 1),
    ends_on: date = date(2012, 6, 30),
    letter_on: date | None = LETTER_ON,
) -> ReportingPeriod:
    return create_period(
        programme,
        code=code,
        name=f"Halfjaar {code}",
        sequence_no=None,
        starts_on=starts_on,
        ends_on=ends_on,
        letter_on=letter_on,
        actor=officer,
    )


def make_collecting(programme: Programme, officer: Person, code: str = "2012-1") -> ReportingPeriod:
    period = make_period(programme, officer, code)
    open_period(period, actor=officer)
    start_collecting(period, actor=officer)
    return period


def make_season(*, with_plan: bool = True) -> Season:
    programme = make_programme()
    officer = make_officer(programme)
    stage = make_stage(programme=programme)
    if with_plan:
        make_approved(stage)
    return Season(programme, officer, make_collecting(programme, officer), stage)


def make_report(season: Season) -> ProgressReport:
    return start_report(season.stage.region, season.period, actor=season.stage.leader)


def fill_report(report: ProgressReport, actor: Person) -> ProgressReport:
    """Fill in all that a report needs; every activity runs at 40 per cent."""
    return edit_report(
        report,
        results="De campagne loopt.",
        obstacles="",
        outlook="Wij gaan verder.",
        rag=Rag.GREEN,
        rag_explanation="",
        activities={
            row.activity_id: ProgressInput(ActivityStatus.RUNNING, 40, "Gestart")
            for row in report.activities
        },
        actor=actor,
    )


def make_submitted_report(season: Season) -> ProgressReport:
    report = fill_report(make_report(season), season.stage.leader)
    submit_report(report, actor=season.stage.leader)
    return report

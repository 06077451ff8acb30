"""Each signal has its rule, its data and its next step, and is raised on the right day."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.queries.signals import Severity, Signal, SignalKind, signals_of

TODAY = date(2012, 7, 16)
PERIOD = ReportingPeriod(code="2012-1", name="januari–juni 2012", status=PeriodStatus.COLLECTING)

WELL = RegionRow(
    region_id=1,
    code="limburg",
    name="Limburg",
    status=RegionStatus.ACTIVE,
    account_managers=("Accountmanager",),
    project_leaders=("Projectleider",),
    covenant_id=7,
    covenant_number="C-0007",
    covenant_status=CovenantStatus.IN_FORCE,
    signed=FuzzyDate.exactly(date(2012, 1, 1)),
    latest_end=FuzzyDate.exactly(date(2013, 12, 31)),
    plan_due_on=date(2012, 12, 31),
    hours_per_week=Fraction(20),
    recent_hours=Fraction(20),
    recent_norm=Fraction(20),
    budget_cents=60_000_00,
    spent_total_cents=60_000_00,
    plan_id=3,
    plan_region_id=1,
    plan_status=ActionPlanStatus.APPROVED,
    latest_version_no=2,
    latest_status=ActionPlanStatus.APPROVED,
    report_status=ReportStatus.SUBMITTED,
    reports_due_on=date(2012, 7, 15),
)


def signals(**changes: Any) -> list[Signal]:
    return signals_of([replace(WELL, **changes)], PERIOD, TODAY)


def test_a_region_that_runs_well_raises_nothing() -> None:
    assert signals() == []


@pytest.mark.parametrize(
    ("end", "kind", "severity"),
    [
        (date(2013, 1, 12), SignalKind.COVENANT_ENDS, Severity.LOW),
        (date(2012, 10, 14), SignalKind.COVENANT_ENDS, Severity.MEDIUM),
        (date(2012, 8, 15), SignalKind.COVENANT_ENDS, Severity.HIGH),
        (date(2012, 7, 16), SignalKind.COVENANT_ENDS, Severity.HIGH),
    ],
)
def test_the_end_of_a_covenant_comes_nearer(
    end: date, kind: SignalKind, severity: Severity
) -> None:
    [signal] = signals(latest_end=FuzzyDate.exactly(end))
    assert (signal.kind, signal.severity) == (kind, severity)
    assert signal.arguments == {"covenant_id": 7}


def test_half_a_year_and_a_day_is_far_away() -> None:
    assert signals(latest_end=FuzzyDate.exactly(date(2013, 1, 13))) == []


def test_an_expired_covenant_says_since_when() -> None:
    [signal] = signals(
        latest_end=FuzzyDate.exactly(date(2012, 6, 30)), covenant_status=CovenantStatus.EXPIRED
    )
    assert signal.kind is SignalKind.COVENANT_EXPIRED
    assert signal.data % signal.params == (
        "Convenant C-0007 eindigde op 30 juni 2012, 16 dagen geleden."
    )


def test_a_vague_end_keeps_its_words() -> None:
    [signal] = signals(
        latest_end=FuzzyDate.parse("halverwege 2012"), covenant_status=CovenantStatus.EXPIRED
    )
    assert signal.data % signal.params == "Convenant C-0007 liep tot halverwege 2012."


def test_a_covenant_of_a_region_that_ended_is_no_signal() -> None:
    gone = {"latest_end": FuzzyDate.exactly(date(2012, 6, 30))}
    assert signals(**gone, covenant_status=CovenantStatus.EXPIRED, status=RegionStatus.ENDED) == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        (
            {"plan_due_on": date(2012, 7, 15), "plan_status": ActionPlanStatus.DRAFT},
            SignalKind.PLAN_OVERDUE,
        ),
        (
            {
                "latest_status": ActionPlanStatus.SUBMITTED,
                "latest_submitted_on": date(2012, 7, 1),
            },
            SignalKind.PLAN_WAITING,
        ),
        ({"recent_hours": Fraction(39, 2)}, SignalKind.HOURS_BELOW_NORM),
        ({"report_status": ReportStatus.LATE}, SignalKind.REPORT_LATE),
        ({"report_status": ReportStatus.MISSING}, SignalKind.REPORT_LATE),
        ({"spent_total_cents": 60_000_01}, SignalKind.SPENDING_ABOVE_PLAN),
        ({"project_leaders": ()}, SignalKind.NO_PROJECT_LEADER),
        ({"account_managers": ()}, SignalKind.NO_ACCOUNT_MANAGER),
    ],
)
def test_each_rule_raises_one_signal(changes: dict[str, Any], kind: SignalKind) -> None:
    [signal] = signals(**changes)
    assert signal.kind is kind
    assert signal.data % signal.params
    assert signal.rule
    assert signal.next_step


@pytest.mark.parametrize(
    "changes",
    [
        {"plan_due_on": date(2012, 7, 16), "plan_status": ActionPlanStatus.DRAFT},
        {"latest_status": ActionPlanStatus.SUBMITTED, "latest_submitted_on": date(2012, 7, 2)},
        {"recent_hours": Fraction(0), "recent_norm": None},
        {"spent_total_cents": None},
        {"sees_details": False, "account_managers": ()},
    ],
)
def test_up_to_the_rule_nothing_is_raised(changes: dict[str, Any]) -> None:
    assert signals(**changes) == []


def test_the_most_important_signal_comes_first() -> None:
    soon = replace(WELL, name="A", latest_end=FuzzyDate.exactly(date(2013, 1, 1)))
    late = replace(WELL, name="Z", report_status=ReportStatus.LATE)
    idle = replace(WELL, name="M", recent_hours=Fraction(0))
    found = signals_of([soon, idle, late], PERIOD, TODAY)
    assert [signal.region.name for signal in found] == ["Z", "M", "A"]


@pytest.mark.parametrize(
    "end", [date(2013, 1, 12), date(2012, 10, 14), date(2012, 8, 15), date(2012, 7, 16)]
)
def test_an_extension_in_draft_is_the_next_step(end: date) -> None:
    [signal] = signals(latest_end=FuzzyDate.exactly(end), drafted_extension_id=5)
    assert signal.endpoint == "amendments.show"
    assert signal.arguments == {"covenant_id": 7, "amendment_id": 5}
    assert "verlenging in concept" in signal.next_step


def test_an_extension_in_draft_no_longer_helps_once_the_covenant_expired() -> None:
    [signal] = signals(
        latest_end=FuzzyDate.exactly(date(2012, 7, 15)),
        covenant_status=CovenantStatus.EXPIRED,
        drafted_extension_id=5,
    )
    assert signal.endpoint == "covenants.show"

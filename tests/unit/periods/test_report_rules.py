"""What a report lacks, and how it stands on the board."""

from dataclasses import replace
from datetime import date

import pytest

from vpt_regio.domain.enums import ActivityStatus, Rag, ReportStatus
from vpt_regio.domain.rules.reports import ActivityFacts, ReportFacts, board_status, report_gaps

ACTIVITY = ActivityFacts(7, 1, "Campagne", ActivityStatus.RUNNING, 40)
COMPLETE = ReportFacts(
    has_results=True,
    has_outlook=True,
    rag=Rag.GREEN,
    has_rag_explanation=False,
    activities=(ACTIVITY,),
)
DUE, LETTER = date(2012, 1, 19), date(2012, 3, 15)


def _fields(facts: ReportFacts) -> list[str]:
    return [gap.field for gap in report_gaps(facts)]


def test_a_complete_report_lacks_nothing() -> None:
    assert _fields(COMPLETE) == []


def test_everything_is_named_at_once_in_the_order_of_the_form() -> None:
    empty = ReportFacts(False, False, None, False, (ActivityFacts(7, 1, "Campagne"),), (2,))
    assert _fields(empty) == [
        "activities",
        "activities-7-status",
        "activities-7-percent",
        "results",
        "outlook",
        "rag",
    ]


@pytest.mark.parametrize(
    ("status", "percent", "has_obstacle", "expected"),
    [
        (ActivityStatus.DONE, 100, False, []),
        (ActivityStatus.DONE, 99, False, ["activities-7-percent"]),
        (ActivityStatus.RUNNING, 100, False, ["activities-7-status"]),
        (ActivityStatus.RUNNING, 0, False, []),
        (ActivityStatus.NOT_STARTED, 0, False, []),
        (ActivityStatus.NOT_STARTED, 1, False, ["activities-7-percent"]),
        (ActivityStatus.DELAYED, 40, False, ["activities-7-obstacle"]),
        (ActivityStatus.DELAYED, 40, True, []),
        (ActivityStatus.DELAYED, None, False, ["activities-7-percent", "activities-7-obstacle"]),
        (ActivityStatus.CANCELLED, 40, False, []),
        (ActivityStatus.CANCELLED, 100, False, ["activities-7-status"]),
        (None, 40, False, ["activities-7-status"]),
    ],
)
def test_status_progress_and_obstacle_agree(
    status: ActivityStatus | None, percent: int | None, has_obstacle: bool, expected: list[str]
) -> None:
    activity = replace(ACTIVITY, status=status, percent=percent, has_obstacle=has_obstacle)
    assert _fields(replace(COMPLETE, activities=(activity,))) == expected


@pytest.mark.parametrize("rag", [Rag.AMBER, Rag.RED])
def test_amber_and_red_are_explained(rag: Rag) -> None:
    assert _fields(replace(COMPLETE, rag=rag)) == ["rag_explanation"]
    assert _fields(replace(COMPLETE, rag=rag, has_rag_explanation=True)) == []


@pytest.mark.parametrize(
    ("stored", "today", "is_settled", "expected"),
    [
        (None, DUE, False, ReportStatus.NOT_STARTED),
        (None, date(2012, 1, 20), False, ReportStatus.LATE),
        (ReportStatus.DRAFT, DUE, False, ReportStatus.DRAFT),
        (ReportStatus.DRAFT, date(2012, 1, 20), False, ReportStatus.LATE),
        (None, LETTER, False, ReportStatus.MISSING),
        (ReportStatus.DRAFT, LETTER, False, ReportStatus.MISSING),
        (ReportStatus.DRAFT, DUE, True, ReportStatus.MISSING),
        (ReportStatus.RETURNED, LETTER, True, ReportStatus.RETURNED),
        (ReportStatus.SUBMITTED, LETTER, False, ReportStatus.SUBMITTED),
        (ReportStatus.ACCEPTED, LETTER, True, ReportStatus.ACCEPTED),
    ],
)
def test_late_and_missing_follow_from_dates(
    stored: ReportStatus | None, today: date, is_settled: bool, expected: ReportStatus
) -> None:
    shown = board_status(stored, today=today, due_on=DUE, letter_on=LETTER, is_settled=is_settled)
    assert shown is expected


def test_without_dates_nothing_is_late() -> None:
    shown = board_status(None, today=LETTER, due_on=None, letter_on=None, is_settled=False)
    assert shown is ReportStatus.NOT_STARTED

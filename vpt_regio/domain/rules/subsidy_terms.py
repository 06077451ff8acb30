"""The terms of subsidies: to complete, to decide, to settle, to pay back, and until when."""

from datetime import date, timedelta

# two weeks to complete an application; a round may give another term
COMPLETION_DAYS = 14
# Source: Awb 4:13, second paragraph: eight weeks are reasonable in any case
DECISION_DAYS = 56
# 22 weeks to decide on the settlement; a decision may name another term
SETTLEMENT_DAYS = 154
# 13 weeks after the last day of the activities to ask for the settlement, as is usual
REQUEST_DAYS = 91
# Source: Awb 4:87: six weeks to pay a sum of money
RECOVERY_DAYS = 42
# Source: Awb 4:49, third paragraph, and 4:57, fourth paragraph
LIMITATION_YEARS = 5


def days_paused(asked_on: date, *, due_on: date, completed_on: date | None, today: date) -> int:
    """Return how many days the clock has stood still, up to today, for one completion.

    From the day after the request, until the day of the completion or, when nothing came, to
    the end of the term. Source: Awb 4:15, first paragraph.
    """
    if completed_on is not None:
        last = min(completed_on - timedelta(days=1), due_on)
    else:
        last = min(today, due_on)
    return max((last - asked_on).days, 0)


def decision_due_on(
    received_on: date, *, days: int, paused_days: int = 0, extended_to: date | None = None
) -> date:
    """Return the last day to decide; a notice of extension only ever moves it later.

    The clock stands still while the applicant completes. Source: Awb 4:13 to 4:15. Raises
    ``ValueError`` on a negative number of days.
    """
    if days < 0 or paused_days < 0:
        raise ValueError("negative_days")
    due_on = received_on + timedelta(days=days + paused_days)
    return due_on if extended_to is None else max(due_on, extended_to)


def limitation_on(settled_on: date) -> date:
    """Return the last day to revoke or recover: the same day five years later.

    After a 29th of February it is the 28th: the last day of that month in a common year.
    Source: Awb 4:49, third paragraph, and 4:57, fourth paragraph.
    """
    year = settled_on.year + LIMITATION_YEARS
    if (settled_on.month, settled_on.day) == (2, 29):
        return date(year, 3, 1) - timedelta(days=1)
    return settled_on.replace(year=year)


def is_within_five_years(settled_on: date, on: date) -> bool:
    """Tell whether five years have not yet gone by since the settlement."""
    return on <= limitation_on(settled_on)

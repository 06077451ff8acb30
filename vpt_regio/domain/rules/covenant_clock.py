"""The clock of a covenant: what follows from its ultimate end date."""

from datetime import date, timedelta
from enum import StrEnum

from vpt_regio.domain.enums import CovenantStatus
from vpt_regio.domain.text import N_


class ClockSignal(StrEnum):
    """How near the end is; the value to show is the nearest one that was passed."""

    WITHIN_180_DAYS = "within_180_days"
    WITHIN_90_DAYS = "within_90_days"
    WITHIN_30_DAYS = "within_30_days"
    EXPIRED = "expired"


CLOCK_SIGNAL_LABELS: dict[ClockSignal, str] = {
    ClockSignal.WITHIN_180_DAYS: N_("eindigt binnen een half jaar"),
    ClockSignal.WITHIN_90_DAYS: N_("eindigt binnen drie maanden"),
    ClockSignal.WITHIN_30_DAYS: N_("eindigt binnen een maand"),
    ClockSignal.EXPIRED: N_("verlopen"),
}

_THRESHOLDS: tuple[tuple[int, ClockSignal], ...] = (
    (30, ClockSignal.WITHIN_30_DAYS),
    (90, ClockSignal.WITHIN_90_DAYS),
    (180, ClockSignal.WITHIN_180_DAYS),
)


def days_left(last_day: date, today: date) -> int:
    """Return the days until the end: 0 on the last day, negative afterwards."""
    return (last_day - today).days


def effective_status(stored: str, last_day: date | None, today: date) -> CovenantStatus:
    """Return the status that holds today; the last day itself is still in force.

    Raises ``ValueError`` when the stored status is unknown or is one that follows from dates.
    """
    status = CovenantStatus(stored)
    if status is CovenantStatus.EXPIRED:
        raise ValueError("derived_status_stored")
    is_past = last_day is not None and days_left(last_day, today) < 0
    if status is CovenantStatus.IN_FORCE and is_past:
        return CovenantStatus.EXPIRED
    return status


def status_at(
    stored: str, last_day: date | None, day: date, *, ended_on: date | None
) -> CovenantStatus:
    """Return the status on a day that may lie in the past.

    What was closed since, or ended early on a known day (`ended_on`), was in force until then.
    """
    status = CovenantStatus(stored)
    until = last_day if status is CovenantStatus.CLOSED else ended_on
    is_over = status in (CovenantStatus.CLOSED, CovenantStatus.TERMINATED)
    if is_over and until is not None and days_left(until, day) >= 0:
        return CovenantStatus.IN_FORCE
    return effective_status(status, last_day, day)


def clock_signal(last_day: date, today: date) -> ClockSignal | None:
    """Return the signal to raise for a covenant in force, or None while the end is far away."""
    days = days_left(last_day, today)
    if days < 0:
        return ClockSignal.EXPIRED
    for threshold, signal in _THRESHOLDS:
        if days <= threshold:
            return signal
    return None


def signalled_since(last_day: date, today: date) -> date | None:
    """Return the day on which the signal of today was raised first; None without a signal."""
    signal = clock_signal(last_day, today)
    if signal is ClockSignal.EXPIRED:
        return last_day + timedelta(days=1)
    days = {found: threshold for threshold, found in _THRESHOLDS}
    return last_day - timedelta(days=days[signal]) if signal else None

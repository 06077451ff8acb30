"""The clock of a covenant: what follows from its ultimate end date."""

from datetime import date
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


def days_left(latest_end: date, today: date) -> int:
    """Return the days until the ultimate end: 0 on the last day, negative afterwards."""
    return (latest_end - today).days


def effective_status(stored: str, latest_end: date | None, today: date) -> CovenantStatus:
    """Return the status that holds today; the ultimate end itself is still in force.

    Raises ``ValueError`` when the stored status is unknown or is one that follows from dates.
    """
    status = CovenantStatus(stored)
    if status is CovenantStatus.EXPIRED:
        raise ValueError("derived_status_stored")
    is_past = latest_end is not None and days_left(latest_end, today) < 0
    if status is CovenantStatus.IN_FORCE and is_past:
        return CovenantStatus.EXPIRED
    return status


def clock_signal(latest_end: date, today: date) -> ClockSignal | None:
    """Return the signal to raise for a covenant in force, or None while the end is far away."""
    days = days_left(latest_end, today)
    if days < 0:
        return ClockSignal.EXPIRED
    for threshold, signal in _THRESHOLDS:
        if days <= threshold:
            return signal
    return None

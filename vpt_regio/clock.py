"""The only clock.

`today()` and `now()` are the moment that rules work with: a demonstration pins their day.
`real_now()` is for what must never be pinned: sessions, links, throttles.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_moved_to: ContextVar[datetime | None] = ContextVar("moved_to", default=None)


class _Reference:
    """The reference day of this process, set once by the application factory."""

    day: date | None = None


def configure(*, reference_day: date | None) -> None:
    """Pin the reference day of this process; None lets it run with the real one."""
    _Reference.day = reference_day


def real_now() -> datetime:
    """Return the real instant, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the instant that rules work with, in UTC; the time of day runs on a pinned day."""
    moved = _moved_to.get()
    if moved is not None:
        return moved
    real = real_now()
    if _Reference.day is None:
        return real
    local = real.astimezone(AMSTERDAM)
    return datetime.combine(_Reference.day, local.timetz()).astimezone(UTC)


def today() -> date:
    """Return the day in Amsterdam that rules work with."""
    return now().astimezone(AMSTERDAM).date()


@contextmanager
def at(moment: date | datetime) -> Iterator[None]:
    """Let `now()` be the given moment within the block: for loading history, and for tests.

    A date stands for noon of that day in Amsterdam; a datetime must know its time zone.
    """
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12), AMSTERDAM)
    token = _moved_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved_to.reset(token)

"""From when until when one can apply in a round, in Dutch local time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Window:
    """The days of a round; on its closing day one can still apply only if that day counts too.

    Raises ``ValueError`` when no moment to apply is left. Moments to judge must know their zone.
    """

    opens_on: date
    closes_on: date
    closing_inclusive: bool

    def __post_init__(self) -> None:
        if self.last_day < self.opens_on:
            raise ValueError("no_moment_left")

    @property
    def last_day(self) -> date:
        """The last day on which an application is in time."""
        return self.closes_on if self.closing_inclusive else self.closes_on - timedelta(days=1)

    @property
    def first_moment(self) -> datetime:
        return _midnight(self.opens_on)

    @property
    def end(self) -> datetime:
        """The first instant at which it is too late."""
        return _midnight(self.last_day + timedelta(days=1))

    def is_too_early(self, at: datetime) -> bool:
        return at < self.first_moment

    def is_open(self, at: datetime) -> bool:
        return self.first_moment <= at < self.end

    def is_closed(self, at: datetime) -> bool:
        return at >= self.end


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)

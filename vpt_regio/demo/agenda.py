"""The order of events: each step has its day, and happens on that day in the life of the data."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from vpt_regio import clock
from vpt_regio.extensions import db

FIRST_HOUR = time(9)
BETWEEN_STEPS = timedelta(minutes=3)


@dataclass(frozen=True)
class Step:
    """Something that happens on a day; steps of one day keep the order of the agenda."""

    day: date
    run: Callable[[], Any]


def happen(steps: Iterable[Step]) -> int:
    """Let every step happen at its moment, the oldest first; return how many there were.

    Call it inside a unit of work: all of it is kept, or nothing.
    """
    count = 0
    in_order = sorted(steps, key=lambda step: step.day)
    for day, of_day in groupby(in_order, key=lambda step: step.day):
        moment = datetime.combine(day, FIRST_HOUR, clock.AMSTERDAM)
        for step in of_day:
            with clock.at(moment):
                step.run()
            # as if every step began anew: nothing that it knew is passed on
            db.session.flush()
            db.session.expire_all()
            moment += BETWEEN_STEPS
            count += 1
    return count

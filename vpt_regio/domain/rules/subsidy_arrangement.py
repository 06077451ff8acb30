"""Which accountability a subsidy asks for, by its amount.

Source: the uniform framework for subsidies of the state (Aanwijzingen voor subsidieverstrekking,
2009). The limits are data, because they change; the tasks of each arrangement are the framework.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vpt_regio.domain.text import N_


@dataclass(frozen=True)
class Limit:
    """From which amount on an arrangement applies, and from which day this limit holds."""

    number: int
    from_cents: int
    holds_from: date


@dataclass(frozen=True)
class Arrangement:
    """``by_analogy``: no limit held yet on that day, so the first ones ever are applied."""

    number: int
    by_analogy: bool


class Duty(StrEnum):
    """What a recipient has to do to account for a subsidy."""

    PROGRESS = "progress"
    CHANGE_NOTICE = "change_notice"
    ACTIVITY_REPORT = "activity_report"
    COST_ACCOUNT = "cost_account"
    AUDIT_OPINION = "audit_opinion"
    SAMPLE_CHECK = "sample_check"


DUTY_LABELS: dict[Duty, str] = {
    Duty.PROGRESS: N_("Elk halfjaar vertellen hoe het gaat"),
    Duty.CHANGE_NOTICE: N_("Veranderingen meteen melden"),
    Duty.ACTIVITY_REPORT: N_("Verslag doen van de activiteiten"),
    Duty.COST_ACCOUNT: N_("De kosten verantwoorden"),
    Duty.AUDIT_OPINION: N_("Een verklaring van een accountant meesturen"),
    Duty.SAMPLE_CHECK: N_("Meewerken aan een steekproef"),
}

_FIRST_ASKED_BY: dict[Duty, int] = {
    Duty.PROGRESS: 2,
    Duty.CHANGE_NOTICE: 1,
    Duty.ACTIVITY_REPORT: 2,
    Duty.COST_ACCOUNT: 3,
    Duty.AUDIT_OPINION: 3,
    Duty.SAMPLE_CHECK: 1,
}


@dataclass(frozen=True)
class Task:
    """One duty of one pilot, with the last day for it when there is one."""

    duty: Duty
    due_on: date | None
    done_on: date | None

    def is_overdue(self, today: date) -> bool:
        return self.done_on is None and self.due_on is not None and today > self.due_on


def arrangement_of(cents: int, limits: Sequence[Limit], *, on: date) -> Arrangement | None:
    """Return the arrangement of an amount by the newest limits that hold on a day.

    Before the first limits hold, these are applied by analogy. None when there are no limits, or
    none that the amount reaches.
    """
    if not limits:
        return None
    begun = [limit.holds_from for limit in limits if limit.holds_from <= on]
    holds_from = max(begun) if begun else min(limit.holds_from for limit in limits)
    reached = [
        limit for limit in limits if limit.holds_from == holds_from and limit.from_cents <= cents
    ]
    if not reached:
        return None
    highest = max(reached, key=lambda limit: limit.from_cents)
    return Arrangement(highest.number, by_analogy=not begun)


def duties_of(number: int) -> tuple[Duty, ...]:
    """Return what an arrangement asks for; each asks for all that a lower one does, and more.

    Raises ``ValueError`` for an arrangement that does not exist.
    """
    if number not in (1, 2, 3):
        raise ValueError("no_such_arrangement")
    return tuple(duty for duty in Duty if _FIRST_ASKED_BY[duty] <= number)

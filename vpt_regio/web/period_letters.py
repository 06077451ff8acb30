"""What the board of a half-year tells of its letter, and of what the House is to get with it."""

from dataclasses import dataclass
from typing import Any

from vpt_regio.domain.enums import PeriodStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.commitments import due_before
from vpt_regio.queries.letters import letters_of
from vpt_regio.web.authorize import may
from vpt_regio.web.commitment_pages import due_rows
from vpt_regio.web.letter_pages import list_rows

BEFORE_THE_LETTER = (
    PeriodStatus.PLANNED,
    PeriodStatus.OPEN,
    PeriodStatus.COLLECTING,
    PeriodStatus.FROZEN,
)


@dataclass(frozen=True)
class LettersOfPeriod:
    """Rows of tables: letters about a half-year, and commitments that are due with its letter.

    `is_to_come` tells that the letter has not been sent: only then something is due with it.
    """

    letters: list[list[Any]]
    due: list[list[Any]]
    is_to_come: bool


def letters_of_period(period: ReportingPeriod) -> LettersOfPeriod:
    """Return what stands on the board about the letter of a half-year."""
    is_to_come = period.status in BEFORE_THE_LETTER
    due = []
    if is_to_come and period.letter_on is not None and may(Permission.COMMITMENT_VIEW):
        due = due_before(period.letter_on, programme_id=period.programme_id)
    letters = letters_of(period) if may(Permission.LETTER_VIEW) else []
    return LettersOfPeriod(list_rows(letters), due_rows(due), is_to_come)

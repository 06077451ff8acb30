"""The calendar of a half-year, counted back from the date of the letter to the House."""

from datetime import date, timedelta
from enum import StrEnum

from vpt_regio.domain.text import N_


class DeadlineKind(StrEnum):
    """The steps towards the letter, in their order."""

    INVITATIONS_SENT = "invitations_sent"
    REPORTS_SUBMITTED = "reports_submitted"
    REVIEWS_DONE = "reviews_done"
    REVISIONS_ACCEPTED = "revisions_accepted"
    SNAPSHOT_TAKEN = "snapshot_taken"
    DEPARTMENT_TEXTS_IN = "department_texts_in"
    FIGURES_CHECKED = "figures_checked"
    COORDINATED = "coordinated"
    MINISTER_FILE = "minister_file"
    LETTER_SENT = "letter_sent"


DEADLINE_LABELS: dict[DeadlineKind, str] = {
    DeadlineKind.INVITATIONS_SENT: N_("Uitvraag aan de regio's"),
    DeadlineKind.REPORTS_SUBMITTED: N_("Regio's dienen hun rapportage in"),
    DeadlineKind.REVIEWS_DONE: N_("Accountmanagers zijn klaar met beoordelen"),
    DeadlineKind.REVISIONS_ACCEPTED: N_("Verbeterde rapportages zijn aangenomen"),
    DeadlineKind.SNAPSHOT_TAKEN: N_("Cijfers worden vastgezet"),
    DeadlineKind.DEPARTMENT_TEXTS_IN: N_("Teksten van andere ministeries zijn binnen"),
    DeadlineKind.FIGURES_CHECKED: N_("Tweede persoon controleert de cijfers"),
    DeadlineKind.COORDINATED: N_("Afstemming met andere ministers"),
    DeadlineKind.MINISTER_FILE: N_("Dossier gaat naar de minister"),
    DeadlineKind.LETTER_SENT: N_("Brief gaat naar de Tweede Kamer"),
}

WEEKS_BEFORE_LETTER: dict[DeadlineKind, int] = {
    DeadlineKind.INVITATIONS_SENT: 10,
    DeadlineKind.REPORTS_SUBMITTED: 8,
    DeadlineKind.REVIEWS_DONE: 7,
    DeadlineKind.REVISIONS_ACCEPTED: 6,
    DeadlineKind.SNAPSHOT_TAKEN: 5,
    DeadlineKind.DEPARTMENT_TEXTS_IN: 4,
    DeadlineKind.FIGURES_CHECKED: 3,
    DeadlineKind.COORDINATED: 2,
    DeadlineKind.MINISTER_FILE: 1,
    DeadlineKind.LETTER_SENT: 0,
}


def last_day(due_on: date | None, extended_to: date | None) -> date | None:
    """Return the last day for a region: the deadline, or the end of its extra time."""
    return max((day for day in (due_on, extended_to) if day is not None), default=None)


def count_back(letter_on: date) -> dict[DeadlineKind, date]:
    """Return the proposed date of each step, in order; people may change every one of them."""
    return {kind: letter_on - timedelta(weeks=WEEKS_BEFORE_LETTER[kind]) for kind in DeadlineKind}

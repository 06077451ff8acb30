"""The clock of a pilot: an awarded one runs, and then is done, by its dates alone."""

from datetime import date

from vpt_regio.domain.subsidy_codes import PilotStatus


def status_at(
    stored: PilotStatus, *, starts_on: date | None, ends_on: date | None, day: date
) -> PilotStatus:
    """Return the status as people see it on a day; the last day itself still runs."""
    if stored is not PilotStatus.AWARDED:
        return stored
    if ends_on is not None and day > ends_on:
        return PilotStatus.FINISHED
    has_begun = starts_on is not None and day >= starts_on
    return PilotStatus.RUNNING if has_begun else PilotStatus.AWARDED

"""What every change of the books of a region (appointments, hours, expenditures) asks first."""

from datetime import date

from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import DomainError, PeriodFrozen, WrongState
from vpt_regio.models.regions import Region
from vpt_regio.queries.region_books import locked_period_on
from vpt_regio.services.covenant_checks import day_in_words


def require_books_open(region: Region) -> None:
    """Raise WrongState for a region that went up in another one: its books are closed.

    What goes on from its time, such as an appointment, goes on in the books of its successor:
    ask about that one (`lineage.holder_of`).
    """
    if region.status is RegionStatus.MERGED:
        raise WrongState(
            N_(
                "De regio %(region)s is samengevoegd. Hier kan niets meer worden vastgelegd."
                " Leg het vast bij de nieuwe regio."
            ),
            params={"region": region.name},
        )


def locked_errors(region: Region, day: date, *, message: str, field: str) -> list[DomainError]:
    """Return an error when a day lies in a half-year that is frozen, sent or closed.

    The message may name %(period)s and its last day %(end)s.
    """
    period = locked_period_on(region.programme_id, day, for_write=True)
    if period is None:
        return []
    params = {"period": period.code, "end": day_in_words(period.ends_on)}
    return [PeriodFrozen(message, field=field, params=params)]

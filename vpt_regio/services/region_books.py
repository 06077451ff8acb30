"""What every change of the books of a region (appointments, hours, expenditures) asks first."""

from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import WrongState
from vpt_regio.models.regions import Region


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

"""A policy officer with the figures of four New Year's nights, as they came in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from tests.factories.figures import make_figure_set
from tests.factories.people import make_person
from tests.factories.regions import make_programme
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.errors import DomainError
from vpt_regio.models.figures import FigureDelivery, FigureSet
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.services.figure_deliveries import FigureEntry, deliver
from vpt_regio.uow import unit_of_work

CUTOFF = date(2012, 1, 6)
SEASONS = ("2008-2009", "2009-2010", "2010-2011", "2011-2012")
NIGHTS = {
    "Incidenten": (229, 303, 173, 186),
    "Aanhoudingen": (246, 109, 177, 143),
    "In verzekering gesteld": (38, 22, 31, 61),
    "Openlijke geweldpleging": (None, None, 31, 53),
    "Mishandeling": (None, None, 22, 28),
}


@dataclass
class Scene:
    programme: Programme
    officer: Person

    def entries(
        self, figure_set: FigureSet, values: Mapping[tuple[str, str], int | None]
    ) -> list[FigureEntry]:
        categories = {category.name: category.id for category in figure_set.categories}
        periods = {period.label: period.id for period in figure_set.periods}
        return [
            FigureEntry(categories[name], periods[label], None if value is None else Decimal(value))
            for (name, label), value in values.items()
        ]

    def deliver(
        self,
        figure_set: FigureSet,
        values: Mapping[tuple[str, str], int | None],
        *,
        on: date = CUTOFF,
        reason: str = "",
    ) -> FigureDelivery:
        with clock.at(on):
            return deliver(
                figure_set,
                source="Politie",
                cutoff_on=on,
                reason=reason,
                entries=self.entries(figure_set, values),
                actor=self.officer,
            )

    def nights(self) -> FigureSet:
        """The figures of the New Year's nights; what no source gives is left out."""
        figure_set = make_figure_set(
            self.programme, "jaarwisseling", categories=tuple(NIGHTS), periods=SEASONS
        )
        values = {
            (name, season): value
            for name, row in NIGHTS.items()
            for season, value in zip(SEASONS, row, strict=True)
            if value is not None
        }
        self.deliver(figure_set, values)
        return figure_set


def make_scene() -> Scene:
    programme = make_programme()
    officer = make_person(programme, Role.POLICY_OFFICER, email="officer@vpt.example")
    return Scene(programme, officer)


def refused(work: Callable[[], object]) -> DomainError:
    """Return what the work was refused with."""
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value

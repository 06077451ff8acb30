"""A policy officer with the figures of four New Year's nights, as they came in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from tests.factories.figures import make_figure_set
from tests.factories.people import make_person
from tests.factories.regions import make_programme
from vpt_regio import clock
from vpt_regio.domain.indicator_codes import ClaimKind, Qualifier
from vpt_regio.domain.roles import Role
from vpt_regio.errors import DomainError
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureClaim, FigureClaimOperand, FigureDelivery, FigureSet
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.programmes import get_programme
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

    def deliver_text(
        self, figure_set: FigureSet, place: tuple[str, str], value: str
    ) -> FigureDelivery:
        """Deliver one figure with decimals."""
        entry = self.entries(figure_set, {place: 0})[0]
        return deliver(
            figure_set,
            source="Monitor",
            cutoff_on=CUTOFF,
            entries=[replace(entry, value=Decimal(value))],
            actor=self.officer,
        )

    def deliver_as(
        self, figure_set: FigureSet, entry: FigureEntry, qualifier: Qualifier
    ) -> FigureDelivery:
        """Say of a figure how sure it is."""
        return deliver(
            figure_set,
            source="Brief",
            cutoff_on=CUTOFF,
            reason="De bron zegt het zo",
            entries=[replace(entry, qualifier=qualifier)],
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


def add_claim(
    figure_set: FigureSet,
    subject: str,
    kind: ClaimKind,
    stated: int | Decimal | None,
    places: Sequence[tuple[str, str]],
    *,
    decimals: int = 0,
    qualifier: Qualifier = Qualifier.EXACT,
) -> FigureClaim:
    """Add what a source says, without the service."""
    categories = {category.name: category for category in figure_set.categories}
    periods = {period.label: period for period in figure_set.periods}
    claim = FigureClaim(
        position=len(figure_set.claims) + 1,
        subject=subject,
        kind=kind,
        stated=stated,
        decimals=decimals,
        qualifier=qualifier,
        source="Brief",
        operands=[
            FigureClaimOperand(position=place, category=categories[name], period=periods[label])
            for place, (name, label) in enumerate(places, 1)
        ],
    )
    figure_set.claims.append(claim)
    db.session.flush()
    return claim


def add_claims_of_the_nights(figure_set: FigureSet) -> None:
    """Add what the letter says of the figures, under the numbers of the arithmetic check."""
    old, new = "2010-2011", "2011-2012"
    claims: list[tuple[str, str, str, int | str, int]] = [
        ("T1", "Incidenten", old, "7.5", 1),
        ("T2", "Incidenten", "2009-2010", -39, 0),
        ("T4", "Incidenten", "2008-2009", -24, 0),
        ("T5", "Aanhoudingen", old, -19, 0),
        ("T7", "Openlijke geweldpleging", old, 70, 0),
        ("T8", "Mishandeling", old, 27, 0),
    ]
    for subject, name, since, stated, decimals in claims:
        places = [(name, since), (name, new)]
        add_claim(
            figure_set,
            subject,
            ClaimKind.CHANGE_PERCENT,
            Decimal(stated),
            places,
            decimals=decimals,
        )
    fell = [("Incidenten", "2009-2010"), ("Incidenten", old)]
    add_claim(figure_set, "T3", ClaimKind.CHANGE_PERCENT, None, fell, decimals=1)
    custody = [("In verzekering gesteld", old), ("In verzekering gesteld", new)]
    add_claim(
        figure_set, "T6", ClaimKind.FACTOR, 2, custody, decimals=1, qualifier=Qualifier.ALMOST
    )


def add_sets(codes: Iterable[int]) -> None:
    """Add sets that share a total, each with a claim; there is a programme already."""
    programme = get_programme()
    scene = Scene(programme, make_person(programme, Role.POLICY_OFFICER))
    old, new = (("Incidenten", season) for season in SEASONS[:2])
    for code in codes:
        figures = make_figure_set(programme, f"reeks-{code}", periods=SEASONS)
        figures.total_code = "samen"
        scene.deliver(figures, {old: 1, new: 2})
        add_claim(figures, "verdubbeld", ClaimKind.FACTOR, 2, [old, new])


def refused(work: Callable[[], object]) -> DomainError:
    """Return what the work was refused with."""
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value

"""What the small programme agreed and measured: a contract in Limburg, and a set of figures."""

from datetime import date
from decimal import Decimal

from tests.factories.contracts import (
    add_revision,
    make_agreement,
    make_contract,
    make_indicator,
    make_measurement,
)
from tests.factories.figures import deliver, make_figure_set
from vpt_regio.domain.indicator_codes import (
    ClaimKind,
    ContractStatus,
    Direction,
    ReferenceKind,
    Unit,
)
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Indicator, PerformanceContract
from vpt_regio.models.figures import FigureClaim, FigureClaimOperand, FigureSet
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region


def make_results(programme: Programme, region: Region, leader: Person) -> PerformanceContract:
    """Make a contract with four agreements: a share whose target was lowered and whose measurement
    was corrected, a number that fell, a yes, and one that was not measured."""
    contract = make_contract(region, parties=2, status=ContractStatus.AGREED, author=leader)
    contract.number, contract.title = 1, "Samen tegen agressie"
    for number, party in enumerate(contract.parties, start=1):
        party.organisation.name = f"Partner {number}"
    _share(programme, contract)
    _number(programme, contract)
    _yes(programme, contract)
    make_agreement(contract, _named(programme, "Dagen tot een reactie", Unit.DAYS), baseline=None)
    db.session.flush()
    return contract


def _named(programme: Programme, name: str, unit: Unit) -> Indicator:
    direction = Direction.DOWN if unit is Unit.DAYS else Direction.UP
    return make_indicator(programme, name, unit=unit, direction=direction)


def _share(programme: Programme, contract: PerformanceContract) -> None:
    agreement = make_agreement(contract, _named(programme, "Reactie in 48 uur", Unit.PERCENT))
    add_revision(
        agreement,
        ReferenceKind.TARGET,
        55,
        day=date(2013, 12, 31),
        holds_from=date(2012, 5, 1),
        reason="Twee partners begonnen later.",
    )
    make_measurement(agreement, counts=(9, 20), recorded_on=date(2012, 7, 2))
    make_measurement(
        agreement, counts=(1, 3), recorded_on=date(2012, 7, 9), reason="Dubbel geteld."
    )


def _number(programme: Programme, contract: PerformanceContract) -> None:
    agreement = make_agreement(contract, _named(programme, "Meldingen", Unit.NUMBER), target=60)
    make_measurement(agreement, Decimal("61.5"), recorded_on=date(2012, 7, 2))


def _yes(programme: Programme, contract: PerformanceContract) -> None:
    indicator = _named(programme, "Norm uitgedragen", Unit.YES_NO)
    agreement = make_agreement(contract, indicator, baseline=0, target=1)
    make_measurement(agreement, 1, recorded_on=date(2012, 7, 2))


def make_figures(programme: Programme, recorder: Person) -> FigureSet:
    """Make a set of two years with a revised figure and a claim that does not agree."""
    figure_set = make_figure_set(programme, "voorvallen", categories=("Voorvallen", "Aangiften"))
    figure_set.title = "Voorvallen en aangiften"
    first = {("Voorvallen", "2010"): 200, ("Voorvallen", "2011"): 180, ("Aangiften", "2011"): None}
    deliver(figure_set, first, recorded_by=recorder)
    deliver(
        figure_set,
        {("Voorvallen", "2011"): 150},
        recorded_by=recorder,
        cutoff_on=date(2012, 3, 1),
        source="Herziene registratie",
    )
    claim = FigureClaim(
        figure_set=figure_set,
        position=1,
        subject="Voorvallen in 2011 tegenover 2010",
        kind=ClaimKind.CHANGE_PERCENT,
        stated=Decimal(-24),
        source="Jaarbrief",
    )
    category = figure_set.categories[0]
    claim.operands = [
        FigureClaimOperand(position=place, category=category, period=period)
        for place, period in enumerate(figure_set.periods, start=1)
    ]
    db.session.add(claim)
    db.session.flush()
    return figure_set

"""The records of the world of access about results: contracts, indicators, figures, maturity."""

from decimal import Decimal
from typing import Any

from tests.factories.action_plans import Stage
from tests.factories.contracts import (
    make_agreement,
    make_contract,
    make_indicator,
    make_measurement,
)
from tests.factories.figures import deliver, make_figure_set
from vpt_regio.domain.indicator_codes import ChangeKind, ClaimKind, Direction
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureClaim, ProgrammeTarget
from vpt_regio.models.maturity import Inventory
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme


def make_national_results(programme: Programme, recorder: Person) -> dict[str, Any]:
    """Return the parts of addresses of what belongs to the whole programme."""
    figure_set = make_figure_set(programme)
    deliver(figure_set, {("Incidenten", "2010"): 3}, recorded_by=recorder)
    claim = FigureClaim(
        figure_set=figure_set, position=1, subject="Incidenten", kind=ClaimKind.CHANGE_PERCENT
    )
    target = ProgrammeTarget(
        programme_id=programme.id,
        name="Een kwart minder",
        subject="Incidenten",
        change=Decimal(-25),
        change_kind=ChangeKind.PERCENT,
        direction=Direction.DOWN,
        source="Brief",
    )
    db.session.add_all([claim, target])
    db.session.flush()
    return {
        "set_code": figure_set.code,
        "claim_id": claim.id,
        "target_id": target.id,
        "list_name": "maatregelen",
        "kind": "streefwaarde",
    }


def make_regional_results(stage: Stage) -> dict[str, Any]:
    """Return the parts of addresses of what belongs to one region."""
    contract = make_contract(stage.region, author=stage.leader)
    indicator = make_indicator(stage.programme, region=stage.region)
    agreement = make_agreement(contract, indicator)
    inventory = Inventory(region_id=stage.region.id, name="Inventarisatie")
    db.session.add(inventory)
    db.session.flush()
    return {
        "contract_id": contract.id,
        "signature_id": contract.signatures[0].id,
        "indicator_id": indicator.id,
        "agreement_id": agreement.id,
        "measurement_id": make_measurement(agreement, 45).id,
        "inventory_id": inventory.id,
    }

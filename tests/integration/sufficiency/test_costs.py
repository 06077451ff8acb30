"""The costs of a plan by measure and phase, and the way from too little money to an amendment."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.action_plans import assess, fill, make_in_review, make_plan, make_stage
from vpt_regio.domain.enums import Phase
from vpt_regio.domain.rules.sufficiency import supplement_needed
from vpt_regio.models.covenants import CovenantRegion
from vpt_regio.queries.plan_costs import WHOLE_PLAN, WITHOUT_MEASURE, cost_table, supplement_for
from vpt_regio.queries.plan_facts import find_all
from vpt_regio.services.action_plans import add_budget_line, set_other_funding
from vpt_regio.services.activities import add_activity
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
MANAGER = "manager.limburg@vpt.example"
LEADER = "leider.limburg@vpt.example"


@given(st.integers(1, 10**13), st.integers(1, 50), st.integers(0, 50))
def test_the_part_of_a_supplement_covers_the_shortfall_and_no_cent_more(
    shortfall: int, weight: int, others: int
) -> None:
    part = Fraction(weight, weight + others)
    needed = supplement_needed(shortfall, part=part)
    assert needed * part >= shortfall
    assert (needed - 1) * part < shortfall


def test_a_supplement_needs_a_part() -> None:
    with pytest.raises(ValueError, match="no_part"):
        supplement_needed(100, part=Fraction(0))


@pytest.mark.usefixtures("context")
def test_every_cent_of_the_budget_stands_in_one_row() -> None:
    with unit_of_work():
        stage = make_stage()
        version = fill(make_plan(stage).latest, stage, cents=100_01)
        leader = stage.leader
        add_activity(version, title="Los", measures=[], development_cents=50_00, actor=leader)
        add_budget_line(
            version,
            phase=Phase.DEVELOPMENT,
            description="Zaal",
            amount_cents=7_00,
            actor=leader,
        )
        set_other_funding(version, amount_cents=10_00, note="De provincie", actor=leader)
    costs = cost_table(version)
    assert costs.total == version.budget_cents == 157_01
    assert costs.phases == {Phase.DEVELOPMENT: 57_00, Phase.IMPLEMENTATION: 100_01}
    by_name = {row.name: row.total for row in costs.rows}
    assert (by_name[WITHOUT_MEASURE], by_name[WHOLE_PLAN]) == (50_00, 7_00)
    funding = costs.funding
    assert funding.total is not None
    assert (funding.supplements, funding.other) == (0, 10_00)
    assert costs.left == funding.total - 157_01
    # the same parts as in the table of measures
    measures = {row.measure.name: row.cents for row in find_all(version).measures}
    assert {name: by_name[name] for name in measures} == measures


@pytest.mark.usefixtures("context")
def test_the_supplement_grows_with_the_other_regions_of_the_covenant() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage, cents=900_000_00)
        assess(version, stage)
    assert version.sufficiency is not None
    shortfall = version.sufficiency.shortfall_cents
    assert shortfall > 0
    assert supplement_for(version) == shortfall
    with unit_of_work():
        other = make_stage("groningen", programme=stage.programme)
        stage.covenant.shares.append(CovenantRegion(region_id=other.region.id, weight=1))
    assert supplement_for(version) == 2 * shortfall


def test_too_little_money_leads_to_an_amendment_with_its_amount(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        version = assess(make_in_review(stage, cents=900_000_00), stage)
        assert version.sufficiency is not None
        plan_id, covenant_id = version.action_plan_id, stage.covenant.id
        cents, check_id = version.sufficiency.shortfall_cents, version.sufficiency.id
    manager = sign_in(MANAGER)
    page = manager.get(f"/plannen/{plan_id}/beoordeling").text
    address = (
        f"/convenanten/{covenant_id}/wijzigingen/nieuw?soort=amount&amp;bedrag={cents}"
        f"&amp;toets={check_id}"
    )
    assert address in page
    assert "Kosten per maatregel en fase" in page
    assert "Te weinig" in page
    form = manager.get(address.replace("&amp;", "&"))
    assert form.status_code == 200
    assert "niet toereikend" in form.text
    assert "Wijziging opstellen" not in sign_in(LEADER).get(f"/plannen/{plan_id}").text


def test_with_enough_money_nothing_is_offered(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        plan_id = assess(make_in_review(stage), stage).action_plan_id
    page = sign_in(MANAGER).get(f"/plannen/{plan_id}/beoordeling").text
    assert "Wijziging opstellen" not in page
    assert "Blijft over" in page

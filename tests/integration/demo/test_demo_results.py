"""What the demonstration shows of contracts and measurements: every stage, and what can go on."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import select

from tests.integration.demo.conftest import DAY
from vpt_regio.demo import indicators, world
from vpt_regio.demo.people import FIRST_MANAGER, OFFICER, SECOND_MANAGER
from vpt_regio.demo.results_gelderland import END_2011, TITLE
from vpt_regio.demo.results_regions import (
    GRONINGEN,
    LIMBURG,
    MIDDEN_NEDERLAND,
    MIDDEN_WEST_BRABANT,
    ZEELAND,
)
from vpt_regio.domain.indicator_codes import Aggregation, ReferenceKind, Unit
from vpt_regio.domain.rules.contracts import gaps
from vpt_regio.domain.workflows.contracts import ContractStatus
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement, Indicator, Measurement, PerformanceContract
from vpt_regio.queries.agreement_values import standing_of
from vpt_regio.queries.contract_facts import facts_of
from vpt_regio.queries.my_work import my_work
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.results import look_of, national_results
from vpt_regio.services.contract_signatures import unsigned

pytestmark = pytest.mark.usefixtures("demo")


def _gelderland(number: int) -> Agreement:
    return world.contract(TITLE).agreements[number - 1]


def _values(agreement: Agreement, cutoff_on: date) -> list[Measurement]:
    return [one for one in agreement.measurements if one.cutoff_on == cutoff_on]


class TestStages:
    def test_contracts_stand_at_every_stage(self) -> None:
        contracts = list(db.session.scalars(select(PerformanceContract)))
        assert {contract.status_on(DAY) for contract in contracts} == set(ContractStatus)

    def test_five_partners_signed_one_by_one_over_three_weeks(self) -> None:
        contract = world.contract(TITLE)
        days = [one.signed_on for one in contract.standing_signatures]
        assert len(set(days)) == len(contract.parties) == 5
        assert (max(days) - min(days)).days == 21
        assert contract.agreed_on == max(days)
        assert contract.standing_signatures[-1].recorded_by.email == SECOND_MANAGER
        assert contract.status_on(DAY) is ContractStatus.RUNNING

    def test_one_of_four_partners_has_still_to_sign(self) -> None:
        contract = world.contract(MIDDEN_NEDERLAND.title)
        assert len(contract.standing_signatures) == 3
        assert [one.name for one in unsigned(contract)] == [
            "Jeugdzorg Midden Nederland (voorbeeld)"
        ]

    def test_a_draft_tells_what_it_lacks(self) -> None:
        contract = world.contract(LIMBURG.title)
        assert contract.status is ContractStatus.DRAFT
        assert [gap.code for gap in gaps(facts_of(contract))] == ["no_target"]

    def test_a_contract_ran_out_and_waits_for_its_evaluation(self) -> None:
        contract = world.contract(GRONINGEN.title)
        assert contract.status_on(DAY) is ContractStatus.ENDED
        assert contract.ends_on == date(2012, 6, 30)

    def test_a_contract_was_evaluated_with_a_reason_for_what_is_not_known(self) -> None:
        contract = world.contract(ZEELAND.title)
        assert contract.status is ContractStatus.EVALUATED
        reasons = [one.no_end_value_reason for one in contract.agreements]
        assert [bool(reason) for reason in reasons] == [False, True]

    def test_contracts_run_in_regions_that_know_how_to_measure(self) -> None:
        running = {
            contract.region.code
            for contract in db.session.scalars(select(PerformanceContract))
            if contract.status_on(DAY) is ContractStatus.RUNNING
        }
        assert running == {
            "noord-en-oost-gelderland",
            "amsterdam-amstelland",
            "midden-west-brabant",
        }

    @pytest.mark.parametrize(
        "email", [FIRST_MANAGER, LIMBURG.author, MIDDEN_NEDERLAND.author, GRONINGEN.author]
    )
    def test_contracts_give_work(self, email: str) -> None:
        """To evaluate, to finish, to get signed, or to wait for the evaluation."""
        work = my_work(world.person(email))
        found = [*work.to_do, *work.waiting]
        assert [item for item in found if item.endpoint.startswith("contract")]


class TestValues:
    def test_a_target_was_lowered_halfway_and_the_first_one_stays(self) -> None:
        first, second = (
            one for one in _gelderland(1).revisions if one.kind is ReferenceKind.TARGET
        )
        assert (first.number, second.number) == (90, 75)
        assert second.holds_from == date(2012, 4, 2)
        assert "Voorbeeld" in second.reason
        assert "Verslag" in second.document_reference

    def test_a_measurement_was_corrected_before_the_report(self) -> None:
        first, second = _values(_gelderland(1), END_2011)
        assert (first.numerator, second.numerator) == (41, 44)
        assert second.reason
        assert not second.is_late

    def test_a_value_came_after_the_letter_and_changes_nothing_before_it(self) -> None:
        agreement = _gelderland(3)
        first, late = _values(agreement, END_2011)
        assert first.number is None
        assert first.note
        assert late.is_late
        assert late.number == 50
        before = standing_of(agreement.id, as_of=date(2012, 3, 15))
        assert before.latest is None or before.latest.value is None
        assert late.period is not None
        assert late.period.code == "2011-2"

    def test_what_was_not_measured_says_why(self) -> None:
        newest = _gelderland(4).measurements[-1]
        assert newest.number is None
        assert newest.cutoff_on == date(2012, 6, 30)
        assert newest.note

    def test_the_leader_of_the_new_region_went_on_with_a_contract_of_before(self) -> None:
        contract = world.contract(MIDDEN_WEST_BRABANT.title)
        newest = contract.agreements[0].measurements[-1]
        assert newest.recorded_by.email == (
            "projectleider.midden-west-brabant-en-zeeland@vpt.example"
        )
        assert contract.region.code == "midden-west-brabant"


class TestIndicators:
    def test_every_way_to_take_values_together_is_there(self) -> None:
        found = list(db.session.scalars(select(Indicator)))
        assert {one.aggregation for one in found} == set(Aggregation)
        assert {one.unit for one in found} == set(Unit)
        assert [one.region.code for one in found if one.region] == ["noord-en-oost-gelderland"]
        assert [one.name for one in found if one.retired_on] == [indicators.CARE]

    def test_shares_of_the_regions_are_weighed(self) -> None:
        """Groningen, Gelderland, Amsterdam and Brabant at the end of 2011, each as corrected."""
        vpt = get_programme()
        look = look_of(world.person(OFFICER), vpt, as_of=DAY).at(DAY, "2011-2")
        (result,) = [
            one for one in national_results(look, vpt) if one.indicator.name == indicators.REACTION
        ]
        share = Fraction(33 + 44 + 20 + 30, 60 + 78 + 64 + 72) * 100
        assert result.now.value is not None
        assert result.now.value.number == share
        assert result.now.regions == 4

"""Performance contracts: drafting, parties, offering, taking back and cancelling."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.factories.contracts import make_agreement, make_contract, make_indicator, make_partner
from tests.factories.covenants import make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_organisation, make_programme, make_region
from vpt_regio import clock
from vpt_regio.domain.history import sentence_of
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.contracts import ContractStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import Conflict, Invalid, NotAllowed, OnHold, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.contracts import PerformanceContract
from vpt_regio.models.holds import Hold
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Organisation, Region, RegionMerger, RegionPartner
from vpt_regio.queries.contracts import (
    get_contract,
    list_contracts,
    list_of_region,
    list_parties,
    list_partners_of,
)
from vpt_regio.queries.my_work import my_work
from vpt_regio.services.contracts import (
    ContractContent,
    cancel_contract,
    change_contract,
    draft_contract,
    offer_contract,
    set_parties,
    take_back_contract,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

DAY = date(2012, 7, 16)
STARTS, ENDS = date(2012, 1, 1), date(2013, 12, 31)


@dataclass
class Stage:
    programme: Programme
    region: Region
    leader: Person
    manager: Person
    stranger: Person
    partners: list[Organisation]


@pytest.fixture
def stage(context: Any) -> Iterator[Stage]:
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        other = make_region(programme, "zeeland")
        yield Stage(
            programme,
            region,
            make_person(programme, Role.PROJECT_LEADER, region=region),
            make_person(programme, Role.ACCOUNT_MANAGER, region=region),
            make_person(programme, Role.PROJECT_LEADER, region=other),
            [make_partner(region) for _ in range(3)],
        )


def content(**values: Any) -> ContractContent:
    return ContractContent(
        **{"title": "Samen veilig", "starts_on": STARTS, "ends_on": ENDS, **values}
    )


def draft(stage: Stage, **values: Any) -> PerformanceContract:
    return draft_contract(stage.region, content=content(**values), actor=stage.leader)


def complete(stage: Stage) -> PerformanceContract:
    contract = draft(stage)
    set_parties(contract, organisations=stage.partners, actor=stage.leader)
    make_agreement(contract, make_indicator(stage.programme))
    db.session.expire(contract)
    return contract


def entries(contract: PerformanceContract) -> list[str]:
    found = db.session.query(AuditEntry).filter_by(
        subject_type="performance_contract", subject_id=str(contract.id)
    )
    return [entry.action for entry in found.order_by(AuditEntry.seq)]


def subjects() -> list[str]:
    return [one.subject for one in db.session.query(OutboxMessage).order_by(OutboxMessage.id)]


def test_a_draft_gets_the_next_number_of_its_region(stage: Stage) -> None:
    first, second = draft(stage), draft(stage, title="Nog een")
    assert (first.number, second.number) == (1, 2)
    assert first.status is ContractStatus.DRAFT
    assert first.author is stage.leader
    assert entries(first) == ["contract.created"]
    assert sentence_of("contract.created")


def test_a_wrong_period_and_no_title_are_told_together(stage: Stage) -> None:
    with pytest.raises(SeveralErrors) as caught:
        draft(stage, title="", ends_on=STARTS)
    assert [error.field for error in caught.value.errors] == ["title", "ends_on"]


def test_a_plan_of_another_region_is_refused(stage: Stage) -> None:
    other = make_region(stage.programme, "utrecht")
    plan = ActionPlan(region=other, covenant=make_covenant(other))
    db.session.add(plan)
    db.session.flush()
    with pytest.raises(Invalid) as caught:
        draft(stage, action_plan=plan)
    assert caught.value.field == "action_plan_id"


def test_the_plan_brings_the_covenant_along(stage: Stage) -> None:
    plan = ActionPlan(region=stage.region, covenant=make_covenant(stage.region))
    db.session.add(plan)
    db.session.flush()
    contract = draft(stage, action_plan=plan)
    assert contract.covenant_ids == {plan.covenant_id}


def test_only_the_project_leader_of_the_region_writes(stage: Stage) -> None:
    for actor in (stage.manager, stage.stranger):
        with pytest.raises(NotAllowed):
            draft_contract(stage.region, content=content(), actor=actor)


def test_a_draft_changes_and_leaves_a_trace(stage: Stage) -> None:
    contract = draft(stage)
    change_contract(contract, content=content(title="Anders"), actor=stage.leader)
    assert contract.title == "Anders"
    change_contract(contract, content=content(title="Anders"), actor=stage.leader)
    assert entries(contract) == ["contract.created", "contract.changed"]


def test_a_stale_version_is_a_conflict(stage: Stage) -> None:
    contract = draft(stage)
    seen = contract.version
    set_parties(contract, organisations=stage.partners[:2], actor=stage.leader)
    assert contract.version > seen
    with pytest.raises(Conflict):
        change_contract(
            contract, content=content(title="X"), actor=stage.leader, expected_version=seen
        )
    with pytest.raises(Conflict):
        offer_contract(contract, actor=stage.leader, expected_version=seen)


def test_parties_come_and_go_in_a_draft(stage: Stage) -> None:
    contract = draft(stage)
    set_parties(contract, organisations=stage.partners, actor=stage.leader)
    first = {party.organisation_id: party.id for party in contract.parties}
    set_parties(contract, organisations=stage.partners[1:], actor=stage.leader)
    db.session.expire(contract)
    kept = {party.organisation_id: party.id for party in contract.parties}
    assert list(kept) == [one.id for one in stage.partners[1:]]
    assert kept.items() <= first.items()


def test_an_organisation_that_is_no_partner_is_refused(stage: Stage) -> None:
    contract = draft(stage)
    outsider = make_organisation(stage.programme, "Buiten")
    with pytest.raises(Invalid) as caught:
        set_parties(contract, organisations=[*stage.partners, outsider], actor=stage.leader)
    assert caught.value.field == "organisations"
    assert "Buiten is geen partner van regio Limburg" in str(caught.value)
    assert contract.parties == []


def test_a_partner_that_left_keeps_a_contract_from_being_offered(stage: Stage) -> None:
    contract = complete(stage)
    membership = db.session.query(RegionPartner).filter_by(organisation_id=stage.partners[2].id)
    membership.one().left_on = date(2012, 7, 1)
    db.session.flush()
    with pytest.raises(Invalid) as caught:
        offer_contract(contract, actor=stage.leader)
    assert caught.value.code == "party_left"
    with pytest.raises(Invalid):
        set_parties(contract, organisations=stage.partners, actor=stage.leader)
    set_parties(contract, organisations=stage.partners[:2], actor=stage.leader)
    offer_contract(contract, actor=stage.leader)
    assert contract.status is ContractStatus.SIGNING


def test_an_empty_draft_is_not_offered(stage: Stage) -> None:
    contract = draft(stage)
    with pytest.raises(SeveralErrors) as caught:
        offer_contract(contract, actor=stage.leader)
    assert [error.code for error in caught.value.errors] == ["too_few_parties", "no_agreements"]
    assert contract.status is ContractStatus.DRAFT


def test_an_agreement_without_target_or_with_another_to_answer_blocks(stage: Stage) -> None:
    contract = complete(stage)
    make_agreement(contract, make_indicator(stage.programme), target=None)
    set_parties(contract, organisations=stage.partners[1:], actor=stage.leader)
    with pytest.raises(SeveralErrors) as caught:
        offer_contract(contract, actor=stage.leader)
    assert [error.code for error in caught.value.errors] == [
        "responsible_no_party",
        "responsible_no_party",
        "no_target",
    ]


def test_offering_tells_the_account_manager_and_closes_the_content(stage: Stage) -> None:
    contract = complete(stage)
    offer_contract(contract, actor=stage.leader)
    assert contract.status is ContractStatus.SIGNING
    assert subjects() == [f"Prestatiecontract {contract.number} Limburg ligt ter ondertekening"]
    with pytest.raises(WrongState) as caught:
        change_contract(contract, content=content(), actor=stage.leader)
    assert "Neem het eerst terug" in str(caught.value)
    with pytest.raises(WrongState):
        set_parties(contract, organisations=stage.partners[:2], actor=stage.leader)
    with pytest.raises(WrongState):
        offer_contract(contract, actor=stage.leader)


def test_taking_back_needs_a_reason(stage: Stage) -> None:
    contract = complete(stage)
    offer_contract(contract, actor=stage.leader)
    with pytest.raises(Invalid) as caught:
        take_back_contract(contract, note="", actor=stage.leader)
    assert caught.value.field == "note"
    take_back_contract(contract, note="De streefwaarde klopt niet.", actor=stage.leader)
    assert (contract.status, contract.signing_round) == (ContractStatus.DRAFT, 2)


def test_a_contract_that_is_cancelled_stays_and_does_nothing_any_more(stage: Stage) -> None:
    contract = draft(stage)
    cancel_contract(contract, note="Er komt geen overeenstemming.", actor=stage.leader)
    assert contract.status is ContractStatus.CANCELLED
    assert subjects() == []
    with pytest.raises(WrongState) as caught:
        change_contract(contract, content=content(), actor=stage.leader)
    assert "%(state)s" not in str(caught.value)
    with pytest.raises(WrongState):
        cancel_contract(contract, note="Nog eens.", actor=stage.leader)


def test_a_region_that_stands_still_holds_its_contracts(stage: Stage) -> None:
    contract = complete(stage)
    hold = Hold(
        programme_id=stage.programme.id,
        region=stage.region,
        reason="Er loopt een onderzoek.",
        starts_on=date(2012, 7, 1),
        placed_by=stage.manager,
    )
    db.session.add(hold)
    db.session.flush()
    with pytest.raises(OnHold):
        offer_contract(contract, actor=stage.leader)
    with pytest.raises(OnHold):
        draft(stage)
    assert contract.status is ContractStatus.DRAFT


@pytest.fixture
def merged(stage: Stage) -> Region:
    successor = make_region(stage.programme, "zuid")
    assert stage.region.merger is None
    merger = RegionMerger(
        programme_id=stage.programme.id,
        successor=successor,
        predecessors=[stage.region],
        merged_on=date(2012, 7, 2),
    )
    db.session.add(merger)
    stage.region.status = RegionStatus.MERGED
    db.session.flush()
    return successor


def test_a_merged_region_keeps_its_contracts_and_gets_no_new_ones(
    stage: Stage, merged: Region
) -> None:
    with pytest.raises(WrongState) as caught:
        draft(stage)
    assert "samengevoegd" in str(caught.value)
    assert list_of_region(merged) == []


def test_the_successor_goes_on_with_the_contracts_of_what_went_up_in_it(stage: Stage) -> None:
    contract = complete(stage)
    successor = make_region(stage.programme, "zuid")
    leader = make_person(stage.programme, Role.PROJECT_LEADER, region=successor)
    newcomer = make_partner(successor)
    assert stage.region.merger is None
    merger = RegionMerger(
        programme_id=stage.programme.id,
        successor=successor,
        predecessors=[stage.region],
        merged_on=date(2012, 7, 2),
    )
    db.session.add(merger)
    stage.region.status = RegionStatus.MERGED
    db.session.flush()
    assert [row.contract for row in list_of_region(successor)] == [contract]
    assert newcomer in list_partners_of(stage.region)
    set_parties(contract, organisations=[*stage.partners, newcomer], actor=leader)
    offer_contract(contract, actor=leader)
    assert contract.region is stage.region


def test_the_list_keeps_to_the_reach_of_a_person_and_to_the_filters(stage: Stage) -> None:
    running = make_contract(stage.region, author=stage.leader)
    later = make_contract(stage.region, author=stage.leader)
    later.starts_on = date(2012, 10, 1)
    ended = make_contract(stage.region, author=stage.leader)
    ended.ends_on = date(2012, 6, 30)
    # numbers of a region are given in order: those of the factory come first
    drafted = draft(stage, title="Concept")
    elsewhere = make_contract(make_region(stage.programme, "utrecht"))
    db.session.flush()

    def found(person: Person, **filters: Any) -> set[int]:
        return {row.contract.id for row in list_contracts(person, **filters)}

    own = {running.id, drafted.id, later.id, ended.id}
    assert found(stage.leader) == own
    assert found(stage.stranger) == set()
    officer = make_person(stage.programme, Role.POLICY_OFFICER)
    assert found(officer) == own | {elsewhere.id}
    assert found(officer, region=stage.region) == own
    assert found(stage.leader, status=ContractStatus.RUNNING) == {running.id}
    assert found(stage.leader, status=ContractStatus.AGREED) == {later.id}
    assert found(stage.leader, status=ContractStatus.ENDED) == {ended.id}
    assert found(stage.leader, status=ContractStatus.DRAFT) == {drafted.id}
    partner = running.parties[0].organisation
    assert found(stage.leader, partner_id=partner.id) == {running.id}
    assert partner in list_parties(stage.leader)
    assert elsewhere.parties[0].organisation not in list_parties(stage.leader)


def test_a_draft_that_lies_for_a_month_waits_for_the_project_leader(stage: Stage) -> None:
    with clock.at(date(2012, 6, 1)):
        contract = draft(stage)
    fresh = draft(stage, title="Vers")

    def titles(person: Person) -> list[Any]:
        return [item.params.get("title") for item in my_work(person).to_do]

    with clock.at(date(2012, 7, 1)):
        assert contract.title not in titles(stage.leader)
    assert titles(stage.leader).count(contract.title) == 1
    assert fresh.title not in titles(stage.leader)
    assert contract.title not in titles(stage.manager)


def test_one_contract_is_found_with_its_parts(stage: Stage) -> None:
    contract = complete(stage)
    found = get_contract(contract.id)
    assert found is contract
    assert get_contract(contract.id + 1) is None
